//! Who is signed in, and the tokens that show it: kept in memory, here, and nowhere else.
//!
//! A request asks for a [`Pass`]. Where the token is due, the pass waits for its renewal, of which there is one at a time;
//! where renewal fails for good, it waits until the person has signed in again, and then the request goes on.

use crate::api;
use crate::clock;
use crate::config::Config;
use crate::failure::{Cause, Failure};
use crate::kept::{Kept, Pass, Refresh, renewal, revoke, who};
use crate::life::Life;
use crate::model::session::{Claims, Token, may_be_token};
use crate::model::sign_in::{Credentials, Domain};
use crate::time::Stamp;
use futures_channel::oneshot;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

#[derive(Clone, Copy)]
pub struct Session {
    state: RwSignal<State>,
    /// The wish that the person signs in again; the page stays as it is below.
    again: RwSignal<Option<Again>>,
    domains: RwSignal<Vec<Domain>>,
    kept: StoredValue<Kept>,
    waiting: StoredValue<Vec<oneshot::Sender<Result<(), Failure>>>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    config: StoredValue<Config>,
}

#[derive(Clone, PartialEq)]
pub enum State {
    /// Finding out whether a proxy or a cookie signs the person in already.
    Asking,
    /// Nobody is signed in; the sentence says why where somebody was.
    Out(Option<&'static str>),
    In(Who),
}

#[derive(Clone, PartialEq, Default)]
pub struct Who {
    pub name: String,
    pub domain: String,
    /// The groups that the token names; `None` where there is no token to read.
    pub groups: Option<Vec<String>>,
    /// When the session ends for good: of a token from elsewhere, which cannot be renewed.
    pub ends: Option<Stamp>,
}

/// Why the person is asked to sign in while a page is open.
#[derive(Clone, Copy, PartialEq)]
pub struct Again {
    pub why: &'static str,
    /// Whether the session that is there goes on if they don't: nothing waits for the answer then.
    pub may_stay: bool,
}

/// Milliseconds between two tries to renew on time, where the server cannot be reached.
const TRY_AGAIN: f64 = 1000.0;

const ENDED: &str = "Your session has ended. Sign in to go on where you were.";

impl Session {
    /// A session that first asks whether a request without a token is accepted.
    pub fn begin(config: Config) -> Self {
        let session = Self {
            state: RwSignal::new(State::Asking),
            again: RwSignal::new(None),
            domains: RwSignal::new(Vec::new()),
            kept: StoredValue::new(Kept::default()),
            waiting: StoredValue::new(Vec::new()),
            timer: StoredValue::new(None),
            config: StoredValue::new(config),
        };
        spawn_local(async move {
            match api::user(None).await {
                Ok(user) => {
                    session.state.set(State::In(Who {
                        name: user.name,
                        domain: user.domain,
                        ..Who::default()
                    }));
                    session.ask_domains();
                }
                Err(_) => session.state.set(State::Out(None)),
            }
        });
        session
    }

    pub fn state(self) -> State {
        self.state.get()
    }

    /// Why the person has to sign in again, where they have to.
    pub fn again(self) -> Option<Again> {
        self.again.get()
    }

    /// The domains that the person may work in, where the server tells.
    pub fn domains(self) -> Vec<Domain> {
        self.domains.get()
    }

    /// What was typed at the last sign-in but the password, for the form that asks again.
    pub fn typed(self) -> Credentials {
        self.kept.with_value(|kept| kept.credentials.clone())
    }

    /// The pass for one request, renewed first where that is due.
    pub async fn pass(self) -> Result<Pass, Failure> {
        if self.again.with_untracked(|again| again.is_some_and(|again| !again.may_stay)) {
            self.wait().await?;
        }
        let now = clock::moment();
        let (due, over) = self.kept.with_value(|kept| match (kept.life, &kept.refresh) {
            (Some(life), Some(_)) => (life.is_due(now), life.is_over(now)),
            _ => (false, false),
        });
        if due {
            // A token that still lives is good enough where the server can't be reached for the next.
            let renewed = self.renew().await;
            if over {
                renewed?;
            }
        }
        Ok(self.current())
    }

