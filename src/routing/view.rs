//! Which view an address names.

use cckm::family::Family;

#[derive(Clone, PartialEq)]
pub enum View {
    All,
    /// The failed and the stalled jobs of all clouds.
    Attention,
    /// The containers of all clouds that are out of date.
    Outdated,
    /// What the server and the proxy before it can do.
    Check,
    /// The list of a family's jobs.
    Family(&'static Family),
    /// The age of the last successful synchronization of each container.
    Freshness(&'static Family),
    /// A family's jobs over time.
    History(&'static Family),
    /// The schedules of all clouds.
    AllSchedules,
    /// The schedules that synchronize a family.
    Schedules(&'static Family),
    /// The first word of an address that names no family.
    Unknown(String),
}

impl View {
    /// The same kind of view for another family.
    #[must_use]
    pub fn of_family(&self, family: &'static Family) -> Self {
        match self {
            Self::Freshness(_) => Self::Freshness(family),
            Self::History(_) => Self::History(family),
            Self::Schedules(_) => Self::Schedules(family),
            _ => Self::Family(family),
        }
    }

    /// Whether the view has an age from which a container counts as out of date.
    pub(super) fn has_days(&self) -> bool {
        matches!(self, Self::Freshness(_) | Self::Outdated | Self::AllSchedules | Self::Schedules(_))
    }
}

/// Makes a view of a family.
pub type Opens = fn(&'static Family) -> View;

/// The views of a family other than its list of jobs: the word in the address, and the constructor.
pub(super) const BESIDE: [(&str, Opens); 3] =
    [("freshness", View::Freshness), ("history", View::History), ("schedules", View::Schedules)];
