//! What a block or an attribute of a view may hold, as one type.

use super::build::Parts;
use crate::reactive::{Memo, RwSignal, Signal};
use std::borrow::Cow;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

/// A piece of a view that does not stand in the document yet, or the value of an attribute.
pub enum View {
    /// Nothing; an attribute that is not there.
    None,
    Text(Cow<'static, str>),
    /// Of an attribute: whether it is there.
    Flag(bool),
    Node(Node),
    Many(Vec<View>),
    /// Made again whenever a signal that it reads has changed.
    Live(Box<dyn Make>),
    /// A list: its keys, and a row for each.
    Rows(Box<dyn Keys>, Box<dyn Draw>),
}

// Not boxes of `Fn`: their tables hold three entries that nobody calls, for each of some hundred closures.

pub trait Make {
    fn make(&self) -> View;
}

pub trait Keys {
    fn keys(&self) -> Vec<String>;
}

pub trait Draw {
    fn draw(&self, key: String) -> View;
}

struct Made<F>(F);

impl<F: Fn() -> V, V: IntoView> Make for Made<F> {
    fn make(&self) -> View {
        (self.0)().into_view()
    }
}

impl<F: Fn() -> Vec<String>> Keys for F {
    fn keys(&self) -> Vec<String> {
        self()
    }
}

impl<F: Fn(String) -> V, V: IntoView> Draw for F {
    fn draw(&self, key: String) -> View {
        self(key).into_view()
    }
}

/// One of what [`show`] shows.
pub fn boxed<V: IntoView>(make: impl Fn() -> V + 'static) -> Box<dyn Make> {
    Box::new(Made(make))
}

/// A list whose rows keep their nodes as long as their keys are there. No two keys may be the same.
pub fn keyed<V: IntoView>(
    keys: impl Fn() -> Vec<String> + 'static,
    row: impl Fn(String) -> V + 'static,
) -> View {
    View::Rows(Box::new(keys), Box::new(row))
}

/// The element that a view of one element is.
pub fn element(view: View) -> Option<Element> {
    if let View::Node(node) = view { node.dyn_into().ok() } else { None }
}

impl View {
    /// Whether an attribute would stay as it is.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) => true,
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Flag(one), Self::Flag(other)) => one == other,
            _ => false,
        }
    }
}

/// The children that a component is given.
pub type Children = View;

pub trait IntoView {
    fn into_view(self) -> View;

    /// As the next part of a program.
    fn add_to(self, parts: Parts) -> Parts
    where
        Self: Sized,
    {
        parts.view(self.into_view())
    }

    /// The same, under the name that Leptos gives it.
    fn into_any(self) -> View
    where
        Self: Sized,
    {
        self.into_view()
    }
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for () {
    fn into_view(self) -> View {
        View::None
    }
}

impl IntoView for bool {
    fn into_view(self) -> View {
        View::Flag(self)
    }
}

impl IntoView for &'static str {
    fn into_view(self) -> View {
        View::Text(Cow::Borrowed(self))
    }

    fn add_to(self, parts: Parts) -> Parts {
        parts.text(self)
    }
}

impl IntoView for String {
    fn into_view(self) -> View {
        View::Text(Cow::Owned(self))
    }
}

impl IntoView for u64 {
    fn into_view(self) -> View {
        self.to_string().into_view()
    }
}

impl IntoView for usize {
    fn into_view(self) -> View {
        (self as u64).into_view()
    }
}

impl<V: IntoView> IntoView for Option<V> {
    fn into_view(self) -> View {
        self.map_or(View::None, V::into_view)
    }
}

impl<V: IntoView> IntoView for Vec<V> {
    fn into_view(self) -> View {
        self.collect_view()
    }
}

impl<V: IntoView, const N: usize> IntoView for [V; N] {
    fn into_view(self) -> View {
        self.collect_view()
    }
}

impl<A: IntoView, B: IntoView> IntoView for (A, B) {
    fn into_view(self) -> View {
        View::Many(vec![self.0.into_view(), self.1.into_view()])
    }
}

impl<F: Fn() -> V + 'static, V: IntoView> IntoView for F {
    fn into_view(self) -> View {
        View::Live(Box::new(Made(self)))
    }

    fn add_to(self, parts: Parts) -> Parts {
        parts.live(Box::new(Made(self)))
    }
}

macro_rules! signals {
    ($($signal:ident),*) => {$(
        impl<T: IntoView + Clone + Send + Sync + 'static> IntoView for $signal<T> {
            fn into_view(self) -> View {
                View::Live(Box::new(Made(move || self.get())))
            }

            fn add_to(self, parts: Parts) -> Parts {
                parts.live(Box::new(Made(move || self.get())))
            }
        }
    )*};
}

signals!(Memo, RwSignal, Signal);

pub trait CollectView {
    fn collect_view(self) -> View;
}

impl<I: IntoIterator<Item = V>, V: IntoView> CollectView for I {
    fn collect_view(self) -> View {
        View::Many(self.into_iter().map(V::into_view).collect())
    }
}

/// `children` while `when` holds, else `fallback`; drawn anew only when that changes.
pub fn show(
    when: impl Fn() -> bool + Send + Sync + 'static,
    children: Box<dyn Make>,
    fallback: Option<Box<dyn Make>>,
) -> View {
    choose(Memo::new(move |_| when()), children, fallback)
}

fn choose(when: Memo<bool>, children: Box<dyn Make>, fallback: Option<Box<dyn Make>>) -> View {
    View::Live(boxed(move || {
        if when.get() { children.make() } else { fallback.as_ref().map_or(View::None, |other| other.make()) }
    }))
}
