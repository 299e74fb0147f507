//! Revokes refresh tokens. The result is ignored: a token that could not be revoked expires by its limits.

use super::token_store::RefreshToken;
use crate::api::{auth, client};
use cckm::token::Token;
use leptos::task::spawn_local;

pub fn revoke(tokens: Vec<RefreshToken>) {
    for token in tokens {
        spawn_local(async move {
            let request = auth::revoke(&token.token, token.client_id.as_deref());
            _ = client::send_with(None, request).await;
        });
    }
}

/// Revokes the refresh token of a response that was received too late to be used.
pub fn revoke_late(token: &Token) {
    revoke(RefreshToken::of(token).into_iter().collect());
}

/// Revokes `tokens` while the page is being unloaded.
pub fn revoke_by_beacon(tokens: Vec<RefreshToken>) {
    for token in tokens {
        client::send_beacon(&auth::revoke(&token.token, token.client_id.as_deref()));
    }
}
