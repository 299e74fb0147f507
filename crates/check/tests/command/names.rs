//! No report holds a secret, and none without `--with-names` a name.

use crate::support::{PASSWORD, Server, USER, run};
use emulator::auth::{REALMS, USERS};
use emulator::families::FAMILIES;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Texts of the data that say the same on every server.
const NO_NAMES: &[&str] = &[
    "aws",
    "azure",
    "gcp",
    "google",
    "oci",
    "sap",
    "sfdc",
    "active",
    "archived",
    "completed",
    "failed",
    "error",
    "enabled",
    "premium",
    "standard",
    "available",
    "sandbox",
    "production",
];

/// All texts within a value.
fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => _ = found.insert(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(object) => object.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

/// Whether `text` holds `name` as a word of its own.
fn says(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let is_end = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        is_end(text[..at].chars().next_back()) && is_end(text[at + name.len()..].chars().next())
    })
}

/// Every name, id and e-mail of the emulator's data and of its users.
fn names(server: &Server) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for realm in &REALMS {
        all.extend([realm.id, realm.account].map(str::to_owned));
        for family in FAMILIES {
            let containers = format!("containers/{}?domain={}", family.containers.slug, realm.name);
            texts(&server.control("GET", &containers, &json!(null)), &mut all);
            let jobs =
                server.control("GET", &format!("jobs/{}?domain={}", family.slug, realm.name), &json!(null));
            for job in jobs.as_array().expect("a list") {
                for name in ["id", "uri", "account", family.job_field] {
                    texts(&job[name], &mut all);
                }
                let results =
                    job["detailed_status"].as_object().into_iter().flat_map(|results| results.keys());
                all.extend(results.cloned());
            }
        }
    }
    all.extend(USERS.iter().flat_map(|user| [user.name, user.id]).map(str::to_owned));
    all.extend(REALMS.iter().map(|realm| realm.name.to_owned()));
    let is_name = |text: &String| {
        text.len() >= 3 && !NO_NAMES.contains(&text.to_ascii_lowercase().as_str()) && !text.starts_with("20")
    };
    all.into_iter().filter(is_name).collect()
}

#[test]
fn a_report_without_names_has_none() {
    let server = Server::new(&[]);
    let secrets = [PASSWORD, &server.running.token];
    let names = names(&server);
    assert!(names.len() > 500, "{}", names.len());
    // What a server may say besides: unknown fields, statuses and texts that are names themselves.
    let odd = json!({"id": "odd-1", "createdAt": "2026-01-01T00:00:00Z", "overall_status": "waiting for alice",
        "owner_of_alice": "alice@example.com", "detailed_status": {"ring-of-alice": "asked alice@example.com"}});
    server.control("POST", "jobs/google", &odd);
    server.fault(
        &json!({"path": "/api/v1/system/info", "body": {"name": "cm-of-alice", "version": "2.22.0-alice"}}),
    );
    server.fault(&json!({"path": "/api/v1/licensing/features/", "body": {"total": 1, "resources": [{"name": "alice", "status": "Alice"}]}}));
    server.fault(&json!({"path": "/api/v1/cckm/sap/groups", "status": 403,
        "body": {"code": 1, "codeDesc": "NCERRAlice", "message": "alice may not"}}));
    for options in [&[][..], &["--json"]] {
        let ended = server.check(options);
        for name in &names {
            assert!(!says(&ended.report, name), "{name} stands in {}", ended.report);
        }
        for text in secrets.iter().copied().chain(["alice", "Alice", "owner_of", "ring-of", "127.0.0.1"]) {
            assert!(!ended.report.contains(text), "{text} stands in {}", ended.report);
        }
    }
    let whole = server.check(&["--with-names"]).report;
    for name in [USER, "cm-of-alice", "2.22.0-alice", "owner_of_alice", "waiting for alice", "alice may not"]
    {
        assert!(whole.contains(name), "{name} in {whole}");
    }
    for secret in secrets {
        assert!(!whole.contains(secret), "{whole}");
    }
    // Of the sessions of the checks, as the sign-outs name them.
    for (_, path, body) in server.requests() {
        if path == "/api/v1/auth/revoke" {
            let token = body["token"].as_str().expect("a token");
            assert!(token.len() > 10 && !whole.contains(token));
        }
    }
}

#[test]
fn what_a_server_repeats_of_a_secret_is_left_out() {
    let server = Server::new(&["--data", "empty"]);
    server.fault(&json!({"path": "/api/v1/auth/self/user", "status": 400,
        "body": {"code": 1, "codeDesc": "NCERRBadRequest", "message": "eyJsecret.token.here is wrong"}}));
    let address = server.address();
    let ended = run(&[&address, "--with-names"], &[("KEY_SYNC_TOKEN", "eyJsecret.token.here")]);
    assert!(!ended.report.contains("eyJsecret") && !ended.errors.contains("eyJsecret"), "{ended:?}");
    server.fault(&json!({"path": "/api/v1/auth/tokens", "status": 400,
        "body": {"code": 1, "codeDesc": "NCERRBadRequest", "message": "no user ada with the password \"x\\y"}}));
    let ended =
        run(&[&address, "--with-names"], &[("KEY_SYNC_USER", "ada"), ("KEY_SYNC_PASSWORD", "\"x\\y")]);
    assert!(!ended.report.contains("\"x\\y") && !ended.errors.contains("\"x\\y"), "{ended:?}");
    assert!(ended.report.contains("left out, as it repeats the password"), "{ended:?}");
}
