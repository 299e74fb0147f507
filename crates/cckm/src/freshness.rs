//! The last successful synchronization of each container, derived from a family's newest jobs.
//!
//! Pure. It owns the definitions of good, failed and out of date; it loads and draws nothing.
//!
//! The result of a container in a job counts whatever the outcome of the whole job is, also in a job that failed or
//! was cancelled. Where a job has no result for a container of its selection, a completed job counts as good for it,
//! a failed one as failed, and any other is ignored. Running jobs and results that are not known are ignored too, so
//! an earlier synchronization stays the last good one.

use crate::container::{Directory, account_and_region};
use crate::family::Family;
use crate::job::Job;
use crate::outcome::Outcome;
use crate::text;
use crate::time::Stamp;
use crate::verdict::Verdict;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A job with a result for a cell, and the time when the job ended.
#[derive(Debug, Clone, PartialEq)]
pub struct JobRef {
    /// When the job ended.
    pub at: Stamp,
    /// The id of the job.
    pub id: String,
}

/// A container, or one region of it where its family has regions and the regions are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The id of the container; where the list of containers is not known, the name that jobs use.
    pub id: String,
    /// The label of the container.
    pub label: String,
    /// The region; empty where the cell stands for the whole container.
    pub region: String,
    /// The last good synchronization.
    pub good: Option<JobRef>,
    /// The newest failed synchronization after the last good one.
    pub failed: Option<JobRef>,
}

impl Cell {
    /// A key that no other cell of the grid has.
    pub fn key(&self) -> String {
        key(&self.id, &self.region)
    }
}

fn key(id: &str, region: &str) -> String {
    [id, "\n", region].concat()
}

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
    index: HashMap<String, usize>,
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
        self.index.get(key).and_then(|at| self.cells.get(*at))
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
                ids.push(cell.id.clone());
            }
            all |= cell.region.is_empty();
            if let Err(at) = regions.binary_search(&cell.region) {
                regions.insert(at, cell.region.clone());
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
    let mut places =
        Places { family, directory, cells: Vec::new(), containers: HashMap::new(), of: Vec::new() };
    match directory {
        Some(directory) => {
            for container in directory.all() {
                let none = [String::new()];
                let known = family.regions.is_some() && !container.regions.is_empty();
                for region in if known { container.regions.as_slice() } else { &none } {
                    places.add(&container.id, &container.label, region);
                }
            }
        }
        None => ended.iter().for_each(|(_, job)| places.add_all(job)),
    }
    // For each job, the cells whose last good job it was, in the order of `ended`; the last item has the cells
    // without one.
    let mut last = vec![Vec::new(); ended.len() + 1];
    let mut open: Vec<usize> = (0..places.cells.len()).collect();
    for ((at, job), last) in ended.iter().zip(&mut last) {
        let verdicts = places.verdicts(job);
        open.retain(|place| {
            let job_ref = || JobRef { at: *at, id: job.id.clone() };
            let Some(cell) = places.cells.get_mut(*place) else { return false };
            match verdicts.get(*place).copied().flatten() {
                Some(Verdict::Good) => {
                    cell.good = Some(job_ref());
                    last.push(*place);
                    false
                }
                Some(Verdict::Error) => {
                    cell.failed.get_or_insert_with(job_ref);
                    true
                }
                _ => true,
            }
        });
    }
    if let Some(none) = last.last_mut() {
        *none = open;
    }
    let mut grid = Grid { looked: jobs.len(), back, ..Grid::default() };
    for place in last.iter().rev().flatten() {
        if let Some(cell) = places.cells.get(*place) {
            grid.index.entry(cell.key()).or_insert(grid.cells.len());
            grid.cells.push(cell.clone());
        }
    }
    grid
}

/// Finds the cells to which the results of a job apply.
#[derive(Debug)]
struct Places<'a> {
    family: &'a Family,
    directory: Option<&'a Directory>,
    cells: Vec<Cell>,
    /// The index in `of` by the id of a container.
    containers: HashMap<String, usize>,
    /// For each container, the indexes of its cells.
    of: Vec<Vec<usize>>,
}

