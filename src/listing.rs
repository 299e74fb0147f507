//! One page of one family's jobs: how it is asked for, what came, and in which order it stands.

use crate::ahead;
use crate::api;
use crate::config::config;
use crate::failure::Failure;
use crate::families::Family;
use crate::model::job::Job;
use crate::model::page::Page;
use crate::query;
use crate::reactive::*;
use crate::route::{Route, Sort};
use crate::rows::Rows;
use crate::session::Session;
use std::sync::Arc;

/// In which order the server lists its jobs, as far as its answers tell.
#[derive(Clone, Copy, PartialEq)]
pub enum Order {
    /// As asked.
    Asked,
    /// The server refuses to sort: its own order.
    Refused,
    /// The server took the wish to sort and answered in another order.
    Ignored,
}

impl Order {
    pub fn of(jobs: &[Job], sort: Sort, sorted: bool) -> Self {
        let in_order = jobs.windows(2).all(|pair| sort.in_order(&pair[0], &pair[1]));
        match (sorted, in_order) {
            (false, _) => Self::Refused,
            (true, true) => Self::Asked,
            (true, false) => Self::Ignored,
        }
    }
}

pub struct Listing {
    pub rows: Rows,
    pub skip: u64,
    /// How many rows a page of this answer holds at most: never more than was asked for.
    pub limit: u64,
    pub total: u64,
    /// How many of the page's items cannot be read. They have no row.
    pub unread: u64,
    pub order: Order,
    /// How many jobs are newer than this list, which waits for a person to ask for them. `skip` and `total` are without.
    pub shift: u64,
    /// What was asked.
    route: Route,
    text: String,
}

impl Listing {
    fn new(
        family: &'static Family,
        route: Route,
        page: Page<Job>,
        sorted: bool,
        shift: u64,
        text: String,
    ) -> Self {
        let (count, unread) = (page.sent(), page.unread);
        let limit = if page.limit == 0 { route.rows } else { page.limit.min(route.rows) };
        // A page shorter than it says, with more to come, tells the real size of a page.
        let more = page.skip + count < page.total;
        let limit = if more && count > 0 { limit.min(count) } else { limit };
        let order = Order::of(&page.resources, route.sort, sorted);
        let rows = Rows::new(page.resources.into_iter().map(|job| (family, Arc::new(job))));
        let (skip, total) = (page.skip.saturating_sub(shift), page.total.saturating_sub(shift));
        Self { rows, skip, limit, total, unread, order, shift, route, text }
    }

    /// Whether the job `id` stands in it.
    pub fn has(&self, id: &str) -> bool {
        self.rows.iter().any(|row| row.job.id == id)
    }

    /// The newest jobs of all, where this is their list.
    pub fn newest(&self) -> Option<Vec<Arc<Job>>> {
        let first = Route {
            rows: self.route.rows,
            job: None,
            problems: Vec::new(),
            ..Route::new(self.route.view.clone())
        };
        (self.order == Order::Asked && self.shift == 0 && self.route == first)
            .then(|| self.rows.iter().map(|row| row.job.clone()).collect())
    }

    /// Whether `route` asks for a page of the same list, newest first.
    fn is_of(&self, route: &Route) -> bool {
        let newest_first = self.order == Order::Asked && route.sort == Sort::NEWEST;
        newest_first && self.route == Route { page: self.route.page, ..route.clone() }
    }

    /// How many more jobs than `shift` have come in, by `page`, which was asked for with it.
    fn moved(&self, page: &Page<Job>, route: &Route, shift: u64) -> u64 {
        if !self.is_of(route) || self.rows.is_empty() {
            return 0;
        }
        let known = (self.route.page == route.page)
            .then(|| page.resources.iter().position(|job| self.has(&job.id)))
            .flatten();
        // Where nothing is known of the page, the whole list tells by how much it has grown.
        known.map_or(page.total.saturating_sub(shift + self.total), |before| before as u64)
    }

    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.limit.max(1)).max(1)
    }

    pub fn is_past_the_end(&self) -> bool {
        self.rows.is_empty() && self.total > 0 && self.skip > 0
    }
}

/// What the panel has learned of how a server lists. Forgotten at sign-out.
#[derive(Clone, Copy)]
pub struct Manners {
    /// The families that refuse to sort.
    unsorted: StoredValue<Vec<&'static str>>,
    /// How many rows the server gives at once, where that is fewer than were asked for.
    cap: StoredValue<Option<u64>>,
}

impl Default for Manners {
    fn default() -> Self {
        Self { unsorted: StoredValue::new(Vec::new()), cap: StoredValue::new(None) }
    }
}

impl Manners {
    /// The number of rows to ask for, of the `wanted`.
    pub fn rows(self, wanted: u64) -> u64 {
        self.cap.get_value().map_or(wanted, |cap| wanted.min(cap))
    }

    /// Takes note of the `limit` of an answer to a question for `asked` rows.
    pub fn note_limit(self, asked: u64, limit: u64) {
        if limit > 0 && limit < asked {
            self.cap.set_value(Some(limit));
        }
    }

