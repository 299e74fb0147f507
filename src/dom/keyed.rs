//! A list whose rows keep their nodes as long as their keys are there: the keyboard's focus stays in them.

use super::mounted::{Mounted, Row, mount, placeholder};
use super::value::{Draw, Keys};
use crate::reactive::{untrack, watch};
use leptos::reactive::owner::Owner;
use std::cell::RefCell;
use std::mem;
use std::rc::Rc;
use web_sys::Node;

/// `row` is drawn once for each key.
pub fn list(keys: Box<dyn Keys>, row: Box<dyn Draw>) -> Mounted {
    // Not the effect's owner, which ends with each run.
    let around = Owner::current().unwrap_or_default();
    let slot = Rc::new(RefCell::new(Mounted::Rows(Vec::new(), placeholder())));
    let filled = slot.clone();
    watch(Box::new(move || {
        let keys = keys.keys();
        let mut filled = filled.borrow_mut();
        let Mounted::Rows(rows, end) = &mut *filled else { return };
        if rows.iter().map(|row| &row.key).eq(&keys) {
            return;
        }
        let mut old = mem::take(rows);
        for key in keys {
            // Among the first, where most of them keep their order.
            let kept = old.iter().position(|row| row.key == key).map(|at| old.remove(at));
            rows.push(kept.unwrap_or_else(|| {
                let owner = around.with(Owner::new);
                let view = untrack(|| owner.with(|| mount(row.draw(key.clone()))));
                Row { key, owner, view }
            }));
        }
        for gone in old {
            gone.owner.cleanup();
            gone.view.remove();
        }
        if let Some(parent) = end.parent_node() {
            arrange(rows, &parent, end);
        }
    }));
    Mounted::Live(slot)
}

/// Brings the rows into their order from the last to the first, and touches none that stands right.
fn arrange(rows: &[Row], parent: &Node, end: &Node) {
    let mut next = end.clone();
    for row in rows.iter().rev() {
        if row.view.last().and_then(|last| last.next_sibling()).as_ref() != Some(&next) {
            row.view.insert(parent, Some(&next));
        }
        if let Some(first) = row.view.first() {
            next = first;
        }
    }
}
