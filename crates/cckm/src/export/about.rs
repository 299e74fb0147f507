//! What is written, and in which form.

use crate::container::Directory;
use crate::family::Family;
use crate::job::Job;
use crate::time::{Stamp, TimeFormat};

/// The form of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Comma-separated values by RFC 4180, in UTF-8 with a byte order mark.
    #[default]
    Csv,
    /// An object with what was exported, and the array `jobs`.
    Json,
}

impl Format {
    /// All formats, in the order of the dialog.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Json];

    /// The name on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
        }
    }

    /// The media type of the file.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv;charset=utf-8",
            Self::Json => "application/json",
        }
    }

    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// A job with what is needed to write it.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The family of the job.
    pub family: &'static Family,
    /// The job.
    pub job: &'a Job,
    /// The family's containers, where they are known.
    pub directory: Option<&'a Directory>,
}

/// What was exported, and what is missing.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// The name of the view: "AWS keys", "All clouds".
    pub view: &'a str,
    /// The address of the view, with its filters and its sort order.
    pub address: &'a str,
    /// The rows that were chosen, in words: "This page", "All pages".
    pub rows: &'a str,
    /// The time of the export.
    pub now: Stamp,
    /// The zone of all times in the file; only its offsets are used.
    pub times: TimeFormat,
    /// How many jobs the lists have, as far as the server says so.
    pub total: Option<u64>,
    /// How many items of the server's lists could not be read as jobs, where that is known.
    pub unread: Option<u64>,
    /// The lists that could not be read, or only in part: the family's title, and why.
    pub missing: &'a [(String, String)],
    /// What else has to be known of the rows, one sentence each.
    pub notes: &'a [String],
}
