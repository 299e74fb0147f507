//! What is read, what is asked for it, and what comes of it.

use crate::model::job::Job;
use crate::model::page::Page;
use crate::route::Sort;

/// One request to the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ask {
    pub skip: u64,
    pub limit: u64,
    /// Whether it carries `sort`.
    pub sorted: bool,
    /// Whether it begins to read a whole list, of which an earlier reading may still be good.
    pub begins_whole: bool,
}

/// What a reader wants next.
pub enum Step {
    Ask(Ask),
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
pub struct Window {
    pub page: Page<Job>,
    pub arrangement: Arrangement,
}

/// What is to be read.
#[derive(Clone, Copy)]
pub struct Wish {
    pub sort: Sort,
    pub skip: u64,
    pub limit: u64,
    /// How many jobs are read at most to sort them here.
    pub bound: u64,
    /// Whether a page of the server's own order is of use where there are more than that; else as many are read.
    pub takes_own_order: bool,
}

/// A list that was read to sort it, in the server's own order: all of it, or as much as is read of one.
#[derive(Clone)]
pub struct Kept {
    pub jobs: Vec<Job>,
    /// How many of what was read cannot be understood.
    pub unread: u64,
    /// How many items were read, and how many the list had.
    pub read: u64,
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
