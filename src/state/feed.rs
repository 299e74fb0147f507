//! The newest jobs of every family as one list. A family whose request fails does not affect the others.

use crate::api::failure::Failure;
use crate::auth::Session;
use crate::config::config;
use crate::query::Poller;
use crate::query::cross_tab::{Subscriber, scope};
use crate::query::interval::Need;
use crate::routing::route::{DEPTH_ROWS, Route};
use crate::state::capabilities::ServerCapabilities;
use crate::state::containers::ContainerLists;
use crate::state::family_jobs::Part;
use crate::state::followed_job::FollowedJob;
use crate::state::latest_jobs::LatestJobs;
use crate::state::merged_jobs::{Merged, merge};
use crate::state::sorted_jobs;
use cckm::filter::Status;
use cckm::job::Job;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// How many requests are sent at once.
const AT_ONCE: usize = 4;

/// The query of the view of all clouds.
#[derive(Clone, PartialEq)]
pub struct Question {
    pub depth: u64,
    pub status: Option<Status>,
    pub id: String,
    /// The count of manual refreshes: a new value sends the same query again.
    pub tick: u32,
}

impl Question {
    pub fn of(route: &Route, tick: u32) -> Self {
        Self { depth: route.depth, status: route.status, id: route.id.clone(), tick }
    }

    /// A query for the newest jobs, without filters.
    pub fn newest(depth: u64, tick: u32) -> Self {
        Self { depth, status: None, id: String::new(), tick }
    }

    /// Whether a response to `other` can be shown until the response to this query is received.
    fn has_same_filter(&self, other: &Self) -> bool {
        self.status == other.status && self.id == other.id
    }
}

/// The list of all families, as signals.
#[derive(Clone, Copy)]
pub struct Feed {
    parts: StoredValue<Vec<RwSignal<Part>>>,
    pub busy: RwSignal<bool>,
    /// Whether the latest requests were sent by the poller rather than for a person.
    pub automatic: RwSignal<bool>,
    pub poller: Poller,
}

impl Feed {
    /// Requests every family that is shown whenever `question` changes, and those that are due whenever the poller
    /// starts a round; often only families with running jobs are due. While `is_read` returns true, new jobs do not
    /// displace the jobs that are shown.
    ///
    /// Call it in the body of a component.
    pub fn new(is_read: fn() -> bool, question: impl Fn() -> Question + Send + Sync + 'static) -> Self {
        let loader = PartLoader {
            session: expect_context(),
            capabilities: expect_context(),
            latest: expect_context(),
        };
        let (containers, followed) = (expect_context::<ContainerLists>(), expect_context::<FollowedJob>());
        let shown: Vec<_> = config().families().collect();
        let parts = shown.iter().map(|family| RwSignal::new(Part::empty(family))).collect();
        let latest = loader.latest;
        let poller = Poller::new(shown.len());
        let feed = Self {
            parts: StoredValue::new(parts),
            busy: RwSignal::new(true),
            automatic: RwSignal::new(false),
            poller,
        };
        let question = Memo::new(move |_| question());
        Effect::new(move |last: Option<(Question, u32)>| {
            let (question, round) = (question.get(), poller.round());
            let automatic =
                last.as_ref().is_some_and(|(previous, last)| *last != round && *previous == question);
            if last.is_some_and(|(previous, _)| !previous.has_same_filter(&question)) {
                feed.forget();
            }
            if feed.automatic.get_untracked() != automatic {
                feed.automatic.set(automatic);
            }
            let mut parts: Vec<_> = feed.parts.get_value().into_iter().enumerate().collect();
            if automatic {
                parts.retain(|(at, _)| poller.is_due(*at));
            } else {
                feed.busy.set(true);
            }
            poller.sending();
            let parts = Rc::new(RefCell::new(parts.into_iter()));
            let active = Rc::new(Cell::new(AT_ONCE));
            for _ in 0..AT_ONCE {
                let wanted = question.clone();
                let (parts, active) = (parts.clone(), active.clone());
                spawn_local_scoped_with_cancellation(async move {
                    let keep = move || automatic && is_read();
                    loop {
                        let next = parts.borrow_mut().next();
                        let Some((at, part)) = next else { break };
                        let subscriber = Subscriber::new(poller, at, automatic);
                        let failure = scope(subscriber, loader.load(part, &wanted, keep)).await;
                        poller.received(at, failure.as_ref());
                    }
                    active.set(active.get() - 1);
                    if active.get() == 0 {
                        if feed.busy.get_untracked() {
                            feed.busy.set(false);
                        }
                        poller.finish();
                        // Container names are requested after the jobs, one list at a time, because the jobs can be
                        // shown without them.
                        let shown = untrack(|| latest.families());
                        containers.need_each(shown.into_iter().map(|family| family.containers));
                    }
                });
            }
            (question, round)
        });
        Effect::new(move |_: Option<()>| {
            for (at, part) in feed.parts.get_value().into_iter().enumerate() {
                poller.set_need(
                    at,
                    part.with(|part| {
                        if part.absent {
                            return Need::Ended;
                        }
                        Need::of(part.jobs.iter().any(|job| followed.is_left_to_list(part.family, job)))
                    }),
                );
            }
        });
        feed
    }

