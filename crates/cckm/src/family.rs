//! The table of job families, with one row for each. Only it and the table of its container lists name a cloud.
//!
//! It owns every name that the server uses for a family: paths, filters, and fields of requests and responses.
//! There must be no code that differs between families: each difference is a column.

pub use crate::family_columns::{Family, Scheduling, Switch};
pub use crate::family_containers::Containers;
use crate::family_containers::{
    AWS_KMS, AZURE_VAULTS, DSM_DOMAINS, EXTERNAL_DOMAINS, GOOGLE_KEY_RINGS, LUNA_PARTITIONS, OCI_VAULTS,
    SALESFORCE_ORGANIZATIONS, SAP_GROUPS,
};
use crate::ksctl::Ksctl;

/// Returns the family whose [`Family::slug`] is `slug`.
pub fn by_slug(slug: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| family.slug == slug)
}

/// Returns each cloud once, in the order of the table.
pub fn clouds() -> impl Iterator<Item = &'static str> {
    FAMILIES
        .iter()
        .enumerate()
        .filter(|(at, family)| !FAMILIES[..*at].iter().any(|earlier| earlier.cloud == family.cloud))
        .map(|(_, family)| family.cloud)
}

/// Returns the families of one cloud, in the order of the table.
pub fn of_cloud(cloud: &str) -> impl Iterator<Item = &'static Family> {
    FAMILIES.iter().filter(move |family| family.cloud == cloud)
}

const GOOGLE_QUOTA: &str =
    "Raise the Cloud KMS quota of the project to 800–1000 operations before a large synchronization.";
const SALESFORCE_STATES: &str =
    "Afterwards each secret type has one active secret; its others are archived or deleted.";

/// The values that most families have.
const NO_KSCTL: Ksctl =
    Ksctl { group: "", containers: "", takes_several: true, regions: None, switches: &[], list: &[] };
/// No flags are known with which `ksctl` would list a part of these jobs.
const AZURE_KSCTL: Ksctl = Ksctl { containers: "--key-vaults", ..NO_KSCTL };

