//! Determines the order of the jobs in a response from their times.

use crate::filter::Sort;
use crate::job::Job;
use crate::page::Page;
use crate::time::Stamp;

/// How often the time falls and rises from one job to the next. Equal and missing times are ignored.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Trend {
    falls: usize,
    rises: usize,
}

impl Trend {
    /// This many steps in one direction and none in the other show an order. Of pages of seven jobs in random order,
    /// one in 2520 has as many.
    pub const ENOUGH: usize = 6;

    /// Counts the steps of `times`, from the first to the last.
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

    /// The steps in the given direction, and those against it.
    pub fn steps(self, descending: bool) -> (usize, usize) {
        if descending { (self.falls, self.rises) } else { (self.rises, self.falls) }
    }

    /// Whether the steps show an order, or that there is none.
    pub fn is_strong(self) -> bool {
        self.falls + self.rises >= Self::ENOUGH || (self.falls > 0 && self.rises > 0)
    }
}

/// The two ends of a page, which are compared with those of the pages beside it.
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
    /// The ends of `page`; `None` where none of its jobs has the time of `sort`.
    pub fn of(page: &Page<Job>, sort: Sort) -> Option<Self> {
        let mut times = page.resources.iter().filter_map(|job| sort.time(job));
        let first = times.next()?;
        let last = times.next_back().unwrap_or(first);
        Some(Self { sort, skip: page.skip, end: page.skip + page.sent(), total: page.total, first, last })
    }

    /// Whether the two pages cannot belong to one list in the order of `sort`.
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

/// The times of creation of the jobs of `page`.
pub fn created(page: &Page<Job>) -> Vec<Option<Stamp>> {
    page.resources.iter().map(|job| job.created).collect()
}
