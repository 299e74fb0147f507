//! The crates of the panel's program, as Cargo reports them: version, licence, checksum and dependencies. It does not
//! depend on the formats in which they are published.

use crate::lock::Lock;
use crate::{cargo, command};
use anyhow::{Context, Result};
use cargo_metadata::Metadata;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The name of the panel's crate.
pub const PANEL: &str = "key-sync";

/// Name and version. They are unique in a program, because all crates are from one registry.
pub type Id = (String, String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// The SPDX expression that the crate declares.
    pub license: Option<String>,
    pub repository: Option<String>,
    /// The SHA-256 of the package from `Cargo.lock`; `None` for a crate of the workspace.
    pub checksum: Option<String>,
    /// Whether the program contains the crate; otherwise only the build uses it (macros and build scripts).
    pub shipped: bool,
    pub uses: BTreeSet<Id>,
    /// The folder of the crate's files on this machine.
    pub folder: PathBuf,
}

/// The crates in the order of their names.
pub type Dependencies = BTreeMap<Id, Dependency>;

/// The panel with all its dependencies.
pub fn of_panel() -> Result<Dependencies> {
    let all = parse_tree(&tree("normal,build")?)?;
    let shipped = parse_tree(&tree("normal,no-proc-macro")?)?;
    // Only the crates for these two platforms were downloaded for the build.
    let platforms =
        [cargo::WASM, &cargo::rustc()?.host].map(|platform| format!("--filter-platform={platform}"));
    let metadata = cargo::metadata()
        .other_options([&["--locked".to_owned()], &platforms[..]].concat())
        .exec()
        .context("asking Cargo for the crates")?;
    joined(&all, &shipped, &metadata, &Lock::read()?)
}

/// The tree of dependencies, with one crate a line after its depth. Only the panel decides the features here, as in
/// its build.
fn tree(edges: &str) -> Result<String> {
    command::capture(command::cargo().args([
        "tree",
        "--locked",
        "--quiet",
        "--package",
        PANEL,
        "--target",
        cargo::WASM,
        "--edges",
        edges,
        "--prefix",
        "depth",
        "--format",
        " {p}",
    ]))
}

/// ```text
/// 0 key-sync v0.1.0 (/somewhere)
/// 1 chrono v0.4.45
/// 2 num-traits v0.2.19 (*)
/// ```
fn parse_tree(text: &str) -> Result<BTreeMap<Id, BTreeSet<Id>>> {
    let mut uses: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    let mut above: Vec<Id> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let read = || -> Option<(usize, Id)> {
            let mut words = line.split(' ');
            let depth = words.next()?.parse().ok()?;
            Some((depth, (words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned())))
        };
        let (depth, id) = read().with_context(|| format!("a line of cargo tree: {line}"))?;
        above.truncate(depth);
        if let Some(user) = above.last() {
            uses.entry(user.clone()).or_default().insert(id.clone());
        }
        uses.entry(id.clone()).or_default();
        above.push(id);
    }
    Ok(uses)
}

fn joined(
    all: &BTreeMap<Id, BTreeSet<Id>>,
    shipped: &BTreeMap<Id, BTreeSet<Id>>,
    metadata: &Metadata,
    lock: &Lock,
) -> Result<Dependencies> {
    all.iter()
        .map(|(id, uses)| {
            let (name, version) = id;
            let package = metadata
                .packages
                .iter()
                .find(|package| package.name == *name && package.version.to_string() == *version)
                .with_context(|| format!("Cargo knows nothing of {name} {version}"))?;
            let locked =
                lock.packages.iter().find(|package| package.name == *name && package.version == *version);
            let dependency = Dependency {
                // The old notation for a choice of licences.
                license: package.license.as_ref().map(|license| license.replace('/', " OR ")),
                repository: package.repository.clone(),
                checksum: locked.and_then(|package| package.checksum.clone()),
                shipped: shipped.contains_key(id),
                uses: uses.clone(),
                folder: package.manifest_path.parent().map(Into::into).unwrap_or_default(),
            };
            Ok((id.clone(), dependency))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{PANEL, of_panel, parse_tree};

    fn id(name: &str, version: &str) -> (String, String) {
        (name.to_owned(), version.to_owned())
    }

    #[test]
    fn depth_says_who_uses_whom() {
        let text = "0 panel v0.1.0 (/a folder)\n1 one v1.0.0\n2 two v2.0.0-beta.1 (proc-macro)\n1 two v2.0.0-beta.1 (*)\n";
        let tree = parse_tree(text).expect("a tree");
        assert_eq!(tree[&id("panel", "0.1.0")], [id("one", "1.0.0"), id("two", "2.0.0-beta.1")].into());
        assert_eq!(tree[&id("one", "1.0.0")], [id("two", "2.0.0-beta.1")].into());
        assert!(tree[&id("two", "2.0.0-beta.1")].is_empty());
        assert!(parse_tree("[build-dependencies]").is_err(), "nothing is passed over silently");
    }

    #[test]
    fn the_panel_ships_leptos_and_not_its_macros() {
        let all = of_panel().expect("Cargo says it");
        let of = |name: &str| all.iter().find(|((own, _), _)| own == name).map(|(_, dependency)| dependency);
        let panel = of(PANEL).expect("the panel itself");
        assert!(panel.shipped && panel.checksum.is_none());
        let leptos = of("leptos").expect("leptos");
        assert!(leptos.shipped && leptos.license.is_some());
        assert_eq!(leptos.checksum.as_ref().map(String::len), Some(64));
        assert!(leptos.folder.join("Cargo.toml").is_file());
        assert!(!of("leptos_macro").expect("it takes part in the build").shipped);
        assert!(of("axum").is_none(), "of the emulator");
        for dependency in all.values() {
            assert!(dependency.uses.iter().all(|used| all.contains_key(used)));
        }
    }
}
