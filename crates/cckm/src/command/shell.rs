//! curl for POSIX shells and for `PowerShell`, and the quoting of both.

use super::request::{Request, Server};
use std::fmt::Write;

/// The request as a command for a POSIX shell.
pub(super) fn curl(request: &Request, server: &Server) -> String {
    let mut text = String::from("curl ");
    method(&mut text, request);
    text.push_str(&quoted(&request.url(server)));
    text.push_str(" \\\n  -H \"Authorization: Bearer $JWT\" \\\n  -H 'Accept: application/json'");
    if let Some(body) = request.body() {
        text.push_str(" \\\n  -H 'Content-Type: application/json' \\\n  -d ");
        text.push_str(&quoted(&printable(&body.to_string())));
    }
    text
}

/// The request as a command for `PowerShell` 5.1 and later.
///
/// The body goes through standard input, because Windows `PowerShell` loses the double quotes of an argument. It is
/// written in ASCII: what is piped is encoded in ASCII there, and typographic quotation marks end a string.
/// `curl` alone is another command there, so the file is named.
pub(super) fn curl_for_powershell(request: &Request, server: &Server) -> String {
    let mut text = String::new();
    if let Some(body) = request.body() {
        text.push_str(&quoted_for_powershell(&ascii(&body.to_string())));
        text.push_str(" | ");
    }
    text.push_str("curl.exe ");
    method(&mut text, request);
    text.push_str(&quoted_for_powershell(&request.url(server)));
    text.push_str(" `\n  -H \"Authorization: Bearer $env:JWT\" `\n  -H 'Accept: application/json'");
    if request.body().is_some() {
        text.push_str(" `\n  -H 'Content-Type: application/json' `\n  --data-binary '@-'");
    }
    text
}

fn method(text: &mut String, request: &Request) {
    if request.method() != "GET" {
        text.push_str("-X ");
        text.push_str(request.method());
        text.push(' ');
    }
}

/// `word` in single quotes, in which a POSIX shell interprets nothing but the quote itself.
pub(super) fn quoted(word: &str) -> String {
    ["'", &word.replace('\'', "'\\''"), "'"].concat()
}

/// `word` in single quotes, in which `PowerShell` interprets nothing but quotes. It takes four typographic ones for
/// the plain one.
fn quoted_for_powershell(word: &str) -> String {
    let mut text = String::from("'");
    for c in word.chars() {
        if matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}') {
            text.push(c);
        }
        text.push(c);
    }
    text.push('\'');
    text
}

/// JSON text without control characters, which a terminal would act on when the command is pasted.
fn printable(json: &str) -> String {
    escaped(json, char::is_control)
}

/// JSON text in ASCII.
fn ascii(json: &str) -> String {
    escaped(json, |c| !c.is_ascii() || c.is_control())
}

/// Escapes those characters of a JSON text that `is` selects. Such characters stand only within strings, because
/// `serde_json` escapes the controls below U+0020 and writes no white space.
fn escaped(json: &str, is: fn(char) -> bool) -> String {
    let mut text = String::new();
    for c in json.chars() {
        if is(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a text does not fail.
                _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(c);
        }
    }
    text
}
