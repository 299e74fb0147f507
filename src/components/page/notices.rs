//! The lower edge of the page: the current announcement, the past ones, and the watched jobs. It is a sticky part of
//! the page flow and not an overlay, so that it never covers a control at the end of the page.

use crate::clock::Clock;
use crate::components::controls::icon::Icon;
use crate::components::controls::lazy::lazy;
use crate::components::controls::lazy_view::{LazyView, lazy_if_loaded};
use crate::components::controls::shown::Shown;
use crate::state::announcer::{Announcement, Announcer};
use crate::state::preferences::Preferences;
use leptos::children::ViewFn;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use std::time::Duration;

/// How long an announcement is shown while neither the pointer nor the focus is on it.
const SHOWN: Duration = Duration::from_secs(12);

#[component]
pub fn Notices() -> impl IntoView {
    view! {
        <aside class="dock" aria-label="Notices">
            <Announcements />
            {lazy_if_loaded(LazyView::BackgroundTasks, ViewFn::default())}
        </aside>
    }
}

#[component]
fn Announcements() -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let current = Memo::new(move |_| announcer.current());
    let is_silent = Memo::new(move |_| announcer.is_silent());
    let (has_pointer, has_focus) = (RwSignal::new(false), RwSignal::new(false));
    // Each announcement starts the timer anew, even one with the same text.
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    Effect::new(move |_: Option<()>| {
        stop();
        _ = announcer.past();
        if current.with(String::is_empty) || has_pointer.get() || has_focus.get() {
            return;
        }
        timer.set_value(set_timeout_with_handle(move || announcer.dismiss(), SHOWN).ok());
    });
    on_cleanup(stop);

    let is_listed = RwSignal::new(false);
    let again = NodeRef::<html::Button>::new();
    let to_button = move || {
        if let Some(button) = again.get_untracked() {
            _ = button.focus();
        }
    };
    let dismiss = move || {
        announcer.dismiss();
        if has_focus.get_untracked() {
            to_button();
        }
    };
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() != "Escape" || event.default_prevented() {
            return;
        }
        if is_listed.get_untracked() {
            is_listed.set(false);
            to_button();
        } else if !current.with_untracked(String::is_empty) {
            dismiss();
        }
    });
    on_cleanup(move || escape.remove());

    view! {
        <div class="notices-past">
            <Shown when=move || !is_silent.get()>
                <button
                    type="button"
                    class="button plain small"
                    node_ref=again
                    aria-expanded=move || is_listed.get().to_string()
                    on:click=move |_| is_listed.set(!is_listed.get_untracked())
                >
                    <Icon name="info" />
                    "Last notices"
                </button>
            </Shown>
            <Shown when=is_listed>
                {lazy(LazyView::PastNotices)}
            </Shown>
        </div>
        <div
            class="said"
            on:pointerenter=move |_| has_pointer.set(true)
            on:pointerleave=move |_| has_pointer.set(false)
            on:focusin=move |_| has_focus.set(true)
            on:focusout=move |_| has_focus.set(false)
        >
            <p role="status" aria-live="polite">{move || current.get()}</p>
            // The style sheet hides the button while there is no announcement, which spares a change of the document.
            <button
                type="button"
                class="button plain small"
                title="Dismiss"
                aria-label="Dismiss this notice"
                on:click=move |_| dismiss()
            >
                <Icon name="clear" />
            </button>
        </div>
    }
}

/// The past announcements, the newest first.
#[component]
pub fn PastNotices() -> impl IntoView {
    let clock = expect_context::<Clock>();
    let announcer = expect_context::<Announcer>();
    let preferences = expect_context::<Preferences>();
    let line = move |Announcement { at, text }: Announcement| {
        let when = move || preferences.times().ago(clock.minute(), at);
        view! { <li><span class="quiet" title=move || preferences.times().iso(at)>{when}</span> " " <span>{text}</span></li> }
    };
    view! {
        <ol class="past" aria-label="Last notices">
            {move || announcer.past().into_iter().map(line).collect_view()}
        </ol>
    }
}
