//! Where things are: the clone, the cache, Cargo's folders, and what `Cargo.lock` says. Reads, never writes.

use crate::command;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    let member = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    // This crate is two folders below: `crates/xtask`.
    member.ancestors().nth(2).map(Path::to_path_buf).unwrap_or(member)
}

/// The release build of the panel.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's target folder, wherever the person's configuration puts it.
pub fn target() -> Result<PathBuf> {
    let text = command::capture(command::cargo().args([
        "metadata",
        "--no-deps",
        "--offline",
        "--format-version=1",
    ]))?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).context("cargo metadata did not print JSON")?;
    let folder = metadata["target_directory"].as_str().context("cargo metadata names no target folder")?;
    Ok(PathBuf::from(folder))
}

/// Where Cargo keeps the sources of crates.
pub fn cargo_home() -> Result<PathBuf> {
    let home = || Some(env_path(if cfg!(windows) { "USERPROFILE" } else { "HOME" })?.join(".cargo"));
    env_path("CARGO_HOME").or_else(home).context("no home folder: set CARGO_HOME to Cargo's")
}

/// Where tools are kept between clones.
pub fn cache() -> Result<PathBuf> {
    if let Some(folder) = env_path("KEY_SYNC_CACHE") {
        return Ok(folder);
    }
    if let Some(folder) = env_path("XDG_CACHE_HOME") {
        return Ok(folder.join("key-sync"));
    }
    let caches = if cfg!(windows) {
        env_path("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        env_path("HOME").map(|home| home.join("Library/Caches"))
    } else {
        env_path("HOME").map(|home| home.join(".cache"))
    };
    match caches {
        Some(folder) => Ok(folder.join("key-sync")),
        None => bail!("no folder to keep tools in: set KEY_SYNC_CACHE to one"),
    }
}

fn env_path(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The version of wasm-bindgen that the workspace is locked to; the command must be exactly of this version.
pub fn wasm_bindgen_version() -> Result<String> {
    let file = root().join("Cargo.lock");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    locked_version(&text, "wasm-bindgen")
}

/// The one version of `package` in the text of a `Cargo.lock`.
fn locked_version(lock: &str, package: &str) -> Result<String> {
    let lock: toml::Table = lock.parse().context("Cargo.lock is not TOML")?;
    let packages =
        lock.get("package").and_then(toml::Value::as_array).context("Cargo.lock lists no packages")?;
    let versions: Vec<&str> = packages
        .iter()
        .filter(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
        .filter_map(|entry| entry.get("version").and_then(toml::Value::as_str))
        .collect();
    match versions[..] {
        [version] => Ok(version.to_owned()),
        [] => bail!("Cargo.lock does not contain {package}"),
        _ => bail!("Cargo.lock contains {package} more than once: {}", versions.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    const LOCK: &str = r#"
        version = 4
        [[package]]
        name = "wasm-bindgen"
        version = "0.2.129"
        dependencies = ["wasm-bindgen-macro"]
        [[package]]
        name = "wasm-bindgen-macro"
        version = "0.2.128"
        [[package]]
        name = "syn"
        version = "1.0.1"
        [[package]]
        name = "syn"
        version = "2.0.2"
    "#;

    #[test]
    fn the_lock_file_decides_the_version() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen").expect("it is there"), "0.2.129");
    }

    #[test]
    fn a_missing_or_doubled_package_is_said() {
        let missing = locked_version(LOCK, "leptos").expect_err("it is not there").to_string();
        assert_eq!(missing, "Cargo.lock does not contain leptos");
        let doubled = locked_version(LOCK, "syn").expect_err("there are two").to_string();
        assert_eq!(doubled, "Cargo.lock contains syn more than once: 1.0.1, 2.0.2");
        assert!(locked_version("not a lock file", "syn").is_err());
    }

    #[test]
    fn this_workspace_is_locked_to_one_wasm_bindgen() {
        let version = super::wasm_bindgen_version().expect("Cargo.lock of the workspace");
        assert!(version.starts_with("0.2."), "{version}");
    }
}
