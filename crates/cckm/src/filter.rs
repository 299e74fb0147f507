//! The filters and sort orders of a list, with their values in requests and their names on the screen.

use crate::job::Job;
use crate::time::Stamp;

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

/// The last hours or days, as a filter of jobs.
///
/// ```
/// use cckm::filter::Within;
///
/// let day = Within::parse("24h").expect("a time");
/// assert_eq!((day.words(), day.text()), ("Last 24 hours".to_owned(), "24h".to_owned()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    hours: u32,
}

impl Within {
    /// The longest time, in hours: a year.
    const MOST: u32 = 366 * 24;

    /// Parses a number of hours or days, such as `24h` or `7d`, of at most a year.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, hours) = text
            .strip_suffix('h')
            .map(|number| (number, 1))
            .or(text.strip_suffix('d').map(|number| (number, 24)))?;
        let hours = number.parse::<u32>().ok()?.checked_mul(hours)?;
        (1..=Self::MOST).contains(&hours).then_some(Self { hours })
    }

    /// The number of days, where the time is longer than one and has whole ones.
    fn days(self) -> Option<u32> {
        (self.hours > 24 && self.hours.is_multiple_of(24)).then_some(self.hours / 24)
    }

    /// The value in an address.
    pub fn text(self) -> String {
        match self.days() {
            Some(days) => [&days.to_string(), "d"].concat(),
            None => [&self.hours.to_string(), "h"].concat(),
        }
    }

    /// The name on the screen: "Last 24 hours".
    pub fn words(self) -> String {
        let (number, unit) = self.days().map_or((self.hours, "hour"), |days| (days, "day"));
        if number == 1 {
            ["Last ", unit].concat()
        } else {
            ["Last ", &number.to_string(), " ", unit, "s"].concat()
        }
    }

    /// When the time began that ends at `now`.
    pub fn since(self, now: Stamp) -> Stamp {
        Stamp::from_millis(now.millis().saturating_sub(i64::from(self.hours) * 3_600_000))
    }

    /// Whether `job` was created or has ended in this time.
    pub fn includes(self, job: &Job, now: Stamp) -> bool {
        let since = Some(self.since(now));
        job.created >= since || job.completed >= since
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
        jobs.sort_by_cached_key(|job| self.key(job));
    }

    /// The number by which this order sorts `job`, ascending. With one type of key for both directions, and cached, all
    /// lists of jobs share one sort in the program.
    pub fn key(self, job: &Job) -> i64 {
        self.time(job).map_or(i64::MAX, |time| if self.descending { -time.millis() } else { time.millis() })
    }

    /// Returns the sort order whose value in requests is `text`.
    pub fn parse(text: &str) -> Option<Self> {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let field = Self::FIELDS.into_iter().find(|field| *field == name)?;
        Some(Self { field, descending })
    }
}
