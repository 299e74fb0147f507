//! Sharing between tabs: the tabs of one person share the responses to automatic requests, so that ten tabs send as
//! many requests as one. There is no leader: the tab whose poll is due first takes a Web Lock named after the
//! request's path, sends the request, and posts the response to the others.
//!
//! Owns the channel and the locks, and depends on neither: a browser without them, and a tab that is alone, send all
//! requests. A request that a person has caused is always sent, and its response is posted too. Messages are plain
//! data, possibly posted by another version of the panel. Tokens and passwords are never posted.

use super::poller::Poller;
use crate::api::failure::Failure;
use crate::api::{Parts, Reply};
use crate::auth::Session;
use crate::auth::identity::Identity;
use crate::clock::Deadline;
use crate::config::config;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{Array, Date, Function, Object, Promise, Reflect};
use web_sys::{BroadcastChannel, MessageEvent};

/// The prefix of the name of each channel and lock. The number is the version of the message format.
const FORM: &str = "key-sync 2\n";

/// How long a tab waits for another tab's response, in milliseconds: longer than the timeout of a request there.
const TURN: u64 = 65_000;

/// How many paths are followed at most.
const PATHS: usize = 64;

/// How far in the future the time of a posted response may be, in milliseconds by the clock of this computer.
const FUTURE: f64 = 60_000.0;

/// The message of a new tab, and the reply of the others.
const HELLO: &str = "hello";
const HERE: &str = "here";

/// The channel of the person who is signed in here.
struct Shared {
    name: String,
    channel: BroadcastChannel,
    /// Whether another tab has replied. Until then nothing is posted, which saves a copy of each response.
    has_company: Rc<Cell<bool>>,
    paths: Rc<RefCell<Vec<Followed>>>,
    /// Handles the messages. Dropped with the channel.
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

/// A path that was requested, and the subscriber that needs it.
struct Followed {
    path: String,
    by: Subscriber,
    /// A response of another tab that is newer than this tab's.
    posted: Option<Posted>,
    /// When this tab's own last response was received, in milliseconds since the epoch. What another tab asked before
    /// may be older.
    received: f64,
}

/// A response as it is posted over the channel.
struct Posted {
    /// When the response was received, in milliseconds since the epoch.
    at: f64,
    /// 200 for a good response, otherwise the status of the failure, 0 for a failure without one.
    status: u16,
    /// The text of the response, or the message of the failure.
    text: String,
    /// The milliseconds to wait before the next request, by the server's `Retry-After`.
    wait: f64,
}

/// The poller and its part for which requests are sent.
#[derive(Clone, Copy)]
pub struct Subscriber {
    pub poller: Poller,
    pub part: usize,
    /// Whether the poller sends the request rather than a person.
    pub automatic: bool,
    /// Whether no request has been made yet: only a response for the first path makes the poller due. Otherwise two
    /// tabs that request several paths each could make each other due endlessly.
    first: bool,
}

impl Subscriber {
    pub fn new(poller: Poller, part: usize, automatic: bool) -> Self {
        Self { poller, part, automatic, first: true }
    }
}

thread_local! {
    static SHARED: RefCell<Option<Rc<Shared>>> = const { RefCell::new(None) };
    /// The subscriber of the task that is being polled.
    static SUBSCRIBER: Cell<Option<Subscriber>> = const { Cell::new(None) };
}

/// Shares responses with the other tabs in which the same person is signed in, until the current owner is disposed
/// of.
pub fn open(session: Session, identity: &Identity) {
    let Some(key) = &identity.key else { return };
    let name = [FORM, &config().api, "\n", key].concat();
    let Ok(channel) = BroadcastChannel::new(&name) else { return };
    let (paths, has_company) = (Rc::default(), Rc::new(Cell::new(false)));
    let listener = {
        let (paths, has_company, replies) = (Rc::clone(&paths), Rc::clone(&has_company), channel.clone());
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            has_company.set(true);
            let message = event.data();
            if message == HELLO {
                _ = replies.post_message(&HERE.into());
            }
            receive(&paths, &message);
        })
    };
    channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    _ = channel.post_message(&HELLO.into());
    SHARED.set(Some(Rc::new(Shared { name, channel, has_company, paths, _listener: listener })));
    // The channel's name contains the identity's key. With another key, the other tabs may be those of another
    // person.
    session.on_key_change(close);
    on_cleanup(close);
}

/// Stops sharing.
pub fn close() {
    if let Some(shared) = SHARED.take() {
        shared.channel.close();
    }
}

/// Stores another tab's response, where a subscriber of this tab follows its path.
fn receive(paths: &RefCell<Vec<Followed>>, message: &JsValue) {
    let Some(message) = message.dyn_ref::<Array>() else { return };
    let number = |at| message.get(at).as_f64().filter(|number| *number >= 0.0);
    let (Some(path), Some(at), Some(status), Some(wait)) =
        (message.get(0).as_string(), number(1), number(2), number(4))
    else {
        return;
    };
    let mut first = None;
    if let Some(followed) = paths.borrow_mut().iter_mut().find(|followed| followed.path == path)
        && let Some(text) = message.get(3).as_string()
        && at < Date::now() + FUTURE
        && number(5).is_some_and(|sent| sent >= followed.received)
    {
        followed.posted = Some(Posted { at, status: status as u16, text, wait });
        first = Some(followed.by).filter(|by| by.first);
    }
    if let Some(by) = first {
        by.poller.notify(by.part);
    }
}

