//! JSON, for programs: everything as it is, without the precautions of the spreadsheet.

use super::about::{About, Row};
use super::record::Record;
use super::time::{iso, name};
use serde::Serialize;

/// The file.
#[derive(Debug, Serialize)]
struct File<'a> {
    view: &'a str,
    address: &'a str,
    rows: &'a str,
    zone: &'static str,
    exported_at: String,
    /// How many jobs the file holds.
    count: usize,
    /// How many jobs the lists have.
    total: Option<u64>,
    unread: Option<u64>,
    missing: Vec<Missing<'a>>,
    notes: &'a [String],
    jobs: Vec<Record<'a>>,
}

#[derive(Debug, Serialize)]
struct Missing<'a> {
    list: &'a str,
    why: &'a str,
}

pub(super) fn text(about: &About, rows: &[Row]) -> String {
    let file = File {
        view: about.view,
        address: about.address,
        rows: about.rows,
        zone: name(&about.times),
        exported_at: iso(about.now, &about.times),
        count: rows.len(),
        total: about.total,
        unread: about.unread,
        missing: about.missing.iter().map(|(list, why)| Missing { list, why }).collect(),
        notes: about.notes,
        jobs: rows.iter().map(|row| Record::of(row, about)).collect(),
    };
    // Only maps with keys that are no texts and types that fail by themselves cannot be written; there are none here.
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}
