//! What only a release needs: `packer split <input> <folder> <part>` and `packer compress <file>`.
//!
//! A program of its own, because everybody's first command compiles xtask, and would compile these libraries with it.

mod compress;
mod split;

use anyhow::{Result, bail};
use std::env;
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    match arguments.split_first() {
        Some((task, [file])) if task == Path::new("compress") => compress::compress(file),
        Some((task, [input, folder, part])) if task == Path::new("split") => {
            println!("{}", split::split(input, folder, &part.to_string_lossy())?);
            Ok(())
        }
        _ => bail!("usage: packer split <input> <folder> <part>, or packer compress <file>"),
    }
}
