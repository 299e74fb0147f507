//! The table of job families, with one row for each. No other code names a cloud.
//!
//! It owns every name that the server uses for a family: paths, filters, and fields of requests and responses.
//! It must not hold code that differs between families: each difference is a column.

use crate::ksctl::Ksctl;

/// One kind of synchronization job, with four operations below one path.
#[derive(Debug)]
pub struct Family {
    /// The word for the family in the address of a page.
    pub slug: &'static str,
    /// The name of the link in the navigation; the families of one cloud share it.
    pub cloud: &'static str,
    /// What the family synchronizes, as the label of the choice within the cloud.
    pub scope: &'static str,
    /// The path of the list of jobs, below `/api/v1`.
    pub root: &'static str,
    /// The query parameter that narrows the list to a container; it is repeated for several.
    pub filter: &'static str,
    /// The field of a start request that holds the ids of containers.
    pub selector: &'static str,
    /// The field of a job that holds its containers.
    pub job_field: &'static str,
    /// The list of the family's containers.
    pub containers: &'static Containers,
    /// The field of regions, which has the same name in a start request and in a job; `None` where the family has
    /// none.
    pub regions: Option<&'static str>,
    /// The field of a container whose value the query parameter takes: `id`, or one of [`Containers::label`].
    pub filter_by: &'static str,
    /// The booleans that a start request may have.
    pub switches: &'static [Switch],
    /// Notes that are shown before a start, one sentence each.
    pub notes: &'static [&'static str],
    /// The commands of `ksctl`; `None` where they are not known.
    pub ksctl: Option<Ksctl>,
    /// The names of the family in a schedule; `None` where no schedule is known that synchronizes it.
    pub schedule: Option<Scheduling>,
}

/// The names of a family in the parameters of a schedule (`cckm_synchronization_params`).
#[derive(Debug)]
pub struct Scheduling {
    /// `cloud_name`.
    pub cloud_name: &'static str,
    /// The field of the ids of containers.
    pub selector: &'static str,
    /// The family's word in `sync_items`; `None` for clouds without this field. Parameters without the field mean this
    /// family too.
    pub item: Option<&'static str>,
}

/// A boolean field of a start request; it is sent only where it is true.
#[derive(Debug)]
pub struct Switch {
    /// The name of the field.
    pub field: &'static str,
    /// The label in a form.
    pub label: &'static str,
}

/// The list of a family's containers, and the fields of its items.
#[derive(Debug)]
pub struct Containers {
    /// The path of the list, below `/api/v1`.
    pub path: &'static str,
    /// The plural at the head of a list: "Key rings".
    pub title: &'static str,
    /// The plural in a sentence: "key rings".
    pub many: &'static str,
    /// The singular in a sentence: "key ring".
    pub one: &'static str,
    /// The fields that may hold the name; the first that holds text is used.
    pub label: &'static [&'static str],
    /// The fields whose values jobs, filters and `detailed_status` may use for the container.
    pub aliases: &'static [&'static str],
    /// The fields that are shown beside the name.
    pub facts: &'static [&'static str],
    /// The field of the cloud account; `None` for families whose `detailed_status` keys are not `<account>/<region>`.
    pub account: Option<&'static str>,
    /// The field of the regions that the container offers; `None` where the list has none.
    pub regions: Option<&'static str>,
}

impl PartialEq for Family {
    fn eq(&self, other: &Self) -> bool {
        self.slug == other.slug
    }
}

impl Eq for Family {}

impl Family {
    /// The name of the family in a sentence: "AWS keys", "Salesforce tenant secrets".
    pub fn title(&self) -> String {
        format!("{} {}", self.cloud, self.scope.to_ascii_lowercase())
    }
}

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

static AWS_KMS: Containers = Containers {
    path: "/cckm/aws/kms",
    title: "KMS",
    many: "KMS",
    one: "KMS",
    label: &["name"],
    // Jobs name a KMS by its name, start requests by its id.
    aliases: &["name", "arn"],
    facts: &["account_id", "connection", "status"],
    account: Some("account_id"),
    regions: Some("regions"),
};

static AZURE_VAULTS: Containers = Containers {
    path: "/cckm/azure/vaults",
    title: "Key vaults",
    many: "key vaults",
    one: "key vault",
    label: &["azure_name", "name"],
    aliases: &["azure_name", "azure_vault_id"],
    facts: &["location", "subscription_name", "connection"],
    account: None,
    regions: None,
};

