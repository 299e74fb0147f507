//! What a list can be narrowed to and sorted by, with the words of the interface and of the screen.

use crate::job::Job;
use crate::time::Stamp;
use std::cmp::Reverse;

/// An `overall_status` that a list can be narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The server still works on the job.
    InProgress,
    /// The server has come to the end of the job, in whatever way: cancelled jobs are among these.
    Completed,
    /// The server says that the job failed.
    Failed,
}

impl Status {
    /// Every status, in the order of a menu.
    pub const ALL: [Self; 3] = [Self::InProgress, Self::Completed, Self::Failed];

    /// The value in requests and in the address.
    pub fn api(self) -> &'static str {
        match self {
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }

    /// The name on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::InProgress => "In progress",
            Self::Completed => "Completed",
            Self::Failed => "Failed",
        }
    }

    /// The status whose value in requests is `text`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.api() == text)
    }
}

/// The order of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sort {
    /// `createdAt` or `updatedAt`.
    pub field: &'static str,
    /// Whether the latest come first.
    pub descending: bool,
}

impl Sort {
    /// By the time of creation, the newest first.
    pub const NEWEST: Self = Self { field: "createdAt", descending: true };
    const FIELDS: [&'static str; 2] = ["createdAt", "updatedAt"];

    /// The value in requests and in the address.
    pub fn api(self) -> String {
        [if self.descending { "-" } else { "" }, self.field].concat()
    }

    /// Whether it is by the time of creation, of which a server's own order may tell.
    pub fn is_by_creation(self) -> bool {
        self.field == Self::NEWEST.field
    }

    /// The time of `job` that it sorts by.
    pub fn time(self, job: &Job) -> Option<Stamp> {
        if self.is_by_creation() { job.created } else { job.updated }
    }

    /// Sorts `jobs`. Those of the same time stay as they stand, and those without one go to the end.
    pub fn arrange(self, jobs: &mut [Job]) {
        if self.descending {
            jobs.sort_by_key(|job| Reverse(self.time(job)));
        } else {
            jobs.sort_by_key(|job| (self.time(job).is_none(), self.time(job)));
        }
    }

    /// The status whose value in requests is `text`.
    pub fn parse(text: &str) -> Option<Self> {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let field = Self::FIELDS.into_iter().find(|field| *field == name)?;
        Some(Self { field, descending })
    }
}
