//! Owns the generated AWS KMS and Azure key vaults: their names and fields. It must not depend on jobs.

use chrono::{DateTime, Utc};
use fastrand::Rng;
use serde_json::json;

use super::containers::{base, failure, with};
use crate::random::{pick, some_of, text, uuid};
use crate::store::Container;

const DIGITS: &str = "0123456789";

const KMS_NAMES: [&str; 8] = [
    "production-core",
    "production-payments",
    "staging",
    "analytics-eu",
    "retail-apac",
    "東京リージョン本番環境",
    "disaster-recovery-of-the-central-european-settlement-platform-2019-to-2027",
    "legacy-datacenter",
];
const REGIONS: [&str; 14] = [
    "us-east-1",
    "us-east-2",
    "us-west-2",
    "ca-central-1",
    "sa-east-1",
    "eu-west-1",
    "eu-central-1",
    "eu-north-1",
    "eu-south-2",
    "ap-south-1",
    "ap-southeast-1",
    "ap-northeast-1",
    "ap-northeast-3",
    "me-central-1",
];
const KMS_FAILURES: [&str; 3] = [
    "Error listing keys: AccessDeniedException: User is not authorized to perform: kms:ListKeys",
    "Error: context deadline exceeded (timeout)",
    "Error listing keys: ThrottlingException: Rate exceeded",
];

/// Generates `count` KMS with account numbers and two to six regions each.
pub fn kms(rng: &mut Rng, account: &str, count: usize, added: DateTime<Utc>) -> Vec<Container> {
    (0..count)
        .map(|number| {
            let name = name(&KMS_NAMES, number);
            let id = text(rng, DIGITS, 12);
            let how_many = rng.usize(2..7);
            let regions: Vec<&str> =
                some_of(rng, REGIONS.len(), how_many).into_iter().map(|one| REGIONS[one]).collect();
            // The last of the named KMS is no longer in use and has the status for it.
            let archived = number % KMS_NAMES.len() == KMS_NAMES.len() - 1;
            let value = with(
                base(rng, "kms", account, added),
                json!({
                    "account_id": id,
                    "name": name,
                    "arn": format!("arn:aws:iam::{id}:user/cckm"),
                    "connection": format!("aws-{}", pick(rng, &["production", "staging", "shared"])),
                    "regions": regions,
                    "assume_role_arn": "",
                    "assume_role_external_id": "",
                    "status": if archived { "archived" } else { "active" },
                    "auto_added": false,
                    "acls": [],
                }),
            );
            let failure =
                if archived { Some(KMS_FAILURES[0].to_owned()) } else { failure(rng, &KMS_FAILURES) };
            Container { value, failure }
        })
        .collect()
}

const VAULT_NAMES: [&str; 27] = [
    "kv-prod-weu-core",
    "kv-prod-weu-payments",
    "kv-prod-neu-core",
    "kv-prod-neu-payments",
    "kv-prod-eus-core",
    "kv-prod-eus-claims",
    "kv-stage-weu-core",
    "kv-stage-weu-web",
    "kv-dev-weu-shared",
    "kv-dev-weu-sandbox",
    "kv-hr-payroll",
    "kv-hr-pension",
    "kv-legal-archive",
    "kv-iot-fleet-01",
    "kv-iot-fleet-02",
    "kv-iot-fleet-03",
    "kv-data-lake-bronze",
    "kv-data-lake-silver",
    "kv-data-lake-gold",
    "kv-sql-tde",
    "kv-storage-cmk",
    "kv-aks-blue",
    "kv-aks-green",
    "kv-backup-vaulted",
    "KV-UPPER-Case-2",
    "kv-mergers-contoso",
    "hsm-root-of-trust",
];
const LOCATIONS: [&str; 6] = ["westeurope", "northeurope", "eastus", "eastus2", "japaneast", "uaenorth"];
const SUBSCRIPTIONS: [&str; 5] = ["Production", "Staging", "Entwicklung Süd", "الاشتراك الرئيسي", "研究開発"];
const VAULT_FAILURES: [&str; 3] = [
    "Error listing keys: 403 Forbidden: The user does not have keys list permission on key vault",
    "Error: Client address is not authorized and caller is not a trusted service",
    "vault not found",
];

/// Generates `count` key vaults.
pub fn vaults(rng: &mut Rng, account: &str, count: usize, added: DateTime<Utc>) -> Vec<Container> {
    (0..count)
        .map(|number| {
            let name = name(&VAULT_NAMES, number);
            let subscription = uuid(rng);
            let value = with(
                base(rng, "azure-vault", account, added),
                json!({
                    "azure_name": name,
                    "azure_vault_id": format!("/subscriptions/{subscription}/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/{name}"),
                    "cloud_name": "AzureCloud",
                    "connection": "azure-connection",
                    "location": pick(rng, &LOCATIONS),
                    "subscription_id": subscription,
                    "subscription_name": pick(rng, &SUBSCRIPTIONS),
                    "synced_at": crate::clock::micros(added),
                    "type": "Microsoft.KeyVault/vaults",
                    "properties": {
                        "tenantId": "7a1f3c55-0f5e-4a37-9d7c-6d1d6f1f7b10",
                        "sku": {"family": "A", "name": "premium"},
                        "vaultUri": format!("https://{name}.vault.azure.net/"),
                        "enableSoftDelete": true,
                    },
                    "tags": {},
                }),
            );
            Container { value, failure: failure(rng, &VAULT_FAILURES) }
        })
        .collect()
}

/// The name at an index, with a number after it once the list is used up.
pub fn name(names: &[&str], number: usize) -> String {
    let name = names[number % names.len()];
    match number / names.len() {
        0 => name.to_owned(),
        round => format!("{name}-{round:03}"),
    }
}
