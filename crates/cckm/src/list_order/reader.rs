//! The state machine that reads one window of a list: it returns the next request, takes the response, and determines
//! the order of the list from it. It sends nothing.

mod whole;

use super::listed::{Listed, Plan};
use super::request::{Arrangement, CachedList, PageRequest, Step, Window, WindowRequest, mirrored};
use super::trend::{Edge, Trend, created};
use crate::job::Job;
use crate::page::Page;
use crate::time::Stamp;

/// The page size for reading a whole list.
const MAX_PAGE: u64 = 1000;

/// The page size for finding the order at an end of the list: more than one job, because some may have no time.
const END: u64 = 10;

/// How many additional jobs are requested at the end of the list, for jobs that were created in the meantime.
const SLACK: u64 = 10;

/// How many attempts are made on a list that changes while it is read.
const TRIES: u32 = 5;

#[derive(Debug)]
enum Phase {
    /// Requests the window; with `true` it is accepted in any order.
    Page(bool),
    /// The window does not reveal its order, so both ends are requested; holds the times at the start once they are
    /// known.
    Ends(Page<Job>, Option<Vec<Option<Stamp>>>),
    Mirror,
    Whole(Vec<Job>, u64),
    Done(Option<Window>),
}

/// Reads one window of a list.
#[derive(Debug)]
pub struct Reader {
    wanted: WindowRequest,
    listed: Listed,
    cap: Option<u64>,
    total: Option<u64>,
    edge: Option<Edge>,
    phase: Phase,
    tries: u32,
    unread: u64,
    /// Whether the last part of a whole list left open how long the list is.
    is_open: bool,
    cached: Option<CachedList>,
}

impl Reader {
    /// `cap` is the server's largest page size, `total` the last known length of the list, and `edge` the last page
    /// of the same list, each where it is known.
    pub fn new(
        listed: Listed,
        cap: Option<u64>,
        total: Option<u64>,
        edge: Option<Edge>,
        wanted: WindowRequest,
    ) -> Self {
        let mut reader = Self {
            wanted,
            listed,
            cap,
            total,
            edge,
            phase: Phase::Page(false),
            tries: 0,
            unread: 0,
            is_open: false,
            cached: None,
        };
        reader.plan();
        reader
    }

    /// The order of the list, as far as it is known so far.
    pub fn listed(&self) -> Listed {
        self.listed
    }

    /// The server's largest page size, where it is known so far.
    pub fn cap(&self) -> Option<u64> {
        self.cap
    }

    /// The length of the list, where it is known so far.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// The ends of the last page, for reading the pages beside it.
    pub fn edge(&self) -> Option<Edge> {
        self.edge
    }

    /// How many jobs were read and how many will be, while a whole list is read.
    pub fn progress(&self) -> Option<(u64, u64)> {
        match (&self.phase, self.total) {
            (Phase::Whole(_, read), Some(total)) => Some((*read, total.min(self.wanted.bound))),
            _ => None,
        }
    }

    /// The next request, or the result.
    pub fn step(&mut self) -> Step {
        let sorted = self.listed.sends_sort();
        let request = |skip, limit| Step::Request(PageRequest { skip, limit, sorted, begins_whole: false });
        match &mut self.phase {
            Phase::Done(window) => Step::Done(
                window
                    .take()
                    .unwrap_or_else(|| Window { page: Page::default(), arrangement: Arrangement::Sorted }),
            ),
            Phase::Page(_) => request(self.wanted.skip, self.limit()),
            Phase::Ends(_, None) => request(0, END),
            Phase::Ends(page, Some(_)) => request(page.total.saturating_sub(END), END),
            Phase::Mirror => match self.total {
                None => request(0, 1),
                Some(total) => {
                    let (start, count) = mirrored(total, self.wanted.skip, self.limit());
                    // Jobs created in the meantime stand at the end of the list.
                    let room = if self.wanted.skip == 0 { SLACK } else { 0 };
                    let count = (count + room).min(self.cap.unwrap_or(u64::MAX)).max(1);
                    request(start, count)
                }
            },
            Phase::Whole(_, read) => {
                let most = self.wanted.bound.saturating_sub(*read).clamp(1, MAX_PAGE);
                let limit = most.min(self.cap.unwrap_or(MAX_PAGE));
                Step::Request(PageRequest { skip: *read, limit, sorted: false, begins_whole: *read == 0 })
            }
        }
    }

