//! The panel's icons. Each is one path on a 16 px grid with a stroke width of 1.5, and always appears beside text.
//!
//! A path and not a `<use>` of a symbol, for which the browser would create a shadow tree: three more nodes per row.

use leptos::prelude::*;

/// Pairs of name and path, sorted by name.
#[rustfmt::skip]
const ICONS: [(&str, &str); 23] = [
    ("above", "M3.5 10L8 5.5 12.5 10"),
    ("brand", "M13.5 6.2A6 6 0 0 0 3 4.6L1.8 6M2.5 9.8A6 6 0 0 0 13 11.4l1.2-1.4M1.8 2.6V6h3.4M14.2 13.4V10h-3.4M6.4 8a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0"),
    ("cancelled", "M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0M3.8 12.2l8.4-8.4"),
    ("cancelling", "M14 8A6 6 0 0 1 13.27 10.88M12.24 12.24A6 6 0 0 1 9.69 13.76M8 14A6 6 0 0 1 5.12 13.27M3.76 12.24A6 6 0 0 1 2.24 9.69M2 8A6 6 0 0 1 2.73 5.12M3.76 3.76A6 6 0 0 1 6.31 2.24M8 2A6 6 0 0 1 10.88 2.73M12.24 3.76A6 6 0 0 1 13.76 6.31M5.5 8h5"),
    ("clear", "M4 4l8 8M12 4l-8 8"),
    ("completed", "M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0M5.3 8.2l1.9 1.9 3.6-4"),
    ("completed-with-errors", "M8 2.2l6.2 11.3H1.8zM8 6.5v3M8 11.4v.1"),
    ("copy", "M7 5.5h5a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5h-5a1.5 1.5 0 0 1-1.5-1.5v-5a1.5 1.5 0 0 1 1.5-1.5zM10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2"),
    ("domain", "M4.5 2.5h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM2.5 6.5h11M6.5 6.5v7"),
    ("down", "M3.5 6L8 10.5 12.5 6"),
    ("failed", "M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4"),
    ("in-progress", "M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0M8.6 2.43V13.57M9.9 2.71V13.29M11.2 3.32V12.68M12.5 4.43V11.57"),
    ("info", "M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0M8 7.4v3.4M8 5v.1"),
    ("next", "M6 3.5L10.5 8 6 12.5"),
    ("preferences", "M2.5 5h6M12.5 5h1M10.5 3v4M2.5 11h1M7.5 11h6M5.5 9v4"),
    ("previous", "M10 3.5L5.5 8l4.5 4.5"),
    ("refresh", "M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 2v3h-3"),
    ("search", "M2.5 7a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M10.4 10.4L14 14"),
    ("start", "M5 3.2v9.6L12.5 8z"),
    ("unknown", "M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0M6.3 6.3a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.9.7-.9 1.3M8 11.4v.1"),
    ("up", "M8 13V3.5M3.8 7.5L8 3.3l4.2 4.2"),
    ("user", "M5.2 5.5a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0M2.8 13.8a5.3 5.3 0 0 1 10.4 0"),
    ("watch", "M4 11.2V7a4 4 0 0 1 8 0v4.2l1.2 1.3H2.8zM6.6 14.2h2.8"),
];

/// The path of the icon `name`, or an empty string if there is none.
pub fn path(name: &str) -> &'static str {
    ICONS.iter().find(|(known, _)| *known == name).map_or("", |(_, path)| path)
}

#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" width="16" height="16" viewBox="0 0 16 16">
            <path d=path(name)></path>
        </svg>
    }
}
