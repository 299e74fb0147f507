//! What is read, what is asked for it, and what comes of it.

use crate::filter::Sort;
use crate::job::Job;
use crate::page::Page;

/// One request to the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ask {
    /// How many jobs of the list come before.
    pub skip: u64,
    /// How many jobs are asked for.
    pub limit: u64,
    /// Whether it carries `sort`.
    pub sorted: bool,
    /// Whether it begins to read a whole list, of which an earlier reading may still be good.
    pub begins_whole: bool,
}

/// What a reader wants next.
#[derive(Debug)]
pub enum Step {
    /// It needs the answer to a request.
    Ask(Ask),
    /// It has what was asked for.
    Done(Window),
}

/// In which order a window stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arrangement {
    /// As it was asked for.
    Sorted,
    /// In the server's own order, because there are more jobs than are read to sort them.
    Own,
    /// Sorted, of a part of the jobs that the server chose: newer ones may be missing.
    Sample,
}

/// The jobs that were asked for. `skip`, `limit` and `total` count in the order that was asked for.
#[derive(Debug)]
pub struct Window {
    /// The jobs.
    pub page: Page<Job>,
    /// The order in which they stand.
    pub arrangement: Arrangement,
}

/// What is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// The order that is wanted.
    pub sort: Sort,
    /// How many jobs come before the window in that order.
    pub skip: u64,
    /// How many jobs the window holds.
    pub limit: u64,
    /// How many jobs are read at most to sort them here.
    pub bound: u64,
    /// Whether a page of the server's own order is of use where there are more than that; else as many are read.
    pub takes_own_order: bool,
}

/// A list that was read to sort it, in the server's own order: all of it, or as much as is read of one.
#[derive(Debug, Clone)]
pub struct Kept {
    /// What was read.
    pub jobs: Vec<Job>,
    /// How many of what was read cannot be understood.
    pub unread: u64,
    /// How many items were read, and how many the list had.
    pub read: u64,
    /// How many items the list had.
    pub total: u64,
    /// The ids of the first and the last that were read: where they and the total are the same, so is the list.
    pub ends: (String, String),
}

/// The window of `limit` after `skip`, counted from the other end of a list of `total`: where it starts there, and how many
/// it holds. Past the end it holds none.
pub(super) fn mirrored(total: u64, skip: u64, limit: u64) -> (u64, u64) {
    let end = total.saturating_sub(skip);
    let start = end.saturating_sub(limit);
    (start, end - start)
}
