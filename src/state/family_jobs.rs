//! What is known about one family's newest jobs.

use crate::api::failure::Failure;
use crate::state::capabilities::ServerCapabilities;
use cckm::family::Family;
use cckm::job::Job;
use cckm::list_order::{self, Arrangement};
use cckm::time::Stamp;
use std::sync::Arc;

/// What is known about one family's newest jobs.
#[derive(Clone)]
pub struct Part {
    pub family: &'static Family,
    pub jobs: Vec<Arc<Job>>,
    pub total: u64,
    /// Whether the list was read to its end.
    pub whole: bool,
    /// How many of the family's items cannot be decoded. They are not among `jobs`.
    pub unread: u64,
    pub arrangement: Arrangement,
    pub failure: Option<Failure>,
    /// Whether the first response has not been received yet.
    pub waiting: bool,
    /// Whether the server does not have this optional family. It is not asked again until a person asks.
    pub absent: bool,
    /// The text of the responses. Shared, because it may be megabytes and each view copies the part.
    pub text: Arc<str>,
}

impl Part {
    pub fn empty(family: &'static Family) -> Self {
        Self {
            family,
            jobs: Vec::new(),
            total: 0,
            whole: false,
            unread: 0,
            arrangement: Arrangement::Sorted,
            failure: None,
            waiting: true,
            absent: false,
            text: Arc::default(),
        }
    }

    /// Whether both are the same jobs of the same responses. More jobs of a list that was read whole come from the same
    /// responses, too.
    pub fn is_same(&self, other: &Self) -> bool {
        self.text == other.text && self.jobs.len() == other.jobs.len()
    }

    /// Whether a job of the part is running.
    pub fn is_running(&self) -> bool {
        self.jobs.iter().any(|job| job.outcome().is_running())
    }

    /// Whether these may not be the newest jobs, because the server does not sort and there are too many to sort
    /// here, or because nothing shows their order.
    pub fn is_sample(&self) -> bool {
        self.arrangement != Arrangement::Sorted || self.is_timeless()
    }

    /// Whether there are more jobs, and none of these says when it was created.
    pub fn is_timeless(&self) -> bool {
        !self.whole && !self.jobs.is_empty() && self.jobs.iter().all(|job| job.created.is_none())
    }

    /// Whether jobs may be missing among the newest: it is a sample, or some cannot be read.
    pub fn is_partial(&self) -> bool {
        self.is_sample() || self.unread > 0
    }

    /// A sentence that states how many jobs were read, where they may not be the newest.
    pub fn sampled(&self, capabilities: ServerCapabilities) -> Option<String> {
        sampled(capabilities, &[self])
    }

    /// The creation time back to which the part contains every job of the family; `None` where it contains all of
    /// them, or where that is not known.
    pub fn horizon(&self) -> Option<Stamp> {
        if self.whole || self.is_sample() {
            return None;
        }
        self.jobs.iter().filter_map(|job| job.created).min()
    }
}

/// A sentence that names the families whose newest jobs could not be determined, and states how many jobs were read.
pub fn sampled(capabilities: ServerCapabilities, parts: &[&Part]) -> Option<String> {
    let sampled: Vec<_> = parts.iter().filter(|part| part.is_sample()).collect();
    if sampled.is_empty() {
        return None;
    }
    let whose = sampled.iter().map(|part| part.family.title()).collect::<Vec<_>>().join(", ");
    let looked = sampled.iter().map(|part| part.jobs.len() as u64).sum();
    let total = sampled.iter().map(|part| part.total).sum();
    let stopped = sampled.iter().any(|part| capabilities.is_stopped(part.family));
    Some(list_order::words::sample(&whose, looked, total, stopped))
}
