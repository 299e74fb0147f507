//! Jobs as a file: CSV for spreadsheets, and JSON for programs.
//!
//! Pure. It owns the columns, the forms and the name of the file; it neither collects jobs nor saves anything. Both
//! files have the same facts of each job: `record` takes them from the job, `csv` and `json` write them.

mod about;
mod csv;
mod json;
mod record;
mod time;

use crate::time::{Stamp, TimeFormat};

pub use self::csv::{MOST, safe};
pub use about::{About, Format, Row};
pub use record::COLUMNS;

/// Writes the file.
///
/// ```
/// use cckm::export::{About, Format, Row, text};
/// use cckm::family::by_slug;
/// use cckm::job::Job;
/// use cckm::time::{Stamp, TimeFormat};
///
/// let family = by_slug("aws").expect("a family");
/// let job: Job = serde_json::from_str(r#"{"id": "j-1", "createdAt": "2026-11-27T13:05:00Z"}"#)?;
/// let about = About {
///     view: "AWS keys", address: "#/aws", rows: "This page", now: Stamp::from_millis(1_795_784_700_000),
///     times: TimeFormat::PLAIN, total: Some(1), unread: Some(0), missing: &[], notes: &[],
/// };
/// let rows = [Row { family, job: &job, directory: None }];
/// assert!(text(Format::Csv, &about, &rows).starts_with("\u{feff}cloud,scope,job_id,"));
/// assert!(text(Format::Json, &about, &rows).contains("\"zone\": \"UTC\""));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn text(format: Format, about: &About, rows: &[Row]) -> String {
    match format {
        Format::Csv => csv::text(about, rows),
        Format::Json => json::text(about, rows),
    }
}

/// The name of the file: `aws-keys-2026-11-27T1305Z.csv`, and in a zone other than UTC with the offset at that time,
/// `aws-keys-2026-11-27T1405+0100.csv`.
pub fn file_name(view: &str, now: Stamp, times: &TimeFormat, format: Format) -> String {
    dated_name(view, now, times, format.extension())
}

/// The name of another file: what it is about, the time, and this extension.
pub fn dated_name(view: &str, now: Stamp, times: &TimeFormat, extension: &str) -> String {
    let mut name = String::new();
    for word in view.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        name.push_str(&word.to_ascii_lowercase());
        name.push('-');
    }
    [&name, &time::compact(now, times), ".", extension].concat()
}
