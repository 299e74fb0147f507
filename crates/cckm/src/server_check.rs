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
mod clock;
mod family;
mod finding;
mod headers;
mod interface;
mod policy;
mod proxy;
mod report;
mod session;
mod shipped;
mod words;

pub use ask::{Answer, Ask, Place};
pub use finding::{Finding, Group, Severity, Text};
pub use report::Report;
pub use shipped::{LOOKED_AT, lines as shipped_headers};

use crate::family::Family;
use ask::{Step, ask, ask_file};

/// A running check.
#[derive(Debug, Clone)]
pub struct Check {
    queue: Vec<Ask>,
    done: usize,
    findings: Vec<Finding>,
    families: family::Seen,
    clock: clock::Clock,
    interface: interface::Interface,
    /// Whether a part of the check was left out.
    is_cut: bool,
}

impl Check {
    /// A check of these families, and of everything that no family has.
    pub fn new(families: &[&'static Family]) -> Self {
        let mut queue = vec![
            ask(Step::User, "/auth/self/user".to_owned(), "who is signed in"),
            ask(Step::Info, "/system/info".to_owned(), "the server's version"),
            ask(Step::Licences, "/licensing/features/".to_owned(), "the licenses"),
        ];
        for family in families {
            queue.push(ask(Step::First(family), [family.root, "?limit=1"].concat(), &family.title()));
        }
        let mut lists: Vec<&str> = Vec::new();
        for family in families {
            let list = family.containers;
            if !lists.contains(&list.path) {
                lists.push(list.path);
                let what = ["the names of ", family.cloud, " ", list.many].concat();
                queue.push(ask(
                    Step::Containers(list, family.cloud),
                    [list.path, "?limit=1"].concat(),
                    &what,
                ));
            }
        }
        queue.push(ask(Step::Schedules, "/scheduler/job-configs?limit=1".to_owned(), "schedules"));
        queue.push(Ask { place: Place::Page, ..ask(Step::Page, String::new(), "the page") });
        Self {
            queue,
            done: 0,
            findings: Vec::new(),
            families: family::Seen::default(),
            clock: clock::Clock::default(),
            interface: interface::Interface::default(),
            is_cut: false,
        }
    }

    /// Takes the answer to a sign-in that the caller has made. Returns whether it is a session.
    pub fn take_sign_in(&mut self, answer: &Answer) -> bool {
        let refused = session::sign_in(answer);
        let is_session = refused.is_none();
        self.findings.extend(refused);
        self.clock.take(answer);
        self.interface.take(answer);
        is_session
    }

    /// The rest of the check without what needs a session, for when nobody could be signed in.
    pub fn skip_session(&mut self) {
        self.is_cut = true;
        self.queue.retain(|ask| ask.place == Place::Page);
    }

    /// The next request; `None` at the end of the check.
    pub fn next(&self) -> Option<&Ask> {
        self.queue.first()
    }

    /// The numbers of requests that are answered, and of all that are known so far.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.done + self.queue.len())
    }

    /// Takes the answer to [`Check::next`].
    pub fn take(&mut self, answer: &Answer) {
        if self.queue.is_empty() {
            return;
        }
        let ask = self.queue.remove(0);
        self.done += 1;
        if ask.place == Place::Api {
            self.clock.take(answer);
            self.interface.take(answer);
        }
        match &ask.step {
            Step::User => self.add(session::user(answer)),
            Step::Info => self.add(session::info(answer)),
            Step::Licences => self.add(session::licences(answer)),
            Step::Containers(list, cloud) => self.add(session::containers(list, cloud, answer)),
            Step::Schedules => self.add(session::schedules(answer)),
            Step::First(_) | Step::Newest(_) | Step::Unsorted(_) | Step::Oldest(_) => {
                self.take_family(&ask.step, answer);
            }
            Step::Page => {
                let (findings, files) = proxy::page(answer);
                self.findings.extend(findings);
                for (kind, path) in files {
                    let file = ask_file(kind, path);
                    self.queue.push(file);
                }
            }
            Step::File(kind) => self.findings.extend(proxy::file(*kind, answer)),
        }
    }

    /// Adds what only the caller can see, such as a feature of the browser.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Whether all requests are answered.
    pub fn is_whole(&self) -> bool {
        self.queue.is_empty() && !self.is_cut
    }

    /// The findings so far, by group.
    pub fn findings(&self) -> Vec<Finding> {
        let is_whole = self.is_whole();
        let mut all = self.findings.clone();
        // What several answers tell together.
        all.extend(self.clock.finding(is_whole));
        all.extend(self.interface.findings());
        if is_whole {
            all.extend(self.families.nothing());
            all.extend(self.families.texts());
        }
        let of = |group| all.iter().filter(move |finding: &&Finding| finding.group == group).cloned();
        Group::ALL.into_iter().flat_map(of).collect()
    }

    /// The report on the findings so far.
    pub fn report(&self) -> Report {
        Report::new(self.findings(), self.is_whole())
    }

    fn take_family(&mut self, step: &Step, answer: &Answer) {
        let (findings, next) = self.families.take(step, answer);
        self.findings.extend(findings);
        if let Some(next) = next {
            // All families first, then their lists: so each group of findings is filled before the next.
            let at = match step {
                Step::First(_) => self.queue.iter().position(|ask| !ask.step.is_of_family()),
                _ => None,
            };
            self.queue.insert(at.unwrap_or_default(), next);
        }
    }
}
