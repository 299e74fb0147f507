//! The filters of All clouds that the panel applies itself: the server knows no outcomes and has no filter by time.

use crate::routing::route::Route;
use cckm::filter::Within;
use cckm::job::Job;
use cckm::outcome::Outcome;
use cckm::time::Stamp;

#[derive(Clone, Default, PartialEq)]
pub struct Narrowing {
    outcomes: Vec<Outcome>,
    pub within: Option<Within>,
}

impl Narrowing {
    pub fn of(route: &Route) -> Self {
        Self { outcomes: route.outcomes.clone(), within: route.within }
    }

    pub fn is_none(&self) -> bool {
        self.outcomes.is_empty() && self.within.is_none()
    }

    /// Whether `job` passes at the time that `now` returns, which is called only where it matters.
    pub fn passes(&self, job: &Job, now: impl Fn() -> Stamp) -> bool {
        (self.outcomes.is_empty() || self.outcomes.contains(&job.outcome()))
            && self.within.is_none_or(|within| within.includes(job, now()))
    }
}
