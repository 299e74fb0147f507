//! Where rows stand in the table of jobs: in groups, each a `tbody`. The browser lays out and paints a group when it comes
//! near to what is seen, and leaves the others alone; to watch each of a thousand rows costs more, at every frame, than it
//! spares (bench/README.md has the figures). What comes or goes around a row never moves it: it keeps the focus.
//!
//! There is always a last group, and no other is ever empty.
//!
//! Only rows and groups count here: an extension may have put anything else between them.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTableRowElement, HtmlTableSectionElement};

/// As `list.css` has it. The larger, the more rows are drawn that nobody sees; the smaller, the more there is to watch.
const FULL: u32 = 10;

/// Puts `row` before `next`, or at the end of the `table`; where it stands there, nothing is done.
pub fn place(table: &Element, row: &Element, next: Option<&Element>) {
    let old = row.parent_element();
    if old.is_some() && following(row).as_ref() == next {
        return;
    }
    let Some(group) = next.map_or_else(|| last_group(table), |next| next.parent_element()) else { return };
    // Whatever would have to part a group joins it, full or not.
    let is_at_edge = next.is_none() || first_row(&group).as_ref() == next;
    if is_at_edge && group.child_element_count() >= FULL {
        let Ok(new) = group.clone_node_with_deep(false) else { return };
        _ = new.append_child(row);
        _ = table.insert_before(&new, next.and(Some(&group)));
    } else {
        _ = group.insert_before(row, next.map(AsRef::as_ref));
    }
    leave(old);
}

/// Takes `row` out of the table.
pub fn remove(row: &Element) {
    let group = row.parent_element();
    row.remove();
    leave(group);
}

fn following(row: &Element) -> Option<Element> {
    let next = first::<HtmlTableRowElement>(row.next_element_sibling());
    next.or_else(|| first_row(&next_group(&row.parent_element()?)?))
}

fn first_row(group: &Element) -> Option<Element> {
    first::<HtmlTableRowElement>(group.first_element_child())
}

fn next_group(group: &Element) -> Option<Element> {
    first::<HtmlTableSectionElement>(group.next_element_sibling())
}

fn last_group(table: &Element) -> Option<Element> {
    let mut at = table.last_element_child();
    while let Some(element) = at.take_if(|element| !element.is_instance_of::<HtmlTableSectionElement>()) {
        at = element.previous_element_sibling();
    }
    at
}

/// The first of its kind, `at` or after it.
fn first<T: JsCast>(mut at: Option<Element>) -> Option<Element> {
    while let Some(element) = at.take_if(|element| !element.is_instance_of::<T>()) {
        at = element.next_element_sibling();
    }
    at
}

/// A row has gone from `group`.
fn leave(group: Option<Element>) {
    if let Some(group) = group
        && first_row(&group).is_none()
        && next_group(&group).is_some()
    {
        group.remove();
    }
}