    /// Reports that the server refused `sort`.
    pub fn refused(&mut self) {
        self.listed = Listed::Unsorted;
        self.plan();
    }

    /// Takes the response to the request that [`Reader::step`] returned, whose page size was `limit`.
    pub fn answer(&mut self, limit: u64, page: Page<Job>) {
        if page.limit > 0 && page.limit < limit {
            self.cap = Some(page.limit);
        }
        match std::mem::replace(&mut self.phase, Phase::Done(None)) {
            Phase::Page(any) => self.take_page(page, any),
            Phase::Ends(window, first) => self.take_end(window, first, &page),
            Phase::Mirror => self.take_mirrored(page),
            Phase::Whole(jobs, read) => self.take_part(jobs, read, page),
            done @ Phase::Done(_) => self.phase = done,
        }
    }

    /// Returns the list that was read in order to sort it, where it is large enough to be worth keeping.
    pub fn take_cached(&mut self) -> Option<CachedList> {
        self.cached.take()
    }

    /// Whether `cached` holds as many jobs as this reader would read.
    pub fn is_served_by(&self, cached: &CachedList) -> bool {
        cached.read >= cached.total.min(self.wanted.bound)
    }

    /// Finishes with a list that was read before.
    pub fn take_read_before(&mut self, cached: CachedList) {
        self.total = Some(cached.total);
        self.unread = cached.unread;
        // Reading it again would return the same.
        self.tries = TRIES;
        if cached.read >= cached.total {
            self.finish_whole(cached.jobs);
        } else {
            self.finish_sample(cached.jobs);
        }
    }

    /// Stops reading a whole list, and finishes with the jobs that were read.
    pub fn stop(&mut self) {
        // From here on the list counts as too long to be read as a whole.
        self.wanted.bound = 0;
        match std::mem::replace(&mut self.phase, Phase::Done(None)) {
            Phase::Whole(..) if self.wanted.takes_own_order => self.plan(),
            Phase::Whole(jobs, _) => self.finish_sample(jobs),
            phase => self.phase = phase,
        }
    }

    fn limit(&self) -> u64 {
        self.wanted.limit.min(self.cap.unwrap_or(u64::MAX)).max(1)
    }

    fn plan(&mut self) {
        let beyond = self.total.is_some_and(|total| total > self.wanted.bound);
        self.phase = match self.listed.plan(self.wanted.sort) {
            Plan::Page => Phase::Page(false),
            Plan::Mirror => Phase::Mirror,
            // The first page has the total, which decides whether the list is within the bound.
            Plan::Whole if self.wanted.takes_own_order && (beyond || self.total.is_none()) => {
                Phase::Page(true)
            }
            Plan::Whole => {
                self.unread = 0;
                Phase::Whole(Vec::new(), 0)
            }
        };
    }

    fn learn(&mut self, listed: Listed) {
        self.listed = listed;
        self.edge = None;
        self.tries += 1;
        self.plan();
    }

    fn done(&mut self, page: Page<Job>, arrangement: Arrangement) {
        self.phase = Phase::Done(Some(Window { page, arrangement }));
    }

    fn take_page(&mut self, mut page: Page<Job>, any: bool) {
        // Where the length is not known, an earlier page may have shown more of it.
        let least = self.total.filter(|_| page.is_open).unwrap_or(0);
        self.total = Some(page.total.max(least));
        if self.wanted.skip == 0 && page.skip == 0 && page.sent() >= page.total {
            // The page is the whole list, so the server's order does not matter.
            self.wanted.sort.arrange(&mut page.resources);
            return self.done(page, Arrangement::Sorted);
        }
        if any {
            if page.total.max(least) <= self.wanted.bound {
                return self.plan();
            }
            return self.done(page, Arrangement::Own);
        }
        let sort = self.wanted.sort;
        let trend = Trend::of(page.resources.iter().map(|job| sort.time(job)));
        let (with, against) = trend.steps(sort.descending);
        if self.tries > TRIES {
            // The responses contradict every order that was assumed.
            return self.learn(Listed::Unordered);
        }
        let edge = Edge::of(&page, sort);
        let is_refuted = self.edge.zip(edge).is_some_and(|(known, now)| known.denies(now));
        if is_refuted || (with > 0 && against > 0) {
            return self.learn(if sort.is_by_creation() || is_refuted {
                Listed::Unordered
            } else {
                Self::natural(&page)
            });
        }
        let honours_sort = self.listed.sends_sort() || sort.is_by_creation();
        let sure = matches!(self.listed, Listed::Sorted | Listed::Newest | Listed::Oldest);
        if honours_sort && against == 0 && (sure || with >= Trend::ENOUGH) {
            return self.confirm(page, edge);
        }
        let natural = Trend::of(created(&page));
        if natural.is_strong() && !(honours_sort && against == 0) {
            let listed = Self::natural(&page);
            return self.learn(listed);
        }
        if page.total <= 2 * END {
            // The order of so few jobs may change with the next one. Reading all of them takes no more than reading
            // both ends.
            self.unread = 0;
            self.phase = Phase::Whole(Vec::new(), 0);
            return;
        }
        if page.is_open {
            // Nobody knows where its other end is.
            return self.learn(Listed::Unordered);
        }
        let first = (page.skip == 0).then(|| created(&page));
        self.phase = Phase::Ends(page, first);
    }

