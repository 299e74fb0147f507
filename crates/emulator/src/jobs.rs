//! Owns what a job looks like at an instant: a plan made once and the time give its state, so that a frozen clock is
//! exact and nothing has to run in the background. It must not know lists, requests or where jobs come from.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use crate::clock::{micros, nanos};
use crate::families::Family;

/// How long after a cancel request a job ends.
pub const CANCEL_TAKES: TimeDelta = TimeDelta::seconds(10);

/// A job is taken for dead, and no longer keeps another from starting, when it was created this long ago. The
/// documented jobs that are in progress since 2020 would otherwise block their families for ever.
pub const DEAD_AFTER: TimeDelta = TimeDelta::hours(24);

/// A job of some family.
#[derive(Debug, Clone)]
pub struct Job {
    pub kind: Kind,
    pub abort: Option<Abort>,
}

/// A cancel that was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Abort {
    pub at: DateTime<Utc>,
    /// When the job ends, unless it ends by itself before.
    pub ends: DateTime<Utc>,
}

#[derive(Debug, Clone)]
pub enum Kind {
    /// A job whose whole course is laid down.
    Planned(Plan),
    /// A job object as given; it may be odd, and stays as it is until it is cancelled.
    Raw(Value),
}

/// The course of a job.
#[derive(Debug, Clone)]
pub struct Plan {
    pub id: String,
    pub account: String,
    pub created: DateTime<Utc>,
    /// What the job's container field holds.
    pub containers: Vec<String>,
    /// `None` leaves the field out.
    pub regions: Option<Vec<String>>,
    /// One after another, `after` rising.
    pub steps: Vec<Step>,
    /// The overall status once every step is done; `None` for a job that hangs after its last step.
    pub ends_as: Option<&'static str>,
    /// Older objects have `application` and `devAccount`.
    pub older: bool,
}

/// One entry of `detailed_status`.
#[derive(Debug, Clone)]
pub struct Step {
    pub key: String,
    /// Since the job was created.
    pub after: TimeDelta,
    pub text: String,
}

/// What lists filter and sort by.
#[derive(Debug)]
pub struct Summary {
    pub id: String,
    pub status: String,
    pub created: Option<DateTime<Utc>>,
    pub updated: Option<DateTime<Utc>>,
    pub completed: Option<DateTime<Utc>>,
}

struct Moment<'plan> {
    status: &'plan str,
    updated: DateTime<Utc>,
    completed: Option<DateTime<Utc>>,
    done: usize,
}

impl Plan {
    fn at<'plan>(
        &'plan self,
        running: &'plan str,
        abort: Option<Abort>,
        now: DateTime<Utc>,
    ) -> Moment<'plan> {
        let abort = abort.filter(|abort| abort.at <= now);
        let by_itself = self
            .ends_as
            .map(|_| self.created + self.steps.last().map_or(TimeDelta::seconds(1), |step| step.after));
        let stop = match (by_itself, abort) {
            (Some(end), Some(abort)) => Some(end.min(abort.ends)),
            (end, abort) => end.or(abort.map(|abort| abort.ends)),
        };
        let until = stop.map_or(now, |stop| stop.min(now));
        let done = self.steps.iter().take_while(|step| self.created + step.after <= until).count();
        let completed = stop.filter(|stop| *stop <= now);
        let last_step =
            done.checked_sub(1).map_or(self.created, |last| self.created + self.steps[last].after);
        let updated =
            last_step.max(abort.map_or(last_step, |abort| abort.at)).max(completed.unwrap_or(last_step));
        let status = match (completed, abort) {
            (None, _) => running,
            // A cancelled job looks completed; only `abort` tells.
            (Some(_), Some(_)) => "completed",
            (Some(_), None) => self.ends_as.unwrap_or("completed"),
        };
        Moment { status, updated, completed, done }
    }

    fn object(
        &self,
        family: &Family,
        aborted: bool,
        time: fn(DateTime<Utc>) -> String,
        moment: &Moment,
    ) -> Map<String, Value> {
        let mut object = Map::new();
        object.insert("id".into(), json!(self.id));
        object.insert("uri".into(), json!(format!("kylo:kylo:cckm:synchronize:{}", self.id)));
        object.insert("account".into(), json!(self.account));
        if self.older {
            object.insert("application".into(), json!("ncryptify:gemalto:admin:apps:kylo"));
            object.insert("devAccount".into(), json!("ncryptify:gemalto:admin:accounts:gemalto"));
        }
        object.insert("createdAt".into(), json!(time(self.created)));
        object.insert("updatedAt".into(), json!(time(moment.updated)));
        object.insert("overall_status".into(), json!(moment.status));
        object.insert("cloud".into(), json!(family.cloud));
        object.insert(family.job_field.into(), json!(self.containers));
        if let Some(regions) = &self.regions {
            object.insert("regions".into(), json!(regions));
        }
        object.insert("abort".into(), json!(aborted));
        object
    }
}

