//! The keyboard shortcuts: their table, and the dialog that shows it. `shortcut_keys.rs` reacts to the keys by the same
//! table.

use crate::components::controls::dialog::Dialog;
use crate::state::dialog::OpenDialog;
use crate::state::preferences::Preferences;
use leptos::prelude::*;

/// What a shortcut does.
#[derive(Clone, Copy, PartialEq)]
pub enum Action {
    /// Opens this dialog.
    List,
    /// Opens the dialog **Find**.
    Find,
    /// Moves the focus to the box **Job ID**.
    Filter,
    /// Moves the focus to the next row, or to the previous one.
    Next,
    Previous,
    /// Nothing: the browser itself opens a link that has the focus.
    Native,
    /// Closes the open job.
    Close,
    /// Refreshes the view.
    Refresh,
    /// Opens the start form.
    Start,
    /// Opens the view at the position that the key names.
    View,
}

pub struct Shortcut {
    /// The keys as `KeyboardEvent.key` has them.
    pub keys: &'static [&'static str],
    /// Whether the keys count with Ctrl or Cmd, and only so.
    pub control: bool,
    /// The keys for people.
    pub shown: &'static [&'static str],
    /// What happens, as a sentence without a full stop.
    pub what: &'static str,
    pub action: Action,
}

/// A key that counts alone.
const fn plain(
    keys: &'static [&'static str],
    shown: &'static [&'static str],
    what: &'static str,
    action: Action,
) -> Shortcut {
    Shortcut { keys, control: false, shown, what, action }
}

pub const SHORTCUTS: &[Shortcut] = &[
    Shortcut {
        keys: &["k", "K"],
        control: true,
        shown: &["Ctrl K", "Cmd K"],
        what: "Find a view, an action, a container or a job",
        action: Action::Find,
    },
    plain(&["/"], &["/"], "Go to the filter by job ID", Action::Filter),
    plain(&["j"], &["j"], "Go to the next row", Action::Next),
    plain(&["k"], &["k"], "Go to the previous row", Action::Previous),
    plain(&["Enter"], &["Enter"], "Open the job of the row", Action::Native),
    plain(&["Escape"], &["Esc"], "Close the open job", Action::Close),
    plain(&["r"], &["r"], "Refresh now", Action::Refresh),
    plain(&["n"], &["n"], "Start a synchronization", Action::Start),
    plain(
        &["1", "2", "3", "4", "5", "6", "7", "8", "9"],
        &["1 – 9"],
        "Open a view, in the order of the navigation",
        Action::View,
    ),
    plain(&["?"], &["?"], "Show this list", Action::List),
];

#[component]
pub fn Shortcuts() -> impl IntoView {
    let dialog = expect_context::<OpenDialog>();
    let preferences = expect_context::<Preferences>();
    let lines = SHORTCUTS.iter().map(|shortcut| {
        let keys = shortcut.shown.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
        view! {
            <tr>
                <th scope="row">{keys}</th>
                <td>{shortcut.what}</td>
            </tr>
        }
    });
    view! {
        <Dialog name="Keyboard shortcuts" on_close=Callback::new(move |()| dialog.close())>
            <div class="dialog-body" tabindex="0">
            <table class="shortcuts" aria-label="Keys">
                <thead class="unseen">
                    <tr>
                        <th scope="col">"Keys"</th>
                        <th scope="col">"What they do"</th>
                    </tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
            <p class="quiet">
                {move || if preferences.shortcuts() {
                    "They do nothing while you type or a dialog is open. Preferences switches them off."
                } else {
                    "They are switched off. Preferences switches them on."
                }}
            </p>
            </div>
        </Dialog>
    }
}
