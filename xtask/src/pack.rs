//! The last hand on a release build: smaller scripts, one stylesheet, and names that follow from the content.
//!
//! Trunk names its files by what went in, before wasm-bindgen, wasm-opt and the minifier; the same name could then
//! hold other bytes after a tool changed, and a browser that kept the old ones would meet the new integrity and refuse.
//! Works on what Trunk wrote and must not know the panel: a build without it runs as well, some bytes heavier.

use crate::glue::{self, Named};
use crate::program::{Part, Program};
use crate::{command, compress, tools};
use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha384};
use std::fs;
use std::ops::Range;
use std::path::Path;

/// Packs the build in `dist` in place, with `program` instead of what Trunk made of it.
pub fn pack(dist: &Path, program: Program) -> Result<()> {
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index).with_context(|| format!("reading {}", index.display()))?;
    let esbuild = tools::esbuild().program()?;
    let files = read_files(dist, |name, content| match ending(name) {
        "js" if name.starts_with(GLUE) => Ok(program.script.clone().into_bytes()),
        "js" => minified(&esbuild, dist, name),
        "wasm" => Ok(program.first.clone()),
        _ => Ok(content.to_vec()),
    })?;
    let Packed { page, files: packed } = packed(page, &files, program.others)?;
    for file in &files {
        fs::remove_file(dist.join(&file.name)).with_context(|| format!("removing {}", file.name))?;
    }
    for (name, content) in &packed {
        fs::write(dist.join(name), content).with_context(|| format!("writing {name}"))?;
    }
    fs::write(&index, page).with_context(|| format!("writing {}", index.display()))
}

/// How the names of the program's own files begin.
const GLUE: &str = "key-sync-";
/// What stands in the tag of a stylesheet that only the second part needs.
const LATER: &str = "data-part=second";

/// A file beside the page.
struct File {
    name: String,
    /// As Trunk wrote it; its integrity stands in the page.
    before: Vec<u8>,
    /// As it will be published.
    after: Vec<u8>,
}

struct Packed {
    page: String,
    files: Vec<(String, Vec<u8>)>,
}

