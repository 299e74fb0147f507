//! The edges of the columns of a list: a separator for each, by which a person sets the width of the column before it,
//! by dragging or with the arrow keys.
//!
//! They lie over the header and not in it, so that a header's name stays the name of its column.

use crate::routing::address::Address;
use crate::routing::columns::{Column, Columns, NARROWEST, WIDEST};
use crate::state::columns::{KeptColumns, ListColumns};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// How far an arrow key moves an edge, in pixels.
const STEP: i32 = 16;

#[component]
pub fn ColumnWidths(columns: ListColumns) -> impl IntoView {
    let shown = columns.shown;
    // An edge keeps its element, and so the focus, while a width changes.
    let order = Memo::new(move |_| shown.with(|shown| shown.iter().collect::<Vec<_>>()));
    view! {
        <div class="column-edges" class:with-cloud=columns.with_cloud() role="group" aria-label="Column widths">
            {move || order.get().into_iter().map(|column| view! { <Edge column=column columns=columns /> }).collect_view()}
        </div>
    }
}

/// A drag that has begun: where the pointer was pressed, and how wide the column was.
#[derive(Clone, Copy)]
struct Drag {
    from: i32,
    width: i32,
    /// Whether the pointer has moved since.
    moved: bool,
}

#[component]
fn Edge(column: Column, columns: ListColumns) -> impl IntoView {
    let address = expect_context::<Address>();
    let kept = expect_context::<KeptColumns>();
    let node = NodeRef::<html::Div>::new();
    let drag = StoredValue::new(None::<Drag>);
    let with_width = move |width: Option<i32>| {
        let width = width.map(|width| width.max(0).unsigned_abs());
        columns.shown.get_untracked().with_width(column, width)
    };
    let set_width = move |width| kept.choose(address, columns.family, with_width(width));
    // Until the pointer is released the width is that of the drawing alone: each change of the address or of the
    // storage is heard by others, and browsers limit them.
    let draw = move |shown: &Columns, is_chosen: bool| {
        let region = node.get_untracked().and_then(|node| node.closest(".table-region").ok()?);
        if let Some(region) = region.and_then(|region| region.dyn_into::<HtmlElement>().ok()) {
            let (template, least) = shown.template();
            _ = region.class_list().toggle_with_force("is-chosen", is_chosen);
            _ = region.style().set_property("--chosen", &template);
            _ = region.style().set_property("--least", &[&least.to_string(), "px"].concat());
        }
    };
    // The width that is seen: a column without one of its own takes the room that is left.
    let seen = move || {
        let cell =
            node.get_untracked().and_then(|node| node.parent_element()).map(|cell| cell.client_width());
        cell.filter(|width| *width > 0).unwrap_or(column.usual_width() as i32)
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let width = match event.key().as_str() {
            "ArrowLeft" => Some(seen() - STEP),
            "ArrowRight" => Some(seen() + STEP),
            "Home" => Some(NARROWEST as i32),
            "End" => Some(WIDEST as i32),
            "Delete" => None,
            _ => return,
        };
        event.prevent_default();
        set_width(width);
    };
    let on_down = move |event: leptos::ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        event.prevent_default();
        if let Some(node) = node.get_untracked() {
            _ = node.set_pointer_capture(event.pointer_id());
            _ = node.focus();
        }
        drag.set_value(Some(Drag { from: event.client_x(), width: seen(), moved: false }));
    };
    let on_move = move |event: leptos::ev::PointerEvent| {
        if let Some(Drag { from, width, moved }) = drag.get_value() {
            let moved = moved || event.client_x() != from;
            drag.set_value(Some(Drag { from, width, moved }));
            if moved {
                draw(&with_width(Some(width + event.client_x() - from)), true);
            }
        }
    };
    let on_up = move |event: leptos::ev::PointerEvent| {
        if let Some(Drag { from, width, .. }) = drag.get_value().filter(|drag| drag.moved) {
            set_width(Some(width + event.client_x() - from));
        }
        drag.set_value(None);
    };
    // The browser has taken the pointer, and says nothing of where it was.
    let on_cancel = move |_| {
        if drag.get_value().is_some_and(|drag| drag.moved) {
            let shown = columns.shown.get_untracked();
            draw(&shown, shown != Columns::standard(columns.with_cloud()));
        }
        drag.set_value(None);
    };
    // Without a width of its own a column may be wider than usual. Measured when it gets the focus.
    let measured = RwSignal::new(column.usual_width() as i32);
    let measure = move || {
        if node.try_get_untracked().flatten().is_some() {
            measured.set(seen());
        }
    };
    let now =
        move || columns.shown.with(|shown| shown.width(column)).map_or(measured.get(), |width| width as i32);
    view! {
        <div class="column-edge-of">
            <div
                class="column-edge"
                node_ref=node
                role="separator"
                tabindex="0"
                aria-orientation="vertical"
                aria-label=["Width of ", column.name()].concat()
                aria-valuemin=NARROWEST
                aria-valuemax=WIDEST
                aria-valuenow=now
                aria-valuetext=move || match columns.shown.with(|shown| shown.width(column)) {
                    Some(width) => [&width.to_string(), " pixels"].concat(),
                    None => "as usual".to_owned(),
                }
                title="Drag, or press the arrow keys. A double press returns to the usual width."
                on:focus=move |_| measure()
                on:keydown=on_key
                on:pointerdown=on_down
                on:pointermove=on_move
                on:pointerup=on_up
                on:pointercancel=on_cancel
                on:dblclick=move |_| set_width(None)
            ></div>
        </div>
    }
}
