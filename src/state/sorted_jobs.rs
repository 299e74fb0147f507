//! Reads a family's jobs in the requested order, whatever order the server lists them in. Every view that shows the
//! newest, the last or the previous jobs, or a numbered page, reads them through this module.
//!
//! Sends the requests that a [`Reader`] plans, and stores in the panel's
//! [`ServerCapabilities`] what the reader has learned about the server.

use crate::api::failure::Failure;
use crate::api::jobs;
use crate::auth::Session;
use crate::config::config;
use crate::query::fetch;
use crate::query::fetch::fetch_list_text;
use crate::routing::route::Route;
use crate::state::capabilities::{ReadList, ServerCapabilities};
use cckm::family::Family;
use cckm::filter::{Sort, Status};
use cckm::job::Job;
use cckm::list_order::{Arrangement, PageRequest, Reader, Step, Window, WindowRequest};
use cckm::list_query::{self, Query};
use cckm::page::Page;
use std::collections::HashSet;
use std::sync::Arc;

/// How many jobs of a cached list that have not ended are requested one by one. A list with more of them is read again.
const RUNNING: usize = 10;

/// How many jobs are read at most after a person has stopped the reading of a whole list.
const STOPPED: u64 = 100;

/// A query of a family's jobs: the filter, and the sort order.
#[derive(Clone)]
pub struct Question {
    pub family: &'static Family,
    filter: Query,
    sort: Sort,
}

impl Question {
    /// The query of the list that `route` shows.
    pub fn of(family: &'static Family, route: &Route) -> Self {
        Self {
            family,
            filter: list_query::filter(family, route.status, &route.id, &route.containers),
            sort: route.sort,
        }
    }

    /// A query for the newest jobs.
    pub fn newest(family: &'static Family, status: Option<Status>, id: &str) -> Self {
        Self { family, filter: list_query::filter(family, status, id, &[]), sort: Sort::NEWEST }
    }

    /// The key of this list in [`ServerCapabilities`]: its sort order and its filter.
    fn key(&self) -> String {
        [&self.sort.api(), "&", &list_query::encode(&self.filter)].concat()
    }

    /// The first request for the window of `limit` jobs after `skip`, to a server about which nothing is known yet.
    pub fn first(&self, skip: u64, limit: u64) -> Query {
        self.pairs(PageRequest { skip, limit, sorted: true, begins_whole: false })
    }

    /// The request for the window of `limit` jobs after `skip`, as another program would send it: without `sort` where
    /// the server is known not to sort.
    pub fn plain(&self, known: ServerCapabilities, skip: u64, limit: u64) -> Query {
        let sorted = known.known(self.family, &self.key()).0.sends_sort();
        self.pairs(PageRequest { skip, limit, sorted, begins_whole: false })
    }

    /// Whether a window takes reading the whole list, by what is known of the server.
    pub fn is_read_whole(&self, known: ServerCapabilities) -> bool {
        known.known(self.family, &self.key()).0.is_read_whole(self.sort)
    }

    /// Sorts `jobs` in the order of this query.
    pub fn arrange(&self, jobs: &mut [Job]) {
        self.sort.arrange(jobs);
    }

    fn pairs(&self, page_request: PageRequest) -> Query {
        list_query::window(
            page_request.skip,
            page_request.limit,
            page_request.sorted.then_some(self.sort),
            &self.filter,
        )
    }
}

/// A window of a list.
pub struct Read {
    pub window: Window,
    /// The concatenated texts of the responses that the window was read from.
    pub text: String,
}

