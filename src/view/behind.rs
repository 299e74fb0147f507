//! What goes on behind every view, once the second part is there: changes of outcomes are said, watched jobs are followed,
//! jobs that need attention are counted, and it is learned how long jobs usually take. Draws nothing but the notices.

use crate::changes;
use crate::compare;
use crate::dom::*;
use crate::families::FAMILIES;
use crate::listing::Rows;
use crate::panel::{Panel, panel};
use crate::reactive::*;
use crate::view::counts::Counts;
use crate::view::watching::Watching;
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
        if let Some(last) = last {
            announce(panel, &last, &rows);
        }
        learn(panel, &rows);
        rows
    });
    let headline = Memo::new(move |_| panel.watched.headline());
    Effect::new(move |_: Option<()>| panel.headline.set(headline.get()));
    view! {
        <Counts />
        <Watching />
    }
}

/// Says which jobs have another outcome than before.
fn announce(panel: Panel, last: &Rows, rows: &Rows) {
    let mut changes = Vec::new();
    for row in rows.iter() {
        let outcome = row.job.outcome();
        if last.get(&row.key).is_some_and(|last| last.job.outcome() != outcome) {
            changes.push((row.job.id.as_str(), outcome));
        }
    }
    if !changes.is_empty() {
        panel.say(changes::said(&changes));
    }
}

/// Learns how long the jobs of each family usually take, from a list that no filter has chosen.
fn learn(panel: Panel, rows: &Rows) {
    let route = panel.address.get_untracked();
    if route.is_filtered() || route.page > 1 {
        return;
    }
    for family in FAMILIES {
        let jobs = rows.iter().filter(|row| row.family == family).map(|row| &*row.job);
        let Some(usual) = compare::usual(jobs) else { continue };
        if panel.usual.with_untracked(|all| !all.contains(&(family.slug, usual))) {
            panel.usual.update(|all| {
                all.retain(|(slug, _)| *slug != family.slug);
                all.push((family.slug, usual));
            });
        }
    }
}
