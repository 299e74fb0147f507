//! Splits the compiled panel in two by `wasm_split_cli_support`, the library that belongs to the macro of Leptos.
//!
//! `splitter <input> <folder> <part>` reads the program `input` and writes `main.wasm` and the part that the macro calls
//! `part` to `folder`. It prints the file name of that part.
//!
//! A program of its own because only releases are split: the library takes more than a third of the time that
//! compiling xtask took with it, and everybody's first command compiles xtask.

use anyhow::{Context, Result, anyhow, bail};
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [input, folder, part] = arguments.as_slice() else {
        bail!("usage: splitter <input> <folder> <part>");
    };
    let input = fs::read(input).with_context(|| format!("reading {input}"))?;
    let folder = PathBuf::from(folder);
    let main = folder.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = &folder;
    options.main_out_path = &main;
    // The errors of the library do not implement `std::error::Error`.
    let made = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("{error:?}"))?;
    let files = made.prefetch_map.get(part).with_context(|| format!("the split made no part {part}"))?;
    let [file] = files.as_slice() else {
        bail!("the split made more than one file of the part {part}");
    };
    println!("{file}");
    Ok(())
}
