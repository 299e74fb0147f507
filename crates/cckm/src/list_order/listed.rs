//! The order in which a server lists jobs, and how to read a window of such a list.

use crate::filter::Sort;

/// The known order in which a server lists the jobs of one family.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Listed {
    /// The order is not known yet; requests carry `sort`.
    #[default]
    Unknown,
    /// The server sorts by `sort`.
    Sorted,
    /// The server does not sort, and its own order is not known yet.
    Unsorted,
    /// The server does not sort and lists the newest jobs first.
    Newest,
    /// The server does not sort and lists the oldest jobs first.
    Oldest,
    /// The server does not sort and lists the jobs in no order.
    Unordered,
}

impl Listed {
    /// Whether requests carry `sort`.
    pub fn sends_sort(self) -> bool {
        matches!(self, Self::Unknown | Self::Sorted)
    }

    /// Whether a window in the order of `sort` takes reading the whole list, and sorting it.
    pub fn is_read_whole(self, sort: Sort) -> bool {
        matches!(self.plan(sort), Plan::Whole)
    }

    /// How to read a window in the order of `sort`.
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
    /// Request the window itself.
    Page,
    /// Request the window at the same distance from the other end, and reverse it.
    Mirror,
    /// Read the whole list and sort it.
    Whole,
}
