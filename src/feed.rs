//! The newest jobs of every family as one list: what one cloud refuses takes nothing from the others.

use crate::api::failure::Failure;
use crate::auth::Session;
use crate::config::config;
use crate::query::Poller;
use crate::query::cross_tab::{Subscriber, scope};
use crate::refresh::Need;
use crate::route::{DEPTH_ROWS, Route};
use crate::rows::Rows;
use crate::sorted_jobs;
use crate::state::capabilities::ServerCapabilities;
use crate::state::containers::ContainerLists;
use crate::state::followed_job::FollowedJob;
use crate::state::latest_jobs::LatestJobs;
use cckm::family::{FAMILIES, Family};
use cckm::filter::Status;
use cckm::job::Job;
use cckm::list_order::{self, Arrangement};
use cckm::time::Stamp;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::rc::Rc;
use std::sync::Arc;

/// How many requests are under way at once.
const AT_ONCE: usize = 4;

/// What is known of one family's newest jobs.
#[derive(Clone)]
pub struct Part {
    pub family: &'static Family,
    pub jobs: Vec<Arc<Job>>,
    pub total: u64,
    /// How many of the family's items cannot be read, and are not among `jobs`.
    pub unread: u64,
    pub arrangement: Arrangement,
    pub failure: Option<Failure>,
    /// Whether its first answer is still to come.
    pub waiting: bool,
    /// The answers, as they came. Shared: they may be megabytes, and a part is copied by each view of it.
    pub text: Arc<str>,
}

impl Part {
    pub fn unasked(family: &'static Family) -> Self {
        Self {
            family,
            jobs: Vec::new(),
            total: 0,
            unread: 0,
            arrangement: Arrangement::Sorted,
            failure: None,
            waiting: true,
            text: Arc::default(),
        }
    }

    /// Whether it was read from the same answers.
    pub fn is_same(&self, other: &Self) -> bool {
        self.text == other.text
    }

    /// Whether a job of it runs.
    pub fn is_running(&self) -> bool {
        self.jobs.iter().any(|job| job.outcome().is_running())
    }

    /// Whether these are not known to be the newest jobs: there are too many to sort them, and the server does not.
    pub fn is_sample(&self) -> bool {
        self.arrangement != Arrangement::Sorted
    }

    /// How many of its jobs were looked at, in a sentence, where they are not known to be the newest.
    pub fn sampled(&self, capabilities: ServerCapabilities) -> Option<String> {
        sampled(capabilities, std::slice::from_ref(self))
    }

    /// The oldest moment up to which this family's jobs are all here; `None` where all of them are, or nobody knows.
    pub fn horizon(&self) -> Option<Stamp> {
        if self.is_sample() || self.jobs.len() as u64 + self.unread >= self.total {
            return None;
        }
        self.jobs.iter().filter_map(|job| job.created).min()
    }
}

/// What the view All clouds asks.
#[derive(Clone, PartialEq)]
pub struct Question {
    pub depth: u64,
    pub status: Option<Status>,
    pub id: String,
    /// Counts the wishes to ask again.
    pub tick: u32,
}

impl Question {
    pub fn of(route: &Route, tick: u32) -> Self {
        Self { depth: route.depth, status: route.status, id: route.id.clone(), tick }
    }

    /// The newest jobs, whatever they are.
    pub fn newest(depth: u64, tick: u32) -> Self {
        Self { depth, status: None, id: String::new(), tick }
    }

    /// Whether an answer to `other` is still worth showing while this is asked.
    fn asks_the_same_as(&self, other: &Self) -> bool {
        self.status == other.status && self.id == other.id
    }
}

/// The list of all families, as signals.
#[derive(Clone, Copy)]
pub struct Feed {
    parts: StoredValue<Vec<RwSignal<Part>>>,
    pub busy: RwSignal<bool>,
    /// Whether what came last was asked for by no person.
    pub by_itself: RwSignal<bool>,
    pub poller: Poller,
}

/// What the parts make together.
#[derive(Clone)]
pub struct Merged {
    pub rows: Arc<Rows>,
    /// The moment back to which the list has every job; `None` where it has all there are.
    pub horizon: Option<Stamp>,
    /// Whether a greater depth shows more.
    pub more: bool,
}

