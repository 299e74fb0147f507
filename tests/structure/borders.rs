//! The import rules of `src/`: the layers (called floors here), of which each imports only lower ones, and what
//! single files may use.

use crate::imports::Modules;
use crate::source::{File, files};
use std::collections::{BTreeMap, BTreeSet};

/// The layers from the lowest to the highest, with the files and folders of each. Files in one layer may import each
/// other, but not in a cycle.
const FLOORS: &[(&str, &[&str])] = &[
    ("domain", &["cckm"]),
    ("config", &["clock", "config", "preboot", "routing"]),
    ("api", &["api"]),
    ("auth", &["auth"]),
    ("query", &["query"]),
    ("state", &["state"]),
    ("components", &["components"]),
    ("dialogs", &["dialogs"]),
    ("pages", &["background", "pages"]),
    ("app", &["app", "lazy_views", "main"]),
];

/// Pure files outside the domain crate.
const PURE: &[&str] = &[
    "api/failure.rs",
    "api/retry_after.rs",
    "auth/identity.rs",
    "auth/token_lifetime.rs",
    "clock/offset.rs",
    "config.rs",
    "query/interval.rs",
    "routing/changes.rs",
    "routing/columns.rs",
    "routing/route.rs",
];

const BROWSER: &[&str] =
    &["leptos", "web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures", "gloo", "gloo_net"];

const NETWORK: &[&str] = &[
    "gloo_net",
    "gloo",
    "fetch_with_request",
    "fetch_with_str",
    "XmlHttpRequest",
    "WebSocket",
    "send_beacon_with_opt_blob",
];

/// The only file that may use the network.
const TRANSPORT: &str = "api/transport.rs";

/// The layer of a file, as its position in [`FLOORS`].
fn floor(path: &str) -> Option<usize> {
    let is_in = |place: &&&str| path.strip_prefix(**place).is_some_and(|rest| rest.starts_with(['/', '.']));
    let places =
        FLOORS.iter().enumerate().flat_map(|(at, (_, places))| places.iter().map(move |place| (at, place)));
    places.filter(|(_, place)| is_in(place)).max_by_key(|(_, place)| place.len()).map(|(at, _)| at)
}

/// Imports of a higher layer, and files in no layer.
fn upward(files: &[File]) -> Vec<String> {
    let modules = Modules::of(files);
    let mut found = Vec::new();
    // `lib.rs` only declares the modules.
    for file in files.iter().filter(|file| file.path != "lib.rs") {
        let Some(own) = floor(&file.path) else {
            found.push(format!("{} is on no floor", file.path));
            continue;
        };
        for import in modules.imports(file) {
            let other = import.target.as_deref().and_then(floor);
            if other.is_some_and(|other| other > own) {
                found.push(format!("{}: {}", file.path, import.path));
            }
        }
    }
    found
}

/// The import cycles, each as the sorted paths of all files that reach each other.
fn circles(files: &[File]) -> Vec<Vec<&str>> {
    let modules = Modules::of(files);
    let imports: BTreeMap<&str, BTreeSet<String>> = files
        .iter()
        .map(|file| {
            (file.path.as_str(), modules.imports(file).into_iter().filter_map(|one| one.target).collect())
        })
        .collect();
    let reached = |from: &str| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(path) = open.pop() {
            for next in imports.get(path.as_str()).into_iter().flatten() {
                if *next != path && seen.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        seen
    };
    let reach: BTreeMap<&str, BTreeSet<String>> = imports.keys().map(|path| (*path, reached(path))).collect();
    let circle = |path: &str| -> Vec<&str> {
        let others = reach[path].iter().filter_map(|other| reach.get_key_value(other.as_str()));
        others.filter(|(_, back)| back.contains(path)).map(|(other, _)| *other).collect()
    };
    let found: BTreeSet<_> =
        reach.keys().map(|path| circle(path)).filter(|circle| !circle.is_empty()).collect();
    found.into_iter().collect()
}

/// The files that `among` selects and that contain one of `words`, each with the first such word.
fn held(files: &[File], among: impl Fn(&str) -> bool, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| among(&file.path)) {
        if let Some(word) = file.words().find(|word| words.contains(word)) {
            found.push(format!("{}: {word}", file.path));
        }
    }
    found
}

fn browser_in_pure(files: &[File]) -> Vec<String> {
    held(files, |path| floor(path) == Some(0) || PURE.contains(&path), BROWSER)
}

fn network_outside(files: &[File]) -> Vec<String> {
    held(files, |path| path != TRANSPORT, NETWORK)
}

const NONE: &[String] = &[];

#[test]
fn each_floor_imports_only_lower_floors() {
    assert_eq!(upward(&files()), NONE);
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    assert_eq!(circles(&files()), Vec::<Vec<&str>>::new());
}

