//! A button that opens a panel below it, and a menu of actions in such a panel.
//!
//! The panel closes on Escape, which returns the focus to the button, on a press outside, and when the focus leaves it.

use crate::components::controls::composing::is_composing;
use crate::components::controls::icon::Icon;
use leptos::children::ViewFn;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Closes the surrounding [`Popover`] and returns the focus to its button.
#[derive(Clone, Copy)]
struct ClosePopover(Callback<()>);

/// `button` draws the content of the button, which is its accessible name; `children` draw the panel, anew each time
/// that it opens.
#[component]
pub fn Popover(
    /// Whether the panel is open. The owner may close it; it closes itself as the module says.
    open: RwSignal<bool>,
    #[prop(into)] button: ViewFn,
    /// More classes of the button.
    #[prop(optional, into)]
    class: Signal<String>,
    /// What the panel is to assistive technology: "menu", or "true" for any other content.
    #[prop(default = "true")]
    popup: &'static str,
    /// Whether the panel is aligned with the end of the button: for buttons at the right edge of the page.
    #[prop(optional)]
    at_end: bool,
    /// Runs when the panel is closed by the user.
    #[prop(optional)]
    on_close: Option<Callback<()>>,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Button>::new();
    let around = NodeRef::<html::Div>::new();
    let close = move || {
        open.set(false);
        if let Some(on_close) = on_close {
            on_close.run(());
        }
    };
    let return_focus = move || {
        if let Some(button) = node.get_untracked() {
            _ = button.focus();
        }
    };
    provide_context(ClosePopover(Callback::new(move |()| {
        close();
        return_focus();
    })));
    view! {
        <div
            class="drop"
            class:at-end=at_end
            node_ref=around
            on:keydown=move |event| {
                if event.key() == "Escape" && open.get_untracked() && !event.default_prevented() && !is_composing(&event) {
                    event.prevent_default();
                    close();
                    return_focus();
                }
            }
            on:focusout=move |event| {
                // The browser also fires this event when the element is removed and its signals are disposed of.
                if open.try_get_untracked() != Some(true) {
                    return;
                }
                let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
                let inside = around.get_untracked().is_some_and(|around| to.is_none() || around.contains(to.as_ref()));
                if !inside {
                    close();
                }
            }
        >
            <button
                type="button"
                class=move || ["button drop-button ", &class.get()].concat()
                node_ref=node
                aria-haspopup=popup
                aria-expanded=move || open.get().to_string()
                on:click=move |_| if open.get_untracked() { close() } else { open.set(true) }
            >
                {button.run()}
                <Icon name="down" />
            </button>
            {move || open.get().then(|| view! { <div class="drop-panel">{children()}</div> })}
        </div>
        // A press outside closes the panel as well.
        {move || open.get().then(|| {
            let handle = window_event_listener(leptos::ev::pointerdown, move |event| {
                let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
                if around.get_untracked().is_some_and(|around| !around.contains(target.as_ref())) {
                    close();
                }
            });
            on_cleanup(move || handle.remove());
        })}
    }
}

/// A menu of actions in an open [`Popover`]: the arrow keys, Home and End move the focus, which starts at the first
/// item. Its children are [`MenuItem`]s.
#[component]
pub fn Menu(
    /// The accessible name.
    label: &'static str,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(menu) = node.get() {
            focus_item(&menu, |_, _| 0);
        }
    });
    let step = move |event: leptos::ev::KeyboardEvent| {
        let Some(menu) = node.get_untracked() else { return };
        let to: fn(usize, usize) -> usize = match event.key().as_str() {
            "ArrowDown" => |at, count| (at + 1) % count,
            "ArrowUp" => |at, count| (at + count - 1) % count,
            "Home" => |_, _| 0,
            "End" => |_, count| count - 1,
            _ => return,
        };
        event.prevent_default();
        focus_item(&menu, to);
    };
    view! { <div class="menu" role="menu" aria-label=label node_ref=node on:keydown=step>{children()}</div> }
}

/// Focuses the item whose index `to` returns, given the index of the focused one and the count, which is never 0.
fn focus_item(menu: &web_sys::HtmlElement, to: impl Fn(usize, usize) -> usize) {
    let Ok(items) = menu.query_selector_all("[role=menuitem]") else { return };
    let items = (0..items.length()).filter_map(|at| items.item(at)?.dyn_into::<web_sys::HtmlElement>().ok());
    let items: Vec<_> = items.collect();
    if items.is_empty() {
        return;
    }
    let active = document().active_element();
    let at = items.iter().position(|item| active.as_ref() == Some(item.as_ref())).unwrap_or_default();
    if let Some(item) = items.get(to(at, items.len())) {
        _ = item.focus();
    }
}

/// An action of a [`Menu`]. A press closes the menu and returns the focus to its button before `on_press` runs, so a
/// dialog that `on_press` opens returns the focus to the button too.
#[component]
pub fn MenuItem(#[prop(into)] label: String, on_press: Callback<()>) -> impl IntoView {
    let close = use_context::<ClosePopover>();
    let press = move |_| {
        if let Some(ClosePopover(close)) = close {
            close.run(());
        }
        on_press.run(());
    };
    view! {
        <button type="button" class="menu-item" role="menuitem" tabindex="-1" on:click=press>
            {label}
        </button>
    }
}
