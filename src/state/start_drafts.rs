//! The start form that is open, with its initial values, and the drafts of forms that were left without being sent.

use cckm::family::Family;
use cckm::start_request::Form;
use leptos::prelude::*;

/// The initial values of a start form.
#[derive(Clone)]
pub struct StartDraft {
    pub family: &'static Family,
    pub form: Form,
    /// The container keys in the original job that match no known container, as the server spells them.
    pub unmapped: Vec<String>,
}

#[derive(Clone, Copy, Default)]
pub struct StartDrafts {
    open: RwSignal<Option<StartDraft>>,
    /// The drafts that were left: at most one for each family.
    left: StoredValue<Vec<StartDraft>>,
}

impl StartDrafts {
    /// Opens the start form of `family`, with the draft where there is one.
    pub fn open_form(self, family: &'static Family) {
        let left = self.left.with_value(|all| all.iter().find(|left| left.family == family).cloned());
        let empty = || StartDraft { family, form: Form::default(), unmapped: Vec::new() };
        self.open(left.unwrap_or_else(empty));
    }

    /// Opens the start form with the values of `draft`.
    pub fn open(self, draft: StartDraft) {
        self.open.set(Some(draft));
    }

    pub fn close(self) {
        self.open.set(None);
    }

    /// The initial values of the open form; `None` where no form is open.
    pub fn opened(self) -> Option<StartDraft> {
        self.open.get()
    }

    /// Closes the form, and stores `draft` until the form of that family is opened again.
    pub fn leave(self, draft: StartDraft) {
        self.forget(draft.family);
        self.left.update_value(|all| all.push(draft));
        self.close();
    }

    /// Whether a form is open.
    pub fn is_open(self) -> bool {
        self.open.with_untracked(Option::is_some)
    }

    /// Whether the session has not ended.
    pub fn is_there(self) -> bool {
        !self.open.is_disposed()
    }

    /// Whether a form is open, or was left with a draft.
    pub fn has_any(self) -> bool {
        self.is_open() || self.left.with_value(|all| !all.is_empty())
    }

    /// Drops the draft of `family`.
    pub fn forget(self, family: &'static Family) {
        self.left.update_value(|all| all.retain(|left| left.family != family));
    }

    /// Whether `draft` is equal to a stored draft.
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
