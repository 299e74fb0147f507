//! How old the last good synchronization of each container of a family is.

use crate::dom::*;
use crate::families::Family;
use crate::reactive::*;

#[component]
pub fn Freshness(family: &'static Family) -> impl IntoView {
    view! { <h2>"Freshness of " {family.title()}</h2> }
}
