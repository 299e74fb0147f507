//! Serves the panel for development: the emulator (or a real server), and Trunk in front of it, until Ctrl-C. Doc
//! comments of options are the text of `--help`.

use crate::children::Children;
use crate::{cargo, command, progress, tools};
use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ExitCode, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

const USUAL_PORT: u16 = 8080;
const PATIENCE: Duration = Duration::from_millis(100);

#[derive(Args, Debug)]
pub struct Options {
    /// Send the API's requests to this server instead of the emulator, e.g. `https://cm.example.com`
    #[arg(long, value_name = "URL", value_parser = origin)]
    backend: Option<String>,
    /// Accept a certificate of the backend that cannot be verified (self-signed)
    #[arg(long, requires = "backend")]
    insecure: bool,
    /// The port of the panel [default: 8080, or the next free one]
    #[arg(long)]
    port: Option<u16>,
    /// Open the panel in the browser
    #[arg(long)]
    open: bool,
    /// Options for the emulator; `cargo run -p emulator -- --help` explains them
    #[arg(last = true, value_name = "EMULATOR OPTIONS", conflicts_with = "backend")]
    emulator: Vec<String>,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    cargo::prepare_target()?;
    let stop = Arc::new(AtomicBool::new(false));
    let requested = Arc::clone(&stop);
    ctrlc::set_handler(move || requested.store(true, Ordering::Relaxed))
        .context("Ctrl-C cannot be caught")?;
    let mut watch = Watch { children: Children::default(), stop, input: None };
    let outcome = watch.serve(options);
    // The child processes end before the last message is printed.
    drop(watch);
    match outcome? {
        End::Requested => {
            eprintln!("\n==> all ended");
            Ok(ExitCode::SUCCESS)
        }
        End::Child(name, status) => bail!("{name} ended by itself ({status}); the rest was ended too"),
    }
}

/// Prepares what Trunk needs, and returns the folders of its tools.
fn prepare() -> Result<Vec<PathBuf>> {
    let mut folders =
        progress::step("preparing Trunk and wasm-bindgen", "about 5 minutes, else nothing", || {
            tools::prepare_all(&[tools::trunk(), tools::wasm_bindgen()?])
        })?;
    // Only release builds need wasm-opt, so its absence must not prevent development.
    match tools::wasm_opt().prepare() {
        Ok(folder) => folders.push(folder),
        Err(error) => {
            progress::say(&format!("going on without wasm-opt, which only release builds need: {error:#}"));
        }
    }
    cargo::prepare_crates()?;
    Ok(folders)
}

/// The reason why serving ended.
enum End {
    Requested,
    Child(&'static str, std::process::ExitStatus),
}

struct Watch {
    children: Children,
    stop: Arc<AtomicBool>,
    /// The standard input of the emulator, which ends when this closes, even if this program is killed.
    input: Option<ChildStdin>,
}

impl Watch {
    fn serve(&mut self, options: &Options) -> Result<End> {
        let port = free_port(options.port)?;
        // The backend comes first because it starts fastest, and can be used while the rest starts.
        let (backend, sign_in) = if let Some(backend) = &options.backend {
            (backend.clone(), format!("Sign in with an account of {backend}."))
        } else {
            let program = progress::step("building the emulator", "about 20 seconds", || {
                cargo::build_program("emulator")
            })?;
            match self.start_emulator(program, &options.emulator)? {
                Ok(emulator) => {
                    progress::say(&format!("the emulator answers at {}", emulator.address));
                    (emulator.address.clone(), emulator.sign_in())
                }
                Err(end) => return Ok(end),
            }
        };
        let folders = prepare()?;
        self.start_trunk(options, port, &folders, &backend)?;
        let answer = loop {
            if let Some(end) = self.end()? {
                return Ok(end);
            }
            if let Some(status) = status_of(port, "/") {
                break status;
            }
            std::thread::sleep(PATIENCE);
        };
        if answer != 200 {
            println!("\nThe panel was not built (see above). Trunk builds it again at the next change.");
        } else if status_of(port, "/api/v1/").is_none_or(|status| status >= 500) {
            println!("\n{backend} does not answer; the panel will say so too.");
        }
        println!("\nKey sync is at http://127.0.0.1:{port}/\n{sign_in}\nCtrl-C ends everything.\n");
        loop {
            if let Some(end) = self.end()? {
                return Ok(end);
            }
            std::thread::sleep(PATIENCE);
        }
    }

    fn end(&mut self) -> Result<Option<End>> {
        if self.stop.load(Ordering::Relaxed) {
            return Ok(Some(End::Requested));
        }
        Ok(self.children.ended()?.map(|(name, status)| End::Child(name, status)))
    }

    fn start_trunk(
        &mut self,
        options: &Options,
        port: u16,
        folders: &[PathBuf],
        backend: &str,
    ) -> Result<()> {
        let mut trunk = command::new("trunk");
        command::with_path(&mut trunk, folders.iter().map(AsRef::as_ref))?;
        // A separate folder, so that `dist/` keeps the last release build.
        let dist = cargo::target()?.join("serve");
        std::fs::create_dir_all(&dist).with_context(|| format!("creating {}", dist.display()))?;
        trunk
            .args(["serve", "--offline", "--port", &port.to_string(), "--dist"])
            .arg(dist)
            .arg(format!("--proxy-backend={backend}/api/v1/"))
            .arg("--proxy-rewrite=/api/v1/")
            .stdin(Stdio::null());
        cargo::erase_views(&mut trunk, cargo::WASM);
        if options.backend.is_none() {
            trunk.arg("--proxy-no-system-proxy");
        }
        if options.insecure {
            trunk.arg("--proxy-insecure");
        }
        if options.open {
            trunk.args(["--open", "true"]);
        }
        progress::say(
            "building the panel and serving it (the first time one to two minutes, then seconds at each change)",
        );
        self.children.spawn("trunk", &mut trunk)?;
        Ok(())
    }

