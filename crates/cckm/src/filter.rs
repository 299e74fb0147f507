//! The filters and sort orders of a list, with their values in requests and their names on the screen.

use crate::job::Job;
use crate::time::Stamp;
use std::cmp::Reverse;

/// An `overall_status` to which a list can be narrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The server is still working on the job.
    InProgress,
    /// The job has ended, in whatever way: cancelled jobs and jobs with errors have this status too.
    Completed,
    /// The server reports that the job failed.
    Failed,
}

impl Status {
    /// All statuses, in the order of a menu.
    pub const ALL: [Self; 3] = [Self::InProgress, Self::Completed, Self::Failed];

    /// The value in requests and in addresses.
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

    /// Returns the status whose value in requests is `text`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.api() == text)
    }
}

/// A sort order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sort {
    /// The field to sort by: `createdAt` or `updatedAt`.
    pub field: &'static str,
    /// Whether the latest jobs come first.
    pub descending: bool,
}

impl Sort {
    /// By the time of creation, the newest first.
    pub const NEWEST: Self = Self { field: "createdAt", descending: true };
    const FIELDS: [&'static str; 2] = ["createdAt", "updatedAt"];

    /// The value in requests and in addresses, such as `-createdAt`.
    pub fn api(self) -> String {
        [if self.descending { "-" } else { "" }, self.field].concat()
    }

    /// Whether this order is by the time of creation, which a server may follow without `sort` as well.
    pub fn is_by_creation(self) -> bool {
        self.field == Self::NEWEST.field
    }

    /// The time of `job` by which this order sorts.
    pub fn time(self, job: &Job) -> Option<Stamp> {
        if self.is_by_creation() { job.created } else { job.updated }
    }

    /// Sorts `jobs`. The sort is stable, and jobs without the time go to the end.
    pub fn arrange(self, jobs: &mut [Job]) {
        if self.descending {
            jobs.sort_by_key(|job| Reverse(self.time(job)));
        } else {
            jobs.sort_by_key(|job| (self.time(job).is_none(), self.time(job)));
        }
    }

    /// Returns the sort order whose value in requests is `text`.
    pub fn parse(text: &str) -> Option<Self> {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let field = Self::FIELDS.into_iter().find(|field| *field == name)?;
        Some(Self { field, descending })
    }
}
