//! Counts passed, failed and skipped tests in the output of Cargo's test runner and of Playwright.

use serde_json::Value;
use std::fmt;
use std::ops::AddAssign;

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl Count {
    /// The count of a step that is a single check, such as the format.
    pub fn one(passed: bool) -> Self {
        Self { passed: passed.into(), failed: (!passed).into(), skipped: 0 }
    }

    /// Reads the count from a line of `cargo test` of this form:
    /// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`
    pub fn in_cargo_line(line: &str) -> Option<Self> {
        let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let number = |word: &str| {
            counts
                .split("; ")
                .find_map(|part| part.strip_suffix(word)?.trim().parse::<u64>().ok())
                .unwrap_or(0)
        };
        Some(Self { passed: number("passed"), failed: number("failed"), skipped: number("ignored") })
    }

    /// Reads the count from Playwright's JSON report. A test that passes only on a retry counts as failed, because it
    /// hides a race.
    pub fn in_playwright_report(report: &str) -> Option<Self> {
        let report: Value = serde_json::from_str(report).ok()?;
        let number = |name: &str| report["stats"][name].as_u64();
        let errors = report["errors"].as_array().map_or(0, Vec::len) as u64;
        Some(Self {
            passed: number("expected")?,
            failed: number("unexpected")? + number("flaky")? + errors,
            skipped: number("skipped")?,
        })
    }

    /// Counts a failure for a step that failed without failed tests, because it did not compile or crashed.
    pub fn of_step(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(formatter, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn a_line_of_cargo_test_is_counted() {
        let good =
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s";
        assert_eq!(Count::in_cargo_line(good), Some(Count { passed: 12, failed: 0, skipped: 1 }));
        let bad = "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s";
        assert_eq!(Count::in_cargo_line(bad), Some(Count { passed: 1, failed: 2, skipped: 0 }));
        assert_eq!(Count::in_cargo_line("test result::reads ... ok"), None);
        assert_eq!(Count::in_cargo_line("running 3 tests"), None);
    }

    #[test]
    fn a_report_of_playwright_is_counted() {
        let report = r#"{"stats":{"expected":40,"skipped":2,"unexpected":1,"flaky":1},"errors":[]}"#;
        assert_eq!(Count::in_playwright_report(report), Some(Count { passed: 40, failed: 2, skipped: 2 }));
        let broken =
            r#"{"stats":{"expected":0,"skipped":0,"unexpected":0,"flaky":0},"errors":[{"message":"no"}]}"#;
        assert_eq!(Count::in_playwright_report(broken), Some(Count { passed: 0, failed: 1, skipped: 0 }));
        assert_eq!(Count::in_playwright_report("{}"), None);
        assert_eq!(Count::in_playwright_report(""), None);
    }

    #[test]
    fn a_step_that_ended_badly_counts_as_failed() {
        assert_eq!(Count::default().of_step(false).failed, 1);
        assert_eq!(Count { failed: 3, ..Count::default() }.of_step(false).failed, 3);
        assert_eq!(Count::default().of_step(true), Count::default());
    }

    #[test]
    fn the_last_line_is_plain() {
        assert_eq!(Count { passed: 1234, failed: 0, skipped: 0 }.to_string(), "1234 passed, 0 failed");
        assert_eq!(Count { passed: 1, failed: 2, skipped: 3 }.to_string(), "1 passed, 2 failed, 3 skipped");
    }
}
