//! The reports on the emulator, word for word.

use crate::support::{Server, golden};
use std::{env, fs};

/// Compares with the golden file; with `KEY_SYNC_GOLDEN=write` writes it.
fn is_golden(name: &str, text: &str) {
    let file = golden(name);
    if env::var("KEY_SYNC_GOLDEN").is_ok_and(|value| value == "write") {
        fs::write(&file, text).expect("it is written");
    }
    let expected = fs::read_to_string(&file).expect("a golden file");
    assert_eq!(text, expected, "{name} differs; look at it, then write it by KEY_SYNC_GOLDEN=write");
}

#[test]
fn the_reports_on_the_emulator_are_the_golden_files() {
    let server =
        Server::new(&["--max-limit", "100", "--unlicensed", "sap", "--unknown", "salesforce-certificates"]);
    let text = server.check(&[]);
    assert_eq!(text.code, Some(0), "{text:?}");
    is_golden("report.txt", &text.report);
    let json = server.check(&["--json"]);
    assert_eq!(json.code, Some(0));
    is_golden("report.json", &json.report);
    assert!(text.errors.lines().any(|line| line.contains("1 of ")), "progress: {}", text.errors);
}

#[test]
fn it_signs_in_looks_and_signs_out() {
    let server = Server::new(&["--data", "empty"]);
    server.check(&[]);
    let all = server.requests();
    let changes: Vec<&str> =
        all.iter().filter(|(method, ..)| method != "GET").map(|(_, path, _)| path.as_str()).collect();
    assert_eq!(changes, ["/api/v1/auth/tokens", "/api/v1/auth/revoke"]);
    assert_eq!(all.last().map(|(_, path, _)| path.as_str()), Some("/api/v1/auth/revoke"));
    let signed_in = &all[0].2;
    assert!(
        signed_in["refresh_token_lifetime"].is_u64() && signed_in["refresh_token_revoke_unused_in"].is_u64()
    );
}

#[test]
fn what_does_not_fit_is_found() {
    let server = Server::new(&["--data", "documented", "--no-sort", "google", "--sort-ignored", "aws"]);
    server.fault(&serde_json::json!({"path": "/api/v1/scheduler/job-configs", "status": 404, "body": {"code": 1, "codeDesc": "NCERRResourceNotFound", "message": "x"}}));
    server.fault(&serde_json::json!({"path": "/api/v1/cckm/azure/vaults", "status": 403, "body": {"code": 1, "codeDesc": "NCERRInsufficientPermissions", "message": "not you"}}));
    let ended = server.check(&["--json"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.of("Schedules").0, "note");
    assert_eq!(ended.of("Names of Azure key vaults").0, "note");
    assert_eq!(ended.of("Google Cloud keys, sorting").0, "note");
}
