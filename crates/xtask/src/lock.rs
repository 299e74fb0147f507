//! Reads the packages of this workspace from `Cargo.lock`.

use crate::workspace;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::fs;

#[derive(Debug, Deserialize)]
pub struct Lock {
    #[serde(rename = "package")]
    pub packages: Vec<Package>,
}

#[derive(Debug, Deserialize)]
pub struct Package {
    pub name: String,
    pub version: String,
    /// The SHA-256 of the package; `None` for a crate of the workspace.
    pub checksum: Option<String>,
}

impl Lock {
    pub fn read() -> Result<Self> {
        let file = workspace::root().join("Cargo.lock");
        let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        Self::parse(&text)
    }

    pub fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).context("Cargo.lock is not what Cargo writes")
    }

    /// The version of `name`, which must be the only one.
    pub fn version(&self, name: &str) -> Result<&str> {
        let versions: Vec<&str> = self
            .packages
            .iter()
            .filter(|package| package.name == name)
            .map(|package| package.version.as_str())
            .collect();
        match versions[..] {
            [version] => Ok(version),
            [] => bail!("Cargo.lock does not contain {name}"),
            _ => bail!("Cargo.lock contains {name} more than once: {}", versions.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lock;

    const LOCK: &str = r#"
        version = 4
        [[package]]
        name = "wasm-bindgen"
        version = "0.2.129"
        dependencies = ["wasm-bindgen-macro"]
        [[package]]
        name = "wasm-bindgen-macro"
        version = "0.2.128"
        checksum = "00ff"
        [[package]]
        name = "syn"
        version = "1.0.1"
        [[package]]
        name = "syn"
        version = "2.0.2"
    "#;

    #[test]
    fn the_lock_file_decides_the_version() {
        let lock = Lock::parse(LOCK).expect("a lock file");
        assert_eq!(lock.version("wasm-bindgen").expect("it is there"), "0.2.129");
        assert_eq!(lock.packages[0].checksum, None, "of the workspace");
        assert_eq!(lock.packages[1].checksum.as_deref(), Some("00ff"));
    }

    #[test]
    fn a_missing_or_doubled_package_is_an_error() {
        let lock = Lock::parse(LOCK).expect("a lock file");
        let missing = lock.version("leptos").expect_err("it is not there").to_string();
        assert_eq!(missing, "Cargo.lock does not contain leptos");
        let doubled = lock.version("syn").expect_err("there are two").to_string();
        assert_eq!(doubled, "Cargo.lock contains syn more than once: 1.0.1, 2.0.2");
        assert!(Lock::parse("not a lock file").is_err());
        assert!(Lock::parse("").is_err());
    }

    #[test]
    fn this_workspace_is_locked_to_one_wasm_bindgen() {
        let lock = Lock::read().expect("Cargo.lock of the workspace");
        let version = lock.version("wasm-bindgen").expect("one version");
        assert!(version.starts_with("0.2."), "{version}");
    }
}
