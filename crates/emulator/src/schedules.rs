//! The configurations of the scheduler and their runs, and when a configuration is due. It handles no requests and
//! starts no jobs.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};
use parking_lot::Mutex;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::micros;
use crate::options::{Feature, Options};

/// The operation that synchronizes keys.
pub const SYNCHRONIZATION: &str = "cckm_synchronization";
/// The operations that a configuration may have.
pub const OPERATIONS: [&str; 4] =
    [SYNCHRONIZATION, "cckm_key_rotation", "cckm_key_backup", "database_backup"];
/// The nodes of the cluster.
pub const NODES: [&str; 2] = ["cm-node-1", "cm-node-2"];
/// The time that the scheduler itself takes for a run.
const TAKES: TimeDelta = TimeDelta::seconds(2);
/// How many runs a configuration makes up for at once, where the clock has been moved far.
const MOST: usize = 200;

/// The configurations and the runs of a domain, both oldest first.
#[derive(Debug, Default)]
pub struct Schedules {
    /// The objects as they are answered. They need not be valid.
    pub configs: Vec<Value>,
    pub runs: Vec<Run>,
    /// Until when runs have been made; `None` before the first look.
    pub until: Option<DateTime<Utc>>,
}

/// A run of a configuration.
#[derive(Debug, Clone)]
pub struct Run {
    value: Value,
    /// When it ends, and the status that it has then.
    ends: Option<(DateTime<Utc>, &'static str)>,
}

impl Run {
    /// A run from a data file or a test, which stays as it is.
    pub fn given(value: Value) -> Self {
        Self { value, ends: None }
    }

    /// A run of `config` that began at `at` and ends with `status`.
    pub fn of(config: &Value, id: &str, at: DateTime<Utc>, status: &'static str) -> Self {
        let node = config["run_on"].as_str().filter(|node| NODES.contains(node)).unwrap_or(NODES[0]);
        let value = json!({
            "id": id,
            "uri": format!("kylo:kylo:scheduler:jobs:{id}"),
            "account": config["account"],
            "createdAt": micros(at),
            "updatedAt": micros(at),
            "name": config["name"],
            "operation": config["operation"],
            "processing_node": node,
            "status": "in_progress",
        });
        Self { value, ends: Some((at + TAKES, status)) }
    }

    /// The object at a given time.
    pub fn at(&self, now: DateTime<Utc>) -> Value {
        let mut value = self.value.clone();
        if let Some((end, status)) = self.ends.filter(|(end, _)| *end <= now) {
            value["status"] = json!(status);
            value["updatedAt"] = json!(micros(end));
        }
        value
    }

    pub fn id(&self) -> &str {
        self.value["id"].as_str().unwrap_or_default()
    }
}

/// How the scheduler behaves. Clones share the state.
#[derive(Debug, Clone)]
pub struct Settings(Arc<Mutex<Behaviour>>);

#[derive(Debug, Clone, Copy)]
pub struct Behaviour {
    pub feature: Feature,
    pub takes_run_on: bool,
    /// Whether configurations run at their times.
    pub runs: bool,
}

/// A change at run time; missing fields stay unchanged.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    feature: Option<Feature>,
    run_on: Option<RunOn>,
    runs: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RunOn {
    Accepted,
    Refused,
}

impl Settings {
    pub fn new(options: &Options) -> Self {
        let behaviour =
            Behaviour { feature: options.scheduler, takes_run_on: true, runs: options.run_schedules };
        Self(Arc::new(Mutex::new(behaviour)))
    }

    pub fn get(&self) -> Behaviour {
        *self.0.lock()
    }

    pub fn change(&self, change: &Change) {
        let mut own = self.0.lock();
        own.feature = change.feature.unwrap_or(own.feature);
        own.runs = change.runs.unwrap_or(own.runs);
        own.takes_run_on = change.run_on.map_or(own.takes_run_on, |run_on| run_on == RunOn::Accepted);
    }
}

/// Reads an expression of five fields. What the parser knows beyond the documentation is refused.
pub fn cron(text: &str) -> Option<Cron> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [_, _, day, _, weekday] = fields.as_slice() else { return None };
    let has = |field: &str, letters: &[char]| field.to_ascii_uppercase().contains(letters);
    if has(day, &['L', 'W', '#', '+']) || has(weekday, &['L', '#', '+']) {
        return None;
    }
    let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
    parser.parse(&text.replace('?', "*")).ok()
}

/// The times within `(from, until]` at which a configuration is due.
pub fn due(config: &Value, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let date = |name: &str| {
        config[name]
            .as_str()
            .and_then(|text| DateTime::parse_from_rfc3339(text).ok())
            .map(|time| time.to_utc())
    };
    if config["disabled"] == true {
        return Vec::new();
    }
    let Some(cron) = config["run_at"].as_str().and_then(cron) else { return Vec::new() };
    let (start, end) = (date("start_date"), date("end_date"));
    cron.iter_after(from)
        .take_while(|time| *time <= until)
        .take(MOST)
        .filter(|time| start.is_none_or(|start| start <= *time) && end.is_none_or(|end| *time <= end))
        .collect()
}
