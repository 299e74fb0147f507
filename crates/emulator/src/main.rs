//! Owns the emulator's process: the first line that it prints, and when it ends.

use std::io::Write;

use clap::Parser;
use emulator::Options;
use emulator::auth::{PASSWORD, administrator};
use serde_json::json;
use tokio::io::AsyncReadExt;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let until_stdin_closes = options.until_stdin_closes;
    let running = emulator::start(options).await?;
    let first = json!({
        "address": format!("http://{}", running.address),
        "user": administrator().user.name,
        "password": PASSWORD,
        "token": running.token,
    });
    let mut stdout = std::io::stdout();
    writeln!(stdout, "{first}")?;
    stdout.flush()?;
    tokio::select! {
        ended = running.wait() => ended?,
        () = stdin_closed(), if until_stdin_closes => {}
        ended = tokio::signal::ctrl_c() => ended?,
    }
    // The thread that reads the standard input cannot be stopped.
    std::process::exit(0)
}

async fn stdin_closed() {
    let mut stdin = tokio::io::stdin();
    let mut ignored = [0; 1024];
    while !matches!(stdin.read(&mut ignored).await, Ok(0) | Err(_)) {}
}
