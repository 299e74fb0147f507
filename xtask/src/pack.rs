//! The last hand on a release build: one small script, one stylesheet, and names that follow from the content.
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
        "js" if is_glue(name) => Ok(program.script.clone().into_bytes()),
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

/// Closed in itself, so that it can be joined with others.
fn minified(esbuild: &Path, dist: &Path, name: &str) -> Result<Vec<u8>> {
    let text = command::capture(
        command::new(esbuild).args(["--minify", "--format=iife", "--log-level=warning"]).arg(dist.join(name)),
    )?;
    Ok(text.trim_end().as_bytes().to_vec())
}

/// The page and its files under their new names, the stylesheets joined in the order of the page: one that the page
/// loads, and one that comes with the second part. The page's own scripts are one with the program's: each file of a start
/// is work for everybody on the way.
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
    let scripts = own_scripts(&page, files)?;
    if !files.iter().any(|file| is_glue(&file.name)) {
        bail!("Trunk wrote no script of the program");
    }
    for file in files.iter().filter(|file| ending(&file.name) != "css" && !is_own_script(&file.name)) {
        let after = if is_glue(&file.name) {
            let glue = glue::with_files(std::str::from_utf8(&file.after)?, &named)?;
            [EAGER.into(), joined_scripts(&scripts), glue.into_bytes()].concat()
        } else {
            file.after.clone()
        };
        let name = name_of(&file.name, &after);
        let tag = tag_of(&page, &file.name)?;
        let text = renamed(&page[tag.clone()], file, &name, &after)?;
        page.replace_range(tag, &text);
        if is_glue(&file.name) {
            name_one_script(&mut page, &scripts, &name, &after)?;
        }
        out.push((name, after));
    }
    out.extend(named.into_iter().map(|named| named.file).zip(unnamed));
    Ok(Packed { page, files: out })
}

/// The scripts that the page loads beside the program's, in its order.
fn own_scripts<'a>(page: &str, files: &'a [File]) -> Result<Vec<&'a File>> {
    let mut scripts = Vec::new();
    for file in files.iter().filter(|file| is_own_script(&file.name)) {
        scripts.push((tag_of(page, &file.name)?.start, file));
    }
    scripts.sort_by_key(|(place, _)| *place);
    Ok(scripts.into_iter().map(|(_, file)| file).collect())
}

/// For browsers that know it (it is a comment to all others): compile each function while the file comes, and not one by one
/// on the page's own thread when it is first called. Nearly all of them are, in the first moments.
const EAGER: &str = "//# allFunctionsCalledOnLoad\n";

/// What fails in one stops none of the others, as if each were still alone.
fn joined_scripts(scripts: &[&File]) -> Vec<u8> {
    let closed = scripts.iter().flat_map(|file| [&b"try{"[..], &file.after, b"}catch(e){reportError(e)}"]);
    closed.collect::<Vec<_>>().concat()
}

/// Has the page load `name` in place of the first of the `scripts`, and none of the others.
fn name_one_script(page: &mut String, scripts: &[&File], name: &str, after: &[u8]) -> Result<()> {
    const END: &str = "</script>";
    for (place, file) in scripts.iter().enumerate() {
        let tag = tag_of(page, &file.name)?;
        let text = renamed(&page[tag.clone()], file, name, after)?;
        if place == 0 {
            page.replace_range(tag, &text);
        } else if page[tag.end..].starts_with(END) {
            page.replace_range(tag.start..tag.end + END.len(), "");
        } else {
            bail!("{} has something between its tags: {text}", file.name);
        }
    }
    Ok(())
}

fn is_glue(name: &str) -> bool {
    ending(name) == "js" && name.starts_with(GLUE)
}

fn is_own_script(name: &str) -> bool {
    ending(name) == "js" && !is_glue(name)
}

/// The `tag` of `file` for its new name and content.
fn renamed(tag: &str, file: &File, name: &str, after: &[u8]) -> Result<String> {
    let old = integrity(&file.before);
    if !tag.contains(&old) {
        bail!("the page states no integrity for {}, or another: {tag}", file.name);
    }
    Ok(tag.replace(&file.name, name).replace(&old, &integrity(after)))
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
    use super::{EAGER, File, Part, ending, integrity, name_of, packed};

    fn file(name: &str, before: &str, after: &str) -> File {
        File { name: name.to_owned(), before: before.into(), after: after.into() }
    }

    fn page() -> String {
        format!(
            "<head><link href=./b-00000000b.css integrity={} rel=stylesheet><link href=./a-00000000a.css \
             integrity={} rel=stylesheet><link data-part=second href=./d-00000000d.css integrity={} rel=stylesheet>\
             <script integrity={} src=./enter-00000000f.js></script><script integrity={} src=./boot-00000000c.js></script>\
             <link href=./key-sync-00000000e.js integrity={} rel=modulepreload></head>",
            integrity(b"b{}"),
            integrity(b"a{}"),
            integrity(b"d{}"),
            integrity(b"let two = 2"),
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
            file("enter-00000000f.js", "let two = 2", "let t=2;"),
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
        assert!(String::from_utf8_lossy(script).ends_with(&expected));
        assert!(packed.page.contains(name) && packed.page.contains(&integrity(script)), "{}", packed.page);
        assert!(!packed.page.contains("-list-") && !packed.page.contains("second"), "{}", packed.page);
        assert!(!packed.page.contains("d-00000000d"), "{}", packed.page);
    }

    #[test]
    fn scripts_become_one_under_a_name_and_an_integrity_of_its_own() {
        let packed = packed(page(), &files(), others()).expect("the page is whole");
        let (name, content) = packed.files.iter().find(|(name, _)| ending(name) == "js").expect("a script");
        let (first, second) =
            ("try{let t=2;}catch(e){reportError(e)}", "try{let o=1}catch(e){reportError(e)}");
        assert!(content.starts_with([EAGER, first, second].concat().as_bytes()), "in the order of the page");
        assert!(name.starts_with("key-sync-") && name != "key-sync-00000000e.js", "{name}");
        let script = format!("<script integrity={} src=./{name}></script><link", integrity(content));
        assert!(packed.page.contains(&script), "{}", packed.page);
        assert_eq!(packed.page.matches("<script").count(), 1, "{}", packed.page);
        assert_eq!(packed.page.matches(name.as_str()).count(), 2, "as a script and to be fetched early");
    }

    #[test]
    fn a_file_that_the_page_does_not_load_stops_the_build() {
        let stray = file("stray.js", "", "");
        assert!(packed(page(), &[stray], others()).is_err());
        let mut changed = files();
        changed[2].before = b"not what the page promises".to_vec();
        assert!(packed(page(), &changed, others()).is_err());
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
