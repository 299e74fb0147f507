//! Calls of Cargo and rustup: the WebAssembly target, components, the crates, metadata, and programs of the
//! workspace.

use crate::{command, progress, workspace};
use anyhow::{Context, Result, bail};
use cargo_metadata::{Message, MetadataCommand};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub const WASM: &str = "wasm32-unknown-unknown";

/// `cargo metadata` of this workspace, run by the Cargo that runs this program.
pub fn metadata() -> MetadataCommand {
    let mut metadata = MetadataCommand::new();
    metadata.cargo_path(command::cargo().get_program()).current_dir(workspace::root());
    metadata
}

/// Cargo's target folder, as the user has configured it.
pub fn target() -> Result<PathBuf> {
    let offline = ["--offline".to_owned()];
    let metadata =
        metadata().no_deps().other_options(offline).exec().context("asking Cargo for its folders")?;
    Ok(metadata.target_directory.into())
}

/// The flag of views of one type, Leptos' own switch for development.
pub const ERASED_VIEWS: &str = "--cfg erase_components";

/// Lets `command` compile the panel for `target` with views of one type, which takes a third to a half of the time and gives
/// a row more nodes. Whatever counts nodes tests a release. A flag of the user's environment replaces it. What Cargo builds
/// for itself stays as it is, where the command says `--target`.
pub fn erase_views(command: &mut Command, target: &str) {
    let variable = format!("CARGO_TARGET_{}_RUSTFLAGS", target.to_uppercase().replace('-', "_"));
    command.env(variable, ERASED_VIEWS);
}

/// Installs the WebAssembly target for the toolchain in use, by rustup.
pub fn prepare_target() -> Result<()> {
    let print = ["--print", "target-libdir", "--target", WASM];
    let library =
        command::capture(command::new("rustc").args(print)).context("Rust is needed: https://rustup.rs")?;
    if Path::new(library.trim()).is_dir() {
        return Ok(());
    }
    if which::which("rustup").is_err() {
        bail!(
            "the Rust target {WASM} is missing and so is rustup: install it with your Rust, or use https://rustup.rs"
        );
    }
    progress::say(&format!("adding the Rust target {WASM}"));
    command::run(command::new("rustup").args(["target", "add", WASM]))
}

/// The compiler in use.
#[derive(Debug, PartialEq, Eq)]
pub struct Compiler {
    pub version: String,
    /// The default target of the compiler, which is this machine's.
    pub host: String,
}

pub fn rustc() -> Result<Compiler> {
    let text = command::capture(command::new("rustc").arg("--version").arg("--verbose"))?;
    compiler(&text).context("rustc does not say what it is")
}

fn compiler(text: &str) -> Option<Compiler> {
    let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
    Some(Compiler { version: field("release: ")?, host: field("host: ")? })
}

/// Installs a component (`rustfmt`, `clippy`) that rustup's minimal profile lacks.
pub fn prepare_component(name: &str) -> Result<()> {
    let command = if name == "rustfmt" { "fmt" } else { name };
    let there =
        command::cargo().args([command, "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if there.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    if which::which("rustup").is_err() {
        bail!("{name} is missing and so is rustup: install it with your Rust, or use https://rustup.rs");
    }
    progress::say(&format!("adding {name}"));
    command::run(command::new("rustup").args(["component", "add", name]))
}

/// Downloads the crates of the panel, because Trunk runs offline, and so does the Cargo that it starts.
pub fn prepare_crates() -> Result<()> {
    let ready = command::cargo()
        .args(["fetch", "--quiet", "--locked", "--offline", "--target", WASM])
        .stderr(Stdio::null())
        .status()
        .context("could not run cargo")?;
    if ready.success() {
        return Ok(());
    }
    progress::say("downloading the crates of the panel");
    command::run(command::cargo().args(["fetch", "--locked"]))
}

/// `cargo` with this subcommand, on the whole workspace as its checks and tests build it. The panel's views take most of the
/// time, so they are erased; for that the target is named, or else all macros were built once more.
pub fn on_workspace(subcommand: &str) -> Result<Command> {
    let mut command = command::cargo();
    let host = rustc()?.host;
    command.args([subcommand, "--workspace", "--target", &host]);
    erase_views(&mut command, &host);
    Ok(command)
}

/// Builds the program `name` of the workspace in the debug profile, with the features that it alone needs, and returns its
/// file.
pub fn build_program(name: &str) -> Result<PathBuf> {
    built(name, command::cargo().args(["build", "--package", name, "--bin", name]))
}

/// Like [`build_program`], in the release profile.
pub fn build_released_program(name: &str) -> Result<PathBuf> {
    built(name, command::cargo().args(["build", "--release", "--package", name, "--bin", name]))
}

/// Like [`build_program`], as the native tests build it, whose test of the same name runs it: after them there is nothing to
/// compile.
pub fn build_tested_program(name: &str) -> Result<PathBuf> {
    built(name, on_workspace("test")?.args(["--no-run", "--test", name]))
}

fn built(name: &str, build: &mut Command) -> Result<PathBuf> {
    let messages = command::capture(build.args(["--locked", "--message-format=json-render-diagnostics"]))?;
    executable(&messages, name).with_context(|| format!("cargo built no program named {name}"))
}

/// Finds the file of the program `name` in Cargo's messages.
fn executable(messages: &str, name: &str) -> Option<PathBuf> {
    Message::parse_stream(messages.as_bytes())
        .find_map(|message| match message {
            Ok(Message::CompilerArtifact(artifact))
                if artifact.target.name == name && artifact.target.is_bin() =>
            {
                artifact.executable
            }
            _ => None,
        })
        .map(|file| workspace::root().join(file))
}

#[cfg(test)]
mod tests {
    use super::{Compiler, compiler, executable};
    use std::path::PathBuf;

    #[test]
    fn the_compiler_says_what_it_is() {
        let text = "rustc 1.95.0 (59807616e 2026-04-14)\nhost: x86_64-unknown-linux-gnu\nrelease: 1.95.0\n";
        let expected = Compiler { version: "1.95.0".to_owned(), host: "x86_64-unknown-linux-gnu".to_owned() };
        assert_eq!(compiler(text), Some(expected));
        assert_eq!(compiler("rustc 1.95.0"), None);
    }

    #[test]
    fn the_program_is_found_among_cargos_messages() {
        let artifact = |name: &str, kind: &str, executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","package_id":"{name}","manifest_path":"/t/Cargo.toml","target":{{"kind":["{kind}"],
                "crate_types":["{kind}"],"name":"{name}","src_path":"/t/main.rs","edition":"2024"}},"profile":{{"opt_level":"0",
                "debuginfo":1,"debug_assertions":true,"overflow_checks":true,"test":false}},"features":[],"filenames":[],
                "executable":{executable},"fresh":true}}"#
            )
            .replace('\n', "")
        };
        let messages = [
            artifact("emulator", "lib", "null"),
            artifact("other", "bin", "\"/t/debug/other\""),
            artifact("emulator", "test", "\"/t/debug/deps/emulator-0\""),
            artifact("emulator", "bin", "\"/t/debug/emulator\""),
            r#"{"reason":"build-finished","success":true}"#.to_owned(),
        ]
        .join("\n");
        assert_eq!(executable(&messages, "emulator"), Some(PathBuf::from("/t/debug/emulator")));
        assert_eq!(executable(&messages, "absent"), None);
        assert_eq!(executable("not JSON", "emulator"), None);
    }
}
