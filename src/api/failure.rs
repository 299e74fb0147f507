//! Failures of requests, with messages that a person can act on.
//!
//! Owns the messages. Pure: it neither sends requests nor shows notices.

use cckm::decode::DecodeError;
use cckm::error::ApiError;
use cckm::family::Family;
use cckm::text;

/// A failed request: its purpose, and the cause.
#[derive(Clone)]
pub struct Failure {
    /// The purpose of the request, as it follows "Could not": "load the AWS jobs".
    pub purpose: String,
    pub cause: Cause,
    /// The milliseconds to wait before the next request, by the server's `Retry-After`; 0 without that header.
    pub wait: f64,
}

impl PartialEq for Failure {
    /// Whether both have the same message. The id of the request and the wait differ each time, and are not compared.
    fn eq(&self, other: &Self) -> bool {
        self.purpose == other.purpose && self.kind() == other.kind() && self.words() == other.words()
    }
}

#[derive(Clone)]
pub enum Cause {
    /// The server responded with a status outside of 2xx.
    Refused { status: u16, error: Option<Box<ApiError>>, text: String },
    /// No response. The text is the browser's message.
    Network(String),
    /// No response within this many seconds.
    Timeout(u32),
    /// The input cannot be sent, for the reason in the sentence.
    Input(&'static str),
    /// A response that does not match the API: what is wrong with it, and its beginning.
    Unreadable { why: String, begins: String },
    /// A file of the panel itself did not arrive, or is not the published one.
    OwnFile,
    /// A redirect. It is never followed: the API sends no redirects, and a redirected POST would become a GET.
    Redirected,
}

/// The advice where a page or a redirect is received in place of a response.
const SIGN_IN_BETWEEN: &str = "A sign-in page of a proxy may be in between. Load the page again to get past it, or do so in another tab and then \
     try again here, which keeps what is typed.";

/// How many characters of a response that is not JSON are stored. A notice scrolls through them.
const SHOWN: usize = 200_000;

impl Failure {
    pub fn new(purpose: &str, cause: Cause) -> Self {
        Self { purpose: purpose.to_owned(), cause, wait: 0.0 }
    }

    /// The failure of a response with this status and body, which may be JSON, the HTML of a proxy, or empty.
    pub fn refused(purpose: &str, status: u16, body: &str) -> Self {
        let error = ApiError::from_body(body);
        let text = if error.is_some() { String::new() } else { begin(body) };
        Self::new(purpose, Cause::Refused { status, error: error.map(Box::new), text })
    }

    pub fn unreadable(purpose: &str, why: &str, body: &str) -> Self {
        Self::new(purpose, Cause::Unreadable { why: why.to_owned(), begins: begin(body) })
    }

    /// The failure of a 2xx response that cannot be decoded. `shown` is the part of its text that may be shown.
    pub fn wrong(purpose: &str, wrong: &DecodeError, shown: &str) -> Self {
        let why = match wrong {
            // 200 stands for every 2xx status: the status is good, and the body is an error.
            DecodeError::Error => return Self::refused(purpose, 200, shown),
            DecodeError::Page => "It is a page and no data.".to_owned(),
            DecodeError::Empty => "It is empty.".to_owned(),
            DecodeError::Shape(why) => ["It is not the JSON that was expected (", why, ")."].concat(),
        };
        Self::unreadable(purpose, &why, shown)
    }

    /// The failure that another tab posted: its status, 0 for a failure without one, and its message.
    pub fn from_shared(purpose: &str, status: u16, words: String, wait: f64) -> Self {
        let cause = if status == 0 {
            Cause::Network(words)
        } else {
            let error = ApiError { message: words, ..ApiError::default() };
            Cause::Refused { status, error: Some(Box::new(error)), text: String::new() }
        };
        Self { wait, ..Self::new(purpose, cause) }
    }

