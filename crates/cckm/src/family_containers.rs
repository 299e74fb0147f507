//! The container lists of the table of families: paths, names of fields, and nouns.
//!
//! It must not hold code that differs between lists: each difference is a field of [`Containers`].

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

pub static AWS_KMS: Containers = Containers {
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

pub static AZURE_VAULTS: Containers = Containers {
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

pub static GOOGLE_KEY_RINGS: Containers = Containers {
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

pub static OCI_VAULTS: Containers = Containers {
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

pub static SAP_GROUPS: Containers = Containers {
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

pub static SALESFORCE_ORGANIZATIONS: Containers = Containers {
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

pub static DSM_DOMAINS: Containers = Containers {
    path: "/cckm/dsm/domains",
    title: "Domains",
    many: "domains",
    one: "domain",
    // The fields of this list are not documented.
    label: &["name"],
    aliases: &["name"],
    facts: &["connection"],
    account: None,
    regions: None,
};

pub static LUNA_PARTITIONS: Containers = Containers {
    path: "/cckm/hsm/luna/partitions",
    title: "Partitions",
    many: "partitions",
    one: "partition",
    // The fields of this list are not documented.
    label: &["name"],
    aliases: &["name"],
    facts: &["connection"],
    account: None,
    regions: None,
};

pub static EXTERNAL_DOMAINS: Containers = Containers {
    path: "/cckm/external-cm/domains",
    title: "Domains",
    many: "domains",
    one: "domain",
    // The fields of this list are not documented.
    label: &["name"],
    aliases: &["name"],
    facts: &["connection"],
    account: None,
    regions: None,
};