    /// Finishes with `page`, which is in the requested order.
    fn confirm(&mut self, page: Page<Job>, edge: Option<Edge>) {
        self.edge = edge;
        self.listed = match self.listed {
            Listed::Unknown => Listed::Sorted,
            Listed::Unsorted if self.wanted.sort.descending => Listed::Newest,
            Listed::Unsorted => Listed::Oldest,
            known => known,
        };
        self.done(page, Arrangement::Sorted);
    }

    /// The server's own order, by the times of creation in one page.
    fn natural(page: &Page<Job>) -> Listed {
        match Trend::of(created(page)).steps(true) {
            (_, 0) => Listed::Newest,
            (0, _) => Listed::Oldest,
            _ => Listed::Unordered,
        }
    }

    fn take_end(&mut self, window: Page<Job>, first: Option<Vec<Option<Stamp>>>, end: &Page<Job>) {
        let Some(mut ends) = first else {
            self.phase = Phase::Ends(window, Some(created(end)));
            return;
        };
        ends.extend(created(end));
        let sort = self.wanted.sort;
        // The steps of both ends and of the page together.
        let (ends, page) = (Trend::of(ends).steps(true), Trend::of(created(&window)).steps(true));
        let own = match (ends.0 + page.0, ends.1 + page.1) {
            (0, 0) => None,
            (_, 0) => Some(Listed::Newest),
            (0, _) => Some(Listed::Oldest),
            _ => Some(Listed::Unordered),
        };
        let as_requested = match own {
            // All jobs have the same time or none, so any order is correct.
            None => true,
            Some(Listed::Newest) => sort.is_by_creation() && sort.descending,
            Some(Listed::Oldest) => sort.is_by_creation() && !sort.descending,
            _ => false,
        };
        let by_change = !sort.is_by_creation() && self.listed.sends_sort() && {
            let (_, against) =
                Trend::of(window.resources.iter().map(|job| sort.time(job))).steps(sort.descending);
            against == 0
        };
        if as_requested || by_change {
            let edge = Edge::of(&window, sort);
            return self.confirm(window, edge);
        }
        self.learn(own.unwrap_or(Listed::Unordered));
    }

    fn take_mirrored(&mut self, mut page: Page<Job>) {
        let known = self.total.replace(page.total);
        self.tries += 1;
        let (against, _) = Trend::of(created(&page)).steps(self.listed == Listed::Oldest);
        if against > 0 {
            return self.learn(Self::natural(&page));
        }
        if page.is_open {
            // Nobody knows where the other end is.
            return self.learn(Listed::Unordered);
        }
        let (start, count) = mirrored(page.total, self.wanted.skip, self.limit());
        if count == 0 {
            let (skip, limit, total) = (self.wanted.skip, self.limit(), page.total);
            return self.done(Page { skip, limit, total, ..Page::default() }, Arrangement::Sorted);
        }
        // A response may lack `skip`.
        let first = known.map_or(0, |total| mirrored(total, self.wanted.skip, self.limit()).0);
        let at = if page.skip == 0 { first } else { page.skip };
        let covered = at <= start && start + count <= at + page.sent();
        if !covered && (known.is_none() || self.tries <= TRIES) {
            self.phase = Phase::Mirror;
            return;
        }
        let before = start.saturating_sub(at) as usize;
        let mut jobs: Vec<Job> = page.resources.drain(..).skip(before).take(count as usize).collect();
        jobs.reverse();
        page.resources = jobs;
        (page.skip, page.limit) = (self.wanted.skip, self.limit());
        self.done(page, Arrangement::Sorted);
    }
}
