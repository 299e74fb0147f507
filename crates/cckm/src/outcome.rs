//! The outcome of a job: what its status and its results by container amount to.
//!
//! Pure. It owns the words; how they look is the view's. What the text of a single container means is in `verdict.rs`.

/// What became of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outcome {
    /// It runs.
    InProgress,
    /// A cancel was asked for, and it has not ended yet.
    Cancelling,
    /// It ended after a cancel was asked for. The server calls it `completed`.
    Cancelled,
    /// It ended, and every result is a known success.
    Completed,
    /// It ended, and some results are errors. The server calls it `completed`.
    CompletedWithErrors,
    /// The server says so, or every result is an error.
    Failed,
    /// The server said something else; its text is shown.
    #[default]
    Unknown,
}

/// The counts of a job's results by container that decide its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Results that are errors.
    pub failed: usize,
    /// Results that are known successes.
    pub good: usize,
    /// Results whose meaning nobody knows.
    pub unknown: usize,
    /// Results of containers that are still being synchronized.
    pub running: usize,
}

impl Outcome {
    /// The name on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::InProgress => "In progress",
            Self::Cancelling => "Cancelling",
            Self::Cancelled => "Cancelled",
            Self::Completed => "Completed",
            Self::CompletedWithErrors => "Completed with errors",
            Self::Failed => "Failed",
            Self::Unknown => "Unknown",
        }
    }

    /// The word for style sheets and icons.
    pub fn class(self) -> &'static str {
        match self {
            Self::InProgress => "in-progress",
            Self::Cancelling => "cancelling",
            Self::Cancelled => "cancelled",
            Self::Completed => "completed",
            Self::CompletedWithErrors => "completed-with-errors",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// 0 for what needs a look first.
    pub fn rank(self) -> u8 {
        match self {
            Self::Failed => 0,
            Self::CompletedWithErrors => 1,
            Self::Unknown => 2,
            Self::Cancelling => 3,
            Self::InProgress => 4,
            Self::Cancelled => 5,
            Self::Completed => 6,
        }
    }

    /// Whether it may still change by itself.
    pub fn is_running(self) -> bool {
        matches!(self, Self::InProgress | Self::Cancelling)
    }
}

impl Tally {
    /// How many results there are.
    pub fn total(self) -> usize {
        self.failed + self.good + self.unknown + self.running
    }
}

/// The outcome of a job from its `status`, its results by container, whether a cancel was requested, and whether
/// `completed_at` is there.
///
/// The order of the questions matters: a cancelled job ends as `completed`, and `completed` does not mean success. A job is
/// [`Outcome::Completed`] only where every result is a known success or the server named no results.
///
/// ```
/// use cckm::outcome::{Outcome, Tally, outcome};
///
/// let results = Tally { failed: 1, good: 2, ..Tally::default() };
/// assert_eq!(outcome("completed", results, false, true), Outcome::CompletedWithErrors);
/// assert_eq!(outcome("completed", results, true, true), Outcome::Cancelled);
/// ```
pub fn outcome(status: &str, results: Tally, abort: bool, ended_at: bool) -> Outcome {
    let plain = plain(status);
    let ended = ended_at || ends(&plain);
    if abort {
        return if ended { Outcome::Cancelled } else { Outcome::Cancelling };
    }
    let Tally { failed, good, .. } = results;
    if plain == b"failed" || plain == b"error" || (ended && failed > 0 && failed == results.total()) {
        return Outcome::Failed;
    }
    match plain.as_slice() {
        b"completed" if failed > 0 => Outcome::CompletedWithErrors,
        b"completed" if good == results.total() => Outcome::Completed,
        b"in_progress" => Outcome::InProgress,
        _ => Outcome::Unknown,
    }
}

pub(super) fn is_completed(status: &str) -> bool {
    plain(status) == b"completed"
}

/// Whether an overall status is one that a job ends with.
pub fn is_end(status: &str) -> bool {
    ends(&plain(status))
}

/// The last three are documented for no synchronization job, only for its relatives.
fn ends(plain: &[u8]) -> bool {
    matches!(plain, b"completed" | b"failed" | b"error" | b"cancelled" | b"canceled" | b"aborted")
}

/// The form in which texts are compared: lower case, trimmed, spaces and hyphens as underscores. Bytes, because this runs
/// for each container of each job.
pub(crate) fn plain(text: &str) -> Vec<u8> {
    let plain = |byte: u8| if byte == b' ' || byte == b'-' { b'_' } else { byte.to_ascii_lowercase() };
    text.trim().bytes().map(plain).collect()
}
