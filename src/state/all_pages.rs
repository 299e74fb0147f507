//! All pages of a family's list, read one request after the other, from where an earlier attempt has ended.

use crate::api::failure::Failure;
use crate::auth::Session;
use crate::config::config;
use crate::state::capabilities::ServerCapabilities;
use crate::state::sorted_jobs::{self, Question, Read};
use cckm::family::Family;
use cckm::job::Job;
use cckm::list_order::{Arrangement, Window};
use cckm::page::Page;
use cckm::text;
use std::collections::HashSet;

/// How many jobs one request asks for: a size that a server answers soon, so that the progress moves.
const PAGE: u64 = 100;

/// What was read of one list.
pub struct AllPages {
    pub question: Question,
    /// The jobs so far, in the order of the list once all are read.
    pub jobs: Vec<Job>,
    /// The length of the list by the last response; `None` before the first.
    pub total: Option<u64>,
    pub unread: u64,
    /// Whether all pages have been read.
    pub is_done: bool,
    /// Why the last request failed, if it did.
    pub failure: Option<Failure>,
    skip: u64,
    seen: HashSet<String>,
    /// Whether a page came in the server's own order, because there are too many jobs to sort them page by page.
    is_own_order: bool,
    /// Whether the list became shorter between two responses. What was deleted before the next page has moved other jobs
    /// into the page that was read already.
    is_shorter: bool,
}

impl AllPages {
    pub fn new(question: Question) -> Self {
        Self {
            question,
            jobs: Vec::new(),
            total: None,
            unread: 0,
            is_done: false,
            failure: None,
            skip: 0,
            seen: HashSet::new(),
            is_own_order: false,
            is_shorter: false,
        }
    }

    pub fn family(&self) -> &'static Family {
        self.question.family
    }

    /// How many items of the list have been read.
    pub fn read(&self) -> u64 {
        self.jobs.len() as u64 + self.unread
    }

    /// The window to request next.
    pub fn window(&self, known: ServerCapabilities) -> (u64, u64) {
        (self.skip, limit(&self.question, known, self.total))
    }

    /// Takes the response to the request for [`AllPages::window`].
    pub fn take(&mut self, Window { page, arrangement }: Window) {
        let sent = page.sent();
        self.is_shorter |= self.total.is_some_and(|total| page.total < total);
        self.total = Some(page.total);
        self.unread += page.unread;
        self.skip += sent;
        self.is_own_order |= arrangement != Arrangement::Sorted;
        let mut brings_new = false;
        for job in page.resources {
            // Jobs that were created between two responses shift others into the next page.
            let is_new = self.seen.insert(job.id.clone());
            brings_new |= is_new;
            if is_new || job.id.is_empty() {
                self.jobs.push(job);
            }
        }
        // A server that does not say how long its list is may also return the same page again and again.
        if sent == 0 || self.skip >= page.total || (page.is_open && !brings_new) {
            self.is_done = true;
            if self.is_own_order {
                self.question.arrange(&mut self.jobs);
            }
        }
    }

    /// What has to be known of a list that was read to its end, as a sentence.
    pub fn note(&self) -> Option<String> {
        if self.is_shorter && self.is_done {
            let words = ": jobs were deleted while the list was read, so others may be missing.";
            return Some([&self.family().title(), words].concat());
        }
        let missing = self.total?.saturating_sub(self.read());
        if missing == 0 || !self.is_done {
            return None;
        }
        let jobs = text::count(missing as usize, "job", "jobs");
        let are = if missing == 1 { "is" } else { "are" };
        Some(
            [
                &self.family().title(),
                ": the list changed while it was read, so ",
                &jobs,
                " ",
                are,
                " missing.",
            ]
            .concat(),
        )
    }
}

/// How many jobs to ask for. A list that has to be read whole in any case is taken in one go, where it is short enough
/// to be sorted.
fn limit(question: &Question, known: ServerCapabilities, total: Option<u64>) -> u64 {
    let bound = config().sorted_jobs;
    let is_whole = question.is_read_whole(known) && total.is_none_or(|total| total <= bound);
    if is_whole { PAGE.max(bound) } else { PAGE }
}

