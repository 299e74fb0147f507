//! What the tabs of one person share: the answers to what the panel asks by itself, so that ten windows cost the requests
//! of one. Nobody leads: whoever is due first asks, under a lock of the question's path, and tells the others.
//!
//! Owns the channel and the locks. Neither is relied on: a browser without them, and a tab that is alone, ask for
//! themselves. What a person wishes for is always asked, and told too. What comes over the channel is data and nothing
//! else, of another version perhaps; tokens and passwords never go there.

use crate::api::Reply;
use crate::clock::Deadline;
use crate::config::config;
use crate::failure::Failure;
use crate::pulse::Pulse;
use crate::who::Who;
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

/// Begins the name of every channel and lock; another form of the messages gets another number.
const FORM: &str = "key-sync 1\n";

/// How long a tab waits for another that asks, in milliseconds: longer than an answer may take there.
const TURN: u64 = 65_000;

/// How many paths are followed at most.
const PATHS: usize = 64;

/// In milliseconds. An answer that is later than this by the clock here is none.
const FUTURE: f64 = 60_000.0;

/// What tabs greet each other with: the one that comes, and whoever is there already.
const HELLO: &str = "hello";
const HERE: &str = "here";

/// Of the person that is signed in here.
struct Shared {
    name: String,
    channel: BroadcastChannel,
    /// Whether another tab has been heard of. Until then nothing is told, which saves a copy of every answer.
    company: Rc<Cell<bool>>,
    paths: Rc<RefCell<Vec<Followed>>>,
    /// Hears the channel as long as this is there.
    _ear: Closure<dyn FnMut(MessageEvent)>,
}

/// A path that was asked for, and for whom.
struct Followed {
    path: String,
    by: Asking,
    /// What another tab was answered since this one was.
    news: Option<News>,
}

/// An answer as it goes over the channel.
struct News {
    /// When it came, in milliseconds since the epoch.
    at: f64,
    /// 200 for a good one, else that of the failure, 0 where it has none.
    status: u16,
    /// The answer, or the words of the failure.
    text: String,
    /// Milliseconds before which the server does not want to be asked again.
    wait: f64,
}

/// Who asks.
#[derive(Clone, Copy)]
pub struct Asking {
    pub pulse: Pulse,
    pub part: usize,
    /// Whether no person wishes for it now.
    pub by_itself: bool,
    /// Whether nothing was asked for yet: the first path is the one whose news make the question be asked anew. With more,
    /// two tabs that ask for several each could answer each other for ever.
    first: bool,
}

impl Asking {
    pub fn new(pulse: Pulse, part: usize, by_itself: bool) -> Self {
        Self { pulse, part, by_itself, first: true }
    }
}

thread_local! {
    static SHARED: RefCell<Option<Rc<Shared>>> = const { RefCell::new(None) };
    /// For whom the task that runs at this moment asks.
    static ASKING: Cell<Option<Asking>> = const { Cell::new(None) };
}

/// Shares with the other tabs in which `who` is signed in, until the current owner ends.
pub fn open(who: &Who) {
    let Some(key) = &who.key else { return };
    let name = [FORM, &config().api, "\n", key].concat();
    let Ok(channel) = BroadcastChannel::new(&name) else { return };
    let (paths, company) = (Rc::default(), Rc::new(Cell::new(false)));
    let ear = {
        let (paths, company, answers) = (Rc::clone(&paths), Rc::clone(&company), channel.clone());
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            company.set(true);
            let message = event.data();
            if message == HELLO {
                _ = answers.post_message(&HERE.into());
            }
            hear(&paths, &message);
        })
    };
    channel.set_onmessage(Some(ear.as_ref().unchecked_ref()));
    _ = channel.post_message(&HELLO.into());
    SHARED.set(Some(Rc::new(Shared { name, channel, company, paths, _ear: ear })));
    on_cleanup(close);
}

/// Shares no more.
pub fn close() {
    if let Some(shared) = SHARED.take() {
        shared.channel.close();
    }
}

/// Takes in what another tab tells, where somebody here asked for the same.
fn hear(paths: &RefCell<Vec<Followed>>, message: &JsValue) {
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
    {
        followed.news = Some(News { at, status: status as u16, text, wait });
        first = Some(followed.by).filter(|by| by.first);
    }
    if let Some(by) = first {
        by.pulse.hear(by.part);
    }
}

