//! Where rows stand in the table of jobs: in groups, each a `tbody`. The browser lays out and paints a group when it comes
//! near to what is seen, and leaves the others alone; to watch each of a thousand rows costs more, at every frame, than it
//! spares (bench/README.md has the figures). What comes or goes around a row never moves it: it keeps the focus.
//!
//! There is always a last group, and no other is ever empty.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

/// As `list.css` has it. The larger, the more rows are drawn that nobody sees; the smaller, the more there is to watch.
const FULL: u32 = 10;

/// Puts `row` before `next`, or at the end of the `table`; where it stands there, nothing is done.
pub fn place(table: &Node, row: &Node, next: Option<&Node>) {
    let old = row.parent_node();
    if old.is_some() && following(row).as_ref() == next {
        return;
    }
    let Some(group) = next.map_or_else(|| table.last_child(), Node::parent_node) else { return };
    // Whatever would have to part a group joins it, full or not.
    let is_at_edge = next.is_none() || group.first_child().as_ref() == next;
    if is_at_edge && count(&group) >= FULL {
        let Ok(new) = group.clone_node_with_deep(false) else { return };
        _ = new.append_child(row);
        _ = table.insert_before(&new, next.and(Some(&group)));
    } else {
        _ = group.insert_before(row, next);
    }
    leave(old);
}

/// Takes `row` out of the table.
pub fn remove(row: &Element) {
    let group = row.parent_node();
    row.remove();
    leave(group);
}

fn following(row: &Node) -> Option<Node> {
    row.next_sibling().or_else(|| row.parent_node()?.next_sibling()?.first_child())
}

/// A row has gone from `group`.
fn leave(group: Option<Node>) {
    if let Some(group) = group
        && group.first_child().is_none()
        && group.next_sibling().is_some()
    {
        group.unchecked_ref::<Element>().remove();
    }
}

fn count(group: &Node) -> u32 {
    group.unchecked_ref::<Element>().child_element_count()
}
