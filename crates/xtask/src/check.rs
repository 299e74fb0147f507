//! Server check from the command line, by a program of its own, so that what speaks TLS is compiled only for it.

use crate::{cargo, command};
use anyhow::{Context, Result};
use clap::Args;
use std::ffi::OsString;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub struct Options {
    /// The address of the panel and the options of the check, which `--help` explains
    #[arg(value_name = "ADDRESS AND OPTIONS", trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// The exit code for a check that could not begin.
const MISUSE: u8 = 2;

/// Builds the program where that is needed, and runs it with the arguments. Its exit code is that of the command.
pub fn run(options: &Options) -> Result<ExitCode> {
    let program = match cargo::build_program("check") {
        Ok(program) => program,
        Err(error) => {
            eprintln!("error: {error:#}");
            return Ok(ExitCode::from(MISUSE));
        }
    };
    let mut check = command::new(program);
    // A file in an option is one of the folder that the person is in, not of the workspace.
    if let Ok(folder) = std::env::current_dir() {
        check.current_dir(folder);
    }
    let status = check.args(&options.arguments).status().context("could not run the check")?;
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(MISUSE);
    Ok(ExitCode::from(code))
}
