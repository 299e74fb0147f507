//! Owns the server's table of job families and container lists: paths, the names of a container in filter, body and
//! job, and the texts. It must not hold jobs or containers, and no other module may name a cloud.
//!
//! The table was written from the vendor's documentation independently of the panel's table and shares no code with
//! it, so that a mistake in one of them shows as a difference.

pub use crate::container_lists::*;

/// The text that a job's array holds for a selected container.
#[derive(Debug, Clone, Copy)]
pub enum FieldHolds {
    /// A member of the container: AWS jobs hold KMS names, Salesforce jobs hold Salesforce's own organization ids.
    Member(&'static str),
    /// The text from the request: SAP accepts a resource id or a group id and returns it unchanged.
    AsSent,
}

/// One job family, with four operations below one path.
#[derive(Debug)]
pub struct Family {
    /// The name in options and in the control API.
    pub slug: &'static str,
    /// The path below `/api/v1/cckm/`.
    pub root: &'static str,
    /// The query parameter that filters by container; `None` where there is none.
    pub filter: Option<&'static str>,
    /// The member of the body of a start request that selects containers.
    pub selector: &'static str,
    /// The member of the job object that lists the containers.
    pub job_field: &'static str,
    pub field_holds: FieldHolds,
    pub containers: &'static ContainerList,
    /// The text of `cloud` in the job object.
    pub cloud: &'static str,
    /// Whether `regions` narrows the selection.
    pub regions: bool,
    /// Whether `take_cloud_key_backup` is accepted.
    pub key_backup: bool,
    /// The status text while a job runs, of the job and of the container that is being synchronized.
    pub running: &'static str,
    /// The text of a container that was synchronized.
    pub success: &'static str,
    /// Texts of failed containers, from which the generated data draws.
    pub errors: &'static [&'static str],
    /// The overall status of a job whose containers all failed.
    pub all_failed: &'static str,
    /// The feature that the license covers, in the words of the 403 response.
    pub feature: &'static str,
    /// `cloud_name` and the member for the containers in the parameters of a schedule; `None` where the scheduler does
    /// not synchronize the family.
    pub scheduled: Option<(&'static str, &'static str)>,
    /// Whether the server has the family only with the option `--key-sources`.
    pub key_source: bool,
}

const AWS_ERRORS: &[&str] = &[
    "Error listing keys: AccessDeniedException: User is not authorized to perform: kms:ListKeys",
    "Error listing aliases: ThrottlingException: Rate exceeded",
    "Error: UnrecognizedClientException: The security token included in the request is invalid",
];
const AZURE_ERRORS: &[&str] = &[
    "Error listing keys: 403 Forbidden: The user does not have keys list permission on key vault",
    "Error: Client address is not authorized and caller is not a trusted service",
    "vault not found",
];

const AZURE: Family = Family {
    slug: "azure",
    root: "azure/synchronization-jobs",
    filter: Some("key_vaults"),
    selector: "key_vaults",
    job_field: "key_vaults",
    field_holds: FieldHolds::Member("id"),
    containers: &AZURE_VAULTS,
    cloud: "azure",
    regions: false,
    key_backup: true,
    running: "in_progress",
    success: "vault synchronized successfully",
    errors: AZURE_ERRORS,
    all_failed: "failed",
    feature: "CCKM Azure",
    scheduled: Some(("AzureCloud", "key_vaults")),
    key_source: false,
};

const AWS: Family = Family {
    slug: "aws",
    root: "aws/synchronization-jobs",
    filter: Some("kms"),
    selector: "kms",
    job_field: "kms",
    field_holds: FieldHolds::Member("name"),
    containers: &AWS_KMS,
    cloud: "aws",
    regions: true,
    key_backup: false,
    running: "in_progress",
    success: "region synchronized successfully",
    errors: AWS_ERRORS,
    all_failed: "failed",
    feature: "CCKM AWS",
    scheduled: Some(("aws", "kms")),
    key_source: false,
};

/// Salesforce has three names for its organizations: filter, body and job field all differ.
const SALESFORCE: Family = Family {
    slug: "salesforce",
    root: "sfdc/keys/synchronization-jobs",
    filter: Some("organizations"),
    selector: "organization_ids",
    job_field: "kms",
    field_holds: FieldHolds::Member("organization_id"),
    containers: &SFDC_ORGANIZATIONS,
    cloud: "sfdc",
    regions: false,
    key_backup: false,
    running: "in_progress",
    success: "organization synchronized successfully",
    // The documented text, including the colon and the space at its end.
    errors: &["Error listing keys from SFDC: "],
    // `completed` does not mean success: the documented jobs are completed and have only errors.
    all_failed: "completed",
    feature: "CCKM Salesforce",
    // A fourth name for the organizations: that of the filter.
    scheduled: Some(("sfdc", "organizations")),
    key_source: false,
};

