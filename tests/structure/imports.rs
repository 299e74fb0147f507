//! The imports between the files of `src/` and of the domain crate, parsed from their code: `use` declarations with
//! groups, globs and aliases, paths that begin with `crate`, `super` or `self`, and paths inside expressions and
//! types.

use crate::source::File;
use std::collections::BTreeMap;

/// The domain crate, whose files are in a folder with this name.
const DOMAIN: &str = "cckm";

/// One import: its path in the code, and the file of `src/` that it refers to.
pub struct Import {
    pub path: String,
    /// The path of the file; `None` for an external crate.
    pub target: Option<String>,
}

/// The modules of a source tree, each with its file.
pub struct Modules(BTreeMap<Vec<String>, String>);

impl Modules {
    pub fn of(files: &[File]) -> Self {
        Self(files.iter().map(|file| (module(&file.path), file.path.clone())).collect())
    }

    /// The imports in the code of `file`.
    pub fn imports(&self, file: &File) -> Vec<Import> {
        let here = module(&file.path);
        let resolved = paths(&file.code).into_iter().map(|path| {
            let target = self.resolve(&here, &path).map(|path| self.file(&path));
            Import { path: path.join("::"), target }
        });
        resolved.collect()
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
                return self.0.contains_key(&child).then(|| [here, path].concat());
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
        let found = (0..=path.len()).rev().find_map(|length| self.0.get(&path[..length]));
        found.cloned().unwrap_or_else(|| "lib.rs".to_owned())
    }
}

/// The module of a file: `api` for `api/mod.rs`, the root for `lib.rs`.
fn module(path: &str) -> Vec<String> {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    let path = path.strip_suffix("/lib").unwrap_or(path);
    if path == "lib" { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
}

/// The paths of all `use` declarations, and those elsewhere that begin with `crate`, `super` or `self`.
fn paths(code: &str) -> Vec<Vec<String>> {
    let tokens = tokens(code);
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(token) = tokens.get(at) {
        let begins = ["crate", "super", "self"].contains(token)
            && tokens.get(at + 1) == Some(&"::")
            && (at == 0 || tokens[at - 1] != "::");
        if *token == "use" {
            at += 1;
            tree(&tokens, &mut at, Vec::new(), &mut found);
        } else if begins {
            tree(&tokens, &mut at, Vec::new(), &mut found);
        } else {
            at += 1;
        }
    }
    found
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
    let file = |path: &str, code: &str| File {
        path: path.to_owned(),
        text: code.to_owned(),
        code: code.to_owned(),
        literals: Vec::new(),
    };
    let code = "use crate::a::{self, b::{C, d}, e as f}; pub use super::g::*; use child::X; pub(super) use std::rc::Rc;
        impl crate::h::I { fn j(self: &k::L) -> super::m::N<self::o::P> { crate::q::r::<crate::s::T>(super::super::u()) } }";
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
    .map(|path| file(path, if path == "x/y.rs" { code } else { "" }))
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
            "lib.rs"
        ]
    );
    assert_eq!(imports[2].path, "crate::a::b::d");
}
