//! The facts about a job beside its results: the server's status, its times, and what it synchronizes.

use crate::clock::Clock;
use crate::components::controls::copy::{CopyButton, Refused};
use crate::components::controls::shown::{Keyed, Shown};
use crate::components::job::container_label::{ContainerName, container_label};
use crate::components::job::outcome::{longer, unchanged};
use crate::state::containers::ContainerLists;
use crate::state::preferences::Preferences;
use crate::state::usual_durations::UsualDurations;
use cckm::container::Directory;
use cckm::family::Family;
use cckm::job::Job;
use cckm::text;
use cckm::time::{self, Stamp, TimeFormat};
use leptos::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

/// How many containers are shown before the rest is expanded.
const FEW: usize = 4;
/// Up to this age, in milliseconds, a relative time is more useful than the date.
const RECENT: i64 = 2 * 24 * 60 * 60 * 1000;

#[component]
pub fn Facts(family: &'static Family, job: Memo<Arc<Job>>, refused: Refused) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let usual = expect_context::<UsualDurations>();
    let preferences = expect_context::<Preferences>();
    let status = Memo::new(move |_| job.with(|job| job.status.clone()));
    let abort = Memo::new(move |_| job.with(|job| job.abort));
    let ended = Memo::new(move |_| job.with(|job| job.ended()));
    let started = Memo::new(move |_| job.with(|job| job.created));
    let updated = Memo::new(move |_| job.with(|job| job.updated));
    let completed = Memo::new(move |_| job.with(|job| job.completed));
    let none = "The server does not say";
    let duration = move || {
        // A job that has ended does not subscribe to the clock.
        let now = if ended.get() { Stamp::from_millis(0) } else { clock.second() };
        job.with(|job| job.lasted(now)).map_or_else(|| none.to_owned(), time::duration)
    };
    let longer = Memo::new(move |_| job.with(|job| longer(usual.of(family), job)));
    let still = Memo::new(move |_| job.with(|job| unchanged(job, clock.minute(), &preferences.times())));
    let copied = Callback::new(move |()| {
        job.with_untracked(|job| times_as_lines(job, &untrack(|| preferences.times())))
    });
    view! {
        <dl class="facts">
            <div>
                <dt>"Server status"</dt>
                <dd>
                    {move || match status.get() {
                        status if status.trim().is_empty() => view! { <span class="quiet">{none}</span> }.into_any(),
                        status => view! { <code dir="auto">{status}</code> }.into_any(),
                    }}
                    {move || abort.get().then(|| view! { <span class="quiet">", cancel asked for"</span> })}
                </dd>
            </div>
            <div>
                <dt>"Started"</dt>
                <dd><When at=started none=none /></dd>
            </div>
            <div>
                <dt>"Updated"</dt>
                <dd>
                    <When at=updated none=none />
                    {move || still.get().map(|still| view! { <span class="still">{still}</span> })}
                </dd>
            </div>
            <div>
                <dt>"Ended"</dt>
                <dd>
                    <When at=completed none=Signal::derive(move || if ended.get() { none } else { "Not yet" }) />
                </dd>
            </div>
            <div>
                <dt>"Duration"</dt>
                <dd class="figures">
                    {duration}
                    {move || longer.get().map(|(_, words)| view! { <span class="quiet">", " {words}</span> })}
                </dd>
            </div>
            <div>
                <dt>"Times"</dt>
                <dd><CopyButton label="Copy times" text=copied refused=refused class="plain small" /></dd>
            </div>
            <Selection family=family job=job refused=refused />
        </dl>
    }
}

/// A time with its zone, with ISO 8601 as its title, and a relative time up to the age [`RECENT`].
#[component]
fn When(at: Memo<Option<Stamp>>, #[prop(into)] none: Signal<&'static str>) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let preferences = expect_context::<Preferences>();
    move || match at.get() {
        Some(at) => {
            let times = preferences.times();
            let iso = times.iso(at);
            let ago = move || {
                let now = clock.minute();
                (now.millis() - at.millis() < RECENT).then(|| times.ago(now, at))
            };
            view! {
                <time class="figures" datetime=iso.clone() title=iso>{times.zoned(at)}</time>
                <span class="quiet ago">{ago}</span>
            }
            .into_any()
        }
        None => view! { <span class="quiet">{move || none.get()}</span> }.into_any(),
    }
}

