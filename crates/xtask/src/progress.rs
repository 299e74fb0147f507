//! What the person at the terminal reads while work goes on.

use anyhow::Result;
use std::time::Instant;

/// One line about work that takes a while.
pub fn say(text: &str) {
    eprintln!("==> {text}");
}

/// Does what `title` names and says how long it took; `usually` says how long it takes the first time.
pub fn step<T>(title: &str, usually: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let begun = Instant::now();
    say(&format!("{title} (the first time {usually})"));
    let done = work()?;
    say(&format!("{title}: done after {} s", begun.elapsed().as_secs()));
    Ok(done)
}
