//! Listing the files of a folder.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Returns the files in `folder` and below, sorted by name.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>> {
    WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter(|entry| entry.as_ref().map_or(true, |entry| !entry.file_type().is_dir()))
        .map(|entry| Ok(entry?.into_path()))
        .collect::<Result<_>>()
        .with_context(|| format!("reading {}", folder.display()))
}