/// Every file beside the page, by name, with `change` done to it. Folders stay as they are.
fn read_files(dist: &Path, change: impl Fn(&str, &[u8]) -> Result<Vec<u8>>) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dist).with_context(|| format!("reading {}", dist.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() || name == "index.html" || name == compress::EDITABLE {
            continue;
        }
        let before = fs::read(entry.path()).with_context(|| format!("reading {name}"))?;
        let after = change(&name, &before)?;
        files.push(File { name, before, after });
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

fn minified(esbuild: &Path, dist: &Path, name: &str) -> Result<Vec<u8>> {
    let text = command::capture(
        command::new(esbuild).args(["--minify", "--format=esm", "--log-level=warning"]).arg(dist.join(name)),
    )?;
    Ok(text.trim_end().as_bytes().to_vec())
}

/// The page and its files under their new names, the stylesheets joined in the order of the page: one that the page
/// loads, and one that comes with the second part.
fn packed(mut page: String, files: &[File], others: Vec<Part>) -> Result<Packed> {
    let mut out = Vec::new();
    let mut sheets: Vec<(Range<usize>, &File)> = Vec::new();
    for file in files {
        if ending(&file.name) == "css" {
            sheets.push((tag_of(&page, &file.name)?, file));
        }
    }
    sheets.sort_by_key(|(tag, _)| tag.start);
    let is_later = |(tag, _): &&(Range<usize>, &File)| page[tag.clone()].contains(LATER);
    let joined = |later: bool| -> Vec<u8> {
        let own = sheets.iter().filter(|sheet| is_later(sheet) == later);
        own.flat_map(|(_, file)| file.after.iter().copied()).collect()
    };
    let (all, later) = (joined(false), joined(true));
    // The script names what the page does not.
    let parts =
        others.into_iter().map(|part| (part.name, format!("key-sync-{}.wasm", part.name), part.program));
    let (named, unnamed): (Vec<Named>, Vec<Vec<u8>>) = [("style", "style-second.css".to_owned(), later)]
        .into_iter()
        .chain(parts)
        .map(|(place, name, content)| {
            (Named { place, file: name_of(&name, &content), integrity: integrity(&content) }, content)
        })
        .unzip();
    let name = name_of("style.css", &all);
    let tag = format!("<link href=./{name} integrity={} rel=stylesheet>", integrity(&all));
    // From the end, so that the places before stay true.
    for (place, (range, _)) in sheets.iter().enumerate().rev() {
        page.replace_range(range.clone(), if place == 0 { &tag } else { "" });
    }
    out.push((name, all));
    for file in files.iter().filter(|file| !sheets.iter().any(|(_, sheet)| sheet.name == file.name)) {
        let is_glue = ending(&file.name) == "js" && file.name.starts_with(GLUE);
        let after = if is_glue {
            glue::with_files(std::str::from_utf8(&file.after)?, &named)?.into_bytes()
        } else {
            file.after.clone()
        };
        let name = name_of(&file.name, &after);
        let tag = tag_of(&page, &file.name)?;
        let (old, new) = (integrity(&file.before), integrity(&after));
        let text = &page[tag.clone()];
        if !text.contains(&old) {
            bail!("the page states no integrity for {}, or another: {text}", file.name);
        }
        let text = text.replace(&file.name, &name).replace(&old, &new);
        page.replace_range(tag, &text);
        out.push((name, after));
    }
    out.extend(named.into_iter().map(|named| named.file).zip(unnamed));
    Ok(Packed { page, files: out })
}

/// Where the one tag that names the file stands in the page.
fn tag_of(page: &str, name: &str) -> Result<Range<usize>> {
    let mut places = page.match_indices(name).map(|(place, _)| place);
    let (Some(place), None) = (places.next(), places.next()) else {
        bail!("the page must name {name} exactly once");
    };
    let start = page[..place].rfind('<').with_context(|| format!("{name} stands in no tag"))?;
    let length = page[start..].find('>').with_context(|| format!("{name} stands in no tag"))?;
    Ok(start..start + length + 1)
}

/// `key-sync-1f00_bg.wasm` and its content → `key-sync-<sixteen hexadecimal digits of the content>.wasm`.
fn name_of(name: &str, content: &[u8]) -> String {
    use std::fmt::Write as _;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let is_hash = |text: &str| text.len() > 8 && text.chars().all(|digit| digit.is_ascii_hexdigit());
    let stem = stem.rsplit_once('-').filter(|(_, last)| is_hash(last)).map_or(stem, |(first, _)| first);
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
    use super::{File, Part, ending, integrity, name_of, packed};

    fn file(name: &str, before: &str, after: &str) -> File {
        File { name: name.to_owned(), before: before.into(), after: after.into() }
    }

    fn page() -> String {
        format!(
            "<head><link href=./b-00000000b.css integrity={} rel=stylesheet><link href=./a-00000000a.css \
             integrity={} rel=stylesheet><link data-part=second href=./d-00000000d.css integrity={} rel=stylesheet>\
             <script integrity={} src=./boot-00000000c.js></script>\
             <link href=./key-sync-00000000e.js integrity={} rel=modulepreload></head>",
            integrity(b"b{}"),
            integrity(b"a{}"),
            integrity(b"d{}"),
            integrity(b"let one = 1"),
            integrity(b"glue"),
        )
    }

    fn files() -> Vec<File> {
        vec![
            file("a-00000000a.css", "a{}", "a{}"),
            file("b-00000000b.css", "b{}", "b{}"),
            file("boot-00000000c.js", "let one = 1", "let o=1"),
            file("d-00000000d.css", "d{}", "d{}"),
            file("key-sync-00000000e.js", "glue", "{list} {list integrity} {style} {style integrity}"),
        ]
    }

    fn others() -> Vec<Part> {
        vec![Part { name: "list", program: b"list".to_vec() }]
    }

    #[test]
    fn stylesheets_become_one_in_the_order_of_the_page() {
        let packed = packed(page(), &files(), others()).expect("the page is whole");
        let (name, content) = &packed.files[0];
        assert_eq!(content, b"b{}a{}");
        let link =
            format!("<head><link href=./{name} integrity={} rel=stylesheet><script", integrity(b"b{}a{}"));
        assert!(packed.page.starts_with(&link), "{}", packed.page);
    }

    #[test]
    fn what_comes_later_is_named_in_the_script_and_not_in_the_page() {
        let packed = packed(page(), &files(), others()).expect("the page is whole");
        let named = |begin: &str| {
            let mut own = packed.files.iter().filter(|(name, _)| name.starts_with(begin));
            own.next_back().cloned().expect("a file of that name")
        };
        let ((program, _), (style, sheet)) = (named("key-sync-list-"), named("style-second-"));
        assert_eq!(sheet, b"d{}");
        let script =
            packed.files.iter().find(|(name, _)| ending(name) == "js" && name.starts_with("key-sync-"));
        let (name, script) = script.expect("the script");
        let expected = format!("{program} {} {style} {}", integrity(b"list"), integrity(b"d{}"));
        assert_eq!(String::from_utf8_lossy(script), expected);
        assert!(packed.page.contains(name) && packed.page.contains(&integrity(script)), "{}", packed.page);
        assert!(!packed.page.contains("-list-") && !packed.page.contains("second"), "{}", packed.page);
        assert!(!packed.page.contains("d-00000000d"), "{}", packed.page);
    }

    #[test]
    fn a_changed_file_has_a_new_name_and_integrity() {
        let packed = packed(page(), &files(), others()).expect("the page is whole");
        let (name, content) = &packed.files[1];
        assert_eq!(content, b"let o=1");
        assert!(name.starts_with("boot-") && ending(name) == "js", "{name}");
        let script = format!("<script integrity={} src=./{name}></script>", integrity(b"let o=1"));
        assert!(packed.page.contains(&script), "{}", packed.page);
        assert!(!packed.page.contains("boot-00000000c"), "{}", packed.page);
    }

    #[test]
    fn a_file_that_the_page_does_not_load_stops_the_build() {
        let stray = file("stray.js", "", "");
        assert!(packed(page(), &[stray], others()).is_err());
        let other = file("boot-00000000c.js", "not what the page promises", "");
        assert!(packed(page(), &[other], others()).is_err());
    }

    #[test]
    fn names_follow_from_the_content() {
        let name = name_of("key-sync-345a6126c83a8dba_bg.wasm", b"one");
        assert!(name.starts_with("key-sync-") && ending(&name) == "wasm", "{name}");
        assert_eq!(name.len(), "key-sync-0123456789abcdef.wasm".len());
        assert_eq!(
            name_of("key-sync-9.js", b"").len(),
            "key-sync-9-0123456789abcdef.js".len(),
            "9 is no hash"
        );
        assert_ne!(name, name_of("key-sync-345a6126c83a8dba_bg.wasm", b"other"));
    }

    #[test]
    fn integrity_is_what_browsers_compute() {
        // The SHA-384 of nothing, as FIPS 180-4's examples and every library give it.
        let empty = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(integrity(b""), empty);
    }
}
