//! The tools that are not part of Rust: their versions, and how each is found or installed. A tool is taken from PATH
//! or from the cache, or else installed into the cache. Nothing is installed where another program would find it.

use crate::lock::Lock;
use crate::{cargo, command, npm, parallel, progress, workspace};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, process};

/// Version 0.22 requires a newer Rust than this workspace.
const TRUNK: &str = "0.21.14";
/// The version is exact because the optimizer affects the bytes of a release.
const BINARYEN: &str = "132.0.0";
const ESBUILD: &str = "0.28.2";
const CARGO_DENY: &str = "0.20.2";
const CARGO_FUZZ: &str = "0.13.1";

/// The name of the compiler among the tools of a release.
pub const RUSTC: &str = "rustc";

pub struct Tool {
    /// The name of the tool, with which its folder in the cache begins.
    name: &'static str,
    /// The version of the package, with which the folder in the cache ends.
    version: String,
    /// The command of the tool.
    program: &'static str,
    /// The text that `program --version` must print.
    says: String,
    from: Origin,
}

enum Origin {
    /// A crate with a command, and the options that `cargo install` needs beside the version. `hot` are the packages
    /// in which the command spends its time; the others are compiled without optimization, which halves the time of
    /// the installation.
    Crate { options: &'static [&'static str], hot: &'static [&'static str], minutes: u8 },
    /// A package of the npm registry.
    Npm,
}

/// The packages in which wasm-bindgen spends its time: reading and writing WebAssembly.
const WASM_BINDGEN_HOT: &[&str] = &[
    "gimli",
    "hashbrown",
    "id-arena",
    "indexmap",
    "leb128",
    "leb128fmt",
    "rayon",
    "rayon-core",
    "rustc-demangle",
    "serde_json",
    "walrus",
    "wasm-bindgen-cli-support",
    "wasm-bindgen-shared",
    "wasm-encoder",
    "wasmparser",
];

/// Trunk builds and serves the page.
pub fn trunk() -> Tool {
    Tool {
        name: "trunk",
        version: TRUNK.to_owned(),
        program: "trunk",
        says: TRUNK.to_owned(),
        // Without the check for updates, and with rustls, which does not need the headers of OpenSSL.
        from: Origin::Crate {
            options: &["--no-default-features", "--features", "rustls"],
            // Trunk hashes every file, and the program has tens of megabytes.
            hot: &["sha2", "seahash"],
            minutes: 4,
        },
    }
}

/// wasm-bindgen writes the script that connects page and program. Its version is exactly that of `Cargo.lock`.
pub fn wasm_bindgen() -> Result<Tool> {
    let version = Lock::read()?.version("wasm-bindgen")?.to_owned();
    Ok(Tool {
        name: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        says: version.clone(),
        version,
        from: Origin::Crate { options: &[], hot: WASM_BINDGEN_HOT, minutes: 2 },
    })
}

/// wasm-opt makes the program smaller, in release builds only.
pub fn wasm_opt() -> Tool {
    let says = BINARYEN.split('.').next().unwrap_or_default().to_owned();
    let version = BINARYEN.to_owned();
    Tool { name: "binaryen", version, program: "wasm-opt", says, from: Origin::Npm }
}

/// esbuild makes scripts smaller. Trunk's own minifier cannot parse the script of wasm-bindgen.
pub fn esbuild() -> Tool {
    let version = ESBUILD.to_owned();
    Tool { name: "esbuild", says: version.clone(), version, program: "esbuild", from: Origin::Npm }
}

/// cargo-deny checks licences, bans and sources.
pub fn cargo_deny() -> Tool {
    Tool {
        name: "cargo-deny",
        version: CARGO_DENY.to_owned(),
        program: "cargo-deny",
        says: CARGO_DENY.to_owned(),
        // Without the features that only the check of vulnerabilities needs.
        from: Origin::Crate { options: &["--no-default-features"], hot: &[], minutes: 3 },
    }
}

/// cargo-fuzz runs fuzz targets.
pub fn cargo_fuzz() -> Tool {
    Tool {
        name: "cargo-fuzz",
        version: CARGO_FUZZ.to_owned(),
        program: "cargo-fuzz",
        says: CARGO_FUZZ.to_owned(),
        from: Origin::Crate { options: &[], hot: &[], minutes: 1 },
    }
}

/// The names and versions of all tools that affect the bytes of a release.
pub fn of_release() -> Result<Vec<(String, String)>> {
    let others = [trunk(), wasm_bindgen()?, wasm_opt(), esbuild()];
    let compiler = (RUSTC.to_owned(), cargo::rustc()?.version);
    Ok([compiler].into_iter().chain(others.map(|tool| (tool.name.to_owned(), tool.version))).collect())
}

/// Returns the folders of several tools. Missing tools are installed in parallel, because each installation begins
/// and ends with work for one processor only.
pub fn prepare_all(wanted: &[Tool]) -> Result<Vec<PathBuf>> {
    parallel::each(wanted, Tool::prepare)
}

