//! The actions on a job: cancel it, start it again, retry its failed containers, copy it as a command.

use crate::auth::Session;
use crate::auth::identity::MAY_NOT;
use crate::components::controls::copy::Refused;
use crate::components::controls::copy_as::CopyAs;
use crate::components::controls::icon::Icon;
use crate::components::controls::shown::Shown;
use crate::components::start::watch::WatchToggle;
use crate::dialogs::cancel::CancelDialog;
use crate::state::containers::{ContainerLists, ListStatus};
use crate::state::start_drafts::{StartDraft, StartDrafts};
use cckm::command::{Action, Request};
use cckm::family::Family;
use cckm::job::Job;
use cckm::outcome::Outcome;
use cckm::start_request;
use leptos::prelude::*;
use std::sync::Arc;

/// Which start form the user requested. It opens once the container list is loaded.
#[derive(Clone, Copy)]
enum Wish {
    Again,
    Retry,
}

#[component]
pub fn Actions(
    family: &'static Family,
    id: String,
    job: Memo<Arc<Job>>,
    refused: Refused,
    /// Runs after a successful cancel, with the job if the response contained it.
    answered: Callback<Option<Job>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let containers = expect_context::<ContainerLists>();
    let drafts = expect_context::<StartDrafts>();
    let list = family.containers;
    let may = Memo::new(move |_| session.state().may_synchronize());
    let outcome = Memo::new(move |_| job.with(|job| job.outcome()));
    let runs = Memo::new(move |_| outcome.get().is_running());
    let watch_id = id.clone();
    let failed = Memo::new(move |_| job.with(|job| job.progress().0 + job.not_known() > 0));
    let cancelling = RwSignal::new(false);
    let wish = RwSignal::new(None::<Wish>);
    Effect::new(move |_| {
        let Some(wished) = wish.get() else { return };
        // The container list maps names and regions to ids. If it failed to load, the ids are kept as they are.
        let directory = match containers.status(list) {
            ListStatus::Ready(directory) => directory,
            ListStatus::Failed(_) => Arc::default(),
            ListStatus::NotRequested | ListStatus::Loading => return,
        };
        wish.set(None);
        if drafts.is_open() {
            // Somebody has opened another form meanwhile, and may have typed in it.
            return;
        }
        let (form, unmapped) = job.with_untracked(|job| match wished {
            Wish::Again => (start_request::again(family, job, &directory), Vec::new()),
            Wish::Retry => start_request::retry(family, job, &directory),
        });
        drafts.open(StartDraft { family, form, unmapped });
    });
    let press = move |wished| {
        containers.need(list);
        wish.set(Some(wished));
    };
    let copied_id = id.clone();
    let requests = Callback::new(move |()| vec![Request { family, action: Action::Job(copied_id.clone()) }]);
    view! {
        <div class="actions" aria-busy=move || wish.with(Option::is_some).to_string()>
            <Shown when=move || outcome.get() == Outcome::InProgress>
                <button
                    type="button"
                    class="button"
                    aria-describedby=move || (!may.get()).then_some("may-not-cancel")
                    on:click=move |_| cancelling.set(true)
                >
                    <Icon name="cancelled" />
                    "Cancel job"
                </button>
            </Shown>
            <Shown when=runs>
                <WatchToggle family=family id=watch_id.clone() job=job class="button" />
            </Shown>
            <Shown when=failed>
                <button type="button" class="button" on:click=move |_| press(Wish::Retry)>
                    <Icon name="refresh" />
                    "Retry failed"
                </button>
            </Shown>
            <button type="button" class="button" on:click=move |_| press(Wish::Again)>
                <Icon name="start" />
                "Start again"
            </button>
            <CopyAs requests=requests refused=refused />
        </div>
        // A cloud's view shows this sentence above the list too; All clouds shows it only here.
        {move || (!may.get()).then(|| view! { <p id="may-not-cancel" class="quiet">{MAY_NOT}</p> })}
        <CancelDialog family=family id=id job=job open=cancelling answered=answered />
    }
}
