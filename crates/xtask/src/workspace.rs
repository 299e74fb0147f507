//! The paths of the clone, of the build, of the cache and of the sources of crates.

use anyhow::{Context, Result};
use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};
use std::env;
use std::path::{Path, PathBuf};

/// The folder of the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    let member = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    // This crate is two folders below, in `crates/xtask`.
    member.ancestors().nth(2).map(Path::to_path_buf).unwrap_or(member)
}

/// The folder of the release build of the panel.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The folder in which Cargo keeps the sources of crates.
pub fn cargo_home() -> Result<PathBuf> {
    let home = || Some(etcetera::home_dir().ok()?.join(".cargo"));
    env_path("CARGO_HOME").or_else(home).context("no home folder: set CARGO_HOME to Cargo's")
}

/// The folder of the tools, which all clones share.
pub fn cache() -> Result<PathBuf> {
    let of_user = || Some(choose_native_strategy().ok()?.cache_dir().join("key-sync"));
    env_path("KEY_SYNC_CACHE")
        .or_else(of_user)
        .context("no folder to keep tools in: set KEY_SYNC_CACHE to one")
}

fn env_path(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}
