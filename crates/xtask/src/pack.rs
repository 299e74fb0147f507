//! Packs the page that Trunk has built for a release, step by step:
//!
//! 1. The program is split in two by the crate `packer`, at the macro of Leptos (`src/lazy_views.rs`). Trunk cannot do
//!    this, because the split comes before wasm-bindgen.
//! 2. wasm-opt optimizes both files. It cannot come earlier, because it cannot read the relocations that the split
//!    needs.
//! 3. esbuild bundles the page's own scripts, wasm-bindgen's and the one that loads the second part into one, and the
//!    stylesheets into two: each file of the first load costs one more request.
//! 4. The files are named by a hash of their content. Trunk's names depend on the input only, so that after an update
//!    of a tool the same name could stand for other bytes, which browsers would refuse by their integrity.
//!
//! The module must not depend on the panel's code: a build without the macro works too, as one larger program.

use crate::{cargo, command, parallel, tools};
use anyhow::{Context, Result, anyhow, bail};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha384};
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The name of the second part in the macro in `src/lazy_views.rs`.
const REST: &str = "rest";
/// The attribute in the tag of a stylesheet that only the second part needs.
const LATER: &str = "data-part=second";
/// What the first part is made small with. It decides when the first rows stand there; with one `-Oz` alone it is 2.4 kB
/// larger.
const SMALLEST: &[&str] = &["--flatten", "--rereloop", "-Oz", "-Oz"];
/// The same for the second part, which nobody waits for: 3 kB larger than with those of the first, in half of their time.
const SMALL: &[&str] = &["-Os"];
/// Options for both. No valid address is below 1024, where the stack ends. `--quiet`, because wasm-opt does not
/// recognize every section that the linker writes.
const OPTIMIZE: &[&str] = &["--quiet", "--low-memory-unused", "--debuginfo", BY_NAME];
/// Places copies of one generic function side by side, so that brotli makes the program 1 to 2 % smaller.
const BY_NAME: &str = "--reorder-functions-by-name";
/// Removes the names by which the functions were sorted.
const STRIP: &[&str] = &["--quiet", "--strip-debug"];
/// A hint for browsers (others read it as a comment) to compile all functions while the file loads. Otherwise they
/// compile each function on the main thread at its first call, which nearly all of them have in the first moments.
const EAGER: &str = "//# allFunctionsCalledOnLoad";

/// Packs the build in `dist` in place, with the program of the crate `packer`.
pub fn pack(dist: &Path, packer: &Path) -> Result<()> {
    let home = tempfile::tempdir()?;
    let home = home.path();
    let index = dist.join("index.html");
    let mut page = fs::read_to_string(&index).with_context(|| format!("reading {}", index.display()))?;
    let loaded = take(&mut page, dist)?;
    let [first, rest] = program(home, packer).context("splitting the program")?;

    let sheet = |later: bool| -> Vec<u8> {
        let own = loaded.iter().filter(|file| ending(&file.name) == "css" && file.later == later);
        own.flat_map(|file| file.content.iter().copied()).collect()
    };
    let publish = |name: &str, content: &[u8]| Published::write(dist, name, content);
    let (style, later) = (publish("style.css", &sheet(false))?, publish("style-rest.css", &sheet(true))?);
    let (first, rest) = (publish("key-sync.wasm", &first)?, publish("key-sync-rest.wasm", &rest)?);
    let own: Vec<&File> = loaded.iter().filter(|file| file.is_own_script()).collect();
    let script = publish("key-sync.js", &bundled(home, &own, &rest, &later)?)?;

    let tags = [
        format!("<link rel=stylesheet{style}>", style = style.named("href")),
        format!("<script type=module{}></script>", script.named("src")),
        format!("<link rel=modulepreload crossorigin=anonymous{}>", script.named("href")),
        format!(
            "<link rel=preload as=fetch type=application/wasm crossorigin=anonymous{}>",
            first.named("href")
        ),
    ];
    let end = page.find("</head>").context("the page has no head")?;
    page.insert_str(end, &tags.concat());
    fs::write(&index, page).with_context(|| format!("writing {}", index.display()))
}