/// Wraps `send`, the reply to `request`, so that the other tabs receive its response. An automatic request is not
/// sent where another tab has received its response or is about to. Outside of a [`scope`] the request is always
/// sent, and its response is not posted.
pub fn share(request: &Parts, send: Reply) -> Reply {
    let Some(subscriber) = SUBSCRIBER.get() else { return send };
    subscriber.poller.requests(subscriber.part);
    let Some(shared) = SHARED.with_borrow(Option::clone) else { return send };
    SUBSCRIBER.set(Some(Subscriber { first: false, ..subscriber }));
    let (path, purpose) = (request.path.clone(), request.purpose.clone());
    shared.follow(&path, subscriber);
    Box::pin(async move {
        let mut turn = None;
        if subscriber.automatic {
            if let Some(answer) = shared.take_posted(&path, subscriber, &purpose) {
                return answer;
            }
            turn = take_turn(&[&shared.name, "\n", &path].concat()).await;
            if let Some(answer) = shared.take_posted(&path, subscriber, &purpose) {
                return answer;
            }
        }
        let asked = Date::now();
        let answer = send.await;
        shared.post(&path, &answer, &purpose, asked);
        if turn.is_some()
            && let Some(query) = LOCKS.with(|locks| locks.as_ref().map(Locks::query))
        {
            // The next tab must receive the message before it gets the lock. The query of the locks takes longer than
            // the message.
            _ = query.await;
        }
        answer
    })
}

impl Shared {
    /// Follows `path` for `by` from now on.
    fn follow(&self, path: &str, by: Subscriber) {
        let mut paths = self.paths.borrow_mut();
        let known = paths.iter().position(|followed| followed.path == path);
        let known = known.map(|at| paths.remove(at));
        let (posted, received) = known.map_or((None, 0.0), |known| (known.posted, known.received));
        paths.retain(|Followed { by: known, .. }| {
            let is_past = known.first && by.first && known.part == by.part && known.poller.is(by.poller);
            known.poller.is_there() && !is_past
        });
        if paths.len() == PATHS {
            paths.remove(0);
        }
        paths.push(Followed { path: path.to_owned(), by, posted, received });
    }

    /// Takes another tab's response to `path`, where it is recent enough for `by`.
    fn take_posted(&self, path: &str, by: Subscriber, purpose: &str) -> Option<Result<String, Failure>> {
        let posted =
            self.paths.borrow_mut().iter_mut().find(|followed| followed.path == path)?.posted.take()?;
        if !by.poller.takes_over(by.part, posted.at) {
            return None;
        }
        let Posted { status, text, wait, .. } = posted;
        Some(if status == 200 { Ok(text) } else { Err(Failure::from_shared(purpose, status, text, wait)) })
    }

    /// Posts a response that has just been received, to a request that was sent at `sent`, to the other tabs.
    fn post(&self, path: &str, answer: &Result<String, Failure>, purpose: &str, sent: f64) {
        let now = Date::now();
        if let Some(followed) = self.paths.borrow_mut().iter_mut().find(|followed| followed.path == path) {
            followed.posted = None;
            followed.received = now;
        }
        if !self.has_company.get() {
            return;
        }
        let (status, text, wait) = match answer {
            Ok(text) => (200, text.as_str().into(), 0.0),
            Err(failure) => match failure.to_shared() {
                // A failure with another purpose, such as that of a renewal, concerns this tab alone.
                Some((status, words)) if failure.purpose == purpose => (status, words.into(), failure.wait),
                _ => return,
            },
        };
        let message: [JsValue; 6] = [path.into(), now.into(), status.into(), text, wait.into(), sent.into()];
        // No effect after a sign-out, which closes the channel.
        _ = self.channel.post_message(&message.iter().collect::<Array>());
    }
}

/// The lock of a path, which is released when this is dropped.
struct Turn(Option<Function>);

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            _ = release.call0(&JsValue::NULL);
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// The browser's Web Locks, which are unstable in web-sys. A page that was loaded over plain HTTP has none.
    type Locks;
    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = locks)]
    static LOCKS: Option<Locks>;
    #[wasm_bindgen(method)]
    fn request(this: &Locks, name: &str, options: &Object, granted: &JsValue) -> Promise;
    #[wasm_bindgen(method)]
    fn query(this: &Locks) -> Promise;
}

/// Waits for the lock `name`. `None` where the browser has no locks, or after [`TURN`].
async fn take_turn(name: &str) -> Option<Turn> {
    let (held, release) = promise();
    let (granted, grant) = promise();
    // If this is dropped while it waits, the lock is released as soon as it is granted.
    let turn = Turn(release);
    let granting = Closure::once_into_js(move || {
        _ = grant.map(|grant| grant.call0(&JsValue::NULL));
        held
    });
    let options = Object::new();
    let deadline = Deadline::after(Duration::from_millis(TURN)).ok()?;
    _ = Reflect::set(&options, &"signal".into(), &deadline.signal());
    let request = LOCKS.with(|locks| Some(locks.as_ref()?.request(name, &options, &granting)))?;
    Promise::race(&Array::of2(&granted, &request)).await.ok()?;
    Some(turn)
}

/// A promise, and the function that resolves it.
fn promise() -> (Promise, Option<Function>) {
    let mut fulfil = None;
    let promise = Promise::new(&mut |resolve, _| fulfil = Some(resolve));
    (promise, fulfil)
}

/// Runs `task` with `subscriber` as the one for which its requests are sent.
pub fn scope<'a, T>(subscriber: Subscriber, task: impl Future<Output = T> + 'a) -> Scope<'a, T> {
    Scope { subscriber: Some(subscriber), task: Box::pin(task) }
}

pub struct Scope<'a, T> {
    subscriber: Option<Subscriber>,
    task: Pin<Box<dyn Future<Output = T> + 'a>>,
}

impl<T> Future for Scope<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        SUBSCRIBER.set(self.subscriber);
        let poll = self.task.as_mut().poll(context);
        self.subscriber = SUBSCRIBER.take();
        poll
    }
}
