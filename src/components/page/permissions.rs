//! Who may start and cancel synchronizations, in short, for a person who may not.

use leptos::prelude::*;

/// <https://thalesdocs.com/ctp/cm/latest/admin/cm_admin/groups/index.html>
#[component]
pub fn Permissions() -> impl IntoView {
    view! {
        <details class="help">
            <summary>"Who may start and cancel"</summary>
            <ul>
                <li>"Members of the groups "<b>"admin"</b>" and "<b>"CCKM Admins"</b>"."</li>
                <li>
                    "Members of "<b>"CCKM Users"</b>", where somebody has given them the permission "
                    <code>"keysynchronize"</code>" for the container. It covers starting and cancelling. To see the container
                    at all they need a permission to view it as well."
                </li>
                <li>"Where the license of a cloud has ended, nobody: its lists can still be read."</li>
            </ul>
            <p class="quiet">
                "An administrator changes groups and permissions in the console or with ksctl. Sign in again afterwards: a
                session keeps the groups that it began with."
            </p>
        </details>
    }
}
