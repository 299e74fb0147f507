//! Owns the generated SAP groups and Salesforce organizations: their names and fields. It must not depend on jobs.

use chrono::{DateTime, Utc};
use fastrand::Rng;
use serde_json::json;

use super::aws_azure::name;
use super::containers::{base, failure, with};
use crate::random::{pick, text, uuid};
use crate::store::Container;

const GROUPS: [&str; 6] = [
    "S4HANA-Production",
    "S4HANA-Quality",
    "SuccessFactors EU",
    "Ariba-Beschaffung-Süddeutschland",
    "מפתחות ייצור",
    "BTP-Shared",
];
const GROUP_FAILURES: [&str; 2] =
    ["Error listing keys from SAP Data Custodian: 401 Unauthorized", "Error: keystore not found"];

/// Generates `count` SAP groups. The documentation has `Name`, newer lists probably `name`, so half of them have
/// each.
pub fn groups(rng: &mut Rng, account: &str, count: usize, added: DateTime<Utc>) -> Vec<Container> {
    (0..count)
        .map(|number| {
            let label = if number % 2 == 0 { "Name" } else { "name" };
            let value = with(
                base(rng, "sap-group", account, added),
                json!({
                    label: name(&GROUPS, number),
                    "group_id": uuid(rng),
                    "sap_application": pick(rng, &["GENERAL", "S4HANA", "SUCCESSFACTORS"]),
                    "keystore_id": uuid(rng),
                    "connection": "sap-connection",
                    "cloud_name": "sap",
                }),
            );
            Container { value, failure: failure(rng, &GROUP_FAILURES) }
        })
        .collect()
}

const ORGANIZATIONS: [&str; 9] = [
    "Acme Sales",
    "Acme Service",
    "Acme Marketing Cloud Connect",
    "Acme Financial Services Cloud (Europe, Middle East and Africa)",
    "Acme – Partner Portal",
    "شركة أكمي للخدمات",
    "株式会社アクメ",
    "Sandbox UAT",
    "Sandbox Full Copy",
];
const ORGANIZATION_FAILURES: [&str; 2] = [
    "Error listing keys from SFDC: ",
    "Error listing keys from SFDC: INVALID_SESSION_ID: Session expired or invalid",
];
const BASE62: &str = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Generates `count` Salesforce organizations with Salesforce's own ids of 18 characters.
pub fn organizations(rng: &mut Rng, account: &str, count: usize, added: DateTime<Utc>) -> Vec<Container> {
    (0..count)
        .map(|number| {
            let name = name(&ORGANIZATIONS, number);
            let kind = if name.starts_with("Sandbox") { "Sandbox" } else { "Regular" };
            let value = with(
                base(rng, "sfdc-organization", account, added),
                json!({
                    "name": name,
                    "organization_id": format!("00D{}", text(rng, BASE62, 15)),
                    "connection": "sfdc-connection",
                    "cloud_name": "sfdc",
                    "type": kind,
                }),
            );
            Container { value, failure: failure(rng, &ORGANIZATION_FAILURES) }
        })
        .collect()
}
