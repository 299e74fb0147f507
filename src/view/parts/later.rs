//! What of the program comes later: views that a release keeps in files of their own, so that the first rows do not wait
//! for them. Owns which part a view belongs to and when that is loaded; the views are named in `view/split.rs`.

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

/// A part of the program beside the first.
#[derive(Clone, Copy)]
pub enum Part {
    /// The list of a cloud's jobs.
    List,
    /// Everything else.
    Second,
}

/// How many parts there are.
pub const PARTS: usize = 2;

/// A view of another part than the first, with what it is about.
#[derive(Clone)]
pub enum Piece {
    /// The screen of a cloud.
    Cloud(&'static str),
    /// How old the last good synchronization of each container is, in a cloud's screen.
    Freshness(&'static Family),
    /// A family's jobs over time, in a cloud's screen.
    History(&'static Family),
    /// A job's detail; `pressed`: a person has just opened it.
    Job { family: &'static Family, id: String, pressed: bool },
    /// What went wrong or stands still, of all clouds.
    Attention,
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
    /// What words of the server are likely to mean, under them; `otherwise` where nobody knows.
    Meaning { words: String, otherwise: Option<String> },
    /// The program's own sign-in form, as a page.
    SignIn { session: Session, why: Option<&'static str>, failure: Option<Failure> },
    /// The dialog that asks to sign in once more, over the page.
    SignInAgain { session: Session, again: Again },
    /// The question before the idle limit signs out.
    StillThere { left: Memo<i64>, stay: Callback<()> },
}

impl Piece {
    fn part(&self) -> Part {
        if matches!(self, Self::Cloud(_)) { Part::List } else { Part::Second }
    }
}

/// What draws the pieces of a part.
pub type Draw = fn(Piece) -> View;

/// What brings a part: what draws its pieces, where it came.
pub type Load = fn() -> Pin<Box<dyn Future<Output = Result<Draw, Lost>>>>;

/// A part did not come. The browser's console says why.
pub struct Lost;

/// Whether a part is there.
#[derive(Clone, Copy)]
enum State {
    Unasked,
    Loading,
    Here(Draw),
    Missing,
}

/// The parts, for the whole page, in the order of [`Part`].
#[derive(Clone, Copy)]
pub struct Later([(Load, RwSignal<State>); PARTS]);

thread_local! {
    static LATER: Cell<Option<Later>> = const { Cell::new(None) };
}

impl Later {
    pub fn provide(loads: [Load; PARTS]) {
        LATER.set(Some(Self(loads.map(|load| (load, RwSignal::new(State::Unasked))))));
    }

    fn state(self, part: Part) -> State {
        self.0[part as usize].1.get()
    }

    /// Loads a part where it is not there, and again after a failure.
    pub fn need(self, part: Part) {
        let (load, state) = self.0[part as usize];
        if matches!(state.get_untracked(), State::Unasked | State::Missing) {
            state.set(State::Loading);
            spawn_local(async move {
                state.set(load().await.map_or(State::Missing, State::Here));
            });
        }
    }

    /// Loads all parts a moment later, when the first rows are likely to be there: nobody then waits for a press.
    pub fn need_soon(self) {
        set_timeout(
            move || {
                self.need(Part::List);
                self.need(Part::Second);
            },
            MOMENT,
        );
    }
}

/// Draws a piece as soon as its part is there.
pub fn piece(piece: Piece) -> View {
    let later = later();
    let part = piece.part();
    later.need(part);
    (move || match later.state(part) {
        State::Here(draw) => draw(piece.clone()),
        State::Missing => missing(later, part),
        State::Unasked | State::Loading => View::None,
    })
    .into_view()
}

/// The same for what nobody waits for: it does not ask for its part, nor miss it. `meanwhile` stands in its place.
pub fn in_time(piece: Piece, meanwhile: impl Fn() -> View + 'static) -> View {
    let later = later();
    (move || {
        if let State::Here(draw) = later.state(piece.part()) { draw(piece.clone()) } else { meanwhile() }
    })
    .into_view()
}

pub fn later() -> Later {
    LATER.get().expect("a screen stands below Later::provide")
}

fn missing(later: Later, part: Part) -> View {
    let why = "A file of the panel is missing, or is another than this page asks for. If trying again does not help, load the page again.";
    let failure = Failure::new("load a part of the panel", Cause::Network(why.to_owned()));
    let again = Callback::new(move |()| later.need(part));
    view! { <div class="missing"><FailureNotice failure=failure again=again /></div> }
}
