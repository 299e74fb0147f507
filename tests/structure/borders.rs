//! The import rules: in the panel, the layers (called floors here), of which each imports only lower ones, and what
//! single files may use; nowhere, also not in the emulator, in xtask and in the browser tests, a cycle.

use super::imports::{Modules, circles};
use super::project;
use super::scripts;
use super::source::{File, crate_files, files, texts};

/// The layers from the lowest to the highest, with the files and folders of each. Files in one layer may import each
/// other, but not in a cycle.
const FLOORS: &[(&str, &[&str])] = &[
    ("domain", &["cckm"]),
    ("config", &["clock", "config", "panic", "preboot", "routing"]),
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
    "routing/view.rs",
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

/// The files that import `app`, the file that assembles the emulator, other than its root.
fn importing_app(files: &[File]) -> Vec<String> {
    let graph = Modules::of(files).graph(files);
    let importing = graph.into_iter().filter(|(file, used)| file != "lib.rs" && used.contains("app.rs"));
    importing.map(|(file, _)| file).collect()
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
    let graph = |files: Vec<File>| Modules::of(&files).graph(&files);
    for (graph, file, imported) in [
        (graph(files()), "pages/job_list.rs", "query/use_query.rs"),
        (graph(files()), "state/feed.rs", "cckm/job.rs"),
        (graph(crate_files("emulator")), "data/special.rs", "data/believable.rs"),
        (graph(crate_files("emulator")), "data/mod.rs", "data/special.rs"),
        (graph(crate_files("xtask")), "tools.rs", "workspace.rs"),
        (scripts::graph(), "tests/start.spec.ts", "fixtures.ts"),
        (scripts::graph(), "pages/panel.ts", "guard.ts"),
    ] {
        assert!(graph[file].contains(imported), "{file} imports {imported}, but not: {:?}", graph[file]);
        assert_eq!(circles(&graph), Vec::<Vec<&str>>::new());
    }
}

#[test]
fn no_file_imports_the_one_that_assembles_the_emulator() {
    let files = crate_files("emulator");
    assert!(Modules::of(&files).graph(&files)["app.rs"].contains("state.rs"));
    assert_eq!(importing_app(&files), NONE);
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

#[test]
fn stylesheets_and_scripts_of_browser_tests_stay_short() {
    for (folder, endings) in [("style", ["css"].as_slice()), ("end2end", &["ts", "mjs"])] {
        for (path, text) in texts(&project(folder), "", endings) {
            let lines = text.lines().count();
            assert!(lines <= 400, "{folder}/{path} has {lines} lines");
            assert!(
                text.starts_with("/*") || text.starts_with("//"),
                "{folder}/{path} does not say what it owns"
            );
        }
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
    files.iter().copied().chain(rest).map(|(path, code)| File::of_code(path, code)).collect()
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

    let circles_of = |files: &[File]| {
        let graph = Modules::of(files).graph(files);
        circles(&graph).into_iter().map(|circle| circle.join(" ")).collect::<Vec<_>>()
    };
    let circle = tree(&[
        ("api/client.rs", "use super::jobs;"),
        ("api/jobs.rs", "use crate::api::{auth};"),
        ("api/auth.rs", "fn f() { super::client::send() }"),
        ("api/failure.rs", "use super::client;"),
    ]);
    let in_domain = tree(&[("cckm/job.rs", "use crate::page;"), ("cckm/page.rs", "use crate::job::Job;")]);
    assert_eq!(circles_of(&in_domain), ["cckm/job.rs cckm/page.rs"]);
    assert_eq!(circles_of(&circle), ["api/auth.rs api/client.rs api/jobs.rs"]);
    let through_mod =
        tree(&[("api/mod.rs", "pub use client::Request;"), ("api/client.rs", "use super::Reply;")]);
    assert_eq!(circles_of(&through_mod), ["api/client.rs api/mod.rs"]);
    let by_name =
        tree(&[("api/mod.rs", "fn f() { client::send() }"), ("api/client.rs", "use super::Reply;")]);
    assert_eq!(circles_of(&by_name), ["api/client.rs api/mod.rs"]);
    let without_lib = ["main.rs", "a.rs"]
        .map(|path| File::of_code(path, if path == "a.rs" { "use crate::X;" } else { "use a::Y;" }));
    assert_eq!(circles_of(&without_lib), ["a.rs main.rs"]);
    let scripts = [("a.ts", "b.ts"), ("b.ts", "c.ts"), ("c.ts", "b.ts")];
    let scripts = scripts.map(|(file, used)| (file.to_owned(), [used.to_owned()].into())).into();
    assert_eq!(circles(&scripts), [["b.ts", "c.ts"]]);

    for code in ["use crate::app::App;", "fn f() { super::app::router() }"] {
        let emulator = [("app.rs", ""), ("lib.rs", "use app::App;"), ("api.rs", code)];
        assert_eq!(importing_app(&emulator.map(|(path, code)| File::of_code(path, code))), ["api.rs"]);
    }

    assert_eq!(browser_in_pure(&tree(&[("cckm/job.rs", "use leptos::prelude::*;")])).len(), 1);
    assert_eq!(browser_in_pure(&tree(&[("api/failure.rs", "fn f() { web_sys::window() }")])).len(), 1);
    assert_eq!(network_outside(&tree(&[("query/fetch.rs", "use gloo_net::http::Request;")])).len(), 1);
    assert_eq!(network_outside(&tree(&[(TRANSPORT, "use gloo_net::http::Request;")])), NONE);
}
