//! Which containers no schedule synchronizes, which several do, and which schedules run too seldom.
//!
//! Pure. A container counts as covered only by a schedule that is enabled, has not ended, has runs to come, and chooses
//! it in a way that the panel understands. Whatever else a server has is named beside the count, never in it.

use crate::container::Directory;
use crate::family::Family;
use crate::schedule::{Schedule, Selection, State};
use crate::start_request::Form;
use crate::text;
use crate::time::{DAY, Stamp};
use std::collections::HashSet;

/// A container, or one region of it where its family has regions and they are known, with its schedules.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The id of the container.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The region; empty where the place is the whole container.
    pub region: String,
    /// The ids of the schedules that cover it.
    pub by: Vec<String>,
}

impl Place {
    /// The label with the region: "prod-kms · eu-west-1".
    pub fn name(&self) -> String {
        if self.region.is_empty() { self.label.clone() } else { [&self.label, " · ", &self.region].concat() }
    }
}

/// Why a schedule does not count although it is enabled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unclear {
    /// Its expression cannot be read.
    When,
    /// It has no runs to come.
    NoRuns,
    /// It names neither everything nor a container.
    Selection,
    /// Whether it is disabled, or one of its dates, cannot be read.
    Dates,
    /// It has not started yet.
    Later,
}

impl Unclear {
    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::When => "its times cannot be read",
            Self::NoRuns => "it has no runs to come",
            Self::Selection => "what it synchronizes cannot be read",
            Self::Dates => "whether it is enabled, or its dates, cannot be read",
            Self::Later => "it has not started yet",
        }
    }
}

/// A schedule whose longest time between two runs is longer than the age that counts as out of date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slow {
    /// The id of the schedule.
    pub id: String,
    /// The longest time between two runs, in milliseconds.
    pub gap: i64,
}

/// The coverage of one family.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coverage {
    /// All containers, or their regions, in the order of the list.
    pub places: Vec<Place>,
    /// Schedules that run too seldom.
    pub slow: Vec<Slow>,
    /// Enabled schedules that do not count, by id, and why.
    pub unclear: Vec<(String, Unclear)>,
    /// Containers that schedules name and the list lacks: the id of the schedule, and the names.
    pub missing: Vec<(String, Vec<String>)>,
    /// Containers of the server's list that could not be read, so that nothing is said of them.
    pub unread: u64,
}

/// The coverage of `family`. A synchronization is out of date once it is `days` days old.
pub fn coverage<'a>(
    family: &Family,
    schedules: impl IntoIterator<Item = &'a Schedule>,
    directory: &Directory,
    now: Stamp,
    days: u64,
) -> Coverage {
    let mut coverage =
        Coverage { places: places(family, directory), unread: directory.unread, ..Coverage::default() };
    for schedule in schedules.into_iter().filter(|schedule| schedule.concerns(family)) {
        if schedule.state(now) != State::Enabled {
            continue;
        }
        let id = || schedule.id.clone();
        if schedule.unread {
            coverage.unclear.push((id(), Unclear::Dates));
            continue;
        }
        let Ok(cron) = schedule.cron() else {
            coverage.unclear.push((id(), Unclear::When));
            continue;
        };
        if schedule.next_runs(now).is_empty() {
            coverage.unclear.push((id(), Unclear::NoRuns));
            continue;
        }
        if schedule.start.is_some_and(|start| start > now) {
            coverage.unclear.push((id(), Unclear::Later));
            continue;
        }
        let (keys, regions) = match schedule.selection(family) {
            Selection::NotKnown => {
                coverage.unclear.push((id(), Unclear::Selection));
                continue;
            }
            Selection::Everything => (None, Vec::new()),
            Selection::Chosen { ids, regions } => (Some(ids), regions),
        };
        if let Some(gap) = cron.longest_gap(now).filter(|gap| *gap > (days as i64).saturating_mul(DAY)) {
            coverage.slow.push(Slow { id: id(), gap });
        }
        let is_lost = |key: &String| directory.find(key).is_none();
        let lost: Vec<String> = keys.iter().flatten().filter(|key| is_lost(key)).cloned().collect();
        if !lost.is_empty() {
            coverage.missing.push((id(), lost));
        }
        let chosen: Option<HashSet<&str>> = keys.as_ref().map(|keys| {
            keys.iter().filter_map(|key| directory.find(key)).map(|container| container.id.as_str()).collect()
        });
        for place in &mut coverage.places {
            let is_chosen = chosen.as_ref().is_none_or(|ids| ids.contains(place.id.as_str()));
            // Where the regions of the container are not known, a choice of regions leaves open what it covers.
            if is_chosen && (regions.is_empty() || regions.contains(&place.region)) {
                place.by.push(schedule.id.clone());
            }
        }
    }
    coverage
}

