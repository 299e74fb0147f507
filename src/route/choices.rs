//! What a list can be narrowed to and sorted by, with the words of the interface and of the screen.

use crate::model::Job;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Status {
    InProgress,
    Completed,
    Failed,
}

impl Status {
    pub const ALL: [Self; 3] = [Self::InProgress, Self::Completed, Self::Failed];

    /// The value in requests and in the address.
    pub fn api(self) -> &'static str {
        match self {
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::InProgress => "In progress",
            Self::Completed => "Completed",
            Self::Failed => "Failed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.api() == text)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// `createdAt` or `updatedAt`.
    pub field: &'static str,
    pub descending: bool,
}

impl Sort {
    pub const NEWEST: Self = Self { field: "createdAt", descending: true };
    const FIELDS: [&'static str; 2] = ["createdAt", "updatedAt"];

    /// The value in requests and in the address.
    pub fn api(self) -> String {
        [if self.descending { "-" } else { "" }, self.field].concat()
    }

    /// Whether `first` may stand before `second`. A job that does not say its time may stand anywhere.
    pub fn in_order(self, first: &Job, second: &Job) -> bool {
        let time = |job: &Job| if self.field == Self::NEWEST.field { job.created } else { job.updated };
        match (time(first), time(second)) {
            (Some(first), Some(second)) if self.descending => first >= second,
            (Some(first), Some(second)) => first <= second,
            _ => true,
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let field = Self::FIELDS.into_iter().find(|field| *field == name)?;
        Some(Self { field, descending })
    }
}
