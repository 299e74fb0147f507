//! Copies text to the clipboard. If the browser refuses, shows the text so that the user can select and copy it.

use crate::components::controls::icon::Icon;
use crate::state::announcer::Announcer;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// The text that could not be copied and is shown instead. All buttons of a group share one signal.
pub type Refused = RwSignal<Option<String>>;

/// How long the button shows "Copied".
const SHOWN: Duration = Duration::from_secs(2);

#[component]
pub fn CopyButton(
    /// The button's text. It does not change: a screen reader reads "Copied" from the live region.
    label: &'static str,
    /// Returns the text to copy. Called when the button is pressed.
    text: Callback<(), String>,
    refused: Refused,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let copied = RwSignal::new(false);
    let press = move |_| {
        let say = move |said: String| announcer.announce(said);
        copy(text.run(()), "Copied".to_owned(), say, copied, refused);
    };
    view! {
        <button type="button" class=["button ", class].concat() class:copied=copied on:click=press>
            {move || view! { <Icon name=if copied.get() { "completed" } else { "copy" } /> }}
            {label}
        </button>
    }
}

/// Copies `text`, announces `said` by `say`, and sets `copied` for a moment. If the browser refuses, shows the text
/// instead.
pub fn copy(
    text: String,
    said: String,
    say: impl Fn(String) + 'static,
    copied: RwSignal<bool>,
    refused: Refused,
) {
    spawn_local(async move {
        if to_clipboard(&text).await {
            say(said);
            _ = refused.try_set(None);
            _ = copied.try_set(true);
            set_timeout(move || _ = copied.try_set(false), SHOWN);
        } else {
            say("The browser did not copy. The text is shown, ready to be selected.".to_owned());
            _ = refused.try_set(Some(text));
        }
    });
}

/// Shows the text that the browser did not copy, ready to be selected.
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

/// Writes `text` to the clipboard and returns whether that succeeded. Browsers provide no clipboard to pages that
/// were loaded over plain HTTP.
async fn to_clipboard(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    !clipboard.is_undefined() && clipboard.write_text(text).await.is_ok()
}
