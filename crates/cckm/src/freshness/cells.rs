//! The cells of the grid, and what a job tells of them.

use crate::container::{Container, Directory, account_and_region};
use crate::family::Family;
use crate::job::Job;
use crate::outcome::Outcome;
use crate::time::Stamp;
use crate::verdict::Verdict;
use std::collections::HashMap;
use std::sync::Arc;

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
    /// The id of the container; where the list of containers is not known, the name that jobs use. Texts are shared by
    /// the cells that have them.
    pub id: Arc<str>,
    /// The label of the container.
    pub label: Arc<str>,
    /// The region; empty where the cell stands for the whole container.
    pub region: Arc<str>,
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

/// The indexes of cells by their container. A container has few cells, so a key of each cell is not kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Index {
    /// The index in `cells` by the id of a container.
    containers: HashMap<String, usize>,
    /// For each container, the indexes of its cells.
    pub cells: Vec<Vec<usize>>,
}

impl Index {
    pub fn of(&self, id: &str) -> &[usize] {
        self.containers.get(id).and_then(|at| self.cells.get(*at)).map_or(&[], Vec::as_slice)
    }
}

/// What one job tells of cells. It is made once and emptied for the next job, because most jobs tell of few cells.
pub struct Verdicts {
    /// By the index of a cell; `None` where the job tells nothing.
    of: Vec<Option<Verdict>>,
    /// The cells about which something was told.
    told: Vec<usize>,
}

impl Verdicts {
    /// Nothing about any of `count` cells.
    pub fn new(count: usize) -> Self {
        Self { of: vec![None; count], told: Vec::new() }
    }

    /// Tells a result of the cell. Of several, the worst counts.
    fn say(&mut self, place: usize, verdict: Verdict) {
        if let Some(stored) = self.of.get_mut(place) {
            *stored = Some(stored.map_or(verdict, |other| other.min(verdict)));
            self.told.push(place);
        }
    }

    /// Tells a cell that has no result of its own what the whole job is.
    fn suppose(&mut self, place: usize, verdict: Verdict) {
        if self.of.get(place).is_some_and(Option::is_none) {
            self.say(place, verdict);
        }
    }

    /// Returns what was told, and forgets it. A cell of which something was told twice comes again, with nothing.
    pub fn take(&mut self) -> impl Iterator<Item = (usize, Option<Verdict>)> {
        let of = &mut self.of;
        self.told.drain(..).map(|place| (place, of.get_mut(place).and_then(Option::take)))
    }
}

/// Finds the cells to which the results of a job apply.
#[derive(Debug)]
pub struct Places<'a> {
    family: &'a Family,
    directory: Option<&'a Directory>,
    pub cells: Vec<Cell>,
    pub index: Index,
    /// The regions of all cells, each once, and their indexes.
    regions: Vec<Arc<str>>,
    region_at: HashMap<String, usize>,
}

impl<'a> Places<'a> {
    pub fn new(family: &'a Family, directory: Option<&'a Directory>) -> Self {
        Self {
            family,
            directory,
            cells: Vec::new(),
            index: Index::default(),
            regions: Vec::new(),
            region_at: HashMap::new(),
        }
    }

    /// Adds a cell for each region, unless it exists already.
    pub fn add(&mut self, id: &str, label: &str, regions: &[String]) {
        let index = &mut self.index;
        let at = index.containers.get(id).copied().unwrap_or(index.cells.len());
        if at == index.cells.len() {
            index.containers.insert(id.to_owned(), at);
            index.cells.push(Vec::new());
        }
        let Some(own) = index.cells.get_mut(at) else { return };
        let (id, label): (Arc<str>, Arc<str>) = (Arc::from(id), Arc::from(label));
        for region in regions {
            if own.iter().any(|place| self.cells.get(*place).is_some_and(|cell| *cell.region == **region)) {
                continue;
            }
            let region = match self.region_at.get(region).and_then(|at| self.regions.get(*at)) {
                Some(region) => region.clone(),
                None => {
                    self.region_at.insert(region.clone(), self.regions.len());
                    let region: Arc<str> = Arc::from(region.as_str());
                    self.regions.push(region.clone());
                    region
                }
            };
            own.push(self.cells.len());
            self.cells.push(Cell { id: id.clone(), label: label.clone(), region, good: None, failed: None });
        }
    }

