//! Signing in, renewing, and what a token allows.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::support::{Emulator, root};

const TOKENS: &str = "/api/v1/auth/tokens";
const ADMIN: &str = "admin";

fn password(user: &str) -> Value {
    json!({"grant_type": "password", "username": user, "password": "emulator"})
}

#[tokio::test]
async fn every_answer_needs_a_token() {
    let mut emulator = Emulator::documented();
    for token in [None, Some("nonsense".to_owned())] {
        emulator.token = token;
        for path in [
            &root("aws"),
            "/api/v1/cckm/aws/kms",
            "/api/v1/auth/self/user",
            "/api/v1/system/info",
            "/api/v1/x",
        ] {
            let error = emulator.get(path).await.expect(401);
            assert_eq!(
                (&error["code"], &error["codeDesc"]),
                (&json!(5), &json!("NCERRUnauthorizedAccess")),
                "{path}"
            );
        }
        emulator.start("aws", json!({"synchronize_all": true})).await.expect(401);
    }
    emulator.token = None;
    emulator.get("/api/v1/auth/banners/pre-auth").await.expect(200);
}

#[tokio::test]
async fn an_open_emulator_needs_none_and_still_refuses_a_wrong_one() {
    let mut emulator = Emulator::new(&["--open"]);
    emulator.token = None;
    emulator.jobs("aws", "").await.expect(200);
    assert_eq!(emulator.get("/api/v1/auth/self/user").await.expect(200)["username"], ADMIN);
    emulator.token = Some("nonsense".into());
    emulator.jobs("aws", "").await.expect(401);
}

#[tokio::test]
async fn the_slash_behind_tokens_is_tolerated() {
    let emulator = Emulator::documented();
    for path in [TOKENS, "/api/v1/auth/tokens/"] {
        assert!(emulator.post(path, password(ADMIN)).await.expect(200)["jwt"].is_string(), "{path}");
    }
}

#[tokio::test]
async fn a_token_is_a_jwt_with_the_known_claims_and_lives_as_long_as_it_says() {
    let mut emulator = Emulator::new(&["--data", "documented", "--token-seconds", "120"]);
    let answer = emulator.sign_in(password(ADMIN)).await;
    assert_eq!((&answer["duration"], &answer["token_type"]), (&json!(120), &json!("Bearer")));
    let jwt = answer["jwt"].as_str().expect("a token").to_owned();
    let parts: Vec<&str> = jwt.split('.').collect();
    assert_eq!(parts.len(), 3);
    let claims = URL_SAFE_NO_PAD.decode(parts[1]).expect("base64");
    let claims: Value = serde_json::from_slice(&claims).expect("JSON");
    let mut names: Vec<&String> = claims.as_object().expect("claims").keys().collect();
    names.sort();
    assert_eq!(names, ["acc", "aud", "cust", "exp", "iat", "iss", "jwtid", "preferred_username", "sub"]);
    assert_eq!(claims["preferred_username"], ADMIN);
    assert_eq!(claims["cust"]["groups"], json!(["admin"]));
    let lasts = claims["exp"].as_i64().zip(claims["iat"].as_i64()).map(|(exp, iat)| exp - iat);
    assert_eq!(lasts, Some(120));
    emulator.advance(119.0).await;
    emulator.jobs("aws", "").await.expect(200);
    emulator.advance(1.0).await;
    emulator.jobs("aws", "").await.expect(401);
}

#[tokio::test]
async fn wrong_credentials_are_refused() {
    let emulator = Emulator::documented();
    for (grant, status) in [
        (json!({"username": "admin", "password": "x"}), 401),
        (json!({"username": "nobody", "password": "emulator"}), 401),
        (json!({"username": "admin", "password": "emulator", "connection": "ldap"}), 401),
        (json!({"username": "admin", "password": "emulator", "domain": "moon"}), 401),
        (json!({"username": "admin", "password": "emulator", "auth_domain": "moon"}), 401),
        (json!({"username": "admin"}), 400),
        (json!({"grant_type": "magic"}), 400),
        (json!({"grant_type": "refresh_token", "refresh_token": "x"}), 401),
    ] {
        emulator.post(TOKENS, grant).await.expect(status);
    }
}

