//! What every screen of a signed-in person shares: one value, provided once, that dies with the session.

use crate::address::Address;
use crate::announcer::Announcer;
use crate::api::jobs;
use crate::auth::Session;
use crate::capabilities::ServerCapabilities;
use crate::clock::Clock;
pub use crate::config::config;
use crate::directories::Directories;
use crate::families::Family;
use crate::latest::Latest;
use crate::model::job::Job;
use crate::query::fetch;
use crate::query::poller::Polling;
use crate::rows::{Row, Rows};
use crate::start::Form;
use crate::watched::Watched;
use leptos::prelude::*;
use std::cell::Cell;
use std::sync::Arc;

mod picking;

#[derive(Clone, Copy)]
pub struct Panel {
    pub session: Session,
    pub address: Address,
    pub clock: Clock,
    pub directories: Directories,
    pub capabilities: ServerCapabilities,
    pub live: Polling,
    /// Jobs that were started here and that the server's lists may not have yet.
    pub fresh: RwSignal<Vec<Fresh>>,
    /// The job that is open, or was last and has ended, as its own answers tell it.
    pub followed: RwSignal<Option<Fresh>>,
    /// The newest jobs of each family, whichever view was told of them.
    pub latest: Latest,
    /// How many of the newest jobs of each cloud need attention; clouds without any may be missing.
    pub attention: RwSignal<Vec<(&'static str, usize)>>,
    /// The clouds with a family whose newest jobs were asked for last in vain: their counts are not all there is.
    pub uncounted: RwSignal<Vec<&'static str>>,
    /// How many jobs run in the open view, for the document title.
    pub running: RwSignal<usize>,
    /// What the document's title says first: which watched jobs have ended.
    pub headline: RwSignal<String>,
    /// The rows of the open view.
    pub in_view: RwSignal<Arc<Rows>>,
    /// How many pages the open list has.
    pub pages: RwSignal<u64>,
    /// Whether the last job of the page that comes next is to be opened, or its first; nothing where nobody wishes so.
    pub onward: StoredValue<Option<bool>>,
    /// How long a family's jobs usually take, in milliseconds, by its slug.
    pub usual: RwSignal<Vec<(&'static str, i64)>>,
    pub watched: Watched,
    /// The start form that is open, with what it is filled with at first.
    pub starting: RwSignal<Option<Starting>>,
    /// Start forms that were left for something else, at most one of a family.
    left: StoredValue<Vec<Starting>>,
    /// The jobs of the open list that are selected; all of them run.
    pub picked: RwSignal<Vec<Fresh>>,
    /// The dialog over the page, beside the start form.
    pub over: RwSignal<Option<Over>>,
    pub announcer: Announcer,
    tick: RwSignal<u32>,
}

/// A job that the server answered to a start or a cancel, newer than what a list may say of it.
#[derive(Clone, PartialEq)]
pub struct Fresh {
    pub family: &'static Family,
    pub job: Arc<Job>,
}

impl Fresh {
    pub fn is(&self, family: &'static Family, id: &str) -> bool {
        self.family == family && self.job.id == id
    }
}

/// A dialog over the page.
#[derive(Clone, Copy, PartialEq)]
pub enum Over {
    /// Asks before the selected jobs are cancelled.
    CancelPicked,
    /// Starts synchronizations of several families.
    StartSeveral,
}

/// A wish to start a synchronization: the form as it is to open.
#[derive(Clone)]
pub struct Starting {
    pub family: &'static Family,
    pub form: Form,
    /// What the form could not take over of the job that it was made from, by the server's words for it.
    pub unmapped: Vec<String>,
}

thread_local! {
    /// Of the session that is open; the next one replaces it.
    static PANEL: Cell<Option<Panel>> = const { Cell::new(None) };
}

impl Panel {
    pub fn provide(session: Session, address: Address, clock: Clock) -> Self {
        let config = config();
        let panel = Self {
            session,
            address,
            clock,
            directories: Directories::new(session),
            capabilities: ServerCapabilities::begin(),
            live: Polling::begin((config.running_seconds, config.quiet_seconds)),
            fresh: RwSignal::new(Vec::new()),
            followed: RwSignal::new(None),
            latest: Latest::begin(),
            attention: RwSignal::new(Vec::new()),
            uncounted: RwSignal::new(Vec::new()),
            running: RwSignal::new(0),
            headline: RwSignal::new(String::new()),
            in_view: RwSignal::new(Arc::default()),
            pages: RwSignal::new(1),
            onward: StoredValue::new(None),
            usual: RwSignal::new(Vec::new()),
            watched: Watched::default(),
            starting: RwSignal::new(None),
            left: StoredValue::new(Vec::new()),
            picked: RwSignal::new(Vec::new()),
            over: RwSignal::new(None),
            announcer: Announcer::new(),
            tick: RwSignal::new(0),
        };
        PANEL.set(Some(panel));
        panel
    }

    /// Counts the wishes to ask again; a question that reads it is asked anew with each.
    pub fn tick(self) -> u32 {
        self.tick.get()
    }

    /// Asks everything in view again.
    pub fn refresh(self) {
        self.capabilities.go_on();
        self.tick.update(|tick| *tick += 1);
    }

    /// Says a sentence in the live region.
    pub fn say(self, sentence: impl Into<String>) {
        self.announcer.say(sentence.into());
    }

    /// Takes note of a job as the server answered it to a start or a cancel.
    pub fn note(self, family: &'static Family, job: Job) {
        let fresh = Fresh { family, job: Arc::new(job) };
        self.fresh.update(|all| {
            all.retain(|known| known.job.id != fresh.job.id);
            all.insert(0, fresh);
        });
    }

    /// `rows`, after the noted jobs (of one family, or of all) that are not among them yet.
    pub fn with_fresh(self, rows: Arc<Rows>, family: Option<&'static Family>) -> Arc<Rows> {
        let fresh = self.fresh.with(|all| {
            let missing = all.iter().filter(|fresh| {
                family.is_none_or(|family| family == fresh.family)
                    && !rows.iter().any(|row| row.job.id == fresh.job.id)
            });
            missing.map(|fresh| (fresh.family, fresh.job.clone())).collect::<Vec<_>>()
        });
        if fresh.is_empty() {
            return rows;
        }
        let known = rows.iter().map(|row| (row.family, row.job.clone()));
        Arc::new(Rows::new(fresh.into_iter().chain(known)))
    }

    /// Drops the noted jobs that the server's lists have by now.
    pub fn forget_fresh(self, is_listed: impl Fn(&str) -> bool) {
        if self.fresh.with_untracked(|all| all.iter().any(|fresh| is_listed(&fresh.job.id))) {
            self.fresh.update(|all| all.retain(|fresh| !is_listed(&fresh.job.id)));
        }
    }

    /// Takes note of the rows of the open view.
    pub fn shows(self, rows: &Arc<Rows>) {
        let running = rows.iter().filter(|row| row.job.outcome().is_running()).count();
        if self.running.get_untracked() != running {
            self.running.set(running);
        }
        self.in_view.set(rows.clone());
    }

    /// Whether the open view learns by itself how this job goes on.
    pub fn is_in_view(self, family: &'static Family, id: &str) -> bool {
        let key = Row::key(family, id);
        self.in_view.with(|rows| rows.get(&key).is_some_and(|row| row.job.id == id))
            || self.followed.with(|open| open.as_ref().is_some_and(|open| open.is(family, id)))
    }

    /// The view with rows is gone.
    pub fn shows_nothing(self) {
        _ = self.running.try_set(0);
        _ = self.in_view.try_set(Arc::default());
        _ = self.pages.try_set(1);
    }

    /// How long the jobs of a family usually take, in milliseconds, where enough of them were seen.
    pub fn usual(self, family: &Family) -> Option<i64> {
        self.usual.with(|all| all.iter().find(|(slug, _)| *slug == family.slug).map(|(_, usual)| *usual))
    }

    /// Watches a job: somebody wants to know how it ends.
    pub fn watch(self, family: &'static Family, job: Arc<Job>) {
        self.watched.add(family, job);
    }

    /// Keeps the row of a job that was started here in step with what a cancel answered.
    pub fn keep_in_step(self, family: &'static Family, answer: Option<&Job>) {
        let Some(job) = answer else { return };
        if self.fresh.try_with_untracked(|all| all.iter().any(|fresh| fresh.is(family, &job.id)))
            == Some(true)
        {
            self.note(family, job.clone());
        }
    }

    /// The jobs of `family` that run as far as the panel has heard, each once. The server may know better by now.
    pub fn heard_running(self, family: &'static Family) -> Vec<Arc<Job>> {
        let mut all: Vec<Arc<Job>> = Vec::new();
        let mut add = |of: &'static Family, job: &Arc<Job>| {
            if of == family && job.outcome().is_running() && !all.iter().any(|known| known.id == job.id) {
                all.push(job.clone());
            }
        };
        self.followed.with_untracked(|open| open.iter().for_each(|open| add(open.family, &open.job)));
        self.fresh.with_untracked(|fresh| fresh.iter().for_each(|fresh| add(fresh.family, &fresh.job)));
        self.in_view.with_untracked(|rows| rows.iter().for_each(|row| add(row.family, &row.job)));
        all
    }

    /// Opens the start form of `family`, as it was left where it was.
    pub fn begin(self, family: &'static Family) {
        let left = self.left.with_value(|all| all.iter().find(|left| left.family == family).cloned());
        let anew = || Starting { family, form: Form::default(), unmapped: Vec::new() };
        self.starting.set(Some(left.unwrap_or_else(anew)));
    }

    /// Keeps a start form that is left for something else, until it is opened again.
    pub fn leave(self, form: Starting) {
        self.forget_left(form.family);
        self.left.update_value(|all| all.push(form));
    }

    /// Drops what is kept of the start form of `family`.
    pub fn forget_left(self, family: &'static Family) {
        self.left.update_value(|all| all.retain(|left| left.family != family));
    }

    /// Whether `starting` is a form that was left.
    pub fn was_left(self, starting: &Starting) -> bool {
        self.left.with_value(|all| {
            all.iter().any(|left| left.family == starting.family && left.form == starting.form)
        })
    }

    /// The open job is closed: what a list says of it counts again, unless it has been seen to end.
    pub fn unfollow(self) {
        if self.followed.try_with_untracked(|open| open.as_ref().is_some_and(|open| !open.job.ended()))
            == Some(true)
        {
            self.followed.set(None);
        }
    }

    /// Whether a list has to tell how `job` goes on: it runs, and is not the open one, which is asked for by itself.
    pub fn is_watched_by_list(self, family: &'static Family, job: &Job) -> bool {
        job.outcome().is_running()
            && !self.followed.with(|open| open.as_ref().is_some_and(|open| open.is(family, &job.id)))
    }

    /// `rows` with the open job as its own answers tell it, where those are newer.
    pub fn with_followed(self, rows: Arc<Rows>) -> Arc<Rows> {
        self.followed.with(|open| {
            let newer = |family, job: &Arc<Job>| {
                open.as_ref().filter(|open| open.is(family, &job.id) && open.job.is_newer_than(job))
            };
            if !rows.iter().any(|row| newer(row.family, &row.job).is_some()) {
                return rows;
            }
            let now = |row: &Row| newer(row.family, &row.job).map_or(&row.job, |open| &open.job).clone();
            Arc::new(Rows::new(rows.iter().map(|row| (row.family, now(row)))))
        })
    }

    /// Asks for the noted jobs of `family` one by one, since no list tells how they go on.
    pub async fn follow_fresh(self, family: &'static Family, is_listed: impl Fn(&str) -> bool) {
        let noted = self.fresh.with_untracked(|all| {
            let unlisted = all.iter().filter(|fresh| fresh.family == family && !is_listed(&fresh.job.id));
            unlisted.map(|fresh| fresh.job.clone()).collect::<Vec<_>>()
        });
        for known in noted {
            // A job that is unknown yet, or out of reach, stands as the start answered it.
            let job = fetch(self.session, jobs::job(family, &known.id)).await;
            if let Some(job) = job.ok().filter(|job| job != &*known) {
                self.note(family, job);
            }
        }
    }
}

/// The panel of the signed-in person. Every screen and part stands below [`Panel::provide`].
pub fn panel() -> Panel {
    PANEL.get().expect("a screen stands below Panel::provide")
}
