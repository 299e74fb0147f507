//! The count of jobs that need attention on each cloud's link, and the requests that the count needs.

use crate::auth::Session;
use crate::clock::Clock;
use crate::config::config;
use crate::query::Poller;
use crate::query::cross_tab::{Subscriber, scope};
use crate::query::interval::Need;
use crate::routing::address::Address;
use crate::routing::route::{Route, View};
use crate::state::attention_counts::AttentionCounts;
use crate::state::capabilities::ServerCapabilities;
use crate::state::family_jobs::Part;
use crate::state::feed::{self, Question};
use crate::state::latest_jobs::{FamilyLatest, LatestJobs};
use cckm::attention::cases;
use cckm::family::Family;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

/// Stores the counts in `AttentionCounts`, computed from the jobs that any view has loaded last. Requests the
/// families that no open view requests, at long intervals and one after the other. Renders nothing.
#[component]
pub fn Counts() -> impl IntoView {
    let session = expect_context::<Session>();
    let address = expect_context::<Address>();
    let clock = expect_context::<Clock>();
    let capabilities = expect_context::<ServerCapabilities>();
    let latest = expect_context::<LatestJobs>();
    let attention = expect_context::<AttentionCounts>();
    let shown: Vec<_> = config().families().collect();
    let known = shown.iter().map(|family| {
        let family = *family;
        Memo::new(move |_| latest.with(|all| of(all, family).map(|known| cases(family, &known.jobs))))
    });
    let known = known.collect::<Vec<_>>();
    let counts = {
        let shown = shown.clone();
        Memo::new(move |_| {
            let now = clock.minute();
            let mut counts: Vec<(&'static str, usize)> = Vec::new();
            for (family, cases) in shown.iter().zip(&known) {
                let need = cases.with(|cases| cases.iter().flatten().filter(|case| case.needs(now)).count());
                match counts.last_mut().filter(|(cloud, _)| *cloud == family.cloud) {
                    Some((_, count)) => *count += need,
                    None => counts.push((family.cloud, need)),
                }
            }
            counts
        })
    };
    Effect::new(move |_| attention.set(counts.get()));
    let uncounted = Memo::new(move |_| {
        latest.with(|all| {
            let failed =
                all.iter().filter(|known| known.failure.is_some() && !known.is_absent() || known.sample);
            failed.map(|known| known.family.cloud).collect::<Vec<_>>()
        })
    });
    Effect::new(move |_| attention.set_incomplete(uncounted.get()));

    let poller = Poller::new(shown.len());
    for at in 0..shown.len() {
        poller.set_need(at, Need::Unseen);
        // Starts the interval now, as after a response.
        poller.received(at, None);
    }
    poller.finish();
    let counted = StoredValue::new(vec![0; shown.len()]);
    // Any view may have loaded the jobs. A response restarts the interval of its family.
    let settle = move |at: usize, known: Option<&FamilyLatest>| {
        let count = known.map_or(0, |known| known.responses);
        let news = counted.try_update_value(|counted| {
            counted.get_mut(at).is_some_and(|counted| std::mem::replace(counted, count) != count)
        });
        if news == Some(true) {
            let absent = known.is_some_and(FamilyLatest::is_absent);
            poller.set_need(at, if absent { Need::Ended } else { Need::Seldom });
            poller.received(at, known.and_then(|known| known.failure.as_ref()).filter(|_| !absent));
        }
    };
    {
        let shown = shown.clone();
        Effect::new(move |_: Option<()>| {
            latest.with(|all| {
                for (at, family) in shown.iter().enumerate() {
                    settle(at, of(all, family));
                }
            });
        });
    }
    // Asks for the newest jobs of a family, unless the open view does so itself.
    let ask = move |at: usize, family: &'static Family| async move {
        if address.try_with_untracked(|route| is_requested_by(route, family)) != Some(false) {
            poller.received(at, None);
            return;
        }
        let (empty, question) = (Part::empty(family), Question::newest(1, 0));
        let newest = feed::newest(session, capabilities, &empty, &question, || false);
        match scope(Subscriber::new(poller, at, true), newest).await {
            Ok(part) if !latest.learn(family, &part.jobs, part.whole, part.is_partial()) => {
                poller.received(at, None);
            }
            Ok(_) => {}
            // The view of the family shows the failure; the count is only marked as incomplete.
            Err(failure) => latest.fail(family, &failure),
        }
        // Untracked: the task runs in the observer of the effect that spawned it, so that a tracked read would rerun
        // the effect and end the task.
        latest.with_untracked(|all| settle(at, of(all, family)));
    };
    // The links of optional families wait for the server's first word, so they are asked at once, whatever the pace.
    let unseen: Vec<_> = latest.with_untracked(|all| {
        let families = shown.iter().copied().enumerate();
        families.filter(|(_, family)| family.optional && of(all, family).is_none()).collect()
    });
    spawn_local_scoped_with_cancellation(async move {
        for (at, family) in unseen {
            ask(at, family).await;
        }
    });
    Effect::new(move |last: Option<u32>| {
        let round = poller.round();
        if last.is_some_and(|last| last != round) {
            poller.sending();
            let due: Vec<_> =
                shown.iter().copied().enumerate().filter(|(at, _)| poller.is_due(*at)).collect();
            spawn_local_scoped_with_cancellation(async move {
                for (at, family) in due {
                    ask(at, family).await;
                }
                poller.finish();
            });
        }
        round
    });
}

/// Whether the view at `route` requests the newest jobs of `family` itself.
fn is_requested_by(route: &Route, family: &'static Family) -> bool {
    match route.view {
        View::All | View::Attention => !route.is_filtered(),
        View::Freshness(own) => own == family,
        View::Family(own) => own == family && *route == Route { job: route.job.clone(), ..Route::of(family) },
        _ => false,
    }
}

fn of<'a>(all: &'a [FamilyLatest], family: &Family) -> Option<&'a FamilyLatest> {
    all.iter().find(|known| known.family == family)
}