/// Requests `window` of the list of `question`.
pub async fn read(
    session: Session,
    known: ServerCapabilities,
    question: &Question,
    (skip, wanted): (u64, u64),
) -> Result<Window, Failure> {
    let window = read_window(session, known, question, (skip, wanted)).await?;
    let limit = limit(question, known, Some(window.page.total));
    if skip == 0 && limit > wanted && window.page.sent() < window.page.total {
        // The response has shown that the list has no order, and has been read whole.
        return read_window(session, known, question, (0, limit)).await;
    }
    Ok(window)
}

async fn read_window(
    session: Session,
    known: ServerCapabilities,
    question: &Question,
    window: (u64, u64),
) -> Result<Window, Failure> {
    let read = sorted_jobs::read(session, known, question, window, true, None).await?;
    // Without the text of an earlier response there is always a window.
    let empty = || Window { page: Page::default(), arrangement: Arrangement::Sorted };
    Ok(read.map_or_else(empty, |Read { window, .. }| window))
}

#[cfg(test)]
mod tests {
    use super::*;
    use cckm::family::FAMILIES;
    use serde_json::json;

    fn window(ids: std::ops::Range<u64>, total: u64, arrangement: Arrangement) -> Window {
        let skip = ids.start;
        let job =
            |id: u64| json!({"id": id.to_string(), "createdAt": format!("2026-03-02T09:{:02}:00Z", id % 60)});
        let resources: Vec<_> = ids.map(job).collect();
        let page = json!({"skip": skip, "total": total, "resources": resources});
        Window { page: Page::read(page, (0, 0), Job::from_value).expect("a page"), arrangement }
    }

    fn all() -> AllPages {
        AllPages::new(Question::newest(&FAMILIES[0], None, ""))
    }

    fn ids(all: &AllPages) -> Vec<&str> {
        all.jobs.iter().map(|job| job.id.as_str()).collect()
    }

    #[test]
    fn pages_are_put_together() {
        let mut all = all();
        all.take(window(0..3, 5, Arrangement::Sorted));
        assert_eq!((all.read(), all.total, all.is_done), (3, Some(5), false));
        all.take(window(3..5, 5, Arrangement::Sorted));
        assert_eq!(ids(&all), ["0", "1", "2", "3", "4"]);
        assert!(all.is_done && all.note().is_none());
    }

    #[test]
    fn a_job_that_was_shifted_is_there_once_and_what_is_missing_is_reported() {
        let mut all = all();
        all.take(window(0..3, 5, Arrangement::Sorted));
        let mut next = window(2..5, 6, Arrangement::Sorted);
        next.page.skip = 3;
        all.take(next);
        assert_eq!(ids(&all), ["0", "1", "2", "3", "4"]);
        assert!(all.note().is_some_and(|note| note.ends_with("so 1 job is missing.")));
    }

    #[test]
    fn a_list_that_became_shorter_may_miss_jobs() {
        let mut all = all();
        all.take(window(0..3, 6, Arrangement::Sorted));
        all.take(window(3..5, 5, Arrangement::Sorted));
        assert!(all.note().is_some_and(|note| note.ends_with("others may be missing.")));
    }

    #[test]
    fn an_order_of_the_servers_own_is_sorted_at_the_end() {
        let mut all = all();
        all.take(window(0..2, 4, Arrangement::Own));
        assert_eq!(ids(&all), ["0", "1"]);
        all.take(window(2..4, 4, Arrangement::Own));
        assert_eq!(ids(&all), ["3", "2", "1", "0"]);
    }

    #[test]
    fn an_empty_page_ends_a_list_that_says_there_is_more() {
        let mut all = all();
        all.take(window(0..2, 9, Arrangement::Sorted));
        let empty = Page { skip: 2, total: 9, ..Page::default() };
        all.take(Window { page: empty, arrangement: Arrangement::Sorted });
        assert!(all.is_done && all.note().is_some_and(|note| note.contains("7 jobs are missing")));
    }
}
