//! What became of a view in the document: its nodes, in order, as far as they can still change places.

use super::keyed::list;
use super::value::View;
use crate::reactive::{document, watch};
use leptos::reactive::owner::Owner;
use leptos::tachys::view::{Mountable, Render};
use std::borrow::Cow;
use std::cell::RefCell;
use std::mem;
use std::rc::Rc;
use web_sys::{Comment, Element, Node, Text};

pub enum Mounted {
    /// A comment, which keeps the place.
    Empty(Node),
    Text(Text, Cow<'static, str>),
    Node(Node),
    Many(Vec<Mounted>),
    /// What an effect fills.
    Live(Slot),
    /// Rows, and the comment that ends them.
    Rows(Vec<Row>, Node),
}

pub type Slot = Rc<RefCell<Mounted>>;

pub struct Row {
    pub key: String,
    /// Ends with the row.
    pub owner: Owner,
    pub view: Mounted,
}

impl Mounted {
    pub fn each(&self, see: &mut dyn FnMut(&Node)) {
        match self {
            Self::Empty(node) | Self::Node(node) => see(node),
            Self::Text(node, _) => see(node),
            Self::Many(all) => all.iter().for_each(|mounted| mounted.each(see)),
            Self::Live(slot) => slot.borrow().each(see),
            Self::Rows(rows, end) => {
                for row in rows {
                    row.view.each(see);
                }
                see(end);
            }
        }
    }

    pub fn first(&self) -> Option<Node> {
        let mut first = None;
        self.each(&mut |node| _ = first.get_or_insert_with(|| node.clone()));
        first
    }

    pub fn last(&self) -> Option<Node> {
        let mut last = None;
        self.each(&mut |node| last = Some(node.clone()));
        last
    }

    pub fn insert(&self, parent: &Node, before: Option<&Node>) {
        self.each(&mut |node| _ = parent.insert_before(node, before));
    }

    pub fn remove(&self) {
        self.each(&mut |node| {
            if let Some(parent) = node.parent_node() {
                _ = parent.remove_child(node);
            }
        });
    }

    /// Shows `view` in its place. A text changes in place, and nothing that stays the same is touched.
    fn become_view(&mut self, view: View) {
        match (&mut *self, &view) {
            (Self::Empty(_), View::None) => return,
            (Self::Text(node, old), View::Text(new)) => {
                if old != new {
                    node.set_data(new);
                    old.clone_from(new);
                }
                return;
            }
            _ => {}
        }
        let new = mount(view);
        let old = mem::replace(self, new);
        if let Some(first) = old.first() {
            if let Some(parent) = first.parent_node() {
                self.insert(&parent, Some(&first));
            }
            old.remove();
        }
    }
}

/// Makes the nodes of `view`, and binds to the current owner what changes in it.
pub fn mount(view: View) -> Mounted {
    match view {
        View::None | View::Flag(_) => Mounted::Empty(placeholder()),
        View::Text(text) => {
            let node = document().create_text_node(&text);
            Mounted::Text(node, text)
        }
        View::Node(node) => Mounted::Node(node),
        View::Many(all) if all.is_empty() => Mounted::Empty(placeholder()),
        View::Many(all) => Mounted::Many(all.into_iter().map(mount).collect()),
        View::Live(make) => {
            let slot = Rc::new(RefCell::new(Mounted::Many(Vec::new())));
            let filled = slot.clone();
            watch(Box::new(move || {
                let view = make.make();
                filled.borrow_mut().become_view(view);
            }));
            Mounted::Live(slot)
        }
        View::Rows(keys, draw) => list(keys, draw),
    }
}

pub fn placeholder() -> Node {
    let comment: Comment = document().create_comment("");
    comment.into()
}

/// The whole page, as Leptos mounts it.
pub struct Root(pub View);

impl Render for Root {
    type State = Mounted;

    fn build(self) -> Mounted {
        mount(self.0)
    }

    fn rebuild(self, state: &mut Mounted) {
        state.become_view(self.0);
    }
}

impl Mountable for Mounted {
    fn unmount(&mut self) {
        self.remove();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.insert(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(first) = self.first() else { return false };
        match first.parent_element() {
            Some(parent) => child.try_mount(&parent, Some(&first)),
            None => false,
        }
    }

    fn elements(&self) -> Vec<Element> {
        Vec::new()
    }
}
