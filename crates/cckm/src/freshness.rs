//! When each container was last synchronized well, by the jobs that were looked at.
//!
//! Pure. It owns what counts as good, as failed and as out of date; it loads and draws nothing.
//!
//! A container's own result in a job counts, whatever became of the whole job: good is good also in a job that failed or
//! was cancelled. Where a job tells nothing of a container that it covers, a completed one counts as good for it and a
//! failed one as failed; any other tells nothing. A job that still runs tells nothing, and neither does a result that nobody
//! knows: the last good synchronization is an earlier one.

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

/// A job that tells of a cell, and when it ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// When the job ended.
    pub at: Stamp,
    /// The id of the job.
    pub id: String,
}

/// A container, or one region of it where the family has regions and it says which.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its id; where the list of containers is not known, what jobs call it.
    pub id: String,
    /// What to call the container.
    pub label: String,
    /// Empty where there is none.
    pub region: String,
    /// The last good synchronization.
    pub good: Option<Told>,
    /// The newest one that failed after it.
    pub failed: Option<Told>,
}

impl Cell {
    /// What tells the cell from every other of its grid.
    pub fn key(&self) -> String {
        key(&self.id, &self.region)
    }
}

fn key(id: &str, region: &str) -> String {
    [id, "\n", region].concat()
}

/// What is known of the age of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its last good synchronization is young enough.
    Fresh,
    /// Its last good synchronization is too old.
    Old,
    /// In none of the jobs that there are.
    Never,
    /// In none that was looked at, while older ones may tell of it.
    Unseen,
}

/// All cells, the longest unsynchronized first, and how far was looked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// The cells, those that were never synchronized first, then from the oldest synchronization to the newest.
    pub cells: Vec<Cell>,
    index: HashMap<String, usize>,
    /// How many jobs were looked at.
    pub looked: usize,
    /// The moment back to which every job was looked at; `None` for all there are.
    pub back: Option<Stamp>,
    /// Whether newer jobs than those that were looked at may be there, of which nobody knows.
    pub sample: bool,
}

/// How many cells are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tally {
    /// Cells that are out of date.
    pub out: usize,
    /// Cells among them that no job has synchronized.
    pub never: usize,
    /// Cells of which the jobs that were looked at say nothing.
    pub unseen: usize,
}

impl Grid {
    /// The cell with this key.
    pub fn get(&self, key: &str) -> Option<&Cell> {
        self.index.get(key).and_then(|at| self.cells.get(*at))
    }

    /// The state of `cell` at `now`, where it counts as out of date from `days` days on.
    pub fn state(&self, cell: &Cell, now: Stamp, days: u64) -> State {
        match (&cell.good, self.back) {
            // A newer one may be among those that were not looked at.
            (Some(good), _) if self.sample && is_old(good.at, now, days) => State::Unseen,
            (None, _) if self.sample => State::Unseen,
            (Some(good), _) if is_old(good.at, now, days) => State::Old,
            (Some(_), _) => State::Fresh,
            (None, None) => State::Never,
            (None, Some(_)) => State::Unseen,
        }
    }

    /// Whether it is certain that the last good synchronization is too old, or that there is none: what is in no job since
    /// longer ago than that is out of date too, whatever older jobs tell.
    pub fn is_out(&self, cell: &Cell, now: Stamp, days: u64) -> bool {
        match self.state(cell, now, days) {
            State::Fresh => false,
            State::Old | State::Never => true,
            State::Unseen if self.sample => false,
            State::Unseen => self.back.is_some_and(|back| is_old(back, now, days)),
        }
    }

    /// How many cells are in which state at `now`, as [`Grid::state`] judges them.
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

    /// The ids of the containers that are out of date, and the regions where they are; no region means all of them. A
    /// request crosses the two, so it may repeat some that are not.
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

    /// The same of jobs that are not known to be the newest.
    #[must_use]
    pub fn of_sample(self, sample: bool) -> Self {
        Self { sample, ..self }
    }

