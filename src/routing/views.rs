//! The views of the navigation, in its order. Their names are what people read.

use crate::config::config;
use crate::routing::route::View;
use cckm::family::{self, Family};

/// The names of the views that do not belong to one cloud.
pub const ALL: &str = "All clouds";
pub const ATTENTION: &str = "Needs attention";
pub const OUTDATED: &str = "Out of date";
pub const SCHEDULES: &str = "Schedules";
pub const CHECK: &str = "Server check";

/// The views of the navigation with their names: All clouds, one for each cloud that the configuration shows and of
/// which `shows` returns true for a family, Needs attention, and Schedules.
pub fn views(shows: impl Fn(&Family) -> bool) -> impl Iterator<Item = (&'static str, View)> {
    let clouds = family::clouds()
        .filter(move |cloud| config().shows(cloud) && family::of_cloud(cloud).any(&shows))
        .filter_map(|cloud| Some((cloud, View::Family(family::of_cloud(cloud).next()?))));
    [(ALL, View::All)]
        .into_iter()
        .chain(clouds)
        .chain([(ATTENTION, View::Attention), (SCHEDULES, View::AllSchedules)])
}
