//! The exit code is 0 only where nothing is wrong.

use crate::support::{PASSWORD, Server, USER, run};
use serde_json::json;
use std::net::TcpListener;

const PASSWORD_OF: [(&str, &str); 2] = [("KEY_SYNC_USER", USER), ("KEY_SYNC_PASSWORD", PASSWORD)];

#[test]
fn a_good_server_is_0_by_password_and_by_token() {
    let server = Server::new(&["--data", "documented"]);
    assert_eq!(server.check(&[]).code, Some(0));
    let before = server.requests().len();
    let ended = run(&[&server.address()], &[("KEY_SYNC_TOKEN", &server.running.token)]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(server.requests()[before..].iter().all(|(method, ..)| method == "GET"), "it only looks");
}

#[test]
fn what_a_proxy_spoils_is_1() {
    let server = Server::new(&["--data", "documented"]);
    for (fault, what, said) in [
        (
            json!({"path": "/api/*", "headers": {"Cache-Control": "private"}}),
            "Answers, caches",
            "may be kept",
        ),
        (json!({"path": "/api/*", "headers": {"Age": "12"}}), "Answers, caches", "came from a cache"),
        (
            json!({"path": "/api/v1/cckm/*", "headers": {"Access-Control-Allow-Origin": "*"}}),
            "Answers, other sites",
            "may be read",
        ),
        (json!({"path": "/", "headers": {"Cache-Control": "max-age=60"}}), "Page, cache", "May be kept"),
        (
            json!({"path": "/", "headers": {"Content-Security-Policy": "default-src 'self'"}}),
            "Content-Security-Policy",
            "Allows more",
        ),
        (
            json!({"path": "/", "headers": {"X-Content-Type-Options": "nosniff, nosniff"}}),
            "X-Content-Type-Options",
            "more than once",
        ),
        (
            json!({"path": "/key-sync-fedcba9876543210.wasm", "headers": {"Content-Type": "application/octet-stream"}}),
            "Program, type",
            "Another type",
        ),
        (
            json!({"path": "/key-sync-fedcba9876543210.wasm", "headers": {"Content-Encoding": "gzip, gzip"}}),
            "Program, compression",
            "more than once",
        ),
        (json!({"path": "/key-sync-0123456789abcdef.js", "status": 404}), "Script, file", "HTTP 404"),
        (json!({"path": "/", "status": 200, "body": "<html>Welcome"}), "Page", "not the panel"),
        (
            json!({"path": "/api/v1/cckm/aws/synchronization-jobs", "status": 200, "body": "<html>Sign in"}),
            "AWS keys",
            "a proxy's page, and no answer",
        ),
        (
            json!({"path": "/api/v1/auth/tokens", "status": 200, "body": "<html>Sign in"}),
            "Sign-in",
            "a proxy's page, and no answer",
        ),
        (
            json!({"path": "/api/v1/cckm/oci/vaults", "status": 302, "body": "", "headers": {"Location": "https://sign-in.invalid/"}}),
            "Names of OCI vaults",
            "A redirect",
        ),
    ] {
        server.fault(&fault);
        let ended = server.check(&["--json"]);
        assert_eq!(ended.code, Some(1), "{fault}");
        let (severity, finding) = ended.of(what);
        assert_eq!(severity, "problem", "{fault}: {finding}");
        assert!(finding.contains(said), "{fault}: {finding}");
        server.control("DELETE", "faults", &json!(null));
    }
    assert_eq!(server.check(&[]).code, Some(0), "and without a fault it is well again");
}

#[test]
fn nobody_signed_in_is_1_and_the_page_is_looked_at_all_the_same() {
    let server = Server::new(&["--data", "documented"]);
    let ended =
        run(&[&server.address(), "--json"], &[("KEY_SYNC_USER", USER), ("KEY_SYNC_PASSWORD", "wrong")]);
    assert_eq!(ended.code, Some(1));
    assert_eq!(ended.of("Sign-in").0, "problem");
    assert_eq!(ended.of("Content-Security-Policy").0, "fine");
    assert_eq!(ended.of("Answers, caches").0, "fine");
    assert_eq!(ended.json()["completed"], false);
    let ended = run(&[&server.address(), "--json"], &[("KEY_SYNC_TOKEN", "wrong")]);
    assert_eq!(ended.code, Some(1));
    assert_eq!(ended.of("Who is signed in").0, "problem");
}

#[test]
fn nobody_listening_is_1() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let ended = run(&[&format!("http://{free}/"), "--json", "--with-names"], &PASSWORD_OF);
    assert_eq!(ended.code, Some(1));
    for what in ["Sign-in", "Page"] {
        let (severity, finding) = ended.of(what);
        assert_eq!(severity, "problem");
        assert!(finding.contains("refused"), "{finding}");
    }
}

#[test]
fn misuse_is_2_and_asks_nobody() {
    let server = Server::new(&["--data", "empty"]);
    let address = server.address();
    for arguments in [
        &[][..],
        &["cm.example.com"],
        &["http://cm.example.com"],
        &["https://user:secret@cm.example.com"],
        &[&address, "--ca", "/nowhere.pem"],
        &[&address, "--password", "x"],
        &[&address, "another"],
    ] {
        let ended = run(arguments, &PASSWORD_OF);
        assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
        assert!(ended.report.is_empty() && !ended.errors.is_empty(), "{arguments:?}");
        assert!(!ended.errors.contains("secret"), "{}", ended.errors);
    }
    let ended = run(&[&address], &[]);
    assert_eq!(ended.code, Some(2), "nobody can be asked without a terminal");
    assert!(ended.errors.contains("KEY_SYNC_TOKEN"), "{}", ended.errors);
    assert_eq!(run(&[&address], &[("KEY_SYNC_TOKEN", "a\nb")]).code, Some(2));
    assert!(server.requests().is_empty());
}
