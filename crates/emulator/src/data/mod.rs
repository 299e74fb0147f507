//! Owns the initial data of an emulator. It must not handle requests.

pub mod aws_azure;
pub mod believable;
pub mod containers;
pub mod documented;
pub mod google_oci;
pub mod key_sources;
pub mod sap_salesforce;
pub mod schedules;
pub mod special;

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use crate::auth::REALMS;
use crate::families;
use crate::jobs::Job;
use crate::options::Data;
use crate::schedules::Run;
use crate::store::{Container, Domain, Store};

/// Builds the store for a kind of data, as of `now`. The believable data have key sources where `key_sources` is true.
///
/// # Errors
/// Fails where a data file cannot be read, is not JSON of that shape, or names an unknown list or family.
pub fn store(data: &Data, key_sources: bool, seed: u64, now: DateTime<Utc>) -> anyhow::Result<Store> {
    let store = Store::default();
    let [root, payments] = &REALMS;
    match data {
        Data::Empty => {}
        Data::Documented => documented::fill(&mut store.domain(root.name)),
        Data::Believable => {
            believable::fill(&mut store.domain(root.name), root, &believable::ROOT, seed, now);
            documented::fill(&mut store.domain(root.name));
            schedules::fill(&mut store.domain(root.name), root, now);
            special::fill(&mut store.domain(root.name), root, now);
            if key_sources {
                key_sources::fill(&mut store.domain(root.name), root, seed ^ 0x5_0ce5, now);
            }
            believable::fill(
                &mut store.domain(payments.name),
                payments,
                &believable::SMALL,
                seed ^ 0xd0_5a11,
                now,
            );
        }
        Data::Large | Data::Huge => {
            let size = if *data == Data::Huge { &believable::HUGE } else { &believable::LARGE };
            believable::fill(&mut store.domain(root.name), root, size, seed, now);
            documented::fill(&mut store.domain(root.name));
            schedules::fill_many(&mut store.domain(root.name), root, now);
            believable::fill(
                &mut store.domain(payments.name),
                payments,
                &believable::SMALL,
                seed ^ 0xd0_5a11,
                now,
            );
        }
        Data::File(path) => {
            let text =
                std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
            let file = serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
            fill_from(&mut store.domain(root.name), file)?;
        }
    }
    Ok(store)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    /// By the slug of the list, such as `aws-kms`.
    containers: HashMap<String, Vec<Value>>,
    /// By the slug of the family, such as `aws`.
    jobs: HashMap<String, Vec<Value>>,
    /// Configurations of the scheduler.
    schedules: Vec<Value>,
    /// Runs of the scheduler.
    runs: Vec<Value>,
}

fn fill_from(domain: &mut Domain, file: File) -> anyhow::Result<()> {
    for (slug, containers) in file.containers {
        let list =
            families::list_by_slug(&slug).with_context(|| format!("no container list is called {slug}"))?;
        domain.replace_containers(list, containers.into_iter().map(Container::given).collect());
    }
    for (slug, jobs) in file.jobs {
        let family = families::by_slug(&slug).with_context(|| format!("no family is called {slug}"))?;
        domain.replace_jobs(family, jobs.into_iter().map(Job::raw));
    }
    domain.schedules.configs = file.schedules;
    domain.schedules.runs = file.runs.into_iter().map(Run::given).collect();
    Ok(())
}
