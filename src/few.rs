//! Several things to send, a few at once, whatever becomes of the view that asked for it.

use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;

/// How many are under way at once.
const AT_ONCE: usize = 4;

/// One of them, from its beginning to its end.
pub type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Runs `tasks` in their order, and `done` after the last.
pub fn each(tasks: Vec<Task>, done: Box<dyn FnOnce()>) {
    let tasks = Rc::new(RefCell::new(tasks.into_iter()));
    let done = Rc::new(Cell::new(Some(done)));
    let at_work = Rc::new(Cell::new(AT_ONCE));
    for _ in 0..AT_ONCE {
        let (tasks, done, at_work) = (tasks.clone(), done.clone(), at_work.clone());
        spawn_local(async move {
            loop {
                let next = tasks.borrow_mut().next();
                let Some(task) = next else { break };
                task.await;
            }
            at_work.set(at_work.get() - 1);
            if at_work.get() == 0
                && let Some(done) = done.take()
            {
                done();
            }
        });
    }
}
