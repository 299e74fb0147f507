//! The views of the second part of the program, which a release keeps in a file of its own so that the first rows do not wait
//! for it. Owns when that file is loaded; `lazy_views.rs` has what it holds.

use crate::api::failure::Failure;
use crate::auth::identity::ReauthPrompt;
use crate::state::dialog::Dialog;
use crate::state::feed::Feed;
use crate::state::start_drafts::StartDraft;
use cckm::family::Family;
use cckm::time::Stamp;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
use std::time::Duration;

/// How long the first rows have the connection for themselves.
const MOMENT: Duration = Duration::from_secs(1);

/// A view of the second part, with what it is about.
#[derive(Clone)]
pub enum LazyView {
    /// How old the last good synchronization of each container is, in a cloud's screen.
    Freshness(&'static Family),
    /// A family's jobs over time, in a cloud's screen.
    History(&'static Family),
    /// A job's detail; `pressed`: a person has just opened it.
    Job { family: &'static Family, id: String, pressed: bool },
    /// What went wrong or stands still, of all clouds.
    Attention,
    /// What goes on behind every view: see `background.rs`.
    BackgroundTasks,
    /// The start form.
    Start(StartDraft),
    /// A dialog over the page, whatever view is open.
    Dialog(Dialog),
    /// What can be done about the selected jobs.
    Selection,
    /// What a container filter opens; the fields are those of `ContainerChoice`.
    Containers {
        family: &'static Family,
        chosen: Memo<Vec<String>>,
        choose: Callback<Vec<String>>,
        typed: RwSignal<String>,
    },
    /// What single clouds refuse, in a list of all of them.
    CloudFailures(Feed),
    /// The last sentences that were said.
    PastNotices,
    /// The ways to a filter that is not too long.
    Shorten(&'static Family),
    /// A page that is not there; the last one that is.
    PastTheEnd(u64),
    /// An address that names no view.
    NotFound(String),
    /// What of `config.json` this version does not know.
    UnknownFields(String),
    /// Where a person may be, where that is more than one domain; `name` is where they are.
    DomainChoice { name: String },
    /// Why the domains are not known.
    NoDomains,
    /// How long a token from elsewhere still lasts.
    Countdown(Stamp),
    /// What words of the server are likely to mean, under them; `otherwise` where nobody knows.
    Explanation { words: String, otherwise: Option<String> },
    /// The program's own sign-in form, as a page.
    SignIn { why: Option<&'static str>, failure: Option<Failure> },
    /// The dialog that asks to sign in once more, over the page.
    SignInAgain(ReauthPrompt),
    /// The question before the idle limit signs out.
    StillThere { left: Memo<i64>, stay: Callback<()> },
}

/// What draws the views of the second part.
pub type Draw = fn(LazyView) -> AnyView;

/// What brings it.
pub type Load = fn() -> Pin<Box<dyn Future<Output = Result<Draw, LoadError>>>>;

/// The second part did not come. The browser's console says why.
pub struct LoadError;

#[derive(Clone, Copy)]
pub(super) enum State {
    Unasked,
    Loading,
    Here(Draw),
    Missing,
}

/// The second part, as a context of the whole page.
#[derive(Clone, Copy)]
pub struct Loader {
    load: Load,
    pub(super) state: RwSignal<State>,
}

impl Loader {
    pub fn provide(load: Load) -> Self {
        let loader = Self { load, state: RwSignal::new(State::Unasked) };
        provide_context(loader);
        loader
    }

    /// Loads it where it is not there, and again after a failure.
    pub fn load(self) {
        if matches!(self.state.get_untracked(), State::Unasked | State::Missing) {
            self.state.set(State::Loading);
            spawn_local(async move {
                self.state.set((self.load)().await.map_or(State::Missing, State::Here));
            });
        }
    }

    pub fn is_here(self) -> bool {
        matches!(self.state.get(), State::Here(_))
    }

    /// Loads it a moment later, when the first rows are likely to be there: nobody then waits for a press.
    pub fn load_soon(self) {
        set_timeout(move || self.load(), MOMENT);
    }
}

/// Draws a view of the second part where that is loaded. It does not load the part, and does not miss it. `meanwhile` stands in its place.
pub fn lazy_if_loaded(view: LazyView, meanwhile: impl Fn() -> AnyView + Send + 'static) -> impl IntoView {
    let loader = expect_context::<Loader>();
    move || match loader.state.get() {
        State::Here(draw) => draw(view.clone()),
        _ => meanwhile(),
    }
}