#[tokio::test]
async fn a_renewal_leaves_the_refresh_token_out_unless_asked_for_a_new_one() {
    let mut emulator = Emulator::documented();
    let first = emulator.sign_in(password(ADMIN)).await;
    let refresh = json!({"grant_type": "refresh_token", "refresh_token": first["refresh_token"]});
    for _ in 0..2 {
        let again = emulator.post(TOKENS, refresh.clone()).await.expect(200);
        assert!(again["jwt"].is_string() && again["jwt"] != first["jwt"]);
        assert_eq!(again.get("refresh_token"), None);
    }
    let mut renew = refresh.clone();
    renew["renew_refresh_token"] = json!(true);
    let renewed = emulator.post(TOKENS, renew).await.expect(200);
    assert!(renewed["refresh_token"].is_string());
    emulator.post(TOKENS, refresh).await.expect(401);
}

#[tokio::test]
async fn a_refresh_token_ends_with_its_lifetime_or_unused() {
    for (limit, used_between, status) in [
        ("refresh_token_lifetime", true, 401),
        ("refresh_token_revoke_unused_in", true, 200),
        ("refresh_token_revoke_unused_in", false, 401),
        ("labels", false, 200),
    ] {
        let mut emulator = Emulator::documented();
        let mut grant = password(ADMIN);
        grant[limit] = json!(10);
        let first = emulator.sign_in(grant).await;
        let expires = first["refresh_token_expires_in"].as_u64();
        assert_eq!(expires, (limit == "refresh_token_lifetime").then_some(600));
        let refresh = json!({"grant_type": "refresh_token", "refresh_token": first["refresh_token"]});
        emulator.advance(420.0).await;
        if used_between {
            emulator.post(TOKENS, refresh.clone()).await.expect(200);
        }
        emulator.advance(420.0).await;
        emulator.post(TOKENS, refresh).await.expect(status);
    }
}

#[tokio::test]
async fn a_refresh_token_used_for_another_domain_is_revoked() {
    let mut emulator = Emulator::documented();
    let first = emulator.sign_in(password(ADMIN)).await;
    let mut refresh =
        json!({"grant_type": "refresh_token", "refresh_token": first["refresh_token"], "domain": "payments"});
    emulator.post(TOKENS, refresh.clone()).await.expect(401);
    refresh["domain"] = json!("root");
    emulator.post(TOKENS, refresh).await.expect(401);
}

#[tokio::test]
async fn a_revoked_refresh_token_is_gone() {
    let mut emulator = Emulator::documented();
    let first = emulator.sign_in(password(ADMIN)).await;
    let revoke = json!({"token": first["refresh_token"], "client_id": first["client_id"]});
    emulator.post("/api/v1/auth/revoke", revoke).await.expect(204);
    let refresh = json!({"grant_type": "refresh_token", "refresh_token": first["refresh_token"]});
    emulator.post(TOKENS, refresh).await.expect(401);
    emulator.jobs("aws", "").await.expect(200);
}

#[tokio::test]
async fn a_viewer_sees_jobs_and_neither_containers_nor_starts_nor_cancels() {
    let mut emulator = Emulator::new(&[]);
    emulator.sign_in(password("viewer")).await;
    emulator.jobs("google", "").await.expect(200);
    for answer in [
        emulator.get("/api/v1/cckm/google/key-rings").await,
        emulator.start("google", json!({"synchronize_all": true})).await,
        emulator.cancel("google", emulator::data::special::FOUR_HUNDRED).await,
    ] {
        assert_eq!(answer.expect(403)["codeDesc"], "NCERRInsufficientPermissions");
    }
}

#[tokio::test]
async fn domains_have_their_own_jobs_and_containers() {
    let mut emulator = Emulator::new(&[]);
    let root_total = emulator.jobs("aws", "").await.json()["total"].as_u64();
    let domains = emulator.get("/api/v1/auth/self/domains").await;
    assert_eq!(domains.each("name"), ["root", "payments"]);
    let by_id = domains.ids().remove(1);
    let mut grant = password(ADMIN);
    for domain in ["payments", &by_id] {
        grant["domain"] = json!(domain);
        emulator.sign_in(grant.clone()).await;
        let own = emulator.jobs("aws", "limit=-1").await;
        assert!(own.json()["total"].as_u64() < root_total && !own.ids().is_empty());
        let user = emulator.get("/api/v1/auth/self/user").await.json();
        assert_eq!(user["current_domain"]["name"], "payments");
        emulator
            .get("/api/v1/cckm/aws/synchronization-jobs/afef70ff-311e-46c1-8ead-e1999e8c6d46")
            .await
            .expect(404);
        let kms = emulator.get("/api/v1/cckm/aws/kms").await;
        assert!(!kms.each("name").contains(&"kms".to_owned()), "the documented one is in the root domain");
    }
}

#[tokio::test]
async fn the_system_says_its_name_and_version() {
    let info = Emulator::documented().get("/api/v1/system/info").await.expect(200);
    assert!(info["name"].is_string() && info["version"].is_string());
}
