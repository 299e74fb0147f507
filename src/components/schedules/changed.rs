//! The note about a schedule that somebody else has changed since it was opened: what has changed, field by field, and
//! the choice before anything is overwritten or deleted.

use crate::components::controls::icon::Icon;
use cckm::schedule::Change;
use leptos::prelude::*;

/// `step` says what to do now. `take` drops the person's own input for the newer version, where there is any; `go_on` does what
/// they wanted all the same, under the button `label`.
#[component]
pub fn ChangedMeanwhile(
    changes: Vec<Change>,
    #[prop(default = "Nothing of yours has been sent. Choose what counts.")] step: &'static str,
    #[prop(optional, into)] take: Option<Callback<()>>,
    go_on: Callback<()>,
    label: &'static str,
    #[prop(into)] held: Signal<bool>,
) -> impl IntoView {
    let lines = changes.into_iter().map(|change| {
        view! {
            <tr>
                <th scope="row">{change.field}</th>
                <td dir="auto">{change.from}</td>
                <td dir="auto">{change.to}</td>
            </tr>
        }
    });
    view! {
        <div class="notice changed" role="alert" aria-label="Changed meanwhile">
            <Icon name="completed-with-errors" />
            <div class="notice-text">
                <p class="notice-title">"Somebody else has changed this schedule meanwhile"</p>
                <p>{step}</p>
                <table class="changes" aria-label="What changed">
                    <thead>
                        <tr>
                            <th scope="col">"Field"</th>
                            <th scope="col">"When you opened it"</th>
                            <th scope="col">"Now"</th>
                        </tr>
                    </thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </div>
            <div class="notice-steps">
                {take.map(|take| view! {
                    <button type="button" class="button" on:click=move |_| take.run(())>"Take theirs"</button>
                })}
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || held.get().to_string()
                    on:click=move |_| if !held.get_untracked() { go_on.run(()) }
                >
                    {label}
                </button>
            </div>
        </div>
    }
}
