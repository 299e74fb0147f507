//! Tests of the public interface of the crate, on the documented examples and on missing or unexpected values. They
//! are one test binary, so that they are linked once.

mod answers;
mod command;
mod containers;
mod coverage;
mod cron;
mod decoding;
mod error_guide;
mod export;
mod families;
mod find;
mod freshness;
mod indent;
mod list_order;
mod list_query;
mod odd_jobs;
mod odd_schedules;
mod outcomes;
mod schedules;
mod server_check;
mod start_request;
mod time;
mod tokens;
mod unknown_results;

use cckm::family::{Family, by_slug};
use serde_json::Value;
use std::path::PathBuf;

/// The text of an example; `tests/fixtures/README.md` names the sources.
fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json(name: &str) -> Value {
    serde_json::from_str(&fixture(name)).expect("an example is JSON")
}

fn family(slug: &str) -> &'static Family {
    by_slug(slug).unwrap_or_else(|| panic!("no family {slug}"))
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}