impl Places<'_> {
    /// Adds a cell, unless it exists already.
    fn add(&mut self, id: &str, label: &str, region: &str) {
        let at = self.containers.get(id).copied().unwrap_or(self.of.len());
        if at == self.of.len() {
            self.containers.insert(id.to_owned(), at);
            self.of.push(Vec::new());
        }
        let Some(own) = self.of.get_mut(at) else { return };
        if own.iter().any(|place| self.cells.get(*place).is_some_and(|cell| cell.region == region)) {
            return;
        }
        own.push(self.cells.len());
        let (id, label, region) = (id.to_owned(), label.to_owned(), region.to_owned());
        self.cells.push(Cell { id, label, region, good: None, failed: None });
    }

    /// Adds a cell for each container and region that a job names.
    fn add_all(&mut self, job: &Job) {
        let containers = job.containers(self.family);
        let none = [String::new()];
        let regions = job.regions(self.family);
        for id in containers {
            for region in if regions.is_empty() { &none } else { regions } {
                self.add(id, id, region);
            }
        }
        for result in &job.details {
            let (id, region) = split(self.family, containers, &result.key);
            self.add(id, id, region);
        }
    }

    /// The indexes of a container's cells in `regions`; no region stands for all.
    fn of<'b>(&'b self, id: &str, regions: &'b [String]) -> impl Iterator<Item = usize> + use<'b> {
        let own = self.containers.get(id).and_then(|at| self.of.get(*at));
        own.into_iter().flatten().copied().filter(move |place| {
            let region = self.cells.get(*place).map_or("", |cell| &cell.region);
            regions.is_empty() || region.is_empty() || regions.iter().any(|one| one == region)
        })
    }

    /// The verdict of the job on each cell; `None` where the job has none.
    fn verdicts(&self, job: &Job) -> Vec<Option<Verdict>> {
        let selected = job.containers(self.family);
        let whole = match job.outcome() {
            Outcome::Completed => Some(Verdict::Good),
            Outcome::Failed => Some(Verdict::Error),
            _ => None,
        };
        let regions = job.regions(self.family);
        let id_of = |key: &str| match self.directory.and_then(|directory| directory.find(key)) {
            Some(container) => container.id.clone(),
            None => key.to_owned(),
        };
        let mut verdicts = vec![None; self.cells.len()];
        let mut say = |place: usize, verdict: Option<Verdict>| {
            if let Some(stored) = verdicts.get_mut(place) {
                *stored = verdict;
            }
        };
        let ids: Vec<String> = selected.iter().map(|key| id_of(key)).collect();
        if job.everything == Some(true) || selected.is_empty() {
            (0..self.cells.len()).for_each(|place| say(place, whole));
        } else {
            for id in &ids {
                self.of(id, regions).for_each(|place| say(place, whole));
            }
        }
        let chosen: HashSet<&str> = ids.iter().map(String::as_str).collect();
        for result in &job.details {
            let (key, verdict) = (result.key.as_str(), Some(result.verdict));
            let region = account_and_region(self.family.containers, key);
            match (self.directory, region) {
                (Some(directory), Some((account, region))) if directory.find(key).is_none() => {
                    // The containers of the account that the job selected; where it names none of them, all of the
                    // account.
                    let all: Vec<_> =
                        directory.in_account(account, region).map(|one| one.id.as_str()).collect();
                    let own: Vec<_> = all.iter().copied().filter(|one| chosen.contains(one)).collect();
                    for id in if own.is_empty() { all } else { own } {
                        self.of(id, &[region.to_owned()]).for_each(|place| say(place, verdict));
                    }
                }
                (Some(_), _) => self.of(&id_of(key), regions).for_each(|place| say(place, verdict)),
                (None, _) => {
                    let (id, region) = split(self.family, selected, key);
                    let region = if region.is_empty() { regions.to_vec() } else { vec![region.to_owned()] };
                    self.of(id, &region).for_each(|place| say(place, verdict));
                }
            }
        }
        verdicts
    }
}

/// Splits a key into container and region, as far as that is possible without the list of containers.
fn split<'a>(family: &Family, selected: &'a [String], key: &'a str) -> (&'a str, &'a str) {
    match (account_and_region(family.containers, key), selected) {
        (Some((_, region)), [only]) => (only, region),
        (Some((account, region)), _) => (account, region),
        (None, _) => (key, ""),
    }
}
