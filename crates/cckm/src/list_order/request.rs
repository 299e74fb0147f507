//! The input of a reader, the requests that it returns, and its result.

use crate::filter::Sort;
use crate::job::Job;
use crate::page::Page;

/// One request for a page of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PageRequest {
    /// The number of jobs before the page.
    pub skip: u64,
    /// The page size.
    pub limit: u64,
    /// Whether the request carries `sort`.
    pub sorted: bool,
    /// Whether this is the first request of reading a whole list, which a list that was read before may replace.
    pub begins_whole: bool,
}

/// The next step of a reader.
#[derive(Debug)]
pub enum Step {
    /// The reader needs the response to this request.
    Request(PageRequest),
    /// The reader has finished.
    Done(Window),
}

/// The order of the jobs in a window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arrangement {
    /// The requested order.
    Sorted,
    /// The server's own order, because the list is longer than the bound for sorting.
    Own,
    /// The requested order, but of a part of the list that the server chose: newer jobs may be missing.
    Sample,
}

/// The requested jobs. `skip`, `limit` and `total` of the page refer to the requested order.
#[derive(Debug)]
pub struct Window {
    /// The jobs.
    pub page: Page<Job>,
    /// The order of the jobs.
    pub arrangement: Arrangement,
}

/// The window to read.
#[derive(Debug, Clone, Copy)]
pub struct WindowRequest {
    /// The sort order.
    pub sort: Sort,
    /// The number of jobs before the window in that order.
    pub skip: u64,
    /// The number of jobs in the window.
    pub limit: u64,
    /// The most jobs that are read in order to sort them.
    pub bound: u64,
    /// Whether the caller accepts a page in the server's own order where the list is longer than `bound`; otherwise
    /// as many jobs as `bound` are read.
    pub takes_own_order: bool,
}

/// A list that was read in order to sort it, in the server's own order and up to the bound.
#[derive(Debug, Clone)]
pub struct CachedList {
    /// The jobs.
    pub jobs: Vec<Job>,
    /// How many of the items could not be read as jobs.
    pub unread: u64,
    /// How many items were read.
    pub read: u64,
    /// How many items the list had.
    pub total: u64,
    /// The ids of the first and the last job that were read. The list has not changed while these and the total are
    /// the same.
    pub ends: (String, String),
}

/// Converts a window to one counted from the other end of a list of `total` items: the number of items before it, and
/// how many it holds. A window past the end holds none.
pub(super) fn mirrored(total: u64, skip: u64, limit: u64) -> (u64, u64) {
    let end = total.saturating_sub(skip);
    let start = end.saturating_sub(limit);
    (start, end - start)
}
