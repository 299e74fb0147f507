//! The schedules of the server, their runs, and the jobs that these have probably started: what the views of schedules
//! and the coverage of Freshness ask for.

use crate::api::failure::Failure;
use crate::api::schedules;
use crate::auth::Session;
use crate::query::fetch::fetch_text;
use crate::query::interval::Need;
use crate::query::{Poller, QueryState, use_query};
use crate::state::capabilities::ServerCapabilities;
use crate::state::latest_jobs::LatestJobs;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::sorted_jobs::{self, Question};
use cckm::container::Directory;
use cckm::family::Family;
use cckm::job::Job;
use cckm::schedule::{Change, Run, RunOutcome, Schedule, changes};
use cckm::time::TimeFormat;
use leptos::prelude::*;
use std::sync::Arc;

/// How many pages of runs are read at most to find the last run of each schedule.
const RUN_PAGES: usize = 5;
/// How many of a family's newest jobs are looked at for the job of a run.
const JOBS: u64 = 100;

/// The schedules that synchronize, in the order of their names.
#[derive(Clone)]
pub struct ScheduleList {
    pub schedules: Vec<Arc<Schedule>>,
    /// How many items could not be decoded.
    pub unread: u64,
    text: String,
}

impl PartialEq for ScheduleList {
    /// Whether both were decoded from the same responses.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl ScheduleList {
    pub fn get(&self, id: &str) -> Option<&Arc<Schedule>> {
        self.schedules.iter().find(|schedule| schedule.id == id)
    }

    /// The schedules of `family`, or all of them.
    pub fn of(&self, family: Option<&'static Family>) -> impl Iterator<Item = &Arc<Schedule>> {
        self.schedules.iter().filter(move |schedule| family.is_none_or(|family| schedule.concerns(family)))
    }

    /// The nodes that schedules name.
    pub fn nodes(&self) -> impl Iterator<Item = &str> {
        self.schedules.iter().filter_map(|schedule| schedule.node())
    }
}

/// Reads all schedules.
pub async fn read(session: Session) -> Result<ScheduleList, Failure> {
    let mut list = ScheduleList { schedules: Vec::new(), unread: 0, text: String::new() };
    let (mut seen, mut previous) = (0, None);
    loop {
        let request = schedules::page(seen);
        let text = fetch_text(session, &request).await?;
        let page = request.decode(&text)?;
        let sent = page.sent();
        seen += sent;
        list.unread += page.unread;
        list.text.push_str(&text);
        // A server that does not say how long its list is may also return the same page again and again.
        let end = page.resources.last().map(|schedule| schedule.id.clone());
        let is_again = page.is_open && end == previous;
        previous = end;
        let own = page.resources.into_iter().filter(Schedule::is_synchronization).map(Arc::new);
        // A schedule that is created meanwhile moves others into the next page.
        for schedule in own {
            if list.get(&schedule.id).is_none() {
                list.schedules.push(schedule);
            }
        }
        if sent == 0 || seen >= page.total || is_again {
            list.schedules
                .sort_by_cached_key(|schedule| (schedule.title().to_lowercase(), schedule.id.clone()));
            return Ok(list);
        }
    }
}

/// Reads `seen` again before something is done to it. Returns the newer version and what differs, field by field, where
/// somebody else has changed it.
pub async fn read_again(
    session: Session,
    seen: &Schedule,
    directory: Option<&Directory>,
    times: &TimeFormat,
) -> Result<Option<(Arc<Schedule>, Vec<Change>)>, Failure> {
    let now = session.send(schedules::schedule(&seen.id)).await?;
    let changed = changes(seen, &now, directory, times);
    Ok((!changed.is_empty()).then(|| (Arc::new(now), changed)))
}

/// Asks for the schedules.
pub fn use_schedules() -> QueryState<Arc<ScheduleList>> {
    let session = expect_context::<Session>();
    let refresh = expect_context::<RefreshTrigger>();
    use_query(
        Poller::new(1),
        move || Some(refresh.count()),
        move |_, last: Option<Arc<ScheduleList>>| async move {
            let list = read(session).await?;
            Ok(last.is_none_or(|last| *last != list).then(|| Arc::new(list)))
        },
    )
}

/// The newest runs of the scheduler.
#[derive(Clone)]
pub struct RunList {
    /// The newest first.
    pub runs: Vec<Run>,
    /// Whether the server has older ones.
    pub has_older: bool,
    text: String,
}

impl RunList {
    /// The runs of `schedule` that are no mere plans, the newest first.
    pub fn of<'a>(&'a self, schedule: &'a Schedule) -> impl Iterator<Item = &'a Run> {
        self.runs.iter().filter(|run| run.outcome() != RunOutcome::Scheduled && run.is_of(schedule))
    }

    /// The nodes on which runs were processed.
    pub fn nodes(&self) -> impl Iterator<Item = &str> {
        self.runs.iter().map(|run| run.node.trim()).filter(|node| !node.is_empty())
    }
}

/// Reads the newest runs, page by page until each of `wanted` has one; from the last page back where the server does not
/// honour `sort` and has the oldest first.
pub async fn read_runs(session: Session, wanted: &[Arc<Schedule>]) -> Result<RunList, Failure> {
    let mut list = RunList { runs: Vec::new(), has_older: false, text: String::new() };
    let mut skip = 0;
    // How many runs each step back has.
    let mut back = None;
    for _ in 0..RUN_PAGES {
        let request = schedules::runs(skip);
        let text = fetch_text(session, &request).await?;
        let page = request.decode(&text)?;
        let sent = page.sent();
        list.text.push_str(&text);
        if skip == 0 && back.is_none() && sent < page.total && rises(&page.resources) {
            back = Some(sent);
            skip = page.total - sent;
            continue;
        }
        // The first page, which the last step back reaches, has some of the page before.
        for run in page.resources {
            if list.runs.iter().all(|known| known.id != run.id) {
                list.runs.push(run);
            }
        }
        list.has_older = match back {
            Some(_) => skip > 0,
            None => sent > 0 && skip + sent < page.total,
        };
        skip = back.map_or(skip + sent, |step| skip.saturating_sub(step));
        if !list.has_older || wanted.iter().all(|schedule| list.of(schedule).next().is_some()) {
            break;
        }
    }
    // Whether the server honours `sort` here is not known.
    list.runs.sort_by_key(|run| std::cmp::Reverse(run.created));
    Ok(list)
}

