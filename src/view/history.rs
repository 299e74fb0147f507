//! A family's jobs over time.

use crate::dom::*;
use crate::families::Family;
use crate::reactive::*;

#[component]
pub fn History(family: &'static Family) -> impl IntoView {
    view! { <h2>"History of " {family.title()}</h2> }
}
