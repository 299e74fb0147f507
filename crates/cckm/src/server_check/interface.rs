//! What the proxy does to answers of the API: looked at in each of them, told once.

use super::ask::{Answer, Class};
use super::finding::{Finding, Group, Severity, Text};
use super::shipped;

/// What all answers so far have shown.
#[derive(Debug, Clone, Default)]
pub struct Interface {
    answers: usize,
    /// Answers that caches may keep, or that came from one.
    kept: usize,
    /// Answers of which nothing forbids that.
    not_forbidden: usize,
    from_cache: usize,
    /// Answers that another site may read.
    shared: usize,
    /// Bodies of another type than JSON, with the type.
    types: Vec<String>,
    untyped: usize,
    /// Headers of `deploy/` that came otherwise.
    others: Vec<&'static str>,
}

impl Interface {
    /// Looks at an answer. What is no answer of the API at all is a finding of its own.
    pub fn take(&mut self, answer: &Answer) {
        if matches!(answer.class(), Class::Lost | Class::Redirect | Class::Page) {
            return;
        }
        self.answers += 1;
        let caching = answer.caching();
        self.kept += usize::from(caching.may_be_kept());
        self.not_forbidden += usize::from(!caching.is_never_kept());
        self.from_cache += usize::from(caching.age.is_some_and(|age| age != "0"));
        self.shared += usize::from(answer.headers.iter().any(|(name, value)| {
            name.to_ascii_lowercase().starts_with("access-control-") && !value.trim().is_empty()
        }));
        if !answer.body.is_empty() {
            match answer.media_type() {
                Some(kind) if is_json(kind) => {}
                Some(kind) if self.types.iter().any(|known| known == kind) => {}
                Some(kind) => self.types.push(kind.to_owned()),
                None => self.untyped += 1,
            }
        }
        for name in shipped::others(answer) {
            if !self.others.contains(&name) {
                self.others.push(name);
            }
        }
    }

    /// The findings; none where there was no answer of the API.
    pub fn findings(&self) -> Vec<Finding> {
        if self.answers == 0 {
            return Vec::new();
        }
        vec![self.caches(), self.sites(), self.media_types(), self.headers()]
    }

    fn caches(&self) -> Finding {
        let what = "Answers, caches";
        let found = |severity, said: &str, means| Finding::new(Group::Proxy, severity, what, said, means);
        if self.from_cache > 0 {
            let means = "The panel shows what was true earlier, perhaps to somebody else. Take /api/ out of the cache.";
            found(Severity::Problem, &self.of(self.from_cache, "came from a cache"), means)
        } else if self.kept > 0 {
            let means =
                "The panel may show old jobs, and a shared cache another person's. Send no-store for /api/.";
            found(Severity::Problem, &self.of(self.kept, "may be kept by caches"), means)
        } else if self.not_forbidden > 0 {
            let means = "The browser, or a cache between, may keep names of keys. Send no-store for /api/.";
            found(
                Severity::Problem,
                &self.of(self.not_forbidden, "may be kept, as nothing forbids it"),
                means,
            )
        } else {
            found(Severity::Fine, "No cache may keep answers", "Nobody finds them later in a cache.")
        }
    }

    fn sites(&self) -> Finding {
        let what = "Answers, other sites";
        if self.shared > 0 {
            let means = "A page of another site may read answers with this person's cookies. Hide all headers Access-Control-… of /api/.";
            let said = self.of(self.shared, "may be read by other sites (Access-Control-…)");
            return Finding::new(Group::Proxy, Severity::Problem, what, &said, means);
        }
        let means = "Browsers keep answers from pages of other sites.";
        Finding::new(Group::Proxy, Severity::Fine, what, "No other site may read answers", means)
    }

    fn media_types(&self) -> Finding {
        let what = "Answers, type";
        if self.types.is_empty() && self.untyped == 0 {
            let means = "Nothing rewrites the answers of the interface into another kind.";
            return Finding::new(Group::Proxy, Severity::Fine, what, "application/json", means);
        }
        let means = "The panel reads them all the same. The server sends JSON, so something between may rewrite its answers.";
        let said = if self.untyped > 0 { "Content-Type is missing in some" } else { "Another type in some" };
        let mut said = Text::plain(said);
        for kind in &self.types {
            said = said.and(", ").name_or(kind, "(type left out)");
        }
        Finding::new(Group::Proxy, Severity::Note, what, "", means).saying(said)
    }

    fn headers(&self) -> Finding {
        let what = "Answers, other headers";
        if self.others.is_empty() {
            let means = "As the panel's own configuration sends them.";
            return Finding::new(Group::Proxy, Severity::Fine, what, "As they should be, each once", means);
        }
        let said = ["Missing, doubled or of another value: ", &self.others.join(", ")].concat();
        let means = "An answer that is opened as a page of its own is guarded less. Include headers.conf of deploy/ for /api/ too.";
        Finding::new(Group::Proxy, Severity::Note, what, &said, means)
    }

    fn of(&self, count: usize, words: &str) -> String {
        format!("{count} of {} {words}", self.answers)
    }
}

fn is_json(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind == "application/json" || kind.starts_with("application/") && kind.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn severities(headers: &[(&str, &str)]) -> Vec<Severity> {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let headers = headers.iter().map(own).collect();
        let mut interface = Interface::default();
        interface.take(&Answer { status: 200, headers, body: "{}".to_owned(), ..Answer::default() });
        interface.findings().into_iter().map(|finding| finding.severity).collect()
    }

    #[test]
    fn what_a_proxy_spoils_is_found() {
        let right = [("Cache-Control", "no-store"), ("Content-Type", "application/json; charset=utf-8")];
        assert_eq!(severities(&right)[..3], [Severity::Fine; 3]);
        let of = |name: &'static str, value: &'static str| {
            let mut all: Vec<_> = right.into_iter().filter(|(own, _)| *own != name).collect();
            all.push((name, value));
            severities(&all)
        };
        assert_eq!(of("Cache-Control", "private")[0], Severity::Problem);
        assert_eq!(of("Cache-Control", "max-age=60")[0], Severity::Problem);
        assert_eq!(of("Age", "12")[0], Severity::Problem);
        assert_eq!(of("Access-Control-Allow-Origin", "*")[1], Severity::Problem);
        assert_eq!(of("Access-Control-Expose-Headers", "Date")[1], Severity::Problem);
        assert_eq!(of("Content-Type", "text/plain")[2], Severity::Note);
    }
}
