//! What can be done with a list as a whole, at the end of its filters. Owns the line; each tool is a component of its
//! own.

use crate::components::job_table::columns_menu::ColumnsMenu;
use crate::components::job_table::views_menu::ViewsMenu;
use crate::state::columns::ListColumns;
use crate::state::rows::Rows;
use cckm::family::Family;
use leptos::prelude::*;
use std::sync::Arc;

/// `family` is `None` in All clouds; `rows` are the rows that the list shows.
#[component]
pub fn ListTools(family: Option<&'static Family>, rows: Memo<Arc<Rows>>) -> impl IntoView {
    _ = rows;
    let columns = ListColumns::of(family);
    view! {
        <div class="list-tools" role="group" aria-label="This list">
            <ViewsMenu columns=columns />
            <ColumnsMenu columns=columns />
        </div>
    }
}
