//! The order of what came, by its times.

use crate::filter::Sort;
use crate::job::Job;
use crate::page::Page;
use crate::time::Stamp;

/// How often times fall and rise from one to the next. Equal times and missing ones tell nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Trend {
    falls: usize,
    rises: usize,
}

impl Trend {
    /// So many steps one way and none the other tell an order: of pages of seven jobs in no order one in 2520 has as many.
    pub const ENOUGH: usize = 6;

    /// The trend of `times`, from the first to the last.
    pub fn of(times: impl IntoIterator<Item = Option<Stamp>>) -> Self {
        let mut trend = Self::default();
        let mut last: Option<Stamp> = None;
        for time in times.into_iter().flatten() {
            match last {
                Some(last) if time < last => trend.falls += 1,
                Some(last) if time > last => trend.rises += 1,
                _ => {}
            }
            last = Some(time);
        }
        trend
    }

    /// The steps in the direction that is asked for, and those against it.
    pub fn steps(self, descending: bool) -> (usize, usize) {
        if descending { (self.falls, self.rises) } else { (self.rises, self.falls) }
    }

    /// Whether it tells an order, or that there is none.
    pub fn is_strong(self) -> bool {
        self.falls + self.rises >= Self::ENOUGH || (self.falls > 0 && self.rises > 0)
    }
}

/// The two ends of a page that came, for the pages beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    sort: Sort,
    skip: u64,
    end: u64,
    total: u64,
    first: Stamp,
    last: Stamp,
}

impl Edge {
    /// `None` where no job of the page says its time.
    pub fn of(page: &Page<Job>, sort: Sort) -> Option<Self> {
        let mut times = page.resources.iter().filter_map(|job| sort.time(job));
        let first = times.next()?;
        let last = times.next_back().unwrap_or(first);
        Some(Self { sort, skip: page.skip, end: page.skip + page.sent(), total: page.total, first, last })
    }

    /// Whether both cannot be pages of one list in that order.
    pub fn denies(self, other: Self) -> bool {
        if self.sort != other.sort || self.total != other.total {
            return false;
        }
        let follows = |one: Self, next: Self| {
            next.skip >= one.end
                && Trend::of([Some(one.last), Some(next.first)]).steps(one.sort.descending).1 > 0
        };
        follows(self, other) || follows(other, self)
    }
}

/// When the jobs of `page` were created.
pub fn created(page: &Page<Job>) -> Vec<Option<Stamp>> {
    page.resources.iter().map(|job| job.created).collect()
}
