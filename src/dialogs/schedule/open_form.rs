//! Opens the form of a schedule once what it begins with is known.

use crate::components::controls::dialog::Dialog;
use crate::components::schedules::words::family;
use crate::dialogs::schedule::form::FormFields;
use crate::state::containers::{ContainerLists, ListStatus};
use crate::state::dialog::OpenDialog;
use crate::state::schedule_dialog::ScheduleForm;
use crate::state::schedule_drafts::{Base, ScheduleDrafts};
use cckm::schedule::Draft;
use cckm::start_request::Form;
use leptos::prelude::*;

#[component]
pub fn ScheduleFormDialog(form: ScheduleForm) -> impl IntoView {
    let ScheduleForm { base: edited, draft } = form;
    let containers = expect_context::<ContainerLists>();
    let dialog = expect_context::<OpenDialog>();
    let drafts = expect_context::<ScheduleDrafts>();
    let close = Callback::new(move |()| dialog.close());
    let Some(edited) = edited else {
        // Contents that were chosen elsewhere, such as in Coverage, come before those of a form that was left.
        let left = if draft.form == Form::default() { drafts.left(None) } else { None };
        return view! { <FormFields base=Base::default() new=draft left=left /> }.into_any();
    };
    // The containers of an existing selection are looked up in their list, so the form waits for it.
    let list = family(&edited).map(|family| family.containers);
    if let Some(list) = list {
        containers.need(list);
    }
    // Once it is drawn the form stays, also while it asks for a failed list again: what is typed is in it.
    let settled = Memo::new(move |was: Option<&bool>| {
        let status = list.map(|list| containers.status(list));
        was == Some(&true) || !matches!(status, Some(ListStatus::NotRequested | ListStatus::Loading))
    });
    let name = "Edit schedule";
    let title = edited.title();
    (move || {
        if !settled.get() {
            return view! {
                <Dialog name=name about=title.clone() on_close=close wide=true>
                    <div class="dialog-body"><p class="quiet" aria-busy="true">"Loading…"</p></div>
                </Dialog>
            }
            .into_any();
        }
        let directory = list.and_then(|list| untrack(|| containers.get(list)));
        let base = Base { schedule: Some(edited.clone()), directory };
        let left = drafts.left(base.id());
        view! { <FormFields base=base new=Draft::default() left=left /> }.into_any()
    })
    .into_any()
}
