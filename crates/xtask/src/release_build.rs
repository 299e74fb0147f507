//! The release build beside other work: for half of its time it keeps a single core busy.

use crate::{build, cargo, command, workspace};
use anyhow::{Context, Result, bail};
use std::env;
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A running `cargo xtask build`, whose output is kept until it has ended.
#[derive(Debug)]
pub struct ReleaseBuild {
    // In the process group of this program, so that Ctrl-C ends it, too.
    running: Child,
    output: PathBuf,
}

impl ReleaseBuild {
    /// Starts it. What has to be installed for it is installed before, because other steps may need the same.
    pub fn start() -> Result<Self> {
        build::prepare()?;
        let output = cargo::target()?.join("release-build.log");
        let file = File::create(&output).with_context(|| format!("creating {}", output.display()))?;
        // With Cargo's variables, by which this program finds the workspace.
        let running = Command::new(env::current_exe().context("where is this program?")?)
            .arg("build")
            .current_dir(workspace::root())
            .stdin(Stdio::null())
            .stdout(file.try_clone().context("a second handle of the output")?)
            .stderr(file)
            .spawn()
            .context("could not start the release build")?;
        Ok(Self { running, output })
    }

    /// Waits for its end, prints its output, and returns whether the size is within the budget.
    ///
    /// # Errors
    ///
    /// The panel was not built.
    pub fn finish(mut self) -> Result<bool> {
        let status = self.running.wait().context("waiting for the release build")?;
        io::copy(&mut File::open(&self.output)?, &mut io::stdout()).context("printing the output")?;
        let _ = fs::remove_file(&self.output);
        command::stop_if_interrupted(status)?;
        if status.success() {
            return Ok(true);
        }
        // It fails also where all is built and too large.
        match build::weigh() {
            Ok(false) => Ok(false),
            _ => bail!("the panel was not built"),
        }
    }
}
