//! The session of the signed-in person, as signals: the state, the request to sign in again, the domains.
//!
//! Tokens are in memory, in the session's [`TokenStore`], and nowhere else. How they are renewed, and how requests wait for
//! that, is in `renewal.rs`.

use super::identity::{AuthState, Domains, Identity, ReauthPrompt, identity};
use super::revocation::{revoke, revoke_by_beacon, revoke_late};
use super::token_lifetime::TokenLifetime;
use super::token_store::{Credential, RefreshToken, TokenStore};
use crate::api::auth;
use crate::api::client;
use crate::api::failure::{Cause, Failure};
use crate::api::{Parts, Reply, Request};
use crate::clock;
use crate::config::config;
use crate::preboot;
use cckm::sign_in::Credentials;
use cckm::time::Stamp;
use cckm::token::{Claims, may_be_token, pasted_token};
use futures_channel::oneshot;
use leptos::prelude::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

#[derive(Clone, Copy)]
pub struct Session {
    pub(super) state: RwSignal<AuthState>,
    /// The request to sign in again; the page stays as it is behind the dialog.
    pub(super) reauth: RwSignal<Option<ReauthPrompt>>,
    domains: RwSignal<Domains>,
    /// When the session ends for good: that of a pasted token, which cannot be renewed. Not a part of [`Identity`]: the next
    /// such token of the same person changes nothing else of the page.
    ends: RwSignal<Option<Stamp>>,
    pub(super) store: StoredValue<TokenStore>,
    /// The requests that wait for the next token.
    pub(super) waiting: StoredValue<Vec<oneshot::Sender<Result<(), Failure>>>>,
    /// The timer of the next renewal.
    pub(super) timer: StoredValue<Option<TimeoutHandle>>,
    /// Called when a token says that the same person has another key than before.
    on_key_change: StoredValue<Option<fn()>>,
}

const LEFT: &str = "You were signed out because you left this page.";
pub(super) const ENDED: &str = "Your session has ended. Sign in to go on where you were.";

impl Session {
    /// A session that first asks whether a request without a token is accepted.
    pub fn begin() -> Self {
        let session = Self {
            state: RwSignal::new(AuthState::Unknown),
            reauth: RwSignal::new(None),
            domains: RwSignal::new(Domains::default()),
            ends: RwSignal::new(None),
            store: StoredValue::new(TokenStore::default()),
            waiting: StoredValue::new(Vec::new()),
            timer: StoredValue::new(None),
            on_key_change: StoredValue::new(None),
        };
        spawn_local(async move {
            let user = match preboot::user() {
                Some(response) => client::receive(response, auth::user()).await,
                None => client::send_with(None, auth::user()).await,
            };
            match user {
                Ok(user) => {
                    session.state.set(AuthState::SignedIn(Identity::without_token(user)));
                    session.load_domains();
                }
                Err(_) => session.state.set(AuthState::SignedOut(None)),
            }
        });
        session
    }

    pub fn state(self) -> AuthState {
        self.state.get()
    }

    /// The request to sign in again, where there is one.
    pub fn again(self) -> Option<ReauthPrompt> {
        self.reauth.get()
    }

    /// The domains that the person may work in, where the server lists them.
    pub fn domains(self) -> Domains {
        self.domains.get()
    }

    /// When the session ends for good, where nothing can renew it.
    pub fn ends(self) -> Option<Stamp> {
        self.ends.get()
    }

    /// What was typed at the last sign-in but the password, for the form that asks again.
    pub fn typed(self) -> Credentials {
        let mut typed = self.store.with_value(|store| store.typed.clone());
        if let (true, AuthState::SignedIn(identity)) = (typed.username.is_empty(), self.state.get_untracked())
        {
            typed.username = identity.name;
        }
        typed
    }

    /// Has `then` called when a token says that the same person has another key than before.
    pub fn on_key_change(self, then: fn()) {
        self.on_key_change.set_value(Some(then));
    }

    /// Sends a request of the signed-in person, and decodes the response.
    pub async fn send<T>(self, request: Request<T>) -> Result<T, Failure> {
        request.decode(&self.send_parts(request.parts.clone()).await?)
    }

    /// The text of the response to a request of the signed-in person. It is sent when the reply is awaited.
    pub fn send_parts(self, parts: Rc<Parts>) -> Reply {
        client::send(self, parts)
    }

