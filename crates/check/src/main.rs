//! Server check from the command line: the same questions and findings as the screen of that name (`cckm::server_check`),
//! for whoever sets up the proxy. Owns the command line and the exit code.

mod client;
mod credentials;
mod run;

use clap::Parser;
use std::process::ExitCode;

const ABOUT: &str = "What the panel can do with a CipherTrust Manager, and whether the proxy before it passes what the panel needs.";

const MORE: &str = "\
Asks one thing after the other and changes nothing. Sign in by the environment, or type what is asked for: KEY_SYNC_TOKEN, or \
KEY_SYNC_USER and KEY_SYNC_PASSWORD; with them KEY_SYNC_DOMAIN, KEY_SYNC_AUTH_DOMAIN and KEY_SYNC_CONNECTION, where they are not \
the default. Nothing secret is an argument, because other users of a computer see the arguments of programs.

The exit code is 0 where nothing is wrong, 1 where a finding is a problem or the check was not completed, and 2 where the check \
could not begin. The report holds no secret, and no names unless they are asked for.";

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "check",
    bin_name = "cargo xtask check",
    about = ABOUT,
    long_about = None,
    after_long_help = MORE,
    max_term_width = 100
)]
struct Options {
    /// The address of the panel, with its path.
    #[arg(
        help = "The address of the panel, such as https://cm.example.com or https://host.example.com/key-sync/"
    )]
    address: String,

    /// Print the report as JSON
    #[arg(long)]
    json: bool,

    /// Leave names of users, servers and containers in the report
    #[arg(long)]
    with_names: bool,

    /// Trust the authorities in this PEM file besides those of this computer
    #[arg(long, value_name = "FILE")]
    ca: Option<std::path::PathBuf>,

    /// The path of the interface, where config.json of the panel names another
    #[arg(long, value_name = "PATH", default_value = "/api/v1", value_parser = client::api)]
    api: String,
}

/// The check could not begin: as clap does for arguments that it does not take.
const MISUSE: u8 = 2;

fn main() -> ExitCode {
    let options = Options::parse();
    let begun = credentials::read().and_then(|credentials| Ok((client::Client::new(&options)?, credentials)));
    let (client, credentials) = match begun {
        Ok(begun) => begun,
        Err(error) => {
            eprintln!("error: {error:#}");
            return ExitCode::from(MISUSE);
        }
    };
    let report = run::check(client, credentials, |progress| eprintln!("{progress}"));
    if options.json {
        println!("{:#}", report.json(options.with_names));
    } else {
        print!("{}", report.text(options.with_names));
    }
    if report.is_without_problem() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::Options;
    use clap::{CommandFactory, Parser};

    #[test]
    fn the_command_line_is_consistent() {
        Options::command().debug_assert();
    }

    #[test]
    fn no_secret_is_an_argument() {
        for wrong in [
            &["check"][..],
            &["check", "https://cm.example.com", "--password", "x"],
            &["check", "https://cm.example.com", "--token", "x"],
            &["check", "https://cm.example.com", "--user", "x"],
            &["check", "https://cm.example.com", "--api", "//evil.example"],
        ] {
            assert!(Options::try_parse_from(wrong).is_err(), "{wrong:?}");
        }
        assert!(Options::try_parse_from(["check", "https://cm.example.com", "--json"]).is_ok());
    }
}
