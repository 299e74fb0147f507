//! Which file imports which, read from the `use` lines and paths of the code: no circle among the files of xtask, of the
//! emulator and of the browser tests, and nobody imports the file that assembles the emulator.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// What each file imports. A file is named by its module (`data::special`) or, of scripts, by its path.
type Imports = BTreeMap<String, BTreeSet<String>>;

fn project(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder)
}

/// The texts of the files with that ending, by their path below `folder`.
fn sources(folder: &Path, ending: &str) -> BTreeMap<String, String> {
    let files = WalkDir::new(folder)
        .into_iter()
        .filter_entry(|entry| entry.file_name() != "node_modules")
        .map(|entry| entry.expect("an entry of a folder").into_path())
        .filter(|path| path.extension().is_some_and(|own| own == ending));
    files
        .map(|path| {
            let name = path.strip_prefix(folder).expect("it is below").to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(&path).expect("a text"))
        })
        .collect()
}

/// `data/special.rs` is `data::special`, `data/mod.rs` is `data`, and the root of a crate has no name.
fn module_of(file: &str) -> String {
    let name = file.trim_end_matches(".rs");
    let name = name.strip_suffix("/mod").unwrap_or(name).replace('/', "::");
    if ["lib", "main"].contains(&name.as_str()) { String::new() } else { name }
}

fn of_crate(folder: &Path) -> Imports {
    let sources = sources(folder, "rs");
    let modules: BTreeSet<String> = sources.keys().map(|file| module_of(file)).collect();
    sources
        .iter()
        .map(|(file, text)| {
            let own = module_of(file);
            // The tests at the end of a file may use what they like.
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let above = own.rsplit_once("::").map_or("", |(above, _)| above);
            let mut paths = Vec::new();
            for (start, base) in [("crate::", ""), ("super::", above)] {
                for (at, _) in code.match_indices(start) {
                    paths_after(&code[at + start.len()..], base, &mut paths);
                }
            }
            // A module calls those below it by their own name. The root of a crate declares all others.
            for below in
                modules.iter().filter(|name| !own.is_empty() && name.starts_with(&format!("{own}::")))
            {
                let name = below.rsplit("::").next().unwrap_or_default();
                paths.extend(code.contains(&format!(" {name}::")).then(|| below.clone()));
            }
            let imported = paths.iter().map(|path| module_that_has(path, &modules));
            (own.clone(), imported.filter(|name| *name != own).collect())
        })
        .collect()
}

/// The paths at the beginning of `rest`: one, or those of a group in braces. Gives back what follows them.
fn paths_after<'a>(rest: &'a str, base: &str, found: &mut Vec<String>) -> &'a str {
    let Some(mut group) = rest.strip_prefix('{') else {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let path = if base.is_empty() { rest[..end].to_owned() } else { format!("{base}::{}", &rest[..end]) };
        return match rest[end..].strip_prefix("::") {
            Some(below) => paths_after(below, &path, found),
            None => {
                found.push(path);
                &rest[end..]
            }
        };
    };
    loop {
        group = paths_after(group.trim_start(), base, found).trim_start();
        if let Some(after) = group.strip_prefix('}') {
            return after;
        }
        let Some(next) = group.strip_prefix(',') else { return group };
        group = next;
        if let Some(after) = group.trim_start().strip_prefix('}') {
            return after;
        }
    }
}

/// `data::special::FOUR` is in `data::special`; what no module has is in the root.
fn module_that_has(path: &str, modules: &BTreeSet<String>) -> String {
    let mut name = path;
    while !modules.contains(name) {
        name = name.rsplit_once("::").map_or("", |(above, _)| above);
    }
    name.to_owned()
}

fn of_scripts(folder: &Path) -> Imports {
    let mut all = sources(folder, "ts");
    all.append(&mut sources(folder, "mjs"));
    all.iter()
        .map(|(file, text)| {
            let beside = Path::new(file).parent().unwrap_or(Path::new(""));
            let named = text.split("from \"").skip(1).filter_map(|rest| rest.split('"').next());
            let imported = named.filter(|name| name.starts_with('.')).map(|name| {
                let mut path: Vec<&str> = beside.iter().filter_map(|part| part.to_str()).collect();
                for part in name.split('/') {
                    match part {
                        "." => {}
                        ".." => drop(path.pop()),
                        part => path.push(part),
                    }
                }
                let path = path.join("/");
                if all.contains_key(&path) { path } else { path + ".ts" }
            });
            (file.clone(), imported.collect())
        })
        .collect()
}

/// A circle of imports, if there is one.
fn circle(imports: &Imports) -> Option<String> {
    fn visit<'a>(
        file: &'a str,
        imports: &'a Imports,
        way: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
    ) -> Option<String> {
        if let Some(start) = way.iter().position(|before| *before == file) {
            return Some([&way[start..], &[file]].concat().join(" -> "));
        }
        if !done.contains(file) {
            way.push(file);
            let found =
                imports.get(file).into_iter().flatten().find_map(|next| visit(next, imports, way, done));
            if found.is_some() {
                return found;
            }
            way.pop();
            done.insert(file);
        }
        None
    }
    let mut done = BTreeSet::new();
    imports.keys().find_map(|file| visit(file, imports, &mut Vec::new(), &mut done))
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let (xtask, emulator) =
        (of_crate(&project("crates/xtask/src")), of_crate(&project("crates/emulator/src")));
    let scripts = of_scripts(&project("end2end"));
    for (imports, file, known) in [
        (&xtask, "tools", "workspace"),
        (&emulator, "data::special", "data::believable"),
        (&emulator, "data", "data::special"),
        (&scripts, "tests/start.spec.ts", "fixtures.ts"),
        (&scripts, "pages/panel.ts", "guard.ts"),
    ] {
        assert!(
            imports[file].contains(known),
            "{file} imports {known}, but only {:?} was read",
            imports[file]
        );
        assert_eq!(circle(imports), None);
    }
}

#[test]
fn nobody_imports_what_assembles_the_emulator() {
    let imports = of_crate(&project("crates/emulator/src"));
    assert!(imports["app"].contains("state"));
    let importing: Vec<&String> = imports
        .iter()
        .filter(|(file, used)| !file.is_empty() && used.contains("app"))
        .map(|(file, _)| file)
        .collect();
    assert!(importing.is_empty(), "{importing:?}");
}

#[test]
fn every_form_of_a_path_is_read() {
    let mut found = Vec::new();
    let rest = paths_after("{a::{self, b}, c::D, e};f", "", &mut found);
    assert_eq!((found, rest), (["a::self", "a::b", "c::D", "e"].map(str::to_owned).to_vec(), ";f"));
}

#[test]
fn a_circle_is_named() {
    let imports: Imports = [("a", vec!["b"]), ("b", vec!["c"]), ("c", vec!["b"])]
        .map(|(file, used)| (file.to_owned(), used.into_iter().map(str::to_owned).collect()))
        .into();
    assert_eq!(circle(&imports).as_deref(), Some("b -> c -> b"));
}
