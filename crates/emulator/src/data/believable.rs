//! Owns the generated history: containers of every list and jobs of every family over the last weeks, from a seed. It
//! must not hold special jobs, nor read a clock.

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;

use super::{aws_azure, google_oci, sap_salesforce};
use crate::auth::Realm;
use crate::families::{
    AWS_KMS, AZURE_VAULTS, FAMILIES, Family, GOOGLE_KEY_RINGS, OCI_VAULTS, SAP_GROUPS, SFDC_ORGANIZATIONS,
};
use crate::jobs::{Abort, Job, Plan, Step};
use crate::random::{chance, pick, some_of, uuid};
use crate::start::{container_label, results, used_regions};
use crate::store::{Container, Domain};

/// The amount of data.
#[derive(Debug)]
pub struct Size {
    kms: usize,
    azure_vaults: usize,
    key_rings: usize,
    oci_vaults: usize,
    groups: usize,
    organizations: usize,
    /// The number of jobs of a family, by its slug.
    jobs: &'static [(&'static str, usize)],
    /// The number of jobs of each other family.
    other_jobs: usize,
    /// The number of days over which the jobs are spread.
    days: u32,
}

pub const ROOT: Size = Size {
    kms: 8,
    azure_vaults: 26,
    key_rings: 25,
    oci_vaults: 12,
    groups: 6,
    organizations: 9,
    jobs: &[
        ("aws", 134),
        ("aws-custom-key-stores", 23),
        ("azure", 72),
        ("azure-certificates", 31),
        ("azure-secrets", 38),
        ("google", 57),
        ("oci", 33),
        ("sap", 26),
        ("salesforce", 41),
        ("salesforce-certificates", 18),
    ],
    other_jobs: 20,
    days: 42,
};
pub const SMALL: Size = Size {
    kms: 2,
    azure_vaults: 4,
    key_rings: 3,
    oci_vaults: 1,
    groups: 1,
    organizations: 2,
    jobs: &[
        ("aws", 12),
        ("azure", 7),
        ("azure-certificates", 2),
        ("google", 4),
        ("oci", 1),
        ("sap", 3),
        ("salesforce", 2),
    ],
    other_jobs: 0,
    days: 20,
};
pub const LARGE: Size = Size {
    kms: 2_200,
    azure_vaults: 2_200,
    key_rings: 2_200,
    oci_vaults: 2_200,
    groups: 2_200,
    organizations: 2_200,
    jobs: &[],
    other_jobs: 1_500,
    days: 365,
};
pub const HUGE: Size = Size {
    kms: 5_000,
    azure_vaults: 5_000,
    key_rings: 5_000,
    oci_vaults: 5_000,
    groups: 5_000,
    organizations: 5_000,
    jobs: &[("aws", 155_000)],
    other_jobs: 5_000,
    days: 365,
};

/// Replaces a domain's containers and adds a history of jobs that have all ended by `now`.
pub fn fill(domain: &mut Domain, realm: &Realm, size: &Size, seed: u64, now: DateTime<Utc>) {
    let rng = &mut Rng::with_seed(seed);
    let added = now - TimeDelta::days(i64::from(size.days) + 200);
    let account = realm.account;
    domain.replace_containers(&AWS_KMS, aws_azure::kms(rng, account, size.kms, added));
    domain.replace_containers(&AZURE_VAULTS, aws_azure::vaults(rng, account, size.azure_vaults, added));
    domain.replace_containers(&GOOGLE_KEY_RINGS, google_oci::key_rings(rng, account, size.key_rings, added));
    domain.replace_containers(&OCI_VAULTS, google_oci::vaults(rng, account, size.oci_vaults, added));
    domain.replace_containers(&SAP_GROUPS, sap_salesforce::groups(rng, account, size.groups, added));
    domain.replace_containers(
        &SFDC_ORGANIZATIONS,
        sap_salesforce::organizations(rng, account, size.organizations, added),
    );
    for family in FAMILIES {
        let count = size
            .jobs
            .iter()
            .find(|(slug, _)| *slug == family.slug)
            .map_or(size.other_jobs, |(_, count)| *count);
        // Each family has a seed of its own, so that a change to one family does not change the ids of the others.
        let rng = &mut Rng::with_seed(rng.u64(..));
        let history =
            history(family, domain.containers(family.containers), account, count, size.days, now, rng);
        domain.add_jobs(family, history);
    }
}

