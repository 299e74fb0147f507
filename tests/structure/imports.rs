//! The imports between the files of a crate, parsed from their code: `use` declarations with groups, globs and
//! aliases, paths that begin with `crate`, `super`, `self` or a child module, and paths inside expressions and types.
//! The panel and the domain crate are read as one tree. Of import graphs, also those of scripts, this file finds the
//! cycles.

use super::source::File;
use std::collections::{BTreeMap, BTreeSet};

/// The domain crate, whose files are in a folder with this name.
const DOMAIN: &str = "cckm";

/// The files that each file imports, by their paths.
pub type Graph = BTreeMap<String, BTreeSet<String>>;

/// One import: its path in the code, and the file that it refers to.
pub struct Import {
    pub path: String,
    /// The path of the file; `None` for an external crate.
    pub target: Option<String>,
}

/// The modules of a source tree, each with its file.
pub struct Modules {
    files: BTreeMap<Vec<String>, String>,
    /// The file of the crate's root module: `main.rs` in a crate without `lib.rs`.
    root: &'static str,
}

impl Modules {
    pub fn of(files: &[File]) -> Self {
        let root = if files.iter().any(|file| file.path == "lib.rs") { "lib.rs" } else { "main.rs" };
        let files = files.iter().map(|file| (module(&file.path, root), file.path.clone())).collect();
        Self { files, root }
    }

    /// The imports of all files.
    pub fn graph(&self, files: &[File]) -> Graph {
        let targets = |file: &File| self.imports(file).into_iter().filter_map(|import| import.target);
        let own = |file: &File| targets(file).filter(|target| *target != file.path).collect::<BTreeSet<_>>();
        files.iter().map(|file| (file.path.clone(), own(file))).collect()
    }

    /// The imports in the code of `file`.
    pub fn imports(&self, file: &File) -> Vec<Import> {
        let here = module(&file.path, self.root);
        let mut imports = Vec::new();
        for (path, is_declared) in paths(&file.code) {
            let target = self.resolve(&here, &path).map(|path| self.file(&path));
            // The root calls the modules that it declares; only its `use` declarations count.
            if is_declared || (target.is_some() && !here.is_empty()) {
                imports.push(Import { path: path.join("::"), target });
            }
        }
        imports
    }

    /// Resolves `path` to a path from the root of the crate; `None` for a path of an external crate.
    fn resolve(&self, here: &[String], path: &[String]) -> Option<Vec<String>> {
        let mut rest = path.iter().map(String::as_str).filter(|name| *name != "*").peekable();
        let root = if here.first().is_some_and(|first| first == DOMAIN) { DOMAIN } else { "" };
        let mut found = match *rest.peek()? {
            "crate" if root == DOMAIN => vec![root.to_owned()],
            "crate" | "key_sync" => Vec::new(),
            DOMAIN => {
                rest.next();
                vec![DOMAIN.to_owned()]
            }
            "self" | "super" => here.to_vec(),
            name => {
                // A path in a `use` declaration may begin with a child of the module itself.
                let child = [here, &[name.to_owned()]].concat();
                return self.files.contains_key(&child).then(|| [here, path].concat());
            }
        };
        for name in rest {
            match name {
                "crate" | "key_sync" | "self" => {}
                "super" => _ = found.pop(),
                name => found.push(name.to_owned()),
            }
        }
        Some(found)
    }

    /// The file of the longest prefix of `path` that is a module.
    fn file(&self, path: &[String]) -> String {
        let found = (0..=path.len()).rev().find_map(|length| self.files.get(&path[..length]));
        found.cloned().unwrap_or_else(|| self.root.to_owned())
    }
}

/// The module of a file: `api` for `api/mod.rs`, the empty path for the file `root`.
fn module(path: &str, root: &str) -> Vec<String> {
    if path == root {
        return Vec::new();
    }
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    let path = path.strip_suffix("/lib").unwrap_or(path);
    path.split('/').map(str::to_owned).collect()
}

