//! The program as it is published: two WebAssembly files and the script that binds them to the page.
//!
//! The compiler makes one file. What only the views of `src/view/second.rs` need moves to a second one, which is loaded
//! when somebody asks for such a view. Then wasm-bindgen writes the script, and what nobody calls is taken out of all
//! three. Must not know what the panel does.

use crate::{command, glue, rewrite, tools};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// Smaller by 1 kB (brotli) than `-Oz` alone. Nothing valid lies below address 1024, where the stack ends. Quiet, because
/// it knows not every name that the linker writes.
const OPTIMIZE: &[&str] = &["--quiet", "--low-memory-unused", "--flatten", "--rereloop", "-Oz", "-Oz"];

/// What the script calls before there is a second file; the macro `wasm_split` gives the name.
const LINK: &str = "__wasm_split.js";
/// The module name under which the second file asks for what it shares with the first.
const SHARED: &str = "__wasm_split";

pub struct Program {
    /// The script; [`glue::Second::fill`] puts the second part's files into it.
    pub script: String,
    pub first: Vec<u8>,
    pub second: Vec<u8>,
}

/// From the file that the compiler wrote, linked with `--emit-relocs`.
pub fn make(compiled: &Path) -> Result<Program> {
    let home = tempfile::tempdir()?;
    let home = home.path();
    let [whole, main, bound] = ["split", "split/key-sync.wasm", "bound"].map(|name| home.join(name));
    split(compiled, &whole, &main).context("splitting the program")?;
    command::run(
        command::new(tools::wasm_bindgen()?.program()?)
            // The second file needs the table of functions, which only the linker's own exports hold.
            .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-dir"])
            .args([&bound, &main]),
    )?;
    let script = glue::without_classes(&fs::read_to_string(bound.join("key-sync.js"))?);
    let first = fs::read(bound.join("key-sync_bg.wasm"))?;
    let second = fs::read(whole.join("split_second.wasm")).context("the split made no second file")?;

    let second = optimized(&second, home)?;
    let shared = rewrite::imports(&second)?;
    if let Some((module, name)) = shared.iter().find(|(module, _)| module != SHARED) {
        bail!("the second file asks for {name} of {module}, which nobody gives it");
    }
    let mut shared: Vec<_> = shared.into_iter().map(|(_, name)| name).collect();
    shared.push("__indirect_function_table".to_owned());
    let used = |name: &str| shared.iter().any(|shared| shared == name) || glue::calls(&script, name);
    let first = optimized(&rewrite::with_exports(&first, used)?, home)?;

    let asked: Vec<_> = rewrite::imports(&first)?.into_iter().map(|(_, name)| name).collect();
    let (script, names) = glue::with_short_names(&script, &asked)?;
    let first = rewrite::with_names(&first, |name| names.get(name).cloned())?;
    Ok(Program { script: bundled(&script, home)?, first, second })
}

fn split(compiled: &Path, folder: &Path, main: &Path) -> Result<()> {
    let input = fs::read(compiled).with_context(|| format!("reading {}", compiled.display()))?;
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = main;
    // The crate's errors are no `std::error::Error`.
    wasm_split_cli_support::transform(options).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    Ok(())
}

fn optimized(program: &[u8], home: &Path) -> Result<Vec<u8>> {
    let [before, after] = ["before.wasm", "after.wasm"].map(|name| home.join(name));
    fs::write(&before, program)?;
    command::run(
        command::new(tools::wasm_opt().program()?).args(OPTIMIZE).arg(&before).arg("-o").arg(&after),
    )?;
    Ok(fs::read(after)?)
}

/// The script and what loads the second part, as one.
fn bundled(script: &str, home: &Path) -> Result<String> {
    fs::write(home.join("key-sync.js"), script)?;
    fs::write(home.join(LINK), include_str!("second.js"))?;
    let entry = home.join("entry.js");
    fs::write(
        &entry,
        "export { default } from \"./key-sync.js\"; export { ahead } from \"./__wasm_split.js\";",
    )?;
    let text = command::capture(
        command::new(tools::esbuild().program()?)
            .args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"])
            .arg(entry),
    )?;
    Ok(text.trim_end().to_owned())
}