impl Feed {
    /// Asks every family that is shown whenever `question` changes, and by itself each that is due: often only those where
    /// something runs.
    /// Where `is_read` says so, new jobs take no room from those that are shown. For a component's body.
    pub fn new(is_read: fn() -> bool, question: impl Fn() -> Question + Send + Sync + 'static) -> Self {
        let asker =
            Asker { session: expect_context(), capabilities: expect_context(), latest: expect_context() };
        let (containers, followed) = (expect_context::<ContainerLists>(), expect_context::<FollowedJob>());
        let config = config();
        let shown: Vec<_> = FAMILIES.iter().filter(|family| config.shows(family.cloud)).collect();
        let parts = shown.iter().map(|family| RwSignal::new(Part::unasked(family))).collect();
        let lists = shown.iter().map(|family| family.containers).collect::<Vec<_>>();
        let poller = Poller::new(shown.len());
        let feed = Self {
            parts: StoredValue::new(parts),
            busy: RwSignal::new(true),
            by_itself: RwSignal::new(false),
            poller,
        };
        let question = Memo::new(move |_| question());
        Effect::new(move |last: Option<(Question, u32)>| {
            let (question, round) = (question.get(), poller.round());
            let by_itself = last.as_ref().is_some_and(|(asked, last)| *last != round && *asked == question);
            if last.is_some_and(|(asked, _)| !asked.asks_the_same_as(&question)) {
                feed.forget();
            }
            if feed.by_itself.get_untracked() != by_itself {
                feed.by_itself.set(by_itself);
            }
            let mut parts: Vec<_> = feed.parts.get_value().into_iter().enumerate().collect();
            if by_itself {
                parts.retain(|(at, _)| poller.is_due(*at));
            } else {
                feed.busy.set(true);
            }
            poller.sending();
            let parts = Rc::new(RefCell::new(parts.into_iter()));
            let at_work = Rc::new(Cell::new(AT_ONCE));
            for _ in 0..AT_ONCE {
                let (wanted, lists) = (question.clone(), lists.clone());
                let (parts, at_work) = (parts.clone(), at_work.clone());
                spawn_local_scoped_with_cancellation(async move {
                    let keep = move || by_itself && is_read();
                    loop {
                        let next = parts.borrow_mut().next();
                        let Some((at, part)) = next else { break };
                        let subscriber = Subscriber::new(poller, at, by_itself);
                        let failure = scope(subscriber, asker.load(part, &wanted, keep)).await;
                        poller.received(at, failure.as_ref());
                    }
                    at_work.set(at_work.get() - 1);
                    if at_work.get() == 0 {
                        if feed.busy.get_untracked() {
                            feed.busy.set(false);
                        }
                        poller.settled();
                        // Names come after the jobs, one list at a time: they are a kindness, not the answer.
                        containers.need_each(lists.into_iter());
                    }
                });
            }
            (question, round)
        });
        Effect::new(move |_: Option<()>| {
            for (at, part) in feed.parts.get_value().into_iter().enumerate() {
                let runs =
                    part.with(|part| part.jobs.iter().any(|job| followed.is_left_to_list(part.family, job)));
                poller.set_need(at, Need::of(runs));
            }
        });
        feed
    }

    pub fn parts(self) -> Vec<Part> {
        self.parts.with_value(|parts| parts.iter().map(|part| part.get()).collect())
    }

    /// The parts, each as a signal of its own.
    pub fn each(self) -> Vec<RwSignal<Part>> {
        self.parts.get_value()
    }

    /// The jobs of all parts, newest first, as far back as none is missing. `depth` as in [`Question`].
    pub fn merged(self, depth: u64) -> Merged {
        merge(&self.parts(), depth)
    }

    /// Drops what answered another question.
    fn forget(self) {
        self.parts.with_value(|parts| {
            for part in parts {
                part.update(|part| *part = Part::unasked(part.family));
            }
        });
    }
}

/// The families of which not all jobs could be looked at to find the newest, and how many were, in a sentence.
pub fn sampled(capabilities: ServerCapabilities, parts: &[Part]) -> Option<String> {
    let sampled: Vec<_> = parts.iter().filter(|part| part.is_sample()).collect();
    if sampled.is_empty() {
        return None;
    }
    let whose = sampled.iter().map(|part| part.family.title()).collect::<Vec<_>>().join(", ");
    let looked = sampled.iter().map(|part| part.jobs.len() as u64).sum();
    let total = sampled.iter().map(|part| part.total).sum();
    let stopped = sampled.iter().any(|part| capabilities.is_stopped(part.family));
    Some(list_order::words::sample(&whose, looked, total, stopped))
}

