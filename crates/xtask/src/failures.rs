//! Extracts the names of failed tests with the beginning of their messages. People see the end of a long run first,
//! so the summary repeats them there.

use anstream::adapter::strip_str;
use serde_json::Value;

/// How much of a test's message is repeated, in characters; the whole message stands further up.
const MOST_CHARACTERS: usize = 600;

/// Reads the name from a line of `cargo test` that reports a failure: `test time::tests::reads ... FAILED`
pub fn in_cargo_line(line: &str) -> Option<String> {
    Some(line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?.to_owned())
}

/// Describes each failed test of Playwright's JSON report by its file, its titles and the message of its first error.
pub fn in_playwright_report(report: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Ok(report) = serde_json::from_str::<Value>(report) {
        for suite in list(&report["suites"]) {
            of_suite(suite, &[], &mut found);
        }
    }
    found
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn of_suite<'a>(suite: &'a Value, above: &[&'a str], found: &mut Vec<String>) {
    let titles = [above, &[suite["title"].as_str().unwrap_or_default()]].concat();
    for spec in list(&suite["specs"]).iter().filter(|spec| spec["ok"] != true) {
        let name = [titles.as_slice(), &[spec["title"].as_str().unwrap_or_default()]].concat().join(" › ");
        let results = list(&spec["tests"]).iter().flat_map(|test| list(&test["results"]));
        let error =
            results.flat_map(|result| list(&result["errors"])).find_map(|error| error["message"].as_str());
        found.push([name.as_str(), &shortly(error.unwrap_or_default())].join("\n"));
    }
    for inner in list(&suite["suites"]) {
        of_suite(inner, &titles, found);
    }
}

/// Shortens a message: removes colours and empty lines, indents it, and limits its length.
fn shortly(message: &str) -> String {
    let plain = strip_str(message).to_string();
    let lines: Vec<&str> = plain.lines().filter(|line| !line.trim().is_empty()).collect();
    let text = lines.join("\n    ");
    let short: String = text.chars().take(MOST_CHARACTERS).collect();
    ["    ", &short, if short.len() < text.len() { "…" } else { "" }].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_line_of_cargo_test_names_its_test() {
        assert_eq!(
            in_cargo_line("test time::tests::reads ... FAILED").as_deref(),
            Some("time::tests::reads")
        );
        assert_eq!(in_cargo_line("test time::tests::reads ... ok"), None);
        assert_eq!(in_cargo_line("test result: FAILED. 1 passed; 1 failed"), None);
    }

    #[test]
    fn a_report_of_playwright_names_what_failed_and_why() {
        let report = r#"{"suites":[{"title":"start.spec.ts","specs":[{"title":"well","ok":true,"tests":[]}],
            "suites":[{"title":"aws","specs":[{"title":"is refused","ok":false,"tests":[{"results":[{"errors":[
            {"message":"\u001b[31mError: the panel\u001b[39m\n\n  + \"console: 404\""}]}]}]}]}]}]}"#;
        assert_eq!(
            in_playwright_report(report),
            ["start.spec.ts › aws › is refused\n    Error: the panel\n      + \"console: 404\""]
        );
        assert!(in_playwright_report("").is_empty());
    }

    #[test]
    fn long_words_are_cut_where_a_character_ends() {
        let short = shortly(&"é".repeat(MOST_CHARACTERS + 1));
        assert!(short.ends_with("é…"));
        assert_eq!(short.chars().count(), 4 + MOST_CHARACTERS + 1);
    }
}
