//! The drafts of schedules whose form was closed without being sent.

use cckm::container::Directory;
use cckm::schedule::{Draft, Mistake, Schedule, create_body, patch_body};
use cckm::time::Stamp;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// The version of a schedule that is edited, with the containers by which its selection was read. `None` in place of
/// the version is a new schedule.
#[derive(Clone, Default, PartialEq)]
pub struct Base {
    pub schedule: Option<Arc<Schedule>>,
    pub directory: Option<Arc<Directory>>,
}

impl Base {
    /// The ID of the schedule; `None` for a new one.
    pub fn id(&self) -> Option<&str> {
        self.schedule.as_ref().map(|schedule| schedule.id.as_str())
    }

    /// What the form shows of this version. For a new schedule it is `new`.
    pub fn draft(&self, new: &Draft) -> Draft {
        match &self.schedule {
            None => new.clone(),
            Some(schedule) => Draft::of(schedule, self.directory.as_deref()),
        }
    }

    /// The body of the request that makes `draft` of this version.
    ///
    /// # Errors
    ///
    /// What is missing or wrong in `draft`.
    pub fn body(&self, draft: &Draft, now: Stamp) -> Result<Value, Vec<Mistake>> {
        match &self.schedule {
            None => create_body(draft, now),
            Some(schedule) => patch_body(schedule, draft, self.directory.as_deref(), now),
        }
    }
}

/// What was typed, and the version to which it was typed.
#[derive(Clone, PartialEq)]
pub struct LeftForm {
    pub base: Base,
    pub draft: Draft,
}

/// At most one draft for a new schedule, and one for each schedule that was edited.
#[derive(Clone, Copy, Default)]
pub struct ScheduleDrafts(StoredValue<Vec<LeftForm>>);

impl ScheduleDrafts {
    /// The draft of the schedule `id`, or of a new one.
    pub fn left(self, id: Option<&str>) -> Option<LeftForm> {
        self.0.with_value(|all| all.iter().find(|left| left.base.id() == id).cloned())
    }

    /// Stores `left` until that form is opened again, or the session ends.
    pub fn leave(self, left: LeftForm) {
        self.forget(left.base.id());
        self.0.update_value(|all| all.push(left));
    }

    pub fn forget(self, id: Option<&str>) {
        self.0.update_value(|all| all.retain(|left| left.base.id() != id));
    }

    pub fn has_any(self) -> bool {
        self.0.with_value(|all| !all.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::{Base, LeftForm, ScheduleDrafts};
    use cckm::schedule::{Draft, Schedule};
    use leptos::prelude::Owner;
    use serde_json::json;
    use std::sync::Arc;

    fn schedule(id: &str) -> Arc<Schedule> {
        let value = json!({ "id": id, "name": id, "operation": "cckm_synchronization" });
        Arc::new(Schedule::from_value(value).expect("a schedule"))
    }

    #[test]
    fn a_new_schedule_and_each_edited_one_have_a_draft_of_their_own() {
        let owner = Owner::new();
        owner.set();
        let drafts = ScheduleDrafts::default();
        let left = |schedule, name: &str| LeftForm {
            base: Base { schedule, directory: None },
            draft: Draft { name: name.to_owned(), ..Draft::default() },
        };
        let name = |id| drafts.left(id).map(|left| left.draft.name);
        assert!(!drafts.has_any());
        drafts.leave(left(None, "new"));
        drafts.leave(left(Some(schedule("a")), "older"));
        drafts.leave(left(Some(schedule("a")), "edited"));
        assert_eq!(name(None).as_deref(), Some("new"));
        assert_eq!(name(Some("a")).as_deref(), Some("edited"));
        assert_eq!(name(Some("b")), None);
        drafts.forget(Some("a"));
        assert_eq!(name(Some("a")), None);
        drafts.forget(None);
        assert!(!drafts.has_any());
    }
}
