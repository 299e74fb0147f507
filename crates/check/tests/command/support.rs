//! An emulator with a page that looks like the panel's, and runs of the program against it.

use clap::Parser;
use emulator::{Options, Running, start};
use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub const USER: &str = "admin";
pub const PASSWORD: &str = "emulator";

/// An emulator in threads of its own.
pub struct Server {
    pub running: Running,
    /// Dropped after the emulator, which it runs.
    _runtime: Runtime,
    _page: TempDir,
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub report: String,
    pub errors: String,
}

impl Ended {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.report).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The severity and the finding of what has this name, in a report as JSON.
    pub fn of(&self, what: &str) -> (String, String) {
        let report = self.json();
        let all = report["findings"].as_array().expect("findings").iter();
        let own = all.clone().find(|one| one["what"] == what);
        let own = own.unwrap_or_else(|| panic!("no {what} in {report:#}"));
        let text = |name: &str| own[name].as_str().unwrap_or_default().to_owned();
        (text("severity"), text("finding"))
    }
}

/// The files of a page: what a build of the panel has, without a panel in it.
fn page() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    let (script, program) = ("key-sync-0123456789abcdef.js", "key-sync-fedcba9876543210.wasm");
    write(
        "index.html",
        &format!(
            r#"<!DOCTYPE html><html><head><link rel="modulepreload" href="./{script}"><link rel="preload" href="./{program}"></head></html>"#
        ),
    );
    for name in [script, program] {
        write(name, "");
        write(&format!("{name}.gz"), "");
    }
    folder
}

impl Server {
    pub fn new(options: &[&str]) -> Self {
        let page = page();
        let folder = page.path().to_string_lossy().into_owned();
        let always = ["emulator", "--listen", "127.0.0.1:0", "--dist", &folder];
        let options = Options::parse_from(always.iter().chain(options));
        let runtime = Runtime::new().expect("a runtime");
        let running = runtime.block_on(start(options)).expect("it listens");
        Self { running, _runtime: runtime, _page: page }
    }

    pub fn address(&self) -> String {
        format!("http://{}/", self.running.address)
    }

    /// Runs the program with a password.
    pub fn check(&self, options: &[&str]) -> Ended {
        run(
            &[&[self.address().as_str()], options].concat(),
            &[("KEY_SYNC_USER", USER), ("KEY_SYNC_PASSWORD", PASSWORD)],
        )
    }

    /// Sends a request to the control API, and returns the JSON of the answer.
    pub fn control(&self, method: &str, what: &str, body: &Value) -> Value {
        let mut stream = TcpStream::connect(self.running.address).expect("it listens");
        let body = if body.is_null() { String::new() } else { body.to_string() };
        write!(
            stream,
            "{method} /__emulator/{what} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("it reads");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("it answers");
        let (head, body) = text.split_once("\r\n\r\n").expect("an answer");
        assert!(head.starts_with("HTTP/1.1 2"), "{head}");
        serde_json::from_str(body).unwrap_or_default()
    }

    pub fn fault(&self, fault: &Value) {
        self.control("POST", "faults", fault);
    }

    /// The requests so far: method, path, and body.
    pub fn requests(&self) -> Vec<(String, String, Value)> {
        let all = self.control("GET", "requests", &json!(null));
        let text = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
        let each = all.as_array().expect("a list").iter();
        each.map(|one| (text(one, "method"), text(one, "path"), one["body"].clone())).collect()
    }
}

/// Runs the program with these variables, and without a terminal.
pub fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_check"));
    for name in ["USER", "PASSWORD", "TOKEN", "DOMAIN", "AUTH_DOMAIN", "CONNECTION"] {
        command.env_remove(format!("KEY_SYNC_{name}"));
    }
    let output = command
        .args(arguments)
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    Ended {
        code: output.status.code(),
        report: String::from_utf8(output.stdout).expect("text"),
        errors: String::from_utf8(output.stderr).expect("text"),
    }
}

/// A file of the folder `golden`.
pub fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/command/golden").join(name)
}