    /// Signs in with a user name and a password.
    pub async fn sign_in(self, credentials: Credentials) -> Result<(), Failure> {
        let credentials = credentials.trimmed();
        let requested = clock::moment();
        let limits = (config().refresh_token_minutes, config().refresh_token_unused_minutes);
        let session = self.current().session;
        let token = client::send_with(None, auth::sign_in(&credentials, limits)).await?;
        if self.current().session != session {
            // Signed out while the response was on its way.
            revoke_late(&token);
            return Err(signed_out());
        }
        let lifetime = TokenLifetime::new(requested, token.duration);
        let who = identity(&token.jwt, credentials.username.clone(), credentials.domain.clone());
        let refresh = RefreshToken::of(&token);
        self.store.update_value(|store| {
            store.typed = Credentials { password: String::new(), ..credentials };
        });
        self.enter(token.jwt, Some(lifetime), refresh, who);
        self.reauth.set(None);
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
        let user = client::send_with(Some(token.clone()), auth::user()).await?;
        if self.current().session != session {
            return Err(signed_out());
        }
        let ends = Claims::from_jwt(&token).and_then(|claims| claims.exp);
        let who = identity(&token, user.name, user.domain);
        self.enter(token, None, None, who);
        self.ends.set(ends.map(|seconds| {
            // A token may say anything.
            Stamp::from_millis(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000))
        }));
        self.reauth.set(None);
        Ok(())
    }

    /// Goes on in another domain, at the same address; asks for the password the first time.
    pub fn switch(self, domain: String) {
        spawn_local(async move {
            let AuthState::SignedIn(known) = self.state.get_untracked() else { return };
            let parked = self.store.try_update_value(|store| {
                store.typed.domain.clone_from(&domain);
                let at = store.parked.iter().position(|(name, _)| *name == domain)?;
                Some(store.parked.swap_remove(at).1)
            });
            if let Some(refresh) = parked.flatten() {
                let requested = clock::moment();
                let session = self.current().session;
                let renewal = auth::renew(&refresh.clone().renewal());
                if let Ok(token) = client::send_with(None, renewal).await {
                    if self.current().session != session {
                        revoke(vec![refresh]);
                        revoke_late(&token);
                        return;
                    }
                    let refresh = refresh.followed_by(&token);
                    let who = identity(&token.jwt, known.name, domain);
                    let lifetime = TokenLifetime::new(requested, token.duration);
                    self.enter(token.jwt, Some(lifetime), Some(refresh), who);
                    return;
                }
            }
            self.ask_again("Sign in to go on in the other domain.", true);
        });
    }

    /// Stays in the present session, where the person need not sign in again.
    pub fn stay(self) {
        if let AuthState::SignedIn(who) = self.state.get_untracked() {
            self.store.update_value(|store| store.typed.domain.clone_from(&who.domain));
            self.reauth.set(None);
        }
    }

    /// Ends the session at the person's wish, or for the reason given, also on the server.
    pub fn sign_out(self, why: Option<&'static str>) {
        revoke(self.store.with_value(TokenStore::refresh_tokens));
        self.forget();
        self.state.set(AuthState::SignedOut(why));
        self.wake(&Err(signed_out()));
    }

    /// Ends the session with the page, and revokes the refresh tokens as far as a browser lets a page that is going away.
    /// A page that the browser `keeps`, to show it again, stores nothing of the session either.
    pub fn abandon(self, keeps: bool) {
        revoke_by_beacon(self.store.with_value(TokenStore::refresh_tokens));
        // Without a token of its own the panel relies on a proxy or a cookie, which asks the person itself.
        if keeps && self.store.with_value(|store| store.credential.token.is_some()) {
            self.forget();
            self.state.set(AuthState::SignedOut(Some(LEFT)));
            self.wake(&Err(signed_out()));
        }
    }

    pub(super) fn current(self) -> Credential {
        self.store.with_value(|store| store.credential.clone())
    }

    /// Stores a new token. Another person or another domain is another session: nothing of the last one stays.
    pub(super) fn enter(
        self,
        token: String,
        lifetime: Option<TokenLifetime>,
        refresh: Option<RefreshToken>,
        who: Identity,
    ) {
        let known = if let AuthState::SignedIn(known) = self.state.get_untracked() {
            known
        } else {
            Identity::default()
        };
        let same = known.is_as(&who);
        self.store.update_value(|store| {
            if known.name != who.name || (known.domain == who.domain && !same) {
                revoke(
                    std::mem::take(&mut store.parked)
                        .into_iter()
                        .map(|(_, refresh)| refresh)
                        .chain(store.refresh.take())
                        .collect(),
                );
            } else if known.domain != who.domain {
                store.parked.extend(store.refresh.take().map(|refresh| (known.domain.clone(), refresh)));
            }
            store.set_token(Some(token), same);
            store.lifetime = lifetime;
            store.refresh = refresh;
        });
        self.renew_on_time(0.0);
        self.ends.set(None);
        if same {
            if known.key != who.key
                && let Some(then) = self.on_key_change.get_value()
            {
                then();
            }
            // A renewal ends the request to sign in again, but not the wish for another domain.
            if self.must_sign_in() {
                self.reauth.set(None);
            }
            return self.wake(&Ok(()));
        }
        self.reauth.set(None);
        if known.name != who.name {
            self.domains.set(Domains::default());
        }
        self.state.set(AuthState::SignedIn(who));
        self.load_domains();
        self.wake(&Err(Failure::new(
            "go on",
            Cause::Input("Somebody else signed in, or in another domain."),
        )));
    }

    fn forget(self) {
        self.store.update_value(TokenStore::clear);
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        self.domains.set(Domains::default());
        self.ends.set(None);
        self.reauth.set(None);
    }

    pub(super) fn ask_again(self, why: &'static str, may_stay: bool) {
        if !may_stay && self.reauth.with_untracked(|prompt| prompt.is_some_and(|prompt| prompt.may_stay)) {
            // The wish for another domain is over: a request that waits goes on only in the domain where it was made.
            self.stay();
        }
        let prompt = Some(ReauthPrompt { why, may_stay });
        // Set once, however many requests wait: the form may be filled in already.
        if self.state.with_untracked(|state| matches!(state, AuthState::SignedIn(_)))
            && self.reauth.get_untracked() != prompt
        {
            self.reauth.set(prompt);
        }
    }

    /// Loads the domains that the person may work in.
    pub fn load_domains(self) {
        let session = self.current().session;
        spawn_local(async move {
            let page = self.send(auth::domains()).await;
            if self.current().session == session {
                self.domains.update(|domains| domains.store(page));
            }
        });
    }
}

fn signed_out() -> Failure {
    Failure::new("go on", Cause::Input("Nobody is signed in any more."))
}