    /// The status and the message to post to another tab, for [`Failure::from_shared`]; `None` where the failure
    /// concerns this tab alone.
    pub fn to_shared(&self) -> Option<(u16, String)> {
        match &self.cause {
            Cause::Refused { status: 401, .. }
            | Cause::Input(_)
            | Cause::Unreadable { .. }
            | Cause::OwnFile
            | Cause::Redirected => None,
            Cause::Refused { status, .. } => Some((*status, self.words())),
            Cause::Network(words) => Some((0, words.clone())),
            Cause::Timeout(_) => Some((0, self.kind())),
        }
    }

    pub fn status(&self) -> Option<u16> {
        if let Cause::Refused { status, .. } = self.cause { Some(status) } else { None }
    }

    pub fn title(&self) -> String {
        format!("Could not {}", self.purpose)
    }

    /// All of it in one text: "Could not sign out: HTTP 403: You may not".
    pub fn whole(&self) -> String {
        let mut texts = vec![self.title(), self.kind(), self.words()];
        texts.retain(|text| !text.is_empty());
        texts.join(": ")
    }

    /// The server's own message: `codeDesc` and `message`, or the beginning of what it sent instead.
    pub fn words(&self) -> String {
        match &self.cause {
            Cause::Refused { error: Some(error), .. } => {
                match (error.code_desc.as_str(), error.message.as_str()) {
                    ("", message) => message.to_owned(),
                    (code, "") => code.to_owned(),
                    (code, message) => format!("{code}: {message}"),
                }
            }
            Cause::Refused { text, .. } => text.clone(),
            Cause::Network(words) => words.clone(),
            Cause::Timeout(_) | Cause::OwnFile | Cause::Redirected => String::new(),
            Cause::Input(why) => (*why).to_owned(),
            Cause::Unreadable { why, begins } if begins.is_empty() => why.clone(),
            Cause::Unreadable { why, begins } => format!("{why} The answer begins: {begins}"),
        }
    }

    /// The kind of the failure in a few words: "HTTP 403", "No connection".
    pub fn kind(&self) -> String {
        match &self.cause {
            Cause::Refused { status, .. } => format!("HTTP {status}"),
            Cause::Network(_) => "No connection".to_owned(),
            Cause::Timeout(seconds) => format!("No answer within {seconds} s"),
            Cause::Input(_) => "Not sent".to_owned(),
            Cause::Unreadable { .. } => "An answer that the panel cannot read".to_owned(),
            Cause::OwnFile => "A file is missing".to_owned(),
            Cause::Redirected => "The answer leads to another address".to_owned(),
        }
    }

    /// Whether a page or a redirect was received in place of a response.
    pub fn is_page(&self) -> bool {
        match &self.cause {
            Cause::Refused { error: Some(error), .. } => {
                error.code_desc.is_empty() && text::is_page(&error.message)
            }
            Cause::Refused { text, .. } => text::is_page(text),
            Cause::Unreadable { begins, .. } => text::is_page(begins),
            Cause::Redirected => true,
            Cause::Network(_) | Cause::Timeout(_) | Cause::Input(_) | Cause::OwnFile => false,
        }
    }

    /// Whether to load the page again may help.
    pub fn may_reload(&self) -> bool {
        self.is_page() || matches!(self.cause, Cause::OwnFile)
    }

    /// Whether the request is longer than the server, or a proxy before it, accepts: its URL, its headers or its body.
    pub fn is_too_long(&self) -> bool {
        match self.status() {
            Some(413 | 414 | 431) => true,
            // The message of nginx for headers that are too long.
            Some(400) => self.is_page() && text::holds(&self.words(), "too large"),
            _ => false,
        }
    }

    /// Whether the server may have executed the request although no response confirms it.
    pub fn is_lost(&self) -> bool {
        match &self.cause {
            Cause::Network(_) | Cause::Timeout(_) | Cause::Unreadable { .. } | Cause::Redirected => true,
            Cause::Refused { status, .. } => !(400..500).contains(status),
            Cause::Input(_) | Cause::OwnFile => false,
        }
    }

