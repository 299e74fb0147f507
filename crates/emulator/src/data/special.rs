//! Owns the special jobs for trying the panel: running, stuck, cancelling, very long, recently failed, with an
//! unknown text. Their ids are fixed, so that tests can name them.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::believable::{plan, settle};
use super::google_oci::archived_rings;
use crate::auth::Realm;
use crate::clock::micros;
use crate::families::{Family, by_slug};
use crate::jobs::{Abort, Job, Plan, Step};
use crate::store::{Container, Domain};

/// AWS: in progress for three days, and stuck.
pub const STUCK: &str = "0c5c6b0e-7a51-4d0b-9f43-51f0c0a7b001";
/// AWS: started 25 s ago, ends 90 s after its start with one failed container of three.
pub const RUNNING: &str = "5d6cbd0b-93e5-4a3e-8b54-9f6f0c1e2002";
/// AWS: completed an hour ago with errors in some containers.
pub const PARTIAL: &str = "e1f7a9d2-2b6c-4f0e-8d11-7c3b5a9f4003";
/// AWS: cancelled an hour and a half ago.
pub const CANCELLED: &str = "9b2d4c6e-1f3a-4b5c-8d7e-6f5a4b3c2004";
/// Azure: a cancel was requested four minutes ago, and the job takes two more hours to end.
pub const CANCELLING: &str = "3f8e7d6c-5b4a-4392-8170-6e5d4c3b2005";
/// Google: 400 key rings, started 20 minutes ago, one ring every nine seconds, some failing.
pub const FOUR_HUNDRED: &str = "7a6b5c4d-3e2f-4109-8f7e-6d5c4b3a2006";
/// OCI: failed half an hour ago, with the status `error`.
pub const FAILED: &str = "c4b3a291-8071-4f6e-9d5c-4b3a29182007";
/// OCI: a status that is not documented.
pub const UNKNOWN: &str = "d9c8b7a6-9584-4736-8251-403f2e1d2008";
/// SAP: `in progress` for 20 s, ends 80 s after its start.
pub const SAP_RUNNING: &str = "1b2c3d4e-5f60-4718-8293-a4b5c6d72009";
/// Salesforce: completed a quarter of an hour ago, and every organization failed.
pub const COMPLETED_BUT_FAILED: &str = "f0e1d2c3-b4a5-4968-8778-695a4b3c2010";
/// Google: completed three quarters of an hour ago, with an undocumented text for one key ring.
pub const SKIPPED: &str = "a8b7c6d5-e4f3-4211-8009-f8e7d6c52011";

