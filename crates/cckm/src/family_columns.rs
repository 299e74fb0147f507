//! The columns of the table of job families (`family.rs`), whose rows hold all that differs between families.

use crate::family_containers::Containers;
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
    /// The query parameter that narrows the list to a container; it is repeated for several. `None` where the list has
    /// no such filter.
    pub filter: Option<&'static str>,
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
    /// Whether the family is shown only where the configuration names its cloud. Where the server does not have such
    /// a family, nothing is shown of it.
    pub optional: bool,
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

    /// The names that the field of a job's containers may have. It is not documented for every family, so those of
    /// requests and queries are among them.
    pub(crate) fn container_fields(&self) -> [&'static str; 3] {
        [self.job_field, self.selector, self.filter.unwrap_or(self.selector)]
    }

    /// Whether the name of a field has the family's word for a container, such as `key_vault_id`.
    pub(crate) fn names_container(&self, field: &str) -> bool {
        self.container_fields().iter().any(|name| field.contains(name.trim_end_matches('s')))
    }
}
