//! The report on a check, as text and as JSON.

use super::finding::{Finding, Group, Severity};
use serde_json::{Value, json};

/// What somebody attaches to a report of a problem.
#[derive(Debug, Clone)]
pub struct Report {
    findings: Vec<Finding>,
    is_whole: bool,
}

impl Report {
    pub(super) fn new(findings: Vec<Finding>, is_whole: bool) -> Self {
        Self { findings, is_whole }
    }

    /// The number of findings of each severity, the worst first.
    pub fn counts(&self) -> Vec<(Severity, usize)> {
        let count = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        Severity::ALL.into_iter().map(|severity| (severity, count(severity))).collect()
    }

    /// The number of findings of each severity, in words.
    pub fn summary(&self) -> String {
        let parts = self.counts().into_iter().map(|(severity, count)| severity.counted(count));
        let end = if self.is_whole { "" } else { " (the check was not completed)" };
        [&parts.collect::<Vec<_>>().join(", "), end].concat()
    }

    /// Whether the check was completed and has found no problem.
    pub fn is_without_problem(&self) -> bool {
        self.is_whole && self.findings.iter().all(|finding| finding.severity != Severity::Problem)
    }

    /// The report as text.
    pub fn text(&self, with_names: bool) -> String {
        let mut text = ["Server check: ", &self.summary(), "\n"].concat();
        for group in Group::ALL {
            let mut own = self.findings.iter().filter(|finding| finding.group == group).peekable();
            if own.peek().is_some() {
                text.push_str(&["\n", group.title(), "\n"].concat());
            }
            for finding in own {
                let Finding { what, finding: said, means, severity, .. } = finding;
                let lines = [
                    "  [",
                    severity.word(),
                    "] ",
                    what,
                    ": ",
                    &said.shown(with_names),
                    "\n      ",
                    means,
                    "\n",
                ];
                text.push_str(&lines.concat());
            }
        }
        text
    }

    /// The report as JSON.
    pub fn json(&self, with_names: bool) -> Value {
        let each = self.findings.iter().map(|finding| {
            json!({
                "group": finding.group.title(),
                "what": finding.what,
                "finding": finding.finding.shown(with_names),
                "means": finding.means,
                "severity": finding.severity.class(),
            })
        });
        json!({
            "completed": self.is_whole,
            "with_names": with_names,
            "summary": self.summary(),
            "findings": each.collect::<Vec<_>>(),
        })
    }
}
