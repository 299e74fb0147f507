//! What a session keeps in memory: the token, how long it lives, and the refresh tokens. Keeps only; `session.rs` acts.

use crate::api;
use crate::life::Life;
use crate::model::session::Token;
use crate::model::sign_in::{Credentials, Renewal};
use leptos::task::spawn_local;

/// What a request shows to be let in; numbered, so that an old refusal does not end a newer session.
#[derive(Clone, Default, PartialEq)]
pub struct Pass {
    pub token: Option<String>,
    pub number: u32,
    /// Counts the sessions: a renewal leaves it, another person or domain does not.
    pub session: u32,
}

/// All of it.
#[derive(Clone, Default)]
pub struct Kept {
    pub pass: Pass,
    pub life: Option<Life>,
    pub refresh: Option<Refresh>,
    /// The refresh tokens of other domains, by name: one that is used for another domain than its own is worthless.
    pub parked: Vec<(String, Refresh)>,
    pub credentials: Credentials,
}

impl Kept {
    /// Every refresh token there is.
    pub fn refreshes(&self) -> Vec<Refresh> {
        self.refresh.iter().chain(self.parked.iter().map(|(_, refresh)| refresh)).cloned().collect()
    }
}

/// What brings the next token.
#[derive(Clone)]
pub struct Refresh {
    pub token: String,
    pub client_id: Option<String>,
}

impl Refresh {
    /// The refresh token after a renewal, whose answer may leave it out.
    pub fn followed_by(self, token: &Token) -> Self {
        Self {
            token: token.refresh_token.clone().unwrap_or(self.token),
            client_id: token.client_id.clone().or(self.client_id),
        }
    }
}

/// What renews by `refresh`.
pub fn renewal(refresh: Refresh) -> Renewal {
    Renewal { refresh_token: refresh.token, client_id: refresh.client_id }
}

/// Revokes the refresh token of an answer that came too late to be taken in.
pub fn revoke_late(token: Token) {
    let Token { refresh_token, client_id, .. } = token;
    revoke(refresh_token.map(|token| Refresh { token, client_id }).into_iter().collect());
}

/// Makes refresh tokens worthless, without waiting for it.
pub fn revoke(refreshes: Vec<Refresh>) {
    for refresh in refreshes {
        spawn_local(async move {
            // The token ends by itself soon; there is nobody left to tell of a failure.
            _ = api::revoke(&refresh.token, refresh.client_id.as_deref()).await;
        });
    }
}
