//! The starts that wait for their response, and those of an earlier page that was closed meanwhile.
//!
//! Only where the page is closed while a start waits does the browser keep it, for the next page to look for its job:
//! the cloud, the time, and how many containers were chosen. It keeps no name and no id.

use crate::auth::Session;
use crate::auth::identity::AuthState;
use crate::clock;
use crate::state::local_storage;
use cckm::family::Family;
use cckm::time::Stamp;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The name in the browser's storage.
const NAME: &str = "sent-starts";

/// A start that was sent.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct SentStart {
    /// The family's slug.
    pub family: String,
    /// When it was sent, in milliseconds since the epoch.
    pub at: i64,
    /// When the newest job that was known then had been created.
    pub newest: Option<i64>,
    /// How many containers were chosen; `None` for everything.
    pub containers: Option<usize>,
}

/// A start that an earlier page has sent, as it is stored: only the person who has sent it is told.
#[derive(Serialize, Deserialize)]
struct Stored {
    who: String,
    start: SentStart,
}

#[derive(Clone, Copy, Default)]
pub struct SentStarts {
    /// The starts that wait, each with its number.
    waiting: StoredValue<Vec<(u32, SentStart)>>,
    last: StoredValue<u32>,
}

impl SentStarts {
    /// Notes that the start of `family` with `body` is sent now, where the newest known job was created at `newest`.
    /// [`SentStarts::end`] takes its number.
    pub fn begin(self, family: &'static Family, newest: Option<Stamp>, body: &Value) -> u32 {
        let number = self.last.get_value().wrapping_add(1);
        self.last.set_value(number);
        let start = SentStart {
            family: family.slug.to_owned(),
            at: clock::now().millis(),
            newest: newest.map(Stamp::millis),
            containers: body.get(family.selector).and_then(Value::as_array).map(Vec::len),
        };
        self.waiting.update_value(|waiting| waiting.push((number, start)));
        number
    }

    /// Notes that the result of a start is known, or that the person is told what is not.
    pub fn end(self, number: u32) {
        // Nothing is left of them after a sign-out.
        _ = self.waiting.try_update_value(|waiting| waiting.retain(|(known, _)| *known != number));
    }

    /// Stores the starts that wait, because the page is being closed.
    pub fn keep(self, session: Session) {
        let waiting = self.waiting.get_value();
        if waiting.is_empty() {
            return;
        }
        let who = who(session);
        let mut stored: Vec<Stored> = local_storage::read(NAME).unwrap_or_default();
        stored.extend(waiting.into_iter().map(|(_, start)| Stored { who: who.clone(), start }));
        local_storage::write(NAME, &stored);
    }
}

/// Takes the starts that an earlier page of the same person has stored.
pub fn take(session: Session) -> Vec<SentStart> {
    let Some(stored) = local_storage::read::<Vec<Stored>>(NAME) else { return Vec::new() };
    let who = who(session);
    let (own, others): (Vec<_>, Vec<_>) = stored.into_iter().partition(|stored| stored.who == who);
    if !own.is_empty() {
        local_storage::write(NAME, &others);
    }
    own.into_iter().map(|stored| stored.start).collect()
}

/// A number for the signed-in person in the domain, from which nobody can tell the name.
fn who(session: Session) -> String {
    let AuthState::SignedIn(who) = untrack(|| session.state()) else { return String::new() };
    number_of([who.name.as_str(), "\n", who.domain.as_str()].concat().as_bytes())
}

/// The FNV-1a hash of `bytes`, of 32 bits: enough to tell the few users of a browser apart.
fn number_of(bytes: &[u8]) -> String {
    let hash =
        bytes.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    hash.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_person_is_that_of_fnv() {
        assert_eq!(number_of(b""), 0x811c_9dc5_u32.to_string());
        assert_eq!(number_of(b"a"), 0xe40c_292c_u32.to_string());
        assert_ne!(number_of(b"ada\nroot"), number_of(b"ada\npayments"));
    }
}
