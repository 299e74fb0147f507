//! Failures: their kinds, their advice, and whether a failed request may have been executed all the same.

use cckm::decode::DecodeError;
use key_sync::api::failure::{Cause, Failure};

#[test]
fn a_page_or_another_address_is_told_from_the_servers_own_words() {
    let page = |status| Failure::refused("load", status, "\n<html>Sign in</html>");
    let wrong = |wrong: &DecodeError, text| Failure::wrong("load", wrong, text);
    let html = wrong(&DecodeError::Page, "<html>Sign in</html>");
    let elsewhere = Failure::new("load", Cause::Redirected);
    for failure in [&page(200), &page(401), &page(403), &html, &elsewhere] {
        assert!(failure.is_page() && failure.may_pass() && !failure.is_for_good(), "{}", failure.kind());
        assert!(
            failure.advice().contains("sign-in page") && failure.advice().contains("Load the page again")
        );
        assert!(failure.is_foreign());
    }
    // A proxy responds with a page of its own while its server is down, so a sign-in page is the less likely cause.
    assert!(page(502).advice().contains("not ready") && page(502).advice().contains("sign-in page"));
    for failure in
        [Failure::refused("load", 500, r#"{"message":"<p>","codeDesc":"N"}"#), wrong(&DecodeError::Empty, "")]
    {
        assert!(!failure.is_page() && !failure.advice().contains("sign-in page"));
    }
}

#[test]
fn nothing_begins_with_nothing() {
    for (wrong, text, expected) in [
        (DecodeError::Empty, " ", "It is empty."),
        (DecodeError::Page, "<p>", "It is a page and no data. The answer begins: <p>"),
        (DecodeError::Error, r#"{"codeDesc":"NCERR","message":"no"}"#, "NCERR: no"),
    ] {
        assert_eq!(Failure::wrong("load", &wrong, text).words(), expected);
    }
}

#[test]
fn a_request_that_is_too_long_says_so() {
    for (status, body, long) in [
        (414, "", true),
        (431, "<html>", true),
        (400, "<center>Request Header Or Cookie Too Large</center>", true),
        (400, r#"{"message":"too large"}"#, false),
        (413, "", true),
        (404, "", false),
    ] {
        let failure = Failure::refused("load", status, body);
        assert_eq!(failure.is_too_long(), long, "{status}");
        assert_eq!(failure.advice().contains("is too long for the server"), long, "{status}");
        assert!(!long || !failure.may_pass(), "the same again is as long");
    }
}

#[test]
fn only_a_refusal_of_the_server_itself_is_certain() {
    for cause in [
        Cause::Network(String::new()),
        Cause::Timeout(60),
        Cause::Redirected,
        Cause::Unreadable { why: String::new(), begins: String::new() },
    ] {
        assert!(Failure::new("start", cause).is_lost());
    }
    for (status, lost) in
        [(200, true), (400, false), (401, false), (403, false), (409, false), (429, false), (504, true)]
    {
        assert_eq!(Failure::refused("start", status, "").is_lost(), lost, "{status}");
    }
}
