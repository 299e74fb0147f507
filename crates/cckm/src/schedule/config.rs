//! A configuration of the scheduler, as it is read.

use super::params::{Params, Selection};
use crate::cron::{Cron, CronError};
use crate::decode::{self, DecodeError};
use crate::family::{FAMILIES, Family};
use crate::lenient;
use crate::list_query::segment;
use crate::text;
use crate::time::Stamp;
use serde::Deserialize;
use serde_json::Value;

/// The path of the list of schedules, below `/api/v1`.
pub const PATH: &str = "/scheduler/job-configs";
/// The path of the list of runs, below `/api/v1`.
pub const RUNS_PATH: &str = "/scheduler/jobs";
/// The `operation` of a schedule that synchronizes.
pub const OPERATION: &str = "cckm_synchronization";
/// The `run_on` of a schedule that any node may run.
pub const ANY_NODE: &str = "any";

/// The path of one schedule, below `/api/v1`.
pub fn path(id: &str) -> String {
    [PATH, "/", &segment(id)].concat()
}

/// Whether a schedule starts anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It runs at its times.
    Enabled,
    /// Somebody has disabled it.
    Disabled,
    /// Its end date has passed.
    Ended,
}

impl State {
    /// The word in a row.
    pub fn word(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::Disabled => "Disabled",
            Self::Ended => "Ended",
        }
    }
}

/// A configuration of the scheduler.
///
/// A field that is missing or has another type counts as absent; only `id` is relied on.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// The id.
    pub id: String,
    /// The name; empty where the server sends none.
    pub name: String,
    /// The description; empty where there is none.
    pub description: String,
    /// What it starts.
    pub operation: String,
    /// The cron expression, as it was sent.
    pub run_at: String,
    /// The node that runs it; empty or [`ANY_NODE`] for any.
    pub run_on: String,
    /// Whether somebody has disabled it. The API says that it is not, where the field is absent.
    pub disabled: bool,
    /// From when on it runs.
    pub start: Option<Stamp>,
    /// Until when it runs.
    pub end: Option<Stamp>,
    /// `end_date`, as it was sent; empty where there is none.
    pub end_text: String,
    /// When it was created.
    pub created: Option<Stamp>,
    /// When it was last changed.
    pub updated: Option<Stamp>,
    /// What it synchronizes.
    pub params: Params,
    /// Whether `disabled` or a date has a value that cannot be read, so that it is not known whether it runs.
    pub unread: bool,
    cron: Result<Cron, CronError>,
}

#[derive(Debug, Deserialize)]
struct Fields {
    #[serde(default, deserialize_with = "lenient::text")]
    id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    description: String,
    #[serde(default, deserialize_with = "lenient::text")]
    operation: String,
    #[serde(default, deserialize_with = "lenient::text")]
    run_at: String,
    #[serde(default, deserialize_with = "lenient::text")]
    run_on: String,
    #[serde(default, deserialize_with = "lenient::flag")]
    disabled: Option<bool>,
    #[serde(default, deserialize_with = "lenient::text")]
    start_date: String,
    #[serde(default, deserialize_with = "lenient::text")]
    end_date: String,
    #[serde(default, rename = "createdAt", deserialize_with = "lenient::stamp")]
    created: Option<Stamp>,
    #[serde(default, rename = "updatedAt", deserialize_with = "lenient::stamp")]
    updated: Option<Stamp>,
}

/// The names of the parameters: in answers, and in requests.
const ANSWERED: &str = "job_config_params";
pub(super) const SENT: &str = "cckm_synchronization_params";