/// Shows the progress of reading a whole list, and ends that display when it is dropped, also where the reading
/// fails.
struct Mention(ServerCapabilities, &'static Family);

impl Drop for Mention {
    fn drop(&mut self) {
        self.0.reads(self.1, None);
    }
}

/// Reads the window of `limit` jobs after `skip`. Returns `Ok(None)` where the responses are equal to `last`.
///
/// Where there are too many jobs to sort them here, the window is a page in the server's own order with
/// `takes_own_order`, and a sorted sample of the jobs without.
pub async fn read(
    session: Session,
    known: ServerCapabilities,
    question: &Question,
    (skip, limit): (u64, u64),
    takes_own_order: bool,
    last: Option<&str>,
) -> Result<Option<Read>, Failure> {
    let (family, key) = (question.family, question.key());
    // After a person has stopped the reading, no more jobs are read than one request returns.
    let bound = if known.is_stopped(family) { limit.max(STOPPED) } else { config().sorted_jobs };
    let wanted_window = WindowRequest { sort: question.sort, skip, limit, bound, takes_own_order };
    let (listed, total, edge) = known.known(family, &key);
    let mut reader = Reader::new(listed, known.cap(), total, edge, wanted_window);
    let (mut text, mut refusal, mut mention) = (String::new(), None, None);
    loop {
        let page_request = match reader.step() {
            Step::Request(page_request) => page_request,
            Step::Done(window) => {
                known.learn(family, &key, &reader);
                if let Some(cached) = reader.take_cached() {
                    let newly = ReadList { cached, text: text.clone(), changes: 0 };
                    known.keep(family, &key, Some(Arc::new(newly)));
                }
                return Ok((last != Some(&text)).then_some(Read { window, text }));
            }
        };
        if page_request.begins_whole
            && let Some(list) = known.read_list(family, &key)
            && reader.is_served_by(&list.cached)
        {
            if let Some(list) = still_good(session, question, list).await? {
                text = format!("{}\n{}", list.text, list.changes);
                reader.take_read_before(list.cached.clone());
                known.keep(family, &key, Some(list));
                continue;
            }
            known.keep(family, &key, None);
        }
        let asked = (page_request.skip, page_request.limit);
        let request = jobs::list(family, &question.pairs(page_request), asked);
        let answer = match fetch_list_text(session, &request).await {
            Ok(answer) => answer,
            // The server may have refused only the sort order. If it refuses the request without one too, its first
            // message is the one to show.
            Err(failure) if failure.status() == Some(400) && page_request.sorted => {
                refusal = Some(failure);
                reader.refused();
                continue;
            }
            Err(failure) => return Err(refusal.unwrap_or(failure)),
        };
        // An unchanged response is not decoded again. A list that is read whole is excluded: `last` is then the text
        // of several responses.
        if text.is_empty() && !page_request.begins_whole && last == Some(&answer) {
            return Ok(None);
        }
        let page = request.decode(&answer)?;
        text.push_str(&answer);
        reader.answer(page_request.limit, page);
        if let Some(progress) = reader.progress() {
            mention.get_or_insert_with(|| Mention(known, family));
            if known.reads(family, Some(progress)) {
                reader.stop();
            }
        }
    }
}

/// Returns `list` with the jobs that have not ended brought up to date; `None` where its total, its first or its last job
/// has changed, or where too many of its jobs have not ended or one of them cannot be read on its own.
async fn still_good(
    session: Session,
    question: &Question,
    mut list: Arc<ReadList>,
) -> Result<Option<Arc<ReadList>>, Failure> {
    let (family, cached) = (question.family, &list.cached);
    for (skip, id) in [(0, &cached.ends.0), (cached.read.saturating_sub(1), &cached.ends.1)] {
        let pairs = question.pairs(PageRequest { skip, limit: 1, sorted: false, begins_whole: false });
        let request = jobs::list(family, &pairs, (skip, 1));
        let page: Page<Job> = request.decode(&fetch_list_text(session, &request).await?)?;
        if page.total != cached.total || page.resources.first().is_none_or(|job| job.id != *id) {
            return Ok(None);
        }
    }
    let running = cached.jobs.iter().enumerate().filter(|(_, job)| !job.ended());
    let running: Vec<(usize, Job)> = running.map(|(at, job)| (at, job.clone())).collect();
    if running.len() > RUNNING {
        return Ok(None);
    }
    for (at, job) in running {
        if job.id.is_empty() {
            return Ok(None);
        }
        let Ok(now) = fetch(session, jobs::job(family, &job.id)).await else { return Ok(None) };
        if now != job {
            let list = Arc::make_mut(&mut list);
            list.changes += 1;
            if let Some(job) = list.cached.jobs.get_mut(at) {
                *job = now;
            }
        }
    }
    Ok(Some(list))
}

/// The newest jobs of a family, as [`newest`] returns them.
pub struct Newest {
    pub jobs: Vec<Job>,
    pub total: u64,
    /// Whether the list was read to its end.
    pub whole: bool,
    pub unread: u64,
    pub arrangement: Arrangement,
    pub text: String,
}

/// The newest `wanted` jobs, page by page where the server returns fewer rows at once. `more` returns, for the jobs
/// of the first page, how many jobs are needed beyond `wanted`. Where the server lists jobs in no order and there are
/// too many to sort them, returns all that were read.
pub async fn newest(
    session: Session,
    known: ServerCapabilities,
    question: &Question,
    mut wanted: u64,
    more: impl Fn(&[Job]) -> u64,
) -> Result<Newest, Failure> {
    let mut found = Newest {
        jobs: Vec::new(),
        total: 0,
        whole: false,
        unread: 0,
        arrangement: Arrangement::Sorted,
        text: String::new(),
    };
    let (mut seen, mut skip) = (HashSet::new(), 0);
    loop {
        let limit = wanted.saturating_sub(found.jobs.len() as u64);
        let Some(read) = read(session, known, question, (skip, limit), false, None).await? else { break };
        let (page, arrangement) = (read.window.page, read.window.arrangement);
        let sent = page.sent();
        (found.total, found.arrangement) = (page.total, arrangement);
        found.text.push_str(&read.text);
        found.unread += page.unread;
        if skip == 0 {
            wanted += more(&page.resources);
        }
        // New jobs that were created between two responses shift jobs of the first page into the second.
        let before = found.jobs.len();
        found.jobs.extend(
            page.resources.into_iter().filter(|job| job.id.is_empty() || seen.insert(job.id.clone())),
        );
        skip += sent;
        // A server that does not say how long its list is may also return the same page again and again.
        let enough = found.jobs.len() as u64 >= wanted || (page.is_open && found.jobs.len() == before);
        let is_sorted = arrangement == Arrangement::Sorted;
        found.whole = is_sorted && (sent == 0 || skip >= page.total);
        if found.whole || enough || !is_sorted {
            break;
        }
    }
    Ok(found)
}
