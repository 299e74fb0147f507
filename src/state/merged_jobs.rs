//! Merges the newest jobs of several families into one list, and computes how far back that list is complete.

use crate::routing::route::DEPTH_ROWS;
use crate::state::family_jobs::Part;
use crate::state::rows::Rows;
use cckm::family::Family;
use cckm::filter::Sort;
use cckm::job::Job;
use cckm::time::Stamp;
use std::sync::Arc;

/// The merged list.
#[derive(Clone)]
pub struct Merged {
    pub rows: Arc<Rows>,
    /// The creation time back to which the list contains every job; `None` where it contains all jobs there are.
    pub horizon: Option<Stamp>,
    /// Whether a greater depth shows more jobs.
    pub more: bool,
}

pub fn merge(parts: &[&Part], depth: u64) -> Merged {
    let horizon = parts.iter().filter_map(|part| part.horizon()).max();
    let most = (depth * DEPTH_ROWS) as usize;
    let mut more = horizon.is_some();
    let mut jobs: Vec<(&'static Family, Arc<Job>)> = Vec::new();
    for part in parts {
        // A part that was read whole to be sorted may contain thousands of jobs more than the depth requires.
        let shown = if part.is_sample() { most.min(part.jobs.len()) } else { part.jobs.len() };
        more |= shown < part.jobs.len() || part.is_timeless();
        for job in part.jobs.iter().take(shown) {
            // A job without a creation time has no place in the order. It is shown rather than dropped.
            if job.created.is_none() || job.created >= horizon {
                jobs.push((part.family, job.clone()));
            }
        }
    }
    jobs.sort_by_cached_key(|(_, job)| Sort::NEWEST.key(job));
    Merged { rows: Arc::new(Rows::new(jobs)), horizon, more }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cckm::family::FAMILIES;
    use cckm::list_order::Arrangement;
    use serde_json::json;

    /// A part with jobs that were created at these minutes, of `total` jobs on the server.
    fn part(at: usize, minutes: &[u32], total: u64) -> Part {
        let job = |minute: &u32| {
            let created = format!("2026-03-02T09:{minute:02}:00Z");
            Arc::new(
                Job::from_value(json!({"id": format!("{at}-{minute}"), "createdAt": created}))
                    .expect("a job"),
            )
        };
        let (jobs, whole) = (minutes.iter().map(job).collect(), minutes.len() as u64 >= total);
        Part { jobs, total, whole, ..Part::empty(&FAMILIES[at]) }
    }

    fn ids(merged: &Merged) -> Vec<&str> {
        merged.rows.iter().map(|row| row.job.id.as_str()).collect()
    }

    #[test]
    fn the_newest_of_all_stand_first() {
        let merged = merge(&[&part(0, &[50, 10], 2), &part(1, &[40, 20], 2)], 1);
        assert_eq!(ids(&merged), ["0-50", "1-40", "1-20", "0-10"]);
        assert!(merged.horizon.is_none(), "all there are");
    }

    #[test]
    fn the_list_ends_where_a_family_may_have_more() {
        // Family 1 has older jobs that were not loaded: one of them may belong between 40 and 10.
        let merged = merge(&[&part(0, &[50, 10], 2), &part(1, &[45, 40], 9)], 1);
        assert_eq!(ids(&merged), ["0-50", "1-45", "1-40"]);
        assert!(merged.horizon == Stamp::parse("2026-03-02T09:40:00Z"));
    }

    #[test]
    fn a_sample_shows_no_more_than_is_requested() {
        let sample = || {
            let minutes: Vec<_> = (0..40).rev().collect();
            Part { arrangement: Arrangement::Sample, ..part(0, &minutes, 900) }
        };
        let shown = |depth| {
            let merged = merge(&[&sample()], depth);
            assert!(merged.horizon.is_none(), "nobody knows");
            (merged.rows.len(), merged.more)
        };
        assert_eq!(shown(1), (25, true));
        assert_eq!(shown(2), (40, false));
    }

    #[test]
    fn a_job_without_a_time_is_not_lost() {
        let mut odd = part(2, &[], 1);
        odd.jobs.push(Arc::new(Job::from_value(json!({"id": "odd"})).expect("a job")));
        odd.whole = true;
        let merged = merge(&[&part(0, &[50], 9), &odd], 1);
        assert_eq!(ids(&merged), ["0-50", "odd"]);
        // Where there are more such jobs, nobody knows which come next.
        odd.whole = false;
        let merged = merge(&[&part(0, &[50], 1), &odd], 1);
        assert!(odd.is_sample() && merged.horizon.is_none() && merged.more);
    }

    #[test]
    fn a_list_that_was_read_to_its_end_has_no_horizon() {
        // One of its three items was the same job again.
        let read = Part { whole: true, ..part(0, &[50, 10], 3) };
        let merged = merge(&[&read], 1);
        assert!(merged.horizon.is_none() && !merged.more);
    }
}
