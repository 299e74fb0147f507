//! The last successful synchronization of each container, derived from a family's newest jobs.
//!
//! Pure. It owns the definitions of good, failed and out of date; it loads and draws nothing.
//!
//! The result of a container in a job counts whatever the outcome of the whole job is, also in a job that failed or
//! was cancelled. Where a job has no result for a container of its selection, a completed job counts as good for it,
//! a failed one as failed, and any other is ignored. Running jobs and results that are not known are ignored too, so
//! an earlier synchronization stays the last good one.

mod cells;

pub use cells::{Cell, JobRef};

use crate::container::Directory;
use crate::family::Family;
use crate::job::Job;
use crate::text;
use crate::time::Stamp;
use crate::verdict::Verdict;
use cells::{Index, Places, Verdicts};
use std::collections::HashSet;
use std::sync::Arc;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// The state of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The last good synchronization is recent enough.
    Fresh,
    /// The last good synchronization is too old.
    Old,
    /// All jobs were loaded, and none synchronized the cell.
    Never,
    /// No loaded job synchronized the cell, but one that was not loaded may have.
    Unseen,
}

/// All cells, and how many jobs they are derived from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// The cells: first those without a good synchronization, then from the oldest synchronization to the newest.
    pub cells: Vec<Cell>,
    index: Index,
    /// How many jobs were loaded.
    pub looked: usize,
    /// The time from which on every job was loaded; `None` where all jobs were.
    pub back: Option<Stamp>,
    /// Whether the loaded jobs are a sample, so that newer jobs may exist that were not loaded.
    pub sample: bool,
}

/// The number of cells by state.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tally {
    /// Cells that are out of date.
    pub out: usize,
    /// Cells among these that no job has synchronized.
    pub never: usize,
    /// Cells about which the loaded jobs have no result.
    pub unseen: usize,
}

impl Grid {
    /// Returns the cell whose [`Cell::key`] is `key`.
    pub fn get(&self, key: &str) -> Option<&Cell> {
        let (id, region) = key.rsplit_once('\n')?;
        self.index.of(id).iter().filter_map(|at| self.cells.get(*at)).find(|cell| *cell.region == *region)
    }

    /// The state of `cell` at `now`, where a synchronization is too old once it is `days` days old.
    pub fn state(&self, cell: &Cell, now: Stamp, days: u64) -> State {
        match (&cell.good, self.back) {
            // A newer synchronization may be among the jobs that were not loaded.
            (Some(good), _) if self.sample && is_old(good.at, now, days) => State::Unseen,
            (None, _) if self.sample => State::Unseen,
            (Some(good), _) if is_old(good.at, now, days) => State::Old,
            (Some(_), _) => State::Fresh,
            (None, None) => State::Never,
            (None, Some(_)) => State::Unseen,
        }
    }

    /// Whether `cell` is certainly out of date. A cell without a good synchronization in the loaded jobs is out of
    /// date too where these reach back more than `days` days, whatever the older jobs contain.
    pub fn is_out(&self, cell: &Cell, now: Stamp, days: u64) -> bool {
        match self.state(cell, now, days) {
            State::Fresh => false,
            State::Old | State::Never => true,
            State::Unseen if self.sample => false,
            State::Unseen => self.back.is_some_and(|back| is_old(back, now, days)),
        }
    }

    /// Counts the cells by their state at `now`.
    pub fn tally(&self, now: Stamp, days: u64) -> Tally {
        let mut tally = Tally::default();
        for cell in &self.cells {
            tally.out += usize::from(self.is_out(cell, now, days));
            match self.state(cell, now, days) {
                State::Never => tally.never += 1,
                State::Unseen => tally.unseen += 1,
                State::Fresh | State::Old => {}
            }
        }
        tally
    }

    /// Returns the ids of the containers that are out of date, and the regions in which they are; no region stands
    /// for all regions. A start request combines each container with each region, so it may repeat some that are
    /// fresh.
    pub fn outdated(&self, now: Stamp, days: u64) -> (Vec<String>, Vec<String>) {
        let (mut ids, mut regions): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let (mut known, mut all) = (HashSet::new(), false);
        for cell in self.cells.iter().filter(|cell| self.is_out(cell, now, days)) {
            if known.insert(&cell.id) {
                ids.push(cell.id.to_string());
            }
            all |= cell.region.is_empty();
            if let Err(at) = regions.binary_search_by(|region| region.as_str().cmp(&cell.region)) {
                regions.insert(at, cell.region.to_string());
            }
        }
        (ids, if all { Vec::new() } else { regions })
    }

