//! Two versions of a schedule, compared: what somebody else has changed, what stays of an edit then, and what the answer to an
//! edit shows.

use super::config::Schedule;
use super::draft::{Draft, DraftField, touched};
use super::params::Selection;
use crate::container::Directory;
use crate::text;
use crate::time::TimeFormat;

/// A field that differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The field, as its label in the form: "When". A parameter that the panel does not know has its own name.
    pub field: String,
    /// The value of the old version, in words; "none" where there is none.
    pub from: String,
    /// The value of the new version.
    pub to: String,
}

/// What differs between two versions of a schedule, field by field. `directory` has the names of containers.
pub fn changes(
    old: &Schedule,
    new: &Schedule,
    directory: Option<&Directory>,
    times: &TimeFormat,
) -> Vec<Change> {
    let mut all = Vec::new();
    fields(&mut all, old, new, directory, times);
    parameters(&mut all, old, new);
    all
}

fn add(all: &mut Vec<Change>, field: &str, from: String, to: String) {
    if from != to {
        let words = |text: String| if text.trim().is_empty() { String::from("none") } else { text };
        all.push(Change { field: field.to_owned(), from: words(from), to: words(to) });
    }
}

fn fields(
    all: &mut Vec<Change>,
    old: &Schedule,
    new: &Schedule,
    directory: Option<&Directory>,
    times: &TimeFormat,
) {
    let mut add = |field: &str, from: String, to: String| add(all, field, from, to);
    add(DraftField::Name.label(), old.name.clone(), new.name.clone());
    add(DraftField::Description.label(), old.description.clone(), new.description.clone());
    add(DraftField::Cloud.label(), cloud(old), cloud(new));
    add(DraftField::Selection.label(), what(old, directory), what(new, directory));
    add(DraftField::When.label(), when(old), when(new));
    let date = |schedule: &Schedule, stamp: Option<_>| match stamp {
        Some(stamp) => times.zoned(stamp),
        None => schedule.end_text.clone(),
    };
    add("Starts on", old.start.map(|start| times.zoned(start)).unwrap_or_default(), {
        new.start.map(|start| times.zoned(start)).unwrap_or_default()
    });
    add(DraftField::EndsOn.label(), date(old, old.end), date(new, new.end));
    let node = |schedule: &Schedule| schedule.node().unwrap_or("any node").to_owned();
    add(DraftField::RunOn.label(), node(old), node(new));
    let state = |schedule: &Schedule| if schedule.disabled { "Disabled" } else { "Enabled" }.to_owned();
    add(DraftField::State.label(), state(old), state(new));
}

/// The parameters that are no part of the selection.
fn parameters(all: &mut Vec<Change>, old: &Schedule, new: &Schedule) {
    let (one, other) = (old.params.others(family(old)), new.params.others(family(new)));
    let value = |list: &[(&str, String)], name: &str| {
        list.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    for (name, from) in &one {
        add(all, name, from.clone(), value(&other, name));
    }
    for (name, to) in other.iter().filter(|(name, _)| !one.iter().any(|(own, _)| own == name)) {
        add(all, name, String::new(), to.clone());
    }
}

fn family(schedule: &Schedule) -> Option<&'static crate::family::Family> {
    schedule.families().first().copied()
}

fn cloud(schedule: &Schedule) -> String {
    let titles: Vec<String> = schedule.families().into_iter().map(crate::family::Family::title).collect();
    if titles.is_empty() { schedule.params.cloud_name() } else { titles.join(", ") }
}

fn what(schedule: &Schedule, directory: Option<&Directory>) -> String {
    let Some(family) = family(schedule) else { return String::new() };
    let mut words = match schedule.selection(family) {
        Selection::Everything => ["all ", family.containers.many].concat(),
        Selection::NotKnown => String::new(),
        Selection::Chosen { ids, regions } => {
            let label = |id: &String| directory.and_then(|all| all.label_of(id)).unwrap_or(id).to_owned();
            let mut names: Vec<String> = ids.iter().map(label).collect();
            names.sort_unstable();
            let mut words = names.join(", ");
            if !regions.is_empty() {
                words = [&words, " in ", &regions.join(", ")].concat();
            }
            words
        }
    };
    for switch in family.switches.iter().filter(|own| schedule.params.switches(family).contains(&own.field)) {
        words = [&words, ", ", switch.label].concat();
    }
    words
}

fn when(schedule: &Schedule) -> String {
    match schedule.cron() {
        Ok(cron) => [&cron.words(), " (", schedule.run_at.trim(), ")"].concat(),
        Err(_) => text::or_empty(&schedule.run_at).to_owned(),
    }
}

/// What the answer to an edit shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answered {
    /// Fields that were sent, and have other values.
    pub not_taken: Vec<DraftField>,
    /// Fields that were not sent, and are not as they were right before.
    pub others: Vec<Change>,
}

/// Compares `answer` with the edit `draft` of `seen`, the version that was read right before it was sent; without `seen`, with
/// the new schedule `draft`. What somebody else has done to a field that was sent cannot be seen: the edit has overwritten it.
pub fn answered(
    seen: Option<&Schedule>,
    draft: &Draft,
    answer: &Schedule,
    directory: Option<&Directory>,
    times: &TimeFormat,
) -> Answered {
    // Not the whole schedule, so what is missing says nothing.
    if !answer.is_synchronization() || answer.run_at.is_empty() || answer.params.members().is_empty() {
        return Answered::default();
    }
    let mut not_taken = touched(&Draft::of(answer, directory), draft);
    let mut others = Vec::new();
    if let Some(seen) = seen {
        let sent = touched(&Draft::of(seen, directory), draft);
        not_taken.retain(|field| sent.contains(field));
        fields(&mut others, seen, answer, directory, times);
        others.retain(|change| !sent.iter().any(|field| field.label() == change.field));
        // The parameters of another cloud are others as a whole.
        if sent.contains(&DraftField::Cloud) {
            others.retain(|change| change.field != DraftField::Selection.label());
        } else {
            parameters(&mut others, seen, answer);
        }
    }
    Answered { not_taken, others }
}

/// The edit `draft` of `base` on top of `theirs`, a newer version: fields that the person has not touched are those of
/// `theirs`, and all others stay as they are in the draft.
pub fn rebase(base: &Schedule, theirs: &Schedule, draft: &Draft, directory: Option<&Directory>) -> Draft {
    let mine = touched(&Draft::of(base, directory), draft);
    let theirs = Draft::of(theirs, directory);
    let has = |field| mine.contains(&field);
    let pick = |field, mine: &String, theirs: &String| if has(field) { mine } else { theirs }.clone();
    let is_mine = has(DraftField::Cloud) || has(DraftField::Selection);
    Draft {
        name: pick(DraftField::Name, &draft.name, &theirs.name),
        description: pick(DraftField::Description, &draft.description, &theirs.description),
        family: if is_mine { draft.family } else { theirs.family },
        form: if is_mine { draft.form.clone() } else { theirs.form },
        run_at: pick(DraftField::When, &draft.run_at, &theirs.run_at),
        ends_on: pick(DraftField::EndsOn, &draft.ends_on, &theirs.ends_on),
        run_on: pick(DraftField::RunOn, &draft.run_on, &theirs.run_on),
        disabled: if has(DraftField::State) { draft.disabled } else { theirs.disabled },
    }
}
