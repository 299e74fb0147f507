//! Leptos' `Show` and, for lists whose items have a text as their key, its `For`, with their types erased.
//!
//! `Show` and `For` are compiled anew for the types of each place that uses them: 150 kB of the program were copies of the two.
//! Here the closures and views that differ are behind a pointer, so that the program has each of the two once.

use leptos::children::ViewFn;
use leptos::prelude::*;

/// `children` while `when` holds, else `fallback`. Drawn anew only when `is` becomes another, whatever it depends on.
#[component]
pub fn Shown(
    #[prop(into)] when: Signal<bool>,
    children: ChildrenFn,
    #[prop(optional, into)] fallback: ViewFn,
) -> impl IntoView {
    let when = Memo::new(move |_| when.get());
    move || if when.get() { children() } else { fallback.run() }
}

/// One `item` for each of the `keys`, which are unique. An item stays, with its focus, as long as its key does.
#[component]
pub fn Keyed(#[prop(into)] keys: Signal<Vec<String>>, item: Callback<String, AnyView>) -> impl IntoView {
    view! { <For each=move || keys.get() key=String::clone children=move |key| item.run(key) /> }
}