/// All families, grouped by cloud in the order of the navigation.
pub static FAMILIES: &[Family] = &[
    Family {
        slug: "aws",
        cloud: "AWS",
        scope: "Keys",
        root: "/cckm/aws/synchronization-jobs",
        filter: Some("kms"),
        selector: "kms",
        job_field: "kms",
        containers: &AWS_KMS,
        regions: Some("regions"),
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: Some(Ksctl {
            group: "cckm aws keys",
            containers: "--kms-list",
            regions: Some("--regions"),
            list: &[("skip", "--skip"), ("limit", "--limit"), ("sort", "--sort"), ("id", "--id")],
            ..NO_KSCTL
        }),
        schedule: Some(Scheduling { cloud_name: "aws", selector: "kms", item: None }),
        optional: false,
    },
    Family {
        slug: "aws-custom-key-stores",
        cloud: "AWS",
        scope: "Custom key stores",
        root: "/cckm/aws/custom-key-stores/synchronization-jobs",
        filter: Some("kms"),
        selector: "kms",
        job_field: "kms",
        containers: &AWS_KMS,
        regions: Some("regions"),
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: None,
        schedule: None,
        optional: false,
    },
    Family {
        slug: "azure",
        cloud: "Azure",
        scope: "Keys",
        root: "/cckm/azure/synchronization-jobs",
        filter: Some("key_vaults"),
        selector: "key_vaults",
        job_field: "key_vaults",
        containers: &AZURE_VAULTS,
        regions: None,
        filter_by: "id",
        switches: &[Switch { field: "take_cloud_key_backup", label: "Back up keys" }],
        notes: &[],
        ksctl: Some(Ksctl {
            group: "cckm azure keys",
            switches: &[("take_cloud_key_backup", "--take-cloud-key-backup")],
            ..AZURE_KSCTL
        }),
        // The vendor's client says that `sync_items` takes "key" alone, and leaves it out for all keys.
        schedule: Some(Scheduling { cloud_name: "AzureCloud", selector: "key_vaults", item: Some("key") }),
        optional: false,
    },
    Family {
        slug: "azure-certificates",
        cloud: "Azure",
        scope: "Certificates",
        root: "/cckm/azure/certificates/synchronization-jobs",
        filter: Some("key_vaults"),
        selector: "key_vaults",
        job_field: "key_vaults",
        containers: &AZURE_VAULTS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: Some(Ksctl { group: "cckm azure certificates", ..AZURE_KSCTL }),
        schedule: None,
        optional: false,
    },
    Family {
        slug: "azure-secrets",
        cloud: "Azure",
        scope: "Secrets",
        root: "/cckm/azure/secrets/synchronization-jobs",
        filter: Some("key_vaults"),
        selector: "key_vaults",
        job_field: "key_vaults",
        containers: &AZURE_VAULTS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: Some(Ksctl { group: "cckm azure secrets", ..AZURE_KSCTL }),
        schedule: None,
        optional: false,
    },
    Family {
        slug: "google",
        cloud: "Google Cloud",
        scope: "Keys",
        root: "/cckm/google/synchronization-jobs",
        filter: Some("key_rings"),
        selector: "key_rings",
        job_field: "key_rings",
        containers: &GOOGLE_KEY_RINGS,
        regions: None,
        // The API's documentation describes the filter as "Name of the Google Cloud key rings".
        filter_by: "name",
        switches: &[],
        notes: &[GOOGLE_QUOTA],
        ksctl: Some(Ksctl {
            group: "cckm google keys",
            containers: "--key-rings",
            list: &[
                ("skip", "--skip"),
                ("limit", "--limit"),
                ("sort", "--sort"),
                ("id", "--id"),
                ("overall_status", "--overall-status"),
                ("key_rings", "--key-rings"),
            ],
            ..NO_KSCTL
        }),
        schedule: Some(Scheduling { cloud_name: "gcp", selector: "key_rings", item: None }),
        optional: false,
    },
    Family {
        slug: "oci",
        cloud: "OCI",
        scope: "Keys",
        root: "/cckm/oci/synchronization-jobs",
        filter: Some("vaults"),
        selector: "vaults",
        job_field: "vaults",
        containers: &OCI_VAULTS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: Some(Ksctl {
            group: "cckm oci keys",
            containers: "--oci-vault",
            takes_several: false,
            list: &[("skip", "--skip"), ("limit", "--limit"), ("sort", "--sort")],
            ..NO_KSCTL
        }),
        schedule: Some(Scheduling { cloud_name: "oci", selector: "oci_vaults", item: None }),
        optional: false,
    },
    Family {
        slug: "sap",
        cloud: "SAP",
        scope: "Keys",
        root: "/cckm/sap/synchronization-jobs",
        filter: Some("groups"),
        selector: "groups",
        job_field: "groups",
        containers: &SAP_GROUPS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: None,
        schedule: Some(Scheduling { cloud_name: "sap", selector: "groups", item: None }),
        optional: false,
    },
    Family {
        slug: "salesforce",
        cloud: "Salesforce",
        scope: "Tenant secrets",
        root: "/cckm/sfdc/keys/synchronization-jobs",
        // The query parameter, the request and the job each have another name for the organizations.
        filter: Some("organizations"),
        selector: "organization_ids",
        job_field: "kms",
        containers: &SALESFORCE_ORGANIZATIONS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[SALESFORCE_STATES],
        ksctl: None,
        schedule: Some(Scheduling { cloud_name: "sfdc", selector: "organizations", item: None }),
        optional: false,
    },
    Family {
        slug: "salesforce-certificates",
        cloud: "Salesforce",
        scope: "Certificates",
        root: "/cckm/sfdc/certificates/synchronization-jobs",
        // These three names are not documented; they are those of the tenant secrets.
        filter: Some("organizations"),
        selector: "organization_ids",
        job_field: "kms",
        containers: &SALESFORCE_ORGANIZATIONS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: None,
        schedule: None,
        optional: false,
    },
    Family {
        slug: "dsm",
        cloud: "DSM",
        scope: "Keys",
        root: "/cckm/dsm/refresh",
        filter: None,
        selector: "domains",
        job_field: "domains",
        containers: &DSM_DOMAINS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: None,
        schedule: Some(Scheduling { cloud_name: "dsm", selector: "domains", item: None }),
        optional: true,
    },
    Family {
        slug: "luna",
        cloud: "Luna HSM",
        scope: "Keys",
        root: "/cckm/hsm/luna/refresh",
        filter: None,
        // Neither this name nor that of the job is documented.
        selector: "partitions",
        job_field: "partitions",
        containers: &LUNA_PARTITIONS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: None,
        // Nothing says which of the two families of Luna HSM such a schedule synchronizes.
        schedule: Some(Scheduling { cloud_name: "hsm-luna", selector: "partitions", item: None }),
        optional: true,
    },
    Family {
        slug: "luna-synchronize",
        cloud: "Luna HSM",
        scope: "Synchronization",
        root: "/cckm/hsm/luna/synchronize",
        filter: None,
        // Neither this name nor that of the job is documented.
        selector: "partitions",
        job_field: "partitions",
        containers: &LUNA_PARTITIONS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: None,
        schedule: None,
        optional: true,
    },
    Family {
        slug: "external-cm",
        cloud: "External CipherTrust",
        scope: "Keys",
        root: "/cckm/external-cm/refresh",
        filter: None,
        selector: "domains",
        job_field: "domains",
        containers: &EXTERNAL_DOMAINS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: None,
        schedule: None,
        optional: true,
    },
];