/// Adds the special jobs to a domain that has the generated containers.
pub fn fill(domain: &mut Domain, realm: &Realm, now: DateTime<Utc>) {
    let ago = |time: TimeDelta| now - time;
    let account = realm.account;
    let mut add = |slug: &str, make: &dyn Fn(&'static Family, &[Container]) -> Job| {
        if let Some(family) = by_slug(slug) {
            let job = make(family, domain.containers(family.containers));
            domain.add_jobs(family, [job]);
        }
    };

    add("aws", &|family, containers| {
        let mut plan = over(family, account, STUCK, ago(TimeDelta::days(3)), &containers[..4]);
        spread(&mut plan, TimeDelta::minutes(5));
        plan.steps.truncate(3);
        plan.ends_as = None;
        hang(&mut plan, family);
        Job::planned(plan)
    });
    add("aws", &|family, containers| {
        let mut plan = over(family, account, RUNNING, ago(TimeDelta::seconds(25)), &containers[2..5]);
        spread(&mut plan, TimeDelta::seconds(90));
        fail(family, &mut plan, 3);
        Job::planned(plan)
    });
    add("aws", &|family, containers| {
        let mut plan = over(family, account, PARTIAL, ago(TimeDelta::hours(1)), &containers[1..6]);
        spread(&mut plan, TimeDelta::seconds(47));
        fail(family, &mut plan, 4);
        Job::planned(plan)
    });
    add("aws", &|family, containers| {
        let mut plan = over(family, account, CANCELLED, ago(TimeDelta::minutes(90)), &containers[3..6]);
        spread(&mut plan, TimeDelta::minutes(4));
        let at = plan.created + TimeDelta::seconds(100);
        Job { abort: Some(Abort { at, ends: at + TimeDelta::seconds(6) }), ..Job::planned(plan) }
    });
    add("azure", &|family, containers| {
        let mut plan = over(family, account, CANCELLING, ago(TimeDelta::minutes(6)), &containers[5..19]);
        spread(&mut plan, TimeDelta::minutes(9));
        plan.ends_as = None;
        hang(&mut plan, family);
        let at = ago(TimeDelta::minutes(4));
        Job { abort: Some(Abort { at, ends: at + TimeDelta::hours(2) }), ..Job::planned(plan) }
    });
    add("google", &|family, _| {
        let rings = archived_rings(400);
        let steps = rings.iter().map(|ring| step(ring, family.success)).collect();
        let mut plan = over(family, account, FOUR_HUNDRED, ago(TimeDelta::minutes(20)), &[]);
        plan.containers = rings;
        plan.steps = steps;
        spread(&mut plan, TimeDelta::hours(1));
        fail(family, &mut plan, 23);
        Job::planned(plan)
    });
    add("google", &|family, containers| {
        let mut plan = over(family, account, SKIPPED, ago(TimeDelta::minutes(45)), &containers[2..5]);
        spread(&mut plan, TimeDelta::seconds(52));
        if let Some(step) = plan.steps.get_mut(1) {
            "skipped: key ring is managed by another appliance".clone_into(&mut step.text);
        }
        Job::planned(plan)
    });
    add("oci", &|family, containers| {
        let mut plan = over(family, account, FAILED, ago(TimeDelta::minutes(30)), &containers[7..10]);
        spread(&mut plan, TimeDelta::seconds(33));
        fail(family, &mut plan, 1);
        Job::planned(plan)
    });
    add("oci", &|family, containers| {
        let id = containers[1].text("id");
        Job::raw(json!({
            "id": UNKNOWN,
            "uri": format!("kylo:kylo:cckm:synchronize:{UNKNOWN}"),
            "account": account,
            "createdAt": micros(ago(TimeDelta::minutes(50))),
            "updatedAt": micros(ago(TimeDelta::minutes(49))),
            "overall_status": "waiting for quota",
            "detailed_status": {id: "skipped"},
            "cloud": family.cloud,
            family.job_field: [id],
            "abort": false,
        }))
    });
    add("sap", &|family, containers| {
        let mut plan = over(family, account, SAP_RUNNING, ago(TimeDelta::seconds(20)), &containers[1..5]);
        spread(&mut plan, TimeDelta::seconds(80));
        Job::planned(plan)
    });
    add("salesforce", &|family, containers| {
        let mut plan =
            over(family, account, COMPLETED_BUT_FAILED, ago(TimeDelta::minutes(15)), &containers[3..4]);
        spread(&mut plan, TimeDelta::milliseconds(547));
        fail(family, &mut plan, 1);
        Job::planned(plan)
    });
}

fn over(family: &Family, account: &str, id: &str, created: DateTime<Utc>, containers: &[Container]) -> Plan {
    let chosen: Vec<(String, &Container)> =
        containers.iter().map(|container| (container.text("id").to_owned(), container)).collect();
    plan(family, account, id.to_owned(), created, &chosen)
}

fn step(key: &str, text: &str) -> Step {
    Step { key: key.to_owned(), after: TimeDelta::zero(), text: text.to_owned() }
}

/// Divides a duration equally among the entries.
fn spread(plan: &mut Plan, time: TimeDelta) {
    let count = i32::try_from(plan.steps.len()).unwrap_or(i32::MAX).max(1);
    for (number, step) in (1..).zip(&mut plan.steps) {
        step.after = time * number / count;
    }
}

/// Makes every `nth` entry fail, starting with the first, and sets the overall status that follows.
fn fail(family: &Family, plan: &mut Plan, nth: usize) {
    for (number, step) in plan.steps.iter_mut().step_by(nth).enumerate() {
        family.errors[number % family.errors.len()].clone_into(&mut step.text);
    }
    settle(family, plan);
}

/// Makes a plan without an end hang in its last entry.
fn hang(plan: &mut Plan, family: &Family) {
    if let Some(last) = plan.steps.last_mut() {
        family.running.clone_into(&mut last.text);
    }
}
