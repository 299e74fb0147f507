//! Measures the panel against other pages with the same main function. It prepares and builds the pages;
//! `bench/measure/` defines the measurements. Doc comments of options and values are the text of `--help`.

use crate::build_times::Times;
use crate::{browser, build, cargo, command, npm, progress, workspace};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Args, Debug)]
pub struct Options {
    /// How often everything is measured; the table has the medians
    #[arg(long, value_name = "N", default_value = "7")]
    runs: NonZeroU32,
    /// Only these (repeat it, or separate them by commas); without the floor there are no ratios
    #[arg(long, value_name = "SUBJECT", value_delimiter = ',')]
    only: Vec<Subject>,
    /// Only what begins with these words, such as `load`
    #[arg(long, value_name = "WORDS", default_value = "")]
    measure: String,
    /// Measure the panel that lies in dist/ as it is
    #[arg(long)]
    skip_build: bool,
    /// Leave out what takes minutes: build times, 10 000 refreshes, requests an hour
    #[arg(long)]
    quick: bool,
}

/// What can be measured; `bench/measure/subjects.mjs` has the same names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// The page written by hand in bench/floor, by which the others are divided
    Floor,
    /// The same page made with React, in bench/react
    React,
    /// The release build of the panel
    Panel,
}

impl Subject {
    fn name(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::React => "react",
            Self::Panel => "panel",
        }
    }
}

impl Options {
    fn measures(&self, subject: Subject) -> bool {
        self.only.is_empty() || self.only.contains(&subject)
    }

    /// The arguments of `bench/measure/run.mjs`.
    fn arguments(&self) -> Vec<String> {
        let only: Vec<&str> = self.only.iter().map(|subject| subject.name()).collect();
        let mut arguments = vec![format!("--runs={}", self.runs), format!("--only={}", only.join(","))];
        arguments.extend(self.quick.then(|| "--quick".to_owned()));
        arguments.extend((!self.measure.is_empty()).then(|| format!("--measure={}", self.measure)));
        arguments
    }
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let dist = workspace::dist();
    if options.measures(Subject::Panel) {
        prepare_panel(options.skip_build, &dist)?;
    }
    if options.measures(Subject::React) {
        progress::say("building the page made with React");
        npm::build(&workspace::root().join("bench").join("react"))?;
    }
    npm::prepare_end2end()?;
    let chromium = browser::prepare()?;
    progress::say("building the emulator (release, so that it is not what limits)");
    let emulator = cargo::build_released_program("emulator")?;
    let times = (options.measures(Subject::Panel) && !options.quick && options.measure.is_empty())
        .then(Times::measured)
        .transpose()?;
    let mut node = npm::node_program("node")?;
    node.arg(script())
        .args(options.arguments())
        .args(times.map(Times::argument))
        .env("KEY_SYNC_DIST", dist)
        .env("KEY_SYNC_EMULATOR", emulator)
        .env("CHROMIUM", chromium);
    Ok(if command::succeeds(&mut node)? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn prepare_panel(skip_build: bool, dist: &Path) -> Result<()> {
    if !skip_build {
        return build::release();
    }
    if !dist.join("index.html").is_file() {
        bail!("{} holds no build: leave --skip-build out, or run `cargo xtask build` first", dist.display());
    }
    Ok(())
}

fn script() -> PathBuf {
    workspace::root().join("bench").join("measure").join("run.mjs")
}

#[cfg(test)]
mod tests {
    use super::{Options, Subject, prepare_panel, script};
    use clap::ValueEnum;
    use std::num::NonZeroU32;

    fn options(only: &[Subject]) -> Options {
        Options {
            runs: NonZeroU32::new(3).expect("not 0"),
            only: only.to_vec(),
            measure: String::new(),
            skip_build: false,
            quick: false,
        }
    }

    #[test]
    fn what_was_chosen_is_passed_on() {
        assert_eq!(options(&[]).arguments(), ["--runs=3", "--only="]);
        assert_eq!(options(&[Subject::Floor, Subject::Panel]).arguments()[1], "--only=floor,panel");
        assert_eq!(Options { quick: true, ..options(&[]) }.arguments()[2], "--quick");
        let load = Options { measure: "load".to_owned(), ..options(&[]) };
        assert_eq!(load.arguments()[2], "--measure=load");
    }

    #[test]
    fn the_panel_is_built_only_where_it_is_measured() {
        assert!(options(&[]).measures(Subject::Panel));
        assert!(options(&[Subject::Panel]).measures(Subject::Panel));
        assert!(!options(&[Subject::Floor]).measures(Subject::Panel));
    }

    #[test]
    fn a_build_that_is_not_there_is_reported_with_the_way_to_it() {
        let home = tempfile::tempdir().expect("a folder");
        let error = prepare_panel(true, home.path()).expect_err("there is none").to_string();
        assert!(error.contains("cargo xtask build"), "{error}");
        std::fs::write(home.path().join("index.html"), "").expect("written");
        assert!(prepare_panel(true, home.path()).is_ok());
    }

    #[test]
    fn the_script_knows_every_subject() {
        let list = script().with_file_name("subjects.mjs");
        let list = std::fs::read_to_string(&list).expect("the list of subjects");
        for subject in Subject::value_variants() {
            assert!(list.contains(&format!("\"{}\"", subject.name())), "{subject:?}");
        }
    }
}
