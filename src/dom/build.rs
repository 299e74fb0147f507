//! Runs the programs of `view!` (its steps are described there) and binds their parts to the elements.

use super::mounted::mount;
use super::value::{IntoView, Make, View};
use crate::reactive::{RwSignal, StoredValue, document, watch};
use send_wrapper::SendWrapper;
use std::marker::PhantomData;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::Reflect;
use web_sys::{Element, Event, HtmlElement};

/// The element types that references need, under Leptos' names.
pub mod html {
    pub use web_sys::{
        HtmlAnchorElement as A, HtmlButtonElement as Button, HtmlDialogElement as Dialog, HtmlElement as Div,
        HtmlElement as H2, HtmlElement as Main,
    };
}

/// What a program does not know by itself.
enum Part {
    View(View),
    On(Box<dyn Handle>),
    Ref(Place),
}

/// A program with its parts, gathered one by one: a call for each is shorter than a list that is written in place.
/// One pointer, which each call hands on to the next.
pub struct Parts(Box<Program>);

struct Program {
    text: &'static str,
    parts: Vec<Part>,
}

impl Parts {
    #[inline(never)]
    pub fn new(text: &'static str) -> Self {
        Self(Box::new(Program { text, parts: Vec::new() }))
    }

    #[inline(never)]
    fn part(mut self, part: Part) -> Self {
        self.0.parts.push(part);
        self
    }

    /// A child, or the value of an attribute.
    pub fn with(self, value: impl IntoView) -> Self {
        value.add_to(self)
    }

    #[inline(never)]
    pub(super) fn view(self, view: View) -> Self {
        self.part(Part::View(view))
    }

    #[inline(never)]
    pub(super) fn text(self, text: &'static str) -> Self {
        self.view(View::Text(text.into()))
    }

    #[inline(never)]
    pub(super) fn live(self, make: Box<dyn Make>) -> Self {
        self.view(View::Live(make))
    }

    #[inline(never)]
    fn handled(self, handler: Box<dyn Handle>) -> Self {
        self.part(Part::On(handler))
    }

    pub fn on<E: JsCast>(self, mut handler: impl FnMut(E) + 'static) -> Self {
        self.handled(Box::new(Handler(move |event: Event| handler(event.unchecked_into()))))
    }

    pub fn on_target<E: JsCast, T>(self, mut handler: impl FnMut(Targeted<E, T>) + 'static) -> Self {
        self.handled(Box::new(Handler(move |event: Event| {
            handler(Targeted(event.unchecked_into(), PhantomData));
        })))
    }

    pub fn node<E>(self, node: NodeRef<E>) -> Self {
        self.part(Part::Ref(node.0))
    }

    /// Draws it.
    #[inline(never)]
    pub fn build(self) -> View {
        build(self.0.text, self.0.parts)
    }
}

pub trait Handle {
    fn handle(&mut self, event: Event);
}

struct Handler<F>(F);

impl<F: FnMut(Event)> Handle for Handler<F> {
    fn handle(&mut self, event: Event) {
        (self.0)(event);
    }
}

/// Where a reference keeps its element.
type Place = RwSignal<Option<SendWrapper<Element>>>;

/// An element of a view, once it is there.
pub struct NodeRef<E>(Place, PhantomData<fn() -> E>);

impl<E> Clone for NodeRef<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for NodeRef<E> {}

impl<E: JsCast> Default for NodeRef<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E: JsCast> NodeRef<E> {
    pub fn new() -> Self {
        Self(Place::new(None), PhantomData)
    }

    pub fn get(self) -> Option<E> {
        self.0.get().map(of_kind)
    }

    /// `None` also where its view is gone: a frame or an answer that was waited for may come later than that.
    pub fn get_untracked(self) -> Option<E> {
        self.0.try_get_untracked().flatten().map(of_kind)
    }

    pub fn set(self, element: Option<E>) {
        self.0.set(element.map(|element| SendWrapper::new(element.unchecked_into())));
    }
}