/// The table.
pub static FAMILIES: &[Family] = &[
    AWS,
    Family {
        slug: "aws-custom-key-stores",
        root: "aws/custom-key-stores/synchronization-jobs",
        success: "custom stores synchronized successfully",
        scheduled: None,
        ..AWS
    },
    AZURE,
    Family {
        slug: "azure-certificates",
        root: "azure/certificates/synchronization-jobs",
        key_backup: false,
        scheduled: None,
        ..AZURE
    },
    Family {
        slug: "azure-secrets",
        root: "azure/secrets/synchronization-jobs",
        key_backup: false,
        scheduled: None,
        ..AZURE
    },
    Family {
        slug: "google",
        root: "google/synchronization-jobs",
        filter: Some("key_rings"),
        selector: "key_rings",
        job_field: "key_rings",
        field_holds: FieldHolds::Member("name"),
        containers: &GOOGLE_KEY_RINGS,
        // The documented job has "gcp", not "google".
        cloud: "gcp",
        regions: false,
        key_backup: false,
        running: "in_progress",
        success: "key ring synchronized successfully",
        errors: &[
            "Error listing crypto keys: rpc error: code = PermissionDenied desc = Permission 'cloudkms.cryptoKeys.list' denied",
            "Error: Quota exceeded for quota metric 'Read requests' of service 'cloudkms.googleapis.com'",
            "Error: 2 keys not synchronized successfully",
        ],
        all_failed: "failed",
        feature: "CCKM Google",
        scheduled: Some(("gcp", "key_rings")),
        key_source: false,
    },
    Family {
        slug: "oci",
        root: "oci/synchronization-jobs",
        filter: Some("vaults"),
        selector: "vaults",
        job_field: "vaults",
        field_holds: FieldHolds::Member("id"),
        containers: &OCI_VAULTS,
        cloud: "oci",
        regions: false,
        key_backup: false,
        running: "in_progress",
        success: "vault synchronized successfully",
        errors: &["Error listing keys", "Error: NotAuthorizedOrNotFound", "timed out after 300 s"],
        // The vendor's client handles this status beside "failed".
        all_failed: "error",
        feature: "CCKM OCI",
        scheduled: Some(("oci", "oci_vaults")),
        key_source: false,
    },
    Family {
        slug: "sap",
        root: "sap/synchronization-jobs",
        filter: Some("groups"),
        selector: "groups",
        job_field: "groups",
        field_holds: FieldHolds::AsSent,
        containers: &SAP_GROUPS,
        cloud: "sap",
        regions: false,
        key_backup: false,
        // With a space, where all other families have an underscore.
        running: "in progress",
        success: "group synchronized successfully",
        errors: &["Error listing keys from SAP Data Custodian: 401 Unauthorized", "keystore not found"],
        all_failed: "failed",
        feature: "CCKM SAP",
        scheduled: Some(("sap", "groups")),
        key_source: false,
    },
    SALESFORCE,
    Family {
        slug: "salesforce-certificates",
        root: "sfdc/certificates/synchronization-jobs",
        success: "Success",
        errors: &[
            "Error listing certificates from SFDC: INVALID_SESSION_ID",
            "Error listing certificates from SFDC: ",
        ],
        scheduled: None,
        ..SALESFORCE
    },
];

const DSM: Family = Family {
    slug: "dsm",
    root: "dsm/refresh",
    // No filter is documented.
    filter: None,
    selector: "domains",
    job_field: "domains",
    field_holds: FieldHolds::Member("id"),
    containers: &DSM_DOMAINS,
    cloud: "dsm",
    regions: false,
    key_backup: false,
    running: "in_progress",
    success: "domain synchronized successfully",
    errors: &["Error listing keys"],
    all_failed: "failed",
    feature: "CCKM DSM",
    scheduled: Some(("dsm", "domains")),
    key_source: true,
};

const LUNA: Family = Family {
    slug: "luna",
    root: "hsm/luna/refresh",
    // The name is inferred.
    selector: "partitions",
    job_field: "partitions",
    containers: &LUNA_PARTITIONS,
    cloud: "hsm-luna",
    success: "partition synchronized successfully",
    feature: "CCKM Luna HSM",
    scheduled: Some(("hsm-luna", "partitions")),
    ..DSM
};

/// The families of key sources, which the server has only with the option `--key-sources`.
pub static KEY_SOURCES: [Family; 4] = [
    DSM,
    LUNA,
    Family { slug: "luna-synchronize", root: "hsm/luna/synchronize", scheduled: None, ..LUNA },
    Family {
        slug: "external-cm",
        root: "external-cm/refresh",
        containers: &EXTERNAL_DOMAINS,
        cloud: "externalCM",
        // The documented pages have a space.
        running: "in progress",
        feature: "CCKM External CM",
        scheduled: None,
        ..DSM
    },
];

/// The families of the clouds and of the key sources.
pub fn all() -> impl Iterator<Item = &'static Family> {
    FAMILIES.iter().chain(&KEY_SOURCES)
}

fn all_lists() -> impl Iterator<Item = &'static ContainerList> {
    CONTAINER_LISTS.into_iter().chain(KEY_SOURCE_LISTS)
}

/// Finds a family by its slug.
pub fn by_slug(slug: &str) -> Option<&'static Family> {
    all().find(|family| family.slug == slug)
}

/// Finds the family that a schedule with this `cloud_name` synchronizes.
pub fn by_cloud_name(name: &str) -> Option<&'static Family> {
    all().find(|family| family.scheduled.is_some_and(|(own, _)| own == name))
}

/// Finds a container list by its slug, such as `aws-kms`.
pub fn list_by_slug(slug: &str) -> Option<&'static ContainerList> {
    all_lists().find(|list| list.slug == slug)
}

/// Finds the family whose root is a prefix of a path below `/api/v1/cckm/`, and returns it with the segments after
/// the root.
pub fn by_path(path: &str) -> Option<(&'static Family, Vec<&str>)> {
    all().find_map(|family| rest_of(path, family.root).map(|rest| (family, rest)))
}

/// Finds the container list whose path is a prefix of a path below `/api/v1/cckm/`, and returns it with the segments
/// after it.
pub fn list_by_path(path: &str) -> Option<(&'static ContainerList, Vec<&str>)> {
    all_lists().find_map(|list| rest_of(path, list.path).map(|rest| (list, rest)))
}

fn rest_of<'path>(path: &'path str, root: &str) -> Option<Vec<&'path str>> {
    let rest = path.strip_prefix(root)?;
    if rest.is_empty() {
        Some(Vec::new())
    } else {
        rest.strip_prefix('/').map(|rest| rest.split('/').collect())
    }
}