/// Sends by `send` what is asked for at `path`, unless another tab has had the answer since, or is about to have it.
/// `doing` as in [`Failure`].
pub fn ask(path: String, doing: String, send: Reply) -> Reply {
    let (Some(asking), Some(shared)) = (ASKING.get(), SHARED.with_borrow(Option::clone)) else { return send };
    ASKING.set(Some(Asking { first: false, ..asking }));
    shared.follow(&path, asking);
    Box::pin(async move {
        let mut turn = None;
        if asking.by_itself {
            if let Some(answer) = shared.news(&path, asking, &doing) {
                return answer;
            }
            turn = take_turn(&[&shared.name, "\n", &path].concat()).await;
            if let Some(answer) = shared.news(&path, asking, &doing) {
                return answer;
            }
        }
        let answer = send.await;
        shared.tell(&path, &answer, &doing);
        if turn.is_some()
            && let Some(look) = LOCKS.with(|locks| locks.as_ref().map(Locks::query))
        {
            // Whoever is next shall have heard before the lock is theirs: this takes longer than the news.
            _ = look.await;
        }
        answer
    })
}

impl Shared {
    /// Takes note that `path` is asked for.
    fn follow(&self, path: &str, by: Asking) {
        let mut paths = self.paths.borrow_mut();
        let known = paths.iter().position(|followed| followed.path == path);
        let news = known.and_then(|at| paths.remove(at).news);
        paths.retain(|Followed { by: known, .. }| {
            let is_past = known.first && by.first && known.part == by.part && known.pulse.is(by.pulse);
            known.pulse.is_there() && !is_past
        });
        if paths.len() == PATHS {
            paths.remove(0);
        }
        paths.push(Followed { path: path.to_owned(), by, news });
    }

    /// What another tab was answered lately, once.
    fn news(&self, path: &str, by: Asking, doing: &str) -> Option<Result<String, Failure>> {
        let news = self.forget(path)?;
        if !by.pulse.takes_over(by.part, news.at) {
            return None;
        }
        let News { status, text, wait, .. } = news;
        Some(if status == 200 { Ok(text) } else { Err(Failure::heard(doing, status, text, wait)) })
    }

    fn forget(&self, path: &str) -> Option<News> {
        let mut paths = self.paths.borrow_mut();
        paths.iter_mut().find(|followed| followed.path == path)?.news.take()
    }

    /// Tells the other tabs an answer that has just come.
    fn tell(&self, path: &str, answer: &Result<String, Failure>, doing: &str) {
        drop(self.forget(path));
        if !self.company.get() {
            return;
        }
        let (status, text, wait) = match answer {
            Ok(text) => (200, text.as_str().into(), 0.0),
            Err(failure) => match failure.told() {
                // What stands in the way of this tab alone is not what was asked for.
                Some((status, words)) if failure.doing == doing => (status, words.into(), failure.wait),
                _ => return,
            },
        };
        let message: [JsValue; 5] = [path.into(), Date::now().into(), status.into(), text, wait.into()];
        // Who has signed out meanwhile tells nothing any more.
        _ = self.channel.post_message(&message.iter().collect::<Array>());
    }
}

/// The right to ask, which ends with it.
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
    /// The browser's locks, which web-sys takes for unstable still. There are none on a page that came over plain HTTP.
    type Locks;
    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = locks)]
    static LOCKS: Option<Locks>;
    #[wasm_bindgen(method)]
    fn request(this: &Locks, name: &str, options: &Object, granted: &JsValue) -> Promise;
    #[wasm_bindgen(method)]
    fn query(this: &Locks) -> Promise;
}

/// Waits until no other tab asks for the same. `None` where that can't be known, or takes too long.
async fn take_turn(name: &str) -> Option<Turn> {
    let (held, release) = promise();
    let (granted, grant) = promise();
    // Whoever stops waiting lets go of the lock before they have it.
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

/// A promise, and what fulfils it.
fn promise() -> (Promise, Option<Function>) {
    let mut fulfil = None;
    let promise = Promise::new(&mut |resolve, _| fulfil = Some(resolve));
    (promise, fulfil)
}

/// What `task` asks for, `asking` asks for.
pub fn within<'a, T>(asking: Asking, task: impl Future<Output = T> + 'a) -> Within<'a, T> {
    Within { asking: Some(asking), task: Box::pin(task) }
}

pub struct Within<'a, T> {
    asking: Option<Asking>,
    task: Pin<Box<dyn Future<Output = T> + 'a>>,
}

impl<T> Future for Within<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        ASKING.set(self.asking);
        let poll = self.task.as_mut().poll(context);
        self.asking = ASKING.take();
        poll
    }
}
