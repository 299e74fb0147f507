//! Comma-separated values by RFC 4180, for spreadsheets.
//!
//! The file begins with a byte order mark, without which Excel takes UTF-8 for another encoding. A cell that a
//! spreadsheet could take for a formula gets an apostrophe ([`safe`]). The entries of a list are joined with ` | `.

use super::about::{About, Row};
use super::record::{COLUMNS, Record};

/// How many characters a cell has at most, counted as Excel does, in UTF-16. It takes 32 767, and would spread what is
/// longer over further rows.
pub const MOST: usize = 32_000;

/// Between the entries of a list. Not a semicolon, which separates cells in some languages' spreadsheets.
const BETWEEN: &str = " | ";

pub(super) fn text(about: &About, rows: &[Row]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail, and all records have the same length.
    _ = writer.write_record(COLUMNS);
    for row in rows {
        _ = writer.write_record(cells(&Record::of(row, about)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    ["\u{feff}", &String::from_utf8_lossy(&bytes)].concat()
}

/// The cells of a record, in the order of [`COLUMNS`].
fn cells(record: &Record) -> [String; COLUMNS.len()] {
    let names = record.containers.iter().map(|container| container.name.unwrap_or(container.key));
    let ids = record.containers.iter().map(|container| container.id.unwrap_or(container.key));
    let results = record.results.iter().map(|result| {
        if result.container.is_empty() {
            result.text.to_owned()
        } else {
            [&result.container, ": ", result.text].concat()
        }
    });
    let time = |time: &Option<String>| time.clone().unwrap_or_default();
    [
        safe(record.cloud),
        safe(record.scope),
        single(record.job_id),
        safe(record.outcome),
        single(record.server_status),
        record.abort.to_string(),
        record.everything.to_string(),
        joined(names),
        joined(ids),
        joined(record.regions),
        time(&record.created),
        time(&record.updated),
        time(&record.completed),
        record.time_zone.to_owned(),
        record.duration_seconds.map(|seconds| seconds.to_string()).unwrap_or_default(),
        record.failed.to_string(),
        record.not_known.to_string(),
        record.total.to_string(),
        joined(results),
        single(record.uri),
    ]
}

/// A text in a cell of its own, [`safe`]. What would exceed [`MOST`] is left out.
fn single(text: &str) -> String {
    let cell = safe(text);
    if cell.encode_utf16().count() <= MOST {
        return cell;
    }
    let mut length = 0;
    let fits = |c: &char| {
        length += c.len_utf16();
        length <= MOST
    };
    let begin: String = cell.chars().take_while(fits).collect();
    [&begin, "… (the JSON file has it whole)"].concat()
}

/// The entries of a list in one cell, each [`safe`]. What would exceed [`MOST`] is counted instead.
fn joined(entries: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let (mut cell, mut length, mut left) = (String::new(), 0, 0);
    for entry in entries {
        let entry = safe(entry.as_ref());
        let more = entry.encode_utf16().count() + if cell.is_empty() { 0 } else { BETWEEN.len() };
        // Once an entry has no room, the later ones are counted too, so that the cell is the beginning of the list.
        if left > 0 || length + more > MOST {
            left += 1;
            continue;
        }
        if !cell.is_empty() {
            cell.push_str(BETWEEN);
        }
        cell.push_str(&entry);
        length += more;
    }
    if left > 0 {
        let between = if cell.is_empty() { "" } else { BETWEEN };
        cell.push_str(&[between, "and ", &left.to_string(), " more, which the JSON file has"].concat());
    }
    cell
}

/// A text that no spreadsheet takes for a formula: an apostrophe stands before each `=`, `+`, `-` or `@` (also in
/// their full width) with which a cell begins, or could begin in a spreadsheet that separates cells by semicolons or
/// tabs, and before a tab or a line break at the beginning.
///
/// ```
/// use cckm::export::safe;
///
/// assert_eq!(safe("=HYPERLINK(\"…\")"), "'=HYPERLINK(\"…\")");
/// assert_eq!(safe("a;=1+2"), "a;'=1+2");
/// assert_eq!(safe("eu-west-1, no answer"), "eu-west-1, no answer");
/// ```
pub fn safe(text: &str) -> String {
    let mut safe = String::new();
    if text.starts_with(['\t', '\r', '\n', '\0']) {
        safe.push('\'');
    }
    let mut begins = true;
    for c in text.chars() {
        if begins && matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') {
            safe.push('\'');
        }
        begins = match c {
            ';' | '\t' | '\r' | '\n' => true,
            // A cell still begins after what a spreadsheet removes.
            c => begins && (c == '"' || c.is_whitespace() || c.is_control() || c == '\u{feff}'),
        };
        safe.push(c);
    }
    safe
}
