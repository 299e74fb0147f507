//! The frame around every screen: navigation, account, document title and live region. Provides the contexts of the
//! whole page; `state::provide` adds those that need a signed-in user.

use crate::api::config_file;
use crate::auth::Session;
use crate::auth::identity::{AuthState, Identity};
use crate::clock::{Clock, locale};
use crate::components::controls::icon::Icon;
use crate::components::controls::lazy::lazy;
use crate::components::controls::lazy_view::{LazyView, Loader, lazy_if_loaded};
use crate::components::page::account::{Account, Idle};
use crate::components::page::notices::Notices;
use crate::config::{Config, config, set_config};
use crate::dialogs::start::StartDialog;
use crate::lazy_views;
use crate::pages::all_clouds::AllClouds;
use crate::pages::cloud::Cloud;
use crate::pages::sign_in::SignIn;
use crate::preboot;
use crate::query::{cross_tab, prefetch};
use crate::routing::address::Address;
use crate::routing::route::{Route, View, set_default_rows};
use crate::routing::views::{ALL, ATTENTION, CHECK, OUTDATED, SCHEDULES, views};
use crate::state;
use crate::state::attention_counts::AttentionCounts;
use crate::state::columns::KeptColumns;
use crate::state::dialog::OpenDialog;
use crate::state::latest_jobs::LatestJobs;
use crate::state::list_page;
use crate::state::open_list::OpenList;
use crate::state::preferences::Preferences;
use crate::state::saved_views::SavedViews;
use crate::state::watched_jobs::WatchedJobs;
use cckm::family;
use cckm::text;
use leptos::children::ViewFn;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// Media query: page widths at which the navigation may be wider than its container. Measuring the element instead
/// would force another layout.
const NARROW: &str = "(max-width: 96rem)";

/// How many links of the navigation fit beside the rest of the header on a page of 1366 pixels: those of the clouds that every
/// server has. More of them get a line of their own.
const BESIDE: usize = 9;

/// The whole page: loads `config.json`, then shows the sign-in page or the frame with a screen in it.
#[component]
pub fn App() -> impl IntoView {
    let config = RwSignal::new(None::<Result<Config, String>>);
    spawn_local(async move { config.set(Some(config_file::load().await)) });
    move || match config.get() {
        None => ().into_any(),
        Some(Err(why)) => {
            preboot::forbid_form();
            view! { <BadConfig why=why /> }.into_any()
        }
        Some(Ok(config)) => view! { <Inside config=config /> }.into_any(),
    }
}

#[component]
fn Inside(config: Config) -> impl IntoView {
    set_default_rows(config.rows);
    locale::use_numbers();
    Preferences::provide();
    let title = config.title.clone();
    set_config(config);
    let session = Session::begin();
    provide_context(session);
    let loader = Loader::provide(lazy_views::load);
    Effect::new(move |_| {
        if loader.is_requested() {
            locale::prepare_numbers();
        }
    });
    let address = Address::follow();
    provide_context(address);
    provide_context(KeptColumns::read());
    provide_context(SavedViews::default());
    // An address that names more than a list needs the second part, so it is requested before everything else.
    if address.with_untracked(Route::needs_rest) {
        loader.load();
    }
    provide_context(Clock::start());
    let gone = window_event_listener(leptos::ev::pagehide, move |event| {
        if event.persisted() {
            empty_secret_box();
        }
        session.abandon(event.persisted());
    });
    on_cleanup(move || gone.remove());
    let state = Memo::new(move |_| session.state());
    move || match state.get() {
        AuthState::Unknown => ().into_any(),
        AuthState::SignedOut(why) => {
            document().set_title(&["Sign in · ", &title].concat());
            view! { <SignIn why=why /> }.into_any()
        }
        AuthState::SignedIn(who) => {
            let session = session.bound();
            cross_tab::open(session, &who);
            // The request is on its way while the frame is drawn.
            match address.try_with_untracked(list_page::first_request).flatten() {
                Some(request) => prefetch::send(session, &request),
                None => prefetch::clear(),
            }
            (move || view! { <Frame who=who.clone() /> }).into_any()
        }
    }
}

