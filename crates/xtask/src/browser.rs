//! Finds the browser for the tests: the one that CHROMIUM names, the system's, or the one that Playwright downloads;
//! and its build without windows, in which the tests take a fifth less time.

use crate::{command, npm, progress};
use anyhow::{Result, bail};
use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Debian's package, and its program, of Chromium without windows.
const HEADLESS_SHELL: &str = "chromium-headless-shell";

const MAC: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const WINDOWS: [(&str, &str); 4] = [
    ("ProgramFiles", r"Google\Chrome\Application\chrome.exe"),
    ("ProgramFiles(x86)", r"Google\Chrome\Application\chrome.exe"),
    ("LOCALAPPDATA", r"Google\Chrome\Application\chrome.exe"),
    ("ProgramFiles(x86)", r"Microsoft\Edge\Application\msedge.exe"),
];

/// Returns the file of a Chromium, and installs one where that is possible. The packages of the tests must be
/// installed.
pub fn prepare() -> Result<PathBuf> {
    if let Some(named) = named() {
        return match which::which(&named) {
            Ok(file) => Ok(file),
            Err(_) => bail!("CHROMIUM names {}, and there is no such program", named.display()),
        };
    }
    if let Some(file) = of_system().or_else(of_playwright) {
        return Ok(file);
    }
    if may_install_by_apt() {
        progress::say("installing Chromium by apt-get (about a minute, once)");
        if install_by_apt(&["chromium", HEADLESS_SHELL, "fonts-liberation"])?
            && let Some(file) = of_system()
        {
            return Ok(file);
        }
    }
    progress::say("downloading Playwright's Chromium (once)");
    let install = ["playwright", "install", "chromium"];
    if command::succeeds(npm::node_program("npx")?.args(install).current_dir(npm::end2end()))?
        && let Some(file) = of_playwright()
    {
        return Ok(file);
    }
    bail!("no Chromium was found: install Chromium or Google Chrome, or set CHROMIUM to the file of one")
}

/// Returns the file of Chromium's build without windows, and installs one where that is possible. `None` where there is
/// none, and where CHROMIUM names a browser, which is then meant for all tests.
pub fn prepare_headless_shell() -> Result<Option<PathBuf>> {
    if named().is_some() {
        return Ok(None);
    }
    let found = || which::which(HEADLESS_SHELL).ok().filter(runs);
    if found().is_none() && may_install_by_apt() {
        progress::say("installing Chromium without windows by apt-get (half a minute, once)");
        // Both packages, because they need parts of the same version.
        install_by_apt(&["chromium", HEADLESS_SHELL])?;
    }
    Ok(found())
}

/// The browser that CHROMIUM names.
fn named() -> Option<OsString> {
    env::var_os("CHROMIUM").filter(|name| !name.is_empty())
}

fn of_system() -> Option<PathBuf> {
    let on_path = NAMES.iter().filter_map(|name| which::which(name).ok());
    let on_mac = MAC.iter().map(PathBuf::from);
    let on_windows = WINDOWS
        .iter()
        .filter_map(|(base, rest)| env::var_os(base).map(|base| PathBuf::from(base).join(rest)));
    on_path.chain(on_mac).chain(on_windows).find(|file| file.is_file() && runs(file))
}

/// Whether the browser runs: some systems have a `chromium-browser` that only prints how to install one.
fn runs(file: &PathBuf) -> bool {
    // On Windows, `--version` would open a window.
    cfg!(windows)
        || Command::new(file)
            .arg("--version")
            .stdin(Stdio::null())
            .output()
            .is_ok_and(|output| output.status.success() && !output.stdout.is_empty())
}

/// The browser that Playwright has downloaded; `None` where it has not.
fn of_playwright() -> Option<PathBuf> {
    let question = "process.stdout.write(require('playwright-core').chromium.executablePath())";
    let mut node = npm::node_program("node").ok()?;
    let output =
        node.args(["-e", question]).current_dir(npm::end2end()).stderr(Stdio::null()).output().ok()?;
    let file = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    file.is_file().then_some(file)
}

/// Whether packages of Debian or Ubuntu can be installed: by root alone.
pub fn may_install_by_apt() -> bool {
    which::which("apt-get").is_ok() && is_root()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Installs packages of Debian or Ubuntu.
pub fn install_by_apt(packages: &[&str]) -> Result<bool> {
    let install = ["install", "--yes", "--quiet", "--no-install-recommends"];
    Ok(command::succeeds(command::new("apt-get").args(["update", "--quiet"]))?
        && command::succeeds(
            command::new("apt-get").args(install).args(packages).env("DEBIAN_FRONTEND", "noninteractive"),
        )?)
}