impl Schedule {
    /// Reads a configuration; `None` where the value is no object or has no id.
    pub fn from_value(mut value: Value) -> Option<Self> {
        let fields: Fields = lenient::object(&value)?;
        if fields.id.is_empty() {
            return None;
        }
        let object = value.as_object_mut()?;
        let is_odd = fields.disabled.is_none() && object.get("disabled").is_some_and(|odd| !odd.is_null());
        let mut taken = [ANSWERED, SENT].into_iter().filter_map(|name| match object.remove(name) {
            Some(Value::Object(params)) if !params.is_empty() => Some(params),
            _ => None,
        });
        // Go writes a date that is missing as the first day of the calendar.
        let date = |text: String| if text.starts_with("0001-") { String::new() } else { text };
        let (start_text, end_text) = (date(fields.start_date), date(fields.end_date));
        let (start, end) = (Stamp::parse(&start_text), Stamp::parse(&end_text));
        let is_unread = |text: &str, at: Option<Stamp>| at.is_none() && !text.trim().is_empty();
        Some(Self {
            params: Params::new(taken.next().unwrap_or_default()),
            id: fields.id,
            name: fields.name,
            description: fields.description,
            operation: fields.operation,
            cron: Cron::parse(&fields.run_at),
            run_at: fields.run_at,
            run_on: fields.run_on,
            disabled: fields.disabled.unwrap_or_default(),
            unread: is_odd || is_unread(&start_text, start) || is_unread(&end_text, end),
            start,
            end,
            end_text,
            created: fields.created,
            updated: fields.updated,
        })
    }

    /// Decodes the schedule `id`.
    ///
    /// # Errors
    ///
    /// Returns a [`DecodeError`] where the body is no schedule, or one with another id.
    pub fn decode(text: &str, id: &str) -> Result<Self, DecodeError> {
        let schedule = Self::from_value(decode::object(text)?)
            .ok_or_else(|| DecodeError::Shape("a schedule has an id".to_owned()))?;
        if schedule.id.eq_ignore_ascii_case(id) {
            return Ok(schedule);
        }
        Err(DecodeError::Shape("it is another schedule than the one that was asked for".to_owned()))
    }

    /// Decodes the response to a creation or a change: an empty body and any object without an error are an
    /// acceptance. Returns the schedule where the body holds one.
    ///
    /// # Errors
    ///
    /// Returns a [`DecodeError`] for every other body.
    pub fn accepted(text: &str) -> Result<Option<Self>, DecodeError> {
        match decode::object(text) {
            Ok(object) => Ok(Self::from_value(object)),
            Err(DecodeError::Empty) => Ok(None),
            Err(wrong) => Err(wrong),
        }
    }

    /// Whether it starts synchronizations.
    pub fn is_synchronization(&self) -> bool {
        self.operation == OPERATION
    }

    /// The name; the shortened id where the server sends none.
    pub fn title(&self) -> String {
        if self.name.trim().is_empty() { text::short(&self.id) } else { self.name.clone() }
    }

    /// The families that it synchronizes, in the order of the table; empty where the panel knows none, as for a cloud
    /// that the table lacks.
    pub fn families(&self) -> Vec<&'static Family> {
        FAMILIES.iter().filter(|family| self.params.concerns(family)).collect()
    }

    /// Whether it synchronizes `family`.
    pub fn concerns(&self, family: &Family) -> bool {
        self.is_synchronization() && self.params.concerns(family)
    }

    /// What it chooses of `family`.
    pub fn selection(&self, family: &Family) -> Selection {
        self.params.selection(family)
    }

    /// The expression, or why it cannot be read. The server may know more than the panel.
    pub fn cron(&self) -> Result<&Cron, &CronError> {
        self.cron.as_ref()
    }

    /// Whether it starts anything at `now`.
    pub fn state(&self, now: Stamp) -> State {
        match self.end {
            Some(end) if end <= now => State::Ended,
            _ if self.disabled => State::Disabled,
            _ => State::Enabled,
        }
    }

    /// The next runs, three at most, within its dates. Of a disabled schedule they are those that it would have.
    pub fn next_runs(&self, now: Stamp) -> Vec<Stamp> {
        let Ok(cron) = &self.cron else { return Vec::new() };
        cron.runs(from(now, self.start))
            .take_while(|run| self.end.is_none_or(|end| *run <= end))
            .take(3)
            .collect()
    }

    /// Whether some node must run it.
    pub fn node(&self) -> Option<&str> {
        let node = self.run_on.trim();
        (!node.is_empty() && !node.eq_ignore_ascii_case(ANY_NODE)).then_some(node)
    }
}

/// The moment after which a schedule that begins at `start` may run, from `now` on.
pub(super) fn from(now: Stamp, start: Option<Stamp>) -> Stamp {
    let before_start = start.map(|start| Stamp::from_millis(start.millis() - 1));
    before_start.map_or(now, |start| start.max(now))
}
