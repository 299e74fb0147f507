//! Owns the believable schedules and their runs. Some have the selection and the time of a job of the generated history,
//! so that their last run has a job. Their ids are fixed, so that tests can name them.

use chrono::{DateTime, Datelike, DurationRound, TimeDelta, Timelike, Utc};
use serde_json::{Value, json};

use crate::auth::Realm;
use crate::clock::micros;
use crate::families::by_slug;
use crate::schedules::{Run, SYNCHRONIZATION};
use crate::store::Domain;

/// AWS: everything, every Sunday; covers all KMS.
pub const AWS_EVERYTHING: &str = "5c4ed01e-0000-4000-8000-000000000001";
/// Azure: daily, with a backup of the keys; its last run has a job.
pub const AZURE_NIGHTLY: &str = "5c4ed01e-0000-4000-8000-000000000002";
/// Azure: every 30 minutes on weekdays, of two vaults.
pub const AZURE_OFTEN: &str = "5c4ed01e-0000-4000-8000-000000000003";
/// Google: daily; one of its key rings no longer exists, so that its runs fail.
pub const GOOGLE_GONE: &str = "5c4ed01e-0000-4000-8000-000000000004";
/// OCI: disabled.
pub const OCI_DISABLED: &str = "5c4ed01e-0000-4000-8000-000000000005";
/// OCI: on the first of each third month, which is too seldom; its last run has no job any more.
pub const OCI_SELDOM: &str = "5c4ed01e-0000-4000-8000-000000000006";
/// SAP: ended ten days ago.
pub const SAP_ENDED: &str = "5c4ed01e-0000-4000-8000-000000000007";
/// Salesforce: on the first of the month and every Monday, on one node; its last run was aborted.
pub const SALESFORCE_EITHER: &str = "5c4ed01e-0000-4000-8000-000000000008";
/// A backup of the database, which is no synchronization.
pub const DATABASE_BACKUP: &str = "5c4ed01e-0000-4000-8000-000000000009";
/// SAP: daily; its last run has a job.
pub const SAP_NIGHTLY: &str = "5c4ed01e-0000-4000-8000-00000000000a";

/// A past run: when it began, and the status with which it ended.
type Past = (DateTime<Utc>, &'static str);

/// Adds the schedules to a domain that has the generated containers and jobs.
pub fn fill(domain: &mut Domain, realm: &Realm, now: DateTime<Utc>) {
    let (azure, google, sap) =
        (model(domain, "azure", now), model(domain, "google", now), model(domain, "sap", now));
    let ids = |domain: &Domain, slug: &str, from: usize, count: usize| -> Vec<String> {
        let containers = by_slug(slug).map(|family| domain.containers(family.containers)).unwrap_or_default();
        containers.iter().skip(from).take(count).map(|one| one.text("id").to_owned()).collect()
    };
    let often = ids(domain, "azure", 0, 2);
    let (paused, seldom) = (ids(domain, "oci", 0, 2), ids(domain, "oci", 4, 3));
    let (ended, organizations) = (ids(domain, "sap", 0, 3), ids(domain, "salesforce", 2, 4));
    let mut gone = google.ids.clone();
    gone.push("00000000-dead-4000-8000-000000000000".to_owned());

    let at = |days: i64, hour: u32, minute: u32| {
        let day = now - TimeDelta::days(days);
        day.date_naive().and_hms_opt(hour, minute, 0).map_or(day, |time| time.and_utc())
    };
    let date = |days: i64| (now + TimeDelta::days(days)).format("%Y-%m-%dT00:00:00Z").to_string();
    let sunday = at(i64::from(now.weekday().num_days_from_sunday().max(1)), 3, 0);
    let week = TimeDelta::weeks(1);

    let mut all = Schedules { domain, realm, now };
    let params = json!({"cloud_name": "aws", "synchronize_all": true});
    let runs = vec![(sunday - week * 2, "completed"), (sunday - week, "failed"), (sunday, "completed")];
    all.add(
        AWS_EVERYTHING,
        "aws-everything",
        "0 3 * * SUN",
        json!({"description": "All KMS, all regions"}),
        params,
        runs,
    );

    let params = json!({"cloud_name": "AzureCloud", "key_vaults": azure.ids, "sync_items": ["key"], "take_cloud_key_backup": true});
    all.add(
        AZURE_NIGHTLY,
        "azure-nightly",
        &azure.daily(),
        json!({}),
        params,
        azure.days(&["completed", "completed", "failed", "completed"]),
    );

    let params = json!({"cloud_name": "AzureCloud", "key_vaults": often, "sync_items": ["key"]});
    all.add(AZURE_OFTEN, "azure-often", "*/30 * * * MON-FRI", json!({}), params, Vec::new());

    let params = json!({"cloud_name": "gcp", "key_rings": gone});
    all.add(
        GOOGLE_GONE,
        "google-rings",
        &google.daily(),
        json!({}),
        params,
        google.days(&["completed", "failed", "failed"]),
    );

    let params = json!({"cloud_name": "oci", "oci_vaults": paused});
    let more = json!({"disabled": true, "description": "Paused for the move to Frankfurt"});
    all.add(OCI_DISABLED, "oci-paused", "15 4 * * *", more, params, vec![(at(20, 4, 15), "completed")]);

    let params = json!({"cloud_name": "oci", "oci_vaults": seldom});
    all.add(OCI_SELDOM, "oci-quarterly", "0 3 1 */3 *", json!({}), params, vec![(at(58, 3, 0), "completed")]);

    let params = json!({"cloud_name": "sap", "groups": ended});
    let more = json!({"start_date": date(-40), "end_date": date(-10)});
    all.add(SAP_ENDED, "sap-migration", "0 */6 * * *", more, params, vec![(at(11, 18, 0), "completed")]);

    let params = json!({"cloud_name": "sap", "groups": sap.ids});
    let more = json!({"end_date": date(200)});
    all.add(SAP_NIGHTLY, "sap-nightly", &sap.daily(), more, params, sap.days(&["completed", "completed"]));

    let params = json!({"cloud_name": "sfdc", "organizations": organizations});
    let more = json!({"run_on": "cm-node-2"});
    all.add(
        SALESFORCE_EITHER,
        "salesforce-tenants",
        "0 4 1 * MON",
        more,
        params,
        vec![(at(9, 4, 0), "completed"), (at(2, 4, 0), "aborted")],
    );

    let params = json!({"scope": "system", "tied_to_hsm": false});
    let more = json!({"operation": "database_backup"});
    all.add(
        DATABASE_BACKUP,
        "nightly-backup",
        "0 1 * * *",
        more,
        params,
        vec![(at(1, 1, 0), "completed"), (at(0, 1, 0), "completed")],
    );

    domain.schedules.runs.sort_by_key(|run| run.at(now)["createdAt"].as_str().map(str::to_owned));
}

/// Adds more schedules than one page of a list has.
pub fn fill_many(domain: &mut Domain, realm: &Realm, now: DateTime<Utc>) {
    let containers = by_slug("google").map(|family| domain.containers(family.containers)).unwrap_or_default();
    let ids: Vec<String> = containers.iter().map(|one| one.text("id").to_owned()).collect();
    let mut all = Schedules { domain, realm, now };
    for (number, ids) in ids.chunks(10).enumerate() {
        let id = format!("5c4ed01e-0000-4000-8001-{number:012}");
        let params = json!({"cloud_name": "gcp", "key_rings": ids});
        let run_at = format!("{} {} * * *", number % 60, number % 24);
        all.add(&id, &format!("google-{number:03}"), &run_at, json!({}), params, Vec::new());
    }
}

/// Adds schedules to a domain.
struct Schedules<'a> {
    domain: &'a mut Domain,
    realm: &'a Realm,
    now: DateTime<Utc>,
}