impl Tool {
    /// Returns the folder that has the command in the right version, and installs the tool where it is missing.
    pub fn prepare(&self) -> Result<PathBuf> {
        if let Some(folder) = self.on_path() {
            return Ok(folder);
        }
        let home = workspace::cache()?.join("tools").join(format!("{}-{}", self.name, self.version));
        let folder = self.folder(&home);
        if self.works_in(&folder) {
            return Ok(folder);
        }
        self.install(&home)
            .with_context(|| format!("{} {} could not be installed", self.name, self.version))?;
        if self.works_in(&folder) {
            return Ok(folder);
        }
        bail!(
            "{} was installed in {} and does not say that it is version {}",
            self.program,
            home.display(),
            self.says
        )
    }

    /// Returns the file of the command in the right version.
    pub fn program(&self) -> Result<PathBuf> {
        let folder = self.prepare()?;
        Ok(which::which_in(self.program, Some(&folder), &folder)?)
    }

    fn on_path(&self) -> Option<PathBuf> {
        let program = which::which(self.program).ok()?;
        let folder = program.parent()?.to_path_buf();
        self.is_right(&program).then_some(folder)
    }

    fn works_in(&self, folder: &Path) -> bool {
        which::which_in(self.program, Some(folder), folder).is_ok_and(|program| self.is_right(&program))
    }

    fn is_right(&self, program: &Path) -> bool {
        let output = Command::new(program).arg("--version").stdin(Stdio::null()).output();
        output.is_ok_and(|output| {
            stated_version(&String::from_utf8_lossy(&output.stdout)) == Some(self.says.as_str())
        })
    }

    fn folder(&self, home: &Path) -> PathBuf {
        match self.from {
            Origin::Crate { .. } => home.join("bin"),
            Origin::Npm => npm::programs(home),
        }
    }

    /// Installs beside the final folder and renames, so that an interrupted or parallel installation does no harm.
    fn install(&self, home: &Path) -> Result<()> {
        let mut draft = home.as_os_str().to_owned();
        draft.push(format!(".{}.draft", process::id()));
        let draft = PathBuf::from(draft);
        fs::create_dir_all(&draft).with_context(|| format!("creating {}", draft.display()))?;
        let outcome = match &self.from {
            Origin::Crate { options, hot, minutes } => self.install_crate(&draft, options, hot, *minutes),
            Origin::Npm => {
                progress::say(&format!("installing {} {} (once, seconds)", self.name, self.version));
                npm::install_package(&draft, self.name, &self.version)
            }
        };
        let outcome = outcome.and_then(|()| {
            if home.exists() && !self.works_in(&self.folder(home)) {
                fs::remove_dir_all(home).with_context(|| format!("removing {}", home.display()))?;
            }
            match fs::rename(&draft, home) {
                // A parallel installation was faster.
                Err(_) if home.exists() => Ok(()),
                other => other.with_context(|| format!("moving the tool to {}", home.display())),
            }
        });
        let _ = fs::remove_dir_all(&draft);
        outcome
    }

    fn install_crate(&self, folder: &Path, options: &[&str], hot: &[&str], minutes: u8) -> Result<()> {
        if which::which("cargo-binstall").is_ok() {
            progress::say(&format!("installing {} {} with cargo-binstall (once)", self.name, self.version));
            let fetched = command::succeeds(
                command::cargo()
                    .args([
                        "binstall",
                        "--no-confirm",
                        "--disable-strategies",
                        "compile",
                        "--version",
                        &self.version,
                    ])
                    .arg("--root")
                    .arg(folder)
                    .arg(self.name),
            )?;
            if fetched {
                return Ok(());
            }
            progress::say("cargo-binstall found no ready program; compiling it");
        }
        progress::say(&format!(
            "installing {} {}: compiles for about {minutes} minutes, this first time only",
            self.name, self.version
        ));
        let mut install = command::cargo();
        install
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("CARGO_TARGET_DIR")
            .args(["install", self.name, "--debug", "--locked", "--quiet", "--version", &self.version])
            .args(options);
        for package in hot {
            install.arg("--config").arg(format!("profile.dev.package.{package}.opt-level=2"));
        }
        command::run(install.arg("--root").arg(folder))
    }
}

/// Finds the version in the text that a tool prints: the first word that consists of numbers and dots.
fn stated_version(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| {
        word.starts_with(|first: char| first.is_ascii_digit())
            && word.chars().all(|character| character.is_ascii_digit() || character == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::stated_version;

    #[test]
    fn each_tool_states_its_version_its_own_way() {
        assert_eq!(stated_version("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(stated_version("wasm-bindgen 0.2.129 (1234abcd)\n"), Some("0.2.129"));
        assert_eq!(stated_version("wasm-opt version 132 (version_132)\n"), Some("132"));
        assert_eq!(stated_version("trunk 0.22.0-beta.1\n"), None, "a beta is another version");
        assert_eq!(stated_version(""), None);
    }
}
