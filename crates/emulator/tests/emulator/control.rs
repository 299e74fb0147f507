//! The control API: what tests of the panel rely on.

use serde_json::{Value, json};

use crate::support::{Emulator, NOW, root};

const FAULTS: &str = "/__emulator/faults";

#[tokio::test]
async fn a_frozen_clock_moves_only_by_hand() {
    let emulator = Emulator::documented();
    let clock = emulator.get("/__emulator/clock").await.expect(200);
    assert_eq!(clock, json!({"now": format!("{}Z", &NOW[..26]), "frozen": true}));
    emulator.advance(60.5).await;
    let clock = emulator.get("/__emulator/clock").await.expect(200);
    assert_eq!(clock["now"], "2026-03-01T12:01:00.623456Z");
}

#[tokio::test]
async fn requests_are_written_down() {
    let mut emulator = Emulator::documented();
    emulator.jobs("aws", "kms=a&kms=b").await.expect(200);
    emulator.token = None;
    emulator.start("aws", json!({"kms": ["kms"]})).await.expect(401);
    let seen = emulator.get("/__emulator/requests").await.expect(200);
    let path = root("aws");
    assert_eq!(
        seen,
        json!([
            {"method": "GET", "path": path, "query": "kms=a&kms=b", "body": null, "status": 200, "authorized": true},
            {"method": "POST", "path": path, "query": "", "body": {"kms": ["kms"]}, "status": 401, "authorized": false},
        ])
    );
    emulator.send("DELETE", "/__emulator/requests", None).await.expect(204);
    assert_eq!(emulator.get("/__emulator/requests").await.expect(200), json!([]));
}

#[tokio::test]
async fn a_fault_answers_in_place_of_the_api_as_often_as_it_says() {
    let emulator = Emulator::documented();
    let fault = json!({
        "method": "get", "path": root("aws"), "query_contains": "overall_status=failed", "times": 2,
        "status": 503, "body": "<h1>Busy</h1>", "headers": {"retry-after": "7"},
    });
    emulator.post(FAULTS, fault).await.expect(204);
    emulator.jobs("aws", "").await.expect(200);
    emulator.jobs("google", "overall_status=failed").await.expect(200);
    for _ in 0..2 {
        let answer = emulator.jobs("aws", "overall_status=failed").await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (503, "<h1>Busy</h1>"));
        assert_eq!(answer.headers["content-type"], "text/html");
        assert_eq!(answer.headers["retry-after"], "7");
    }
    emulator.jobs("aws", "overall_status=failed").await.expect(200);
}

#[tokio::test]
async fn answers_of_the_interface_tell_the_time_of_its_clock() {
    let emulator = Emulator::documented();
    assert_eq!(emulator.jobs("aws", "").await.headers["date"], "Sun, 01 Mar 2026 12:00:00 GMT");
    emulator.advance(86_399.0).await;
    assert_eq!(emulator.jobs("aws", "").await.headers["date"], "Mon, 02 Mar 2026 11:59:59 GMT");
    // Refusals too, but nothing that a cache may keep.
    let refused = emulator.send("GET", "/api/v1/nowhere", None).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.headers["date"]),
        (404, &"Mon, 02 Mar 2026 11:59:59 GMT".parse().expect("a value"))
    );
    assert!(!emulator.get(FAULTS).await.headers.contains_key("date"));
}

#[tokio::test]
async fn a_fault_sets_headers_of_the_normal_answer() {
    let emulator = Emulator::documented();
    let fault = json!({"path": root("aws"), "times": 2, "headers": {"Date": "Sun, 01 Mar 2026 09:00:00 GMT", "x-of-test": "1"}});
    emulator.post(FAULTS, fault).await.expect(204);
    for _ in 0..2 {
        let answer = emulator.jobs("aws", "").await;
        assert_eq!(answer.headers["date"], "Sun, 01 Mar 2026 09:00:00 GMT");
        assert_eq!(answer.headers["x-of-test"], "1");
        assert!(answer.expect(200)["resources"].is_array());
    }
    assert_eq!(emulator.jobs("aws", "").await.headers["date"], "Sun, 01 Mar 2026 12:00:00 GMT");
    // What is no date: as good as none.
    emulator.post(FAULTS, json!({"headers": {"Date": ""}})).await.expect(204);
    assert_eq!(emulator.jobs("aws", "").await.headers["date"], "");
}

