//! Finds the browsers of other engines than Chromium's. On Debian and Ubuntu, root installs them. Where one cannot be
//! had, its tests count as skipped.

use crate::{browser, progress};
use anyhow::Result;
use std::path::PathBuf;

#[derive(Debug, Clone, Copy)]
pub enum Engine {
    Firefox,
    WebKit,
}

impl Engine {
    pub fn title(self) -> &'static str {
        match self {
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        }
    }

    /// The name of its project in `end2end/playwright.config.ts`.
    pub fn project(self) -> &'static str {
        match self {
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The packages of Debian that bring it.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Firefox => &["firefox-esr", "fonts-liberation"],
            // Of WebKit only the driver is a browser; the others give it a screen, its windows the focus, and a bus.
            Self::WebKit => &["webkit2gtk-driver", "xvfb", "openbox", "dbus", "fonts-liberation"],
        }
    }

    /// Its programs; of each line the first that is found.
    fn programs(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Firefox => {
                &[&["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"]]
            }
            Self::WebKit => &[&["WebKitWebDriver"], &["Xvfb"], &["openbox"], &["dbus-run-session"]],
        }
    }

    /// The file of its first program, if it has all of them; else the name of the one that is missing.
    fn found(self) -> Result<PathBuf, &'static str> {
        let mut files = self
            .programs()
            .iter()
            .map(|names| names.iter().find_map(|name| which::which(name).ok()).ok_or_else(|| names[0]));
        let first = files.next().unwrap_or(Err(self.title()))?;
        files.collect::<Result<Vec<_>, _>>()?;
        Ok(first)
    }
}

/// Returns the file of the engine's browser, and installs it where that is possible. Where it cannot be had, the inner
/// error is a sentence that says why.
pub fn prepare(engine: Engine) -> Result<Result<PathBuf, String>> {
    if let Ok(file) = engine.found() {
        return Ok(Ok(file));
    }
    let packages = engine.packages().join(" ");
    let advice = |missing, why| format!("{} is skipped: {missing} is missing, and {why}", engine.title());
    let may_install = browser::may_install_by_apt();
    if may_install {
        progress::say(&format!(
            "installing {} by apt-get: {packages} (about a minute, once)",
            engine.title()
        ));
        browser::install_by_apt(engine.packages())?;
    }
    Ok(engine.found().map_err(|missing| {
        if may_install {
            advice(missing, "apt-get could not install it".to_owned())
        } else {
            advice(missing, format!("only root on Debian installs it here: apt install {packages}"))
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::Engine;

    #[test]
    fn what_is_missing_is_named() {
        for engine in [Engine::Firefox, Engine::WebKit] {
            let first: Vec<_> = engine.programs().iter().map(|names| names[0]).collect();
            if let Err(missing) = engine.found() {
                assert!(first.contains(&missing), "{missing}");
            }
        }
    }
}
