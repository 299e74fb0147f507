//! Coverage-guided fuzzing, by `cargo fuzz`, of what reads texts from outside. No part of a test run, because it compiles
//! everything, Leptos too, once more with counters in it.

use crate::{cargo, command, progress, tools, workspace};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

#[derive(Args, Debug)]
pub struct Options {
    /// How many inputs each target tries, those of its corpus among them
    #[arg(long, value_name = "COUNT", default_value_t = 1_000_000)]
    runs: u64,
    /// Add to the corpus the inputs that reach code which those in it do not
    #[arg(long)]
    keep: bool,
    /// Only these targets
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
}

/// The folders of fuzz targets, each a crate of its own.
const CRATES: [&str; 2] = ["crates/cckm/fuzz", "fuzz"];

/// The longest input, in bytes. What is read needs no more to be reached, and long inputs are slow.
const LONGEST: u32 = 2048;

pub fn run(options: &Options) -> Result<ExitCode> {
    let tool = tools::cargo_fuzz().prepare()?;
    let mut known = Vec::new();
    let mut failed = Vec::new();
    for folder in CRATES {
        let fuzzed = Fuzzed { tool: &tool, folder: workspace::root().join(folder) };
        fuzzed.pin()?;
        for target in fuzzed.targets()? {
            if options.targets.is_empty() || options.targets.contains(&target) {
                progress::say(&format!("fuzzing {target}: {} inputs", options.runs));
                if !fuzzed.fuzz(&target, options)? {
                    failed.push(target.clone());
                }
            }
            known.push(target);
        }
    }
    if let Some(target) = options.targets.iter().find(|target| !known.contains(target)) {
        bail!("there is no target {target}; there are {}", known.join(", "));
    }
    if failed.is_empty() {
        println!("\nNo input failed.");
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "\nFailed: {}. The input is in `artifacts/` beside the target, and its message above.",
        failed.join(", ")
    );
    Ok(ExitCode::FAILURE)
}

/// A crate of fuzz targets.
struct Fuzzed<'a> {
    /// The folder of `cargo-fuzz`.
    tool: &'a Path,
    folder: PathBuf,
}

impl Fuzzed<'_> {
    /// Lets the crate have the versions of the workspace. Cargo removes from the copy what the crate does not need, and
    /// adds the fuzzer.
    fn pin(&self) -> Result<()> {
        let to = self.folder.join("Cargo.lock");
        fs::copy(workspace::root().join("Cargo.lock"), &to)
            .with_context(|| format!("writing {}", to.display()))?;
        Ok(())
    }

    fn targets(&self) -> Result<Vec<String>> {
        let names = command::capture(&mut self.command("list")?)?;
        Ok(names.lines().map(str::to_owned).collect())
    }

    /// Tries random inputs on `target`, and returns whether all of them passed.
    fn fuzz(&self, target: &str, options: &Options) -> Result<bool> {
        let corpus = self.folder.join("corpus").join(target);
        // The fuzzer adds what it finds to the first folder, and only reads the others.
        let found = self.folder.join("target/found").join(target);
        for folder in [&corpus, &found] {
            fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        }
        let mut fuzz = self.on(target, [&found, &corpus])?;
        fuzz.arg(format!("-runs={}", options.runs)).arg(format!("-max_len={LONGEST}")).arg("-verbosity=0");
        let passed = command::succeeds(&mut fuzz)?;
        if passed && options.keep {
            // What reaches a place in the code, and not each number of times that it is passed: thousands of files.
            command::run(
                self.on(target, [&corpus, &found])?.args(["-set_cover_merge=1", "-use_counters=0"]),
            )?;
        }
        fs::remove_dir_all(&found).with_context(|| format!("removing {}", found.display()))?;
        Ok(passed)
    }

    /// The fuzzer of `target` on these folders of inputs, without its options.
    fn on(&self, target: &str, folders: [&PathBuf; 2]) -> Result<Command> {
        let mut run = self.command("run")?;
        // A sanitizer needs a nightly compiler and finds errors of unsafe code, which the workspace forbids.
        run.args(["--sanitizer", "none", target]).args(folders).arg("--");
        Ok(run)
    }

    fn command(&self, subcommand: &str) -> Result<Command> {
        let mut command = command::new("cargo-fuzz");
        command::with_path(&mut command, [self.tool])?;
        command.arg(subcommand).arg("--fuzz-dir").arg(&self.folder);
        // Views of one type compile in half the time, and nobody looks at them here. By this variable, because cargo-fuzz
        // sets it too, and that hides the one of the target.
        command.env("RUSTFLAGS", cargo::ERASED_VIEWS).env_remove("CARGO_TARGET_DIR");
        Ok(command)
    }
}