    /// Sets whether the loaded jobs are a sample.
    #[must_use]
    pub fn of_sample(self, sample: bool) -> Self {
        Self { sample, ..self }
    }

    /// A sentence part with the number of cells that are out of date; `what` is the plural of what the cells stand
    /// for. It claims nothing about jobs that were not loaded.
    pub fn words(&self, tally: Tally, what: &str) -> String {
        let number = |count: usize| text::number(count as u64);
        let (all, jobs) = (number(self.cells.len()), text::count(self.looked, "job", "jobs"));
        let space = if what.is_empty() { "" } else { " " };
        if self.sample {
            let fresh = number(self.cells.len().saturating_sub(tally.unseen));
            return format!(
                "{fresh} of {all} {what}{space}known to be fresh by the {jobs} looked at, {} not known",
                number(tally.unseen)
            );
        }
        let mut words = format!("{} of {all} {what}{space}out of date", number(tally.out));
        if tally.never > 0 {
            words += &[", ", &number(tally.never), " never synchronized"].concat();
        }
        if tally.unseen > 0 {
            words += &[", ", &number(tally.unseen), " not synchronized in the last ", &jobs].concat();
        }
        words
    }
}

fn is_old(at: Stamp, now: Stamp, days: u64) -> bool {
    now.millis() - at.millis() >= (days as i64).saturating_mul(DAY)
}

/// Builds the grid from `jobs`, the newest of their family, which reach back to `back`. Without a `directory`, the
/// grid has the containers that the jobs name.
pub fn grid(family: &Family, jobs: &[Arc<Job>], directory: Option<&Directory>, back: Option<Stamp>) -> Grid {
    let mut ended: Vec<(Stamp, &Arc<Job>)> = Vec::new();
    for job in jobs.iter().filter(|job| job.ended()) {
        if let Some(at) = job.completed.or(job.updated) {
            let place = ended.partition_point(|(other, _)| *other >= at);
            ended.insert(place, (at, job));
        }
    }
    let mut places = Places::new(family, directory);
    match directory {
        Some(directory) => {
            for container in directory.all() {
                let known = family.regions.is_some() && !container.regions.is_empty();
                let none = [String::new()];
                places.add(&container.id, &container.label, if known { &container.regions } else { &none });
            }
        }
        None => ended.iter().for_each(|(_, job)| places.add_all(job)),
    }
    let count = places.cells.len();
    // For each cell, the index in `ended` of its last good job.
    let mut good: Vec<Option<usize>> = vec![None; count];
    let mut verdicts = Verdicts::new(count);
    let mut open = count;
    for (number, (at, job)) in ended.iter().enumerate() {
        if open == 0 {
            break;
        }
        places.tell(job, &mut verdicts);
        let job_ref = || JobRef { at: *at, id: job.id.clone() };
        for (place, verdict) in verdicts.take() {
            let Some(cell) = places.cells.get_mut(place).filter(|cell| cell.good.is_none()) else { continue };
            match verdict {
                Some(Verdict::Good) => {
                    cell.good = Some(job_ref());
                    if let Some(good) = good.get_mut(place) {
                        *good = Some(number);
                    }
                    open -= 1;
                }
                Some(Verdict::Error) => _ = cell.failed.get_or_insert_with(job_ref),
                _ => {}
            }
        }
    }
    // For each job, the cells whose last good job it was; the last item has the cells without one.
    let mut last = vec![Vec::new(); ended.len() + 1];
    for (place, good) in good.into_iter().enumerate() {
        if let Some(last) = last.get_mut(good.unwrap_or(ended.len())) {
            last.push(place);
        }
    }
    let mut grid = Grid { looked: jobs.len(), back, ..Grid::default() };
    let mut positions = vec![0; count];
    let mut cells: Vec<Option<Cell>> = places.cells.into_iter().map(Some).collect();
    for place in last.iter().rev().flatten() {
        let cell = cells.get_mut(*place).and_then(Option::take);
        if let (Some(position), Some(cell)) = (positions.get_mut(*place), cell) {
            *position = grid.cells.len();
            grid.cells.push(cell);
        }
    }
    grid.index = places.index;
    for place in grid.index.cells.iter_mut().flatten() {
        *place = positions.get(*place).copied().unwrap_or_default();
    }
    grid
}
