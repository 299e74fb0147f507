//! How a reader reads a whole list, part by part, in order to sort it.

use super::{Phase, Reader, TRIES};
use crate::job::Job;
use crate::list_order::request::{Arrangement, CachedList};
use crate::page::Page;
use std::collections::HashSet;

/// A list of up to this many jobs in one response is not kept: checking whether it has changed takes two requests,
/// which is no cheaper than reading it again.
const CHEAP: u64 = 250;

impl Reader {
    pub(super) fn take_part(&mut self, mut jobs: Vec<Job>, read: u64, page: Page<Job>) {
        // A length that is not known grows with each page, until the last.
        let is_open = std::mem::replace(&mut self.is_open, page.is_open) || page.is_open;
        let changed = !is_open && self.total.is_some_and(|total| total != page.total);
        if changed && read > 0 && self.tries < TRIES {
            // The list has changed since its beginning was read.
            self.total = Some(page.total);
            self.tries += 1;
            return self.plan();
        }
        self.total = Some(page.total);
        self.unread += page.unread;
        let (began, read) = (read, read + page.sent());
        let is_last = page.sent() == 0 || read >= page.total;
        jobs.extend(page.resources);
        let is_enough = is_last || read >= self.wanted.bound;
        if is_enough
            && (began > 0 || read > CHEAP)
            && let (Some(first), Some(last)) = (jobs.first(), jobs.last())
        {
            let (ends, unread, total) = ((first.id.clone(), last.id.clone()), self.unread, page.total);
            self.cached = Some(CachedList { jobs: jobs.clone(), unread, read, total, ends });
        }
        if is_last {
            self.finish_whole(jobs);
        } else if self.wanted.takes_own_order && page.total > self.wanted.bound {
            // The last page of a list of unknown length may say again that it is within the bound.
            self.wanted.bound = 0;
            self.plan();
        } else if is_enough {
            self.finish_sample(jobs);
        } else {
            self.phase = Phase::Whole(jobs, read);
        }
    }

    pub(super) fn finish_whole(&mut self, mut jobs: Vec<Job>) {
        once(&mut jobs);
        let total = jobs.len() as u64 + self.unread;
        if self.total.is_some_and(|known| total < known) {
            // Its pages overlap, so that some jobs never came.
            if self.tries < TRIES {
                self.tries += 1;
                return self.plan();
            }
            self.wanted.bound = 0;
            if self.wanted.takes_own_order {
                self.phase = Phase::Page(true);
                return;
            }
            return self.finish_sample(jobs);
        }
        self.wanted.sort.arrange(&mut jobs);
        let (skip, limit, unread) = (self.wanted.skip, self.wanted.limit, self.unread);
        let resources = jobs.into_iter().skip(skip as usize).take(limit as usize).collect();
        self.done(Page { skip, limit, total, is_open: false, resources, unread }, Arrangement::Sorted);
    }

    pub(super) fn finish_sample(&mut self, mut jobs: Vec<Job>) {
        once(&mut jobs);
        self.wanted.sort.arrange(&mut jobs);
        let total = self.total.unwrap_or(jobs.len() as u64);
        let (limit, unread, is_open) = (jobs.len() as u64, self.unread, self.is_open);
        self.done(Page { skip: 0, limit, total, is_open, unread, resources: jobs }, Arrangement::Sample);
    }
}

/// Leaves each job in the list once.
fn once(jobs: &mut Vec<Job>) {
    let mut seen = HashSet::new();
    jobs.retain(|job| job.id.is_empty() || seen.insert(job.id.clone()));
}
