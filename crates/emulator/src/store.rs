//! The domains with their jobs and containers, and the lookup of these.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::{MappedMutexGuard, Mutex, MutexGuard};
use serde_json::Value;

use crate::families::{ContainerList, Family};
use crate::jobs::Job;
use crate::schedules::Schedules;

/// A container as lists have it, and the failure that it simulates.
#[derive(Debug, Clone)]
pub struct Container {
    pub value: Value,
    /// The text with which its synchronization ends in place of a success.
    pub failure: Option<String>,
}

/// The member of a container in a data file that sets its `failure`; it is never sent.
const FAILURE: &str = "emulator_trouble";

impl Container {
    /// Reads a container from a data file or the control API. It need not be valid.
    pub fn given(mut value: Value) -> Self {
        let failure = value
            .as_object_mut()
            .and_then(|object| object.remove(FAILURE))
            .and_then(|text| text.as_str().map(str::to_owned));
        Self { value, failure }
    }

    /// A member with a string; empty where it is missing.
    pub fn text(&self, member: &str) -> &str {
        self.value[member].as_str().unwrap_or_default()
    }

    /// All names of the container.
    pub fn names<'own>(&'own self, list: &'own ContainerList) -> impl Iterator<Item = &'own str> {
        list.names.iter().map(|member| self.text(member)).filter(|name| !name.is_empty())
    }

    /// The regions of an AWS KMS.
    pub fn regions(&self) -> impl Iterator<Item = &str> {
        self.value["regions"].as_array().into_iter().flatten().filter_map(Value::as_str)
    }
}

/// The jobs of one family.
#[derive(Debug, Default)]
struct Jobs {
    /// Oldest first.
    all: Vec<Job>,
    /// The indexes in `all` in the order of the ids, once somebody has asked for it.
    by_id: OnceCell<Vec<usize>>,
}

/// The jobs and containers of one domain. Domains share no data.
#[derive(Debug, Default)]
pub struct Domain {
    jobs: HashMap<&'static str, Jobs>,
    containers: HashMap<&'static str, Vec<Container>>,
    /// The configurations of the scheduler and their runs.
    pub schedules: Schedules,
}

impl Domain {
    /// The jobs of a family, oldest first.
    pub fn jobs(&self, family: &Family) -> &[Job] {
        self.jobs.get(family.slug).map_or(&[], |jobs| &jobs.all)
    }

    /// The jobs of a family in the order of their ids.
    pub fn jobs_by_id(&self, family: &Family) -> impl Iterator<Item = &Job> {
        self.jobs.get(family.slug).into_iter().flat_map(|jobs| {
            let order = jobs.by_id.get_or_init(|| {
                let mut order: Vec<usize> = (0..jobs.all.len()).collect();
                order.sort_by_cached_key(|at| jobs.all[*at].id());
                order
            });
            order.iter().map(|at| &jobs.all[*at])
        })
    }

    pub fn job_mut(&mut self, family: &Family, id: &str) -> Option<&mut Job> {
        self.jobs.get_mut(family.slug)?.all.iter_mut().find(|job| job.id() == id)
    }

    /// Adds jobs and keeps the order of creation; of jobs with the same time, the one added later comes later.
    pub fn add_jobs(&mut self, family: &'static Family, more: impl IntoIterator<Item = Job>) {
        let jobs = self.jobs.entry(family.slug).or_default();
        jobs.all.extend(more);
        jobs.all.sort_by_key(|job| job.created);
        jobs.by_id.take();
    }

    pub fn replace_jobs(&mut self, family: &'static Family, jobs: impl IntoIterator<Item = Job>) {
        self.jobs.remove(family.slug);
        self.add_jobs(family, jobs);
    }

    pub fn containers(&self, list: &ContainerList) -> &[Container] {
        self.containers.get(list.slug).map_or(&[], Vec::as_slice)
    }

    pub fn replace_containers(&mut self, list: &'static ContainerList, containers: Vec<Container>) {
        self.containers.insert(list.slug, containers);
    }

    /// Finds the containers that have `text` as their id or any other name.
    pub fn named<'own>(
        &'own self,
        list: &'own ContainerList,
        name: &'own str,
    ) -> impl Iterator<Item = &'own Container> {
        self.containers(list).iter().filter(move |container| container.names(list).any(|own| own == name))
    }
}

/// The data of all domains. Clones share the state.
#[derive(Debug, Clone, Default)]
pub struct Store(Arc<Mutex<HashMap<&'static str, Domain>>>);

impl Store {
    /// Locks the data of a domain until the guard is dropped; a domain without data starts empty.
    pub fn domain(&self, name: &'static str) -> MappedMutexGuard<'_, Domain> {
        MutexGuard::map(self.0.lock(), |domains| domains.entry(name).or_default())
    }
}
