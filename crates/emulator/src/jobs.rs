//! Owns the state of a job at a given time. It is derived from a plan that is made once, so a frozen clock is exact
//! and no background task is needed. It must not depend on lists, requests or the origin of jobs.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use crate::clock::{micros, nanos};
use crate::families::Family;

/// The time from a cancel request to the end of the job.
pub const CANCEL_TAKES: TimeDelta = TimeDelta::seconds(10);

/// The age from which on a job counts as dead and no longer prevents another from starting. Otherwise the documented
/// jobs, in progress since 2020, would block their families for ever.
pub const DEAD_AFTER: TimeDelta = TimeDelta::hours(24);

/// A job of some family.
#[derive(Debug, Clone)]
pub struct Job {
    pub kind: Kind,
    pub abort: Option<Abort>,
    /// When the job was created. It is read once, because lists are sorted by it.
    pub created: Option<DateTime<Utc>>,
}

/// A cancel that was requested.
#[derive(Debug, Clone, Copy)]
pub struct Abort {
    pub at: DateTime<Utc>,
    /// When the job ends, unless it ends by itself before.
    pub ends: DateTime<Utc>,
}

#[derive(Debug, Clone)]
pub enum Kind {
    /// A job with a plan.
    Planned(Plan),
    /// A job object from a data file or a test, which need not be valid. It stays unchanged until it is cancelled.
    Raw(Value),
}

/// The course of a job over time.
#[derive(Debug, Clone)]
pub struct Plan {
    pub id: String,
    pub account: String,
    pub created: DateTime<Utc>,
    /// The content of the job's container field.
    pub containers: Vec<String>,
    /// `None` leaves the field out.
    pub regions: Option<Vec<String>>,
    /// The steps, sorted by `after`.
    pub steps: Vec<Step>,
    /// The overall status after the last step; `None` for a job that hangs there.
    pub ends_as: Option<&'static str>,
    /// Whether the object has `application` and `devAccount`, as older ones do.
    pub older: bool,
}

/// One entry of `detailed_status`.
#[derive(Debug, Clone)]
pub struct Step {
    pub key: String,
    /// The time since the creation of the job.
    pub after: TimeDelta,
    pub text: String,
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
        let stop = self.stop(abort);
        let until = stop.map_or(now, |stop| stop.min(now));
        let done = self.steps.iter().take_while(|step| self.created + step.after <= until).count();
        let completed = stop.filter(|stop| *stop <= now);
        let last_step =
            done.checked_sub(1).map_or(self.created, |last| self.created + self.steps[last].after);
        let updated =
            last_step.max(abort.map_or(last_step, |abort| abort.at)).max(completed.unwrap_or(last_step));
        Moment { status: self.status(running, abort, now), updated, completed, done }
    }

    /// When the job ends: by itself, or by a cancel that was requested.
    fn stop(&self, abort: Option<Abort>) -> Option<DateTime<Utc>> {
        let by_itself = self
            .ends_as
            .map(|_| self.created + self.steps.last().map_or(TimeDelta::seconds(1), |step| step.after));
        match (by_itself, abort) {
            (Some(end), Some(abort)) => Some(end.min(abort.ends)),
            (end, abort) => end.or(abort.map(|abort| abort.ends)),
        }
    }

    fn status<'plan>(
        &'plan self,
        running: &'plan str,
        abort: Option<Abort>,
        now: DateTime<Utc>,
    ) -> &'plan str {
        let abort = abort.filter(|abort| abort.at <= now);
        match (self.stop(abort).is_some_and(|stop| stop <= now), abort) {
            (false, _) => running,
            // A cancelled job is `completed`; only `abort` distinguishes it.
            (true, Some(_)) => "completed",
            (true, None) => self.ends_as.unwrap_or("completed"),
        }
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
        Self { created: Some(plan.created), kind: Kind::Planned(plan), abort: None }
    }

    pub fn raw(value: Value) -> Self {
        Self { created: instant(&value["createdAt"]), kind: Kind::Raw(value), abort: None }
    }

    /// The job object at a given time, as it stands in lists and in the responses to `GET` and cancel.
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
                    // The step at which a job is, or was when it was cancelled, has the text for a running container.
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

    /// The response to the start request: nine fraction digits and no `detailed_status`, unlike every later response.
    pub fn start_answer(&self, family: &Family) -> Value {
        match &self.kind {
            Kind::Planned(plan) => {
                // The documented response was written within the second in which the job was created.
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

    /// The content of the job's container field.
    pub fn containers(&self, family: &Family) -> Vec<&str> {
        match &self.kind {
            Kind::Planned(plan) => plan.containers.iter().map(String::as_str).collect(),
            Kind::Raw(value) => {
                value[family.job_field].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
            }
        }
    }

    /// The job's `overall_status` at a given time. This and the next two build no object, because a list asks them of
    /// all its jobs.
    pub fn status<'own>(&'own self, family: &'own Family, now: DateTime<Utc>) -> &'own str {
        match &self.kind {
            Kind::Planned(plan) => plan.status(family.running, self.abort, now),
            Kind::Raw(_) if self.ended_by_cancel(now).is_some() => "completed",
            Kind::Raw(value) => value["overall_status"].as_str().unwrap_or_default(),
        }
    }

    /// The job's `updatedAt` at a given time.
    pub fn updated(&self, family: &Family, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match &self.kind {
            Kind::Planned(plan) => Some(plan.at(family.running, self.abort, now).updated),
            Kind::Raw(value) => {
                let asked = self.abort.map(|abort| abort.at).filter(|at| *at <= now);
                self.ended_by_cancel(now).or(asked).or_else(|| instant(&value["updatedAt"]))
            }
        }
    }

    /// The job's `completed_at` at a given time.
    pub fn completed(&self, family: &Family, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match &self.kind {
            Kind::Planned(plan) => plan.at(family.running, self.abort, now).completed,
            Kind::Raw(value) => self.ended_by_cancel(now).or_else(|| instant(&value["completed_at"])),
        }
    }

    /// When a cancel ended the job, if it has.
    fn ended_by_cancel(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.abort.filter(|abort| abort.at <= now && abort.ends <= now).map(|abort| abort.ends)
    }

    /// Whether a cancel had been requested at `now`.
    pub fn aborted(&self, now: DateTime<Utc>) -> bool {
        self.abort.is_some_and(|abort| abort.at <= now)
    }

    /// Whether the job is in progress, in either spelling.
    pub fn runs(&self, family: &Family, now: DateTime<Utc>) -> bool {
        same_status(self.status(family, now), "in_progress")
    }

    /// Whether the job prevents another one of its family from starting.
    pub fn blocks(&self, family: &Family, now: DateTime<Utc>) -> bool {
        self.created.is_none_or(|created| now - created < DEAD_AFTER) && self.runs(family, now)
    }

    /// Cancels the job. It stays in progress and ends after [`CANCEL_TAKES`]; further cancels have no effect.
    pub fn cancel(&mut self, now: DateTime<Utc>) {
        self.abort.get_or_insert(Abort { at: now, ends: now + CANCEL_TAKES });
    }
}

/// Whether two status texts are equal without regard to case and to space, `-` or `_` between words.
pub fn same_status(one: &str, other: &str) -> bool {
    plain(one).eq(plain(other))
}

fn plain(status: &str) -> impl Iterator<Item = char> {
    let lower = status.trim().chars().flat_map(char::to_lowercase);
    lower.map(|letter| if matches!(letter, ' ' | '-') { '_' } else { letter })
}

fn instant(value: &Value) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(value.as_str()?).ok().map(|time| time.to_utc())
}
