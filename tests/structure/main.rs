//! The panel's pure parts seen from outside, and the borders between its folders. One program: linking it once is enough.

mod borders;
mod failures;
mod families;
mod icons;
mod imports;
mod routes;
mod source;

use cckm::family::{Family, by_slug};
use std::path::PathBuf;

/// A path inside the project.
fn project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn family(slug: &str) -> &'static Family {
    by_slug(slug).unwrap_or_else(|| panic!("no family {slug}"))
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}
