//! The start form that is open, with what it is filled with at first, and those that were left for something else.

use cckm::family::Family;
use cckm::start_request::Form;
use leptos::prelude::*;

/// A start form as it is to open.
#[derive(Clone)]
pub struct StartDraft {
    pub family: &'static Family,
    pub form: Form,
    /// What the form could not take over of the job that it was made from, by the server's words for it.
    pub unmapped: Vec<String>,
}

#[derive(Clone, Copy, Default)]
pub struct StartDrafts {
    open: RwSignal<Option<StartDraft>>,
    /// At most one of a family.
    left: StoredValue<Vec<StartDraft>>,
}

impl StartDrafts {
    /// Opens the start form of `family`, as it was left where it was.
    pub fn open_form(self, family: &'static Family) {
        let left = self.left.with_value(|all| all.iter().find(|left| left.family == family).cloned());
        let anew = || StartDraft { family, form: Form::default(), unmapped: Vec::new() };
        self.open(left.unwrap_or_else(anew));
    }

    /// Opens the start form that is filled so.
    pub fn open(self, draft: StartDraft) {
        self.open.set(Some(draft));
    }

    pub fn close(self) {
        self.open.set(None);
    }

    /// What the open form was filled with at first.
    pub fn opened(self) -> Option<StartDraft> {
        self.open.get()
    }

    /// Closes the form for something else and keeps it until it is opened again.
    pub fn leave(self, draft: StartDraft) {
        self.forget(draft.family);
        self.left.update_value(|all| all.push(draft));
        self.close();
    }

    /// Drops what is kept of the start form of `family`.
    pub fn forget(self, family: &'static Family) {
        self.left.update_value(|all| all.retain(|left| left.family != family));
    }

    /// Whether `draft` is a form that was left.
    pub fn was_left(self, draft: &StartDraft) -> bool {
        self.left
            .with_value(|all| all.iter().any(|left| left.family == draft.family && left.form == draft.form))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cckm::family::FAMILIES;

    #[test]
    fn a_form_that_was_left_opens_again_as_it_was() {
        let owner = Owner::new();
        owner.set();
        let drafts = StartDrafts::default();
        let form = Form { typed: "k-1".to_owned(), ..Form::default() };
        drafts.open_form(&FAMILIES[0]);
        drafts.leave(StartDraft { family: &FAMILIES[0], form, unmapped: Vec::new() });
        assert!(drafts.opened().is_none());
        let opens = |at: usize| {
            drafts.open_form(&FAMILIES[at]);
            drafts.opened().map(|draft| (draft.form.typed.clone(), drafts.was_left(&draft)))
        };
        assert!(opens(1) == Some((String::new(), false)));
        assert!(opens(0) == Some(("k-1".to_owned(), true)));
        drafts.forget(&FAMILIES[0]);
        assert!(opens(0) == Some((String::new(), false)));
    }
}
