//! The release build: the tools, Trunk, and the weight of what it made.

use crate::{cargo, command, compress, pack, progress, size, tools, workspace};
use anyhow::{Context, Result, bail};
use std::fs;
use std::process::ExitCode;

pub fn run() -> Result<ExitCode> {
    release()?;
    Ok(if weigh()? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Builds `dist/`: the panel's files, and beside each its compressed twins.
pub fn release() -> Result<()> {
    cargo::prepare_target()?;
    let folders = tools::prepare_all(&[tools::trunk(), tools::wasm_bindgen()?, tools::wasm_opt()])?;
    cargo::prepare_crates()?;
    let mut trunk = command::new("trunk");
    command::with_path(&mut trunk, folders.iter().map(AsRef::as_ref))?;
    // In place of flags that the person's environment may have: a release has no others.
    trunk.env("CARGO_ENCODED_RUSTFLAGS", flags()?);
    progress::say("building the panel (release: about a minute)");
    // Ready to be split; what Trunk itself makes of it does not run, and is replaced.
    if !command::succeeds(trunk.args(["build", "--release", "--offline", "--locked", "--features", "split"]))?
    {
        bail!("the panel was not built");
    }
    progress::say("splitting the program and making it smaller");
    pack::pack(&workspace::dist()).context("packing what Trunk built")?;
    compress::folder(&workspace::dist())
}

/// What keeps this machine's folders out of the program, whose panics name their source files: the same sources give
/// the same bytes in every folder, and nobody learns where it was built.
fn flags() -> Result<String> {
    let home = workspace::cargo_home()?;
    // Of several that match, the last one counts.
    let mut names =
        vec![(home.clone(), "/cargo"), (cargo::target()?, "/target"), (workspace::root(), "/key-sync")];
    // Below it each registry has a folder, named after the address by which this machine reaches it.
    if let Ok(registries) = fs::read_dir(home.join("registry").join("src")) {
        names.extend(registries.flatten().map(|registry| (registry.path(), "/crates")));
    }
    let flags = names.iter().map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()));
    // By what the linker writes beside the code, the split knows which function needs which.
    Ok(flags.chain(["-Clink-arg=--emit-relocs".to_owned()]).collect::<Vec<_>>().join("\u{1f}"))
}

/// Prints what the first load weighs and says whether it keeps the budget.
pub fn weigh() -> Result<bool> {
    let weights = size::of_folder(&workspace::dist())?;
    let budget = size::Budget::read(&workspace::root().join("budget.toml"))?;
    println!("{}", size::table(&weights));
    let (kept, verdict) = budget.judge(&weights);
    println!("{verdict}");
    Ok(kept)
}
