//! Runs other programs in the folder of the workspace, with the user's environment but without the variables by which
//! Cargo describes this program. It does not depend on the purpose of a program.

use crate::workspace;
use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

/// A command with the folder of the workspace as its working directory.
pub fn new(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workspace::root());
    // `cargo run` sets these for xtask. A build script in a child build that watches one would run again each time.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "CARGO_BIN_NAME" {
            command.env_remove(&name);
        }
    }
    // Trunk parses NO_COLOR as a boolean and refuses the usual "1".
    if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        command.env("NO_COLOR", "true");
    } else {
        command.env_remove("NO_COLOR");
    }
    command
}

/// The Cargo that runs this program.
pub fn cargo() -> Command {
    new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Prepends `folders` to the PATH of the command.
pub fn with_path<'a>(command: &mut Command, folders: impl IntoIterator<Item = &'a Path>) -> Result<()> {
    let old = env::var_os("PATH").unwrap_or_default();
    let all = folders.into_iter().map(Path::to_path_buf).chain(env::split_paths(&old));
    command.env("PATH", env::join_paths(all).context("a folder of a tool cannot be put on PATH")?);
    Ok(())
}

/// Runs the command with its output on this terminal, and returns whether it succeeded.
pub fn succeeds(command: &mut Command) -> Result<bool> {
    let status = command.status().with_context(|| format!("could not run {}", name(command)))?;
    stop_if_interrupted(status)?;
    Ok(status.success())
}

/// Runs the command with its output on this terminal, and returns an error where it fails.
pub fn run(command: &mut Command) -> Result<()> {
    if succeeds(command)? { Ok(()) } else { bail!("{} failed", line(command)) }
}

/// Runs the command and returns its standard output; its standard error goes to this terminal.
pub fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("could not run {}", name(command)))?;
    if !output.status.success() {
        bail!("{} failed", line(command));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs the command, prints its standard output as it arrives, and passes each line to `each`.
pub fn watched(command: &mut Command, mut each: impl FnMut(&str)) -> Result<bool> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("could not run {}", name(command)))?;
    let stdout = child.stdout.take().context("the output of a command is missing")?;
    let mut here = std::io::stdout().lock();
    for piece in BufReader::new(stdout).split(b'\n') {
        let piece = piece.with_context(|| format!("reading what {} says", name(command)))?;
        let text = String::from_utf8_lossy(&piece);
        // A closed pipe on the standard output must not stop the tests.
        let _ = writeln!(here, "{text}");
        each(&text);
    }
    let status = child.wait().with_context(|| format!("waiting for {}", name(command)))?;
    stop_if_interrupted(status)?;
    Ok(status.success())
}

/// Returns an error after Ctrl-C, which reaches the running step too: the steps after it must not start.
pub fn stop_if_interrupted(status: ExitStatus) -> Result<()> {
    #[cfg(unix)]
    if std::os::unix::process::ExitStatusExt::signal(&status) == Some(2) {
        bail!("interrupted");
    }
    let _ = status;
    Ok(())
}

fn name(command: &Command) -> String {
    Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The command as it would be typed in a shell.
fn line(command: &Command) -> String {
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once(name(command)).chain(arguments).collect::<Vec<_>>().join(" ")
}
