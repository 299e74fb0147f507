//! Installs packages of the npm registry: those that are tools, those of the browser tests, and those of the pages in
//! `bench/`.

use crate::{command, progress, workspace};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the commands of the packages in `folder`.
pub fn programs(folder: &Path) -> PathBuf {
    folder.join("node_modules").join(".bin")
}

/// The folder of the browser tests.
pub fn end2end() -> PathBuf {
    workspace::root().join("end2end")
}

/// Installs one package into `folder`, which must exist.
pub fn install_package(folder: &Path, name: &str, version: &str) -> Result<()> {
    command::run(
        node_program("npm")?
            .args(["install", "--no-audit", "--no-fund", "--no-save", "--loglevel=error", "--prefix"])
            .arg(folder)
            .arg(format!("{name}@{version}")),
    )
}

/// Installs the packages of the browser tests.
pub fn prepare_end2end() -> Result<()> {
    prepare(&end2end())
}

/// Builds the page in `folder` into its `dist` with its own script.
pub fn build(folder: &Path) -> Result<()> {
    prepare(folder)?;
    command::run(node_program("npm")?.args(["run", "build", "--loglevel=error"]).current_dir(folder))
}

/// Installs the packages of `folder` where its lock file has changed since the last time.
fn prepare(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("reading {}", lock.display()))?;
    let mark = folder.join("node_modules").join(".installed-package-lock.json");
    if fs::read(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    progress::say(&format!("installing the packages of {}", folder.display()));
    command::run(
        node_program("npm")?
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            // The tests use the system's browser; where there is none, a separate command downloads one.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .current_dir(folder),
    )?;
    fs::write(&mark, wanted).with_context(|| format!("writing {}", mark.display()))
}

/// A command of Node.js; the error is a line that explains how to install it.
pub fn node_program(name: &str) -> Result<Command> {
    match which::which(name) {
        Ok(file) => Ok(command::new(file)),
        Err(_) => {
            bail!("{name} is missing: install Node.js 20 or newer (https://nodejs.org) and run this again")
        }
    }
}
