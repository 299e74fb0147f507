//! The form of a schedule as data, and the bodies of the requests that it makes.

use super::config::{ANY_NODE, OPERATION, SENT, Schedule, from};
use super::params::Params;
use crate::container::Directory;
use crate::cron::Cron;
use crate::family::Family;
use crate::start_request::Form;
use crate::time::Stamp;
use chrono::{NaiveDate, NaiveTime};
use serde_json::{Map, Value};

/// The [`Draft::ends_on`] of a field that holds part of a date, or a day that does not exist: it is neither the date
/// from before nor no date.
pub const UNFINISHED: &str = "?";

/// The contents of the form.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// **Name**.
    pub name: String,
    /// **Description**.
    pub description: String,
    /// The family; `None` until the person chooses.
    pub family: Option<&'static Family>,
    /// What to synchronize.
    pub form: Form,
    /// **Cron expression**.
    pub run_at: String,
    /// **Ends on**: the last day in UTC, such as `2026-12-31`; empty for no end, [`UNFINISHED`] for a date that is none yet.
    pub ends_on: String,
    /// **Run on node**; empty for any.
    pub run_on: String,
    /// Whether it is disabled.
    pub disabled: bool,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftField {
    /// **Name**.
    Name,
    /// **Description**.
    Description,
    /// **Cloud**.
    Cloud,
    /// What to synchronize.
    Selection,
    /// **When**.
    When,
    /// **Ends on**.
    EndsOn,
    /// **Run on node**.
    RunOn,
    /// Whether it is disabled.
    State,
}

impl DraftField {
    /// The label of the field, also where two versions of a schedule are compared.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Description => "Description",
            Self::Cloud => "Cloud",
            Self::Selection => "Synchronizes",
            Self::When => "When",
            Self::EndsOn => "Ends on",
            Self::RunOn => "Run on node",
            Self::State => "State",
        }
    }
}

/// Why the form cannot be sent yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The field.
    pub field: DraftField,
    /// What is wrong, and what would be right.
    pub text: String,
}

impl Draft {
    /// The form of an existing schedule, for its edit.
    pub fn of(schedule: &Schedule, directory: Option<&Directory>) -> Self {
        let family = schedule.families().first().copied();
        Self {
            name: schedule.name.clone(),
            description: schedule.description.clone(),
            form: family.map(|family| schedule.params.form(family, directory)).unwrap_or_default(),
            family,
            run_at: schedule.run_at.clone(),
            ends_on: schedule.end.map(day).unwrap_or_default(),
            run_on: schedule.node().unwrap_or_default().to_owned(),
            disabled: schedule.disabled,
        }
    }

    /// The moment after which it no longer runs: the last second of the day.
    fn end(&self) -> Option<Stamp> {
        let day = NaiveDate::parse_from_str(self.ends_on.trim(), "%Y-%m-%d").ok()?;
        let last = day.and_time(NaiveTime::from_hms_opt(23, 59, 59)?);
        Some(Stamp::from_millis(last.and_utc().timestamp_millis()))
    }

    fn end_text(&self) -> String {
        if self.ends_on.trim().is_empty() {
            String::new()
        } else {
            [self.ends_on.trim(), "T23:59:59Z"].concat()
        }
    }

    /// What keeps the form from being sent, in the order of its fields. `start` is when a schedule that exists begins to
    /// run, which the form does not change.
    pub fn mistakes(&self, now: Stamp, start: Option<Stamp>) -> Vec<Mistake> {
        let mut all = Vec::new();
        let mut add = |field, text: String| all.push(Mistake { field, text });
        if self.name.trim().is_empty() {
            add(DraftField::Name, String::from("Write a name."));
        }
        match self.family {
            None => add(DraftField::Cloud, String::from("Choose a cloud.")),
            Some(family) => {
                if let Err(why) = Params::default().with(family, &self.form) {
                    add(DraftField::Selection, why);
                }
            }
        }
        let cron = Cron::parse(&self.run_at);
        match &cron {
            Err(error) => add(DraftField::When, error.to_string()),
            Ok(cron) if cron.is_never() => {
                add(DraftField::When, format!("{}. Choose a day that exists.", cron.words()));
            }
            Ok(_) => {}
        }
        if !self.ends_on.trim().is_empty() {
            match self.end() {
                None => add(DraftField::EndsOn, String::from("Write a whole date such as 2027-12-31.")),
                Some(end) if end <= now => add(DraftField::EndsOn, String::from("This day has passed.")),
                Some(end) => {
                    let first = cron.ok().and_then(|cron| cron.runs(from(now, start)).next());
                    if first.is_some_and(|first| first > end) {
                        add(DraftField::EndsOn, String::from("The first run would be after this day."));
                    }
                }
            }
        }
        all
    }
}

