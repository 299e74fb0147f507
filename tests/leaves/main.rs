//! The pure rooms from outside, and the borders between all rooms. One program: linking it once is enough.

mod answers;
mod borders;
mod containers;
mod curls;
mod decoding;
mod error_guide;
mod failures;
mod families;
mod freshness;
mod icons;
mod imports;
mod jsons;
mod orders;
mod outcomes;
mod queries;
mod routes;
mod sessions;
mod source;
mod starts;
mod times;
mod unknown_results;

use key_sync::families::{Family, by_slug};
use key_sync::model::{FromJson, Json, parse};
use serde_json::Value;
use std::path::PathBuf;

/// A path inside the project.
fn project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text of an example; `tests/fixtures/README.md` says where they come from.
fn fixture(name: &str) -> String {
    let path = project("tests/fixtures").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json(name: &str) -> Value {
    serde_json::from_str(&fixture(name)).expect("an example is JSON")
}

/// The panel's own form of a value that a test has written.
fn own(value: &Value) -> Json {
    parse(&value.to_string()).expect("what serde writes is JSON")
}

/// What the panel reads from `text`.
fn read<T: FromJson>(text: &str) -> Option<T> {
    parse(text).ok().and_then(T::from_json)
}

fn family(slug: &str) -> &'static Family {
    by_slug(slug).unwrap_or_else(|| panic!("no family {slug}"))
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}