    /// A request with `pass` was refused: the pass for its second try, as soon as there is one.
    pub async fn another(self, pass: &Pass) -> Option<Pass> {
        if self.current().number == pass.number {
            let renewed = if self.kept.with_value(|kept| kept.refresh.is_some()) {
                self.renew().await
            } else {
                self.ask_again(ENDED, false);
                self.wait().await
            };
            renewed.ok()?;
        }
        Some(self.current())
    }

    /// Signs in with a user name and a password.
    pub async fn sign_in(self, credentials: Credentials) -> Result<(), Failure> {
        let born = clock::moment();
        let limits = self
            .config
            .with_value(|config| (config.refresh_token_minutes, config.refresh_token_unused_minutes));
        let token = api::sign_in(&credentials, limits).await?;
        let life = Life::new(born, token.duration);
        let who = who(&token.jwt, credentials.username.clone(), credentials.domain.clone(), None);
        let refresh =
            token.refresh_token.map(|refresh| Refresh { token: refresh, client_id: token.client_id });
        self.kept.update_value(|kept| {
            kept.credentials = Credentials { password: String::new(), ..credentials };
        });
        self.enter(token.jwt, Some(life), refresh, who);
        Ok(())
    }

    /// Signs in with a token from elsewhere, if the server accepts it.
    pub async fn use_token(self, token: String) -> Result<(), Failure> {
        if !may_be_token(&token) {
            let why = "A token holds letters, digits and signs only. This text has something else in it.";
            return Err(Failure::new("use this token", Cause::Input(why)));
        }
        let user = api::user(Some(&token)).await?;
        let ends = Claims::from_jwt(&token).and_then(|claims| claims.exp);
        let ends = ends.map(|seconds| Stamp::from_millis(seconds as i64 * 1000));
        let who = who(&token, user.name, user.domain, ends);
        self.enter(token, None, None, who);
        Ok(())
    }

    /// Goes on in another domain, at the same address; asks for the password the first time.
    pub fn switch(self, domain: String) {
        spawn_local(async move {
            let State::In(known) = self.state.get_untracked() else { return };
            let parked = self.kept.try_update_value(|kept| {
                kept.credentials.domain.clone_from(&domain);
                if kept.credentials.username.is_empty() {
                    kept.credentials.username.clone_from(&known.name);
                }
                let at = kept.parked.iter().position(|(name, _)| *name == domain)?;
                Some(kept.parked.swap_remove(at).1)
            });
            if let Some(refresh) = parked.flatten() {
                let born = clock::moment();
                if let Ok(token) = api::renew(&renewal(refresh.clone())).await {
                    let refresh = refresh.followed_by(&token);
                    let who = Who { domain, ..known };
                    self.enter(token.jwt, Some(Life::new(born, token.duration)), Some(refresh), who);
                    return;
                }
            }
            self.ask_again("Sign in to go on in the other domain.", true);
        });
    }

    /// Stays in the session that is there, where the person need not sign in again.
    pub fn stay(self) {
        if let State::In(who) = self.state.get_untracked() {
            self.kept.update_value(|kept| kept.credentials.domain.clone_from(&who.domain));
            self.again.set(None);
            // The choice of domains shows the one that goes on.
            self.domains.update(|_| ());
        }
    }

    /// Ends the session at the person's wish, or for the reason given, also on the server.
    pub fn sign_out(self, why: Option<&'static str>) {
        revoke(self.kept.with_value(Kept::refreshes));
        self.forget();
        self.state.set(State::Out(why));
        self.wake(&Err(Failure::new("go on", Cause::Input("Nobody is signed in any more."))));
    }

    /// The page goes away: revokes the refresh tokens as far as a browser lets a page that is going.
    pub fn abandon(self) {
        for refresh in self.kept.with_value(Kept::refreshes) {
            api::revoke_at_last(&refresh.token, refresh.client_id.as_deref());
        }
    }

    fn current(self) -> Pass {
        self.kept.with_value(|kept| kept.pass.clone())
    }

