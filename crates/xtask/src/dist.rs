//! Makes a release: an archive of the panel and of the files that are needed to serve it, with checksums, the
//! licences and the bill of materials. The same sources and tools give the same bytes.

use crate::archive::{self, Files};
use crate::clean_copy::CleanCopy;
use crate::{build, command, dependencies, progress, sbom, third_party, tools, workspace};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

#[derive(Args, Debug)]
pub struct Options {
    /// Build a copy of the sources in another folder from nothing as well, and compare the two releases
    #[arg(long)]
    check: bool,
}

/// The environment variable that, by convention, replaces all other times in a reproducible build.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// The files and folders that go into the archive unchanged.
const PARTS: [&str; 5] = ["dist", "deploy", "LICENSE-APACHE", "LICENSE-MIT", "README.md"];

pub fn run(options: &Options) -> Result<ExitCode> {
    let time = time()?;
    build::release()?;
    // The commands `build` and `test` refuse a program above the budget; here the size is only printed.
    build::weigh()?;
    let release = assemble(time)?;
    let folder = folder();
    write(&release, &folder)?;
    println!("\n{}", archive::sums(&release).trim_end());
    println!("The release is in {}.", folder.display());
    if options.check {
        compare(&release, time)?;
        println!("A copy of the sources in another folder, built from nothing, gave the same bytes.");
    }
    Ok(ExitCode::SUCCESS)
}

/// The folder of the release, beside `dist/` and ignored by git as well.
fn folder() -> PathBuf {
    workspace::root().join("dist-release")
}

/// The modification time of every file in the archive, in seconds since 1970: that of the last commit. The files of a
/// later release are therefore newer, for servers that distinguish versions by time and length.
fn time() -> Result<u64> {
    if let Some(text) = env::var_os(EPOCH) {
        let text = text.to_string_lossy();
        return text.parse().with_context(|| format!("{EPOCH} must be seconds since 1970, not {text}"));
    }
    let text = command::capture(command::new("git").args(["log", "-1", "--format=%ct"]))
        .with_context(|| format!("outside of a git clone, {EPOCH} must say the time of the release"))?;
    text.trim().parse().context("git told no time")
}

/// Assembles the files of the release: the archive, and beside it the documents that people read without unpacking
/// it.
fn assemble(time: u64) -> Result<Files> {
    let parts = dependencies::of_panel()?;
    let tools = tools::of_release()?;
    let licences = workspace::dist().join(third_party::FILE);
    let licences = fs::read(&licences).with_context(|| format!("reading {}", licences.display()))?;
    let version = parts.keys().find(|(name, _)| name == dependencies::PANEL).context("the panel")?.1.clone();
    let mut release = Files::from([
        ("THIRD_PARTY.md".to_owned(), licences),
        ("sbom.cdx.json".to_owned(), sbom::write(&parts, &tools)?.into_bytes()),
    ]);
    let mut files = release.clone();
    for name in PARTS {
        archive::add(&mut files, &workspace::root().join(name), name)?;
    }
    files.insert("SHA256SUMS".to_owned(), archive::sums(&files).into_bytes());
    let top = format!("{}-{version}", dependencies::PANEL);
    release.insert(format!("{top}.tar.gz"), archive::tar_gz(&files, &top, time)?);
    release.insert("SHA256SUMS".to_owned(), archive::sums(&release).into_bytes());
    Ok(release)
}

fn write(release: &Files, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    for (name, content) in release {
        fs::write(folder.join(name), content).with_context(|| format!("writing {name}"))?;
    }
    Ok(())
}

/// Builds a copy of the sources from scratch in another folder, and compares the two releases.
fn compare(release: &Files, time: u64) -> Result<()> {
    let copy = CleanCopy::copied()?;
    progress::say("building the copy from nothing (some minutes)");
    command::run(copy.xtask()?.arg("dist").env(EPOCH, time.to_string()))?;
    let mut again = Files::new();
    archive::add(&mut again, &copy.sources().join("dist-release"), "")?;
    let different = differences(release, &again);
    if !different.is_empty() {
        // The copy is kept for inspection.
        let kept = copy.keep();
        bail!("the copy gave other bytes for {}; it is in {}", different.join(", "), kept.display());
    }
    Ok(())
}

/// The names of files that only one release has, or whose contents differ.
fn differences<'a>(one: &'a Files, other: &'a Files) -> Vec<&'a str> {
    let mut names: Vec<&str> = one.keys().chain(other.keys()).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| one.get(*name) != other.get(*name));
    names
}

#[cfg(test)]
mod tests {
    use super::{Files, differences};

    #[test]
    fn a_missing_and_a_changed_file_are_differences() {
        let files = |list: &[(&str, &str)]| -> Files {
            list.iter().map(|(name, content)| ((*name).to_owned(), content.as_bytes().to_vec())).collect()
        };
        let one = files(&[("a", "1"), ("b", "2"), ("c", "3")]);
        assert!(differences(&one, &one).is_empty());
        assert_eq!(differences(&one, &files(&[("b", "changed"), ("c", "3"), ("d", "4")])), ["a", "b", "d"]);
    }
}