    /// Whether the response to a sign-in suggests that the host is not a `CipherTrust` Manager.
    pub fn is_foreign(&self) -> bool {
        match &self.cause {
            Cause::Refused { status, .. } => matches!(status, 404 | 405) || (self.is_page() && *status < 500),
            Cause::Network(_) | Cause::Timeout(_) | Cause::Unreadable { .. } | Cause::Redirected => true,
            Cause::Input(_) | Cause::OwnFile => false,
        }
    }

    /// The id of the request in the server's log; empty where the response has none.
    pub fn request_id(&self) -> &str {
        match &self.cause {
            Cause::Refused { error: Some(error), .. } => &error.request_id,
            _ => "",
        }
    }

    /// The next step for the person, in one sentence.
    pub fn advice(&self) -> &'static str {
        match &self.cause {
            _ if self.is_too_long() => {
                "The filter or the selection is too long for the server, or for a proxy before it. Choose less of it."
            }
            Cause::Refused { status: 500.., .. } if self.is_page() => {
                "The server or the proxy before it is not ready. Try again in a moment. It answered with a page: if that is a \
                 sign-in page, load the page again."
            }
            _ if self.is_page() => SIGN_IN_BETWEEN,
            Cause::Refused { status: 400, .. } => {
                "Check what was chosen; the server says above what it did not take."
            }
            Cause::Refused { status: 401, .. } => "Sign in again.",
            Cause::Refused { status: 403, .. } if self.is_unlicensed() => {
                "The server has no license for this. Whoever manages its licenses can add one."
            }
            Cause::Refused { status: 403, .. } => {
                "Your user may not do this. Whoever manages the groups of this domain can allow it."
            }
            Cause::Refused { status: 404, .. } => {
                "The server does not know it: it was removed, or this version of the server has no such thing."
            }
            Cause::Refused { status: 409, .. } => {
                "It gets in the way of something that is already there or running."
            }
            Cause::Refused { status: 429, .. } => {
                "The server asks for fewer requests. Wait a moment, then try again."
            }
            Cause::Refused { status: 500.., .. } => {
                "The server or the proxy before it is not ready. Try again in a moment."
            }
            Cause::Refused { .. } => "Try again, or ask whoever runs the server.",
            Cause::Network(_) => "Check the connection to the server, then try again.",
            Cause::Timeout(_) => "The server may be busy. Try again in a moment.",
            Cause::Input(_) => "Check what was typed.",
            Cause::Unreadable { .. } => {
                "Something between the panel and the server may have answered in its place. Try again, or ask whoever runs the server."
            }
            Cause::OwnFile => {
                "It did not arrive, or is another than this page asks for: a new version may have been published. If trying \
                 again does not help, load the page again."
            }
            Cause::Redirected => SIGN_IN_BETWEEN,
        }
    }

    /// Whether [`Failure::advice`] depends on the status alone, so that an explanation of the server's message is
    /// better.
    pub fn is_advice_general(&self) -> bool {
        matches!(self.status(), Some(401 | 403 | 409)) && !self.is_page()
    }

    /// Whether the server refuses because a license is missing.
    pub fn is_unlicensed(&self) -> bool {
        matches!(&self.cause, Cause::Refused { status, error: Some(error), .. } if error.is_unlicensed(*status))
    }

    /// Whether the server says that what was asked for does not exist. The page of a proxy does not say so.
    pub fn is_missing(&self) -> bool {
        self.status() == Some(404) && !self.is_page()
    }

    /// Whether the failure of the list of `family` means that the server does not have this optional family.
    pub fn is_absence_of(&self, family: &Family) -> bool {
        family.optional
            && !self.is_page()
            && (matches!(self.status(), Some(404 | 405)) || self.is_unlicensed())
    }

    /// Whether the server will refuse the same request again: every 4xx except 408, 429, and a page, which comes from
    /// a proxy.
    pub fn is_for_good(&self) -> bool {
        !self.is_page()
            && self
                .status()
                .is_some_and(|status| (400..500).contains(&status) && !matches!(status, 408 | 429))
    }

