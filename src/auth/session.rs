//! The session of the signed-in person, as signals: the authentication state, the prompt to sign in again, and the
//! domains.
//!
//! Tokens are stored in memory, in the session's [`TokenStore`], and nowhere else. `renewal.rs` renews them, and
//! makes requests wait for that.

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
use cckm::server_check::{Answer, Ask};
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
    /// The prompt to sign in again. The page stays as it is behind the dialog.
    pub(super) reauth: RwSignal<Option<ReauthPrompt>>,
    domains: RwSignal<Domains>,
    /// When the session ends without a renewal: the expiry of a pasted token. Not a part of [`Identity`], so that the
    /// next pasted token of the same person does not update the rest of the page.
    ends: RwSignal<Option<Stamp>>,
    pub(super) store: StoredValue<TokenStore>,
    /// The requests that wait for the next token.
    pub(super) waiting: StoredValue<Vec<oneshot::Sender<Result<(), Failure>>>>,
    /// The timer of the next renewal.
    pub(super) timer: StoredValue<Option<TimeoutHandle>>,
    /// How often a sign-in was given up while it was under way.
    given_up: StoredValue<u32>,
    /// The number of the session to which requests are bound; `None` for the current one.
    pub(super) bound: Option<u32>,
    /// Called when a new token of the same person has another key than the last one.
    on_key_change: StoredValue<Option<fn()>>,
}

const NOT_TOLD: &str = "The server did not say who is signed in.";
const LEFT: &str = "You were signed out because you left this page.";
pub(super) const ENDED: &str = "Your session has ended. Sign in to go on where you were.";

