//! The release build: prepares the tools, runs Trunk, packs the result and checks its size.

use crate::{cargo, command, compress, dependencies, pack, progress, size, third_party, tools, workspace};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

pub fn run() -> Result<ExitCode> {
    release()?;
    Ok(if weigh()? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Installs what a release build needs, and returns the folders of its tools.
pub fn prepare() -> Result<Vec<PathBuf>> {
    cargo::prepare_target()?;
    let folders = tools::prepare_all(&[tools::trunk(), tools::wasm_bindgen()?, tools::wasm_opt()])?;
    cargo::prepare_crates()?;
    Ok(folders)
}

/// Builds `dist/`: the panel's files, each with its compressed copies.
pub fn release() -> Result<()> {
    let folders = prepare()?;
    // Before Trunk: after it Cargo may be compiling tests, and would keep everything waiting until they are done.
    let packer = cargo::build_program("packer")?;
    let mut trunk = command::new("trunk");
    command::with_path(&mut trunk, folders.iter().map(AsRef::as_ref))?;
    // Replaces flags of the user's environment, so that every release has the same flags.
    trunk.env("CARGO_ENCODED_RUSTFLAGS", flags()?);
    progress::say("building the panel (release: about a minute)");
    // The program is built for splitting. The unsplit program that Trunk writes does not run, and is replaced.
    if !command::succeeds(trunk.args(["build", "--release", "--offline", "--locked", "--features", "split"]))?
    {
        bail!("the panel was not built");
    }
    progress::say("splitting the program and making it smaller");
    pack::pack(&workspace::dist(), &packer).context("packing what Trunk built")?;
    let licences = third_party::write(&dependencies::of_panel()?, &cargo::rustc()?.version)?;
    let file = workspace::dist().join(third_party::FILE);
    fs::write(&file, licences).with_context(|| format!("writing {}", file.display()))?;
    compress::folder(&workspace::dist(), &packer)
}

/// The compiler flags. Panics name their source files, so the flags remap the folders of this machine: the same
/// sources give the same bytes in every folder, and the program does not reveal where it was built.
fn flags() -> Result<String> {
    let home = workspace::cargo_home()?;
    // Where several prefixes match, rustc uses the last one.
    let mut names =
        vec![(home.clone(), "/cargo"), (cargo::target()?, "/target"), (workspace::root(), "/key-sync")];
    // Each registry has a folder here that is named after its URL, which may differ between machines.
    if let Ok(registries) = fs::read_dir(home.join("registry").join("src")) {
        names.extend(registries.flatten().map(|registry| (registry.path(), "/crates")));
    }
    let flags = names.iter().map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()));
    // From the relocations the split derives which function needs which.
    Ok(flags.chain(["-Clink-arg=--emit-relocs".to_owned()]).collect::<Vec<_>>().join("\u{1f}"))
}

/// Prints the size of the first load, and returns whether it is within the budget.
pub fn weigh() -> Result<bool> {
    let weights = size::of_folder(&workspace::dist())?;
    let budget = size::Budget::read(&workspace::root().join("budget.toml"))?;
    println!("{}", size::table(&weights));
    let (is_within, verdict) = budget.judge(&weights);
    println!("{verdict}");
    Ok(is_within)
}
