//! The program as it is published: three WebAssembly files and the script that binds them to the page.
//!
//! The compiler makes one file. What only the views of one part need (`src/view/split.rs`) moves to a file of that part, which
//! is loaded when somebody asks for such a view. Then wasm-bindgen writes the script, and what nobody calls is taken out of
//! all of them. Must not know what the panel does.

use crate::{command, glue, rewrite, tools};
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Smaller by 1 kB (brotli) than `-Oz` alone. Nothing valid lies below address 1024, where the stack ends. Quiet, because
/// it knows not every name that the linker writes.
const OPTIMIZE: &[&str] = &["--quiet", "--low-memory-unused", "--flatten", "--rereloop", "-Oz", "-Oz"];

/// The parts beside the first, each after the one that it stands on; `view/split.rs` and `parts.js` know them by these names.
const PARTS: [&str; 2] = ["list", "second"];
/// What the script calls before there are other files; the macro `wasm_split` gives the name.
const LINK: &str = "__wasm_split.js";
/// The module name under which the other files ask for what they share with the first.
const SHARED: &str = "__wasm_split";
/// That of the first, while files are merged.
const FIRST: &str = "first";

pub struct Program {
    /// The script; [`glue::with_files`] puts the other parts' files into it.
    pub script: String,
    pub first: Vec<u8>,
    pub others: Vec<Part>,
}

pub struct Part {
    pub name: &'static str,
    pub program: Vec<u8>,
}

/// From the file that the compiler wrote, linked with `--emit-relocs`.
pub fn make(compiled: &Path) -> Result<Program> {
    let home = tempfile::tempdir()?;
    let home = home.path();
    let [main, bound] = ["key-sync.wasm", "bound"].map(|name| home.join(name));
    let mut others = split(compiled, home, &main).context("splitting the program")?;
    command::run(
        command::new(tools::wasm_bindgen()?.program()?)
            // The other files need the table of functions, which only the linker's own exports hold.
            .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-dir"])
            .args([&bound, &main]),
    )?;
    let script = fs::read_to_string(bound.join("key-sync.js"))?;
    let script = glue::with_modules_once(&glue::without_classes(&script));
    let first = fs::read(bound.join("key-sync_bg.wasm"))?;

    let mut shared = BTreeSet::from(["__indirect_function_table".to_owned()]);
    for Part { name: part, program } in &mut others {
        *program = optimized(program, home)?;
        for (module, name) in rewrite::imports(program)? {
            if module != SHARED {
                bail!("the part {part} asks for {name} of {module}, which nobody gives it");
            }
            shared.insert(name);
        }
    }
    let used = |name: &str| shared.contains(name) || glue::calls(&script, name);
    let first = optimized(&rewrite::with_exports(&first, used)?, home)?;

    let asked: Vec<_> = rewrite::imports(&first)?.into_iter().map(|(_, name)| name).collect();
    let (script, names) = glue::with_short_names(&script, &asked)?;
    let first = rewrite::with_imports(&first, |_, name| {
        if let Some(short) = names.get(name) {
            name.clone_from(short);
        }
    })?;
    Ok(Program { script: bundled(&script, home)?, first, others })
}

/// Writes the first part's file to `main`, and gives the others.
fn split(compiled: &Path, home: &Path, main: &Path) -> Result<Vec<Part>> {
    let input = fs::read(compiled).with_context(|| format!("reading {}", compiled.display()))?;
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = home;
    options.main_out_path = main;
    // The crate's errors are no `std::error::Error`.
    let made = wasm_split_cli_support::transform(options).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    // What several parts share is a file of its own. It goes to the first of them, on which the others stand.
    let mut taken = BTreeSet::new();
    let part = |name| {
        let files = made.prefetch_map.get(name).with_context(|| format!("the split made no part {name}"))?;
        let files = files.iter().filter(|file| taken.insert(file.as_str()));
        let files: Vec<_> = files.map(|file| home.join(file).with_extension("wasm")).collect();
        Ok(Part { name, program: merged(&files, home)? })
    };
    PARTS.into_iter().map(part).collect()
}

/// Several files of the split as one.
fn merged(files: &[PathBuf], home: &Path) -> Result<Vec<u8>> {
    let programs = files.iter().map(fs::read).collect::<Result<Vec<_>, _>>()?;
    if let [one] = programs.as_slice() {
        return Ok(one.clone());
    }
    let [hands_on, merged] = ["hands-on.wasm", "merged.wasm"].map(|name| home.join(name));
    // Each asks for the same memory, which would then be two; so both have it from one that asks for it once.
    fs::write(&hands_on, rewrite::handing_on(&programs, FIRST)?)?;
    let mut merge = command::new(tools::wasm_merge().program()?);
    for file in files {
        // Nobody asks for anything by this name.
        merge.arg(file).arg(file);
    }
    command::run(merge.arg(&hands_on).args([SHARED, "--quiet", "-o"]).arg(&merged))?;
    let merged = rewrite::with_exports(&fs::read(merged)?, |_| false)?;
    rewrite::with_imports(&merged, |module, _| SHARED.clone_into(module))
}

fn optimized(program: &[u8], home: &Path) -> Result<Vec<u8>> {
    let [before, after] = ["before.wasm", "after.wasm"].map(|name| home.join(name));
    fs::write(&before, program)?;
    command::run(
        command::new(tools::wasm_opt().program()?).args(OPTIMIZE).arg(&before).arg("-o").arg(&after),
    )?;
    Ok(fs::read(after)?)
}

/// The script and what loads the other parts, as one.
fn bundled(script: &str, home: &Path) -> Result<String> {
    fs::write(home.join("key-sync.js"), script)?;
    fs::write(home.join(LINK), include_str!("parts.js"))?;
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
