//! The runs of schedules, as the scheduler lists them.

use super::config::{OPERATION, Schedule};
use crate::lenient;
use crate::time::Stamp;
use serde::Deserialize;
use serde_json::Value;

/// What the scheduler says of a run. It says nothing of the synchronization that the run has started: that is the
/// outcome of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunOutcome {
    /// It waits for its time.
    Scheduled,
    /// It is running.
    InProgress,
    /// The scheduler has done its part. Whether keys were synchronized is not known from this.
    Ran,
    /// The scheduler could not do it.
    Failed,
    /// It was aborted.
    Aborted,
    /// A status that the panel does not know.
    Unknown,
}

impl RunOutcome {
    /// The word in a row. None of them says that keys were synchronized.
    pub fn word(self) -> &'static str {
        match self {
            Self::Scheduled => "Scheduled",
            Self::InProgress => "In progress",
            Self::Ran => "Ran",
            Self::Failed => "Failed",
            Self::Aborted => "Aborted",
            Self::Unknown => "Unknown",
        }
    }

    /// Whether the scheduler's own word counts, whatever job may fit the run: it has started none, or nobody knows.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Failed | Self::Aborted | Self::Unknown)
    }

    /// What the word means.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Scheduled => "The scheduler will run it.",
            Self::InProgress => "The scheduler is running it.",
            Self::Ran => {
                "The scheduler says that it has completed. Whether keys were synchronized is told by the job that it has started."
            }
            Self::Failed => "The scheduler could not run it.",
            Self::Aborted => "The scheduler has given it up.",
            Self::Unknown => "The scheduler reports a status that the panel does not know.",
        }
    }
}

/// A run of a configuration of the scheduler.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct Run {
    /// The id.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    /// The name of the configuration, as far as third-party clients tell.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// What it starts.
    #[serde(default, deserialize_with = "lenient::text")]
    pub operation: String,
    /// The id of the configuration. No client reads such a field; it counts where a server sends it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub job_config_id: String,
    /// `status`, unchanged.
    #[serde(default, deserialize_with = "lenient::text")]
    pub status: String,
    /// The server's words about a failure, where it sends any.
    #[serde(default, deserialize_with = "lenient::text")]
    pub error: String,
    /// The node that has run it.
    #[serde(default, rename = "processing_node", deserialize_with = "lenient::text")]
    pub node: String,
    /// When it began.
    #[serde(default, rename = "createdAt", deserialize_with = "lenient::stamp")]
    pub created: Option<Stamp>,
    /// When it was last changed.
    #[serde(default, rename = "updatedAt", deserialize_with = "lenient::stamp")]
    pub updated: Option<Stamp>,
}

impl Run {
    /// Reads a run; `None` where the value is no object or has no id.
    pub fn from_value(value: Value) -> Option<Self> {
        lenient::object(&value).filter(|run: &Self| !run.id.is_empty())
    }

    /// What the scheduler says of it.
    pub fn outcome(&self) -> RunOutcome {
        let status = self.status.trim().to_ascii_lowercase().replace([' ', '-'], "_");
        match status.as_str() {
            "scheduled" => RunOutcome::Scheduled,
            "in_progress" => RunOutcome::InProgress,
            "completed" => RunOutcome::Ran,
            "failed" => RunOutcome::Failed,
            "aborted" => RunOutcome::Aborted,
            _ => RunOutcome::Unknown,
        }
    }

    /// Whether it is a run of `schedule`: by the id of the configuration where the server sends it, else by name and
    /// operation. Two schedules of one name can't be told apart by the latter.
    pub fn is_of(&self, schedule: &Schedule) -> bool {
        if !self.job_config_id.is_empty() {
            return self.job_config_id == schedule.id;
        }
        let is_operation = self.operation.is_empty() || self.operation == OPERATION;
        is_operation && schedule.is_synchronization() && !self.name.is_empty() && self.name == schedule.name
    }
}
