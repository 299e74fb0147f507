//! The borders between the rooms, read from the source: who may use whom, and how large a file may grow.

use crate::source::{File, files};

const LEAVES: &[&str] = &[
    "attention",
    "cancel",
    "changes",
    "clock_offset",
    "compare",
    "error_guide",
    "families",
    "history",
    "model",
    "order",
    "query",
    "refresh",
    "route",
    "start",
    "text",
    "time",
];
const BROWSER: &[&str] =
    &["leptos", "web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures", "gloo", "gloo_net"];

fn is_leaf(file: &File) -> bool {
    let room = file.path.split(['/', '.']).next().unwrap_or_default();
    LEAVES.contains(&room)
}

/// Every file with the first of `wrong` that its code holds.
fn offenders(among: impl Fn(&File) -> bool, wrong: impl Fn(&File) -> Option<String>) -> Vec<String> {
    files()
        .iter()
        .filter(|file| among(file))
        .filter_map(|file| wrong(file).map(|what| format!("src/{}: {what}", file.path)))
        .collect()
}

/// What follows each `path` in the code: `parts` of `crate::view::parts`, `{…}` of a group.
fn after<'a>(file: &'a File, path: &'a str) -> impl Iterator<Item = &'a str> {
    file.code.match_indices(path).map(move |(at, _)| &file.code[at + path.len()..])
}

fn uses(file: &File, word: &str) -> bool {
    file.words().any(|used| used == word)
}

const NONE: &[String] = &[];

#[test]
fn leaves_know_no_browser() {
    let wrong = |file: &File| BROWSER.iter().find(|name| uses(file, name)).map(ToString::to_string);
    assert_eq!(offenders(is_leaf, wrong), NONE);
    for leaf in LEAVES {
        assert!(files().iter().any(|file| is_leaf(file) && file.path.starts_with(leaf)), "{leaf} is gone");
    }
}

#[test]
fn leaves_use_only_leaves() {
    let wrong = |file: &File| {
        after(file, "crate::")
            .find(|rest| !LEAVES.iter().any(|leaf| rest.starts_with(leaf)))
            .map(|rest| rest.chars().take(20).collect())
    };
    assert_eq!(offenders(is_leaf, wrong), NONE);
}

#[test]
fn only_http_knows_the_network() {
    let wrong = |file: &File| {
        ["gloo_net", "gloo", "fetch_with_request", "fetch_with_str", "XmlHttpRequest", "WebSocket"]
            .iter()
            .find(|name| uses(file, name))
            .map(ToString::to_string)
    };
    assert_eq!(offenders(|file| file.path != "http.rs", wrong), NONE);
}

#[test]
fn only_api_uses_http() {
    let own = ["http.rs", "api.rs", "lib.rs"];
    let wrong = |file: &File| uses(file, "http").then(|| String::from("uses http"));
    assert_eq!(offenders(|file| !own.contains(&file.path.as_str()), wrong), NONE);
}

#[test]
fn parts_use_no_screens() {
    let wrong = |file: &File| {
        after(file, "view::")
            .find(|rest| !rest.starts_with("parts"))
            .or_else(|| after(file, "super::super").next())
            .map(|rest| rest.chars().take(20).collect())
    };
    assert_eq!(offenders(|file| file.path.starts_with("view/parts/"), wrong), NONE);
}

#[test]
fn state_draws_nothing() {
    let wrong = |file: &File| {
        let view = after(file, "crate::view").next().map(|_| String::from("uses a view"));
        view.or_else(|| uses(file, "component").then(|| String::from("is a component")))
    };
    assert_eq!(offenders(|file| file.path.starts_with("state/"), wrong), NONE);
}

#[test]
fn files_stay_short_and_say_what_they_own() {
    let wrong = |file: &File| {
        let lines = file.text.lines().count();
        if lines > 400 {
            return Some(format!("{lines} lines"));
        }
        (!file.text.starts_with("//!")).then(|| String::from("does not say what it owns"))
    };
    assert_eq!(offenders(|_| true, wrong), NONE);
}
