//! The starts that wait for their response, and those of an earlier page that was closed meanwhile.
//!
//! Only where the page is closed or the session ends while a start waits does the browser keep it, for the next page or
//! session to look for its job: the cloud, the time, and how many containers were chosen. It keeps no name and no id.

use crate::auth::Session;
use crate::auth::identity::AuthState;
use crate::clock;
use crate::state::local_storage;
use cckm::family::{self, Family};
use cckm::time::Stamp;
use leptos::prelude::*;
use serde_json::Value;

/// The name in the browser's storage. Its value is a line for each start: the number of the person, and the start.
const NAME: &str = "sent-starts";

/// Stands for what is not there.
const NONE: &str = "-";

/// A start that was sent.
#[derive(Clone, PartialEq, Debug)]
pub struct SentStart {
    pub family: &'static Family,
    /// When it was sent, in milliseconds since the epoch.
    pub at: i64,
    /// When the newest job that was known then had been created.
    pub newest: Option<i64>,
    /// How many containers were chosen; `None` for everything.
    pub containers: Option<usize>,
}

impl SentStart {
    fn to_text(&self) -> String {
        let newest = self.newest.map_or_else(|| NONE.to_owned(), |newest| newest.to_string());
        let containers = self.containers.map_or_else(|| NONE.to_owned(), |count| count.to_string());
        [self.family.slug, &self.at.to_string(), &newest, &containers].join(" ")
    }

    fn of_text(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let family = family::by_slug(words.next()?)?;
        let mut number = || match words.next()? {
            NONE => Some(None),
            word => word.parse::<i64>().ok().map(Some),
        };
        let (at, newest, containers) = (number()??, number()?, number()?);
        Some(Self { family, at, newest, containers: containers.and_then(|count| count.try_into().ok()) })
    }
}

/// The starts that wait.
#[derive(Clone, Copy)]
pub struct SentStarts {
    /// The number of the person whose starts they are.
    who: StoredValue<String>,
    /// Each with its number, the latest last.
    waiting: StoredValue<Vec<(u32, SentStart)>>,
    /// The lines that this page has stored.
    kept: StoredValue<Vec<String>>,
}

impl SentStarts {
    /// Of the person who is signed in.
    pub fn new(session: Session) -> Self {
        Self {
            who: StoredValue::new(who(session)),
            waiting: StoredValue::new(Vec::new()),
            kept: StoredValue::new(Vec::new()),
        }
    }

    /// Notes that the start of `family` with `body` is sent now, where the newest known job was created at `newest`.
    /// [`SentStarts::end`] takes its number.
    pub fn begin(self, family: &'static Family, newest: Option<Stamp>, body: &Value) -> u32 {
        let start = SentStart {
            family,
            at: clock::now().millis(),
            newest: newest.map(Stamp::millis),
            containers: body.get(family.selector).and_then(Value::as_array).map(Vec::len),
        };
        let begun = self.waiting.try_update_value(|waiting| {
            let number = waiting.last().map_or(0, |(last, _)| last + 1);
            waiting.push((number, start));
            number
        });
        begun.unwrap_or_default()
    }

    /// Notes that the result of a start is known, or that the person is told what is not.
    pub fn end(self, number: u32) {
        // Nothing is left of them after a sign-out.
        _ = self.waiting.try_update_value(|waiting| waiting.retain(|(known, _)| *known != number));
    }

    /// Stores the starts that wait, because the page is being closed or the session ends.
    pub fn keep(self) {
        let who = self.who.get_value();
        let line = |(_, start): &(u32, SentStart)| [&who, " ", &start.to_text()].concat();
        let lines: Vec<_> = self.waiting.with_value(|waiting| waiting.iter().map(line).collect());
        if !lines.is_empty() {
            change(|stored| stored.extend(lines.iter().cloned()));
        }
        self.kept.set_value(lines);
    }

    /// Removes what [`SentStarts::keep`] has stored, because the page was not closed after all.
    pub fn take_back(self) {
        let kept = self.kept.try_update_value(std::mem::take).unwrap_or_default();
        if !kept.is_empty() {
            change(|stored| stored.retain(|line| !kept.contains(line)));
        }
    }

    /// Takes the starts that an earlier page or session of the same person has stored.
    pub fn take(self) -> Vec<SentStart> {
        if local_storage::read::<String>(NAME).is_none_or(|stored| stored.is_empty()) {
            return Vec::new();
        }
        let (who, mut own) = (self.who.get_value(), Vec::new());
        change(|stored| {
            stored.retain(|line| match line.split_once(' ') {
                Some((whose, start)) if whose == who => {
                    own.extend(SentStart::of_text(start));
                    false
                }
                _ => true,
            });
        });
        own
    }
}

/// Changes the stored lines.
fn change(change: impl FnOnce(&mut Vec<String>)) {
    let stored = local_storage::read::<String>(NAME).unwrap_or_default();
    let mut lines = stored.lines().map(str::to_owned).collect();
    change(&mut lines);
    let text: String = lines.iter().map(|line| [line, "\n"].concat()).collect();
    if text != stored {
        local_storage::write(NAME, &text);
    }
}

/// A number for the signed-in person in the domain. It tells the users of one browser apart, and is no secret.
fn who(session: Session) -> String {
    let AuthState::SignedIn(who) = untrack(|| session.state()) else { return NONE.to_owned() };
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
    use cckm::family::FAMILIES;

    #[test]
    fn a_start_survives_the_storage_and_another_text_is_none() {
        for family in FAMILIES {
            for (newest, containers) in
                [(None, None), (Some(-5), Some(0)), (Some(1_772_000_000_000), Some(40))]
            {
                let start = SentStart { family, at: 1_772_000_000_000, newest, containers };
                assert_eq!(SentStart::of_text(&start.to_text()), Some(start));
            }
        }
        let known = FAMILIES[0].slug;
        for text in ["", "nimbus 1 2 3", known, &format!("{known} - 1 2"), &format!("{known} 1 x 2")] {
            assert_eq!(SentStart::of_text(text), None, "{text}");
        }
    }

    #[test]
    fn the_number_of_a_person_is_that_of_fnv() {
        assert_eq!(number_of(b""), 0x811c_9dc5_u32.to_string());
        assert_eq!(number_of(b"a"), 0xe40c_292c_u32.to_string());
        assert_ne!(number_of(b"ada\nroot"), number_of(b"ada\npayments"));
    }
}
