//! The screen of one cloud: its scopes, its views (jobs, freshness of its containers, history, schedules), and the button that
//! starts a synchronization.

use crate::auth::Session;
use crate::auth::identity::MAY_NOT;
use crate::components::controls::icon::Icon;
use crate::components::controls::lazy::lazy;
use crate::components::controls::lazy_view::LazyView;
use crate::components::controls::notice::Note;
use crate::components::controls::refresh::Refresh;
use crate::pages::job_list::JobList;
use crate::routing::address::Address;
use crate::routing::route::{Opens, Route, View};
use crate::routing::views::SCHEDULES;
use crate::state::start_drafts::StartDrafts;
use cckm::family::{self, Family};
use leptos::prelude::*;

#[component]
pub fn Cloud(cloud: &'static str) -> impl IntoView {
    let session = expect_context::<Session>();
    let address = expect_context::<Address>();
    let drafts = expect_context::<StartDrafts>();
    // While the address changes to another cloud, this screen keeps its last view until it is removed.
    let open_view = Memo::new(move |last: Option<&View>| {
        let view = address
            .with(|route| route.scope().filter(|family| family.cloud == cloud).map(|_| route.view.clone()));
        view.or_else(|| last.cloned()).unwrap_or(View::All)
    });
    let family = Memo::new(move |_| Route::new(open_view.get()).scope());
    let may = Memo::new(move |_| session.state().may_synchronize());
    view! {
        <section class="screen">
            <div class="head">
                <h1>{cloud}</h1>
                <Scope cloud=cloud family=family open_view=open_view />
                <ViewLinks open_view=open_view family=family />
                <div class="tools">
                    <Refresh />
                    <button
                        type="button"
                        class="button primary"
                        aria-describedby=move || (!may.get()).then_some("may-not-start")
                        on:click=move |_| {
                            if let Some(family) = family.get_untracked() {
                                drafts.open_form(family);
                            }
                        }
                    >
                        <Icon name="start" />
                        "Start synchronization"
                    </button>
                </div>
            </div>
            {move || (!may.get()).then(|| view! { <Note><p id="may-not-start">{MAY_NOT}</p>{lazy(LazyView::Permissions)}</Note> }.into_any())}
            {move || match open_view.get() {
                View::Family(family) => (move || view! { <JobList family=family /> }).into_any(),
                View::Freshness(family) => lazy(LazyView::Freshness(family)),
                View::History(family) => lazy(LazyView::History(family)),
                View::Schedules(family) => lazy(LazyView::Schedules(Some(family))),
                _ => ().into_any(),
            }}
        </section>
    }
}

/// Selects one of the cloud's families, if there are several.
#[component]
fn Scope(cloud: &'static str, family: Memo<Option<&'static Family>>, open_view: Memo<View>) -> impl IntoView {
    let address = expect_context::<Address>();
    (family::of_cloud(cloud).count() > 1).then(|| {
        let choices = family::of_cloud(cloud)
            .map(|choice| {
                view! {
                    <label class="segment">
                        <input
                            type="radio"
                            name="scope"
                            prop:checked=move || family.get() == Some(choice)
                            on:change=move |_| {
                                let rows = address.with(|route| route.rows);
                                let view = open_view.with(|open_view| open_view.of_family(choice));
                                address.go(&Route { rows, ..Route::new(view) });
                            }
                        />
                        <span>{choice.scope}</span>
                    </label>
                }
            })
            .collect_view();
        view! {
            <fieldset class="segments" role="radiogroup" aria-label="Scope">
                {choices}
            </fieldset>
        }
    })
}

/// Links to the views of a family.
#[component]
fn ViewLinks(open_view: Memo<View>, family: Memo<Option<&'static Family>>) -> impl IntoView {
    let links = [
        ("Jobs", View::Family as Opens),
        ("Freshness", View::Freshness),
        ("History", View::History),
        (SCHEDULES, View::Schedules),
    ]
    .map(|(name, view)| {
        let view = move || family.get().map(view);
        let href = move || view().map(|view| Route::new(view).hash());
        let open = move || (view() == Some(open_view.get())).then_some("page");
        view! { <li><a href=href aria-current=open>{name}</a></li> }
    })
    .collect_view();
    view! {
        <nav class="faces" aria-label="Views">
            <ul>{links}</ul>
        </nav>
    }
}
