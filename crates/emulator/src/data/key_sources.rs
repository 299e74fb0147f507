//! Owns the generated containers and jobs of the key sources. The fields of their containers are guessed after those of
//! the clouds: no documentation has an example.

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use serde_json::json;

use super::aws_azure::name;
use super::believable::history;
use super::containers::{base, failure, with};
use crate::auth::Realm;
use crate::families::{ContainerList, DSM_DOMAINS, EXTERNAL_DOMAINS, KEY_SOURCES, LUNA_PARTITIONS};
use crate::store::{Container, Domain};

/// The lists, with the kind and the connection of their containers and their names.
const LISTS: [(&ContainerList, &str, &str, &[&str]); 3] = [
    (&DSM_DOMAINS, "dsm-domain", "dsm-frankfurt", &["payments", "hr-archive", "Schlüsselverwaltung", "lab"]),
    (
        &LUNA_PARTITIONS,
        "hsm-partition",
        "luna-network-hsm-7",
        &["code-signing", "root-ca", "issuing-ca", "database-tde", "timestamping", "test-partition-2"],
    ),
    (&EXTERNAL_DOMAINS, "external-cm-domain", "cm-singapore", &["root", "subsidiary-apac", "key-escrow"]),
];

const DAYS: u32 = 42;

/// The number of jobs of each family, in the order of the table.
const JOBS: [usize; 4] = [34, 27, 16, 21];

/// Replaces the containers and adds a history of jobs that have all ended by `now`.
pub fn fill(domain: &mut Domain, realm: &Realm, seed: u64, now: DateTime<Utc>) {
    let rng = &mut Rng::with_seed(seed);
    let added = now - TimeDelta::days(400);
    for (list, kind, connection, names) in LISTS {
        let containers = (0..names.len()).map(|number| Container {
            value: with(
                base(rng, kind, realm.account, added),
                json!({"name": name(names, number), "connection": connection}),
            ),
            failure: failure(rng, &["Error listing keys"]),
        });
        let containers = containers.collect();
        domain.replace_containers(list, containers);
    }
    for (family, count) in KEY_SOURCES.iter().zip(JOBS) {
        let jobs =
            history(family, domain.containers(family.containers), realm.account, count, DAYS, now, rng);
        domain.add_jobs(family, jobs);
    }
}
