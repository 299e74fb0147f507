//! Copying to the clipboard, and what stands in when the browser refuses: the text itself, ready to be selected.

use crate::components::controls::icon::Icon;
use crate::state::announcer::Announcer;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// What could not be copied, and is shown instead. One for all buttons that stand together.
pub type Refused = RwSignal<Option<String>>;

/// How long the button shows that it has copied.
const SHOWN: Duration = Duration::from_secs(2);

#[component]
pub fn CopyButton(
    /// The button's words, which stay as they are: a screen reader hears "Copied" from the live region.
    label: &'static str,
    /// Made when the button is pressed.
    text: Callback<(), String>,
    refused: Refused,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let text = text.run(());
        spawn_local(async move {
            if to_clipboard(&text).await {
                announcer.announce("Copied");
                _ = refused.try_set(None);
                _ = copied.try_set(true);
                set_timeout(move || _ = copied.try_set(false), SHOWN);
            } else {
                announcer.announce("The browser did not copy. The text is shown, ready to be selected.");
                _ = refused.try_set(Some(text));
            }
        });
    };
    view! {
        <button type="button" class=["button ", class].concat() class:copied=copied on:click=copy>
            {move || view! { <Icon name=if copied.get() { "completed" } else { "copy" } /> }}
            {label}
        </button>
    }
}

/// The text that the browser did not copy.
#[component]
pub fn CopyByHand(refused: Refused) -> impl IntoView {
    move || {
        refused.get().map(|text| {
            view! {
                <div class="by-hand">
                    <p>"The browser did not allow copying. Select the text and copy it yourself."</p>
                    <pre tabindex="0" role="textbox" aria-readonly="true" aria-label="Text to copy">{text}</pre>
                    <button type="button" class="button" on:click=move |_| refused.set(None)>"Hide"</button>
                </div>
            }
        })
    }
}

/// Whether the browser took `text`. It has no clipboard for pages that came over plain HTTP.
async fn to_clipboard(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    !clipboard.is_undefined() && clipboard.write_text(text).await.is_ok()
}
