//! Runs all checks, one step after the other, and prints a count at the end. A failed step does not prevent the next
//! one. Doc comments of options and steps are the text of `--help`.

use crate::count::Count;
use crate::engines::{self, Engine};
use crate::release_build::ReleaseBuild;
use crate::{
    advisories, browser, build, cargo, command, components, failures, nginx, npm, progress, tools, workspace,
};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

#[derive(Args, Debug)]
pub struct Options {
    /// Only what takes seconds: format, clippy and the native tests
    #[arg(long, conflicts_with = "only")]
    fast: bool,
    /// Only these steps (repeat it, or separate them by commas)
    #[arg(long, value_name = "STEP", value_delimiter = ',')]
    only: Vec<Step>,
    /// Arguments for Playwright, such as a file, `-g "a title"` or `--headed`
    #[arg(last = true, value_name = "PLAYWRIGHT ARGUMENTS")]
    playwright: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// `cargo fmt --check`
    Format,
    /// clippy on the workspace and its tests; a warning is an error
    Clippy,
    /// `cargo deny`: licences, bans and sources of all crates
    Deny,
    /// Known vulnerabilities of the crates and of the packages of npm; skipped where their lists cannot be had
    Advisories,
    /// The tests that run without a browser
    Native,
    /// The components in a browser, without a server: tests/components/
    Components,
    /// The release build and its size budget
    Build,
    /// The browser tests on the release build in dist/
    Browser,
    /// The main journeys in Firefox; skipped where it cannot be had
    Firefox,
    /// The main journeys in the engine of Safari; skipped where it cannot be had
    Webkit,
}

/// What is said where the one test that is marked as ignored cannot run.
const NO_POWERSHELL: &str =
    "The test of commands for PowerShell by PowerShell itself is skipped: there is no pwsh on PATH.";

/// What the summary says of single tests and steps.
#[derive(Default)]
struct Remarks {
    /// The descriptions of failed tests.
    failed: Vec<String>,
    /// Which tests were skipped, and why.
    skipped: Vec<String>,
}

impl Step {
    const ALL: [Self; 10] = [
        Self::Format,
        Self::Clippy,
        Self::Deny,
        Self::Advisories,
        Self::Native,
        Self::Components,
        Self::Build,
        Self::Browser,
        Self::Firefox,
        Self::Webkit,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::Format => "Format",
            Self::Clippy => "Clippy",
            Self::Deny => "Licences, bans and sources",
            Self::Advisories => "Known vulnerabilities",
            Self::Native => "Native tests",
            Self::Components => "Component tests",
            Self::Build => "Release build and its size",
            Self::Browser => "Browser tests",
            Self::Firefox => "Journeys in Firefox",
            Self::Webkit => "Journeys in WebKit",
        }
    }

    /// Whether it tests the release build.
    fn needs_build(self) -> bool {
        matches!(self, Self::Browser | Self::Firefox | Self::Webkit)
    }

    /// Runs the step, and adds to the remarks.
    fn run(self, options: &Options, remarks: &mut Remarks) -> Result<Count> {
        let failed = &mut remarks.failed;
        match self {
            Self::Format => format(),
            Self::Clippy => clippy(),
            Self::Deny => deny(),
            Self::Advisories => advisories::run(failed, &mut remarks.skipped),
            Self::Native => native(remarks),
            Self::Components => components::run(failed),
            Self::Build => {
                build::release()?;
                build::weigh().map(Count::one)
            }
            Self::Browser => browser(&options.playwright, failed),
            Self::Firefox => journeys(Engine::Firefox, &options.playwright, remarks),
            Self::Webkit => journeys(Engine::WebKit, &options.playwright, remarks),
        }
    }
}

impl Options {
    fn steps(&self) -> Vec<Step> {
        let wanted = |step: &Step| match (self.fast, self.only.as_slice()) {
            (true, _) => matches!(step, Step::Format | Step::Clippy | Step::Native),
            (false, []) => true,
            (false, only) => only.contains(step),
        };
        Step::ALL.into_iter().filter(wanted).collect()
    }
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let mut results = Vec::new();
    let mut remarks = Remarks::default();
    let mut unbuilt = false;
    let steps = options.steps();
    let mut build = match steps.iter().position(|step| *step == Step::Build) {
        // What prevents its start is said by its own step.
        Some(1..) => ReleaseBuild::start().ok(),
        _ => None,
    };
    for step in steps {
        println!("\n─── {} ───", step.title());
        if step.needs_build() && unbuilt {
            println!("not run: there is no release build to test");
            continue;
        }
        let start = Instant::now();
        let ahead = if step == Step::Build { build.take() } else { None };
        let result = match ahead {
            Some(build) => build.finish().map(Count::one),
            None => step.run(options, &mut remarks),
        };
        let count = match result {
            Ok(count) => count,
            Err(error) if error.to_string() == "interrupted" => return Err(error),
            Err(error) => {
                eprintln!("error: {error:#}");
                unbuilt |= step == Step::Build;
                Count::one(false)
            }
        };
        println!("{}: {count} ({})", step.title(), in_words(start.elapsed()));
        results.push((step, count, start.elapsed()));
    }
    Ok(summary(&results, &remarks))
}

