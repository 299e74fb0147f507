//! What became of a request whose answer was lost: the schedules are read, and nothing is sent again by itself.

use crate::api::failure::Failure;
use crate::auth::Session;
use crate::state::schedules::{ScheduleList, read};
use cckm::container::Directory;
use cckm::schedule::{Draft, Schedule, patch_body, rebase};
use cckm::time::Stamp;
use serde_json::Value;
use std::sync::Arc;

/// What the look has found.
#[derive(Clone, PartialEq)]
pub enum Found {
    /// A schedule as it was sent: the request has reached the server.
    There(Arc<Schedule>),
    /// No such schedule, or one without the change.
    NotThere,
    /// The schedules could not be read. Contains the kind of the failure.
    Unknown(String),
}

impl Found {
    /// The result as a sentence. `is_new` says whether a schedule was to be created.
    pub fn words(&self, is_new: bool) -> String {
        match (self, is_new) {
            (Self::There(schedule), true) => [
                "A schedule named “",
                &schedule.title(),
                "” is there now: the request seems to have reached the server.",
            ]
            .concat(),
            (Self::There(_), false) => {
                "The schedule is now as you have sent it: the request seems to have reached the server."
                    .to_owned()
            }
            (Self::NotThere, true) => {
                "No new schedule of this name is there: the request may not have reached the server."
                    .to_owned()
            }
            (Self::NotThere, false) => {
                "The schedule is not as you have sent it: the request may not have reached the server."
                    .to_owned()
            }
            (Self::Unknown(kind), _) => [
                "Whether the request reached the server is not known: the schedules could not be read (",
                kind,
                ").",
            ]
            .concat(),
        }
    }
}

/// Looks for a new schedule with the name of `draft`. `known` are the schedules from before; without them nobody knows
/// which is new.
pub async fn created(session: Session, draft: &Draft, known: Result<ScheduleList, Failure>) -> Found {
    let (known, list) = match (known, read(session).await) {
        (Ok(known), Ok(list)) => (known, list),
        (Err(failure), _) | (_, Err(failure)) => return Found::Unknown(failure.kind()),
    };
    let is_new = |one: &&Arc<Schedule>| known.get(&one.id).is_none();
    let mut named = list.schedules.iter().filter(|one| one.name.trim() == draft.name.trim());
    named.find(is_new).map_or(Found::NotThere, |one| Found::There(one.clone()))
}

/// Looks whether the schedule of `base` has the fields that `draft` has changed.
pub async fn changed(
    session: Session,
    base: &Schedule,
    draft: &Draft,
    directory: Option<&Directory>,
    now: Stamp,
) -> Found {
    match session.send(crate::api::schedules::schedule(&base.id)).await {
        Err(failure) => Found::Unknown(failure.kind()),
        Ok(schedule) => {
            // What somebody else has done to the fields that were not sent is no sign that it was lost.
            let mine = rebase(base, &schedule, draft, directory);
            let rest = patch_body(&schedule, &mine, directory, now);
            let is_same = matches!(&rest, Ok(Value::Object(left)) if left.is_empty());
            if is_same { Found::There(Arc::new(schedule)) } else { Found::NotThere }
        }
    }
}
