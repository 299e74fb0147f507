//! Revokes refresh tokens. Nobody waits for the outcome: a token that is not revoked ends by its limits.

use super::token_store::RefreshToken;
use crate::api::{auth, client};
use cckm::token::Token;
use leptos::task::spawn_local;

/// Revokes `tokens`.
pub fn revoke(tokens: Vec<RefreshToken>) {
    for token in tokens {
        spawn_local(async move {
            let request = auth::revoke(&token.token, token.client_id.as_deref());
            _ = client::send_with(None, request).await;
        });
    }
}

/// Revokes the refresh token of a response that came too late to be used.
pub fn revoke_late(token: &Token) {
    revoke(RefreshToken::of(token).into_iter().collect());
}

/// Revokes `tokens` from a page that is going away.
pub fn revoke_by_beacon(tokens: Vec<RefreshToken>) {
    for token in tokens {
        client::send_beacon(&auth::revoke(&token.token, token.client_id.as_deref()));
    }
}
