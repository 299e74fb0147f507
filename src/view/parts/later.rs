//! The second part of the program: views that only a press brings, which a release keeps in a file of its own, so
//! that the first rows do not wait for them. Owns when that file is loaded; the views are named in `view/second.rs`.

use super::notice::FailureNotice;
use crate::dom::*;
use crate::failure::{Cause, Failure};
use crate::families::Family;
use crate::panel::{Over, Starting};
use crate::reactive::*;
use crate::session::Session;
use crate::who::Again;
use std::cell::Cell;
use std::pin::Pin;
use std::time::Duration;

/// How long the first rows have the connection for themselves.
const MOMENT: Duration = Duration::from_secs(1);

/// A view of the second part, with what it is about.
#[derive(Clone)]
pub enum Piece {
    /// A job's detail; `pressed`: a person has just opened it.
    Job { family: &'static Family, id: String, pressed: bool },
    /// What went wrong or stands still, of all clouds.
    Attention,
    /// The screen of a cloud.
    Cloud(&'static str),
    /// What goes on behind every view: see `view/behind.rs`.
    Behind,
    /// The start form.
    Start(Starting),
    /// A dialog over the page, whatever view is open.
    Over(Over),
    /// What can be done about the selected jobs.
    Picked,
    /// What a container filter opens; the fields are those of `ContainerChoice`.
    Containers {
        family: &'static Family,
        chosen: Memo<Vec<String>>,
        choose: Callback<Vec<String>>,
        typed: RwSignal<String>,
    },
    /// The program's own sign-in form, as a page.
    SignIn { session: Session, why: Option<&'static str>, failure: Option<Failure> },
    /// The dialog that asks to sign in once more, over the page.
    SignInAgain { session: Session, again: Again },
    /// The question before the idle limit signs out.
    StillThere { left: Memo<i64>, stay: Callback<()> },
}

/// Whether the second part is there.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Unasked,
    Loading,
    Here,
    Missing,
}

/// What brings the second part, and whether it came.
pub type Load = fn() -> Pin<Box<dyn Future<Output = bool>>>;

/// What draws a piece of it; only to be called once it is there.
pub type Draw = fn(Piece) -> View;

/// The second part, for the whole page.
#[derive(Clone, Copy)]
pub struct Later {
    state: RwSignal<State>,
    load: Load,
    draw: Draw,
}

thread_local! {
    static LATER: Cell<Option<Later>> = const { Cell::new(None) };
}

impl Later {
    pub fn provide(load: Load, draw: Draw) {
        LATER.set(Some(Self { state: RwSignal::new(State::Unasked), load, draw }));
    }

    /// Loads it where it is not there, and again after a failure.
    pub fn need(self) {
        if matches!(self.state.get_untracked(), State::Unasked | State::Missing) {
            self.state.set(State::Loading);
            spawn_local(async move {
                let came = (self.load)().await;
                self.state.set(if came { State::Here } else { State::Missing });
            });
        }
    }

    /// Loads it a moment later, when the first rows are likely to be there: nobody then waits for a press.
    pub fn need_soon(self) {
        set_timeout(move || self.need(), MOMENT);
    }
}

/// Draws a piece as soon as the second part is there.
pub fn piece(piece: Piece) -> View {
    let later = later();
    later.need();
    (move || match later.state.get() {
        State::Here => (later.draw)(piece.clone()),
        State::Missing => missing(later),
        State::Unasked | State::Loading => View::None,
    })
    .into_view()
}

/// The same for what nobody waits for: it does not ask for the second part, nor miss it.
pub fn in_time(piece: Piece) -> View {
    let later = later();
    (move || if later.state.get() == State::Here { (later.draw)(piece.clone()) } else { View::None })
        .into_view()
}

pub fn later() -> Later {
    LATER.get().expect("a screen stands below Later::provide")
}

fn missing(later: Later) -> View {
    let why = "A file of the panel is missing, or is another than this page asks for. If trying again does not help, load the page again.";
    let failure = Failure::new("load a part of the panel", Cause::Network(why.to_owned()));
    let again = Callback::new(move |()| later.need());
    view! { <div class="missing"><FailureNotice failure=failure again=again /></div> }
}