impl Schedules<'_> {
    fn add(&mut self, id: &str, name: &str, run_at: &str, more: Value, params: Value, runs: Vec<Past>) {
        let created = micros(self.now - TimeDelta::days(90));
        let config = json!({
            "id": id,
            "uri": format!("kylo:kylo:scheduler:job-configs:{id}"),
            "account": self.realm.account,
            "createdAt": created,
            "updatedAt": created,
            "name": name,
            "description": "",
            "operation": SYNCHRONIZATION,
            "run_at": run_at,
            "run_on": "any",
            "disabled": false,
            "job_config_params": params,
        });
        let config = super::containers::with(config, more);
        for (number, (at, status)) in runs.into_iter().filter(|(at, _)| *at < self.now).enumerate() {
            let run = format!("{}-{number:04}-{}", &id[..13], &id[19..]);
            let began = at + TimeDelta::milliseconds(412);
            self.domain.schedules.runs.push(Run::of(&config, &run, began, status));
        }
        self.domain.schedules.configs.push(config);
    }
}

/// The selection and the time of a job of the history.
struct Model {
    ids: Vec<String>,
    /// The whole minute in which the job was created.
    at: DateTime<Utc>,
}

/// The newest job of a family that selects some of the containers.
fn model(domain: &Domain, slug: &str, now: DateTime<Utc>) -> Model {
    let none = Model { ids: Vec::new(), at: now };
    let Some(family) = by_slug(slug) else { return none };
    let containers = domain.containers(family.containers);
    let job = domain.jobs(family).iter().rev().find(|job| {
        let own = job.containers(family).len();
        (2..containers.len()).contains(&own) && !job.aborted(now)
    });
    let Some((job, created)) = job.and_then(|job| Some((job, job.created?))) else { return none };
    let ids = job.containers(family).into_iter().flat_map(|name| domain.named(family.containers, name));
    Model {
        ids: ids.map(|container| container.text("id").to_owned()).collect(),
        at: created.duration_trunc(TimeDelta::minutes(1)).unwrap_or(created),
    }
}

impl Model {
    fn daily(&self) -> String {
        format!("{} {} * * *", self.at.minute(), self.at.hour())
    }

    /// Runs of each day up to that of the job, the oldest first.
    fn days(&self, statuses: &[&'static str]) -> Vec<Past> {
        let days = (0..).zip(statuses.iter().rev());
        let mut runs: Vec<Past> =
            days.map(|(ago, status)| (self.at - TimeDelta::days(ago), *status)).collect();
        runs.reverse();
        runs
    }
}