/// A file that the page loads.
struct File {
    name: String,
    content: Vec<u8>,
    /// Whether only the second part needs the file.
    later: bool,
}

impl File {
    fn is_own_script(&self) -> bool {
        ending(&self.name) == "js" && !self.name.starts_with("key-sync-")
    }
}

/// Removes the stylesheets, scripts and programs from the page and the folder, and returns them in the order of the
/// page.
fn take(page: &mut String, dist: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dist).with_context(|| format!("reading {}", dist.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if ["css", "js", "wasm"].contains(&ending(&name)) {
            let place = tag_of(page, &name)?;
            let later = page[place.clone()].contains(LATER);
            let content = fs::read(&path).with_context(|| format!("reading {name}"))?;
            fs::remove_file(&path).with_context(|| format!("removing {name}"))?;
            files.push((place, File { name, content, later }));
        }
    }
    files.sort_by_key(|(place, _)| place.start);
    // From the end, so that the earlier ranges stay valid.
    for (place, _) in files.iter().rev() {
        page.replace_range(place.clone(), "");
    }
    Ok(files.into_iter().map(|(_, file)| file).collect())
}

/// The range of the only tag in the page that names the file, including the closing tag of a script.
fn tag_of(page: &str, name: &str) -> Result<Range<usize>> {
    const SCRIPT: &str = "</script>";
    let mut places = page.match_indices(name).map(|(place, _)| place);
    let (Some(place), None) = (places.next(), places.next()) else {
        bail!("the page must name {name} exactly once");
    };
    let start = page[..place].rfind('<').with_context(|| format!("{name} stands in no tag"))?;
    let end = start + page[start..].find('>').with_context(|| format!("{name} stands in no tag"))? + 1;
    let closed = page[start..].starts_with("<script") && page[end..].starts_with(SCRIPT);
    Ok(start..if closed { end + SCRIPT.len() } else { end })
}

/// Splits the program into its two files, and writes the script of the first one to `home`.
fn program(home: &Path, packer: &Path) -> Result<[Vec<u8>; 2]> {
    let compiled = cargo::target()?.join(cargo::WASM).join("release").join("key-sync.wasm");
    let rest = command::capture(command::new(packer).arg("split").args([&compiled, home, Path::new(REST)]))?;
    command::run(
        command::new(tools::wasm_bindgen()?.program()?)
            // The second part needs the function table, which is only in the linker's own exports.
            .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", "key-sync"])
            .arg("--out-dir")
            .args([home, &home.join("main.wasm")]),
    )?;
    let files =
        [(home.join("key-sync_bg.wasm"), SMALLEST), (home.join(rest.trim()).with_extension("wasm"), SMALL)];
    // wasm-opt works in one thread.
    let parts = parallel::each(&files, |(file, passes)| optimized(file, passes))?;
    parts.try_into().map_err(|parts: Vec<_>| anyhow!("{} parts of the program instead of two", parts.len()))
}

fn optimized(file: &Path, passes: &[&str]) -> Result<Vec<u8>> {
    let (small, bare) = (file.with_extension("small"), file.with_extension("bare"));
    for (options, before, after) in
        [([passes, OPTIMIZE].concat(), file, &small), (STRIP.to_vec(), &small, &bare)]
    {
        let mut wasm_opt = command::new(tools::wasm_opt().program()?);
        command::run(wasm_opt.args(options).arg(before).arg("-o").arg(after))?;
    }
    Ok(fs::read(bare)?)
}

