//! Which synchronization job a run has started. Nothing in the API says it: this is a guess by time and selection.

use super::config::Schedule;
use super::params::Selection;
use super::run::Run;
use crate::container::Directory;
use crate::family::Family;
use crate::job::Job;

/// A job may be this much older than its run, in milliseconds: the scheduler may write the run down afterwards, and
/// clocks of nodes differ.
const BEFORE: i64 = 60 * 1000;
/// A job is created within this time of its run.
const AFTER: i64 = 10 * 60 * 1000;

/// The job that a run has probably started.
#[derive(Debug, Clone, PartialEq)]
pub enum Guess<'a> {
    /// One job fits by cloud, time and selection.
    Likely(&'a Job),
    /// Several fit; the one that is nearest in time comes first.
    Several(Vec<&'a Job>),
    /// None of the jobs fits, or the run has no time.
    None,
}

impl<'a> Guess<'a> {
    /// The job to show, if any.
    pub fn job(&self) -> Option<&'a Job> {
        match self {
            Self::Likely(job) => Some(job),
            Self::Several(jobs) => jobs.first().copied(),
            Self::None => None,
        }
    }

    /// What to say of it; never that it is certain.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Likely(_) => {
                "Probably this job: its time, cloud and selection fit. The server does not say which job a run starts."
            }
            Self::Several(_) => {
                "Several jobs fit by time, cloud and selection; the nearest is shown. The server does not say which job a run starts."
            }
            Self::None => "No job that was looked at fits by time, cloud and selection.",
        }
    }
}

/// Finds the job that `run` of `schedule` has started, among `jobs` of `family`.
pub fn guess<'a>(
    family: &Family,
    schedule: &Schedule,
    run: &Run,
    jobs: impl IntoIterator<Item = &'a Job>,
    directory: Option<&Directory>,
) -> Guess<'a> {
    let Some(began) = run.created.filter(|_| schedule.concerns(family)) else { return Guess::None };
    let selection = schedule.selection(family);
    let mut found: Vec<(i64, &Job)> = jobs
        .into_iter()
        .filter_map(|job| Some((job.created?.millis().checked_sub(began.millis())?, job)))
        .filter(|(away, _)| (-BEFORE..=AFTER).contains(away))
        .filter(|(_, job)| fits(family, &selection, job, directory))
        .collect();
    found.sort_by_key(|(away, _)| away.abs());
    match found.as_slice() {
        [] => Guess::None,
        [(_, only)] => Guess::Likely(only),
        _ => Guess::Several(found.into_iter().map(|(_, job)| job).collect()),
    }
}

fn fits(family: &Family, selection: &Selection, job: &Job, directory: Option<&Directory>) -> bool {
    // A job may name a container by another name than the schedule.
    let keys = |names: &[String]| {
        let id = |name: &String| directory.and_then(|all| all.find(name)).map_or(name, |own| &own.id).clone();
        let mut keys: Vec<String> = names.iter().map(id).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    let own = keys(job.containers(family));
    match selection {
        Selection::NotKnown => false,
        Selection::Chosen { ids, regions } => {
            let mut used = job.regions(family).to_vec();
            let mut wanted = regions.clone();
            used.sort_unstable();
            wanted.sort_unstable();
            // Without regions, a job of all regions may name each of them.
            !own.is_empty() && own == keys(ids) && (wanted.is_empty() || used == wanted)
        }
        // A job of everything may name each container, so that it must have them all.
        Selection::Everything => {
            job.is_of_everything(family)
                || directory.is_some_and(|all| {
                    !all.is_empty()
                        && all.all().iter().all(|container| own.binary_search(&container.id).is_ok())
                })
        }
    }
}