fn day(stamp: Stamp) -> String {
    let date = chrono::DateTime::from_timestamp_millis(stamp.millis()).unwrap_or_default().date_naive();
    date.to_string()
}

/// The body that creates a schedule. Fields that are empty are left out: the hosted service refuses `run_on`, and any
/// node runs a schedule without it.
///
/// # Errors
///
/// Returns why the form cannot be sent.
pub fn create_body(draft: &Draft, now: Stamp) -> Result<Value, Vec<Mistake>> {
    let mistakes = draft.mistakes(now, None);
    let params = draft.family.map(|family| Params::default().with(family, &draft.form));
    let (true, Some(Ok(params))) = (mistakes.is_empty(), params) else { return Err(mistakes) };
    let mut body = Map::new();
    for (name, text) in [
        ("name", draft.name.trim()),
        ("operation", OPERATION),
        ("description", draft.description.trim()),
        ("run_at", draft.run_at.trim()),
        ("run_on", draft.run_on.trim()),
        ("end_date", &draft.end_text()),
    ] {
        if !text.is_empty() {
            body.insert(name.to_owned(), text.into());
        }
    }
    if draft.disabled {
        body.insert("disabled".to_owned(), true.into());
    }
    body.insert(SENT.to_owned(), Value::Object(params));
    Ok(Value::Object(body))
}

/// The body that changes `old` to `draft`: the fields that differ, and no other. It is an empty object where none does.
///
/// An end date that is taken away is sent as `null`, and a node as `any`; how a server takes a date away is not
/// documented, so compare its answer.
///
/// # Errors
///
/// Returns why the form cannot be sent. Mistakes in fields that do not change count only where they are the schedule's
/// time or selection and have been touched.
pub fn patch_body(
    old: &Schedule,
    draft: &Draft,
    directory: Option<&Directory>,
    now: Stamp,
) -> Result<Value, Vec<Mistake>> {
    let before = Draft::of(old, directory);
    let touched = touched(&before, draft);
    let mistakes = draft.mistakes(now, old.start).into_iter();
    let mistakes: Vec<_> = mistakes.filter(|mistake| touched.contains(&mistake.field)).collect();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut body = Map::new();
    for field in touched {
        let (name, value): (&str, Value) = match field {
            DraftField::Name => ("name", draft.name.trim().into()),
            DraftField::Description => ("description", draft.description.trim().into()),
            DraftField::When => ("run_at", draft.run_at.trim().into()),
            DraftField::RunOn if draft.run_on.trim().is_empty() => ("run_on", ANY_NODE.into()),
            DraftField::RunOn => ("run_on", draft.run_on.trim().into()),
            DraftField::EndsOn if draft.ends_on.trim().is_empty() => ("end_date", Value::Null),
            DraftField::EndsOn => ("end_date", draft.end_text().into()),
            DraftField::State => ("disabled", draft.disabled.into()),
            DraftField::Cloud | DraftField::Selection => {
                let Some(family) = draft.family else { continue };
                let params = old.params.with(family, &draft.form);
                let params = params.map_err(|text| vec![Mistake { field: DraftField::Selection, text }])?;
                (SENT, Value::Object(params))
            }
        };
        body.insert(name.to_owned(), value);
    }
    Ok(Value::Object(body))
}

/// The body that disables a schedule or enables it again.
pub fn disable_body(disabled: bool) -> Value {
    Value::Object(Map::from_iter([("disabled".to_owned(), disabled.into())]))
}

/// The fields in which two forms differ.
pub(super) fn touched(before: &Draft, after: &Draft) -> Vec<DraftField> {
    let differs = |one: &str, other: &str| one.trim() != other.trim();
    let forms = |draft: &Draft| {
        let Form { everything, regions, switches, .. } = &draft.form;
        let mut ids = if *everything == Some(false) { draft.form.ids() } else { Vec::new() };
        let mut regions = if *everything == Some(false) { regions.clone() } else { Vec::new() };
        let mut switches = switches.clone();
        ids.sort_unstable();
        regions.sort_unstable();
        switches.sort_unstable();
        (*everything, ids, regions, switches)
    };
    [
        (DraftField::Name, differs(&before.name, &after.name)),
        (DraftField::Description, differs(&before.description, &after.description)),
        (DraftField::Cloud, before.family != after.family),
        (DraftField::Selection, forms(before) != forms(after)),
        (DraftField::When, differs(&before.run_at, &after.run_at)),
        (DraftField::EndsOn, differs(&before.ends_on, &after.ends_on)),
        (DraftField::RunOn, differs(&before.run_on, &after.run_on)),
        (DraftField::State, before.disabled != after.disabled),
    ]
    .into_iter()
    .filter(|(_, is_touched)| *is_touched)
    .map(|(field, _)| field)
    .collect()
}