fn merge(parts: &[Part], depth: u64) -> Merged {
    let horizon = parts.iter().filter_map(Part::horizon).max();
    let most = (depth * DEPTH_ROWS) as usize;
    let mut more = horizon.is_some();
    let mut jobs: Vec<(&'static Family, Arc<Job>)> = Vec::new();
    for part in parts {
        // Where jobs had to be read to sort them, more are here than were wanted, thousands perhaps.
        let shown = if part.is_sample() { most.min(part.jobs.len()) } else { part.jobs.len() };
        more |= shown < part.jobs.len();
        for job in part.jobs.iter().take(shown) {
            // A job that says no time can't be placed; it is shown rather than lost.
            if job.created.is_none() || job.created >= horizon {
                jobs.push((part.family, job.clone()));
            }
        }
    }
    jobs.sort_by_key(|(_, job)| Reverse(job.created));
    Merged { rows: Arc::new(Rows::new(jobs)), horizon, more }
}

/// Asks for the jobs of a part, with what that takes.
#[derive(Clone, Copy)]
struct Asker {
    session: Session,
    capabilities: ServerCapabilities,
    latest: LatestJobs,
}

impl Asker {
    /// Asks for what is known of `part`, and gives back why it is not, where it is not.
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
                    self.latest.learn(found.family, &found.jobs, found.total, found.is_sample());
                }
                let same = part.with_untracked(|part| {
                    !part.waiting && part.failure.is_none() && part.text == found.text
                });
                if !same {
                    part.set(found);
                }
                None
            }
            Err(failure) => {
                self.latest.fail(known.family, &failure);
                // The same failure again is no news.
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

/// The newest jobs of the family of `known`, as many as are wanted. Where `keep` says so, also those that are known already
/// and that new ones have pushed further back.
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
    let asked = sorted_jobs::Question::newest(family, question.status, &question.id);
    let found = sorted_jobs::newest(session, capabilities, &asked, wanted, more).await?;
    Ok(Part {
        family,
        jobs: found.jobs.into_iter().map(Arc::new).collect(),
        total: found.total,
        arrangement: found.arrangement,
        failure: None,
        waiting: false,
        unread: found.unread,
        text: found.text.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A part whose jobs began at these minutes, of `total` that the server has.
    fn part(at: usize, minutes: &[u32], total: u64) -> Part {
        let job = |minute: &u32| {
            let created = format!("2026-03-02T09:{minute:02}:00Z");
            Arc::new(
                Job::from_value(json!({"id": format!("{at}-{minute}"), "createdAt": created}))
                    .expect("a job"),
            )
        };
        Part { jobs: minutes.iter().map(job).collect(), total, ..Part::unasked(&FAMILIES[at]) }
    }

    fn ids(merged: &Merged) -> Vec<&str> {
        merged.rows.iter().map(|row| row.job.id.as_str()).collect()
    }

    #[test]
    fn the_newest_of_all_stand_first() {
        let merged = merge(&[part(0, &[50, 10], 2), part(1, &[40, 20], 2)], 1);
        assert_eq!(ids(&merged), ["0-50", "1-40", "1-20", "0-10"]);
        assert!(merged.horizon.is_none(), "all there are");
    }

    #[test]
    fn the_list_ends_where_a_family_may_have_more() {
        // Family 1 has older jobs that were not loaded: between 40 and 10 one of them may be missing.
        let merged = merge(&[part(0, &[50, 10], 2), part(1, &[45, 40], 9)], 1);
        assert_eq!(ids(&merged), ["0-50", "1-45", "1-40"]);
        assert!(merged.horizon == Stamp::parse("2026-03-02T09:40:00Z"));
    }

    #[test]
    fn a_sample_shows_no_more_than_is_asked_for() {
        let sample = || {
            let minutes: Vec<_> = (0..40).rev().collect();
            Part { arrangement: Arrangement::Sample, ..part(0, &minutes, 900) }
        };
        let shown = |depth| {
            let merged = merge(&[sample()], depth);
            assert!(merged.horizon.is_none(), "nobody knows");
            (merged.rows.len(), merged.more)
        };
        assert_eq!(shown(1), (25, true));
        assert_eq!(shown(2), (40, false));
    }

    #[test]
    fn a_job_without_a_time_is_not_lost() {
        let mut odd = part(2, &[], 1);
        odd.jobs.push(Arc::new(Job::from_value(json!({"id": "odd"})).expect("a job")));
        let merged = merge(&[part(0, &[50], 9), odd], 1);
        assert_eq!(ids(&merged), ["0-50", "odd"]);
    }
}
