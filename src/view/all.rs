//! The screen All clouds: the newest jobs of every family in one list, and what each cloud has to say of it.

use crate::dom::*;
use crate::families::{FAMILIES, Family};
use crate::feed::{Feed, Part, Question};
use crate::listing::{Order, Row, Rows};
use crate::panel::{Over, panel};
use crate::reactive::*;
use crate::route::{DEPTH_MOST, Route, View};
use crate::time;
use crate::view::detail::OpenJob;
use crate::view::parts::filters::Filters;
use crate::view::parts::icon::Icon;
use crate::view::parts::newer::Newer;
use crate::view::parts::notice::{FailureNotice, Note};
use crate::view::parts::refresh::Refresh;
use crate::view::parts::table::{JobTable, is_read};
use std::sync::Arc;
use std::time::Duration;

#[component]
pub fn All() -> impl IntoView {
    let panel = panel();
    let question = Memo::new(move |last: Option<&Question>| {
        let route = panel.address.get();
        match last {
            // While the address goes elsewhere, this screen asks nothing new.
            Some(last) if route.view != View::All => last.clone(),
            _ => Question::of(&route, panel.tick()),
        }
    });
    let feed = Feed::new(panel, is_read, move || question.get());
    let merged = Memo::new_with_compare(move |_| feed.merged(), |_, _| true);
    let held = Memo::new_with_compare(
        move |last: Option<&(Arc<Rows>, u64)>| {
            // Whether somebody reads is looked at anew with each beat.
            feed.pulse.beat();
            let rows = panel.with_followed(merged.with(|merged| merged.rows.clone()));
            match last {
                Some((shown, _)) if feed.by_itself.get() && is_read() => rows.held_back(shown),
                _ => (rows, 0),
            }
        },
        |_, _| true,
    );
    let rows = Memo::new_with_compare(move |_| held.with(|(rows, _)| rows.clone()), |_, _| true);
    let newer = Memo::new(move |_| held.with(|(_, newer)| *newer));
    let horizon = Memo::new(move |_| merged.with(|merged| merged.horizon));
    let waiting = Memo::new(move |_| feed.parts().iter().all(|part| part.waiting));
    let late = RwSignal::new(false);
    if let Ok(timer) = set_timeout_with_handle(move || _ = late.try_set(true), Duration::from_millis(500)) {
        on_cleanup(move || timer.clear());
    }
    Effect::new(move |_| {
        rows.with(|rows| panel.shows(rows));
    });
    on_cleanup(move || panel.shows_nothing());

    let problems = Memo::new(move |_| panel.address.with(|route| route.problems.clone()));
    let link = Callback::new(move |row: Row| {
        panel.address.with(|route| route.with_job(row.family, &row.job.id).hash())
    });
    let deeper = move |_| {
        let route = panel.address.get_untracked();
        panel.address.go(&route.with_depth(route.depth + 1));
    };
    view! {
        <section class="screen">
            <div class="head">
                <h1>"All clouds"</h1>
                <div class="tools">
                    <Refresh />
                    <button
                        type="button"
                        class="button primary"
                        on:click=move |_| panel.over.set(Some(Over::StartSeveral))
                    >
                        <Icon name="start" />
                        "Start on several clouds"
                    </button>
                </div>
            </div>
            <Filters family=None />
            {move || problems.get().into_iter().map(|problem| view! { <Note><p>{problem}</p></Note> }).collect_view()}
            <div class="split" class:has-detail=move || panel.address.with(|route| route.job.is_some())>
                <div class="list">
                    <Troubles feed=feed />
                    <Newer count=newer show=Callback::new(move |()| panel.refresh()) />
                    <JobTable rows=rows with_cloud=true first=waiting slow=Signal::derive(move || late.get() && waiting.get()) link=link sortable=true />
                    <Show when=move || !waiting.get() && !feed.busy.get() && rows.with(|rows| rows.is_empty())>
                        <Nothing />
                    </Show>
                    <div class="pager">
                        <span class="range">{move || reach(horizon.get(), rows.with(|rows| rows.len()), feed.busy.get())}</span>
                        <Show when=move || horizon.get().is_some() && panel.address.with(|route| route.depth < DEPTH_MOST)>
                            <button type="button" class="button" on:click=deeper>
                                <Icon name="down" />
                                "Load more"
                            </button>
                        </Show>
                    </div>
                </div>
                <OpenJob />
            </div>
        </section>
    }
}

/// How far back the list looks, in a sentence.
fn reach(horizon: Option<time::Stamp>, count: usize, busy: bool) -> String {
    match (horizon, count) {
        (None, 0) if busy => "Loading…".to_owned(),
        (None, 0) => String::new(),
        (None, count) => format!("All {count} jobs"),
        (Some(horizon), count) => format!("{count} jobs, back to {}", time::local(horizon)),
    }
}

/// What single clouds refuse, each by its name; the others' jobs stand below it.
#[component]
fn Troubles(feed: Feed) -> impl IntoView {
    let panel = panel();
    let troubled = Memo::new(move |_| {
        let parts = feed.parts().into_iter();
        parts.filter(is_troubled).map(|part| part.family.slug.to_owned()).collect::<Vec<_>>()
    });
    // Each stays as long as its cloud is troubled: whoever pressed its button keeps the focus.
    let trouble = move |slug: String| {
        let family = FAMILIES.iter().find(|family| family.slug == slug);
        let failure = Memo::new(move |_| {
            let parts = feed.parts().into_iter();
            parts.filter(|part| Some(part.family) == family).find_map(|part| part.failure)
        });
        move || match failure.get() {
            Some(failure) => {
                let again = Callback::new(move |()| panel.refresh());
                view! { <FailureNotice failure=failure again=again /> }
            }
            None => {
                let title = family.map(Family::title).unwrap_or_default();
                let sentence = format!(
                    "{title}: this server does not sort these jobs, so its newest may not all be here."
                );
                view! { <Note><p>{sentence}</p></Note> }
            }
        }
    };
    view! {
        <Show when=move || !troubled.with(Vec::is_empty)>
            <div class="troubles">
                <For each=move || troubled.get() children=trouble />
            </div>
        </Show>
    }
}

fn is_troubled(part: &Part) -> bool {
    part.failure.is_some() || (part.order != Order::Asked && part.jobs.len() > 1)
}

#[component]
fn Nothing() -> impl IntoView {
    let panel = panel();
    let filtered = Memo::new(move |_| panel.address.with(Route::is_filtered));
    move || {
        if filtered.get() {
            view! {
                <div class="empty">
                    <p class="empty-title">"No job matches these filters"</p>
                    <a class="button" href=move || panel.address.with(|route| route.cleared().hash())>"Show all jobs"</a>
                </div>
            }
            .into_any()
        } else {
            view! {
                <div class="empty">
                    <p class="empty-title">"There are no synchronization jobs yet"</p>
                    <p>"Open a cloud above to start the first one."</p>
                </div>
            }
            .into_any()
        }
    }
}
