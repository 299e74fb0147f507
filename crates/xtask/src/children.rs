//! Long-running child processes that are started and ended together, each with all its own child processes.
//! `docs/decisions/child-processes.md` explains why no crate is used for this.

use anyhow::{Context, Result};
use std::process::{Child, Command, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a process may take to end after the request to end, before it is killed.
const GRACE: Duration = Duration::from_secs(3);

#[derive(Default)]
pub struct Children {
    running: Vec<(&'static str, Child)>,
}

impl Children {
    /// Starts a process that ends together with this one.
    pub fn spawn(&mut self, name: &'static str, command: &mut Command) -> Result<&mut Child> {
        // A separate process group, so that the children of the process can be ended with it. Ctrl-C on the terminal
        // then reaches only this program, which ends the group.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child = command.spawn().with_context(|| format!("could not start {name}"))?;
        self.running.push((name, child));
        Ok(&mut self.running.last_mut().context("the program just started")?.1)
    }

    /// Returns a process that has ended; `None` while all of them run.
    pub fn ended(&mut self) -> Result<Option<(&'static str, ExitStatus)>> {
        for (name, child) in &mut self.running {
            if let Some(status) = child.try_wait().with_context(|| format!("watching {name}"))? {
                return Ok(Some((*name, status)));
            }
        }
        Ok(None)
    }
}

impl Drop for Children {
    fn drop(&mut self) {
        for (_, child) in &mut self.running {
            end_group(child, false);
        }
        let deadline = Instant::now() + GRACE;
        let all_ended = |running: &mut Vec<(&str, Child)>| {
            running.iter_mut().all(|(_, child)| matches!(child.try_wait(), Ok(Some(_)) | Err(_)))
        };
        while !all_ended(&mut self.running) && Instant::now() < deadline {
            sleep(Duration::from_millis(20));
        }
        for (_, child) in &mut self.running {
            // Also where the process itself has ended, because processes that it started may still run.
            end_group(child, true);
            let _ = child.wait();
        }
    }
}

/// Ignores failures, because the group may have ended in the meantime.
#[cfg(unix)]
fn end_group(child: &mut Child, at_once: bool) {
    use nix::sys::signal::{Signal, killpg};
    let signal = if at_once { Signal::SIGKILL } else { Signal::SIGTERM };
    if let Ok(group) = i32::try_from(child.id()) {
        let _ = killpg(nix::unistd::Pid::from_raw(group), signal);
    }
}

#[cfg(not(unix))]
fn end_group(child: &mut Child, _at_once: bool) {
    let id = child.id().to_string();
    let _ = Command::new("taskkill").args(["/T", "/F", "/PID", &id]).output();
    let _ = child.kill();
}

#[cfg(all(test, unix))]
mod tests {
    use super::Children;
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    #[test]
    fn what_a_program_started_ends_with_it() {
        let mut children = Children::default();
        let mut shell = Command::new("sh");
        // The inner `sleep` keeps the pipe open, so the pipe closes only when it ends.
        shell.args(["-c", "sleep 600 & echo started; wait"]).stdout(Stdio::piped());
        let stdout = children.spawn("a shell", &mut shell).expect("sh").stdout.take().expect("a pipe");
        let mut lines = BufReader::new(stdout).lines();
        assert_eq!(lines.next().expect("a line").expect("text"), "started");
        assert!(children.ended().expect("it can be watched").is_none());
        drop(children);
        assert!(lines.next().is_none(), "the pipe is closed, so nothing that held it lives");
    }
}
