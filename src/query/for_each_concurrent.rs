//! Runs several tasks with limited concurrency, independently of the view that starts them.

use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;

/// How many tasks run at once.
const LIMIT: usize = 4;

/// One of the tasks.
pub type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Runs `tasks` in their order, at most four at once, and calls `done` after the last.
pub fn for_each_concurrent(tasks: Vec<Task>, done: Box<dyn FnOnce()>) {
    let tasks = Rc::new(RefCell::new(tasks.into_iter()));
    let done = Rc::new(Cell::new(Some(done)));
    let active = Rc::new(Cell::new(LIMIT));
    for _ in 0..LIMIT {
        let (tasks, done, active) = (tasks.clone(), done.clone(), active.clone());
        spawn_local(async move {
            loop {
                let next = tasks.borrow_mut().next();
                let Some(task) = next else { break };
                task.await;
            }
            active.set(active.get() - 1);
            if active.get() == 0
                && let Some(done) = done.take()
            {
                done();
            }
        });
    }
}
