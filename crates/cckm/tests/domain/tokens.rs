//! Errors, tokens and claims as the server sends them.

use crate::{fixture, json};
use cckm::error::ApiError;
use cckm::token::pasted_token;
use cckm::token::{Claims, Token};
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn every_error_example_is_read() {
    let read = |name: &str| ApiError::from_body(&fixture(name)).unwrap_or_else(|| panic!("{name}"));
    let wrong = read("errors_auth_401_wrong_password.json");
    assert_eq!((wrong.code, wrong.name()), (Some(5), "NCERRUnauthorizedAccess"));
    assert_eq!(wrong.message, "Wrong username or password.");
    assert_eq!(wrong.request_id, "test-request-id");
    let gone = read("errors_resource_404.json");
    assert_eq!(gone.code_desc, "NCERRResourceNotFound: Resource not found");
    assert_eq!((gone.name(), gone.message.as_str()), ("NCERRResourceNotFound", ""));
    let invalid = read("error_400_validation.json");
    assert_eq!(invalid.message.lines().count(), 2);
    assert!(read("error_403_permissions.json").message.starts_with("License not installed"));
}

#[test]
fn what_is_no_envelope_is_none() {
    for body in
        ["", " ", "<html>502 Bad Gateway</html>", "null", "[]", "{}", "3", "{\"id\":\"a\"}", "{\"code\""]
    {
        assert!(ApiError::from_body(body).is_none(), "{body}");
    }
    for body in [r#"{"message":"x"}"#, r#"{"code":1}"#, r#"{"codeDesc":"NCERRConflict","code":null}"#] {
        assert!(ApiError::from_body(body).is_some(), "{body}");
    }
}

#[test]
fn an_error_inside_a_success_is_seen() {
    assert!(ApiError::is_in(&json!({"code": 1, "codeDesc": "NCERRConflict"})));
    for body in
        [json!({"id": "a"}), json!({"codeDesc": null}), json!({"codeDesc": ""}), Value::Null, json!([])]
    {
        assert!(!ApiError::is_in(&body), "{body}");
    }
}

#[test]
fn a_token_needs_nothing_but_itself() {
    let token = Token::from_value(&json("auth_token_response.json")).expect("a token");
    assert_eq!((token.jwt.as_str(), token.duration), ("HEADER.CLAIMS.SIGNATURE", 300));
    assert_eq!(token.refresh_token.as_deref(), Some("OPAQUE-REFRESH-TOKEN"));
    assert_eq!(token.client_id.as_deref(), Some("8181a3e4-082e-4aaa-b985-5c35db15ffcd"));
    let bare = Token::from_value(&json!({"jwt": "a.b.c", "refresh_token": null})).expect("a token");
    assert_eq!(bare.duration, 300);
    assert!(bare.refresh_token.is_none() && bare.client_id.is_none());
    let at_once = Token::from_value(&json!({"jwt": "a.b.c", "duration": 0})).expect("a token");
    assert_eq!(at_once.duration, 300, "renewals would follow each other without end");
    for value in [json!({}), json!({"jwt": ""}), json!({"jwt": null}), Value::Null, json!("a.b.c")] {
        assert!(Token::from_value(&value).is_none(), "{value}");
    }
}

/// A token with these claims and an arbitrary signature, which is never checked.
fn jwt(claims: &Value) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::from("eyJhbGciOiJFUzI1NiJ9.");
    for group in claims.to_string().as_bytes().chunks(3) {
        let bits = group.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte))
            << (8 * (3 - group.len()));
        for at in 0..=group.len() {
            text.push(char::from(LETTERS[bits >> (18 - 6 * at) & 63]));
        }
    }
    text + ".c2lnbmF0dXJl"
}

#[test]
fn claims_are_read_from_a_token() {
    let claims = Claims::from_jwt(&jwt(&json("auth_token_claims.json"))).expect("claims");
    assert_eq!(claims.user, "admin");
    assert_eq!(claims.groups, ["admin"]);
    assert_eq!(claims.domain_id, "00000000-0000-0000-0000-000000000000");
    assert_eq!(claims.exp, Some(1_634_558_265));
}

#[test]
fn claims_of_any_length_and_script_survive() {
    for name in ["a", "ab", "abc", "abcd", "Zoë Müller", "名前", "~~~???>>>", "\u{202e}right"] {
        let claims = Claims::from_jwt(&jwt(&json!({"preferred_username": name}))).expect("claims");
        assert_eq!(claims.user, name);
        assert!(claims.groups.is_empty() && claims.domain_id.is_empty() && claims.exp.is_none());
    }
    let subject = Claims::from_jwt(&jwt(&json!({"sub": "local|1", "cust": null}))).expect("claims");
    assert_eq!(subject.user, "local|1");
    let account = |account: &str| {
        Claims::from_jwt(&jwt(&json!({"sub": "local|1", "acc": account}))).expect("claims").domain_id
    };
    assert_eq!([account("kylo/4a9f"), account("kylo")], ["4a9f", ""], "the account names the domain");
}

#[test]
fn a_text_that_is_no_token_has_no_claims() {
    let texts =
        ["", ".", "..", "a", "a.b", "a.!!.c", "a.ü.c", "HEADER.CLAIMS.SIGNATURE", "a.bnVsbA.c", "a.W10.c"];
    for text in texts {
        assert!(Claims::from_jwt(text).is_none(), "{text}");
    }
    let cut = jwt(&json!({"preferred_username": "admin"}));
    assert!(Claims::from_jwt(&cut[..40]).is_none());
}

#[test]
fn a_token_is_found_in_what_was_pasted() {
    let token = "eyJh.eyJi.s-_9=";
    for pasted in [
        "eyJh.eyJi.s-_9=",
        "  eyJh.eyJi.s-_9=\n",
        "Bearer eyJh.eyJi.s-_9=",
        "bearer\teyJh.eyJi.s-_9=",
        "Authorization: Bearer eyJh.eyJi.s-_9=",
        "\"eyJh.eyJi.s-_9=\"",
        "'Bearer eyJh.eyJi.s-_9='",
        "“eyJh.eyJi.s-_9=”,",
        "\"Authorization: Bearer eyJh.eyJi.s-_9=\"",
    ] {
        assert_eq!(pasted_token(pasted), token, "{pasted}");
    }
    for (pasted, left) in
        [("", ""), (" \" ' ", ""), ("Bearer", "Bearer"), ("bearerABC", "bearerABC"), ("a b", "a b")]
    {
        assert_eq!(pasted_token(pasted), left, "{pasted}");
    }
}

proptest! {
    #[test]
    fn any_text_can_be_pasted(text in ".*") {
        let token = pasted_token(&text);
        prop_assert!(text.contains(token));
        prop_assert_eq!(pasted_token(token), token);
    }
}
