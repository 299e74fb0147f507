//! Leptos' signals with their values behind one type: the reactive graph is in the program once, and not once for
//! each type of value. The names and what they do are Leptos'.

pub use leptos::component;
pub use leptos::prelude::{
    document, event_target, expect_context, on_cleanup, provide_context, request_animation_frame,
    set_interval_with_handle, set_timeout, set_timeout_with_handle, untrack, window, window_event_listener,
};

use leptos::prelude as leptos_;
use leptos::prelude::{
    ArcMemo, ArcRwSignal, Get, GetUntracked, GetValue, Set, SetValue, Track, Update, UpdateValue,
};
use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

type Value = Arc<dyn Any + Send + Sync>;

/// A value that changes, whatever changes it.
#[derive(Clone)]
enum Changing {
    Held(ArcRwSignal<Value>),
    Computed(ArcMemo<Value>),
}

/// A changing value's place, until its owner ends. One kind for all, and small: closures carry many of them.
#[derive(Clone, Copy)]
struct Source(leptos_::StoredValue<Changing>);

impl Source {
    fn new(value: Changing) -> Self {
        Self(leptos_::StoredValue::new(value))
    }

    fn held(value: Value) -> Self {
        Self::new(Changing::Held(ArcRwSignal::new(value)))
    }

    /// `None` where its owner has ended.
    fn read(self, track: bool) -> Option<Value> {
        match (self.0.try_get_value()?, track) {
            (Changing::Held(signal), true) => signal.try_get(),
            (Changing::Held(signal), false) => signal.try_get_untracked(),
            (Changing::Computed(memo), true) => memo.try_get(),
            (Changing::Computed(memo), false) => memo.try_get_untracked(),
        }
    }

    fn expect(self, track: bool) -> Value {
        self.read(track).expect("the owner of a signal that is read is there")
    }

    fn track(self) {
        match self.0.try_get_value() {
            Some(Changing::Held(signal)) => signal.track(),
            Some(Changing::Computed(memo)) => memo.track(),
            None => {}
        }
    }

    /// Gives `value` back where the owner has ended.
    fn set(self, value: Value) -> Option<Value> {
        match self.0.try_get_value() {
            Some(Changing::Held(signal)) => signal.try_set(value),
            _ => Some(value),
        }
    }

    fn update(self, change: &mut dyn FnMut(&mut Value)) {
        if let Some(Changing::Held(signal)) = self.0.try_get_value() {
            signal.update(change);
        }
    }
}

fn open<T: 'static>(value: &Value) -> &T {
    match value.downcast_ref() {
        Some(value) => value,
        None => wrong(),
    }
}

#[cold]
fn wrong() -> ! {
    panic!("a signal holds what it was made for")
}

macro_rules! reads {
    ($($name:ident),*) => {$(
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T: 'static> $name<T> {
            pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
                read(open(&self.0.expect(true)))
            }

            pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
                read(open(&self.0.expect(false)))
            }

            pub fn try_with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
                Some(read(open(&self.0.read(false)?)))
            }

            pub fn track(self) {
                self.0.track();
            }
        }

        impl<T: Clone + 'static> $name<T> {
            pub fn get(self) -> T {
                self.with(T::clone)
            }

            pub fn get_untracked(self) -> T {
                self.with_untracked(T::clone)
            }

            pub fn try_get_untracked(self) -> Option<T> {
                self.try_with_untracked(T::clone)
            }
        }
    )*};
}

pub struct Memo<T>(Source, PhantomData<fn() -> T>);
pub struct RwSignal<T>(Source, PhantomData<fn() -> T>);
/// A signal to read, wherever it comes from.
pub struct Signal<T>(Source, PhantomData<fn() -> T>);

reads!(Memo, RwSignal, Signal);

// Here and below not boxes of `Fn`: their tables hold three entries that nobody calls, for each of many closures.

trait Compute<T>: Send + Sync {
    fn compute(&self, last: Option<&T>) -> T;
}

impl<T, F: Fn(Option<&T>) -> T + Send + Sync> Compute<T> for F {
    fn compute(&self, last: Option<&T>) -> T {
        self(last)
    }
}

/// How a memo of `T` comes to its value: the code for a type is apart from the code of each memo.
struct Recipe<T> {
    compute: Box<dyn Compute<T>>,
    changed: fn(Option<&T>, Option<&T>) -> bool,
}

trait Renew: Send + Sync {
    /// The new value, and whether it is another than `last`.
    fn renew(&self, last: Option<Value>) -> (Value, bool);
}

impl<T: Send + Sync + 'static> Renew for Recipe<T> {
    fn renew(&self, last: Option<Value>) -> (Value, bool) {
        let last = last.as_ref().map(open::<T>);
        let new = self.compute.compute(last);
        let changed = (self.changed)(last, Some(&new));
        (Arc::new(new), changed)
    }
}

