//! The range of the list that is shown, the page size, and the buttons that turn the page.

use crate::components::controls::icon::Icon;
use crate::routing::address::Address;
use crate::state::list_page::Listing;
use cckm::text::number;
use leptos::prelude::*;
use std::sync::Arc;

const SIZES: [u64; 6] = [10, 25, 50, 100, 250, 1000];

#[component]
pub fn Pager(#[prop(into)] listing: Signal<Option<Arc<Listing>>>) -> impl IntoView {
    let address = expect_context::<Address>();
    let rows = Memo::new(move |_| address.with(|route| route.rows));
    let shown = Memo::new(move |_| {
        let listing = listing.get()?;
        Some(Shown {
            first: listing.skip + 1,
            last: listing.skip + listing.rows.len() as u64 + listing.unread,
            total: listing.total,
            is_open: listing.is_open,
            pages: listing.pages(),
            limit: listing.limit,
        })
    });
    let requested = Memo::new(move |_| address.with(|route| route.page));
    // Counted from the requested page and not from the one that is shown, so that two quick presses turn two pages.
    let target = move |by: i64| {
        let pages = shown.with(|shown| shown.as_ref().map_or(1, |shown| shown.pages));
        let to = requested.get().min(pages + 1).saturating_add_signed(by);
        (1..=pages).contains(&to).then_some(to)
    };
    let turn = move |by: i64| {
        if let Some(page) = untrack(|| target(by)) {
            address.go(&address.get_untracked().with_page(page));
        }
    };
    view! {
        <nav class="pager" aria-label="Pages">
            <span class="range">{move || shown.with(|shown| shown.as_ref().map(Shown::text))}</span>
            {move || {
                let capped = shown.with(|shown| shown.as_ref().filter(|shown| shown.is_capped(rows.get())).map(|s| s.limit));
                capped.map(|limit| view! { <span class="quiet">{["The server gives at most ", &number(limit), " at once."].concat()}</span> })
            }}
            <label class="inline-field">
                <span>"Rows per page"</span>
                <select on:change:target=move |event| {
                    if let Ok(rows) = event.target().value().parse() {
                        let route = address.get_untracked();
                        address.go(&route.with_rows(rows));
                    }
                }>
                    {SIZES
                        .map(|size| {
                            view! { <option value=size selected=move || rows.get() == size>{size}</option> }
                        })
                        .collect_view()}
                    // An address may name a number that is not among the choices.
                    {move || {
                        let rows = rows.get();
                        (!SIZES.contains(&rows))
                            .then(|| view! { <option value=rows selected=true>{rows}</option> })
                    }}
                </select>
            </label>
            // Not `disabled`, because a disabled button loses the focus on the last page.
            <button
                type="button"
                class="button"
                aria-disabled=move || target(-1).is_none().to_string()
                on:click=move |_| turn(-1)
            >
                <Icon name="previous" />
                "Previous page"
            </button>
            <button
                type="button"
                class="button"
                aria-disabled=move || target(1).is_none().to_string()
                on:click=move |_| turn(1)
            >
                "Next page"
                <Icon name="next" />
            </button>
        </nav>
    }
}

/// The range that is shown. Numbers start at 1.
#[derive(Clone, PartialEq)]
struct Shown {
    first: u64,
    last: u64,
    total: u64,
    is_open: bool,
    pages: u64,
    limit: u64,
}

impl Shown {
    fn text(&self) -> String {
        if self.last < self.first {
            return ["0 of ", &number(self.total)].concat();
        }
        let of = if self.is_open { " of at least " } else { " of " };
        [&number(self.first), "–", &number(self.last), of, &number(self.total)].concat()
    }

    /// Whether the server returned fewer rows than the `requested` page size although there are more.
    fn is_capped(&self, requested: u64) -> bool {
        self.limit < requested && self.pages > 1
    }
}