/// Clears the password or token box, of which at most one exists, because the back/forward cache keeps the page.
fn empty_secret_box() {
    let found = document().query_selector("input[type=password]").ok().flatten();
    if let Some(input) = found.and_then(|found| found.dyn_into::<web_sys::HtmlInputElement>().ok())
        && let Ok(event) = web_sys::Event::new("input")
    {
        input.set_value("");
        event.init_event_with_bubbles("input", true);
        _ = input.dispatch_event(&event);
    }
}

/// Shows an error in `config.json`. Only the operator who hosts the panel can fix it.
#[component]
fn BadConfig(why: String) -> impl IntoView {
    view! {
        <main id="main" class="sign-in">
            <section class="card" role="alert">
                <h1>"This panel is not set up right"</h1>
                <p>{why}</p>
                <p class="quiet">"Whoever hosts the panel can mend it in config.json, beside its index.html."</p>
            </section>
        </main>
    }
}

/// The screen that is open. All families of one cloud share a screen.
#[derive(Clone, PartialEq)]
enum Screen {
    All,
    Attention,
    Outdated,
    Schedules,
    Check,
    Cloud(&'static str),
    Unknown(String),
}

impl Screen {
    fn of(route: &Route) -> Self {
        match (&route.view, route.scope()) {
            (_, Some(family)) if config().shows(family.cloud) => Self::Cloud(family.cloud),
            (_, Some(family)) => Self::Unknown(family.cloud.to_owned()),
            (View::Attention, _) => Self::Attention,
            (View::Outdated, _) => Self::Outdated,
            (View::AllSchedules, _) => Self::Schedules,
            (View::Check, _) => Self::Check,
            (View::Unknown(word), _) => Self::Unknown(word.clone()),
            _ => Self::All,
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::All => ALL,
            Self::Attention => ATTENTION,
            Self::Outdated => OUTDATED,
            Self::Schedules => SCHEDULES,
            Self::Check => CHECK,
            Self::Cloud(cloud) => cloud,
            Self::Unknown(_) => "Not found",
        }
    }
}

/// The frame of a signed-in user. It provides the contexts that cache the server's data, which end with the frame.
#[component]
fn Frame(who: Identity) -> impl IntoView {
    let session = expect_context::<Session>().bound();
    provide_context(session);
    state::provide();
    let address = expect_context::<Address>();
    let open_list = expect_context::<OpenList>();
    let dialog = expect_context::<OpenDialog>();
    let watched = expect_context::<WatchedJobs>();
    let screen = Memo::new(move |_| address.with(Screen::of));
    let title = config().title.as_str();
    let written = Memo::new(move |_| {
        let ended = watched.headline();
        let running = match open_list.running() {
            0 => String::new(),
            number => format!("{number} running · "),
        };
        format!("{ended}{running}{} · {title}", screen.with(|screen| screen.name().to_owned()))
    });
    Effect::new(move |_: Option<()>| document().set_title(&written.get()));
    expect_context::<Loader>().load_after_rows(move || open_list.is_settled());
    let unknown = config().unknown_fields();
    let main = NodeRef::<html::Main>::new();
    let skip = move |_| {
        if let Some(main) = main.get_untracked() {
            _ = main.focus();
        }
    };
    view! {
        // A button and not a link: the router would take a link's hash for the address of a view.
        <button type="button" class="skip" on:click=skip>"Skip to the content"</button>
        <header class="top" role="banner">
            <a class="brand" href=Route::default().hash() aria-label=[title, ", all clouds"].concat()>
                <Icon name="brand" />
                <span>{title}</span>
            </a>
            <Clouds screen=screen />
            {lazy_if_loaded(LazyView::HeaderTools, ViewFn::default())}
            <Account who=who />
        </header>
        {(!config().banner.is_empty()).then(|| view! { <p class="banner" dir="auto">{config().banner.as_str()}</p> })}
        {unknown.map(|sentence| lazy(LazyView::UnknownFields(sentence)))}
        <main id="main" tabindex="-1" node_ref=main>
            {move || match screen.get() {
                // Closures, because Leptos clones the static texts of a view before it erases the type, and that
                // takes as much code as building the view.
                Screen::All => (|| view! { <AllClouds /> }).into_any(),
                Screen::Attention => lazy(LazyView::Attention),
                Screen::Outdated => lazy(LazyView::Outdated),
                Screen::Schedules => lazy(LazyView::Schedules(None)),
                Screen::Check => lazy(LazyView::Check),
                Screen::Cloud(cloud) => (move || view! { <Cloud cloud=cloud /> }).into_any(),
                Screen::Unknown(word) => lazy(LazyView::NotFound(word)),
            }}
        </main>
        <StartDialog />
        {move || dialog.get().map(|dialog| lazy(LazyView::Dialog(dialog)))}
        {move || session.again().map(|again| lazy(LazyView::SignInAgain(again)))}
        <Idle />
        <Notices />
    }
}

/// Scrolls the navigation sideways until `link` is visible. `scrollIntoView` would scroll the page too: the link lies
/// where the page keeps focused elements clear of the header.
fn keep_in_sight(link: &web_sys::HtmlElement) {
    let Some(nav) = link.closest("nav").ok().flatten() else { return };
    let (link, around) = (link.get_bounding_client_rect(), nav.get_bounding_client_rect());
    let by = if link.left() < around.left() {
        link.left() - around.left()
    } else {
        (link.right() - around.right()).max(0.0)
    };
    if by.abs() >= 1.0 {
        nav.set_scroll_left(nav.scroll_left() + by.round() as i32);
    }
}

/// Links to the views: All clouds, one for each cloud of the family table, Needs attention, and Schedules.
#[component]
fn Clouds(screen: Memo<Screen>) -> impl IntoView {
    let counts = expect_context::<AttentionCounts>();
    let latest = expect_context::<LatestJobs>();
    let link = move |name: &'static str, view: View| {
        let own = if let View::Family(family) = view { Some(family.cloud) } else { None };
        let route = Route::new(view);
        let target = Screen::of(&route);
        let node = NodeRef::<html::A>::new();
        let open = Memo::new(move |_| screen.with(|screen| *screen == target));
        let needs = Memo::new(move |_| counts.sum(|cloud| name == cloud || name == ATTENTION));
        // A description and not part of the accessible name: a link is named after the view that it opens.
        let unknown = Memo::new(move |_| counts.is_incomplete(|cloud| name == cloud || name == ATTENTION));
        let unasked = Memo::new(move |_| name == ATTENTION && latest.has_unasked());
        let said = move || {
            let missing = match (unknown.get(), unasked.get()) {
                (true, _) => "; not all jobs could be looked at",
                (false, true) => "; not all clouds have been looked at yet",
                (false, false) => "",
            };
            match needs.get() {
                0 => unknown.get().then(|| "Not all jobs could be looked at".to_owned()),
                number => {
                    Some([&text::count(number, "job needs", "jobs need"), " attention", missing].concat())
                }
            }
        };
        // At least so many: the rest is not known.
        let number = move || {
            let more = if unknown.get() || unasked.get() { "+" } else { "" };
            [&needs.get().to_string(), more].concat()
        };
        Effect::new(move |_| {
            // A change of the counts moves the links.
            counts.track();
            // On a narrow page the navigation scrolls sideways; the current view's link stays visible.
            if let (true, Some(node)) = (open.get(), node.get())
                && window().match_media(NARROW).ok().flatten().is_some_and(|narrow| narrow.matches())
            {
                // In the next frame, which lays out the page anyway.
                request_animation_frame(move || keep_in_sight(&node));
            }
        });
        // The open view has a link even where the server does not have its families: an address has opened it.
        let is_absent = Memo::new(move |_| {
            !open.get()
                && own.is_some_and(|cloud| !family::of_cloud(cloud).any(|family| latest.shows(family)))
        });
        view! {
            <li hidden=is_absent>
                <a
                    href=route.hash()
                    node_ref=node
                    aria-current=move || open.get().then_some("page")
                    aria-description=said
                    title=said
                >
                    {name}
                    {move || (needs.get() > 0).then(|| view! { <span class="needs" aria-hidden="true">{number}</span> }.into_any())}
                </a>
            </li>
        }
    };
    let many = Memo::new(move |_| views(|family| latest.shows(family)).count() > BESIDE);
    view! {
        <nav class="clouds" class:many=many aria-label="Clouds">
            <ul>
                {views(|_| true).map(|(name, view)| link(name, view)).collect_view()}
            </ul>
        </nav>
    }
}
