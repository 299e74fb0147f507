//! What a session keeps in memory: the token, how long it lives, and the refresh tokens. Keeps only; `session.rs` acts.

use crate::api;
use crate::life::Life;
use crate::model::session::{Claims, Token};
use crate::model::sign_in::{Credentials, Renewal};
use crate::session::Who;
use crate::time::Stamp;
use leptos::task::spawn_local;

/// What a request shows to be let in; numbered, so that an old refusal does not end a newer session.
#[derive(Clone, Default, PartialEq)]
pub struct Pass {
    pub token: Option<String>,
    pub number: u32,
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

/// The identifier of the domain that every server has.
const ROOT_DOMAIN: &str = "00000000-0000-0000-0000-000000000000";

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

/// Makes refresh tokens worthless, without waiting for it.
pub fn revoke(refreshes: Vec<Refresh>) {
    for refresh in refreshes {
        spawn_local(async move {
            // The token ends by itself soon; there is nobody left to tell of a failure.
            _ = api::revoke(&refresh.token, refresh.client_id.as_deref()).await;
        });
    }
}

/// Who a token speaks for, as far as it and the person say.
pub fn who(token: &str, name: String, domain: String, ends: Option<Stamp>) -> Who {
    let claims = Claims::from_jwt(token);
    let claimed = |read: fn(&Claims) -> String| claims.as_ref().map(read).unwrap_or_default();
    let either =
        |said: String, read: fn(&Claims) -> String| if said.is_empty() { claimed(read) } else { said };
    let domain = either(domain, |claims| {
        if claims.domain_id == ROOT_DOMAIN { "root".to_owned() } else { claims.domain_id.clone() }
    });
    let name = either(name, |claims| claims.user.clone());
    Who { name, domain, groups: claims.map(|claims| claims.groups), ends }
}
