//! What goes on behind every view, once the second part is there: changes of outcomes are said, watched jobs are followed,
//! jobs that need attention are counted, what is selected is kept true, and it is learned how long jobs usually take. Draws
//! nothing but the notices.

use crate::changes;
use crate::compare;
use crate::panel::{Panel, panel};
use crate::rows::Rows;
use crate::text;
use crate::view::counts::Counts;
use crate::view::watching::Watching;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Behind() -> impl IntoView {
    let panel = panel();
    // The first rows are no change, and neither are those of another view.
    Effect::new(move |last: Option<Arc<Rows>>| {
        let rows = panel.in_view.get();
        for row in rows.iter() {
            panel.watched.sees(row.family, &row.job);
        }
        let mut said = last.map_or_else(String::new, |last| changed(&last, &rows));
        let gone = panel.drop_picked(&rows);
        if gone > 0 {
            said.push_str(if said.is_empty() { "" } else { " " });
            said.push_str(&text::count(gone, "selected job", "selected jobs"));
            said.push_str(" ended or left the list.");
        }
        if !said.is_empty() {
            panel.say(said);
        }
        rows
    });
    Effect::new(move |_: Option<()>| learn(panel));
    // Once: how large the difference is by now changes with every answer.
    Effect::new(move |was_told: Option<bool>| {
        let warning = panel.clock.warning().filter(|_| was_told != Some(true));
        let tells = warning.is_some();
        if let Some(warning) = warning {
            panel.say(warning);
        }
        tells || was_told == Some(true)
    });
    let headline = Memo::new(move |_| panel.watched.headline());
    Effect::new(move |_: Option<()>| panel.headline.set(headline.get()));
    view! {
        <Counts />
        <Watching />
    }
}

/// Which jobs have another outcome than before, in words; empty where none has.
fn changed(last: &Rows, rows: &Rows) -> String {
    let mut changes = Vec::new();
    for row in rows.iter() {
        let outcome = row.job.outcome();
        if last.get(&row.key).is_some_and(|last| last.job.outcome() != outcome) {
            changes.push(&*row.job);
        }
    }
    if changes.is_empty() { String::new() } else { changes::said(&changes) }
}

/// Learns how long the jobs of each family usually take, from its newest ones.
fn learn(panel: Panel) {
    panel.latest.with(|all| {
        for known in all.iter().filter(|known| !known.sample) {
            let Some(usual) = compare::usual(known.jobs.iter().map(|job| &**job)) else { continue };
            let usual = (known.family.slug, usual);
            if panel.usual.with_untracked(|all| !all.contains(&usual)) {
                panel.usual.update(|all| {
                    all.retain(|(slug, _)| *slug != usual.0);
                    all.push(usual);
                });
            }
        }
    });
}
