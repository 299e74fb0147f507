//! Which containers of a family no schedule synchronizes, which several do, and which schedules run too seldom.

use crate::clock::Clock;
use crate::components::charts::days_choice::days;
use crate::components::controls::shown::Shown;
use crate::routing::address::Address;
use crate::state::containers::{ContainerLists, ListStatus};
use crate::state::dialog::OpenDialog;
use crate::state::schedule_dialog::ScheduleDialog;
use crate::state::schedules::ScheduleList;
use cckm::coverage::{Coverage, Place, coverage};
use cckm::family::Family;
use cckm::text;
use cckm::time;
use leptos::prelude::*;
use std::sync::Arc;

/// How many names are shown before the rest is expanded.
const FEW: usize = 8;

/// The coverage of `family` by the schedules of `list`. With `heading`, the title of the family stands above it.
#[component]
pub fn FamilyCoverage(
    family: &'static Family,
    list: Memo<Option<Arc<ScheduleList>>>,
    #[prop(optional)] heading: bool,
    /// Whether the names are in a part that is closed at first.
    #[prop(optional)]
    brief: bool,
) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let containers = expect_context::<ContainerLists>();
    let dialog = expect_context::<OpenDialog>();
    let days = days();
    let of = family.containers;
    containers.follow(of);
    let known = Memo::new(move |_| {
        let (list, directory) = (list.get()?, containers.get(of)?);
        let schedules = list.schedules.iter().map(|schedule| &**schedule);
        Some(Arc::new(coverage(family, schedules, &directory, clock.minute(), days.get())))
    });
    let counts = Memo::new(move |_| known.with(|known| known.as_ref().map(|known| known.counts())));
    let words = move || match containers.status(of) {
        ListStatus::Failed(failure) => [
            "Whether every ",
            of.one,
            " is covered is not known: their list could not be loaded (",
            &failure.kind(),
            ")",
        ]
        .concat(),
        _ => known.with(|known| {
            known
                .as_ref()
                .map_or_else(|| ["Loading the ", of.many, "…"].concat(), |known| known.words(family))
        }),
    };
    let uncovered = Memo::new(move |_| {
        known.with(|known| names(known.as_ref(), |known| known.uncovered().map(Place::name).collect()))
    });
    let twice = Memo::new(move |_| {
        list.with(|list| {
            known.with(|known| {
                names(known.as_ref(), |known| {
                    let by = |ids: &[String]| {
                        ids.iter().map(|id| title(list.as_ref(), id)).collect::<Vec<_>>().join(", ")
                    };
                    known.twice().map(|place| [&place.name(), ": ", &by(&place.by)].concat()).collect()
                })
            })
        })
    });
    let seldom = Memo::new(move |_| {
        list.with(|list| {
            known.with(|known| names(known.as_ref(), |known| seldom_words(known, list.as_ref(), days.get())))
        })
    });
    let doubts = Memo::new(move |_| {
        list.with(|list| {
            known.with(|known| names(known.as_ref(), |known| doubts(family, known, list.as_ref())))
        })
    });
    let schedule_these = move |_| {
        if let Some(form) = known.with_untracked(|known| known.as_ref().map(|known| known.form())) {
            dialog.open_schedule(ScheduleDialog::create(Some(family), form));
        }
    };
    let names = view! {
        <Names label="Not covered" names=uncovered />
        <Names label="Covered twice" names=twice lines=true />
        <Names label="Too seldom" names=seldom lines=true />
        <Names label="Not counted" names=doubts lines=true />
    };
    let is_told = Memo::new(move |_| {
        [uncovered, twice, seldom, doubts].into_iter().any(|names| names.with(|names| !names.is_empty()))
    });
    // Closed in Freshness, so that what is below does not move when it comes.
    let parts = if brief {
        view! { <details class="coverage-more" hidden=move || !is_told.get()><summary>"The rest by name"</summary>{names}</details> }.into_any()
    } else {
        names.into_any()
    };
    let full = move || counts.get().is_some_and(|(covered, all)| covered == all && all > 0);
    view! {
        <div class="coverage-part">
            <div class="coverage-line">
                {heading.then(|| view! { <h3>{family.title()}</h3> })}
                <p class="coverage-words" class:full=full role="note">{words}</p>
                {move || counts.get().filter(|(_, all)| *all > 0).map(|(covered, all)| view! {
                    <meter min="0" max=all value=covered aria-hidden="true"></meter>
                })}
                <Shown when=move || !uncovered.with(Vec::is_empty)>
                    <button type="button" class="button" on:click=schedule_these>
                        "Schedule these"
                    </button>
                </Shown>
            </div>
            {parts}
        </div>
    }
}

