//! A token that ends while the check runs is renewed, and nothing else makes the program sign in again.

use crate::support::Server;
use serde_json::{Value, json};

/// The number of sign-ins of a check that is answered by this once, and the severity of what it then finds.
fn signed_in(body: &Value) -> (usize, String) {
    let server = Server::new(&["--data", "documented"]);
    server.fault(&json!({"path": "/api/v1/cckm/sap/groups", "status": 401, "times": 1, "body": body}));
    let ended = server.check(&["--json"]);
    let sign_ins = server.requests().iter().filter(|(_, path, _)| path == "/api/v1/auth/tokens").count();
    (sign_ins, ended.of("Names of SAP groups").0)
}

#[test]
fn a_401_of_the_interface_renews_the_token() {
    let ended = json!({"code": 5, "codeDesc": "NCERRUnauthorizedAccess", "message": "the token has expired"});
    assert_eq!(signed_in(&ended), (2, "fine".to_owned()));
}

#[test]
fn a_401_of_a_proxy_is_a_finding_and_renews_nothing() {
    for (body, severity) in [
        (json!("<html><h1>401 Authorization Required</h1>"), "problem"),
        (json!(""), "not-known"),
        (json!("Unauthorized"), "not-known"),
        (json!({"error": "login_required"}), "not-known"),
        (json!({"message": "Unauthorized"}), "problem"),
    ] {
        assert_eq!(signed_in(&body), (1, severity.to_owned()), "{body}");
    }
}