impl Job {
    pub fn planned(plan: Plan) -> Self {
        Self { kind: Kind::Planned(plan), abort: None }
    }

    pub fn raw(value: Value) -> Self {
        Self { kind: Kind::Raw(value), abort: None }
    }

    /// The job object at an instant, as lists, `GET` and the cancel answer give it.
    pub fn at(&self, family: &Family, now: DateTime<Utc>) -> Value {
        match &self.kind {
            Kind::Planned(plan) => {
                let moment = plan.at(family.running, self.abort, now);
                let mut object = plan.object(family, self.aborted(now), micros, &moment);
                if let Some(completed) = moment.completed {
                    object.insert("completed_at".into(), json!(micros(completed)));
                }
                let mut detail = Map::new();
                for (index, step) in plan.steps.iter().enumerate().take(moment.done + 1) {
                    // The step a job is at, or was at when it was cancelled, still says that it runs.
                    let text = if index < moment.done { step.text.as_str() } else { family.running };
                    detail.insert(step.key.clone(), json!(text));
                }
                object.insert("detailed_status".into(), Value::Object(detail));
                Value::Object(object)
            }
            Kind::Raw(value) => {
                let mut value = value.clone();
                if let (Some(abort), Some(object)) =
                    (self.abort.filter(|abort| abort.at <= now), value.as_object_mut())
                {
                    object.insert("abort".into(), json!(true));
                    object.insert("updatedAt".into(), json!(micros(abort.at)));
                    if abort.ends <= now {
                        object.insert("updatedAt".into(), json!(micros(abort.ends)));
                        object.insert("completed_at".into(), json!(micros(abort.ends)));
                        object.insert("overall_status".into(), json!("completed"));
                    }
                }
                value
            }
        }
    }

    /// The answer to the start request: nine fraction digits and no `detailed_status`, unlike every later answer.
    pub fn start_answer(&self, family: &Family) -> Value {
        match &self.kind {
            Kind::Planned(plan) => {
                // The documented answer was written a moment after the job, within the same second.
                let wrote = plan.created + TimeDelta::nanoseconds(3_480_679);
                let moment = Moment { status: family.running, updated: wrote, completed: None, done: 0 };
                Value::Object(plan.object(family, false, nanos, &moment))
            }
            Kind::Raw(value) => value.clone(),
        }
    }

    pub fn id(&self) -> &str {
        match &self.kind {
            Kind::Planned(plan) => &plan.id,
            Kind::Raw(value) => value["id"].as_str().unwrap_or_default(),
        }
    }

    pub fn created(&self) -> Option<DateTime<Utc>> {
        match &self.kind {
            Kind::Planned(plan) => Some(plan.created),
            Kind::Raw(value) => instant(&value["createdAt"]),
        }
    }

    /// What the job's container field holds.
    pub fn containers(&self, family: &Family) -> Vec<&str> {
        match &self.kind {
            Kind::Planned(plan) => plan.containers.iter().map(String::as_str).collect(),
            Kind::Raw(value) => {
                value[family.job_field].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
            }
        }
    }

    pub fn summary(&self, family: &Family, now: DateTime<Utc>) -> Summary {
        match &self.kind {
            Kind::Planned(plan) => {
                let moment = plan.at(family.running, self.abort, now);
                Summary {
                    id: plan.id.clone(),
                    status: moment.status.to_owned(),
                    created: Some(plan.created),
                    updated: Some(moment.updated),
                    completed: moment.completed,
                }
            }
            Kind::Raw(_) => {
                let value = self.at(family, now);
                Summary {
                    id: self.id().to_owned(),
                    status: value["overall_status"].as_str().unwrap_or_default().to_owned(),
                    created: instant(&value["createdAt"]),
                    updated: instant(&value["updatedAt"]),
                    completed: instant(&value["completed_at"]),
                }
            }
        }
    }

    /// Whether a cancel was asked for by then.
    pub fn aborted(&self, now: DateTime<Utc>) -> bool {
        self.abort.is_some_and(|abort| abort.at <= now)
    }

    /// Whether the job is in progress, in either spelling.
    pub fn runs(&self, family: &Family, now: DateTime<Utc>) -> bool {
        same_status(&self.summary(family, now).status, "in_progress")
    }

    /// Whether the job keeps another of its family from starting.
    pub fn blocks(&self, family: &Family, now: DateTime<Utc>) -> bool {
        self.created().is_none_or(|created| now - created < DEAD_AFTER) && self.runs(family, now)
    }

    /// Asks the job to end. It stays in progress and ends [`CANCEL_TAKES`] later; asking again changes nothing.
    pub fn cancel(&mut self, now: DateTime<Utc>) {
        self.abort.get_or_insert(Abort { at: now, ends: now + CANCEL_TAKES });
    }
}

/// Whether two status texts mean the same: `in progress` and `in_progress` do.
pub fn same_status(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.trim().to_lowercase().replace([' ', '-'], "_");
    plain(one) == plain(other)
}

fn instant(value: &Value) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(value.as_str()?).ok().map(|time| time.to_utc())
}