/// What the job synchronizes: containers by name and id, and regions.
#[component]
fn Selection(family: &'static Family, job: Memo<Arc<Job>>, refused: Refused) -> impl IntoView {
    let containers = expect_context::<ContainerLists>();
    let list = family.containers;
    let everything = Memo::new(move |_| job.with(|job| job.is_of_everything(family)));
    // Without duplicates, because keys must be unique.
    let keys = Memo::new(move |_| job.with(|job| once(job.containers(family))));
    let regions = Memo::new(move |_| job.with(|job| job.regions(family).to_vec()));
    let is_silent = move || !everything.get() && keys.with(Vec::is_empty);
    let all = RwSignal::new(false);
    // A single hidden container would take no more room than the button that shows it.
    let hidden = move || keys.with(|keys| if keys.len() > FEW + 1 { keys.len() - FEW } else { 0 });
    let shown = move || {
        let hidden = if all.get() { 0 } else { hidden() };
        keys.with(|keys| keys[..keys.len() - hidden].to_vec())
    };
    let ids = Callback::new(move |()| keys.with_untracked(|keys| ids(containers.get(list).as_deref(), keys)));
    let item = Callback::new(move |key: String| {
        let called = Memo::new(move |_| container_label(containers.get(list).as_deref(), list, &key));
        view! { <li><ContainerName called=called /></li> }.into_any()
    });
    view! {
        <div>
            <dt>"Synchronizes"</dt>
            <dd>
                <Shown when=everything>
                    <span>"Everything"</span>
                    <span class="quiet">{[", all ", list.many].concat()}</span>
                </Shown>
                <Shown when=is_silent>
                    <span>"Not named"</span>
                    <span class="quiet">{[", the job does not say which ", list.many].concat()}</span>
                </Shown>
                <Shown when=move || !keys.with(Vec::is_empty)>
                    <div class="selection-head">
                        <span>{move || text::count(keys.with(Vec::len), list.one, list.many)}</span>
                        <CopyButton label="Copy ids" text=ids refused=refused class="plain small" />
                    </div>
                    <ul class="selection">
                        <Keyed keys=shown item=item />
                    </ul>
                    <Shown when=move || hidden() != 0>
                        <button
                            type="button"
                            class="button plain small"
                            aria-expanded=move || all.get().to_string()
                            on:click=move |_| all.update(|all| *all = !*all)
                        >
                            {move || if all.get() { "Show fewer".to_owned() } else { ["Show ", &hidden().to_string(), " more"].concat() }}
                        </button>
                    </Shown>
                </Shown>
            </dd>
        </div>
        {family
            .regions
            .map(|_| {
                view! {
                    <Shown when=move || !(everything.get() || is_silent() && regions.with(Vec::is_empty))>
                        <div>
                            <dt>"Regions"</dt>
                            <dd>
                                {move || match regions.get() {
                                    regions if regions.is_empty() => {
                                        let all = ["All regions of the chosen ", list.many].concat();
                                        view! { <span class="quiet">{all}</span> }.into_any()
                                    }
                                    regions => {
                                        let region = |region| view! { <li>{region}</li> };
                                        let all = regions.into_iter().map(region).collect_view();
                                        view! { <ul class="regions">{all}</ul> }.into_any()
                                    }
                                }}
                            </dd>
                        </div>
                    </Shown>
                }
            })}
    }
}

/// The times of a job as ISO 8601, one per line.
fn times_as_lines(job: &Job, times: &TimeFormat) -> String {
    let all = [("started", job.created), ("updated", job.updated), ("ended", job.completed)];
    let line = |(name, at): (&str, Option<Stamp>)| Some([name, " ", &times.iso(at?)].concat());
    all.into_iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

/// The ids of a selection, one per line, in the format that a start form accepts.
fn ids(directory: Option<&Directory>, keys: &[String]) -> String {
    let id = |key: &String| {
        let found = directory.and_then(|directory| directory.find(key));
        found.map_or_else(|| key.clone(), |container| container.id.clone())
    };
    keys.iter().map(id).collect::<Vec<_>>().join("\n")
}

fn once(keys: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    keys.iter().filter(|key| seen.insert(*key)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_copied_as_machines_read_them() {
        let job =
            json!({"id": "j", "createdAt": "2026-03-02T09:00:00Z", "completed_at": "2026-03-02T09:01:05.5Z"});
        let job = Job::from_value(job).expect("a job");
        let lines = times_as_lines(&job, &TimeFormat::PLAIN);
        assert_eq!(lines, "started 2026-03-02T09:00:00Z\nended 2026-03-02T09:01:05Z");
    }

    use cckm::container::Container;
    use cckm::family;
    use serde_json::json;

    #[test]
    fn what_is_copied_is_what_a_start_form_takes() {
        let list = family::by_slug("aws").expect("a family").containers;
        let kms = Container::from_value(&json!({"id": "k-1", "name": "prod"}), list).expect("a container");
        let directory = Directory::new(vec![kms]);
        let keys = once(&["prod".to_owned(), "gone".to_owned(), "prod".to_owned()]);
        assert_eq!(ids(Some(&directory), &keys), "k-1\ngone");
        assert_eq!(ids(None, &keys), "prod\ngone");
    }
}
