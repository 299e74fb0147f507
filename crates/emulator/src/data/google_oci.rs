//! Owns the generated Google key rings and OCI vaults: their names and fields. It must not depend on jobs.

use chrono::{DateTime, Utc};
use fastrand::Rng;
use serde_json::json;

use super::aws_azure::name;
use super::containers::{base, failure, with};
use crate::random::{pick, text};
use crate::store::Container;

const PROJECTS: [&str; 6] = [
    "acme-prod-core",
    "acme-prod-payments",
    "acme-staging",
    "acme-data-lake",
    "acme-ml-research",
    "acme-apac-retail",
];
const RING_LOCATIONS: [&str; 7] =
    ["global", "europe", "europe-west3", "us-central1", "asia-northeast1", "southamerica-east1", "me-west1"];
const RINGS: [&str; 25] = [
    "payments",
    "payments-hsm",
    "storage-cmek",
    "bigquery-cmek",
    "gke-secrets",
    "vm-disks",
    "pubsub",
    "spanner",
    "signing",
    "code-signing",
    "backup",
    "archive-2019",
    "archive-2020",
    "archive-2021",
    "customer-managed-encryption-keys-of-the-analytics-team",
    "web",
    "mobile",
    "fraud",
    "claims",
    "hr",
    "legal",
    "ml-models",
    "ml-features",
    "sandbox",
    "external-ekm",
];
const RING_FAILURES: [&str; 3] = [
    "Error listing crypto keys: rpc error: code = PermissionDenied desc = Permission 'cloudkms.cryptoKeys.list' denied",
    "Error: Quota exceeded for quota metric 'Read requests' of service 'cloudkms.googleapis.com'",
    "Error: 2 keys not synchronized successfully",
];

/// Generates `count` key rings with full resource names.
pub fn key_rings(rng: &mut Rng, account: &str, count: usize, added: DateTime<Utc>) -> Vec<Container> {
    (0..count)
        .map(|number| {
            let project = *pick(rng, &PROJECTS);
            let location = *pick(rng, &RING_LOCATIONS);
            let value = with(
                base(rng, "gcp-key-ring", account, added),
                json!({
                    "name": format!("projects/{project}/locations/{location}/keyRings/{}", name(&RINGS, number)),
                    "project_id": project,
                    "location_id": location,
                    "connection": "gcp-connection",
                    "cloud_name": "gcp",
                }),
            );
            Container { value, failure: failure(rng, &RING_FAILURES) }
        })
        .collect()
}

/// Generates full resource names of key rings that are no longer in a list.
pub fn archived_rings(count: usize) -> Vec<String> {
    (1..=count)
        .map(|number| {
            let location = RING_LOCATIONS[number % RING_LOCATIONS.len()];
            format!(
                "projects/acme-archive-{:02}/locations/{location}/keyRings/branch-{number:03}",
                number % 17
            )
        })
        .collect()
}

const VAULTS: [&str; 12] = [
    "vault-core",
    "vault-payments",
    "vault-exadata",
    "vault-erp",
    "vault-hr",
    "vault-staging",
    "vault-dev",
    "cofre-são-paulo",
    "خزنة جدة",
    "vault-for-the-regulatory-reporting-archive-of-the-holding-company",
    "vault-dr",
    "vault-hsm-dedicated",
];
const VAULT_REGIONS: [(&str, &str); 5] = [
    ("us-ashburn-1", "iad"),
    ("eu-frankfurt-1", "fra"),
    ("uk-london-1", "lhr"),
    ("sa-saopaulo-1", "gru"),
    ("me-jeddah-1", "jed"),
];
const VAULT_FAILURES: [&str; 3] =
    ["Error listing keys", "Error: NotAuthorizedOrNotFound", "Error: timed out after 300 s"];
const OCID: &str = "abcdefghijklmnopqrstuvwxyz234567";

/// Generates `count` OCI vaults.
pub fn vaults(rng: &mut Rng, account: &str, count: usize, added: DateTime<Utc>) -> Vec<Container> {
    (0..count)
        .map(|number| {
            let (region, short) = *pick(rng, &VAULT_REGIONS);
            let time = crate::clock::micros(added);
            let value = with(
                base(rng, "oci-vault", account, added),
                json!({
                    "compartment_id": format!("ocid1.compartment.oc1..{}", text(rng, OCID, 60)),
                    "compartment_name": pick(rng, &["root", "security", "finance", "platform"]),
                    "display_name": name(&VAULTS, number),
                    "vault_id": format!("ocid1.vault.oc1.{short}.{}", text(rng, OCID, 60)),
                    "lifecycle_state": "ACTIVE",
                    "management_endpoint": format!("https://x-management.kms.{region}.oraclecloud.com"),
                    "time_created": time,
                    "cloud_name": "oci",
                    "connection": "oci-connection",
                    "vault_type": "DEFAULT",
                    "is_primary": true,
                    "tenancy": "acmeholding",
                    "region": region,
                    "refreshed_at": time,
                    "acls": [],
                }),
            );
            Container { value, failure: failure(rng, &VAULT_FAILURES) }
        })
        .collect()
}
