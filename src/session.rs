//! Who is signed in, and the tokens that show it: kept in memory, here, and nowhere else.
//!
//! A request asks for a [`Pass`]. Where the token is due, the pass waits for its renewal, of which there is one at a time;
//! where renewal fails for good, it waits until the person has signed in again, and then the request goes on.

use crate::api;
use crate::api::Reply;
use crate::clock;
use crate::config::config;
use crate::failure::{Cause, Failure};
use crate::kept::{Kept, Pass, Refresh, renewal, revoke, revoke_late};
use crate::life::Life;
use crate::model::session::{Claims, Token, may_be_token, pasted_token};
use crate::model::sign_in::Credentials;
use crate::shared;
use crate::time::Stamp;
use crate::who::{Again, Domains, State, Who, who};
use futures_channel::oneshot;
use leptos::prelude::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

#[derive(Clone, Copy)]
pub struct Session {
    state: RwSignal<State>,
    /// The wish that the person signs in again; the page stays as it is below.
    again: RwSignal<Option<Again>>,
    domains: RwSignal<Domains>,
    /// When the session ends for good: of a token from elsewhere, which cannot be renewed. Not of [`Who`]: the next such
    /// token of the same person changes nothing else of the page.
    ends: RwSignal<Option<Stamp>>,
    kept: StoredValue<Kept>,
    waiting: StoredValue<Vec<oneshot::Sender<Result<(), Failure>>>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

/// Milliseconds between two tries to renew on time, where the server cannot be reached.
const TRY_AGAIN: f64 = 1000.0;

const LEFT: &str = "You were signed out because you left this page.";
const ENDED: &str = "Your session has ended. Sign in to go on where you were.";

impl Session {
    /// A session that first asks whether a request without a token is accepted.
    pub fn begin() -> Self {
        let session = Self {
            state: RwSignal::new(State::Asking),
            again: RwSignal::new(None),
            domains: RwSignal::new(Domains::default()),
            ends: RwSignal::new(None),
            kept: StoredValue::new(Kept::default()),
            waiting: StoredValue::new(Vec::new()),
            timer: StoredValue::new(None),
        };
        spawn_local(async move {
            match api::user(None).await {
                Ok(user) => {
                    session.state.set(State::In(Who::without_token(user)));
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
    pub fn domains(self) -> Domains {
        self.domains.get()
    }

    /// When the session ends for good, where nothing can renew it.
    pub fn ends(self) -> Option<Stamp> {
        self.ends.get()
    }

    /// What was typed at the last sign-in but the password, for the form that asks again.
    pub fn typed(self) -> Credentials {
        let mut typed = self.kept.with_value(|kept| kept.credentials.clone());
        if let (true, State::In(who)) = (typed.username.is_empty(), self.state.get_untracked()) {
            typed.username = who.name;
        }
        typed
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

    /// A request with `pass` was refused: the pass for its second try, as soon as there is one of the same session.
    pub async fn another(self, pass: &Pass) -> Option<Pass> {
        if self.current().number == pass.number {
            let renewed = if self.kept.with_value(|kept| kept.refresh.is_some()) {
                self.renew()
            } else {
                self.ask_again(ENDED, false);
                self.wait()
            };
            renewed.await.ok()?;
        }
        // What one person asked in one domain is never asked for another, or in another.
        Some(self.current()).filter(|current| current.session == pass.session)
    }

    /// Signs in with a user name and a password.
    pub async fn sign_in(self, credentials: Credentials) -> Result<(), Failure> {
        let credentials = credentials.trimmed();
        let born = clock::moment();
        let limits = (config().refresh_token_minutes, config().refresh_token_unused_minutes);
        let session = self.current().session;
        let token = api::sign_in(&credentials, limits).await?;
        if self.current().session != session {
            // Signed out while the answer was on its way.
            revoke_late(token);
            return Err(signed_out());
        }
        let life = Life::new(born, token.duration);
        let who = who(&token.jwt, credentials.username.clone(), credentials.domain.clone());
        let refresh =
            token.refresh_token.map(|refresh| Refresh { token: refresh, client_id: token.client_id });
        self.kept.update_value(|kept| {
            kept.credentials = Credentials { password: String::new(), ..credentials };
        });
        self.enter(token.jwt, Some(life), refresh, who);
        self.again.set(None);
        Ok(())
    }

    /// Signs in with a token from elsewhere, as it was pasted, if the server accepts it.
    pub async fn use_token(self, pasted: String) -> Result<(), Failure> {
        let token = pasted_token(&pasted).to_owned();
        if !may_be_token(&token) {
            let why = "A token holds letters, digits and signs only. This text has something else in it.";
            return Err(Failure::new("use this token", Cause::Input(why)));
        }
        let session = self.current().session;
        let user = api::user(Some(token.clone())).await?;
        if self.current().session != session {
            return Err(signed_out());
        }
        let ends = Claims::from_jwt(&token).and_then(|claims| claims.exp);
        let who = who(&token, user.name, user.domain);
        self.enter(token, None, None, who);
        self.ends.set(ends.map(|seconds| {
            // A token may say anything.
            Stamp::from_millis(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000))
        }));
        self.again.set(None);
        Ok(())
    }

    /// Goes on in another domain, at the same address; asks for the password the first time.
    pub fn switch(self, domain: String) {
        spawn_local(async move {
            let State::In(known) = self.state.get_untracked() else { return };
            let parked = self.kept.try_update_value(|kept| {
                kept.credentials.domain.clone_from(&domain);
                let at = kept.parked.iter().position(|(name, _)| *name == domain)?;
                Some(kept.parked.swap_remove(at).1)
            });
            if let Some(refresh) = parked.flatten() {
                let born = clock::moment();
                let session = self.current().session;
                if let Ok(token) = api::renew(&renewal(refresh.clone())).await {
                    if self.current().session != session {
                        revoke(vec![refresh]);
                        revoke_late(token);
                        return;
                    }
                    let refresh = refresh.followed_by(&token);
                    let who = who(&token.jwt, known.name, domain);
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
        }
    }

    /// Ends the session at the person's wish, or for the reason given, also on the server.
    pub fn sign_out(self, why: Option<&'static str>) {
        revoke(self.kept.with_value(Kept::refreshes));
        self.forget();
        self.state.set(State::Out(why));
        self.wake(&Err(signed_out()));
    }

    /// The page goes away, and the session ends with it: revokes the refresh tokens as far as a browser lets a page that is
    /// going. A page that the browser `keeps`, to show it again, holds nothing of the session either.
    pub fn abandon(self, keeps: bool) {
        for refresh in self.kept.with_value(Kept::refreshes) {
            api::revoke_at_last(&refresh.token, refresh.client_id.as_deref());
        }
        // Where nobody signed in here, a proxy or a cookie does, and asks for itself.
        if keeps && self.kept.with_value(|kept| kept.pass.token.is_some()) {
            self.forget();
            self.state.set(State::Out(Some(LEFT)));
            self.wake(&Err(signed_out()));
        }
    }

    fn current(self) -> Pass {
        self.kept.with_value(|kept| kept.pass.clone())
    }

    /// Takes in a new token. Another person or another domain is another session: nothing of the last one stays.
    fn enter(self, token: String, life: Option<Life>, refresh: Option<Refresh>, who: Who) {
        let known = if let State::In(known) = self.state.get_untracked() { known } else { Who::default() };
        let same = known.is_as(&who);
        self.kept.update_value(|kept| {
            if known.name != who.name || (known.domain == who.domain && !same) {
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
            let Pass { number, session, .. } = kept.pass;
            kept.pass = Pass { token: Some(token), number: number + 1, session: session + u32::from(!same) };
            kept.life = life;
            kept.refresh = refresh;
        });
        self.renew_on_time(0.0);
        self.ends.set(None);
        if same {
            if known.key != who.key {
                shared::close();
            }
            // A renewal answers who has to sign in, not who wishes to in another domain.
            if self.again.with_untracked(|again| again.is_some_and(|again| !again.may_stay)) {
                self.again.set(None);
            }
            return self.wake(&Ok(()));
        }
        self.again.set(None);
        if known.name != who.name {
            self.domains.set(Domains::default());
        }
        self.state.set(State::In(who));
        self.ask_domains();
        self.wake(&Err(Failure::new(
            "go on",
            Cause::Input("Somebody else signed in, or in another domain."),
        )));
    }

    fn forget(self) {
        self.kept.update_value(|kept| {
            let Pass { number, session, .. } = kept.pass;
            let pass = Pass { token: None, number: number + 1, session: session + 1 };
            *kept = Kept { pass, ..Kept::default() };
        });
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        self.domains.set(Domains::default());
        self.ends.set(None);
        self.again.set(None);
    }

    fn ask_again(self, why: &'static str, may_stay: bool) {
        if !may_stay && self.again.with_untracked(|again| again.is_some_and(|again| again.may_stay)) {
            // The wish for another domain is over: what waits goes on only in the one where it was asked.
            self.stay();
        }
        let again = Some(Again { why, may_stay });
        // Asked once, however many requests ask: the form may be filled in already.
        if self.state.with_untracked(|state| matches!(state, State::In(_)))
            && self.again.get_untracked() != again
        {
            self.again.set(again);
        }
    }

    /// Waits until there is a new token, or none is to come.
    fn wait(self) -> Reply<()> {
        let (sender, receiver) = oneshot::channel();
        self.waiting.update_value(|waiting| waiting.push(sender));
        Box::pin(async move { receiver.await.unwrap_or(Ok(())) })
    }

    fn wake(self, result: &Result<(), Failure>) {
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        for waiter in waiting {
            // Who does not wait any more needs no answer.
            _ = waiter.send(result.clone());
        }
    }

    /// Renews the token, or waits for the renewal that is under way.
    fn renew(self) -> Reply<()> {
        let alone = self.waiting.with_value(Vec::is_empty);
        let waited = self.wait();
        if alone {
            // Not bound to the request that asked for it: others wait for it too.
            spawn_local(self.renew_now());
        }
        waited
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
            _ = answer.map(revoke_late);
            return;
        }
        match answer {
            Ok(token) => {
                let refresh = refresh.followed_by(&token);
                let State::In(who) = self.state.get_untracked() else { return };
                self.enter(token.jwt, Some(Life::new(born, token.duration)), Some(refresh), who);
            }
            Err(failure) if failure.is_for_good() => {
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
            // Whoever else waits for it hears of it; here nobody does.
            let renew = move || drop(self.renew());
            set_timeout_with_handle(renew, Duration::from_millis(wait as u64)).ok()
        });
        if let Some(old) = self.timer.try_update_value(|kept| std::mem::replace(kept, timer)).flatten() {
            old.clear();
        }
    }

    /// Asks which domains there are.
    pub fn ask_domains(self) {
        let session = self.current().session;
        spawn_local(async move {
            let answer = api::domains(self).await;
            if self.current().session == session {
                self.domains.update(|domains| domains.learn(answer));
            }
        });
    }
}

fn signed_out() -> Failure {
    Failure::new("go on", Cause::Input("Nobody is signed in any more."))
}
