//! What a cron expression means: its words, what is surprising about it, and its next runs in local time and in UTC.

use crate::clock::Clock;
use crate::clock::locale::{times, zone_words};
use crate::components::controls::icon::Icon;
use crate::components::schedules::words::{brief, until};
use crate::state::preferences::Preferences;
use cckm::cron::Cron;
use cckm::text;
use cckm::time::{Stamp, Zone};
use leptos::prelude::*;

/// The expression in words, and its cautions.
#[component]
pub fn Meaning(cron: Cron) -> impl IntoView {
    let cautions = cron.cautions().into_iter().map(|caution| {
        view! { <p class="cron-caution"><Icon name="completed-with-errors" /><span>{caution.to_string()}</span></p> }
    });
    view! {
        <p class="cron-words">{cron.words()}</p>
        {cautions.collect_view()}
    }
}

/// A table of the next runs in both zones, that of the preferences first; in one where both are the same.
#[component]
pub fn NextRuns(
    #[prop(into)] runs: Signal<Vec<Stamp>>,
    /// Shown where there are none.
    #[prop(into)]
    none: Signal<String>,
) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let preferences = expect_context::<Preferences>();
    let zones = move || match preferences.zone() {
        _ if zone_words(Zone::Local).ends_with("UTC)") => vec![Zone::Utc],
        Zone::Local => vec![Zone::Local, Zone::Utc],
        Zone::Utc => vec![Zone::Utc, Zone::Local],
    };
    move || {
        let zones = zones();
        let heads =
            zones.iter().map(|zone| view! { <th scope="col">{text::capital(&zone_words(*zone))}</th> });
        let heads = heads.collect_view();
        let line = move |at: Stamp| {
            let cells = zones.iter().map(|zone| {
                let times = times(*zone);
                view! { <td><time datetime=times.iso(at)>{move || brief(&times, clock.minute(), at)}</time></td> }
            });
            view! { <tr>{cells.collect_view()}<td class="quiet">{move || until(clock.minute(), at)}</td></tr> }
        };
        let runs = runs.get();
        if runs.is_empty() {
            return view! { <p class="quiet">{none.get()}</p> }.into_any();
        }
        view! {
            <table class="next-runs" aria-label="Next runs">
                <thead>
                    <tr>
                        {heads}
                        <th scope="col"><span class="unseen">"From now"</span></th>
                    </tr>
                </thead>
                <tbody>{runs.into_iter().map(line).collect_view()}</tbody>
            </table>
        }
        .into_any()
    }
}
