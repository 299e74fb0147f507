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

mod ask;
mod family;
mod finding;
mod proxy;
mod report;
mod session;
mod words;

pub use ask::{Answer, Ask, Place};
pub use finding::{Finding, Group, Severity, Text};
pub use report::Report;

use crate::family::Family;
use ask::{Step, ask, ask_file};
use std::collections::VecDeque;

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
