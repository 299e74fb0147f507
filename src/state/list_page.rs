//! One page of one family's jobs: its request, its rows, and the order of the rows.

use crate::api::failure::Failure;
use crate::api::{Request, jobs};
use crate::auth::Session;
use crate::config::config;
use crate::routing::route::Route;
use crate::state::capabilities::ServerCapabilities;
use crate::state::rows::Rows;
use crate::state::sorted_jobs::{self, Question, Read};
use cckm::family::Family;
use cckm::filter::Sort;
use cckm::job::Job;
use cckm::list_order::{Arrangement, Window};
use cckm::page::Page;
use std::sync::Arc;

pub struct Listing {
    pub rows: Rows,
    pub skip: u64,
    /// The maximum number of rows on a page, at most the number that was requested.
    pub limit: u64,
    pub total: u64,
    /// Whether `total` is the least that it can be, because the server does not say how long the list is.
    pub is_open: bool,
    /// How many of the page's items cannot be decoded. They have no row.
    pub unread: u64,
    pub arrangement: Arrangement,
    /// Whether jobs follow this page.
    pub more: bool,
    /// How many jobs are newer than this list and are held back until a person loads them. `skip` and `total` do not
    /// include them.
    pub shift: u64,
    /// The route that was requested.
    route: Route,
    text: String,
}

impl Listing {
    pub fn new(
        family: &'static Family,
        route: Route,
        Window { page, arrangement }: Window,
        shift: u64,
        text: String,
    ) -> Self {
        let (count, unread, is_open) = (page.sent(), page.unread, page.is_open);
        let limit = if page.limit == 0 { route.rows } else { page.limit.min(route.rows) };
        // Where more jobs follow a page that is shorter than its `limit`, the count of its jobs is the real page
        // size.
        let more = page.skip + count < page.total;
        let limit = if more && count > 0 { limit.min(count) } else { limit };
        let rows = Rows::new(page.resources.into_iter().map(|job| (family, Arc::new(job))));
        let (skip, total) = (page.skip.saturating_sub(shift), page.total.saturating_sub(shift));
        Self { rows, skip, limit, total, is_open, unread, arrangement, more, shift, route, text }
    }

    /// Whether the page contains the job `id`.
    pub fn has(&self, id: &str) -> bool {
        self.rows.iter().any(|row| row.job.id == id)
    }

    /// The rows, where they are the newest jobs of the family, without a filter; else `None`.
    pub fn newest(&self) -> Option<Vec<Arc<Job>>> {
        let first = Route {
            rows: self.route.rows,
            job: None,
            problems: Vec::new(),
            ..Route::new(self.route.view.clone())
        };
        (self.arrangement == Arrangement::Sorted && self.shift == 0 && self.route == first)
            .then(|| self.rows.iter().map(|row| row.job.clone()).collect())
    }

    /// Whether `route` shows a page of the same list, newest first.
    fn is_of(&self, route: &Route) -> bool {
        let newest_first = self.arrangement == Arrangement::Sorted && route.sort == Sort::NEWEST;
        newest_first && self.route == Route { page: self.route.page, ..route.clone() }
    }

    /// How many jobs have been added before the rows since this listing was loaded, beyond `shift`. `page` is the
    /// response that was requested with that shift.
    fn moved(&self, page: &Page<Job>, route: &Route, shift: u64) -> u64 {
        if !self.is_of(route) || self.rows.is_empty() {
            return 0;
        }
        let known = (self.route.page == route.page)
            .then(|| page.resources.iter().position(|job| self.has(&job.id)))
            .flatten();
        // Where the page shares no job with this listing, the growth of the list is the best estimate. Two pages of a
        // list of unknown length do not show that it has grown.
        let grown = if self.is_open { 0 } else { page.total.saturating_sub(shift + self.total) };
        known.map_or(grown, |before| before as u64)
    }

    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.limit.max(1)).max(1)
    }

    pub fn is_past_the_end(&self) -> bool {
        self.rows.is_empty() && self.total > 0 && self.skip > 0
    }
}

/// The first request that the view of `route` will send, where that view is a list.
pub fn first_request(route: &Route) -> Option<Request<Page<Job>>> {
    let family = route.family().filter(|family| config().shows(family.cloud))?;
    let (skip, limit) = (route.skip(), route.rows);
    Some(jobs::list(family, &Question::of(family, route).first(skip, limit), (skip, limit)))
}

/// How often a page is requested again because jobs were added in the meantime.
const TRIES: u32 = 3;