    /// Calls `read` with all parts, and tracks them. The parts are borrowed, because they may contain thousands of
    /// jobs.
    pub fn with_parts<T>(self, read: impl FnOnce(&[&Part]) -> T) -> T {
        let parts = self.each();
        let guards: Vec<_> = parts.iter().map(|part| part.read()).collect();
        read(&guards.iter().map(|part| &**part).collect::<Vec<_>>())
    }

    /// Whether `matches` returns true for one of the parts.
    pub fn any_part(self, matches: fn(&Part) -> bool) -> bool {
        self.each().iter().any(|part| part.with(matches))
    }

    /// The parts, each as a signal of its own.
    pub fn each(self) -> Vec<RwSignal<Part>> {
        self.parts.get_value()
    }

    /// The jobs of all parts, newest first, back to the moment before which jobs may be missing. `depth` as in
    /// [`Question`].
    pub fn merged(self, depth: u64) -> Merged {
        self.with_parts(|parts| merge(parts, depth))
    }

    /// Drops the responses to another query.
    fn forget(self) {
        self.parts.with_value(|parts| {
            for part in parts {
                part.update(|part| *part = Part::empty(part.family));
            }
        });
    }
}

/// Loads the jobs of a part, with the contexts that this needs.
#[derive(Clone, Copy)]
struct PartLoader {
    session: Session,
    capabilities: ServerCapabilities,
    latest: LatestJobs,
}

impl PartLoader {
    /// Requests the newest jobs of `part` and stores the result. Returns the failure, if any.
    async fn load(
        self,
        part: RwSignal<Part>,
        question: &Question,
        keep: impl Fn() -> bool,
    ) -> Option<Failure> {
        let known = part.try_get_untracked()?;
        match newest(self.session, self.capabilities, &known, question, keep).await {
            Ok(found) => {
                if question.status.is_none() && question.id.is_empty() {
                    self.latest.learn(found.family, &found.jobs, found.whole, found.is_partial());
                }
                let same = part
                    .with_untracked(|part| !part.waiting && part.failure.is_none() && part.is_same(&found));
                if !same {
                    part.set(found);
                }
                None
            }
            Err(failure) => {
                self.latest.fail(known.family, &failure);
                if failure.is_absence_of(known.family) {
                    if !known.absent {
                        part.set(Part { waiting: false, absent: true, ..Part::empty(known.family) });
                    }
                    return None;
                }
                // The same failure again must not notify subscribers.
                if part.with_untracked(|part| part.failure.as_ref() != Some(&failure)) {
                    part.update(|part| {
                        part.failure = Some(failure.clone());
                        part.waiting = false;
                    });
                }
                Some(failure)
            }
        }
    }
}

/// The newest jobs of the family of `known`, as many as `question` needs. While `keep` returns true, the jobs of
/// `known` are included even where new jobs have pushed them past that number.
pub async fn newest(
    session: Session,
    capabilities: ServerCapabilities,
    known: &Part,
    question: &Question,
    keep: impl Fn() -> bool,
) -> Result<Part, Failure> {
    let family = known.family;
    let mut wanted = question.depth * DEPTH_ROWS;
    if keep() {
        wanted = wanted.max(known.jobs.len() as u64);
    }
    let more = |jobs: &[Job]| {
        let is_known = |job: &Job| known.jobs.iter().any(|known| known.id == job.id);
        let before = if keep() { jobs.iter().position(is_known) } else { None };
        before.unwrap_or_default() as u64
    };
    let jobs_query = sorted_jobs::Question::newest(family, question.status, &question.id);
    let found = sorted_jobs::newest(session, capabilities, &jobs_query, wanted, more).await?;
    Ok(Part {
        family,
        jobs: found.jobs.into_iter().map(Arc::new).collect(),
        total: found.total,
        whole: found.whole,
        arrangement: found.arrangement,
        failure: None,
        waiting: false,
        absent: false,
        unread: found.unread,
        text: found.text.into(),
    })
}
