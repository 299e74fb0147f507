//! What a cron expression means: its words, what is surprising about it, and its next runs in local time and in UTC.

use crate::clock::Clock;
use crate::clock::locale::{times, zone_words};
use crate::components::controls::icon::Icon;
use crate::components::schedules::words::{brief, until};
use crate::state::preferences::Preferences;
use cckm::cron::Cron;
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

/// A table of the next runs in both zones, that of the preferences first.
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
        Zone::Local => [Zone::Local, Zone::Utc],
        Zone::Utc => [Zone::Utc, Zone::Local],
    };
    move || {
        let zones = zones();
        let line = move |at: Stamp| {
            let cells = zones.map(|zone| {
                let times = times(zone);
                view! { <td><time datetime=times.iso(at)>{move || brief(&times, clock.minute(), at)}</time></td> }
            });
            view! { <tr>{cells}<td class="quiet">{move || until(clock.minute(), at)}</td></tr> }
        };
        let runs = runs.get();
        if runs.is_empty() {
            return view! { <p class="quiet">{none.get()}</p> }.into_any();
        }
        view! {
            <table class="next-runs" aria-label="Next runs">
                <thead>
                    <tr>
                        {zones.map(|zone| view! { <th scope="col">{capital(&zone_words(zone))}</th> })}
                        <th scope="col"><span class="unseen">"From now"</span></th>
                    </tr>
                </thead>
                <tbody>{runs.into_iter().map(line).collect_view()}</tbody>
            </table>
        }
        .into_any()
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