/// Loads the page of `family` that `route` shows. Returns `Ok(None)` where the response is equal to `last`. New jobs
/// do not displace the rows of `last`, unless `may_move` returns true.
pub async fn load(
    session: Session,
    known: ServerCapabilities,
    family: &'static Family,
    mut route: Route,
    last: Option<Arc<Listing>>,
    may_move: impl Fn() -> bool,
) -> Result<Option<Arc<Listing>>, Failure> {
    let last = last.as_deref();
    route.rows = known.rows(route.rows);
    let mut shift =
        last.filter(|last| last.shift > 0 && last.is_of(&route) && !may_move()).map_or(0, |last| last.shift);
    let mut tries = 0;
    loop {
        let same = last.filter(|last| last.shift == shift && last.route == route);
        let question = Question::of(family, &route);
        let window = (route.skip() + shift, route.rows);
        let text = same.map(|last| last.text.as_str());
        let Some(Read { window, text }) =
            sorted_jobs::read(session, known, &question, window, true, text).await?
        else {
            return Ok(None);
        };
        tries += 1;
        let given = known.rows(route.rows);
        if route.page > 1 && given < route.rows && window.page.limit < route.rows {
            // The server returns fewer rows at once than were requested, so this page begins at another job.
            route.rows = given;
            continue;
        }
        let moved = last.map_or(0, |last| last.moved(&window.page, &route, shift));
        // `may_move` comes last, because it forces a layout of what has just changed.
        if moved == 0 || tries > TRIES || may_move() {
            return Ok(Some(Arc::new(Listing::new(family, route, window, shift, text))));
        }
        shift += moved;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cckm::family::FAMILIES;
    use serde_json::{Value, json};

    fn listing(rows: u64, answer: Value) -> Listing {
        let route = Route { rows, ..Route::of(&FAMILIES[0]) };
        let page = Page::read(answer, (0, 0), Job::from_value).expect("a page");
        listed(route, page)
    }

    fn listed(route: Route, page: Page<Job>) -> Listing {
        let window = Window { page, arrangement: Arrangement::Sorted };
        Listing::new(&FAMILIES[0], route, window, 0, String::new())
    }

    fn jobs(number: usize) -> Vec<Value> {
        (0..number).map(|at| json!({"id": at.to_string()})).collect()
    }

    fn page(ids: &[&str], total: u64) -> Page<Job> {
        let resources: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
        Page::read(json!({"total": total, "resources": resources}), (0, 0), Job::from_value).expect("a page")
    }

    #[test]
    fn new_jobs_are_told_from_those_that_are_shown() {
        let route = |page, rows| Route { page, rows, ..Route::of(&FAMILIES[0]) };
        let shown = listed(route(2, 3), page(&["d", "e", "f"], 9));
        let moved =
            |ids: &[&str], total, requested: &Route, shift| shown.moved(&page(ids, total), requested, shift);
        assert_eq!(moved(&["b", "c", "d"], 11, &route(2, 3), 0), 2, "two have come in before them");
        assert_eq!(moved(&["d", "e", "f"], 11, &route(2, 3), 2), 0, "and it was asked for with them");
        assert_eq!(moved(&["x", "y", "z"], 19, &route(2, 3), 2), 8, "more than a page");
        assert_eq!(moved(&["d", "f", "g"], 8, &route(2, 3), 0), 0, "one has gone");
        assert_eq!(
            moved(&["f", "g", "h"], 10, &route(3, 3), 0),
            1,
            "the next page begins with one that was seen"
        );
        assert_eq!(moved(&["a", "b"], 12, &route(1, 2), 0), 0, "another list");
        assert_eq!(
            moved(&["d"], 12, &Route { status: Some(cckm::filter::Status::Failed), ..route(2, 3) }, 0),
            0
        );
    }

    #[test]
    fn the_page_size_is_the_answers() {
        let capped = listing(250, json!({"skip": 0, "limit": 100, "total": 237, "resources": jobs(100)}));
        assert_eq!((capped.limit, capped.pages()), (100, 3));
        let uncapped = listing(250, json!({"skip": 0, "total": 237, "resources": jobs(50)}));
        assert_eq!((uncapped.limit, uncapped.pages()), (50, 5));
        let last = listing(100, json!({"skip": 200, "limit": 100, "total": 237, "resources": jobs(37)}));
        assert_eq!((last.limit, last.pages()), (100, 3));
        assert!(!last.is_past_the_end());
    }

    #[test]
    fn an_empty_page_is_past_the_end_only_where_there_are_jobs() {
        assert!(
            listing(10, json!({"skip": 90, "limit": 10, "total": 37, "resources": []})).is_past_the_end()
        );
        assert!(!listing(10, json!({"skip": 0, "limit": 10, "total": 0, "resources": []})).is_past_the_end());
    }
}