/// The paths of the code, each with whether it is certainly an import: one of a `use` declaration, or one that begins
/// with `crate`, `super` or `self`. Any other is an import only if it begins with a child module.
fn paths(code: &str) -> Vec<(Vec<String>, bool)> {
    let tokens = tokens(code);
    let (mut all, mut at) = (Vec::new(), 0);
    while let Some(token) = tokens.get(at) {
        let is_use = *token == "use";
        let begins =
            is_name(token) && tokens.get(at + 1) == Some(&"::") && (at == 0 || tokens[at - 1] != "::");
        at += usize::from(is_use || !begins);
        if is_use || begins {
            let mut found = Vec::new();
            tree(&tokens, &mut at, Vec::new(), &mut found);
            let is_declared = is_use || ["crate", "super", "self"].contains(token);
            all.extend(found.into_iter().map(|path| (path, is_declared)));
        }
    }
    all
}

/// The import cycles, each as the sorted paths of all files that reach each other.
pub fn circles(imports: &Graph) -> Vec<Vec<&str>> {
    let reached = |from: &str| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(path) = open.pop() {
            for next in imports.get(path.as_str()).into_iter().flatten() {
                if *next != path && seen.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        seen
    };
    let reach: BTreeMap<&str, BTreeSet<String>> =
        imports.keys().map(|path| (path.as_str(), reached(path))).collect();
    let circle = |path: &str| -> Vec<&str> {
        let others = reach[path].iter().filter_map(|other| reach.get_key_value(other.as_str()));
        others.filter(|(_, back)| back.contains(path)).map(|(other, _)| *other).collect()
    };
    let found: BTreeSet<_> =
        reach.keys().map(|path| circle(path)).filter(|circle| !circle.is_empty()).collect();
    found.into_iter().collect()
}

/// Parses one path with its groups, beginning at `at`.
fn tree(tokens: &[&str], at: &mut usize, mut path: Vec<String>, found: &mut Vec<Vec<String>>) {
    loop {
        match tokens.get(*at) {
            Some(&"{") => {
                *at += 1;
                while tokens.get(*at).is_some_and(|token| *token != "}") {
                    tree(tokens, at, path.clone(), found);
                    if tokens.get(*at) == Some(&",") {
                        *at += 1;
                    }
                }
                *at += 1;
                return;
            }
            Some(&"::") => *at += 1,
            Some(name) if *name == "*" || is_name(name) => {
                path.push((*name).to_owned());
                *at += 1;
                if tokens.get(*at) == Some(&"as") {
                    *at += 2;
                }
                if tokens.get(*at) != Some(&"::") {
                    found.push(path);
                    return;
                }
            }
            // For example the generic arguments in `crate::a::b::<T>()`.
            _ => {
                found.push(path);
                *at += 1;
                return;
            }
        }
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Splits code into names, `::`, and all other characters one by one.
fn tokens(code: &str) -> Vec<&str> {
    let (mut found, mut rest) = (Vec::new(), code);
    while let Some(first) = rest.chars().next() {
        let length = if is_name(rest) {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        if !first.is_whitespace() {
            found.push(&rest[..length]);
        }
        rest = &rest[length..];
    }
    found
}

#[test]
fn every_way_to_name_a_file_is_read() {
    let code = "use crate::a::{self, b::{C, d}, e as f}; pub use super::g::*; use child::X; pub(super) use std::rc::Rc;
        impl crate::h::I { fn j(self: &k::L) -> super::m::N<self::o::P> { crate::q::r::<crate::s::T>(super::super::u()); child::f(Vec::new()) } }";
    let all: Vec<_> = [
        "lib.rs",
        "a.rs",
        "a/b.rs",
        "x/mod.rs",
        "x/y.rs",
        "x/y/child.rs",
        "x/g.rs",
        "h.rs",
        "q.rs",
        "s/mod.rs",
    ]
    .map(|path| File::of_code(path, if path == "x/y.rs" { code } else { "" }))
    .into();
    let imports = Modules::of(&all).imports(&all[4]);
    let targets: Vec<_> = imports.iter().map(|import| import.target.as_deref().unwrap_or("-")).collect();
    assert_eq!(
        targets,
        [
            "a.rs",
            "a/b.rs",
            "a/b.rs",
            "a.rs",
            "x/g.rs",
            "x/y/child.rs",
            "-",
            "h.rs",
            "x/mod.rs",
            "x/y.rs",
            "q.rs",
            "s/mod.rs",
            "lib.rs",
            "x/y/child.rs"
        ]
    );
    assert_eq!(imports[2].path, "crate::a::b::d");
}
