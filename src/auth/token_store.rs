//! What a session stores in memory, and nowhere else: the access token, its lifetime, and the refresh tokens.

use super::token_lifetime::TokenLifetime;
use cckm::sign_in::{Credentials, Renewal};
use cckm::token::Token;

/// What a request is authorized with. Numbered, so that an old refusal does not end a newer session.
#[derive(Clone, Default, PartialEq)]
pub struct Credential {
    /// `None` where a proxy or a cookie authorizes requests.
    pub token: Option<String>,
    /// Counts the tokens.
    pub number: u32,
    /// Counts the sessions: another person or domain is another session, a renewal is not.
    pub session: u32,
}

#[derive(Clone, Default)]
pub struct TokenStore {
    pub credential: Credential,
    pub lifetime: Option<TokenLifetime>,
    pub refresh: Option<RefreshToken>,
    /// The refresh tokens of other domains, by name. The server revokes one that is used for another domain than its own.
    pub parked: Vec<(String, RefreshToken)>,
    /// What was typed at the last sign-in, without the password.
    pub typed: Credentials,
}

impl TokenStore {
    /// All refresh tokens.
    pub fn refresh_tokens(&self) -> Vec<RefreshToken> {
        self.refresh.iter().chain(self.parked.iter().map(|(_, refresh)| refresh)).cloned().collect()
    }

    /// Replaces the access token. Of another session, where `is_same_session` is false.
    pub fn set_token(&mut self, token: Option<String>, is_same_session: bool) {
        let Credential { number, session, .. } = self.credential;
        let session = session + u32::from(!is_same_session);
        self.credential = Credential { token, number: number + 1, session };
    }

    /// Drops everything. What comes next is another session.
    pub fn clear(&mut self) {
        self.set_token(None, false);
        *self = Self { credential: std::mem::take(&mut self.credential), ..Self::default() };
    }
}

/// What the next access token is requested with.
#[derive(Clone)]
pub struct RefreshToken {
    pub token: String,
    pub client_id: Option<String>,
}

impl RefreshToken {
    /// The refresh token of a token response, where it holds one.
    pub fn of(token: &Token) -> Option<Self> {
        let refresh = token.refresh_token.clone()?;
        Some(Self { token: refresh, client_id: token.client_id.clone() })
    }

    /// The refresh token after a renewal, whose response may leave it out.
    pub fn followed_by(self, token: &Token) -> Self {
        Self {
            token: token.refresh_token.clone().unwrap_or(self.token),
            client_id: token.client_id.clone().or(self.client_id),
        }
    }

    /// The renewal by this token.
    pub fn renewal(self) -> Renewal {
        Renewal { refresh_token: self.token, client_id: self.client_id }
    }
}