fn computed(recipe: Box<dyn Renew>) -> Source {
    Source::new(Changing::Computed(ArcMemo::new_owning(move |last| recipe.renew(last))))
}

impl<T: Send + Sync + 'static> Memo<T> {
    pub fn new(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        Self::new_with_compare(compute, |old, new| old != new)
    }

    /// `changed` says whether a new value is told to those who read it.
    pub fn new_with_compare(
        compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
        changed: fn(Option<&T>, Option<&T>) -> bool,
    ) -> Self {
        Self::of(Box::new(compute), changed)
    }

    fn of(compute: Box<dyn Compute<T>>, changed: fn(Option<&T>, Option<&T>) -> bool) -> Self {
        Self(computed(Box::new(Recipe { compute, changed })), PhantomData)
    }
}

impl<T: Send + Sync + 'static> RwSignal<T> {
    pub fn new(value: T) -> Self {
        Self(Source::held(Arc::new(value)), PhantomData)
    }

    pub fn set(self, value: T) {
        self.try_set(value);
    }

    /// Gives the value back where the signal is gone.
    pub fn try_set(self, value: T) -> Option<T> {
        let unset = self.0.set(Arc::new(value))?;
        Arc::downcast(unset).ok().and_then(Arc::into_inner)
    }

    pub fn update(self, change: impl FnOnce(&mut T)) {
        let mut change = Some(change);
        self.0.update(&mut |value| {
            let value = Arc::get_mut(value).and_then(<dyn Any + Send + Sync>::downcast_mut);
            if let (Some(value), Some(change)) = (value, change.take()) {
                change(value);
            }
        });
    }
}

impl<T: Send + Sync + 'static> Signal<T> {
    pub fn derive(compute: impl Fn() -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        Memo::new(move |_| compute()).into()
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self(memo.0, PhantomData)
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self(signal.0, PhantomData)
    }
}

impl<T: Send + Sync + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        RwSignal::new(value).into()
    }
}

impl<T: Default + Send + Sync + 'static> Default for Signal<T> {
    fn default() -> Self {
        T::default().into()
    }
}

/// A value that nobody is told of when it changes.
pub struct StoredValue<T>(leptos_::StoredValue<Value>, PhantomData<fn() -> T>);

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T: Send + Sync + 'static> StoredValue<T> {
    pub fn new(value: T) -> Self {
        Self(leptos_::StoredValue::new(Arc::new(value)), PhantomData)
    }

    pub fn with_value<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(open(&self.0.get_value()))
    }

    pub fn try_with_value<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        Some(read(open(&self.0.try_get_value()?)))
    }

    pub fn get_value(self) -> T
    where
        T: Clone,
    {
        self.with_value(T::clone)
    }

    pub fn set_value(self, value: T) {
        self.0.set_value(Arc::new(value));
    }

    pub fn update_value(self, change: impl FnOnce(&mut T)) {
        self.try_update_value(change);
    }

    pub fn try_update_value<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.0
            .try_update_value(|value| {
                Arc::get_mut(value).and_then(<dyn Any + Send + Sync>::downcast_mut).map(change)
            })
            .flatten()
    }
}

trait Run<In, Out>: Send + Sync {
    fn call(&self, input: In) -> Out;
}

impl<In, Out, F: Fn(In) -> Out + Send + Sync> Run<In, Out> for F {
    fn call(&self, input: In) -> Out {
        self(input)
    }
}

/// A function that can be copied.
pub struct Callback<In: 'static, Out: 'static = ()>(StoredValue<Box<dyn Run<In, Out>>>);

impl<In, Out> Clone for Callback<In, Out> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<In, Out> Copy for Callback<In, Out> {}

impl<In, Out> Callback<In, Out> {
    pub fn new(run: impl Fn(In) -> Out + Send + Sync + 'static) -> Self {
        Self(StoredValue::new(Box::new(run)))
    }

    pub fn run(self, input: In) -> Out {
        self.0.with_value(|run| run.call(input))
    }

    pub fn try_run(self, input: In) -> Option<Out> {
        self.0.try_with_value(|run| run.call(input))
    }
}

/// Runs after the view is drawn, and whenever what it read has changed.
pub struct Effect;

impl Effect {
    #[expect(clippy::new_ret_no_self, reason = "as in Leptos, and nobody needs the effect itself")]
    pub fn new<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
        let mut last = None;
        effect(Box::new(move || last = Some(run(last.take()))));
    }
}

fn effect(mut run: Box<dyn FnMut()>) {
    leptos_::Effect::new(move |_: Option<()>| run());
}
