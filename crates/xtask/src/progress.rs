//! Messages about the progress of work on the terminal.

use anyhow::Result;
use std::time::Instant;

/// Prints one line about work that takes a while.
pub fn say(text: &str) {
    eprintln!("==> {text}");
}

/// Runs `work` under a `title` and prints how long it took; `usually` is the usual duration of the first run.
pub fn step<T>(title: &str, usually: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    say(&format!("{title} (the first time {usually})"));
    let done = work()?;
    say(&format!("{title}: done after {} s", start.elapsed().as_secs()));
    Ok(done)
}
