//! Splits the compiled panel in two by `wasm_split_cli_support`, the library that belongs to the macro of Leptos.

use anyhow::{Context, Result, anyhow, bail};
use std::fs;
use std::path::Path;

/// Reads the program `input`, and writes `main.wasm` and the part that the macro calls `part` to `folder`. Returns the file
/// name of that part.
pub fn split(input: &Path, folder: &Path, part: &str) -> Result<String> {
    let input = fs::read(input).with_context(|| format!("reading {}", input.display()))?;
    let main = folder.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &main;
    // The errors of the library do not implement `std::error::Error`.
    let made = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("{error:?}"))?;
    let files = made.prefetch_map.get(part).with_context(|| format!("the split made no part {part}"))?;
    let [file] = files.as_slice() else {
        bail!("the split made more than one file of the part {part}");
    };
    Ok(file.clone())
}