#[tokio::test]
async fn a_fault_without_times_lasts_until_it_is_cleared_and_comes_before_the_token() {
    let mut emulator = Emulator::documented();
    emulator.token = None;
    let fault =
        json!({"path": "/api/v1/cckm/*", "body": {"codeDesc": "NCERRBusy"}, "content_type": "text/x-odd"});
    emulator.post(FAULTS, fault).await.expect(204);
    for _ in 0..3 {
        let answer = emulator.jobs("sap", "").await;
        assert_eq!(answer.headers["content-type"], "text/x-odd");
        assert_eq!(answer.expect(200)["codeDesc"], "NCERRBusy");
    }
    assert_eq!(emulator.get(FAULTS).await.expect(200)["faults"].as_array().map(Vec::len), Some(1));
    emulator.send("DELETE", FAULTS, None).await.expect(204);
    emulator.jobs("sap", "").await.expect(401);
}

#[tokio::test]
async fn a_fault_may_lose_the_answer_of_what_is_carried_out() {
    let emulator = Emulator::documented();
    let before = emulator.jobs("sap", "").await.expect(200)["total"].as_u64();
    for carried_out in [false, true] {
        let fault = json!({"method": "POST", "times": 1, "status": 200, "body": "<h1>Sign in</h1>", "carried_out": carried_out});
        emulator.post(FAULTS, fault).await.expect(204);
        let answer = emulator.start("sap", json!({"synchronize_all": true})).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, "<h1>Sign in</h1>"));
        let now = emulator.jobs("sap", "").await.expect(200)["total"].as_u64();
        assert_eq!(now, before.map(|count| count + u64::from(carried_out)));
    }
}

#[tokio::test]
async fn a_misspelt_fault_is_refused() {
    let answer = Emulator::documented().post(FAULTS, json!({"stauts": 500})).await;
    assert_eq!(answer.status.as_u16(), 422);
}

/// How many answers a name holds.
async fn held(emulator: &Emulator, name: &str) -> u64 {
    emulator.get(FAULTS).await.expect(200)["held"][name].as_u64().unwrap_or_default()
}

#[tokio::test]
async fn a_held_answer_is_an_old_answer_and_waits_for_its_release() {
    let emulator = Emulator::documented();
    emulator.post(FAULTS, json!({"path": root("aws"), "times": 1, "hold": "first"})).await.expect(204);
    let router = Emulator { router: emulator.router.clone(), token: emulator.token.clone() };
    let first = tokio::spawn(async move { router.jobs("aws", "").await });
    while held(&emulator, "first").await == 0 {
        tokio::task::yield_now().await;
    }
    emulator.send("PUT", "/__emulator/jobs/aws", Some(json!([]))).await.expect(204);
    let second = emulator.jobs("aws", "").await.expect(200);
    assert_eq!(second["total"], 0, "a newer question is answered before");
    assert!(!first.is_finished());
    let released = emulator.post("/__emulator/release", json!({"hold": "first"})).await.expect(200);
    assert_eq!(released["released"], 1);
    let first = first.await.expect("it ends").expect(200);
    assert_eq!(first["total"], 1, "the state from before");
    assert_eq!(
        emulator.post("/__emulator/release", json!({"hold": "none"})).await.expect(200)["released"],
        0
    );
}

