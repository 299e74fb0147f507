//! The dialogs about a schedule.

pub mod delete;
pub mod fields;
pub mod form;
pub mod lost;
pub mod open_form;
pub mod rhythm;
pub mod run;
pub mod sentences;

use crate::state::schedule_dialog::ScheduleDialog;
use delete::DeleteSchedule;
use leptos::prelude::*;
use open_form::ScheduleFormDialog;
use run::RunSchedule;

/// Draws the dialog that was opened.
pub fn schedule_dialog(opened: ScheduleDialog) -> AnyView {
    match opened {
        ScheduleDialog::Form(form) => view! { <ScheduleFormDialog form=*form /> }.into_any(),
        ScheduleDialog::Delete(schedule) => view! { <DeleteSchedule schedule=schedule /> }.into_any(),
        ScheduleDialog::Run(schedule) => view! { <RunSchedule schedule=schedule /> }.into_any(),
    }
}