/// Prints the skipped tests, a short line for each step, the failed tests, and the total as the last line. Whoever sees only
/// the end of a long output sees what failed.
fn summary(results: &[(Step, Count, Duration)], remarks: &Remarks) -> ExitCode {
    let mut sum = Count::default();
    println!("\n─── Summary ───");
    for skipped in &remarks.skipped {
        println!("{skipped}\n");
    }
    for (step, count, time) in results {
        sum += *count;
        let mark = match count {
            Count { failed: 1.., .. } => "FAILED",
            Count { passed: 0, skipped: 1.., .. } => "skipped",
            _ => "ok",
        };
        println!("{mark:<7}  {:<28}{count} ({})", step.title(), in_words(*time));
    }
    for failed in &remarks.failed {
        println!("\n{failed}");
    }
    println!("\n{sum}");
    if sum.failed == 0 && sum.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn in_words(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

fn format() -> Result<Count> {
    cargo::prepare_component("rustfmt")?;
    command::succeeds(command::cargo().args(["fmt", "--all", "--check"])).map(Count::one)
}

fn clippy() -> Result<Count> {
    cargo::prepare_component("clippy")?;
    let mut clippy = cargo::on_workspace("clippy")?;
    command::succeeds(clippy.args(["--all-targets", "--locked", "--", "-D", "warnings"])).map(Count::one)
}

fn deny() -> Result<Count> {
    let mut deny = command::new("cargo-deny");
    command::with_path(&mut deny, [tools::cargo_deny().prepare()?.as_ref()])?;
    let arguments = ["--locked", "--workspace", "check", "licenses", "bans", "sources"];
    command::succeeds(deny.args(arguments)).map(Count::one)
}

fn native(remarks: &mut Remarks) -> Result<Count> {
    let mut count = Count::default();
    let has_powershell = which::which("pwsh").is_ok();
    if !has_powershell {
        remarks.skipped.push(NO_POWERSHELL.to_owned());
    }
    let mut test = cargo::on_workspace("test")?;
    test.args(["--locked", "--no-fail-fast"]);
    if has_powershell {
        test.args(["--", "--include-ignored"]);
    }
    let succeeded = command::watched(&mut test, |line| {
        count += Count::in_cargo_line(line).unwrap_or_default();
        remarks.failed.extend(failures::in_cargo_line(line));
    })?;
    Ok(count.of_step(succeeded))
}

fn browser(arguments: &[String], failed: &mut Vec<String>) -> Result<Count> {
    npm::prepare_end2end()?;
    let chromium = browser::prepare()?;
    let headless_shell = browser::prepare_headless_shell()?.unwrap_or_else(|| chromium.clone());
    let nginx = nginx::prepare()?;
    let mut playwright = playwright(arguments)?;
    playwright
        .env("CHROMIUM", chromium)
        .env("KEY_SYNC_HEADLESS_SHELL", headless_shell)
        .env("KEY_SYNC_NGINX", nginx.unwrap_or_default());
    reported(&mut playwright, failed)
}

fn journeys(engine: Engine, arguments: &[String], remarks: &mut Remarks) -> Result<Count> {
    npm::prepare_end2end()?;
    let file = engines::prepare(engine)?.unwrap_or_else(|why| {
        progress::say(&why);
        remarks.skipped.push(why);
        PathBuf::new()
    });
    let mut playwright = playwright(arguments)?;
    playwright.env("KEY_SYNC_ENGINE", engine.project()).env("KEY_SYNC_BROWSER", file);
    reported(&mut playwright, &mut remarks.failed)
}

/// Playwright's test runner for the release build, without the browser that it needs.
fn playwright(arguments: &[String]) -> Result<Command> {
    let mut playwright = npm::node_program("npx")?;
    playwright
        .args([
            "playwright",
            "test",
            "--reporter=list,json,./accessibility_table.ts,./fault_table.ts",
            "--fail-on-flaky-tests",
        ])
        .args(arguments)
        .current_dir(npm::end2end())
        .env("KEY_SYNC_DIST", workspace::dist())
        .env("KEY_SYNC_EMULATOR", cargo::build_tested_program("emulator")?);
    Ok(playwright)
}

/// Runs Playwright, and reads the count and the failed tests from its report.
fn reported(playwright: &mut Command, failed: &mut Vec<String>) -> Result<Count> {
    let report = cargo::target()?.join("playwright.json");
    let _ = fs::remove_file(&report);
    let succeeded = command::succeeds(playwright.env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report))?;
    let text = fs::read_to_string(&report).context("Playwright wrote no report")?;
    let count = Count::in_playwright_report(&text).context("Playwright's report has no count")?;
    failed.extend(failures::in_playwright_report(&text));
    Ok(count.of_step(succeeded))
}

#[cfg(test)]
mod tests {
    use super::{Options, Step, in_words};
    use std::time::Duration;

    fn steps(fast: bool, only: &[Step]) -> Vec<Step> {
        Options { fast, only: only.to_vec(), playwright: Vec::new() }.steps()
    }

    #[test]
    fn steps_run_in_their_order() {
        assert_eq!(steps(false, &[]), Step::ALL);
        assert_eq!(steps(true, &[]), [Step::Format, Step::Clippy, Step::Native]);
        assert_eq!(steps(false, &[Step::Browser, Step::Build]), [Step::Build, Step::Browser]);
    }

    #[test]
    fn times_are_read_at_a_glance() {
        assert_eq!(in_words(Duration::from_millis(840)), "0.8 s");
        assert_eq!(in_words(Duration::from_secs(125)), "2 min 5 s");
    }
}