fn names(known: Option<&Arc<Coverage>>, read: impl FnOnce(&Coverage) -> Vec<String>) -> Vec<String> {
    known.map(|known| read(known)).unwrap_or_default()
}

fn title(list: Option<&Arc<ScheduleList>>, id: &str) -> String {
    let known = list.and_then(|list| list.get(id));
    known.map_or_else(|| text::short(id), |schedule| schedule.title())
}

fn seldom_words(known: &Coverage, list: Option<&Arc<ScheduleList>>, days: u64) -> Vec<String> {
    let limit = text::count(days as usize, "day", "days");
    let words = |slow: &cckm::coverage::Slow| {
        [
            &title(list, &slow.id),
            " may leave ",
            &time::duration(slow.gap),
            " between two runs; Freshness calls a container out of date after ",
            &limit,
        ]
        .concat()
    };
    known.slow.iter().map(words).collect()
}

/// The schedules that count for nothing or only in part, and why.
fn doubts(family: &Family, known: &Coverage, list: Option<&Arc<ScheduleList>>) -> Vec<String> {
    let unclear = known.unclear.iter().map(|(id, why)| [&title(list, id), ": ", why.words()].concat());
    let missing = known.missing.iter().map(|(id, keys)| {
        let what = text::count(keys.len(), family.containers.one, family.containers.many);
        [&title(list, id), " names ", &what, " that the list does not have: ", &keys.join(", ")].concat()
    });
    unclear.chain(missing).collect()
}

/// A labelled list of names, of which the first are shown. `lines` puts each on a line of its own.
#[component]
fn Names(label: &'static str, names: Memo<Vec<String>>, #[prop(optional)] lines: bool) -> impl IntoView {
    let all = RwSignal::new(false);
    let shown = move || {
        let most = if all.get() { usize::MAX } else { FEW };
        names.with(|names| {
            names.iter().take(most).map(|name| view! { <li><bdi>{name.clone()}</bdi></li> }).collect_view()
        })
    };
    let rest = Memo::new(move |_| if all.get() { 0 } else { names.with(Vec::len).saturating_sub(FEW) });
    view! {
        <Shown when=move || !names.with(Vec::is_empty)>
            <div class="coverage-names">
                <p class="coverage-label">{label}</p>
                <ul aria-label=label class:lines=lines>
                    {shown}
                    {move || (rest.get() > 0).then(|| view! {
                        <li>
                            <button type="button" class="button plain small" on:click=move |_| all.set(true)>
                                {["Show ", &rest.get().to_string(), " more"].concat()}
                            </button>
                        </li>
                    })}
                </ul>
            </div>
        </Shown>
    }
}

/// The line of Freshness: the coverage of its family. Says nothing where this user may not see schedules or the server
/// has none, which the view of schedules tells.
#[component]
pub fn CoverageLine(family: &'static Family) -> impl IntoView {
    let list = crate::state::schedules::use_schedules();
    let address = expect_context::<Address>();
    let known = Memo::new(move |_| list.answer.get());
    let is_there = Memo::new(move |_| known.with(Option::is_some));
    let href = move || {
        let days = address.with(|route| route.days);
        crate::routing::route::Route::new(crate::routing::route::View::Schedules(family))
            .with_days(days)
            .hash()
    };
    let unknown = move || {
        let failure = list.failure.get().filter(|failure| !is_there.get() && !failure.is_for_good())?;
        Some(["Whether schedules cover them is not known (", &failure.kind(), ")."].concat())
    };
    view! {
        <Shown when=move || is_there.get() || list.is_first()>
            <section class="coverage in-freshness" aria-label="Coverage" aria-busy=move || list.is_first().to_string()>
                <FamilyCoverage family=family list=known brief=true />
                <a href=href>"Schedules"</a>
            </section>
        </Shown>
        {move || unknown().map(|words| view! { <p class="quiet">{words}</p> })}
    }
}
