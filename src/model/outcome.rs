//! What a job's status texts mean: the outcome of a job, the verdict on a container.
//!
//! Pure. It owns the words; how they look is the view's.

use crate::text;

/// What became of a job.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Outcome {
    InProgress,
    Cancelling,
    Cancelled,
    Completed,
    CompletedWithErrors,
    Failed,
    /// The server said something else; its text is shown.
    #[default]
    Unknown,
}

/// What a text of `detailed_status` says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Error,
    Running,
    Good,
    Neutral,
}

impl Outcome {
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

impl Verdict {
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "Error",
            Self::Running => "In progress",
            Self::Good => "Synchronized",
            Self::Neutral => "Reported",
        }
    }

    /// The word for style sheets and icons: those of the outcome it resembles.
    pub fn class(self) -> &'static str {
        match self {
            Self::Error => "failed",
            Self::Running => "in-progress",
            Self::Good => "completed",
            Self::Neutral => "neutral",
        }
    }
}

/// The outcome of a job from what it says: `status`, how many of its containers failed of how many it tells of, whether a
/// cancel was asked for, and whether `completed_at` is there.
///
/// The order of the questions matters: a cancelled job ends as `completed`, and `completed` does not mean success.
pub fn outcome(status: &str, (failed, told): (usize, usize), abort: bool, ended_at: bool) -> Outcome {
    let plain = plain(status);
    let ended = ended_at || ends(&plain);
    if abort {
        return if ended { Outcome::Cancelled } else { Outcome::Cancelling };
    }
    if plain == b"failed" || plain == b"error" || (ended && failed > 0 && failed == told) {
        return Outcome::Failed;
    }
    match plain.as_slice() {
        b"completed" if failed > 0 => Outcome::CompletedWithErrors,
        b"completed" => Outcome::Completed,
        b"in_progress" => Outcome::InProgress,
        _ => Outcome::Unknown,
    }
}

/// Whether an overall status is one that a job ends with.
pub fn is_end(status: &str) -> bool {
    ends(&plain(status))
}

/// What a container's text says; error words outweigh "success" beside them.
pub fn verdict(text: &str) -> Verdict {
    let text = plain(text);
    let says = |word: &str| text::holds_bytes(&text, word.as_bytes());
    if ERROR_WORDS.iter().any(|word| says(word)) || denies_success(&text) {
        Verdict::Error
    } else if says("in_progress") {
        Verdict::Running
    } else if says("success") {
        Verdict::Good
    } else {
        Verdict::Neutral
    }
}

const ERROR_WORDS: &[&str] = &[
    "error",
    "fail",
    "denied",
    "unauthorized",
    "timeout",
    "timed_out",
    "not_found",
    "exception",
    "unsuccess",
];

/// "not … success", also "cannot … success", and never "notified … success".
fn denies_success(text: &[u8]) -> bool {
    let word = b"success";
    let Some(end) = text.windows(word.len()).rposition(|part| part == word) else { return false };
    text.get(..end)
        .unwrap_or_default()
        .split(|byte| !byte.is_ascii_alphanumeric())
        .any(|word| word.ends_with(b"not"))
}

/// The last three are documented for no synchronization job, only for its relatives.
fn ends(plain: &[u8]) -> bool {
    matches!(plain, b"completed" | b"failed" | b"error" | b"cancelled" | b"canceled" | b"aborted")
}

/// Lower case, trimmed, spaces and hyphens as underscores; as bytes, for it is done for each container of each job.
fn plain(text: &str) -> Vec<u8> {
    let plain = |byte: u8| if byte == b' ' || byte == b'-' { b'_' } else { byte.to_ascii_lowercase() };
    text.trim().bytes().map(plain).collect()
}