#[test]
fn pure_files_know_no_browser() {
    assert_eq!(browser_in_pure(&files()), NONE);
}

#[test]
fn only_the_transport_knows_the_network() {
    assert_eq!(network_outside(&files()), NONE);
}

#[test]
fn the_tables_name_what_is_there() {
    let files = files();
    let places = FLOORS.iter().flat_map(|(_, places)| places.iter()).map(|place| format!("{place}."));
    let names = places.chain(PURE.iter().map(ToString::to_string)).chain([TRANSPORT.to_owned()]);
    for name in names {
        let folder = name.replace('.', "/");
        let is_there = |file: &File| file.path.starts_with(&name) || file.path.starts_with(&folder);
        assert!(files.iter().any(is_there), "{name} is gone");
    }
}

#[test]
fn files_stay_short_and_say_what_they_own() {
    for file in files() {
        let lines = file.text.lines().count();
        assert!(lines <= 400, "src/{} has {lines} lines", file.path);
        assert!(file.text.starts_with("//!"), "src/{} does not say what it owns", file.path);
    }
}

/// A source tree that consists of these files, given as path and code.
fn tree(files: &[(&str, &str)]) -> Vec<File> {
    let rest = [
        "lib.rs",
        "cckm/lib.rs",
        "api/mod.rs",
        "api/client.rs",
        "auth/mod.rs",
        "query/mod.rs",
        "pages/job_list.rs",
        "app.rs",
    ];
    let rest =
        rest.iter().filter(|path| !files.iter().any(|(other, _)| other == *path)).map(|path| (*path, ""));
    let file = |(path, code): (&str, &str)| File {
        path: path.to_owned(),
        text: code.to_owned(),
        code: code.to_owned(),
        literals: Vec::new(),
    };
    files.iter().copied().chain(rest).map(file).collect()
}

#[test]
fn every_kind_of_breach_is_found() {
    for (path, code) in [
        ("api/client.rs", "use crate::auth::Session;"),
        ("api/client.rs", "use crate::{auth, config};"),
        ("api/client.rs", "use cckm::{job::{Job, Id}, page}; use crate::{config::{a, b}, query::{Poller}};"),
        ("api/client.rs", "use super::super::query::fetch;"),
        ("api/client.rs", "pub use crate::auth::*;"),
        ("api/client.rs", "use crate::query as other;"),
        ("api/client.rs", "fn f() { crate::auth::renew::<u8>() }"),
        ("api/client.rs", "type T = Box<dyn Fn(crate::query::Poller)>;"),
        ("routing/route.rs", "use crate::api::failure::Failure;"),
        ("cckm/job.rs", "use key_sync::api::failure::Failure;"),
        ("auth/session.rs", "use crate::query::cross_tab;"),
        ("components/row.rs", "use crate::app::Screen;"),
        ("components/row.rs", "use super::super::pages::job_list::JobList;"),
        ("dialogs/start.rs", "use crate::pages::job_list;"),
        ("elsewhere.rs", ""),
    ] {
        assert_eq!(upward(&tree(&[(path, code)])).len(), 1, "{path}: {code}");
    }
    let downward =
        "use crate::api::{client, Request}; use cckm::job; use super::cross_tab::scope; use leptos::auth;";
    assert_eq!(upward(&tree(&[("query/fetch.rs", downward), ("query/cross_tab.rs", "")])), NONE);

    let circle = tree(&[
        ("api/client.rs", "use super::jobs;"),
        ("api/jobs.rs", "use crate::api::{auth};"),
        ("api/auth.rs", "fn f() { super::client::send() }"),
        ("api/failure.rs", "use super::client;"),
    ]);
    let in_domain = tree(&[("cckm/job.rs", "use crate::page;"), ("cckm/page.rs", "use crate::job::Job;")]);
    assert_eq!(circles(&in_domain), [["cckm/job.rs", "cckm/page.rs"]]);
    assert_eq!(circles(&circle), [["api/auth.rs", "api/client.rs", "api/jobs.rs"]]);
    let through_mod =
        tree(&[("api/mod.rs", "pub use client::Request;"), ("api/client.rs", "use super::Reply;")]);
    assert_eq!(circles(&through_mod), [["api/client.rs", "api/mod.rs"]]);

    assert_eq!(browser_in_pure(&tree(&[("cckm/job.rs", "use leptos::prelude::*;")])).len(), 1);
    assert_eq!(browser_in_pure(&tree(&[("api/failure.rs", "fn f() { web_sys::window() }")])).len(), 1);
    assert_eq!(network_outside(&tree(&[("query/fetch.rs", "use gloo_net::http::Request;")])).len(), 1);
    assert_eq!(network_outside(&tree(&[(TRANSPORT, "use gloo_net::http::Request;")])), NONE);
}
