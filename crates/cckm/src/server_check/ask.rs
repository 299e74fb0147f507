//! A request of the check, and the answer to it.

use super::finding::Text;
use super::words;
use crate::error::ApiError;
use crate::family::{Containers, Family};
use crate::text;

/// A file of the panel that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Script,
    Program,
}

impl Kind {
    pub fn what(self) -> &'static str {
        match self {
            Self::Script => "the script",
            Self::Program => "the program",
        }
    }
}

/// Where a path begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At the base path of the API, with the credential of the person.
    Api,
    /// At the folder of the panel's page, without a credential.
    Page,
}

/// One request of the check; its method is GET.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Where [`Ask::path`] begins.
    pub place: Place,
    /// The path with its query.
    pub path: String,
    /// What is looked at, as it follows "Looking at".
    pub purpose: String,
    pub(super) step: Step,
}

#[derive(Debug, Clone)]
pub enum Step {
    User,
    Info,
    Licences,
    First(&'static Family),
    Newest(&'static Family),
    /// The same without `sort`, after the server has refused it.
    Unsorted(&'static Family),
    Oldest(&'static Family),
    Containers(&'static Containers),
    Schedules,
    Page,
    File(Kind),
}

/// The answer to one [`Ask`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The HTTP status; 0 where no answer came.
    pub status: u16,
    /// The headers, in any case.
    pub headers: Vec<(String, String)>,
    /// The body as text. It may be left empty for files that are not text.
    pub body: String,
    /// When the request was sent, in milliseconds since the epoch by the clock of this computer.
    pub sent: i64,
    /// When the head of the answer came, in milliseconds since the epoch by the same clock.
    pub received: i64,
    /// Why no answer came; empty where one came.
    pub failure: String,
}

impl Answer {
    /// The answer that did not come.
    pub fn lost(why: &str) -> Self {
        Self { failure: why.to_owned(), ..Self::default() }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    pub(super) fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What the server says, where it refuses: the status with the error's name, and its message as a name.
    pub(super) fn refusal(&self) -> Text {
        let refused = Text::plain(format!("HTTP {}", self.status));
        match ApiError::from_body(&self.body) {
            Some(error) => {
                let name = words::identifier(error.name());
                let refused = if name.is_empty() { refused } else { refused.and(" · ").and(&name) };
                if error.message.is_empty() {
                    refused
                } else {
                    refused.and(": ").name(error.message.replace('\n', " "))
                }
            }
            None if text::is_page(&self.body) => refused.and(", a page of another program"),
            None => refused,
        }
    }
}

pub fn ask(step: Step, path: String, purpose: &str) -> Ask {
    Ask { place: Place::Api, path, purpose: purpose.to_owned(), step }
}

pub fn ask_file(kind: Kind, path: String) -> Ask {
    Ask { place: Place::Page, ..ask(Step::File(kind), path, kind.what()) }
}
