//! Owns the examples of the vendor's documentation: its jobs word for word, and the containers that they name. Its
//! jobs must not have invented content.

use serde_json::{Value, json};

use crate::families::{
    self, AWS_KMS, AZURE_VAULTS, CONTAINER_LISTS, ContainerList, GOOGLE_KEY_RINGS, SAP_GROUPS,
    SFDC_ORGANIZATIONS,
};
use crate::jobs::Job;
use crate::store::{Container, Domain};

const AWS_GET: &str = include_str!("../../tests/documented/aws_get_completed.json");
const GOOGLE_LIST: &str = include_str!("../../tests/documented/google_list_in_progress.json");
const SAP_LIST: &str = include_str!("../../tests/documented/sap_list_in_progress.json");
const SFDC_LIST: &str = include_str!("../../tests/documented/sfdc_list_completed_with_errors.json");
const SAP_GROUP: &str = include_str!("../../tests/documented/sap_group_get.json");
const SFDC_ORGANIZATION: &str = include_str!("../../tests/documented/sfdc_organization_get.json");

/// The documented jobs by the slug of their family. The other families have none.
const JOBS: [(&str, &str); 4] =
    [("aws", AWS_GET), ("google", GOOGLE_LIST), ("sap", SAP_LIST), ("salesforce", SFDC_LIST)];

/// Adds the documented jobs, and inserts their containers before the existing ones.
pub fn fill(domain: &mut Domain) {
    for (slug, text) in JOBS {
        if let Some(family) = families::by_slug(slug) {
            domain.add_jobs(family, resources(text).into_iter().map(Job::raw));
        }
    }
    for list in CONTAINER_LISTS {
        let own = containers(list).into_iter().map(Container::given);
        let all = own.chain(domain.containers(list).iter().cloned()).collect();
        domain.replace_containers(list, all);
    }
}

/// The objects of an example, which is a list's envelope, a single object, or one wrapped in its media type.
fn resources(text: &str) -> Vec<Value> {
    let value: Value = serde_json::from_str(text).expect("the examples are part of this crate and are JSON");
    match (&value["resources"], &value["application/json"]) {
        (Value::Array(list), _) => list.clone(),
        (_, Value::Object(one)) => vec![Value::Object(one.clone())],
        _ => vec![value],
    }
}

fn containers(list: &ContainerList) -> Vec<Value> {
    // The SAP group and the Salesforce organization are documented as objects. The others are named in the documented
    // jobs and requests, and have the fields that the vendor's client reads.
    match list.slug {
        slug if slug == SAP_GROUPS.slug => resources(SAP_GROUP),
        slug if slug == SFDC_ORGANIZATIONS.slug => resources(SFDC_ORGANIZATION),
        slug if slug == AWS_KMS.slug => vec![json!({
            "id": "2993afdd-a040-4233-8567-8af8fb755897",
            "uri": "kylo:kylo:cckm:kms:2993afdd-a040-4233-8567-8af8fb755897",
            "account": "kylo:kylo:admin:accounts:kylo",
            "createdAt": "2020-11-05T06:30:00.000000Z",
            "updatedAt": "2020-11-05T06:30:00.000000Z",
            "account_id": "123456789012",
            "name": "kms",
            "arn": "arn:aws:iam::123456789012:user/cckm",
            "connection": "aws-connection",
            "regions": ["ap-south-1", "us-east-1"],
            "assume_role_arn": "",
            "assume_role_external_id": "",
            "status": "active",
            "auto_added": false,
            "acls": []
        })],
        slug if slug == AZURE_VAULTS.slug => vec![json!({
            "id": "bedb82b9-582c-402d-9874-f3368722cf46",
            "uri": "kylo:kylo:cckm:azure-vault:bedb82b9-582c-402d-9874-f3368722cf46",
            "account": "kylo:kylo:admin:accounts:kylo",
            "createdAt": "2020-10-01T00:00:00.000000Z",
            "updatedAt": "2020-10-01T00:00:00.000000Z",
            "azure_name": "production-vault",
            "azure_vault_id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/production-vault",
            "cloud_name": "AzureCloud",
            "connection": "azure-connection",
            "location": "westeurope",
            "subscription_id": "00000000-0000-0000-0000-000000000000",
            "subscription_name": "sub",
            "synced_at": "2020-10-01T00:00:00Z",
            "type": "Microsoft.KeyVault/vaults",
            "properties": {"vaultUri": "https://production-vault.vault.azure.net/", "enableSoftDelete": true},
            "tags": {}
        })],
        slug if slug == GOOGLE_KEY_RINGS.slug => vec![json!({
            "id": "85d546eb-7d94-4016-b426-da22890ee8ff",
            "uri": "kylo:kylo:cckm:gcp-key-ring:85d546eb-7d94-4016-b426-da22890ee8ff",
            "account": "kylo:kylo:admin:accounts:kylo",
            "application": "ncryptify:gemalto:admin:apps:kylo",
            "devAccount": "ncryptify:gemalto:admin:accounts:gemalto",
            "createdAt": "2021-02-25T07:54:14.949871Z",
            "updatedAt": "2021-02-25T07:54:14.948435Z",
            "name": "projects/gemalto-kyloeng/locations/global/keyRings/demo-key-ring",
            "project_id": "gemalto-kyloeng",
            "location_id": "global",
            "connection": "gcp-connection",
            "cloud_name": "gcp"
        })],
        _ => vec![json!({
            "id": "c100fd48-5083-4f67-9afa-49ee128ddd77",
            "uri": "kylo:kylo:cckm:oci-vault:c100fd48-5083-4f67-9afa-49ee128ddd77",
            "account": "kylo:kylo:admin:accounts:kylo",
            "createdAt": "2022-01-27T12:00:00.000000Z",
            "updatedAt": "2022-01-27T12:00:00.000000Z",
            "compartment_id": "ocid1.compartment.oc1..aaaa",
            "compartment_name": "root",
            "display_name": "vault-1",
            "vault_id": "ocid1.vault.oc1.iad.aaaa",
            "lifecycle_state": "ACTIVE",
            "management_endpoint": "https://x-management.kms.us-ashburn-1.oraclecloud.com",
            "time_created": "2022-01-01T00:00:00Z",
            "cloud_name": "oci",
            "connection": "oci-connection",
            "vault_type": "DEFAULT",
            "is_primary": true,
            "tenancy": "gemaltoproductdev",
            "region": "us-ashburn-1",
            "refreshed_at": "2022-01-27T12:00:00Z",
            "acls": []
        })],
    }
}
