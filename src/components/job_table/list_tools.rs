//! What can be done with a list as a whole, at the end of its filters. Owns the line; each tool is a component of its
//! own.

use crate::components::controls::copy::CopyByHand;
use crate::components::controls::copy_as::CopyAs;
use crate::components::job_table::columns_menu::ColumnsMenu;
use crate::components::job_table::list_requests::list_requests;
use crate::components::job_table::views_menu::ViewsMenu;
use crate::state::columns::ListColumns;
use crate::state::dialog::{Dialog, OpenDialog};
use crate::state::rows::Rows;
use cckm::family::Family;
use leptos::prelude::*;
use std::sync::Arc;

/// `family` is `None` in All clouds; `rows` are the rows that the list shows.
#[component]
pub fn ListTools(family: Option<&'static Family>, rows: Memo<Arc<Rows>>) -> impl IntoView {
    _ = rows;
    let columns = ListColumns::of(family);
    let dialog = expect_context::<OpenDialog>();
    let refused = RwSignal::new(None);
    view! {
        <div class="list-tools" role="group" aria-label="This list">
            <ViewsMenu columns=columns />
            <ColumnsMenu columns=columns />
            <button type="button" class="button" on:click=move |_| dialog.open(Dialog::Export)>"Export"</button>
            <CopyAs requests=list_requests(family) refused=refused at_end=true />
        </div>
        // On a line of its own below, so that no tool moves.
        <CopyByHand refused=refused />
    }
}