    /// Whether the same request may succeed later without any change by the person.
    pub fn may_pass(&self) -> bool {
        match &self.cause {
            _ if self.is_too_long() => false,
            _ if self.is_page() => true,
            Cause::Refused { status, .. } => !matches!(status, 400 | 401),
            _ => true,
        }
    }
}

fn begin(body: &str) -> String {
    let body = body.trim();
    match body.char_indices().nth(SHOWN) {
        None => body.to_owned(),
        Some((end, _)) => [body.get(..end).unwrap_or_default(), "…"].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_words_are_kept() {
        let failure = Failure::refused(
            "load the jobs",
            403,
            r#"{"code":6,"codeDesc":"NCERRInsufficientPermissions","message":"License not installed yet for feature X"}"#,
        );
        assert_eq!(failure.words(), "NCERRInsufficientPermissions: License not installed yet for feature X");
        assert!(failure.is_unlicensed());
        assert!(failure.advice().contains("license"));
    }

    #[test]
    fn a_proxys_page_tells_nothing_of_what_the_server_has() {
        let missing = |status, body| Failure::refused("load this schedule", status, body).is_missing();
        assert!(missing(404, r#"{"codeDesc":"NCERRResourceNotFound","message":"no such schedule"}"#));
        assert!(missing(404, ""));
        assert!(!missing(404, "<html>Not Found</html>"));
        assert!(!missing(403, r#"{"codeDesc":"NCERRResourceNotFound"}"#));
    }

    #[test]
    fn what_another_tab_heard_is_what_this_one_would_have_shown() {
        let in_other_tab = |failure: &Failure| {
            let (status, words) = failure.to_shared()?;
            Some(Failure::from_shared(&failure.purpose, status, words, failure.wait))
        };
        for body in ["<h1>Bad gateway</h1>", r#"{"codeDesc":"NCERR","message":"License not installed"}"#, ""]
        {
            let failure = Failure { wait: 7.0, ..Failure::refused("load the jobs", 403, body) };
            let other = in_other_tab(&failure).expect("told");
            assert!(
                other == failure
                    && other.advice() == failure.advice()
                    && other.wait.total_cmp(&failure.wait).is_eq()
            );
        }
        let lost = Failure::new("load the jobs", Cause::Network("gone".to_owned()));
        assert!(in_other_tab(&lost).is_some_and(|other| other == lost));
        assert!(Failure::refused("load the jobs", 401, "").to_shared().is_none(), "its own session is over");
        assert!(Failure::new("go on", Cause::Input("Nobody is signed in any more.")).to_shared().is_none());
    }

    #[test]
    fn the_same_words_of_another_request_are_no_news() {
        let failure = |message: &str, id: u32| {
            let body = format!(r#"{{"codeDesc":"NCERR","message":"{message}","requestID":"{id}"}}"#);
            Failure { wait: f64::from(id), ..Failure::refused("load the jobs", 503, &body) }
        };
        assert!(failure("Later", 1) == failure("Later", 2));
        assert!(failure("Later", 1) != failure("Never", 1));
        assert!(failure("Later", 1) != Failure { purpose: "start".to_owned(), ..failure("Later", 1) });
        assert!(Failure::refused("load", 502, "<p>") != Failure::refused("load", 503, "<p>"));
    }

    #[test]
    fn a_proxys_page_is_shown_from_its_beginning() {
        let page = format!("<html>{}</html>", "é".repeat(SHOWN));
        let failure = Failure::refused("load the jobs", 502, &page);
        assert_eq!(failure.kind(), "HTTP 502");
        assert_eq!(failure.words().chars().count(), SHOWN + 1);
        let whole = format!("<html>{}</html>", "é".repeat(1000));
        assert_eq!(Failure::refused("load the jobs", 502, &whole).words(), whole);
        assert!(failure.may_pass());
    }

    #[test]
    fn an_empty_refusal_still_says_what_to_do() {
        for status in [400, 401, 403, 404, 409, 418, 429, 500, 504] {
            let failure = Failure::refused("start", status, "");
            assert_eq!(failure.words(), "");
            assert!(!failure.advice().is_empty());
        }
    }
}