/// Whether the last of `runs` is newer than the first.
fn rises(runs: &[Run]) -> bool {
    let created = |run: Option<&Run>| run.and_then(|run| run.created);
    created(runs.first()).is_some_and(|first| created(runs.last()).is_some_and(|last| first < last))
}

/// Asks for the runs once the schedules are known.
pub fn use_runs(list: QueryState<Arc<ScheduleList>>) -> QueryState<Arc<RunList>> {
    let session = expect_context::<Session>();
    let refresh = expect_context::<RefreshTrigger>();
    let poller = Poller::new(1);
    let ids = Memo::new(move |_| {
        list.answer.with(|list| {
            list.as_ref().map(|list| list.schedules.iter().map(|one| one.id.clone()).collect::<Vec<_>>())
        })
    });
    let query = use_query(
        poller,
        move || ids.get().map(|ids| (ids, refresh.count())),
        move |_, last: Option<Arc<RunList>>| async move {
            let schedules = list.answer.try_get_untracked().flatten();
            let wanted = schedules.map(|list| list.schedules.clone()).unwrap_or_default();
            let runs = read_runs(session, &wanted).await?;
            Ok(last.is_none_or(|last| last.text != runs.text).then(|| Arc::new(runs)))
        },
    );
    Effect::new(move |_| {
        let runs = query.answer.with(|list| {
            list.iter().flat_map(|list| &list.runs).any(|run| run.outcome() == RunOutcome::InProgress)
        });
        poller.set_need(0, Need::of(runs));
    });
    query
}

/// The newest jobs of some families.
#[derive(Clone, Default)]
pub struct FamilyJobs {
    /// Families whose jobs could not be read are left out.
    families: Vec<(&'static Family, Vec<Arc<Job>>)>,
    text: String,
}

impl FamilyJobs {
    /// The jobs of `family`; `None` where they were not read.
    pub fn get(&self, family: &Family) -> Option<&[Arc<Job>]> {
        self.families.iter().find(|(own, _)| *own == family).map(|(_, jobs)| jobs.as_slice())
    }

    fn is_running(&self) -> bool {
        self.families.iter().flat_map(|(_, jobs)| jobs).any(|job| job.outcome().is_running())
    }
}

/// Asks for the newest jobs of the families that are shown and have runs, again whenever there are new runs.
pub fn use_jobs(
    list: QueryState<Arc<ScheduleList>>,
    runs: QueryState<Arc<RunList>>,
    of: Option<&'static Family>,
) -> QueryState<Arc<FamilyJobs>> {
    let session = expect_context::<Session>();
    let capabilities = expect_context::<ServerCapabilities>();
    let latest = expect_context::<LatestJobs>();
    let refresh = expect_context::<RefreshTrigger>();
    let poller = Poller::new(1);
    let wanted = Memo::new(move |_| {
        let (list, runs) = (list.answer.get()?, runs.answer.get()?);
        let shown = latest.families();
        let mut families: Vec<&'static Family> = Vec::new();
        for schedule in list.of(of).filter(|schedule| runs.of(schedule).next().is_some()) {
            for family in schedule.families() {
                if shown.contains(&family) && !families.contains(&family) {
                    families.push(family);
                }
            }
        }
        let newest = runs.runs.first().map(|run| run.id.clone());
        Some((families, newest))
    });
    let query = use_query(
        poller,
        move || wanted.get().map(|wanted| (wanted, refresh.count())),
        move |((families, _), _), last: Option<Arc<FamilyJobs>>| async move {
            let mut found = FamilyJobs::default();
            for family in families {
                let question = Question::newest(family, None, "");
                let newest = sorted_jobs::newest(session, capabilities, &question, JOBS, |_| 0).await;
                // Without its jobs a run has the scheduler's own word, so a failure here is no failure of the view.
                if let Ok(newest) = newest {
                    found.text.push_str(&newest.text);
                    found.families.push((family, newest.jobs.into_iter().map(Arc::new).collect()));
                }
            }
            let is_same = last
                .is_some_and(|last| last.text == found.text && last.families.len() == found.families.len());
            Ok((!is_same).then(|| Arc::new(found)))
        },
    );
    Effect::new(move |_| {
        poller.set_need(
            0,
            Need::of(query.answer.with(|jobs| jobs.as_ref().is_some_and(|jobs| jobs.is_running()))),
        );
    });
    query
}

/// The nodes that the scheduler has named: in its schedules, and in the runs that they have processed. No request for
/// the nodes of a server is documented.
pub fn nodes() -> Memo<Vec<String>> {
    let list = use_schedules();
    let runs = use_runs(list);
    Memo::new(move |_| {
        let mut nodes: Vec<String> = Vec::new();
        let mut add = |node: &str| {
            if let Err(at) = nodes.binary_search_by(|known| known.as_str().cmp(node)) {
                nodes.insert(at, node.to_owned());
            }
        };
        list.answer.with(|list| list.iter().for_each(|list| list.nodes().for_each(&mut add)));
        runs.answer.with(|runs| runs.iter().for_each(|runs| runs.nodes().for_each(&mut add)));
        nodes
    })
}
