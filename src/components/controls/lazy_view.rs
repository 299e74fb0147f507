//! The views of the second part of the program. A release keeps that part in a file of its own, so that the first
//! rows do not wait for it. Owns when that file is loaded; `lazy_views.rs` owns what it contains.

use crate::api::failure::Failure;
use crate::auth::identity::ReauthPrompt;
use crate::routing::columns::Column;
use crate::state::columns::ListColumns;
use crate::state::dialog::Dialog;
use crate::state::feed::Feed;
use crate::state::rows::Rows;
use crate::state::start_drafts::StartDraft;
use cckm::family::Family;
use cckm::time::Stamp;
use leptos::children::ViewFn;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use web_sys::js_sys::Promise;

/// How long the loading of the second part is delayed at most, so that the first rows have the connection for themselves.
const MOMENT: Duration = Duration::from_secs(1);

/// A view of the second part, with its properties.
#[derive(Clone)]
pub enum LazyView {
    /// The age of the last successful synchronization of each container, in a cloud's screen.
    Freshness(&'static Family),
    /// A family's jobs over time, in a cloud's screen.
    History(&'static Family),
    /// The schedules of all clouds as a screen, or those of a family in a cloud's screen.
    Schedules(Option<&'static Family>),
    /// The detail of a job. `pressed` is true if the user has just opened it.
    Job { family: &'static Family, id: String, pressed: bool },
    /// The screen Needs attention.
    Attention,
    /// The screen of the containers that are out of date.
    Outdated,
    /// The screen Server check.
    Check,
    /// The header and the rows of a list with chosen columns. The fields are those of `ChosenRows`.
    ChosenRows { rows: Memo<Arc<Rows>>, columns: Arc<[Column]>, with_cloud: bool, sortable: Signal<bool> },
    /// The edges of the columns of a list, by which their widths are set.
    ColumnWidths(ListColumns),
    /// The filters of All clouds that only an address can set.
    AddressFilters,
    /// The background tasks; see `background.rs`.
    BackgroundTasks,
    /// The start form.
    Start(StartDraft),
    /// A dialog over the page, independent of the open view.
    Dialog(Dialog),
    /// What can be done with a list as a whole, at the end of its filters. `family` is `None` in All clouds; `rows` are
    /// the rows that the list shows.
    ListTools { family: Option<&'static Family>, rows: Memo<Arc<Rows>> },
    /// The tools of the header that belong to no view.
    HeaderTools,
    /// The bar with the actions on the selected jobs.
    Selection,
    /// The contents of an open container filter. The fields are those of `ContainerChoice`.
    Containers {
        family: &'static Family,
        chosen: Memo<Vec<String>>,
        choose: Callback<Vec<String>>,
        typed: RwSignal<String>,
    },
    /// The failures of single clouds, in a list of all clouds.
    CloudFailures(Feed),
    /// The past announcements.
    PastNotices,
    /// Who may start and cancel synchronizations.
    Permissions,
    /// The choice of shorter filters when the container filter is too long.
    Shorten(&'static Family),
    /// The notice for a page number past the end. Contains the number of the last page.
    PastTheEnd(u64),
    /// The page for an address that names no view. Contains the unknown part of the address.
    NotFound(String),
    /// The notice about fields of `config.json` that this version does not know.
    UnknownFields(String),
    /// The selection of a domain, if there are several. `name` is the name or the id of the current one.
    DomainChoice { name: String },
    /// The notice that the domains could not be loaded.
    NoDomains,
    /// The remaining time of a token that was issued elsewhere.
    Countdown(Stamp),
    /// The likely meaning of a text from the server, shown below it; `otherwise` is shown if the meaning is unknown.
    /// With `is_reading`, a way to Server check follows.
    Explanation { words: String, otherwise: Option<String>, is_reading: bool },
    /// The program's own sign-in form, as a page.
    SignIn { why: Option<&'static str>, failure: Option<Failure> },
    /// The dialog over the page that requests another sign-in.
    SignInAgain(ReauthPrompt),
    /// The question before the idle limit signs out. `left` is in milliseconds.
    StillThere { left: Memo<i64>, stay: Callback<()> },
}

/// Renders the views of the second part.
pub type Draw = fn(LazyView) -> AnyView;

/// Loads the second part and returns its [`Draw`] function.
pub type Load = fn() -> Pin<Box<dyn Future<Output = Result<Draw, LoadError>>>>;

/// The second part could not be loaded. The browser's console shows the reason.
pub struct LoadError;

#[derive(Clone, Copy)]
pub(super) enum State {
    NotRequested,
    Loading,
    Loaded(Draw),
    Missing,
}

/// The state of the second part, as a context of the whole page.
#[derive(Clone, Copy)]
pub struct Loader {
    load: Load,
    pub(super) state: RwSignal<State>,
}

impl Loader {
    pub fn provide(load: Load) -> Self {
        let loader = Self { load, state: RwSignal::new(State::NotRequested) };
        provide_context(loader);
        loader
    }

    /// Loads the second part unless it is loaded or loading. Tries again after a failure.
    pub fn load(self) {
        if matches!(self.state.get_untracked(), State::NotRequested | State::Missing) {
            self.state.set(State::Loading);
            spawn_local(async move {
                self.state.set((self.load)().await.map_or(State::Missing, State::Loaded));
            });
        }
    }

    /// Whether the second part is loading or loaded: the first rows are painted, or nobody waits for them.
    pub fn is_requested(self) -> bool {
        !matches!(self.state.get(), State::NotRequested)
    }

    pub fn is_loaded(self) -> bool {
        matches!(self.state.get(), State::Loaded(_))
    }

    /// Loads the second part after [`MOMENT`], so that a later press does not wait for it.
    pub fn load_soon(self) {
        spawn_local(async move {
            sleep(MOMENT).await;
            self.load_ahead();
        });
    }

    /// Loads it once `are_shown` says that the first rows stand in the document and the browser has painted them, or
    /// after [`MOMENT`].
    pub fn load_after_rows(self, are_shown: impl Fn() -> bool + 'static) {
        self.load_soon();
        Effect::new(move |_| {
            if are_shown() {
                request_animation_frame(move || set_timeout(move || self.load_ahead(), Duration::ZERO));
            }
        });
    }

    /// Loads it before anybody needs it. Where it could not be loaded, an alert offers to try again, so nothing does by
    /// itself.
    fn load_ahead(self) {
        if matches!(self.state.get_untracked(), State::NotRequested) {
            self.load();
        }
    }
}

/// Waits, and leaves nothing behind. A timer of Leptos leaves a closure that the garbage collector frees by a script; where it
/// does so in a page that was left and that the browser keeps, the browser drops that page, and with it the user's name that
/// was typed.
async fn sleep(duration: Duration) {
    let passed = Promise::new(&mut |resolve, _| {
        let wait = duration.as_millis() as i32;
        _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, wait);
    });
    _ = passed.await;
}

/// Renders a view of the second part if that is loaded, and `meanwhile` until then. Does not cause it to load.
pub fn lazy_if_loaded(view: LazyView, meanwhile: ViewFn) -> AnyView {
    let loader = expect_context::<Loader>();
    (move || match loader.state.get() {
        State::Loaded(draw) => draw(view.clone()),
        _ => meanwhile.run(),
    })
    .into_any()
}
