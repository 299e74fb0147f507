//! Which modal dialog is open, apart from the start form.

use crate::state::rows::Rows;
use crate::state::schedule_dialog::ScheduleDialog;
use leptos::prelude::*;
use std::sync::Arc;

#[derive(Clone, Copy, PartialEq)]
pub enum Dialog {
    /// The versions of the panel and of the server, and the licences.
    About,
    /// What the outcomes mean.
    Outcomes,
    /// Confirms that the selected jobs are to be cancelled.
    CancelSelected,
    /// Starts synchronizations of several families.
    StartSeveral,
    /// Saves the open view under a name.
    SaveView,
    /// Renames, deletes, orders, exports and imports the saved views.
    ManageViews,
    /// The list of the keyboard shortcuts.
    Shortcuts,
    /// Finds a view, an action, a container or a job.
    Find,
    /// Saves the jobs of the open list as a file.
    Export,
    /// Saves the jobs of a view that is no list by page.
    ExportJobs(StoredValue<ExportedJobs>),
    /// Creates, edits, deletes or runs a schedule.
    Schedule(StoredValue<ScheduleDialog>),
}

/// The jobs that a view shows, in whatever form, and what the file calls them.
#[derive(Clone)]
pub struct ExportedJobs {
    pub name: &'static str,
    pub rows: Arc<Rows>,
}

#[derive(Clone, Copy, Default)]
pub struct OpenDialog(RwSignal<Option<Dialog>>);

impl OpenDialog {
    pub fn open(self, dialog: Dialog) {
        self.0.set(Some(dialog));
    }

    /// Opens a dialog about a schedule. Its values are read once, so the view that opens it may leave the page.
    pub fn open_schedule(self, dialog: ScheduleDialog) {
        self.open(Dialog::Schedule(StoredValue::new(dialog)));
    }

    /// Opens the dialog that saves these jobs.
    pub fn export(self, jobs: ExportedJobs) {
        self.open(Dialog::ExportJobs(StoredValue::new(jobs)));
    }

    pub fn close(self) {
        self.0.set(None);
    }

    /// Whether the session has not ended.
    pub fn is_there(self) -> bool {
        !self.0.is_disposed()
    }

    pub fn get(self) -> Option<Dialog> {
        self.0.get()
    }
}
