//! Compares the open job with the previous job of the same selection: finds that job, and describes what has changed
//! for the containers.

use crate::api::failure::Failure;
use crate::auth::Session;
use crate::components::controls::focus;
use crate::components::controls::notice::FailureNotice;
use crate::components::controls::shown::Shown;
use crate::routing::address::Address;
use crate::state::capabilities::ServerCapabilities;
use crate::state::open_list::OpenList;
use crate::state::preferences::Preferences;
use crate::state::sorted_jobs::{self, Question};
use cckm::comparison;
use cckm::family::Family;
use cckm::job::Job;
use cckm::list_order::Arrangement;
use cckm::text;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// How many of the family's jobs a press searches.
const FAR: u64 = 100;

/// The job to compare with, or `None` if it has not been found; and the job that a press found.
#[derive(Clone, Copy)]
pub struct Earlier(Memo<Option<Arc<Job>>>, RwSignal<Option<Arc<Job>>>);

impl Earlier {
    /// Searches only the rows in view, which needs no request.
    pub fn of(family: &'static Family, job: Memo<Arc<Job>>) -> Self {
        let open_list = expect_context::<OpenList>();
        let found = RwSignal::new(None::<Arc<Job>>);
        let earlier = Memo::new(move |_| {
            found.get().or_else(|| {
                let rows = open_list.rows();
                let jobs = rows.iter().filter(|row| row.family == family).map(|row| &row.job);
                job.with(|job| comparison::previous(family, job, jobs).cloned())
            })
        });
        Self(earlier, found)
    }

    pub fn get(self) -> Option<Arc<Job>> {
        self.0.get()
    }

    pub fn with<T>(self, read: impl FnOnce(Option<&Job>) -> T) -> T {
        self.0.with(|earlier| read(earlier.as_deref()))
    }
}

/// A sentence that describes the changes since the previous job, or the button that searches for that job.
#[component]
pub fn Compared(family: &'static Family, job: Memo<Arc<Job>>, earlier: Earlier) -> impl IntoView {
    let session = expect_context::<Session>();
    let capabilities = expect_context::<ServerCapabilities>();
    let address = expect_context::<Address>();
    let preferences = expect_context::<Preferences>();
    let looking = RwSignal::new(false);
    // A description of the jobs that were searched without a result.
    let none = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<Failure>);
    let look = move || {
        if looking.get_untracked() {
            return;
        }
        looking.set(true);
        failure.set(None);
        let job = job.get_untracked();
        // Not bound to the reactive owner of the button, which is created anew meanwhile. If the whole view is gone,
        // the response is discarded.
        spawn_local(async move {
            match previous(session, capabilities, family, &job).await {
                Ok((found, looked)) => {
                    _ = none.try_set(found.is_none().then_some(looked));
                    _ = earlier.1.try_set(found);
                }
                Err(why) => _ = failure.try_set(Some(why)),
            }
            _ = looking.try_set(false);
        });
    };
    // The button had the focus, and the sentence that follows a press stands in its place.
    let said = NodeRef::<html::P>::new();
    Effect::new(move |_| {
        let pressed = none.with_untracked(Option::is_some) || earlier.1.with_untracked(Option::is_some);
        if let Some(said) = said.get().filter(|_| pressed && focus::is_lost()) {
            _ = said.focus();
        }
    });
    let sentence = move || {
        let earlier = earlier.get()?;
        let route = address.with(|route| route.with_job(family, &earlier.id));
        let changes = job.with(|job| comparison::sentence(job, &earlier));
        let when = earlier.created.map(|at| preferences.times().zoned(at)).unwrap_or_default();
        let id = text::short(&earlier.id);
        Some(view! {
            <p class="compared" tabindex="-1" node_ref=said>
                "Compared with job " <a href=route.hash()><code>{id}</code></a> " of " {when} ": " {changes} "."
            </p>
        })
    };
    view! {
        {sentence}
        <Shown when=move || earlier.with(|earlier| earlier.is_none())>
            {move || match (none.get(), failure.get()) {
                (_, Some(failure)) => {
                    view! { <FailureNotice failure=failure again=Callback::new(move |()| look()) /> }.into_any()
                }
                (Some(looked), _) => {
                    let words = ["None of ", &looked, " synchronized the same before this one."];
                    view! { <p class="quiet compared" tabindex="-1" node_ref=said>{words.concat()}</p> }.into_any()
                }
                _ => {
                    view! {
                        <button
                            type="button"
                            class="button plain small"
                            aria-busy=move || looking.get().to_string()
                            on:click=move |_| look()
                        >
                            "Compare with the previous job"
                        </button>
                    }
                    .into_any()
                }
            }}
        </Shown>
    }
}

/// Searches the newest jobs of the family for the previous job. Also returns a description of the searched jobs.
async fn previous(
    session: Session,
    capabilities: ServerCapabilities,
    family: &'static Family,
    job: &Job,
) -> Result<(Option<Arc<Job>>, String), Failure> {
    let question = Question::newest(family, None, "");
    let found = sorted_jobs::newest(session, capabilities, &question, FAR, |_| 0).await?;
    let jobs: Vec<Arc<Job>> = found.jobs.into_iter().map(Arc::new).collect();
    let count = text::count(jobs.len(), "job", "jobs");
    let looked = if found.arrangement != Arrangement::Sorted {
        ["the ", &count, " that the panel could look at"].concat()
    } else if (jobs.len() as u64) < found.total {
        ["the last ", &count].concat()
    } else {
        ["the ", &count].concat()
    };
    Ok((comparison::previous(family, job, jobs.iter()).cloned(), looked))
}
