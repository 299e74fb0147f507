//! What is known of one family's newest jobs.

use crate::api::failure::Failure;
use crate::state::capabilities::ServerCapabilities;
use cckm::family::Family;
use cckm::job::Job;
use cckm::list_order::{self, Arrangement};
use cckm::time::Stamp;
use std::sync::Arc;

/// What is known of one family's newest jobs.
#[derive(Clone)]
pub struct Part {
    pub family: &'static Family,
    pub jobs: Vec<Arc<Job>>,
    pub total: u64,
    /// How many of the family's items cannot be read, and are not among `jobs`.
    pub unread: u64,
    pub arrangement: Arrangement,
    pub failure: Option<Failure>,
    /// Whether its first answer is still to come.
    pub waiting: bool,
    /// The answers, as they came. Shared: they may be megabytes, and a part is copied by each view of it.
    pub text: Arc<str>,
}

impl Part {
    pub fn unasked(family: &'static Family) -> Self {
        Self {
            family,
            jobs: Vec::new(),
            total: 0,
            unread: 0,
            arrangement: Arrangement::Sorted,
            failure: None,
            waiting: true,
            text: Arc::default(),
        }
    }

    /// Whether it was read from the same answers.
    pub fn is_same(&self, other: &Self) -> bool {
        self.text == other.text
    }

    /// Whether a job of it runs.
    pub fn is_running(&self) -> bool {
        self.jobs.iter().any(|job| job.outcome().is_running())
    }

    /// Whether these are not known to be the newest jobs: there are too many to sort them, and the server does not.
    pub fn is_sample(&self) -> bool {
        self.arrangement != Arrangement::Sorted
    }

    /// How many of its jobs were looked at, in a sentence, where they are not known to be the newest.
    pub fn sampled(&self, capabilities: ServerCapabilities) -> Option<String> {
        sampled(capabilities, std::slice::from_ref(self))
    }

    /// The oldest moment up to which this family's jobs are all here; `None` where all of them are, or nobody knows.
    pub fn horizon(&self) -> Option<Stamp> {
        if self.is_sample() || self.jobs.len() as u64 + self.unread >= self.total {
            return None;
        }
        self.jobs.iter().filter_map(|job| job.created).min()
    }
}

/// The families of which not all jobs could be looked at to find the newest, and how many were, in a sentence.
pub fn sampled(capabilities: ServerCapabilities, parts: &[Part]) -> Option<String> {
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
