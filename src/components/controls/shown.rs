//! Leptos' `Show`, and its `For` for lists with string keys, with their types erased.
//!
//! `Show` and `For` are monomorphized for each place that uses them: 150 kB of the program were copies of the two.
//! Here the closures and views that differ are behind a pointer, so that the program contains each of the two once.

use leptos::children::ViewFn;
use leptos::prelude::*;

/// Renders `children` while `when` is true, else `fallback`. Renders anew only when the value of `when` changes, not
/// at each change of its dependencies.
#[component]
pub fn Shown(
    #[prop(into)] when: Signal<bool>,
    children: ChildrenFn,
    #[prop(optional, into)] fallback: ViewFn,
) -> impl IntoView {
    let when = Memo::new(move |_| when.get());
    move || if when.get() { children() } else { fallback.run() }
}

/// Renders an `item` for each of the `keys`, which must be unique. An item keeps its elements and its focus as long
/// as its key is in the list.
#[component]
pub fn Keyed(#[prop(into)] keys: Signal<Vec<String>>, item: Callback<String, AnyView>) -> impl IntoView {
    view! { <For each=move || keys.get() key=String::clone children=move |key| item.run(key) /> }
}