impl Session {
    /// Begins a session, and requests the signed-in user without a token, which succeeds where a proxy or a cookie
    /// authorizes it.
    pub fn begin() -> Self {
        let session = Self {
            state: RwSignal::new(AuthState::Unknown),
            reauth: RwSignal::new(None),
            domains: RwSignal::new(Domains::default()),
            ends: RwSignal::new(None),
            store: StoredValue::new(TokenStore::default()),
            waiting: StoredValue::new(Vec::new()),
            timer: StoredValue::new(None),
            given_up: StoredValue::new(0),
            bound: None,
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
                Err(failure) => {
                    let told = matches!(failure.status(), Some(401 | 403)) && !failure.is_page();
                    session.state.set(AuthState::SignedOut((!told).then_some(NOT_TOLD)));
                }
            }
        });
        session
    }

    pub fn state(self) -> AuthState {
        self.state.get()
    }

    /// The prompt to sign in again; `None` where there is none.
    pub fn again(self) -> Option<ReauthPrompt> {
        self.reauth.get()
    }

    /// The domains in which the person may work, as far as the server lists them.
    pub fn domains(self) -> Domains {
        self.domains.get()
    }

    /// When the session ends without a renewal; `None` where that is not known or the session can be renewed.
    pub fn ends(self) -> Option<Stamp> {
        self.ends.get()
    }

    /// The values of the last sign-in form, without the password, for the form that prompts again.
    pub fn typed(self) -> Credentials {
        let mut typed = self.store.with_value(|store| store.typed.clone());
        if let (true, AuthState::SignedIn(identity)) = (typed.username.is_empty(), self.state.get_untracked())
        {
            typed.username = identity.name;
        }
        typed
    }

    /// Sets the function to call when a new token of the same person has another key than the last one.
    pub fn on_key_change(self, then: fn()) {
        self.on_key_change.set_value(Some(then));
    }

    /// The same session, whose requests fail once another one has begun or nobody is signed in any more: what one
    /// person pressed is not sent for the next one, however long it waited.
    pub fn bound(self) -> Self {
        Self { bound: Some(self.current().session), ..self }
    }

    /// Sends a request of the signed-in person, and decodes the response.
    pub async fn send<T>(self, request: Request<T>) -> Result<T, Failure> {
        request.decode(&self.send_parts(request.parts.clone()).await?)
    }

    /// Returns the text of the response to a request of the signed-in person. The request is sent when the reply is
    /// awaited.
    pub fn send_parts(self, parts: Rc<Parts>) -> Reply {
        client::send(self, parts)
    }

    /// Sends a request of a server check, and returns the whole answer.
    pub async fn probe(self, ask: &Ask) -> Answer {
        client::probe(self, ask).await
    }

    /// Signs in with a user name and a password.
    pub async fn sign_in(self, credentials: Credentials) -> Result<(), Failure> {
        let credentials = credentials.trimmed();
        let requested = clock::moment();
        let limits = (config().refresh_token_minutes, config().refresh_token_unused_minutes);
        let attempt = self.attempt();
        let token = client::send_with(None, auth::sign_in(&credentials, limits)).await?;
        if self.attempt() != attempt {
            // The person has signed out, stayed or left the page while the request was under way.
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

    /// Signs in with a token that was issued elsewhere and pasted, if the server accepts it.
    pub async fn use_token(self, pasted: String) -> Result<(), Failure> {
        let token = pasted_token(&pasted).to_owned();
        if !may_be_token(&token) {
            let why = "A token holds letters, digits and signs only. This text has something else in it.";
            return Err(Failure::new("use this token", Cause::Input(why)));
        }
        let attempt = self.attempt();
        let user = client::send_with(Some(token.clone()), auth::user()).await?;
        if self.attempt() != attempt {
            return Err(signed_out());
        }
        let ends = Claims::from_jwt(&token).and_then(|claims| claims.exp);
        let who = identity(&token, user.name, user.domain);
        self.enter(token, None, None, who);
        self.ends.set(ends.map(|seconds| {
            // The expiry in a token may be any number.
            Stamp::from_millis(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000))
        }));
        self.reauth.set(None);
        Ok(())
    }

    /// Switches to another domain and stays at the same address. The first time, the person is prompted for the
    /// password.
    pub fn switch(self, domain: String) {
        spawn_local(async move {
            let AuthState::SignedIn(known) = self.state.get_untracked() else { return };
            // It stays parked until it has been used, so that whatever ends the session meanwhile revokes it.
            if let Some(refresh) = self.store.with_value(|store| store.parked(&domain)) {
                let requested = clock::moment();
                let session = self.current().session;
                let renewal = auth::renew(&refresh.clone().renewal());
                let result = client::send_with(None, renewal).await;
                if self.current().session != session {
                    if let Ok(token) = result {
                        revoke_late(&token);
                    }
                    return;
                }
                match result {
                    Ok(token) => {
                        let refresh = refresh.followed_by(&token);
                        self.store.update_value(|store| {
                            store.unpark(&domain);
                            store.typed.domain.clone_from(&domain);
                        });
                        let who = identity(&token.jwt, known.name, domain);
                        let lifetime = TokenLifetime::new(requested, token.duration);
                        return self.enter(token.jwt, Some(lifetime), Some(refresh), who);
                    }
                    Err(failure) if failure.is_for_good() => {
                        self.store.update_value(|store| revoke(store.unpark(&domain)));
                    }
                    Err(_) => {}
                }
            }
            // A prompt without which the session does not go on is not replaced by an optional one.
            if !self.must_sign_in() {
                self.store.update_value(|store| store.typed.domain = domain);
                self.prompt_reauth("Sign in to go on in the other domain.", true);
            }
        });
    }

    /// What a sign-in compares when its answer arrives: with another number, nobody waits for it any more.
    fn attempt(self) -> (u32, u32) {
        (self.current().session, self.given_up.get_value())
    }

    fn give_up(self) {
        self.given_up.update_value(|number| *number += 1);
    }

    /// Dismisses the prompt and stays in the present session, where the prompt is optional. A sign-in that is under
    /// way is given up.
    pub fn stay(self) {
        self.give_up();
        if let AuthState::SignedIn(who) = self.state.get_untracked() {
            self.store.update_value(|store| store.typed.domain.clone_from(&who.domain));
            self.reauth.set(None);
        }
    }

    /// Ends the session and revokes its refresh tokens. `why` is shown in the sign-in form.
    pub fn sign_out(self, why: Option<&'static str>) {
        revoke(self.store.with_value(TokenStore::refresh_tokens));
        self.forget();
        self.state.set(AuthState::SignedOut(why));
        self.wake(&Err(signed_out()));
    }

    /// Revokes the refresh tokens while the page is being unloaded, as far as the browser permits. With `keeps`, the
    /// browser may show the page again, so the session is dropped from memory too.
    pub fn abandon(self, keeps: bool) {
        revoke_by_beacon(self.store.with_value(TokenStore::refresh_tokens));
        // A late answer to a sign-in must not sign in the page that the browser shows again.
        self.give_up();
        // Without a token, the session is that of a proxy or a cookie, and the proxy prompts the person itself.
        if keeps && self.ends_with_page() {
            self.forget();
            self.state.set(AuthState::SignedOut(Some(LEFT)));
            self.wake(&Err(signed_out()));
        }
    }

    /// Whether a reload of the page ends the session, because its token is in memory only.
    pub fn ends_with_page(self) -> bool {
        self.store.with_value(|store| store.credential.token.is_some())
    }

    pub(super) fn current(self) -> Credential {
        self.store.with_value(|store| store.credential.clone())
    }

    /// Stores a new token. For another person or another domain a new session begins, and all state of the last one
    /// is dropped.
    pub(super) fn enter(
        self,
        token: String,
        lifetime: Option<TokenLifetime>,
        refresh: Option<RefreshToken>,
        who: Identity,
    ) {
        let (known, signed_in) = if let AuthState::SignedIn(known) = self.state.get_untracked() {
            (known, true)
        } else {
            (Identity::default(), false)
        };
        let same = signed_in && known.is_as(&who);
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
            // The refresh tokens that this one replaces. A renewal has already stored its own.
            let replaced = store.refresh.take().into_iter().chain(store.unpark(&who.domain));
            revoke(
                replaced.filter(|old| refresh.as_ref().is_none_or(|new| new.token != old.token)).collect(),
            );
            store.set_token(Some(token), same);
            store.lifetime = lifetime;
            store.refresh = refresh;
            store.retry = 0.0;
        });
        self.renew_on_time(0.0);
        self.ends.set(None);
        if same {
            if known.key != who.key
                && let Some(then) = self.on_key_change.get_value()
            {
                then();
            }
            // A renewal dismisses the prompt to sign in again, but not a prompt for another domain.
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
        self.wake(&Err(self.is_over()));
    }

    /// The failure of a request whose session is over.
    pub(super) fn is_over(self) -> Failure {
        if self.state.with_untracked(|state| matches!(state, AuthState::SignedIn(_))) {
            Failure::new("go on", Cause::Input("Somebody else signed in, or in another domain."))
        } else {
            signed_out()
        }
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

    pub(super) fn prompt_reauth(self, why: &'static str, may_stay: bool) {
        if !may_stay && self.reauth.with_untracked(|prompt| prompt.is_some_and(|prompt| prompt.may_stay)) {
            // This cancels a switch of the domain: waiting requests must continue in the domain in which they were
            // made.
            self.stay();
        }
        let prompt = Some(ReauthPrompt { why, may_stay });
        // Set once, even if several requests wait: the person may have begun to fill in the form.
        if self.state.with_untracked(|state| matches!(state, AuthState::SignedIn(_)))
            && self.reauth.get_untracked() != prompt
        {
            self.reauth.set(prompt);
        }
    }

    /// Loads the domains in which the person may work.
    pub fn load_domains(self) {
        let session = self.bound();
        spawn_local(async move {
            let page = session.send(auth::domains()).await;
            if session.bound == self.bound().bound {
                self.domains.update(|domains| domains.store(page));
            }
        });
    }
}

fn signed_out() -> Failure {
    Failure::new("go on", Cause::Input("Nobody is signed in any more."))
}
