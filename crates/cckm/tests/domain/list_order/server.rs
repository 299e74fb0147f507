//! A simulated server with a list in any order of its own, and a reading of that list.

use cckm::filter::Sort;
use cckm::job::Job;
use cckm::list_order::{Edge, Listed, PageRequest, Reader, Step, Window, WindowRequest};
use cckm::page::Page;
use cckm::time::Stamp;
use std::cmp::Reverse;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sorting {
    Honoured,
    Ignored,
    Refused,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Natural {
    Newest,
    Oldest,
    Unordered,
}

/// A list on a simulated server, with the requests that it received.
#[derive(Clone)]
pub struct Server {
    pub jobs: Vec<Job>,
    pub sorting: Sorting,
    pub natural: Natural,
    pub cap: Option<u64>,
    /// Whether its responses lack the total.
    pub is_open: bool,
    pub requests: Vec<PageRequest>,
}

impl Server {
    fn ordered(&self, sort: Option<Sort>) -> Vec<Job> {
        let mut jobs = self.jobs.clone();
        match self.natural {
            Natural::Newest => jobs.sort_by_key(|job| Reverse(job.created)),
            Natural::Oldest => jobs.sort_by_key(|job| job.created),
            // The ids are unrelated to the times, so this order is arbitrary.
            Natural::Unordered => jobs.sort_by(|one, other| one.id.cmp(&other.id)),
        }
        if let (Some(sort), Sorting::Honoured) = (sort, self.sorting) {
            sort.arrange(&mut jobs);
        }
        jobs
    }

    /// The response to a request; `None` where the server refuses it.
    pub fn answer(&mut self, request: PageRequest, sort: Sort) -> Option<Page<Job>> {
        self.requests.push(request);
        if request.sorted && self.sorting == Sorting::Refused {
            return None;
        }
        let limit = request.limit.min(self.cap.unwrap_or(u64::MAX));
        let all = self.ordered(request.sorted.then_some(sort));
        let resources: Vec<_> =
            all.iter().skip(request.skip as usize).take(limit as usize).cloned().collect();
        let sent = resources.len() as u64;
        let is_open = self.is_open && sent == limit;
        let total = if self.is_open { request.skip + sent + u64::from(is_open) } else { all.len() as u64 };
        Some(Page { skip: request.skip, limit, total, is_open, resources, unread: 0 })
    }
}

#[derive(Default)]
pub struct Learned {
    pub listed: Listed,
    pub cap: Option<u64>,
    pub total: Option<u64>,
    pub edge: Option<Edge>,
}

pub fn read(server: &mut Server, learned: &mut Learned, wanted: WindowRequest) -> Window {
    let mut reader = Reader::new(learned.listed, learned.cap, learned.total, learned.edge, wanted);
    for _ in 0..10_000 {
        match reader.step() {
            Step::Done(window) => {
                *learned = Learned {
                    listed: reader.listed(),
                    cap: reader.cap(),
                    total: reader.total(),
                    edge: reader.edge(),
                };
                return window;
            }
            Step::Request(request) => match server.answer(request, wanted.sort) {
                Some(page) => reader.answer(request.limit, page),
                None => reader.refused(),
            },
        }
    }
    panic!("it never ends");
}

pub fn job(id: usize, minute: Option<i64>) -> Job {
    let mut job = Job::default();
    // Ids that are unrelated to the time.
    job.id = format!("{:08x}", (id as u32).wrapping_mul(2_654_435_761));
    job.created = minute.map(|minute| Stamp::from_millis(1_000_000 + minute * 60_000));
    job
}

pub fn wanted(skip: u64, limit: u64, descending: bool) -> WindowRequest {
    WindowRequest {
        sort: Sort { descending, ..Sort::NEWEST },
        skip,
        limit,
        bound: 2000,
        takes_own_order: true,
    }
}

pub fn jobs(times: &[i64]) -> Vec<Job> {
    times.iter().enumerate().map(|(id, minute)| job(id, Some(*minute))).collect()
}
