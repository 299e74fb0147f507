//! Owns the server's table of container lists, which belongs to the table of families in `families.rs`.

/// A list of containers, such as the key vaults: `GET /api/v1/cckm/<path>`.
#[derive(Debug)]
pub struct ContainerList {
    /// The path below `/api/v1/cckm/`.
    pub path: &'static str,
    /// The path with `-` for `/`: the key in a data file and in the control API.
    pub slug: &'static str,
    /// The noun for a container in messages.
    pub noun: &'static str,
    /// The members that name a container; filters and request bodies may use any of them.
    pub names: &'static [&'static str],
    /// The form of a container's key in `detailed_status`.
    pub status_key: StatusKey,
}

impl ContainerList {
    /// Whether the server has the list only with the option `--key-sources`.
    pub fn is_of_key_source(&self) -> bool {
        KEY_SOURCE_LISTS.iter().any(|list| list.slug == self.slug)
    }
}

/// The form of a key in `detailed_status`, which may differ from the text in the job's array.
#[derive(Debug, Clone, Copy)]
pub enum StatusKey {
    /// `123456789012/ap-south-1`, one entry for each region of a KMS.
    AccountAndRegion,
    /// A member of the container.
    Member(&'static str),
}

pub const AWS_KMS: ContainerList = ContainerList {
    path: "aws/kms",
    slug: "aws-kms",
    noun: "KMS",
    names: &["id", "name"],
    status_key: StatusKey::AccountAndRegion,
};

pub const AZURE_VAULTS: ContainerList = ContainerList {
    path: "azure/vaults",
    slug: "azure-vaults",
    noun: "Key vault",
    names: &["id", "azure_name", "azure_vault_id"],
    status_key: StatusKey::Member("id"),
};

pub const GOOGLE_KEY_RINGS: ContainerList = ContainerList {
    path: "google/key-rings",
    slug: "google-key-rings",
    noun: "Key ring",
    names: &["id", "name"],
    status_key: StatusKey::Member("name"),
};

pub const OCI_VAULTS: ContainerList = ContainerList {
    path: "oci/vaults",
    slug: "oci-vaults",
    noun: "Vault",
    names: &["id", "display_name", "vault_id"],
    status_key: StatusKey::Member("id"),
};

pub const SAP_GROUPS: ContainerList = ContainerList {
    path: "sap/groups",
    slug: "sap-groups",
    noun: "Group",
    names: &["id", "Name", "name", "group_id"],
    status_key: StatusKey::Member("group_id"),
};

pub const SFDC_ORGANIZATIONS: ContainerList = ContainerList {
    path: "sfdc/organizations",
    slug: "sfdc-organizations",
    noun: "Organization",
    names: &["id", "name", "organization_id"],
    status_key: StatusKey::Member("organization_id"),
};

pub const DSM_DOMAINS: ContainerList = ContainerList {
    path: "dsm/domains",
    slug: "dsm-domains",
    noun: "Domain",
    names: &["id", "name"],
    status_key: StatusKey::Member("id"),
};

pub const LUNA_PARTITIONS: ContainerList = ContainerList {
    path: "hsm/luna/partitions",
    slug: "hsm-luna-partitions",
    noun: "Partition",
    names: &["id", "name"],
    status_key: StatusKey::Member("id"),
};

pub const EXTERNAL_DOMAINS: ContainerList = ContainerList {
    path: "external-cm/domains",
    slug: "external-cm-domains",
    noun: "Domain",
    names: &["id", "name"],
    status_key: StatusKey::Member("id"),
};

/// The container lists of the key sources.
pub const KEY_SOURCE_LISTS: [&ContainerList; 3] = [&DSM_DOMAINS, &LUNA_PARTITIONS, &EXTERNAL_DOMAINS];

/// Every container list of a cloud, each once.
pub const CONTAINER_LISTS: [&ContainerList; 6] =
    [&AWS_KMS, &AZURE_VAULTS, &GOOGLE_KEY_RINGS, &OCI_VAULTS, &SAP_GROUPS, &SFDC_ORGANIZATIONS];
