//! The commands of `cargo xtask`, and their `--help`, whose text is the doc comments of the commands. The module with
//! the name of a command implements it.

mod advisories;
mod archive;
mod bench;
mod browser;
mod build;
mod build_times;
mod cargo;
mod check;
mod children;
mod clean_copy;
mod command;
mod components;
mod compress;
mod count;
mod dependencies;
mod dist;
mod engines;
mod failures;
mod files;
mod fuzz;
mod lock;
mod nginx;
mod npm;
mod pack;
mod parallel;
mod progress;
mod release_build;
mod sbom;
mod serve;
mod size;
mod test;
mod third_party;
mod tools;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Prepares the tools, builds, serves, tests and measures the panel.",
    after_help = "Every command installs what is missing in the version it needs: first from PATH, then from the cache, \
                  then by cargo-binstall where that is installed, else by cargo or npm.\n\
                  The cache is outside the clone, so a second clone finds the tools ready: $KEY_SYNC_CACHE, or \
                  key-sync in the user's cache folder."
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Serve the panel for development, rebuilt at each change, with the emulator or a real server behind it
    ///
    /// Starts the emulator on a free port and Trunk in front of it, prints the address and how to sign in, and
    /// ends both at Ctrl-C.
    Serve(serve::Options),
    /// Build the release panel into dist/, print what the first load weighs, and hold the size budget
    ///
    /// The result is a folder of static files that works at the root of a server and below any path. The budget
    /// stands in budget.toml.
    Build,
    /// Make a release in dist-release/: the archive, checksums, licences, and the bill of materials
    ///
    /// The same sources and tools give the same bytes, in whatever folder.
    Dist(dist::Options),
    /// Run everything: format, clippy, licences, vulnerabilities, native and component tests, release build with its size budget, browser tests, journeys in two other engines
    ///
    /// A failed step does not hide the next ones; the last line is the count of all, and the exit code is not zero
    /// when anything failed.
    Test(test::Options),
    /// Measure the release panel against a page written by hand and one made with React: bytes, start, page turns, refreshes, memory
    ///
    /// Everything is measured in turns in the system's Chromium, each time in a fresh page. Prints a table of medians
    /// and writes bench/results.json. What the figures mean stands in bench/README.md; other work on the machine
    /// disturbs them.
    Bench(bench::Options),
    /// Check a server and the proxy before it from the command line: what the screen Server check finds
    ///
    /// Takes the address of the panel. User, password or token come from the environment or are asked for, never from
    /// an argument: `cargo xtask check --help` says how. The exit code is 0 only where nothing is wrong.
    #[command(disable_help_flag = true)]
    Check(check::Options),
    /// Try inputs that coverage guides on what reads texts from outside: answers, tokens, times, cron, addresses, config
    ///
    /// Each target tries a fixed number of inputs, beginning with its corpus. The first time this compiles for some
    /// minutes.
    Fuzz(fuzz::Options),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Serve(options) => serve::run(&options),
        Task::Build => build::run(),
        Task::Dist(options) => dist::run(&options),
        Task::Test(options) => test::run(&options),
        Task::Bench(options) => bench::run(&options),
        Task::Check(options) => check::run(&options),
        Task::Fuzz(options) => fuzz::run(&options),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::{CommandFactory, Parser};

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn what_follows_two_dashes_is_passed_on() {
        assert!(Arguments::try_parse_from(["xtask", "serve", "--", "--data", "large"]).is_ok());
        assert!(Arguments::try_parse_from(["xtask", "test", "--fast"]).is_ok());
        assert!(Arguments::try_parse_from(["xtask", "serve", "--insecure"]).is_err(), "only with a backend");
    }

    #[test]
    fn the_check_gets_all_that_follows() {
        for words in
            [&["--help"][..], &["https://cm.example.com", "--json"], &["--json", "https://cm.example.com"]]
        {
            let words = ["xtask", "check"].iter().chain(words);
            assert!(Arguments::try_parse_from(words).is_ok());
        }
    }

    #[test]
    fn a_measurement_can_be_made_shorter() {
        assert!(
            Arguments::try_parse_from(["xtask", "bench", "--runs", "1", "--only", "floor,panel"]).is_ok()
        );
        assert!(
            Arguments::try_parse_from(["xtask", "bench", "--runs", "0"]).is_err(),
            "there is nothing to see"
        );
        assert!(Arguments::try_parse_from(["xtask", "bench", "--only", "ceiling"]).is_err());
    }
}
