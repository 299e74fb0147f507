//! Looks for known vulnerabilities in what the workspace and its packages of npm depend on. Both lists come from the
//! internet: where one cannot be had, its check is skipped, by name, and never counts as passed.

use crate::count::Count;
use crate::{command, npm, tools, workspace};
use anyhow::Result;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Stdio};

/// The folders with packages of npm. None of them is part of the panel: the first tests it, the second is measured
/// against it.
const PACKAGES: [&str; 2] = ["end2end", "bench/react"];

/// The severities that fail the check; the others are only printed.
const SEVERE: [&str; 2] = ["high", "critical"];

/// What became of one check.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Sound,
    /// Vulnerable: what was found.
    Vulnerable(String),
    /// The list of vulnerabilities could not be had: why.
    Unknown(String),
}

/// Runs all checks; adds a sentence for each that fails or is skipped.
pub fn run(failed: &mut Vec<String>, skipped: &mut Vec<String>) -> Result<Count> {
    let mut outcomes = vec![("the crates".to_owned(), crates()?)];
    for folder in PACKAGES {
        outcomes.push((format!("the packages of {folder}"), packages(&workspace::root().join(folder))?));
    }
    let mut count = Count::default();
    for (what, outcome) in outcomes {
        match outcome {
            Outcome::Sound => count.passed += 1,
            Outcome::Vulnerable(found) => {
                count.failed += 1;
                failed.push(format!("Known vulnerabilities in {what}: {found}"));
            }
            Outcome::Unknown(why) => {
                count.skipped += 1;
                let sentence = format!("The check for known vulnerabilities in {what} is skipped: {why}");
                println!("{sentence}");
                skipped.push(sentence);
            }
        }
    }
    Ok(count)
}

/// Asks the database of `RustSec`, which `cargo deny` fetches by git.
fn crates() -> Result<Outcome> {
    let deny = |arguments: &[&str]| -> Result<Command> {
        let mut deny = command::new("cargo-deny");
        command::with_path(&mut deny, [tools::cargo_deny().prepare()?.as_ref()])?;
        deny.args(["--locked", "--workspace"]).args(arguments);
        // No question for a password, and an end where nothing comes.
        deny.env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_HTTP_LOW_SPEED_LIMIT", "1000")
            .env("GIT_HTTP_LOW_SPEED_TIME", "30");
        Ok(deny)
    };
    let fetched = deny(&["fetch", "db"])?.stdin(Stdio::null()).output()?;
    if !fetched.status.success() {
        return Ok(Outcome::Unknown(first_error(&String::from_utf8_lossy(&fetched.stderr))));
    }
    Ok(if command::succeeds(&mut deny(&["check", "advisories"])?)? {
        Outcome::Sound
    } else {
        Outcome::Vulnerable("cargo deny names them above".to_owned())
    })
}

/// Asks the registry of npm about the packages in the lock file of `folder`.
fn packages(folder: &Path) -> Result<Outcome> {
    let report = npm::node_program("npm")?
        .args(["audit", "--package-lock-only", "--json", "--fetch-retries=0", "--fetch-timeout=30000"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()?;
    Ok(in_npm_report(&String::from_utf8_lossy(&report.stdout)))
}

/// Reads the report of `npm audit --json`. One without counts is that of a registry which does not answer the question.
fn in_npm_report(report: &str) -> Outcome {
    let report: Value = serde_json::from_str(report).unwrap_or_default();
    let counts = &report["metadata"]["vulnerabilities"];
    let Some(all) = counts["total"].as_u64() else {
        let why = report["message"].as_str().filter(|why| !why.is_empty());
        return Outcome::Unknown(why.unwrap_or("npm audit gave no report").to_owned());
    };
    let severe: u64 = SEVERE.iter().filter_map(|severity| counts[*severity].as_u64()).sum();
    if severe == 0 {
        println!("npm audit: {all} vulnerabilities, none of them high or critical");
        return Outcome::Sound;
    }
    let packages = report["vulnerabilities"].as_object().into_iter().flatten();
    let named: Vec<&str> = packages
        .filter(|(_, found)| found["severity"].as_str().is_some_and(|severity| SEVERE.contains(&severity)))
        .map(|(name, _)| name.as_str())
        .collect();
    Outcome::Vulnerable(named.join(", "))
}

/// The first line that is an error, without the time before it and the command after it.
fn first_error(text: &str) -> String {
    let line = text.lines().find(|line| line.contains("[ERROR]")).or_else(|| text.lines().next());
    let line = line.unwrap_or("cargo deny could not fetch the list");
    let error = line.split_once("[ERROR] ").map_or(line, |(_, error)| error);
    error.split_once(": [").map_or(error, |(error, _)| error).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Outcome, first_error, in_npm_report};

    #[test]
    fn a_registry_that_does_not_answer_is_no_clean_report() {
        let refused = r#"{"message": "405 Method Not Allowed", "statusCode": 405, "error": {"summary": ""}}"#;
        assert_eq!(in_npm_report(refused), Outcome::Unknown("405 Method Not Allowed".to_owned()));
        for nothing in ["", "{}", "[]", "null", "npm error audit endpoint returned an error"] {
            assert!(matches!(in_npm_report(nothing), Outcome::Unknown(_)), "{nothing}");
        }
    }

    #[test]
    fn high_and_critical_vulnerabilities_are_named() {
        let report = |high: u64, low: u64| {
            format!(
                r#"{{"vulnerabilities": {{"a": {{"severity": "high"}}, "b": {{"severity": "low"}}}},
                "metadata": {{"vulnerabilities": {{"low": {low}, "high": {high}, "critical": 0, "total": {}}}}}}}"#,
                high + low
            )
        };
        assert_eq!(in_npm_report(&report(0, 0)), Outcome::Sound);
        assert_eq!(in_npm_report(&report(0, 1)), Outcome::Sound);
        assert_eq!(in_npm_report(&report(1, 1)), Outcome::Vulnerable("a".to_owned()));
    }

    #[test]
    fn the_reason_is_the_first_error() {
        let text = "Fetching\n2026-11-28 07:34:23 [ERROR] failed to fetch the database: [\"clone\"]\nCloning into 'x'\n";
        assert_eq!(first_error(text), "failed to fetch the database");
        assert_eq!(first_error("no such command"), "no such command");
        assert!(!first_error("").is_empty());
    }
}
