//! Asks again by itself: one pulse for each question in view, timed from its last answer and never on a fixed beat,
//! and only while the page is seen and online. Owns the timers; `refresh.rs` says how long they are.

use crate::clock;
use crate::failure::Failure;
use crate::life::Moment;
use crate::refresh::{Need, Pace, Standing};
use leptos::prelude::*;
use leptos::prelude::{TimeoutHandle, window_event_listener_untyped};
use std::time::Duration;
use web_sys::js_sys::Math;

/// What every pulse follows, as a context: the pace that a person chose, and whether the page is seen and online.
#[derive(Clone, Copy)]
pub struct AutoRefresh {
    pace: RwSignal<Pace>,
    /// Whether the page is seen and online.
    awake: RwSignal<bool>,
    /// Of the automatic pace: while something runs, and else.
    seconds: (u64, u64),
}

impl AutoRefresh {
    pub fn new(seconds: (u64, u64)) -> Self {
        let awake = RwSignal::new(is_awake());
        for event in ["visibilitychange", "online", "offline"] {
            let handle = window_event_listener_untyped(event, move |_| _ = awake.try_set(is_awake()));
            on_cleanup(move || handle.remove());
        }
        Self { pace: RwSignal::new(Pace::Automatic), awake, seconds }
    }

    pub fn pace(self) -> Pace {
        self.pace.get()
    }

    pub fn set_pace(self, pace: Pace) {
        self.pace.set(pace);
    }
}

fn is_awake() -> bool {
    !document().hidden() && window().navigator().on_line()
}

/// How far apart two things may be due, in milliseconds, to be asked at once.
const TOGETHER: f64 = 500.0;

/// By how much a tab that did not ask may be later than the one that did, at most, in milliseconds.
const LATER: f64 = 600.0;

/// When one question is asked again. It may have several parts, of which those that are due are asked.
#[derive(Clone, Copy)]
pub struct Pulse {
    auto: AutoRefresh,
    beats: RwSignal<u32>,
    state: StoredValue<State>,
}

struct State {
    parts: Vec<Part>,
    asking: bool,
    timer: Option<TimeoutHandle>,
}

#[derive(Clone, Default)]
struct Part {
    standing: Standing,
    /// When its last answer came; nothing is due before the first.
    answered: Option<Moment>,
    /// Whether another tab has an answer, which waits to be taken over.
    heard: bool,
    /// From when the next question is timed, where the answer that it is about to get is another tab's.
    since: Option<Moment>,
}

impl Pulse {
    /// A pulse of so many `parts` that ends with the current owner.
    pub fn new(parts: usize) -> Self {
        let auto = expect_context::<AutoRefresh>();
        let parts = vec![Part::default(); parts];
        let state = StoredValue::new(State { parts, asking: false, timer: None });
        let pulse = Self { auto, beats: RwSignal::new(0), state };
        Effect::new(move |_: Option<()>| {
            auto.pace.track();
            auto.awake.track();
            pulse.plan();
        });
        on_cleanup(move || pulse.stop());
        pulse
    }

    /// Counts the times when something is due; a question that reads it is asked anew with each.
    pub fn beat(self) -> u32 {
        self.beats.get()
    }

    /// What was due, or wished for, is on its way: nothing more is asked until it is answered.
    pub fn asked(self) {
        self.state.update_value(|state| {
            state.asking = true;
            for part in &mut state.parts {
                part.since = None;
            }
        });
        self.stop();
    }

    /// Another tab has an answer to a part: asking for it now sends nothing.
    pub fn hear(self, part: usize) {
        let heard = self.state.try_update_value(|state| {
            if let Some(part) = state.parts.get_mut(part) {
                part.heard = true;
            }
        });
        if heard.is_some() {
            self.plan();
        }
    }

    /// Whether an answer that another tab has had at `at`, in milliseconds since the epoch, is young enough for a part,
    /// which then counts from there. A little later, by chance: whoever asked last is the first to ask again.
    pub fn takes_over(self, part: usize, at: f64) -> bool {
        let (pace, now) = (self.auto.pace.get_untracked(), clock::moment());
        let taken = self.state.try_update_value(|state| {
            let part = state.parts.get_mut(part)?;
            let age = now.wall - at;
            let is_young = age < part.standing.wait(pace, self.auto.seconds)?;
            part.since = is_young.then(|| now.after(LATER * (0.2 + 0.8 * Math::random()) - age));
            Some(is_young)
        });
        taken.flatten() == Some(true)
    }

    pub fn is(self, other: Self) -> bool {
        self.state == other.state
    }

    pub fn is_there(self) -> bool {
        !self.state.is_disposed()
    }

    /// A part was answered; `failure` says why not.
    pub fn answered(self, part: usize, failure: Option<&Failure>) {
        self.state.update_value(|state| {
            if let Some(part) = state.parts.get_mut(part) {
                part.standing.take(failure.map(|failure| failure.wait), Math::random());
                part.answered = Some(part.since.take().unwrap_or_else(clock::moment));
                part.heard = false;
            }
        });
    }

    /// All that was asked is answered.
    pub fn rest(self) {
        self.state.update_value(|state| state.asking = false);
        self.plan();
    }

    /// Says how often a part wants to be asked.
    pub fn needs(self, part: usize, need: Need) {
        let changed = self.state.try_update_value(|state| match state.parts.get_mut(part) {
            Some(part) if part.standing.need != need => {
                part.standing.need = need;
                true
            }
            _ => false,
        });
        if changed == Some(true) {
            self.plan();
        }
    }

    /// Whether a part is to be asked with what is due now.
    pub fn is_due(self, part: usize) -> bool {
        let heard = self.state.with_value(|state| state.parts.iter().any(|part| part.heard));
        // What another tab has told is taken in at once; the rest it may be about to tell too.
        self.wait(part..=part).is_some_and(|wait| wait <= if heard { 0.0 } else { TOGETHER })
    }

    /// Milliseconds until the first of some parts is due.
    fn wait(self, parts: std::ops::RangeInclusive<usize>) -> Option<f64> {
        let (pace, now) = (self.auto.pace.get_untracked(), clock::moment());
        self.state.with_value(|state| {
            let parts = state.parts.get(parts).unwrap_or_default();
            let waits = parts.iter().filter_map(|part| {
                let wait = part.standing.wait(pace, self.auto.seconds)?;
                Some(if part.heard { 0.0 } else { wait - now.since(part.answered?) })
            });
            waits.reduce(f64::min)
        })
    }

    fn stop(self) {
        if let Some(timer) = self.state.try_update_value(|state| state.timer.take()).flatten() {
            timer.clear();
        }
    }

    fn plan(self) {
        self.stop();
        let (asking, last) = self.state.with_value(|state| (state.asking, state.parts.len() - 1));
        if asking || !self.auto.awake.get_untracked() {
            return;
        }
        let Some(wait) = self.wait(0..=last) else { return };
        let beat = move || self.beats.update(|beats| *beats += 1);
        let timer = set_timeout_with_handle(beat, Duration::from_millis(wait.max(0.0) as u64)).ok();
        self.state.update_value(|state| state.timer = timer);
    }
}
