//! Which modal dialog is open, apart from the start form.

use leptos::prelude::*;

#[derive(Clone, Copy, PartialEq)]
pub enum Dialog {
    /// Confirms that the selected jobs are to be cancelled.
    CancelSelected,
    /// Starts synchronizations of several families.
    StartSeveral,
    /// Saves the jobs of the open list as a file.
    Export,
}

#[derive(Clone, Copy, Default)]
pub struct OpenDialog(RwSignal<Option<Dialog>>);

impl OpenDialog {
    pub fn open(self, dialog: Dialog) {
        self.0.set(Some(dialog));
    }

    pub fn close(self) {
        self.0.set(None);
    }

    pub fn get(self) -> Option<Dialog> {
        self.0.get()
    }
}
