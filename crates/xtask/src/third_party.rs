//! Writes the list of the crates in the panel's program with their licences, and the licence texts that have to be
//! passed on. `docs/decisions/release-documents.md` explains why no tool is used for this.

use crate::dependencies::Dependencies;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The name of the file in `dist/`, which the panel's dialog About links to.
pub const FILE: &str = "licences.txt";

/// The beginnings of the names of files that licences require to be passed on.
const NAMES: [&str; 5] = ["LICEN", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];

pub fn write(all: &Dependencies, rust: &str) -> Result<String> {
    let mut page = String::from(
        "# What the panel is made of\n\nThe crates that are in the panel's program, each with its licence as its \
         authors state it; the texts follow. Crates that only took part in the build are in the bill of materials, \
         `sbom.cdx.json`.\n\n| crate | version | licence | code |\n|---|---|---|---|\n",
    );
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    // Only crates of a registry have a checksum; the others are the panel and the crates of its workspace.
    let shipped = all.iter().filter(|(_, dependency)| dependency.shipped && dependency.checksum.is_some());
    for ((name, version), dependency) in shipped {
        let license = dependency.license.as_deref().unwrap_or("see its text below");
        let code = dependency.repository.as_deref().unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(page, "| {name} | {version} | {license} | {code} |");
        let own = texts_in(&dependency.folder).with_context(|| format!("the licence of {name} {version}"))?;
        for text in own {
            texts.entry(text).or_default().insert(format!("{name} {version}"));
        }
    }
    let _ = writeln!(
        page,
        "| Rust's standard library | {rust} | MIT OR Apache-2.0 | https://github.com/rust-lang/rust |\n\n\
         Where a crate brings no text of its own, the text of the same licence below is meant.\n\n## Texts"
    );
    let mut texts: Vec<(BTreeSet<String>, String)> =
        texts.into_iter().map(|(text, users)| (users, text)).collect();
    texts.sort();
    for (users, text) in texts {
        let users = users.into_iter().collect::<Vec<_>>().join(", ");
        // The fence is longer than any in a licence text.
        let _ = write!(page, "\n### {users}\n\n``````text\n{text}\n``````\n");
    }
    Ok(page)
}

/// The licence texts beside a crate's manifest, with normalized line ends.
fn texts_in(folder: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_uppercase();
        if path.is_file() && NAMES.iter().any(|begin| name.starts_with(begin)) {
            let text = String::from_utf8_lossy(&fs::read(&path)?).replace("\r\n", "\n");
            texts.push(text.trim_end().trim_start_matches('\n').to_owned());
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::{texts_in, write};
    use crate::dependencies::of_panel;
    use std::fs;

    #[test]
    fn every_crate_of_the_program_is_listed_with_its_licence() {
        let all = of_panel().expect("Cargo says it");
        let page = write(&all, "1.95.0").expect("written");
        for ((name, version), dependency) in &all {
            let listed = page.contains(&format!("| {name} | {version} |"));
            assert_eq!(listed, dependency.shipped && dependency.checksum.is_some(), "{name} {version}");
        }
        assert!(!page.contains("| key-sync |"), "the panel itself");
        assert!(page.contains("Permission is hereby granted, free of charge"), "the text of MIT");
        assert!(page.contains("http://www.apache.org/licenses/"), "the text of Apache-2.0");
        assert!(!page.contains("see its text below"), "all state a licence");
    }

    #[test]
    fn texts_differ_by_content_and_not_by_line_ends() {
        let home = tempfile::tempdir().expect("a folder");
        fs::write(home.path().join("LICENSE-MIT"), "one\r\ntwo\r\n").expect("written");
        fs::write(home.path().join("licence.txt"), "one\ntwo").expect("written");
        fs::write(home.path().join("README.md"), "no licence").expect("written");
        assert_eq!(texts_in(home.path()).expect("read"), ["one\ntwo", "one\ntwo"]);
    }
}
