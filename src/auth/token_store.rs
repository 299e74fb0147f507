//! What a session stores, in memory only: the access token, its lifetime, and the refresh tokens.

use super::token_lifetime::TokenLifetime;
use cckm::sign_in::{Credentials, Renewal};
use cckm::token::Token;

/// What authorizes a request. Numbered, so that the refusal of an old token does not end a newer session.
#[derive(Clone, Default, PartialEq)]
pub struct Credential {
    /// `None` where a proxy or a cookie authorizes requests.
    pub token: Option<String>,
    /// The number of the token in this page.
    pub number: u32,
    /// The number of the session: another person or domain begins another session, a renewal does not.
    pub session: u32,
}

#[derive(Clone, Default)]
pub struct TokenStore {
    pub credential: Credential,
    pub lifetime: Option<TokenLifetime>,
    pub refresh: Option<RefreshToken>,
    /// The milliseconds between the last renewal, which failed, and the next one; 0 where it did not fail.
    pub retry: f64,
    /// The refresh tokens of other domains, by the name of the domain. The server revokes a refresh token that is
    /// used for a domain other than its own.
    pub parked: Vec<(String, RefreshToken)>,
    /// The values of the last sign-in form, without the password.
    pub typed: Credentials,
}

impl TokenStore {
    pub fn refresh_tokens(&self) -> Vec<RefreshToken> {
        self.refresh.iter().chain(self.parked.iter().map(|(_, refresh)| refresh)).cloned().collect()
    }

    /// The refresh token of another domain.
    pub fn parked(&self, domain: &str) -> Option<RefreshToken> {
        self.parked.iter().find(|(name, _)| name == domain).map(|(_, refresh)| refresh.clone())
    }

    /// Takes the refresh tokens of another domain out of the store.
    pub fn unpark(&mut self, domain: &str) -> Vec<RefreshToken> {
        self.parked.extract_if(.., |(name, _)| name == domain).map(|(_, refresh)| refresh).collect()
    }

    /// Replaces the access token. A new session begins unless `is_same_session` is true.
    pub fn set_token(&mut self, token: Option<String>, is_same_session: bool) {
        let Credential { number, session, .. } = self.credential;
        let session = session + u32::from(!is_same_session);
        self.credential = Credential { token, number: number + 1, session };
    }

    /// Drops everything. The next token begins another session.
    pub fn clear(&mut self) {
        self.set_token(None, false);
        *self = Self { credential: std::mem::take(&mut self.credential), ..Self::default() };
    }
}

/// What the next access token is requested with: the refresh token and its client.
#[derive(Clone)]
pub struct RefreshToken {
    pub token: String,
    pub client_id: Option<String>,
}

impl RefreshToken {
    /// The refresh token in a token response; `None` where it has none.
    pub fn of(token: &Token) -> Option<Self> {
        let refresh = token.refresh_token.clone()?;
        Some(Self { token: refresh, client_id: token.client_id.clone() })
    }

    /// The refresh token after a renewal. Where the response has none, the old one is kept.
    pub fn followed_by(self, token: &Token) -> Self {
        Self {
            token: token.refresh_token.clone().unwrap_or(self.token),
            client_id: token.client_id.clone().or(self.client_id),
        }
    }

    /// The body of the request that renews the session with this token.
    pub fn renewal(self) -> Renewal {
        Renewal { refresh_token: self.token, client_id: self.client_id }
    }
}