fn places(family: &Family, directory: &Directory) -> Vec<Place> {
    let mut places = Vec::new();
    for container in directory.all() {
        let none = [String::new()];
        let known = family.regions.is_some() && !container.regions.is_empty();
        for region in if known { container.regions.as_slice() } else { &none } {
            let (id, label) = (container.id.clone(), container.label.clone());
            places.push(Place { id, label, region: region.clone(), by: Vec::new() });
        }
    }
    places
}

impl Coverage {
    /// The places that no schedule covers.
    pub fn uncovered(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|place| place.by.is_empty())
    }

    /// The places that several schedules cover.
    pub fn twice(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|place| place.by.len() > 1)
    }

    /// The places that are covered, but only by schedules that run too seldom.
    pub fn seldom(&self) -> impl Iterator<Item = &Place> {
        let is_slow = |id: &String| self.slow.iter().any(|slow| slow.id == *id);
        self.places.iter().filter(move |place| !place.by.is_empty() && place.by.iter().all(is_slow))
    }

    /// The number of containers of which every place is covered, and of all containers.
    pub fn counts(&self) -> (usize, usize) {
        let (mut covered, mut all) = (0, 0);
        for container in self.places.chunk_by(|one, other| one.id == other.id) {
            all += 1;
            covered += usize::from(container.iter().all(|place| !place.by.is_empty()));
        }
        (covered, all)
    }

    /// The containers of which only some regions are covered.
    fn partly(&self) -> usize {
        let containers = self.places.chunk_by(|one, other| one.id == other.id);
        containers
            .filter(|places| {
                let covered = places.iter().filter(|place| !place.by.is_empty()).count();
                covered > 0 && covered < places.len()
            })
            .count()
    }

    /// The count in words: "14 of 17 key vaults are covered".
    pub fn words(&self, family: &Family) -> String {
        let (covered, all) = self.counts();
        let what = if all == 1 { family.containers.one } else { family.containers.many };
        if all == 0 && self.unread == 0 {
            return ["There are no ", what, " to cover"].concat();
        }
        let number = |count: usize| text::number(count as u64);
        let verb = if all == 1 { "is" } else { "are" };
        let mut words = format!("{} of {} {what} {verb} covered", number(covered), number(all));
        let partly = self.partly();
        if partly > 0 {
            words.push_str(&[", ", &number(partly), " in some regions only"].concat());
        }
        if self.unread > 0 {
            words.push_str(&[", ", &text::number(self.unread), " more could not be read"].concat());
        }
        words
    }

    /// The start form's selection of what no schedule covers, for **Schedule these**. A schedule has no regions, so a
    /// container of which a region is left is chosen as a whole.
    pub fn form(&self) -> Form {
        let mut chosen: Vec<String> = Vec::new();
        for place in self.uncovered() {
            if chosen.last() != Some(&place.id) {
                chosen.push(place.id.clone());
            }
        }
        Form { everything: Some(false), chosen, ..Form::default() }
    }
}
