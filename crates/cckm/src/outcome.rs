//! The outcome of a job, derived from its status and its results by container.
//!
//! Pure. It owns the outcomes and their names; colours and icons are the view's. `verdict.rs` defines what the text
//! of a single container means.

/// The outcome of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outcome {
    /// The job runs.
    InProgress,
    /// A cancel was requested, and the job has not ended yet.
    Cancelling,
    /// The job ended after a cancel was requested. The server reports it as `completed`.
    Cancelled,
    /// The job ended, and every result is a known success.
    Completed,
    /// The job ended, and some results are errors. The server reports it as `completed`.
    CompletedWithErrors,
    /// The server reports a failure, or every result of the ended job is an error.
    Failed,
    /// The status or a result has a text that is not known; the view shows this text.
    #[default]
    Unknown,
}

/// The numbers of a job's results by verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Results that are errors.
    pub failed: usize,
    /// Results that are known successes.
    pub good: usize,
    /// Results whose text is not known.
    pub unknown: usize,
    /// Results of containers that are still being synchronized.
    pub running: usize,
}

impl Outcome {
    /// All outcomes, in the order in which a person meets them.
    pub const ALL: [Self; 7] = [
        Self::InProgress,
        Self::Cancelling,
        Self::Cancelled,
        Self::Completed,
        Self::CompletedWithErrors,
        Self::Failed,
        Self::Unknown,
    ];

    /// Returns the outcome whose [`Outcome::class`] is `text`.
    ///
    /// ```
    /// use cckm::outcome::Outcome;
    ///
    /// assert_eq!(Outcome::parse("completed-with-errors"), Some(Outcome::CompletedWithErrors));
    /// assert_eq!(Outcome::parse("done"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.class() == text)
    }

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

    /// What the outcome means, and what follows from it, in sentences.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::InProgress => "The server is still working on the job.",
            Self::Cancelling => {
                "A cancel was requested, and the job has not ended yet. With many keys that can take long."
            }
            Self::Cancelled => {
                "The job ended after a cancel was requested. The server calls it completed. Containers that were done \
                 before are synchronized, the others are as they were."
            }
            Self::Completed => {
                "The job ended, and the server reported success for each container, or named no results."
            }
            Self::CompletedWithErrors => {
                "The job ended, and at least one container was not synchronized. The server calls it completed. \
                 Retry failed starts a job for the containers that failed."
            }
            Self::Failed => {
                "The server reported that the job failed, or an error for each of its containers."
            }
            Self::Unknown => {
                "The status or a result has a text that the panel does not know, so it counts neither as a success \
                 nor as an error until somebody has looked. Whoever hosts the panel can say in config.json what the \
                 text means."
            }
        }
    }

    /// The name in class names and icons.
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

    /// The urgency: 0 for the outcome that needs attention first.
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

    /// Whether the job may still change by itself.
    pub fn is_running(self) -> bool {
        matches!(self, Self::InProgress | Self::Cancelling)
    }
}

impl Tally {
    /// The number of all results.
    pub fn total(self) -> usize {
        self.failed + self.good + self.unknown + self.running
    }
}

/// Derives the outcome of a job from its `overall_status`, its results by container, whether a cancel was requested
/// (`abort`), and whether `completed_at` is present.
///
/// The order of the checks matters: a cancelled job ends as `completed`, and `completed` does not mean success. A job
/// is [`Outcome::Completed`] only where every result is a known success or the server sent no results.
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

/// Whether a job with this `overall_status` has ended.
pub fn is_end(status: &str) -> bool {
    ends(&plain(status))
}

/// The last three are not documented for synchronization jobs, only for similar jobs of the API.
fn ends(plain: &[u8]) -> bool {
    matches!(plain, b"completed" | b"failed" | b"error" | b"cancelled" | b"canceled" | b"aborted")
}

/// The form in which texts are compared: trimmed, in lower case, with spaces and hyphens as underscores. Bytes are
/// used because this runs for each container of each job.
pub(crate) fn plain(text: &str) -> Vec<u8> {
    let plain = |byte: u8| if byte == b' ' || byte == b'-' { b'_' } else { byte.to_ascii_lowercase() };
    text.trim().bytes().map(plain).collect()
}