static GOOGLE_KEY_RINGS: Containers = Containers {
    path: "/cckm/google/key-rings",
    title: "Key rings",
    many: "key rings",
    one: "key ring",
    label: &["name"],
    aliases: &["name"],
    facts: &["project_id", "connection"],
    account: None,
    regions: None,
};

static OCI_VAULTS: Containers = Containers {
    path: "/cckm/oci/vaults",
    title: "Vaults",
    many: "vaults",
    one: "vault",
    label: &["display_name", "name"],
    aliases: &["vault_id"],
    facts: &["region", "compartment_name", "tenancy", "lifecycle_state"],
    account: None,
    regions: None,
};

static SAP_GROUPS: Containers = Containers {
    path: "/cckm/sap/groups",
    title: "Groups",
    many: "groups",
    one: "group",
    // The API's documentation has `Name` here, and `name` in all other lists.
    label: &["Name", "name"],
    aliases: &["group_id"],
    facts: &["sap_application", "connection"],
    account: None,
    regions: None,
};

static SALESFORCE_ORGANIZATIONS: Containers = Containers {
    path: "/cckm/sfdc/organizations",
    title: "Organizations",
    many: "organizations",
    one: "organization",
    label: &["name"],
    aliases: &["organization_id"],
    facts: &["organization_id", "type", "connection"],
    account: None,
    regions: None,
};

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
        filter: "kms",
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
    },
    Family {
        slug: "aws-custom-key-stores",
        cloud: "AWS",
        scope: "Custom key stores",
        root: "/cckm/aws/custom-key-stores/synchronization-jobs",
        filter: "kms",
        selector: "kms",
        job_field: "kms",
        containers: &AWS_KMS,
        regions: Some("regions"),
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: None,
        schedule: None,
    },
    Family {
        slug: "azure",
        cloud: "Azure",
        scope: "Keys",
        root: "/cckm/azure/synchronization-jobs",
        filter: "key_vaults",
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
    },
    Family {
        slug: "azure-certificates",
        cloud: "Azure",
        scope: "Certificates",
        root: "/cckm/azure/certificates/synchronization-jobs",
        filter: "key_vaults",
        selector: "key_vaults",
        job_field: "key_vaults",
        containers: &AZURE_VAULTS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: Some(Ksctl { group: "cckm azure certificates", ..AZURE_KSCTL }),
        schedule: None,
    },
    Family {
        slug: "azure-secrets",
        cloud: "Azure",
        scope: "Secrets",
        root: "/cckm/azure/secrets/synchronization-jobs",
        filter: "key_vaults",
        selector: "key_vaults",
        job_field: "key_vaults",
        containers: &AZURE_VAULTS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: Some(Ksctl { group: "cckm azure secrets", ..AZURE_KSCTL }),
        schedule: None,
    },
    Family {
        slug: "google",
        cloud: "Google Cloud",
        scope: "Keys",
        root: "/cckm/google/synchronization-jobs",
        filter: "key_rings",
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
    },
    Family {
        slug: "oci",
        cloud: "OCI",
        scope: "Keys",
        root: "/cckm/oci/synchronization-jobs",
        filter: "vaults",
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
    },
    Family {
        slug: "sap",
        cloud: "SAP",
        scope: "Keys",
        root: "/cckm/sap/synchronization-jobs",
        filter: "groups",
        selector: "groups",
        job_field: "groups",
        containers: &SAP_GROUPS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: None,
        schedule: Some(Scheduling { cloud_name: "sap", selector: "groups", item: None }),
    },
    Family {
        slug: "salesforce",
        cloud: "Salesforce",
        scope: "Tenant secrets",
        root: "/cckm/sfdc/keys/synchronization-jobs",
        // The query parameter, the request and the job each have another name for the organizations.
        filter: "organizations",
        selector: "organization_ids",
        job_field: "kms",
        containers: &SALESFORCE_ORGANIZATIONS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[SALESFORCE_STATES],
        ksctl: None,
        schedule: Some(Scheduling { cloud_name: "sfdc", selector: "organizations", item: None }),
    },
    Family {
        slug: "salesforce-certificates",
        cloud: "Salesforce",
        scope: "Certificates",
        root: "/cckm/sfdc/certificates/synchronization-jobs",
        // These three names are not documented; they are those of the tenant secrets.
        filter: "organizations",
        selector: "organization_ids",
        job_field: "kms",
        containers: &SALESFORCE_ORGANIZATIONS,
        regions: None,
        filter_by: "id",
        switches: &[],
        notes: &[],
        ksctl: None,
        schedule: None,
    },
];
