//! An open job beside the previous one of the same selection: finds it, and says what has become of the containers.

use super::notice::FailureNotice;
use crate::api;
use crate::compare;
use crate::dom::*;
use crate::failure::Failure;
use crate::families::Family;
use crate::model::job::Job;
use crate::model::page::Page;
use crate::panel::{Panel, panel};
use crate::query;
use crate::reactive::*;
use crate::text;
use crate::time;
use std::sync::Arc;

/// How far back a press looks, in jobs of the family.
const FAR: u64 = 100;

/// The job to compare with; `None` while none is known.
#[derive(Clone, Copy)]
pub struct Earlier(Memo<Option<Arc<Job>>>, RwSignal<Option<Arc<Job>>>);

impl Earlier {
    /// Looks among the rows in view, which costs nothing.
    pub fn of(family: &'static Family, job: Memo<Arc<Job>>) -> Self {
        let panel = panel();
        let found = RwSignal::new(None::<Arc<Job>>);
        let earlier = Memo::new(move |_| {
            found.get().or_else(|| {
                let rows = panel.in_view.get();
                let jobs = rows.iter().filter(|row| row.family == family).map(|row| &row.job);
                job.with(|job| compare::previous(family, job, jobs).cloned())
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

/// What has changed since, in a sentence; or the button that looks for the previous job.
#[component]
pub fn Compared(family: &'static Family, job: Memo<Arc<Job>>, earlier: Earlier) -> impl IntoView {
    let panel = panel();
    let looking = RwSignal::new(false);
    let none = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let look = move || {
        if looking.get_untracked() {
            return;
        }
        looking.set(true);
        failure.set(None);
        let job = job.get_untracked();
        spawn_while_here(async move {
            match previous(panel, family, &job).await {
                Ok(found) => {
                    none.set(found.is_none());
                    earlier.1.set(found);
                }
                Err(why) => failure.set(Some(why)),
            }
            looking.set(false);
        });
    };
    let sentence = move || {
        let earlier = earlier.get()?;
        let route = panel.address.with(|route| route.with_job(family, &earlier.id));
        let said = job.with(|job| compare::sentence(job, &earlier));
        let when = earlier.created.map(time::local).unwrap_or_default();
        let id = text::short(&earlier.id);
        Some(view! {
            <p class="compared">
                "Compared with job " <a href=route.hash()><code>{id}</code></a> " of " {when} ": " {said} "."
            </p>
        })
    };
    view! {
        {sentence}
        <Show when=move || earlier.with(|earlier| earlier.is_none())>
            {move || match (none.get(), failure.get()) {
                (_, Some(failure)) => {
                    view! { <FailureNotice failure=failure again=Callback::new(move |()| look()) /> }.into_any()
                }
                (true, _) => {
                    let said = ["None of the last ", &FAR.to_string(), " jobs synchronized the same before this one."];
                    view! { <p class="quiet compared">{said.concat()}</p> }.into_any()
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
        </Show>
    }
}

/// Looks for the previous job among the newest of the family.
async fn previous(panel: Panel, family: &'static Family, job: &Job) -> Result<Option<Arc<Job>>, Failure> {
    let limit = panel.manners.rows(FAR);
    let pairs = query::newest(family, limit, 0, None, "");
    let (text, _) = panel.manners.jobs(panel.session, family, &pairs).await?;
    let page: Page<Job> = api::read_jobs(family, &text)?;
    panel.manners.note_limit(limit, page.limit);
    let jobs: Vec<Arc<Job>> = page.resources.into_iter().map(Arc::new).collect();
    Ok(compare::previous(family, job, jobs.iter()).cloned())
}