    /// Takes in a new token. Another person or another domain is another session: nothing of the last one stays.
    fn enter(self, token: String, life: Option<Life>, refresh: Option<Refresh>, who: Who) {
        let known = if let State::In(known) = self.state.get_untracked() { known } else { Who::default() };
        self.kept.update_value(|kept| {
            if known.name != who.name {
                revoke(
                    std::mem::take(&mut kept.parked)
                        .into_iter()
                        .map(|(_, refresh)| refresh)
                        .chain(kept.refresh.take())
                        .collect(),
                );
            } else if known.domain != who.domain {
                kept.parked.extend(kept.refresh.take().map(|refresh| (known.domain.clone(), refresh)));
            }
            kept.pass = Pass { token: Some(token), number: kept.pass.number + 1 };
            kept.life = life;
            kept.refresh = refresh;
        });
        self.renew_on_time(0.0);
        let same = known.name == who.name && known.domain == who.domain;
        if !same || who.ends.is_some() {
            self.state.set(State::In(who));
            self.ask_domains();
        }
        self.again.set(None);
        self.wake(&Ok(()));
    }

    fn forget(self) {
        self.kept.update_value(|kept| {
            let number = kept.pass.number + 1;
            *kept = Kept { pass: Pass { token: None, number }, ..Kept::default() };
        });
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        self.domains.set(Vec::new());
        self.again.set(None);
    }

    fn ask_again(self, why: &'static str, may_stay: bool) {
        if self.state.with_untracked(|state| matches!(state, State::In(_))) {
            self.again.set(Some(Again { why, may_stay }));
        }
    }

    /// Waits until there is a new token, or none is to come.
    async fn wait(self) -> Result<(), Failure> {
        let (sender, receiver) = oneshot::channel();
        self.waiting.update_value(|waiting| waiting.push(sender));
        receiver.await.unwrap_or(Ok(()))
    }

    fn wake(self, result: &Result<(), Failure>) {
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        for waiter in waiting {
            // Who does not wait any more needs no answer.
            _ = waiter.send(result.clone());
        }
    }

    /// Renews the token, or waits for the renewal that is under way.
    async fn renew(self) -> Result<(), Failure> {
        let alone = self.waiting.with_value(Vec::is_empty);
        let waited = self.wait();
        if alone {
            // Not bound to the request that asked for it: others wait for it too.
            spawn_local(self.renew_now());
        }
        waited.await
    }

    async fn renew_now(self) {
        let Some(refresh) = self.kept.with_value(|kept| kept.refresh.clone()) else {
            return self.wake(&Ok(()));
        };
        let number = self.current().number;
        let born = clock::moment();
        let answer: Result<Token, Failure> = api::renew(&renewal(refresh.clone())).await;
        if self.current().number != number {
            // Signed out or in again meanwhile; who waits was told then.
            return;
        }
        match answer {
            Ok(token) => {
                let refresh = refresh.followed_by(&token);
                let State::In(who) = self.state.get_untracked() else { return };
                self.enter(token.jwt, Some(Life::new(born, token.duration)), Some(refresh), who);
            }
            Err(failure) if failure.status().is_some_and(|status| (400..=403).contains(&status)) => {
                self.ask_again(ENDED, false);
            }
            Err(failure) => {
                self.wake(&Err(failure));
                self.renew_on_time(TRY_AGAIN);
            }
        }
    }

    /// Renews by itself when the token is due, also where nothing is asked meanwhile.
    fn renew_on_time(self, least: f64) {
        let wait = self.kept.with_value(|kept| match (kept.life, &kept.refresh) {
            (Some(life), Some(_)) => Some(life.wait(clock::moment(), least)),
            _ => None,
        });
        let timer = wait.and_then(|wait| {
            let renew = move || {
                spawn_local(async move {
                    _ = self.renew().await;
                });
            };
            set_timeout_with_handle(renew, Duration::from_millis(wait as u64)).ok()
        });
        if let Some(old) = self.timer.try_update_value(|kept| std::mem::replace(kept, timer)).flatten() {
            old.clear();
        }
    }

    fn ask_domains(self) {
        spawn_local(async move {
            // Who may not list them works in one domain, and sees its name.
            let domains = api::domains(self).await.unwrap_or_default();
            _ = self.domains.try_set(domains);
        });
    }
}
