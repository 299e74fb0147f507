//! Work for several processors at once.

use anyhow::Result;
use std::panic::resume_unwind;
use std::thread;

/// Does `work` with each item in a thread of its own. Returns the results in the order of the items, or the error of
/// the first item that has one, after all threads have ended.
pub fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> Result<R> + Sync) -> Result<Vec<R>> {
    let work = &work;
    thread::scope(|scope| {
        let started: Vec<_> = items.iter().map(|item| scope.spawn(move || work(item))).collect();
        started.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}