    /// How many are out of date of those of `what`, in words that are true of what was looked at.
    pub fn words(&self, tally: Tally, what: &str) -> String {
        let (all, jobs) = (self.cells.len(), text::count(self.looked, "job", "jobs"));
        let space = if what.is_empty() { "" } else { " " };
        if self.sample {
            let fresh = all.saturating_sub(tally.unseen);
            return format!(
                "{fresh} of {all} {what}{space}known to be fresh by the {jobs} looked at, {} not known",
                tally.unseen
            );
        }
        let mut words = format!("{} of {all} {what}{space}out of date", tally.out);
        if tally.never > 0 {
            words += &[", ", &tally.never.to_string(), " never synchronized"].concat();
        }
        if tally.unseen > 0 {
            words += &[", ", &tally.unseen.to_string(), " not synchronized in the last ", &jobs].concat();
        }
        words
    }
}

fn is_old(at: Stamp, now: Stamp, days: u64) -> bool {
    now.millis() - at.millis() >= (days as i64).saturating_mul(DAY)
}

/// The cells by what `jobs` tell, which are the newest of their family. Without a `directory` only what jobs name is known.
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
    // The cells of each job that was the last good one of some, in the order of `ended`; the last are those of none.
    let mut last = vec![Vec::new(); ended.len() + 1];
    let mut open: Vec<usize> = (0..places.cells.len()).collect();
    for ((at, job), last) in ended.iter().zip(&mut last) {
        let verdicts = places.verdicts(job);
        open.retain(|place| {
            let told = || Told { at: *at, id: job.id.clone() };
            let Some(cell) = places.cells.get_mut(*place) else { return false };
            match verdicts.get(*place).copied().flatten() {
                Some(Verdict::Good) => {
                    cell.good = Some(told());
                    last.push(*place);
                    false
                }
                Some(Verdict::Error) => {
                    cell.failed.get_or_insert_with(told);
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

/// Finding the cells of which a job tells.
#[derive(Debug)]
struct Places<'a> {
    family: &'a Family,
    directory: Option<&'a Directory>,
    cells: Vec<Cell>,
    /// The place in `of` by a container's id.
    containers: HashMap<String, usize>,
    /// The places of each container's cells.
    of: Vec<Vec<usize>>,
}

impl Places<'_> {
    /// Adds a cell, once.
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

    /// Adds what a job names.
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

    /// The cells of a container that are of the job's `regions`.
    fn of<'b>(&'b self, id: &str, regions: &'b [String]) -> impl Iterator<Item = usize> + use<'b> {
        let own = self.containers.get(id).and_then(|at| self.of.get(*at));
        own.into_iter().flatten().copied().filter(move |place| {
            let region = self.cells.get(*place).map_or("", |cell| &cell.region);
            regions.is_empty() || region.is_empty() || regions.iter().any(|one| one == region)
        })
    }

    /// What the job tells of each cell; `None` for nothing.
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
            if let Some(said) = verdicts.get_mut(place) {
                *said = verdict;
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
        for result in &job.details {
            let (key, verdict) = (result.key.as_str(), Some(result.verdict));
            let region = account_and_region(self.family.containers, key);
            match (self.directory, region) {
                (Some(directory), Some((account, region))) if directory.find(key).is_none() => {
                    // Those of the account that the job was of; where it names none of them, all.
                    let all: Vec<_> =
                        directory.in_account(account, region).map(|one| one.id.as_str()).collect();
                    let own: Vec<_> =
                        all.iter().copied().filter(|one| ids.iter().any(|id| id == one)).collect();
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

/// The container and the region of a key, as well as they can be told without the list of containers.
fn split<'a>(family: &Family, selected: &'a [String], key: &'a str) -> (&'a str, &'a str) {
    match (account_and_region(family.containers, key), selected) {
        (Some((_, region)), [only]) => (only, region),
        (Some((account, region)), _) => (account, region),
        (None, _) => (key, ""),
    }
}
