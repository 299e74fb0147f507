//! What can be done with a list as a whole, at the end of its filters. Owns the line; each tool is a component of its
//! own.

use crate::state::rows::Rows;
use cckm::family::Family;
use leptos::prelude::*;
use std::sync::Arc;

/// `family` is `None` in All clouds; `rows` are the rows that the list shows.
#[component]
pub fn ListTools(family: Option<&'static Family>, rows: Memo<Arc<Rows>>) -> impl IntoView {
    _ = (family, rows);
    view! { <div class="list-tools" role="group" aria-label="This list"></div> }
}
