//! Leptos' signals with their values behind one type: the reactive graph is in the program once, and not once for
//! each type of value. The names and what they do are Leptos'.

pub use leptos::component;
pub use leptos::prelude::{
    document, event_target, on_cleanup, request_animation_frame, set_interval_with_handle, set_timeout,
    set_timeout_with_handle, untrack, window, window_event_listener,
};

mod place;

use leptos::reactive::effect::RenderEffect;
use place::{Inside, Place, Value};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

fn open<T: 'static>(inside: &Inside) -> &T {
    match inside.downcast_ref() {
        Some(value) => value,
        None => wrong(),
    }
}

#[cold]
fn wrong() -> ! {
    panic!("a signal holds what it was made for")
}

fn read<T: 'static, U>(value: Value, read: impl FnOnce(&T) -> U) -> U {
    let read = read(open(value.inside()));
    value.close();
    read
}

/// Changes the value of a place in a place of its own, so that the change may read and set other signals.
fn update<T: 'static, U>(place: Place, change: impl FnOnce(&mut T) -> U) -> Option<U> {
    let mut value = place.take()?;
    let changed = value.inside_mut().and_then(|inside| inside.downcast_mut()).map(change);
    place.put(value);
    changed
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
            pub fn with<U>(self, with: impl FnOnce(&T) -> U) -> U {
                read(self.0.expect(true), with)
            }

            pub fn with_untracked<U>(self, with: impl FnOnce(&T) -> U) -> U {
                read(self.0.expect(false), with)
            }

            pub fn try_with_untracked<U>(self, with: impl FnOnce(&T) -> U) -> Option<U> {
                Some(read(self.0.read(false)?, with))
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

pub struct Memo<T>(Place, PhantomData<fn() -> T>);
pub struct RwSignal<T>(Place, PhantomData<fn() -> T>);
/// A signal to read, wherever it comes from.
pub struct Signal<T>(Place, PhantomData<fn() -> T>);

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
    fn renew(&self, last: Option<&Inside>) -> (Inside, bool);
}

impl<T: Send + Sync + 'static> Renew for Recipe<T> {
    fn renew(&self, last: Option<&Inside>) -> (Inside, bool) {
        let last = last.map(open::<T>);
        let new = self.compute.compute(last);
        let changed = (self.changed)(last, Some(&new));
        (Box::new(new), changed)
    }
}

fn computed(recipe: Box<dyn Renew>) -> Place {
    Place::computed(move |last| {
        let (new, changed) = recipe.renew(last.as_ref().map(Value::inside));
        (Value::new(new), changed)
    })
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
        Self(Place::held(Box::new(value), true), PhantomData)
    }

    pub fn set(self, value: T) {
        self.try_set(value);
    }

    /// `false` where the signal is gone.
    pub fn try_set(self, value: T) -> bool {
        self.0.set(Box::new(value))
    }

    pub fn update(self, change: impl FnOnce(&mut T)) {
        update(self.0, change);
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
pub struct StoredValue<T>(Place, PhantomData<fn() -> T>);

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T: Send + Sync + 'static> StoredValue<T> {
    pub fn new(value: T) -> Self {
        Self(Place::held(Box::new(value), false), PhantomData)
    }

    pub fn with_value<U>(self, with: impl FnOnce(&T) -> U) -> U {
        read(self.0.expect(false), with)
    }

    pub fn try_with_value<U>(self, with: impl FnOnce(&T) -> U) -> Option<U> {
        Some(read(self.0.read(false)?, with))
    }

    /// Whether it is the same place, whatever it holds.
    pub fn is(self, other: Self) -> bool {
        self.0 == other.0
    }

    /// Whether its owner is there still.
    pub fn is_there(self) -> bool {
        self.0.read(false).is_some()
    }

    pub fn get_value(self) -> T
    where
        T: Clone,
    {
        self.with_value(T::clone)
    }

    pub fn set_value(self, value: T) {
        self.0.set(Box::new(value));
    }

    pub fn update_value(self, change: impl FnOnce(&mut T)) {
        self.try_update_value(change);
    }

    pub fn try_update_value<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        update(self.0, change)
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

/// Leptos' own effects are a second kind beside those that draw; this one is a drawing one that begins later.
fn effect(run: Box<dyn FnMut()>) {
    spawn_while_here(async move { watch(run) });
}

/// Runs `run` now and whenever a signal that it read has changed, until the current owner ends.
pub fn watch(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_| run());
    on_cleanup(move || {
        place::leave(&effect);
        drop(effect);
    });
}

/// Something that takes its time, behind one type: what runs it is in the program once.
type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Runs `task`, whatever becomes of the view that asked for it.
pub fn spawn_local(task: impl Future<Output = ()> + 'static) {
    spawn(Box::pin(task));
}

/// Runs `task` until it is done or the current owner ends, which drops it.
pub fn spawn_while_here(task: impl Future<Output = ()> + 'static) {
    spawn_owned(Box::pin(task));
}

/// The same, and begins at once instead of after what else waits to run: a request is on its way a little sooner.
pub fn begin_while_here(task: impl Future<Output = ()> + 'static) {
    begin_owned(Box::pin(task));
}

fn begin_owned(mut task: Task) {
    if look(&mut task).is_pending() {
        spawn_owned(task);
    }
}

/// Begins `task`, without waiting for it. Who wakes it is heard from the next look on, which has to follow.
pub fn look<T>(task: &mut Pin<Box<dyn Future<Output = T>>>) -> Poll<T> {
    untrack(|| task.as_mut().poll(&mut Context::from_waker(Waker::noop())))
}

fn spawn(task: Task) {
    leptos::task::spawn_local(task);
}

fn spawn_owned(task: Task) {
    leptos::task::spawn_local_scoped_with_cancellation(task);
}
