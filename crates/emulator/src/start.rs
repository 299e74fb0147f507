//! Converts the body of a start request to the plan of a job: validation, selection and duration. It does not store
//! the job.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use crate::errors::ApiError;
use crate::families::{Family, FieldHolds, StatusKey};
use crate::jobs::{Plan, Step};
use crate::store::{Container, Domain};

/// The selection of a request: containers, each with the text that named it.
type Chosen<'domain> = Vec<(String, &'domain Container)>;

/// Makes the plan of the job that a request starts. `id` is called only where the request is valid.
///
/// # Errors
/// 400 with a line for each invalid field, 404 for an unknown container.
pub fn plan(
    family: &Family,
    domain: &Domain,
    account: &str,
    body: &Value,
    now: DateTime<Utc>,
    id: impl FnOnce() -> String,
) -> Result<Plan, ApiError> {
    let Some(object) = body.as_object() else {
        return Err(ApiError::bad_request("the body must be a JSON object"));
    };
    let mut problems = Vec::new();
    let mut flag = |name: &str| match object.get(name) {
        None | Some(Value::Null) => false,
        Some(Value::Bool(value)) => *value,
        Some(_) => {
            problems.push(format!("{name}: must be a boolean"));
            false
        }
    };
    let everything = flag("synchronize_all");
    if family.key_backup {
        flag("take_cloud_key_backup");
    }
    let selected = texts(object.get(family.selector), family.selector, &mut problems);
    let regions =
        if family.regions { texts(object.get("regions"), "regions", &mut problems) } else { Vec::new() };

    if everything {
        for (name, given) in [(family.selector, &selected), ("regions", &regions)] {
            if !given.is_empty() {
                problems.push(format!("synchronize_all: synchronize_all and {name} are mutually exclusive"));
            }
        }
    } else if selected.is_empty() {
        problems.push(format!("{0}: either {0} or synchronize_all is required", family.selector));
    }
    if !problems.is_empty() {
        return Err(ApiError::validation(&problems));
    }

    let chosen = if everything { all(family, domain) } else { find(family, domain, &selected)? };
    for region in &regions {
        if !chosen.iter().any(|(_, container)| container.regions().any(|own| own == region)) {
            return Err(ApiError::validation(&[format!("regions: no chosen KMS has the region {region}")]));
        }
    }
    Ok(schedule(family, account, &chosen, &regions, now, id()))
}

fn texts(value: Option<&Value>, name: &str, problems: &mut Vec<String>) -> Vec<String> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(items)) if items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        Some(_) => {
            problems.push(format!("{name}: must be an array of strings"));
            Vec::new()
        }
    }
}

fn all<'domain>(family: &Family, domain: &'domain Domain) -> Chosen<'domain> {
    domain
        .containers(family.containers)
        .iter()
        .map(|container| (container.text("id").to_owned(), container))
        .collect()
}

fn find<'domain>(
    family: &Family,
    domain: &'domain Domain,
    names: &[String],
) -> Result<Chosen<'domain>, ApiError> {
    let list = family.containers;
    names
        .iter()
        .map(|name| {
            let found = domain.containers(list).iter().find(|one| one.names(list).any(|own| own == name));
            found
                .map(|container| (name.clone(), container))
                .ok_or_else(|| ApiError::not_found(format!("{} {name} not found", list.noun)))
        })
        .collect()
}

/// Schedules the containers of a job one after another over 20 to 90 seconds.
fn schedule(
    family: &Family,
    account: &str,
    chosen: &[(String, &Container)],
    regions: &[String],
    now: DateTime<Utc>,
    id: String,
) -> Plan {
    let entries: Vec<(String, String)> =
        chosen.iter().flat_map(|(_, container)| results(family, container, regions)).collect();
    let failed = entries.iter().filter(|(_, text)| text != family.success).count();
    let ends_as =
        if !entries.is_empty() && failed == entries.len() { family.all_failed } else { "completed" };
    let total = TimeDelta::milliseconds((12_000 + 8_000 * entries.len() as i64).clamp(20_000, 90_000));
    let count = i32::try_from(entries.len()).unwrap_or(i32::MAX).max(1);
    let steps = (1..)
        .zip(entries)
        .map(|(number, (key, text))| Step { key, text, after: total * number / count })
        .collect();
    Plan {
        id,
        account: account.to_owned(),
        created: now,
        containers: chosen.iter().map(|(sent, container)| container_label(family, sent, container)).collect(),
        regions: family.regions.then(|| used_regions(chosen, regions)),
        steps,
        ends_as: Some(ends_as),
        older: false,
    }
}

/// The text for a container in the container field of a job.
pub fn container_label(family: &Family, sent: &str, container: &Container) -> String {
    match family.field_holds {
        FieldHolds::Member(member) => container.text(member).to_owned(),
        FieldHolds::AsSent => sent.to_owned(),
    }
}

/// The final entries of a container in `detailed_status`, as key and text.
pub fn results(family: &Family, container: &Container, regions: &[String]) -> Vec<(String, String)> {
    let text = container.failure.clone().unwrap_or_else(|| family.success.to_owned());
    match family.containers.status_key {
        StatusKey::Member(member) => vec![(container.text(member).to_owned(), text)],
        // Without regions, all regions of the KMS are synchronized.
        StatusKey::AccountAndRegion => container
            .regions()
            .filter(|own| regions.is_empty() || regions.iter().any(|region| region == own))
            .map(|region| (format!("{}/{region}", container.text("account_id")), text.clone()))
            .collect(),
    }
}

/// The regions of a job: those of the request, or else all regions of the selected containers.
pub fn used_regions(chosen: &[(String, &Container)], regions: &[String]) -> Vec<String> {
    if !regions.is_empty() {
        return regions.to_vec();
    }
    let mut all: Vec<String> =
        chosen.iter().flat_map(|(_, container)| container.regions().map(str::to_owned)).collect();
    all.sort_unstable();
    all.dedup();
    all
}
