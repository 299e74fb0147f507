//! What a server and the proxy before it are asked, so that a person learns what the panel can do there.
//!
//! Pure. [`Check`] gives one request after the other as data, takes the answer to each, and derives [`Finding`]s. All
//! requests are GET requests, so a check changes nothing. Who sends them, and with which credential, is left to the
//! caller.
//!
//! ```
//! use cckm::server_check::{Answer, Check};
//!
//! let mut check = Check::new(&[]);
//! while check.next().is_some() {
//!     check.take(&Answer::lost("the connection was refused"));
//! }
//! assert!(check.findings().iter().all(|finding| !finding.is_fine()));
//! ```

mod family;
mod finding;
mod proxy;
mod report;
mod session;
mod words;

pub use finding::{Finding, Group, Severity, Text};
pub use report::Report;

use crate::error::ApiError;
use crate::family::{Containers, Family};
use crate::text;
use std::collections::VecDeque;

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
    step: Step,
}

#[derive(Debug, Clone)]
enum Step {
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
    File(proxy::Kind),
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

    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What the server says, where it refuses: the status with the error's name, and its message as a name.
    fn refusal(&self) -> Text {
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

/// A running check.
#[derive(Debug, Clone)]
pub struct Check {
    queue: VecDeque<Ask>,
    done: usize,
    findings: Vec<Finding>,
    families: family::Seen,
    is_clock_known: bool,
    is_interface_known: bool,
}

impl Check {
    /// A check of these families, and of everything that no family has.
    pub fn new(families: &[&'static Family]) -> Self {
        let mut queue = VecDeque::from([
            ask(Step::User, "/auth/self/user".to_owned(), "who is signed in"),
            ask(Step::Info, "/system/info".to_owned(), "the server's version"),
            ask(Step::Licences, "/licensing/features/".to_owned(), "the licenses"),
        ]);
        for family in families {
            queue.push_back(ask(Step::First(family), [family.root, "?limit=1"].concat(), &family.title()));
        }
        let mut lists: Vec<&str> = Vec::new();
        for family in families {
            let list = family.containers;
            if !lists.contains(&list.path) {
                lists.push(list.path);
                let what = ["the names of ", family.cloud, " ", list.many].concat();
                queue.push_back(ask(Step::Containers(list), [list.path, "?limit=1"].concat(), &what));
            }
        }
        queue.push_back(ask(Step::Schedules, "/scheduler/job-configs?limit=1".to_owned(), "schedules"));
        queue.push_back(Ask { place: Place::Page, ..ask(Step::Page, String::new(), "the page") });
        Self {
            queue,
            done: 0,
            findings: Vec::new(),
            families: family::Seen::default(),
            is_clock_known: false,
            is_interface_known: false,
        }
    }

    /// The next request; `None` at the end of the check.
    #[expect(clippy::should_implement_trait, reason = "the same request is given until its answer is taken")]
    pub fn next(&self) -> Option<&Ask> {
        self.queue.front()
    }

    /// The numbers of requests that are answered, and of all that are known so far.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.done + self.queue.len())
    }

    /// Takes the answer to [`Check::next`].
    pub fn take(&mut self, answer: &Answer) {
        let Some(ask) = self.queue.pop_front() else { return };
        self.done += 1;
        if ask.place == Place::Api && answer.status != 0 {
            self.take_clock(answer);
            self.take_interface(answer);
        }
        match &ask.step {
            Step::User => self.add(session::user(answer)),
            Step::Info => self.add(session::info(answer)),
            Step::Licences => self.add(session::licences(answer)),
            Step::Containers(list) => self.add(session::containers(list, answer)),
            Step::Schedules => self.add(session::schedules(answer)),
            Step::First(_) | Step::Newest(_) | Step::Unsorted(_) | Step::Oldest(_) => {
                self.take_family(&ask.step, answer);
            }
            Step::Page => {
                let (findings, files) = proxy::page(answer);
                self.findings.extend(findings);
                for (kind, path) in files {
                    let file = ask_file(kind, path);
                    self.queue.push_back(file);
                }
            }
            Step::File(kind) => self.findings.extend(proxy::file(*kind, answer)),
        }
        if self.queue.is_empty() {
            self.end();
        }
    }

    /// Adds what only the caller can see, such as a feature of the browser.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The findings so far, by group.
    pub fn findings(&self) -> Vec<&Finding> {
        let mut all: Vec<&Finding> = self.findings.iter().collect();
        all.sort_by_key(|finding| finding.group);
        all
    }

    /// The report on the findings so far.
    pub fn report(&self) -> Report<'_> {
        Report::new(self.findings(), self.queue.is_empty())
    }

    fn take_family(&mut self, step: &Step, answer: &Answer) {
        let (findings, next) = self.families.take(step, answer);
        self.findings.extend(findings);
        if let Some(next) = next {
            self.queue.push_front(next);
        }
    }

    fn take_clock(&mut self, answer: &Answer) {
        if !self.is_clock_known
            && let Some(finding) = session::clock(answer)
        {
            self.is_clock_known = true;
            self.findings.push(finding);
        }
    }

    /// What the proxy does to answers of the API is looked at once, in the first that succeeds.
    fn take_interface(&mut self, answer: &Answer) {
        if !self.is_interface_known && answer.is_good() {
            self.is_interface_known = true;
            self.findings.extend(proxy::interface(answer));
        }
    }

    fn end(&mut self) {
        if !self.is_clock_known {
            self.findings.push(session::no_clock());
        }
        let texts = self.families.texts();
        self.findings.extend(texts);
    }
}

fn ask(step: Step, path: String, purpose: &str) -> Ask {
    Ask { place: Place::Api, path, purpose: purpose.to_owned(), step }
}

fn ask_file(kind: proxy::Kind, path: String) -> Ask {
    Ask { place: Place::Page, ..ask(Step::File(kind), path, kind.what()) }
}
