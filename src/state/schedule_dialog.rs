//! What the dialogs about a schedule are opened with. Which dialog is open is stored in `dialog.rs`.

use cckm::family::Family;
use cckm::schedule::{Draft, Schedule};
use cckm::start_request::Form;
use std::sync::Arc;

#[derive(Clone)]
pub enum ScheduleDialog {
    /// Creates a schedule, or edits one.
    Form(Box<ScheduleForm>),
    /// Confirms that a schedule is to be deleted.
    Delete(Arc<Schedule>),
    /// Runs a schedule now.
    Run(Arc<Schedule>),
}

/// The initial values of the form.
#[derive(Clone)]
pub struct ScheduleForm {
    /// The schedule that is edited, as the person has seen it; `None` for a new one.
    pub base: Option<Arc<Schedule>>,
    /// The contents of a new schedule.
    pub draft: Draft,
}

impl ScheduleDialog {
    /// The form of a new schedule of `family` with a selection.
    pub fn create(family: Option<&'static Family>, form: Form) -> Self {
        let draft = Draft { family, form, ..Draft::default() };
        Self::Form(Box::new(ScheduleForm { base: None, draft }))
    }

    pub fn edit(schedule: Arc<Schedule>) -> Self {
        Self::Form(Box::new(ScheduleForm { base: Some(schedule), draft: Draft::default() }))
    }
}
