//! Where signals keep their values: one list of places, each known by its number until its owner ends.
//!
//! A number is small enough to be carried by every closure that reads the signal, and is never given twice, so that a
//! place that is gone is not taken for a newer one. Knows no type but [`Value`].

use leptos::prelude::{ArcMemo, ArcTrigger, Get, GetUntracked, Notify, Track};
use leptos::reactive::graph::{Subscriber, ToAnySubscriber};
use leptos::reactive::owner::ArenaItem;
use std::any::Any;
use std::cell::RefCell;
use std::mem;
use std::sync::Arc;

/// Any value. Boxed inside, so that it is one pointer, which fits where code is shortest.
#[derive(Clone)]
pub struct Value(Arc<Inside>);

pub type Inside = Box<dyn Any + Send + Sync>;

impl Value {
    pub fn new(inside: Inside) -> Self {
        Self(Arc::new(inside))
    }

    pub fn inside(&self) -> &Inside {
        &self.0
    }

    /// `None` while somebody else reads it.
    pub fn inside_mut(&mut self) -> Option<&mut Inside> {
        Arc::get_mut(&mut self.0)
    }

    /// The end of a reading: the code that lets go of a value is here and not at each of them.
    #[inline(never)]
    pub fn close(self) {
        drop(self);
    }
}

/// What is in a place.
#[derive(Clone)]
enum Kept {
    /// A value, `None` while it is being changed, and whom to tell of a change.
    Held(Option<Value>, Option<ArcTrigger>),
    Computed(ArcMemo<Value>),
    Gone,
}

/// In the order of their numbers.
struct Places {
    next: u32,
    gone: usize,
    all: Vec<(u32, Kept)>,
}

thread_local! {
    static PLACES: RefCell<Places> = const { RefCell::new(Places { next: 0, gone: 0, all: Vec::new() }) };
}

impl Places {
    fn find(&mut self, number: u32) -> Option<&mut Kept> {
        let at = self.all.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        self.all.get_mut(at).map(|(_, kept)| kept)
    }

    fn remove(&mut self, number: u32) -> Option<Kept> {
        let kept = mem::replace(self.find(number)?, Kept::Gone);
        self.gone += 1;
        if self.gone * 2 > self.all.len() {
            self.all.retain(|(_, kept)| !matches!(kept, Kept::Gone));
            self.gone = 0;
        }
        Some(kept)
    }
}

/// Ends with the owner of a place, and the place with it.
struct Tenant(u32);

impl Drop for Tenant {
    fn drop(&mut self) {
        // A value may own places too, so it is dropped when the list is free again.
        let kept = PLACES.with_borrow_mut(|places| places.remove(self.0));
        if let Some(Kept::Computed(memo)) = &kept {
            leave(memo);
        }
        drop(kept);
    }
}

/// Takes `reader` off the lists of what it read. They would keep its memory until they next change, and what nobody
/// changes any more, such as a list of names, would keep that of every row there ever was.
pub fn leave(reader: &impl ToAnySubscriber) {
    let reader = reader.to_any_subscriber();
    reader.clear_sources(&reader);
}

#[derive(Clone, Copy, PartialEq)]
pub struct Place(u32);

impl Place {
    fn new(kept: Kept) -> Self {
        let number = PLACES.with_borrow_mut(|places| {
            let number = places.next;
            places.next += 1;
            places.all.push((number, kept));
            number
        });
        ArenaItem::<_>::new(Tenant(number));
        Self(number)
    }

    /// A value that tells of its changes where it is `told`.
    pub fn held(inside: Inside, told: bool) -> Self {
        Self::new(Kept::Held(Some(Value::new(inside)), told.then(ArcTrigger::new)))
    }

    /// What `compute` makes of the last value: the new one, and whether it is another.
    pub fn computed(compute: impl Fn(Option<Value>) -> (Value, bool) + Send + Sync + 'static) -> Self {
        Self::new(Kept::Computed(ArcMemo::new_owning(compute)))
    }

    /// `None` where its owner has ended.
    pub fn read(self, track: bool) -> Option<Value> {
        let kept = PLACES.with_borrow_mut(|places| places.find(self.0).cloned())?;
        match kept {
            Kept::Held(value, told) => {
                if let (true, Some(told)) = (track, told) {
                    told.track();
                }
                value
            }
            Kept::Computed(memo) if track => memo.try_get(),
            Kept::Computed(memo) => memo.try_get_untracked(),
            Kept::Gone => None,
        }
    }

    pub fn expect(self, track: bool) -> Value {
        self.read(track).expect("the owner of a signal that is read is there")
    }

    pub fn track(self) {
        if let Some(value) = self.read(true) {
            value.close();
        }
    }

    /// Takes the value out, to be changed and set again.
    pub fn take(self) -> Option<Value> {
        PLACES.with_borrow_mut(|places| match places.find(self.0) {
            Some(Kept::Held(value, _)) => value.take(),
            _ => None,
        })
    }

    /// `false` where the owner has ended.
    pub fn set(self, inside: Inside) -> bool {
        self.put(Value::new(inside))
    }

    /// The same with a value that was taken out.
    pub fn put(self, value: Value) -> bool {
        let mut value = Some(value);
        let told = PLACES.with_borrow_mut(|places| match places.find(self.0) {
            Some(Kept::Held(held, told)) => {
                mem::swap(held, &mut value);
                Some(told.clone())
            }
            _ => None,
        });
        drop(value);
        match told {
            Some(told) => {
                if let Some(told) = told {
                    told.notify();
                }
                true
            }
            None => false,
        }
    }
}
