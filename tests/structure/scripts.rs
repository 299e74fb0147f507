//! The imports between the scripts of the browser tests: relative paths in `from "…"`.

use super::imports::Graph;
use super::project;
use super::source::texts;
use std::collections::BTreeMap;

/// The imports of all scripts in `end2end/`.
pub fn graph() -> Graph {
    imports(&texts(&project("end2end"), "", &["ts", "mjs"]).into_iter().collect())
}

/// The imports of these scripts, given by path and text.
fn imports(scripts: &BTreeMap<String, String>) -> Graph {
    let resolved = |file: &str, name: &str| {
        let mut path: Vec<&str> = file.split('/').collect();
        path.pop();
        for part in name.split('/') {
            match part {
                "." => {}
                ".." => _ = path.pop(),
                part => path.push(part),
            }
        }
        let path = path.join("/");
        if scripts.contains_key(&path) { path } else { path + ".ts" }
    };
    let targets = |file: &str, text: &str| {
        let names = text.split("from \"").skip(1).filter_map(|rest| rest.split('"').next());
        names.filter(|name| name.starts_with('.')).map(|name| resolved(file, name)).collect()
    };
    scripts.iter().map(|(file, text)| (file.clone(), targets(file, text))).collect()
}

#[test]
fn relative_imports_are_resolved() {
    let text =
        "import { x } from \"../a\";\nexport * from \"./b/c.mjs\";\nimport { y } from \"@playwright/test\";";
    let scripts = [("d/e.ts", text), ("a.ts", ""), ("d/b/c.mjs", "")];
    let graph = imports(&scripts.map(|(file, text)| (file.to_owned(), text.to_owned())).into());
    assert_eq!(graph["d/e.ts"].iter().collect::<Vec<_>>(), ["a.ts", "d/b/c.mjs"]);
}