#[tokio::test]
async fn clearing_the_faults_lets_held_answers_go() {
    let emulator = Emulator::documented();
    emulator.post(FAULTS, json!({"path": root("aws"), "hold": "h", "status": 500})).await.expect(204);
    let router = Emulator { router: emulator.router.clone(), token: emulator.token.clone() };
    let waiting = tokio::spawn(async move { router.jobs("aws", "").await });
    while held(&emulator, "h").await == 0 {
        tokio::task::yield_now().await;
    }
    emulator.send("DELETE", FAULTS, None).await.expect(204);
    assert_eq!(waiting.await.expect("it ends").status.as_u16(), 500);
}

#[tokio::test]
async fn jobs_can_be_replaced_and_added_and_may_be_odd() {
    let emulator = Emulator::documented();
    let odd =
        json!([{"id": "a", "overall_status": null, "detailed_status": ["x"], "kms": "one"}, "text", {}]);
    emulator.send("PUT", "/__emulator/jobs/aws", Some(odd.clone())).await.expect(204);
    assert_eq!(emulator.jobs("aws", "").await.json()["resources"], odd);
    let more = json!({"id": "b", "createdAt": "2026-01-01T00:00:00Z", "overall_status": "completed"});
    emulator.post("/__emulator/jobs/aws", more.clone()).await.expect(204);
    emulator.post("/__emulator/jobs/aws", json!([more])).await.expect(204);
    assert_eq!(emulator.jobs("aws", "id=b").await.json()["total"], 2);
    let listed = emulator.get("/__emulator/jobs/aws").await.expect(200);
    assert_eq!(listed.as_array().map(Vec::len), Some(5));
    emulator.send("PUT", "/__emulator/jobs/moon", Some(json!([]))).await.expect(404);
}

#[tokio::test]
async fn containers_can_be_replaced_in_a_domain_too() {
    let mut emulator = Emulator::documented();
    let own = json!([{"id": "v", "azure_name": "mine"}]);
    emulator
        .send("PUT", "/__emulator/containers/azure-vaults?domain=payments", Some(own.clone()))
        .await
        .expect(204);
    emulator
        .send("PUT", "/__emulator/containers/azure-vaults?domain=moon", Some(own.clone()))
        .await
        .expect(404);
    assert_eq!(emulator.get("/api/v1/cckm/azure/vaults").await.each("azure_name"), ["production-vault"]);
    emulator.sign_in(json!({"username": "admin", "password": "emulator", "domain": "payments"})).await;
    assert_eq!(emulator.get("/api/v1/cckm/azure/vaults").await.json()["resources"], own);
    emulator.send("PUT", "/__emulator/containers/azure-moons", Some(own)).await.expect(404);
}

#[tokio::test]
async fn revoking_makes_every_token_invalid_and_may_spare_renewal() {
    for (body, renewal) in [(None, 401), (Some(json!({"keep_refresh_tokens": true})), 200)] {
        let mut emulator = Emulator::documented();
        let grant = emulator.sign_in(json!({"username": "admin", "password": "emulator"})).await;
        emulator.send("POST", "/__emulator/revoke", body).await.expect(204);
        emulator.jobs("aws", "").await.expect(401);
        let refresh: Value = json!({"grant_type": "refresh_token", "refresh_token": grant["refresh_token"]});
        emulator.post("/api/v1/auth/tokens", refresh).await.expect(renewal);
    }
}

#[tokio::test]
async fn the_emulator_can_be_opened_and_closed() {
    let mut emulator = Emulator::documented();
    emulator.token = None;
    for (open, status) in [(true, 200), (false, 401)] {
        emulator.post("/__emulator/open", json!({"open": open})).await.expect(204);
        emulator.jobs("aws", "").await.expect(status);
    }
}

#[tokio::test]
async fn an_emulator_of_the_api_alone_has_no_control() {
    let emulator = Emulator::new(&["--data", "documented", "--api-only"]);
    emulator.get("/__emulator/clock").await.expect(404);
    emulator.jobs("aws", "").await.expect(200);
}