    /// Adds a cell for each container and region that a job names.
    pub fn add_all(&mut self, job: &Job) {
        let containers = job.containers(self.family);
        let none = [String::new()];
        let regions = job.regions(self.family);
        for id in containers {
            self.add(id, id, if regions.is_empty() { &none } else { regions });
        }
        for result in &job.details {
            let (id, region) = split(self.family, containers, &result.key);
            self.add(id, id, &[region.to_owned()]);
        }
    }

    /// Whether what is told of `regions` applies to the cell; no region stands for all. A cell without a region stands
    /// for all of them, so that `whole` has to say whether it is told of.
    fn applies(&self, place: usize, regions: &[String], whole: bool) -> bool {
        let region = self.cells.get(place).map_or("", |cell| &*cell.region);
        regions.is_empty() || whole && region.is_empty() || regions.iter().any(|one| *one == *region)
    }

    /// Tells `verdicts` what the job says of each cell.
    pub fn tell(&self, job: &Job, verdicts: &mut Verdicts) {
        let selected = job.containers(self.family);
        let outcome = job.outcome();
        // A job of everything may list the regions that it has found.
        let regions = if job.everything == Some(true) { &[] } else { job.regions(self.family) };
        let found = |key: &str| self.directory.and_then(|directory| directory.find(key));
        let id_of = |key: &'_ str| found(key).map_or_else(|| key.to_owned(), |one| one.id.clone());
        let all = job.is_of_everything(self.family);
        let came_to_all =
            regions.is_empty() && matches!(outcome, Outcome::Completed | Outcome::CompletedWithErrors);
        // That some regions are good does not make all of them good; that one failed tells of all.
        let of = |id: &str, regions: &[String], verdict: Verdict| {
            let whole = came_to_all || verdict != Verdict::Good;
            let own = self.index.of(id).iter().copied();
            own.filter(|place| self.applies(*place, regions, whole)).collect::<Vec<_>>()
        };
        // The containers that the job selected, by account.
        let mut chosen: HashMap<&str, Vec<&Container>> = HashMap::new();
        for container in selected.iter().filter_map(|key| found(key)) {
            chosen.entry(&container.account).or_default().push(container);
        }
        for result in &job.details {
            let (key, verdict) = (result.key.as_str(), result.verdict);
            let mut say = |id: &str, regions: &[String]| {
                for place in of(id, regions, verdict) {
                    verdicts.say(place, verdict);
                }
            };
            let region = account_and_region(self.family.containers, key);
            match (self.directory, region) {
                (Some(directory), Some((account, region))) if directory.find(key).is_none() => {
                    let own = chosen.get(account).into_iter().flatten().copied();
                    let mut own: Vec<_> = own.filter(|one| one.offers(region)).collect();
                    if own.is_empty() {
                        // The job names none of the account, so all of it.
                        own = directory.in_account(account, region).collect();
                    }
                    if own.len() > 1 && !all && selected.is_empty() && verdict == Verdict::Good {
                        // Which of them is good, the job does not say.
                        continue;
                    }
                    for one in own {
                        say(&one.id, &[region.to_owned()]);
                    }
                }
                (Some(_), _) => say(&id_of(key), regions),
                (None, _) => {
                    let (id, region) = split(self.family, selected, key);
                    if region.is_empty() { say(id, regions) } else { say(id, &[region.to_owned()]) }
                }
            }
        }
        let whole = match outcome {
            Outcome::Completed => Verdict::Good,
            Outcome::Failed => Verdict::Error,
            _ => return,
        };
        if all {
            let places = 0..self.cells.len();
            places
                .filter(|place| self.applies(*place, regions, whole == Verdict::Error))
                .for_each(|place| verdicts.suppose(place, whole));
        } else {
            for key in selected {
                for place in of(&id_of(key), regions, whole) {
                    verdicts.suppose(place, whole);
                }
            }
        }
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