    /// Sends `pairs`; where the server refuses to sort, asks again without, and remembers it.
    /// The answer's text, and whether it was asked to be sorted.
    pub async fn jobs(
        self,
        session: Session,
        family: &'static Family,
        pairs: &[(String, String)],
    ) -> Result<(String, bool), Failure> {
        let unsorted = query::without_sort(pairs);
        if self.unsorted.with_value(|slugs| slugs.contains(&family.slug)) {
            return Ok((api::jobs(session, family, &unsorted).await?, false));
        }
        match api::jobs(session, family, pairs).await {
            Ok(text) => Ok((text, true)),
            Err(failure) if failure.status() == Some(400) => {
                // The sort may be what it refuses. If it refuses the rest too, its first words are the ones to show.
                let text = api::jobs(session, family, &unsorted).await.map_err(|_| failure)?;
                self.unsorted.update_value(|slugs| slugs.push(family.slug));
                Ok((text, false))
            }
            Err(failure) => Err(failure),
        }
    }
}

/// Asks for the page that `route` names before its view is there, where it names one of a list.
pub fn ahead(session: Session, route: &Route) {
    match route.family().filter(|family| config().shows(family.cloud)) {
        Some(family) => api::jobs_ahead(session, family, &query::list(family, route, 0)),
        None => ahead::forget(),
    }
}

/// How often a page is asked for again because new jobs have come in meanwhile.
const TRIES: u32 = 3;

/// Loads the page of `family` that `route` names. `Ok(None)` where the answer is `last` again. New jobs do not push away
/// what the same list showed last, unless `may_move` says that nobody minds.
pub async fn load(
    session: Session,
    manners: Manners,
    family: &'static Family,
    mut route: Route,
    last: Option<Arc<Listing>>,
    may_move: impl Fn() -> bool,
) -> Result<Option<Arc<Listing>>, Failure> {
    let last = last.as_deref();
    route.rows = manners.rows(route.rows);
    let mut shift =
        last.filter(|last| last.shift > 0 && last.is_of(&route) && !may_move()).map_or(0, |last| last.shift);
    let mut tries = 0;
    loop {
        let (text, sorted) = manners.jobs(session, family, &query::list(family, &route, shift)).await?;
        if last.is_some_and(|last| last.shift == shift && last.text == text) {
            return Ok(None);
        }
        let page: Page<Job> = api::read_jobs(family, &text)?;
        manners.note_limit(route.rows, page.limit);
        tries += 1;
        if route.page > 1 && manners.rows(route.rows) < route.rows {
            // The server gives fewer rows at once than were asked for, so this page of it begins elsewhere.
            route.rows = manners.rows(route.rows);
            continue;
        }
        let moved = last.map_or(0, |last| last.moved(&page, &route, shift));
        // Asked last: it makes the browser lay out what has just changed.
        if moved == 0 || tries > TRIES || may_move() {
            return Ok(Some(Arc::new(Listing::new(family, route, page, sorted, shift, text))));
        }
        shift += moved;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::FAMILIES;
    use crate::model::{FromJson, Json};
    use serde_json::{Value, json};

    fn listing(rows: u64, answer: Value) -> Listing {
        let route = Route { rows, ..Route::of(&FAMILIES[0]) };
        let page = Page::from_json(Json::of(answer)).expect("a page");
        Listing::new(&FAMILIES[0], route, page, true, 0, String::new())
    }

    fn jobs(number: usize) -> Vec<Value> {
        (0..number).map(|at| json!({"id": at.to_string()})).collect()
    }

    fn page(ids: &[&str], total: u64) -> Page<Job> {
        let resources: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
        Page::from_json(Json::of(json!({"total": total, "resources": resources}))).expect("a page")
    }

    #[test]
    fn new_jobs_are_told_from_those_that_are_shown() {
        let route = |page, rows| Route { page, rows, ..Route::of(&FAMILIES[0]) };
        let shown =
            Listing::new(&FAMILIES[0], route(2, 3), page(&["d", "e", "f"], 9), true, 0, String::new());
        let moved = |ids: &[&str], total, asked: &Route, shift| shown.moved(&page(ids, total), asked, shift);
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
            moved(&["d"], 12, &Route { status: Some(crate::route::Status::Failed), ..route(2, 3) }, 0),
            0
        );
    }

    #[test]
    fn the_page_size_is_the_answers() {
        let said = listing(250, json!({"skip": 0, "limit": 100, "total": 237, "resources": jobs(100)}));
        assert_eq!((said.limit, said.pages()), (100, 3));
        let unsaid = listing(250, json!({"skip": 0, "total": 237, "resources": jobs(50)}));
        assert_eq!((unsaid.limit, unsaid.pages()), (50, 5));
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

    #[test]
    fn an_order_that_was_asked_for_is_looked_at() {
        let job = |day: u32| Job::of(json!({"id": "j", "createdAt": format!("2026-03-{day:02}T00:00:00Z")}));
        let jobs = |days: [u32; 3]| days.map(job);
        assert!(Order::of(&jobs([3, 2, 2]), Sort::NEWEST, true) == Order::Asked);
        assert!(Order::of(&jobs([3, 1, 2]), Sort::NEWEST, true) == Order::Ignored);
        assert!(Order::of(&jobs([3, 2, 1]), Sort::NEWEST, false) == Order::Refused);
        assert!(
            Order::of(&jobs([1, 2, 3]), Sort { descending: false, ..Sort::NEWEST }, true) == Order::Asked
        );
    }
}
