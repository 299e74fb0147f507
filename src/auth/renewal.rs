//! Authorization of requests, and the renewal of tokens. One renewal runs at a time, and all requests wait for it.
//!
//! After a permanent failure of a renewal, requests wait until the person has signed in again, and then continue.

use super::identity::{AuthState, ReauthPrompt};
use super::revocation::revoke_late;
use super::session::{ENDED, Session};
use super::token_lifetime::TokenLifetime;
use super::token_store::Credential;
use crate::api::Reply;
use crate::api::auth;
use crate::api::client::{self, Authorize};
use crate::api::failure::Failure;
use crate::clock;
use futures_channel::oneshot;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// The shortest and the longest time between two renewals by the timer while the server cannot be reached, in
/// milliseconds. It doubles from one to the next, unless the server asks for a longer one.
const RETRY: (f64, f64) = (1000.0, 5.0 * 60_000.0);

impl Authorize for Session {
    type Credential = Credential;

    async fn credential(self) -> Result<Credential, Failure> {
        let session = self.bound.unwrap_or_else(|| self.current().session);
        if self.must_sign_in() {
            self.wait().await?;
        }
        let now = clock::moment();
        let (due, expired) = self.store.with_value(|store| match (store.lifetime, &store.refresh) {
            (Some(lifetime), Some(_)) => {
                // After a failure, the timer renews the token, however many requests are sent meanwhile.
                let expired = lifetime.is_expired(now);
                (expired || store.retry <= 0.0 && lifetime.is_due(now), expired)
            }
            _ => (false, false),
        });
        if due {
            // If the renewal fails, the old token is used until it expires.
            let renewed = self.renew().await;
            if expired {
                renewed?;
            }
        }
        // A wait above may have ended with the session.
        let current = self.current();
        if current.session == session { Ok(current) } else { Err(self.is_over()) }
    }

    async fn renewed(self, refused: &Credential) -> Option<Credential> {
        if self.current().number == refused.number {
            let renewed = if self.store.with_value(|store| store.refresh.is_some()) {
                self.renew()
            } else {
                self.prompt_reauth(ENDED, false);
                self.wait()
            };
            renewed.await.ok()?;
        }
        // A request of one person in one domain is never sent for another person, or in another domain.
        Some(self.current()).filter(|current| current.session == refused.session)
    }

    fn token(credential: &Credential) -> Option<String> {
        credential.token.clone()
    }
}

impl Session {
    /// Whether requests must wait until the person has signed in again.
    pub(super) fn must_sign_in(self) -> bool {
        self.reauth.with_untracked(|prompt| prompt.is_some_and(|ReauthPrompt { may_stay, .. }| !may_stay))
    }

    /// Waits until there is a new token, or until the renewal or the session has ended without one.
    fn wait(self) -> Reply<()> {
        let (sender, receiver) = oneshot::channel();
        self.waiting.update_value(|waiting| waiting.push(sender));
        Box::pin(async move { receiver.await.unwrap_or(Ok(())) })
    }

    /// Resumes the requests that wait for a token.
    pub(super) fn wake(self, result: &Result<(), Failure>) {
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        for waiter in waiting {
            // A request that has been dropped needs no result.
            _ = waiter.send(result.clone());
        }
    }

    /// Renews the token, or waits for the renewal that is under way.
    fn renew(self) -> Reply<()> {
        let alone = self.waiting.with_value(Vec::is_empty);
        let waited = self.wait();
        if alone {
            // A task of its own, so that it does not end with the request that started it: other requests wait for it
            // too.
            spawn_local(self.renew_now());
        }
        waited
    }

    async fn renew_now(self) {
        let Some(refresh) = self.store.with_value(|store| store.refresh.clone()) else {
            return self.wake(&Ok(()));
        };
        let number = self.current().number;
        let requested = clock::moment();
        let result = client::send_with(None, auth::renew(&refresh.clone().renewal())).await;
        if self.current().number != number {
            // The person has signed out or in again, which has resumed the waiting requests.
            if let Ok(token) = result {
                revoke_late(&token);
            }
            return;
        }
        match result {
            Ok(token) => {
                let refresh = refresh.followed_by(&token);
                // The server has replaced the old one itself, so it is not revoked.
                self.store.update_value(|store| store.refresh = Some(refresh.clone()));
                let AuthState::SignedIn(identity) = self.state.get_untracked() else { return };
                let lifetime = TokenLifetime::new(requested, token.duration);
                self.enter(token.jwt, Some(lifetime), Some(refresh), identity);
            }
            Err(failure) if failure.is_for_good() => self.prompt_reauth(ENDED, false),
            Err(failure) => {
                let retry = self.store.try_update_value(|store| {
                    store.retry = (store.retry * 2.0).clamp(RETRY.0, RETRY.1);
                    store.retry
                });
                let wait = failure.wait.max(retry.unwrap_or_default());
                self.wake(&Err(failure));
                self.renew_on_time(wait);
            }
        }
    }

    /// Sets the timer that renews the token when it is due, even if no request needs it. The timer runs for at least
    /// `least` milliseconds.
    pub(super) fn renew_on_time(self, least: f64) {
        let wait = self.store.with_value(|store| match (store.lifetime, &store.refresh) {
            (Some(lifetime), Some(_)) => Some(lifetime.wait(clock::moment(), least)),
            _ => None,
        });
        let timer = wait.and_then(|wait| {
            // The requests that wait for the renewal receive its result. The timer needs none.
            let renew = move || drop(self.renew());
            set_timeout_with_handle(renew, Duration::from_millis(wait as u64)).ok()
        });
        if let Some(old) = self.timer.try_update_value(|kept| std::mem::replace(kept, timer)).flatten() {
            old.clear();
        }
    }
}
