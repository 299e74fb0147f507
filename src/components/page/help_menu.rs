//! The menu of the help that belongs to no view.

use crate::components::controls::icon::Icon;
use crate::components::controls::popover::{Menu, MenuItem, Popover};
use crate::state::dialog::{Dialog, OpenDialog};
use leptos::prelude::*;

/// What the menu opens, in its order.
const ITEMS: [(&str, Dialog); 3] = [
    ("What outcomes mean", Dialog::Outcomes),
    ("Keyboard shortcuts", Dialog::Shortcuts),
    ("About", Dialog::About),
];

#[component]
pub fn HelpMenu() -> impl IntoView {
    let dialog = expect_context::<OpenDialog>();
    let open = RwSignal::new(false);
    view! {
        <Popover open=open popup="menu" at_end=true class="plain".to_owned() button=|| view! { <span class="tool" title="Help"><Icon name="info" /><span class="tool-word">"Help"</span></span> }>
            <Menu label="Help">
                {ITEMS
                    .map(|(label, opens)| {
                        view! { <MenuItem label=label on_press=Callback::new(move |()| dialog.open(opens)) /> }
                    })
                    .collect_view()}
            </Menu>
        </Popover>
    }
}
