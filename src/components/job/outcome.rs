//! An outcome as a word, an icon and a colour.

use crate::components::controls::icon::Icon;
use cckm::comparison;
use cckm::family::Family;
use cckm::job::Job;
use cckm::outcome::Outcome;
use cckm::time::{self, Stamp, TimeFormat};
use leptos::prelude::*;

#[component]
pub fn OutcomeMark(outcome: Outcome) -> impl IntoView {
    view! {
        <span class=format!("outcome {}", outcome.class())>
            <Icon name=outcome.class() />
            <span class="word">{outcome.word()}</span>
        </span>
    }
}

/// The text beside the outcome of a job: its progress, the number of failed containers, or the server's raw text.
pub fn progress_text(family: &Family, job: &Job) -> String {
    let (failed, done, reported) = job.progress();
    // A running job may report only some of its containers.
    let total = reported.max(job.containers(family).len());
    match job.outcome() {
        Outcome::InProgress | Outcome::Cancelling if total > 1 => format!("{done} of {total}"),
        Outcome::CompletedWithErrors => match job.not_known() {
            0 => format!("{failed} failed"),
            unknown => format!("{failed} failed, {unknown} not known"),
        },
        Outcome::Unknown => job.unknown_words(),
        _ => String::new(),
    }
}

/// A running job that has not changed for this many milliseconds is shown as standing still.
const STALLED_AFTER: i64 = 10 * 60_000;

/// The text for a running job that stands still, such as "no change for 31 min".
pub fn unchanged(job: &Job, now: Stamp, times: &TimeFormat) -> Option<String> {
    let stalled = job.unchanged(now).filter(|stalled| *stalled >= STALLED_AFTER)?;
    let last = Stamp::from_millis(now.millis().saturating_sub(stalled));
    // In whole minutes, because seconds would only flicker.
    Some(["no change ", &times.since(last, stalled - stalled % 60_000)].concat())
}

/// The text "3×" and its description, or `None` if the job took about as long as usual. `usual` is the usual duration
/// of the family's jobs, in milliseconds.
pub fn longer(usual: Option<i64>, job: &Job) -> Option<(String, String)> {
    let usual = usual?;
    let lasted = job.completed.and_then(|end| job.lasted(end))?;
    let times = comparison::times(lasted, usual)?.to_string();
    Some(([&times, "×"].concat(), [&times, "× longer than usual (", &time::duration(usual), ")"].concat()))
}