/// Bundles the page's `own` scripts and the program's into one module with the exports of wasm-bindgen's. They are
/// imported dynamically one after the other, so that an error in one does not stop the others, as with separate
/// files.
fn bundled(home: &Path, own: &[&File], rest: &Published, style: &Published) -> Result<Vec<u8>> {
    fs::write(home.join("__wasm_split.js"), include_str!("rest.js"))?;
    let mut entry = String::new();
    for file in own {
        fs::write(home.join(&file.name), &file.content)?;
        writeln!(entry, "import(\"./{}\");", file.name)?;
    }
    entry.push_str("export { default } from \"./key-sync.js\";\n");
    let file = home.join("entry.js");
    fs::write(&file, entry)?;
    let define = |name: &str, value: &str| format!("--define:{name}={value:?}");
    let text = command::capture(
        command::new(tools::esbuild().program()?)
            .args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"])
            .arg(format!("--banner:js={EAGER}"))
            .args([define("REST", &rest.name), define("REST_INTEGRITY", &rest.integrity)])
            .args([define("STYLE", &style.name), define("STYLE_INTEGRITY", &style.integrity)])
            .arg(file),
    )?;
    Ok(text.into_bytes())
}

/// A file of the release.
struct Published {
    name: String,
    integrity: String,
}

impl Published {
    fn write(dist: &Path, name: &str, content: &[u8]) -> Result<Self> {
        let published = Self { name: name_of(name, content), integrity: integrity(content) };
        let file: PathBuf = dist.join(&published.name);
        fs::write(&file, content).with_context(|| format!("writing {}", file.display()))?;
        Ok(published)
    }

    /// The attributes with which the page loads the file.
    fn named(&self, attribute: &str) -> String {
        format!(" {attribute}=./{} integrity={}", self.name, self.integrity)
    }
}

/// The name of a file with a hash of its content: `key-sync.wasm` becomes `key-sync-<sixteen hexadecimal
/// digits>.wasm`.
fn name_of(name: &str, content: &[u8]) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut hash = String::new();
    for byte in &Sha384::digest(content)[..8] {
        // Writing to a string cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    format!("{stem}-{hash}.{ending}")
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The value of an `integrity` attribute.
fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::{integrity, name_of, take};
    use std::fs;

    #[test]
    fn what_the_page_loads_is_taken_in_its_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = ["b-1.css", "a-2.css", "d-3.css", "boot-4.js", "key-sync-5.js", "icon.png"];
        for name in files {
            fs::write(folder.path().join(name), name).expect("a file");
        }
        let mut page = "<head><link href=./b-1.css><link href=icon.png><link href=./a-2.css>\
            <link data-part=second href=./d-3.css><script src=./boot-4.js></script>\
            <link href=./key-sync-5.js rel=modulepreload></head>"
            .to_owned();
        let taken = take(&mut page, folder.path()).expect("the page is whole");
        let names: Vec<_> = taken.iter().map(|file| (file.name.as_str(), file.later)).collect();
        let expected = [
            ("b-1.css", false),
            ("a-2.css", false),
            ("d-3.css", true),
            ("boot-4.js", false),
            ("key-sync-5.js", false),
        ];
        assert_eq!(names, expected);
        assert_eq!(taken.iter().filter(|file| file.is_own_script()).count(), 1);
        assert_eq!(page, "<head><link href=icon.png></head>");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn a_file_that_the_page_does_not_load_stops_the_build() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("stray.js"), "").expect("a file");
        assert!(take(&mut "<head></head>".to_owned(), folder.path()).is_err());
    }

    #[test]
    fn names_follow_from_the_content() {
        let name = name_of("key-sync.wasm", b"one");
        assert_eq!(name.len(), "key-sync-0123456789abcdef.wasm".len());
        assert_ne!(name, name_of("key-sync.wasm", b"other"));
    }

    #[test]
    fn integrity_is_what_browsers_compute() {
        // The SHA-384 of the empty input, as in the examples of FIPS 180-4.
        let empty = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(integrity(b""), empty);
    }
}
