//! A copy of the sources in a temporary folder, without build artifacts, in which this program can run.

use crate::{command, workspace};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

/// Removes its folder when it is dropped.
pub struct CleanCopy(tempfile::TempDir);

impl CleanCopy {
    /// Copies the files that git tracks or would add, in their current state.
    pub fn copied() -> Result<Self> {
        // The path also has another length, because a path in the program would shift all bytes after it.
        let home =
            tempfile::Builder::new().prefix("another-folder-").tempdir().context("creating a folder")?;
        let copy = Self(home);
        let list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        let names = command::capture(command::new("git").args(list))?;
        for name in names.split('\0').filter(|name| !name.is_empty()) {
            let (from, to) = (workspace::root().join(name), copy.sources().join(name));
            // The file was deleted, and the deletion is not committed yet.
            if !from.is_file() {
                continue;
            }
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
            }
            fs::copy(&from, &to).with_context(|| format!("copying {name}"))?;
        }
        Ok(copy)
    }

    pub fn sources(&self) -> PathBuf {
        self.0.path().join("the same sources")
    }

    /// A command that runs this program for the copy, with a target folder of its own.
    pub fn xtask(&self) -> Result<Command> {
        let mut this = command::new(env::current_exe().context("finding this program")?);
        this.current_dir(self.sources())
            .env("CARGO_MANIFEST_DIR", self.sources().join("crates").join("xtask"))
            .env("CARGO_TARGET_DIR", self.0.path().join("target"));
        Ok(this)
    }

    /// Keeps the folder for inspection.
    pub fn keep(self) -> PathBuf {
        self.0.keep()
    }
}
