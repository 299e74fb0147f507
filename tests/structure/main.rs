//! Tests of the panel's pure modules through their public API, and of the structure of its source. `src/lib.rs` has them
//! among its own tests.

mod borders;
mod failures;
mod families;
mod icons;
mod imports;
mod input_checks;
mod odd_input;
mod routes;
mod scripts;
mod security;
mod source;

use cckm::family::{Family, by_slug};
use std::path::PathBuf;

/// A path inside the repository.
fn project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn family(slug: &str) -> &'static Family {
    by_slug(slug).unwrap_or_else(|| panic!("no family {slug}"))
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}
