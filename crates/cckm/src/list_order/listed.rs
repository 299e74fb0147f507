//! What is known of a server's order, and what follows from it.

use crate::filter::Sort;

/// What is known of the order in which a server lists the jobs of one family.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Listed {
    /// Nothing yet: it is asked to sort.
    #[default]
    Unknown,
    /// It sorts as it is asked to.
    Sorted,
    /// It does not sort, and its own order is not known yet.
    Unsorted,
    /// It does not sort, and lists the newest first, the oldest first, or in no order.
    Newest,
    /// It does not sort, and lists the oldest first.
    Oldest,
    /// It does not sort, and lists in no order.
    Unordered,
}

impl Listed {
    /// Whether requests to it carry `sort`.
    pub fn is_asked_to_sort(self) -> bool {
        matches!(self, Self::Unknown | Self::Sorted)
    }

    /// How to get a window in the order of `sort`.
    pub(super) fn plan(self, sort: Sort) -> Plan {
        match self {
            Self::Unknown | Self::Sorted | Self::Unsorted => Plan::Page,
            Self::Newest | Self::Oldest if !sort.is_by_creation() => Plan::Whole,
            Self::Newest if sort.descending => Plan::Page,
            Self::Oldest if !sort.descending => Plan::Page,
            Self::Newest | Self::Oldest => Plan::Mirror,
            Self::Unordered => Plan::Whole,
        }
    }
}

#[derive(Debug)]
pub(super) enum Plan {
    /// The window as it is asked for.
    Page,
    /// The window counted from the other end.
    Mirror,
    /// All there is, sorted here.
    Whole,
}
