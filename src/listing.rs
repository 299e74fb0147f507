//! One page of one family's jobs: how it is asked for, what came, and in which order it stands.

use crate::api;
use crate::failure::Failure;
use crate::families::Family;
use crate::model::job::Job;
use crate::model::page::Page;
use crate::query;
use crate::reactive::*;
use crate::route::{Route, Sort};
use crate::session::Session;
use crate::text::Names;
use std::sync::Arc;

/// One job of a list, with a key that no other row of the list has.
#[derive(Clone)]
pub struct Row {
    pub key: String,
    pub family: &'static Family,
    pub job: Arc<Job>,
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && (Arc::ptr_eq(&self.job, &other.job) || self.job == other.job)
    }
}

/// Rows that can be found by their key.
#[derive(Clone, Default)]
pub struct Rows {
    rows: Vec<Row>,
    index: Names,
}

impl Rows {
    /// Makes keys unique: a second job of the same id, or one without, gets a key of its own.
    pub fn new(jobs: impl IntoIterator<Item = (&'static Family, Arc<Job>)>) -> Self {
        let mut rows = Self::default();
        for (family, job) in jobs {
            let mut key = [family.slug, "/", &job.id].concat();
            while !rows.index.insert(&key, rows.rows.len()) {
                key.push('\'');
            }
            rows.rows.push(Row { key, family, job });
        }
        rows
    }

    pub fn get(&self, key: &str) -> Option<&Row> {
        self.index.get(key).and_then(|at| self.rows.get(at))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

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
    pub order: Order,
    text: String,
}

impl Listing {
    fn new(family: &'static Family, route: &Route, page: Page<Job>, sorted: bool, text: String) -> Self {
        let count = page.resources.len() as u64;
        let limit = if page.limit == 0 { route.rows } else { page.limit.min(route.rows) };
        // A page shorter than it says, with more to come, tells the real size of a page.
        let more = page.skip + count < page.total;
        let limit = if more && count > 0 { limit.min(count) } else { limit };
        let order = Order::of(&page.resources, route.sort, sorted);
        let rows = Rows::new(page.resources.into_iter().map(|job| (family, Arc::new(job))));
        Self { rows, skip: page.skip, limit, total: page.total, order, text }
    }

    /// Whether the job `id` stands in it.
    pub fn has(&self, id: &str) -> bool {
        self.rows.iter().any(|row| row.job.id == id)
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

/// Loads the page of `family` that `route` names. `Ok(None)` where the answer is `last` again.
pub async fn load(
    session: Session,
    manners: Manners,
    family: &'static Family,
    mut route: Route,
    last: Option<Arc<Listing>>,
) -> Result<Option<Arc<Listing>>, Failure> {
    route.rows = manners.rows(route.rows);
    let (mut text, mut sorted) = manners.jobs(session, family, &query::list(family, &route)).await?;
    if last.is_some_and(|last| last.text == text) {
        return Ok(None);
    }
    let mut page: Page<Job> = api::read_jobs(family, &text)?;
    manners.note_limit(route.rows, page.limit);
    if route.page > 1 && manners.rows(route.rows) < route.rows {
        // The server gives fewer rows at once than were asked for, so this page of it begins elsewhere.
        route.rows = manners.rows(route.rows);
        (text, sorted) = manners.jobs(session, family, &query::list(family, &route)).await?;
        page = api::read_jobs(family, &text)?;
    }
    Ok(Some(Arc::new(Listing::new(family, &route, page, sorted, text))))
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
        Listing::new(&FAMILIES[0], &route, page, true, String::new())
    }

    fn jobs(number: usize) -> Vec<Value> {
        (0..number).map(|at| json!({"id": at.to_string()})).collect()
    }

    #[test]
    fn rows_of_one_id_have_keys_of_their_own() {
        let job = |id: &str| Arc::new(Job::of(json!({"id": id})));
        let rows = Rows::new(["a", "a", "", ""].map(|id| (&FAMILIES[0], job(id))));
        let keys: std::collections::HashSet<_> = rows.iter().map(|row| row.key.clone()).collect();
        assert_eq!(keys.len(), 4);
        assert!(keys.iter().all(|key| rows.get(key).is_some_and(|row| row.key == *key)));
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