    /// Starts the emulator, and waits for its first line or for a reason to end.
    fn start_emulator(&mut self, program: PathBuf, options: &[String]) -> Result<Result<Emulator, End>> {
        let mut emulator = command::new(program);
        emulator.arg("--until-stdin-closes").stdin(Stdio::piped()).stdout(Stdio::piped());
        if !options.iter().any(|option| option == "--listen" || option.starts_with("--listen=")) {
            emulator.args(["--listen", "127.0.0.1:0"]);
        }
        emulator.args(options);
        let child = self.children.spawn("the emulator", &mut emulator)?;
        self.input = child.stdin.take();
        let first = first_line(child)?;
        loop {
            match first.recv_timeout(PATIENCE) {
                Ok(line) => return Emulator::from_line(&line).map(Ok),
                Err(mpsc::RecvTimeoutError::Timeout | mpsc::RecvTimeoutError::Disconnected) => {}
            }
            if let Some(end) = self.end()? {
                return Ok(Err(end));
            }
        }
    }
}

/// Sends the first line that a process prints, and prints the others.
fn first_line(child: &mut Child) -> Result<Receiver<String>> {
    let stdout = child.stdout.take().context("the emulator's output is missing")?;
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for (number, line) in BufReader::new(stdout).lines().map_while(Result::ok).enumerate() {
            if number == 0 {
                let _ = sender.send(line);
            } else {
                println!("{line}");
            }
        }
    });
    Ok(receiver)
}

/// The first line of the emulator, which is a JSON object.
#[derive(Debug, Deserialize)]
struct Emulator {
    address: String,
    user: String,
    password: String,
    token: String,
}

impl Emulator {
    fn from_line(line: &str) -> Result<Self> {
        serde_json::from_str(line).with_context(|| format!("the emulator began with: {line}"))
    }

    fn sign_in(&self) -> String {
        format!(
            "Sign in as {} with the password {}, or with this token:\n{}\nThe emulator is at {}",
            self.user, self.password, self.token, self.address
        )
    }
}

/// Parses the origin of a backend from a URL, which may have the path of the API.
fn origin(url: &str) -> Result<String, String> {
    let url = url.trim_end_matches('/');
    let url = url.strip_suffix("/api/v1").or_else(|| url.strip_suffix("/api")).unwrap_or(url);
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.starts_with('/') => Ok(url.trim_end_matches('/').to_owned()),
        _ => Err("must begin with https:// (or http://) and name a host".to_owned()),
    }
}

/// Returns the requested port where it is free; without a request the default port or the first free one after it.
fn free_port(wanted: Option<u16>) -> Result<u16> {
    let is_free = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
    match wanted {
        Some(port) if is_free(port) => Ok(port),
        Some(port) => bail!("port {port} is in use: end what uses it, or choose another with --port"),
        None => match (USUAL_PORT..USUAL_PORT + 100).find(|port| is_free(*port)) {
            Some(port) => Ok(port),
            None => bail!("no port from {USUAL_PORT} on is free: choose one with --port"),
        },
    }
}

/// Requests `path` from the server on `port` of this machine and returns the status; `None` where none listens.
fn status_of(port: u16, path: &str) -> Option<u16> {
    let request =
        minreq::get(format!("http://127.0.0.1:{port}{path}")).with_header("Accept", "*/*").with_timeout(10);
    Some(request.send().ok()?.status_code)
}

#[cfg(test)]
mod tests {
    use super::{Emulator, free_port, origin, status_of};
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    #[test]
    fn a_backend_is_a_scheme_and_a_host() {
        for given in ["https://cm.example.com", "https://cm.example.com/", "https://cm.example.com/api/v1/"] {
            assert_eq!(origin(given), Ok("https://cm.example.com".to_owned()), "{given}");
        }
        assert_eq!(origin("http://127.0.0.1:8700"), Ok("http://127.0.0.1:8700".to_owned()));
        for wrong in ["cm.example.com", "https://", "ftp://cm.example.com", "", "https:///api/v1"] {
            assert!(origin(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_emulators_first_line_tells_how_to_sign_in() {
        let line = r#"{"address":"http://127.0.0.1:1","user":"admin","password":"emulator","token":"abc"}"#;
        let text = Emulator::from_line(line).expect("it is complete").sign_in();
        for part in ["admin", "emulator", "abc", "http://127.0.0.1:1"] {
            assert!(text.contains(part), "{text}");
        }
        let missing = Emulator::from_line(r#"{"address":"http://127.0.0.1:1"}"#).expect_err("no user");
        assert!(format!("{missing:#}").contains("missing field `user`"), "{missing:#}");
        assert!(Emulator::from_line("listening").is_err());
    }

    #[test]
    fn a_port_in_use_is_reported() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let message = free_port(Some(port)).expect_err("it is in use").to_string();
        assert!(message.starts_with(&format!("port {port} is in use")), "{message}");
    }

    #[test]
    fn the_status_of_an_answer_is_read() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a request");
            let lines = BufReader::new(&stream).lines().map(|line| line.expect("a line"));
            let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").expect("an answer");
            head[0].clone()
        });
        assert_eq!(status_of(port, "/some/path"), Some(404));
        assert_eq!(server.join().expect("the server"), "GET /some/path HTTP/1.1");
        assert_eq!(status_of(port, "/"), None, "nothing listens there any more");
    }
}