/// Generates `count` jobs that are spread over the last `days` and have all ended by `now`.
pub fn history(
    family: &Family,
    containers: &[Container],
    account: &str,
    count: usize,
    days: u32,
    now: DateTime<Utc>,
    rng: &mut Rng,
) -> Vec<Job> {
    let span = TimeDelta::days(days.into()) - TimeDelta::hours(2);
    let slot = span / i32::try_from(count.max(1)).unwrap_or(i32::MAX);
    (0..i32::try_from(count).unwrap_or(i32::MAX))
        .map(|number| {
            // The newest of these jobs ended well before `now`, because the longest takes less than two hours.
            let within =
                TimeDelta::microseconds(rng.i64(0..slot.num_microseconds().unwrap_or(i64::MAX).max(1)));
            let created = now - TimeDelta::hours(2) - slot * number - within;
            past_job(family, containers, account, created, rng)
        })
        .collect()
}

/// Generates a job that has ended. Most jobs succeed, some fail in part or completely, and some are cancelled.
fn past_job(
    family: &Family,
    containers: &[Container],
    account: &str,
    created: DateTime<Utc>,
    rng: &mut Rng,
) -> Job {
    let everything = containers.len() <= 40 && chance(rng, 15);
    let count = if everything { containers.len() } else { rng.usize(1..=containers.len().min(6)) };
    let chosen: Vec<(String, &Container)> = some_of(rng, containers.len(), count)
        .into_iter()
        .map(|index| (containers[index].text("id").to_owned(), &containers[index]))
        .collect();
    let all_fail = chance(rng, 8);
    let some_fail = chance(rng, 12);
    let mut plan = plan(family, account, uuid(rng), created, &chosen);
    let mut after = TimeDelta::zero();
    for step in &mut plan.steps {
        after += TimeDelta::microseconds(rng.i64(1_500_000..90_000_000));
        step.after = after.min(TimeDelta::minutes(100));
        // Failures are temporary, so the current failure of a container does not decide its results of last month.
        step.text = if all_fail || (some_fail && chance(rng, 35)) {
            (*pick(rng, family.errors)).to_owned()
        } else {
            family.success.to_owned()
        };
    }
    settle(family, &mut plan);
    let length = plan.steps.last().map_or(TimeDelta::seconds(1), |step| step.after);
    let mut job = Job::planned(plan);
    if chance(rng, 6) {
        let at = created + length * rng.i32(2..9) / 10;
        job.abort = Some(Abort { at, ends: at + TimeDelta::milliseconds(rng.i64(900..12_000)) });
    }
    job
}

/// Makes a plan over containers, each entry of which succeeds and takes no time yet.
pub fn plan(
    family: &Family,
    account: &str,
    id: String,
    created: DateTime<Utc>,
    chosen: &[(String, &Container)],
) -> Plan {
    let steps = chosen
        .iter()
        .flat_map(|(_, container)| results(family, container, &[]))
        .map(|(key, _)| Step { key, after: TimeDelta::zero(), text: family.success.to_owned() })
        .collect();
    Plan {
        id,
        account: account.to_owned(),
        created,
        containers: chosen.iter().map(|(sent, container)| container_label(family, sent, container)).collect(),
        regions: family.regions.then(|| used_regions(chosen, &[])),
        steps,
        ends_as: Some("completed"),
        older: false,
    }
}

/// Sets the overall status of a plan that follows from its entries.
pub fn settle(family: &Family, plan: &mut Plan) {
    if !plan.steps.is_empty() && plan.steps.iter().all(|step| step.text != family.success) {
        plan.ends_as = Some(family.all_failed);
    }
}
