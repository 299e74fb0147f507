//! A request of the check, the answer to it, and which kind of answer that is.

use super::finding::Text;
use super::words;
use crate::decode;
use crate::error::ApiError;
use crate::family::{Containers, Family};
use crate::page::Page;
use crate::text;
use serde_json::Value;

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

impl Ask {
    /// Whether the headers of the answer are enough, so that its body need not be read.
    pub fn needs_no_body(&self) -> bool {
        matches!(self.step, Step::File(_))
    }
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
    /// The list, and the cloud of the first family that has it.
    Containers(&'static Containers, &'static str),
    Schedules,
    Page,
    File(Kind),
}

impl Step {
    pub fn is_of_family(&self) -> bool {
        matches!(self, Self::First(_) | Self::Newest(_) | Self::Unsorted(_) | Self::Oldest(_))
    }
}

/// The answer to one [`Ask`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The HTTP status; 0 where no answer came, or a redirect whose status the browser does not tell.
    pub status: u16,
    /// The headers, in any case. A header that was sent twice is here twice, or once with a comma between its values.
    pub headers: Vec<(String, String)>,
    /// The body as text. It may be left empty where [`Ask::needs_no_body`].
    pub body: String,
    /// When the request was sent, in milliseconds since the epoch by the clock of this computer.
    pub sent: i64,
    /// When the head of the answer came, in milliseconds since the epoch by the same clock.
    pub received: i64,
    /// Why no answer came; empty where one came.
    pub failure: String,
    /// Whether the answer was a redirect, which is never followed.
    pub is_redirect: bool,
}

/// What an answer is, before anybody looks into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// No answer.
    Lost,
    /// A redirect. The API redirects nobody.
    Redirect,
    /// A page. The API sends none.
    Page,
    /// A 2xx of another form than a page.
    Good,
    /// 401 by the API.
    SignedOut,
    /// 403 by the API, because of a missing license.
    Unlicensed,
    /// 403 by the API for another reason.
    Forbidden,
    /// 404 by the API.
    Missing,
    /// 405 by the API.
    OtherMethod,
    /// Another 4xx by the API.
    Refused,
    /// A 4xx without the words of the API, so it may be a proxy's.
    Foreign,
    /// Any other status.
    Failed,
}

/// What follows where a proxy has answered.
pub const BETWEEN: &str = "A proxy has answered in place of the CipherTrust Manager, perhaps to ask for a sign-in. Sign in there, or let it pass /api/ on.";

/// What follows where a proxy says that it has no answer.
const NOT_BEHIND: &str = "The proxy reached no CipherTrust Manager, or none that is ready. Run the check again in a moment; if that does not help, look at both.";

impl Answer {
    /// The answer that did not come.
    pub fn lost(why: &str) -> Self {
        Self { failure: why.to_owned(), ..Self::default() }
    }

    /// A redirect of which nothing else is known.
    pub fn redirected() -> Self {
        Self { is_redirect: true, ..Self::default() }
    }

    /// The answer without these secrets, in case a server repeats what it was sent.
    #[must_use]
    pub fn without(mut self, secrets: &[&str]) -> Self {
        for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
            let texts = self.headers.iter_mut().map(|(_, value)| value);
            for text in texts.chain([&mut self.body, &mut self.failure]) {
                if text.contains(secret) {
                    *text = text.replace(secret, "(secret left out)");
                }
            }
        }
        self
    }

    /// Whether the API itself says that the credential is not valid, or not any more, which it does with a `codeDesc`. A 401
    /// of a proxy says nothing of it.
    pub fn is_signed_out(&self) -> bool {
        self.class() == Class::SignedOut && self.error().is_some_and(|error| !error.code_desc.is_empty())
    }

    pub(super) fn class(&self) -> Class {
        let is_html = self.media_type().is_some_and(|kind| kind.eq_ignore_ascii_case("text/html"));
        match self.status {
            _ if self.is_redirect || (300..400).contains(&self.status) => Class::Redirect,
            0 => Class::Lost,
            _ if text::is_page(&self.body) || is_html => Class::Page,
            200..300 => Class::Good,
            400..500 if self.error().is_none() => Class::Foreign,
            401 => Class::SignedOut,
            403 if self.error().is_some_and(|error| error.is_unlicensed(403)) => Class::Unlicensed,
            403 => Class::Forbidden,
            404 => Class::Missing,
            405 => Class::OtherMethod,
            400..500 => Class::Refused,
            _ => Class::Failed,
        }
    }

    /// The list in the answer; `None` where there is none.
    pub(super) fn list(&self) -> Option<Page<Value>> {
        let page = || decode::list(&self.body, |item| item.is_object().then_some(item)).ok();
        (self.class() == Class::Good).then(page).flatten()
    }

    /// The object in the answer; `None` where there is none.
    pub(super) fn object(&self) -> Option<Value> {
        (self.class() == Class::Good).then(|| decode::object(&self.body).ok()).flatten()
    }

    /// What came in place of what was asked for. `wanted` is that, with its article.
    pub(super) fn said(&self, wanted: &str) -> Text {
        let status = format!("HTTP {}", self.status);
        match self.class() {
            Class::Lost => Text::plain("No answer: ").name_or(&self.failure, "the connection failed"),
            Class::Redirect => Text::plain("A redirect to another address, and no answer of the interface"),
            Class::Page => Text::plain(status).and(", a proxy's page, and no answer of the interface"),
            Class::Foreign => Text::plain(status).and(", without the words of the interface"),
            Class::Good if self.error().is_none() => Text::plain(status).and(", and not ").and(wanted),
            _ => self.refusal(status),
        }
    }

    /// What follows from an answer that no server of the API sends; `None` for all others.
    pub(super) fn between(&self) -> Option<&'static str> {
        match self.class() {
            Class::Lost => Some("Nothing is known about it. Check the connection, and what stands between."),
            Class::Page if self.status >= 500 => Some(NOT_BEHIND),
            Class::Redirect | Class::Page => Some(BETWEEN),
            _ => None,
        }
    }

    fn error(&self) -> Option<ApiError> {
        ApiError::from_body(&self.body)
    }

    /// The status with the error's name, and the message as a name.
    fn refusal(&self, status: String) -> Text {
        let refused = Text::plain(status);
        let Some(error) = self.error() else { return refused };
        let refused = match error.name() {
            "" => refused,
            name if words::is_error_name(name) => refused.and(" · ").and(name),
            name => refused.and(" · ").name_or(name, "another error"),
        };
        if error.message.is_empty() {
            refused
        } else {
            refused.and(": ").name_or(error.message.replace('\n', " "), words::without_names(&error.message))
        }
    }
}

pub fn ask(step: Step, path: String, purpose: &str) -> Ask {
    Ask { place: Place::Api, path, purpose: purpose.to_owned(), step }
}

pub fn ask_file(kind: Kind, path: String) -> Ask {
    Ask { place: Place::Page, ..ask(Step::File(kind), path, kind.what()) }
}
