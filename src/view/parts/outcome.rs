//! An outcome as a word, an icon and a colour.

use super::icon::Icon;
use crate::dom::*;
use crate::families::Family;
use crate::model::job::Job;
use crate::model::outcome::Outcome;
use crate::reactive::*;

#[component]
pub fn OutcomeMark(outcome: Outcome) -> impl IntoView {
    view! {
        <span class=format!("outcome {}", outcome.class())>
            <Icon name=outcome.class() />
            <span class="word">{outcome.word()}</span>
        </span>
    }
}

/// What stands beside the outcome of a job: how far it is, how many containers failed, or the raw text.
pub fn beside(family: &Family, job: &Job) -> String {
    let (failed, done, told) = job.progress();
    // A running job may tell of some of its containers only.
    let total = told.max(job.containers(family).len());
    match job.outcome() {
        Outcome::InProgress | Outcome::Cancelling if total > 1 => format!("{done} of {total}"),
        Outcome::CompletedWithErrors => format!("{failed} failed"),
        Outcome::Unknown if job.status.trim().is_empty() => "no status".to_owned(),
        Outcome::Unknown => job.status.clone(),
        _ => String::new(),
    }
}
