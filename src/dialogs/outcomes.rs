//! The dialog that explains the outcomes.

use crate::components::controls::dialog::Dialog;
use crate::components::job::outcome::OutcomeMark;
use crate::state::dialog::OpenDialog;
use cckm::outcome::Outcome;
use leptos::prelude::*;

#[component]
pub fn Outcomes() -> impl IntoView {
    let dialog = expect_context::<OpenDialog>();
    view! {
        <Dialog name="What outcomes mean" on_close=Callback::new(move |()| dialog.close())>
            <div class="dialog-body help-text" tabindex="0">
                <p>
                    "The server calls a job "<code>"completed"</code>" also where it was cancelled or where containers failed.
                    The panel looks at every result of a job, and shows as "<b>"Completed"</b>" only what it knows to be good."
                </p>
                <dl class="outcomes">
                    {Outcome::ALL
                        .map(|outcome| view! {
                            <div>
                                <dt><OutcomeMark outcome=outcome /></dt>
                                <dd>{outcome.meaning()}</dd>
                            </div>
                        })
                        .collect_view()}
                </dl>
            </div>
        </Dialog>
    }
}