fn of_kind<E: JsCast>(element: SendWrapper<Element>) -> E {
    element.take().unchecked_into()
}

/// An event with the element that it was listened for at.
pub struct Targeted<E, T>(E, PhantomData<T>);

impl<E: AsRef<Event>, T: JsCast> Targeted<E, T> {
    pub fn target(&self) -> T {
        self.0.as_ref().target().map_or(JsValue::NULL, JsValue::from).unchecked_into()
    }
}

/// Draws a program.
fn build(program: &'static str, parts: Vec<Part>) -> View {
    let mut parts = parts.into_iter();
    let mut roots = Vec::new();
    let mut open: Vec<Element> = Vec::new();
    for step in program.split('\u{1}') {
        let Some((does, rest)) = step.split_at_checked(1) else { continue };
        let child = match does {
            "<" => {
                open.extend(element(rest));
                continue;
            }
            "=" => {
                if let (Some(element), Some((name, value))) = (open.last(), rest.split_once('=')) {
                    _ = element.set_attribute(name, value);
                }
                continue;
            }
            "@" => {
                if let (Some(element), Some(part)) = (open.last(), parts.next()) {
                    bind(element, rest, part);
                }
                continue;
            }
            "/" => open.pop().map(|element| View::Node(element.into())),
            "{" => match parts.next() {
                Some(Part::View(view)) => Some(view),
                _ => None,
            },
            _ => Some(rest.into_view()),
        };
        let Some(child) = child else { continue };
        match open.last() {
            Some(parent) => mount(child).insert(parent, None),
            None => roots.push(child),
        }
    }
    if roots.len() == 1 { roots.pop().unwrap_or(View::None) } else { View::Many(roots) }
}

fn element(tag: &str) -> Option<Element> {
    const SVG: Option<&str> = Some("http://www.w3.org/2000/svg");
    let made = match (tag, tag.strip_prefix("svg:")) {
        ("svg" | "use", _) => document().create_element_ns(SVG, tag),
        (_, Some(tag)) => document().create_element_ns(SVG, tag),
        _ => document().create_element(tag),
    };
    made.ok()
}

fn bind(element: &Element, name: &'static str, part: Part) {
    match part {
        Part::View(View::Live(make)) => {
            let element = element.clone();
            let mut last = None::<View>;
            watch(Box::new(move || {
                let now = make.make();
                if !last.as_ref().is_some_and(|last| last.is_same(&now)) {
                    set(&element, name, &now);
                    last = Some(now);
                }
            }));
        }
        Part::View(value) => set(element, name, &value),
        Part::On(mut handler) => {
            // Some events come when their view is gone already (an element that is removed loses the focus): nobody is
            // there to hear them, and what the handler would read ended with the view.
            let here = StoredValue::new(());
            let handler: Box<dyn FnMut(Event)> = Box::new(move |event| {
                if here.is_there() {
                    handler.handle(event);
                }
            });
            // The browser frees it with the element.
            let handler = Closure::wrap(handler).into_js_value();
            let event = name.strip_prefix("on:").unwrap_or(name);
            _ = element.add_event_listener_with_callback(event, handler.unchecked_ref());
        }
        Part::Ref(place) => place.set(Some(SendWrapper::new(element.clone()))),
    }
}

fn set(element: &Element, name: &str, value: &View) {
    let (kind, key) = name.split_once(':').unwrap_or(("", name));
    match (kind, value) {
        ("class", View::Flag(on)) => _ = element.class_list().toggle_with_force(key, *on),
        ("style", View::Text(text)) => {
            _ = element.unchecked_ref::<HtmlElement>().style().set_property(key, text);
        }
        ("prop", View::Text(text)) => _ = Reflect::set(element, &key.into(), &JsValue::from_str(text)),
        ("prop", View::Flag(on)) => _ = Reflect::set(element, &key.into(), &(*on).into()),
        (_, View::Text(text)) => _ = element.set_attribute(name, text),
        (_, View::Flag(true)) => _ = element.set_attribute(name, ""),
        _ => _ = element.remove_attribute(name),
    }
}
