//! Long-running programs that are started and ended together, each with every process that it started itself.
//! `docs/decisions/child-processes.md` says why no crate does this.

use anyhow::{Context, Result};
use std::process::{Child, Command, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a program may take to end when asked to, before it is ended.
const GRACE: Duration = Duration::from_secs(3);

#[derive(Default)]
pub struct Children {
    running: Vec<(&'static str, Child)>,
}

impl Children {
    /// Starts a program that ends with this one.
    pub fn spawn(&mut self, name: &'static str, command: &mut Command) -> Result<&mut Child> {
        // A group of its own, so that its own children can be ended with it. Ctrl-C on the terminal then reaches
        // only this program, which ends the group.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child = command.spawn().with_context(|| format!("could not start {name}"))?;
        self.running.push((name, child));
        Ok(&mut self.running.last_mut().context("the program just started")?.1)
    }

    /// The first program found to have ended.
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
            // Also where the program itself has ended: something that it started may have not.
            end_group(child, true);
            let _ = child.wait();
        }
    }
}

/// Failures are no news here: the group may have ended meanwhile.
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
        // The inner sleep holds the pipe open; only its end closes it.
        shell.args(["-c", "sleep 600 & echo started; wait"]).stdout(Stdio::piped());
        let stdout = children.spawn("a shell", &mut shell).expect("sh").stdout.take().expect("a pipe");
        let mut lines = BufReader::new(stdout).lines();
        assert_eq!(lines.next().expect("a line").expect("text"), "started");
        assert!(children.ended().expect("it can be watched").is_none());
        drop(children);
        assert!(lines.next().is_none(), "the pipe is closed, so nothing that held it lives");
    }
}
