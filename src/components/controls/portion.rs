//! Shows a long list in portions, so that the document stays small however long the list is.

use crate::components::controls::icon::Icon;
use crate::components::controls::shown::Shown;
use cckm::text::number;
use leptos::prelude::*;

/// How many items a portion has.
pub const ITEMS: usize = 200;

/// The portion of a list that is shown. A list that becomes shorter than the chosen portion shows its last one.
#[derive(Clone, Copy)]
pub struct Portion {
    chosen: RwSignal<usize>,
    /// The number of items of the whole list.
    all: Signal<usize>,
}

impl Portion {
    pub fn new(all: impl Into<Signal<usize>>) -> Self {
        Self { chosen: RwSignal::new(0), all: all.into() }
    }

    /// Returns to the first portion.
    pub fn restart(self) {
        self.chosen.set(0);
    }

    /// The index of the first item that is shown.
    pub fn first(self) -> usize {
        self.chosen.get().min(self.last()) * ITEMS
    }

    /// Whether the list has more than one portion.
    pub fn is_part(self) -> bool {
        self.all.get() > ITEMS
    }

    /// The range that is shown: "201–400 of 20,000".
    pub fn range(self) -> String {
        let (first, all) = (self.first(), self.all.get());
        let [from, to, of] = [first + 1, (first + ITEMS).min(all), all].map(|count| number(count as u64));
        [&from, "–", &to, " of ", &of].concat()
    }

    fn last(self) -> usize {
        self.all.get().saturating_sub(1) / ITEMS
    }

    fn target(self, by: isize) -> Option<usize> {
        let last = self.last();
        let to = self.chosen.get().min(last).checked_add_signed(by)?;
        (to <= last).then_some(to)
    }
}

/// The buttons that show another portion, if there is more than one. They belong above the list, so that they stay in
/// place and its first item follows them.
#[component]
pub fn PortionPager(
    portion: Portion,
    /// The noun for the items, in the plural.
    many: &'static str,
    /// Which part of the list is shown.
    #[prop(into)]
    words: Signal<String>,
) -> impl IntoView {
    let turn = move |by: isize| {
        if let Some(to) = untrack(|| portion.target(by)) {
            portion.chosen.set(to);
        }
    };
    view! {
        <Shown when=move || portion.is_part()>
            <nav class="pager" aria-label=["Pages of ", many].concat()>
                <span class="range" role="status">{words}</span>
                // Not `disabled`, because a disabled button loses the focus on the last page.
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || portion.target(-1).is_none().to_string()
                    on:click=move |_| turn(-1)
                >
                    <Icon name="previous" />
                    {["Previous ", many].concat()}
                </button>
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || portion.target(1).is_none().to_string()
                    on:click=move |_| turn(1)
                >
                    {["Next ", many].concat()}
                    <Icon name="next" />
                </button>
            </nav>
        </Shown>
    }
}
