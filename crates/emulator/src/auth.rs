//! Users, tokens and sessions: grants, renewal, revocation, and the authentication of requests. The only permissions
//! it has are the two fields of [`User`].

use std::collections::HashMap;
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use parking_lot::Mutex;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::errors::ApiError;
use crate::random::{text, uuid};

/// The password of every user.
pub const PASSWORD: &str = "emulator";
/// The lifetime of the token that the emulator prints in its first line.
pub const PRINTED_TOKEN_SECONDS: u32 = 30 * 24 * 60 * 60;

const ID_ALPHABET: &str = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// A user who can sign in.
#[derive(Debug, PartialEq, Eq)]
pub struct User {
    pub name: &'static str,
    pub id: &'static str,
    pub groups: &'static [&'static str],
    /// Whether the user may read lists of containers.
    pub sees_containers: bool,
    /// Whether the user may start and cancel jobs.
    pub synchronizes: bool,
}

pub static USERS: [User; 3] = [
    User {
        name: "admin",
        id: "e63755c9-5c4a-4475-9b4f-07bc741b450a",
        groups: &["admin"],
        sees_containers: true,
        synchronizes: true,
    },
    User {
        name: "viewer",
        id: "1c1f7a1e-6a0f-4d2c-9d0e-5b7a3f0c2d11",
        groups: &["CCKM Users"],
        sees_containers: false,
        synchronizes: false,
    },
    User {
        name: "auditor",
        id: "7d0c4f0a-91a3-4b7e-8a55-2f6f4f1f9c34",
        groups: &["Key Users"],
        sees_containers: true,
        synchronizes: false,
    },
];

/// A domain for which tokens can be issued.
#[derive(Debug, PartialEq, Eq)]
pub struct Realm {
    pub name: &'static str,
    pub id: &'static str,
    /// The value of `account` in the domain's objects.
    pub account: &'static str,
}

pub static REALMS: [Realm; 2] = [
    Realm {
        name: "root",
        id: "00000000-0000-0000-0000-000000000000",
        account: "kylo:kylo:admin:accounts:kylo",
    },
    Realm {
        name: "payments",
        id: "b7b1f0a5-3b1e-4a53-8f0a-6f3c1c9e2a77",
        account: "kylo:payments-b7b1f0a5:admin:accounts:payments-b7b1f0a5",
    },
];

/// The user who sends a request, and the domain of the token.
#[derive(Debug, Clone, Copy)]
pub struct Caller {
    pub user: &'static User,
    pub realm: &'static Realm,
}

/// The administrator in the root domain, who counts as the sender of requests without a token in open mode.
pub const fn administrator() -> Caller {
    Caller { user: &USERS[0], realm: &REALMS[0] }
}

/// The body of `POST auth/tokens`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "the names are the API's")]
pub struct Grant {
    grant_type: Option<String>,
    username: Option<String>,
    password: Option<String>,
    connection: Option<String>,
    domain: Option<String>,
    auth_domain: Option<String>,
    refresh_token: Option<String>,
    renew_refresh_token: Option<bool>,
    /// In minutes.
    refresh_token_lifetime: Option<u32>,
    /// In minutes.
    refresh_token_revoke_unused_in: Option<u32>,
}

#[derive(Debug)]
struct Refresh {
    caller: Caller,
    client_id: String,
    ends: Option<DateTime<Utc>>,
    unused_in: Option<TimeDelta>,
    used: DateTime<Utc>,
}

impl Refresh {
    fn alive(&self, now: DateTime<Utc>) -> bool {
        self.ends.is_none_or(|ends| now < ends) && self.unused_in.is_none_or(|span| now < self.used + span)
    }
}

/// All valid tokens, and whether requests without a token are accepted. Clones share the state.
#[derive(Debug, Clone)]
pub struct Auth(Arc<Mutex<Tokens>>);

impl Auth {
    pub fn new(token_seconds: u32, open: bool) -> Self {
        Self(Arc::new(Mutex::new(Tokens::new(token_seconds, open))))
    }

    /// Authenticates a request.
    ///
    /// # Errors
    /// 401 without a token, and with a token that is unknown, revoked or expired.
    pub fn caller(&self, headers: &HeaderMap, now: DateTime<Utc>) -> Result<Caller, ApiError> {
        self.0.lock().caller(headers, now)
    }

    /// Handles `POST auth/tokens`.
    pub fn grant(&self, grant: &Grant, now: DateTime<Utc>) -> Result<Value, ApiError> {
        self.0.lock().grant(grant, now)
    }

    /// Issues a token in the form of a JWT. Its signature is random, because no client can verify it.
    pub fn issue(&self, caller: Caller, client_id: &str, now: DateTime<Utc>, lasts: u32) -> String {
        self.0.lock().issue(caller, client_id, now, lasts)
    }

    /// Handles `POST auth/revoke`: the refresh token becomes invalid. Tokens that were already issued stay valid
    /// until they expire.
    pub fn revoke(&self, refresh_token: &str) {
        self.0.lock().refreshes.remove(refresh_token);
    }

    /// Invalidates all tokens, and all refresh tokens too unless they are kept.
    pub fn revoke_all(&self, keep_refresh_tokens: bool) {
        let mut tokens = self.0.lock();
        tokens.access.clear();
        if !keep_refresh_tokens {
            tokens.refreshes.clear();
        }
    }

    /// Sets whether requests without a token count as the administrator's.
    pub fn set_open(&self, open: bool) {
        self.0.lock().open = open;
    }
}

#[derive(Debug)]
struct Tokens {
    token_seconds: u32,
    rng: Rng,
    access: HashMap<String, (Caller, DateTime<Utc>)>,
    refreshes: HashMap<String, Refresh>,
    /// Whether requests without a token count as the administrator's.
    open: bool,
}

impl Tokens {
    fn new(token_seconds: u32, open: bool) -> Self {
        // Tokens are not part of the data: two emulators with the same seed must not accept each other's tokens.
        Self { token_seconds, open, rng: Rng::new(), access: HashMap::new(), refreshes: HashMap::new() }
    }

    fn caller(&self, headers: &HeaderMap, now: DateTime<Utc>) -> Result<Caller, ApiError> {
        let Some(header) = headers.get(AUTHORIZATION) else {
            return if self.open {
                Ok(administrator())
            } else {
                Err(ApiError::unauthorized("Missing token."))
            };
        };
        let token =
            header.to_str().ok().and_then(|header| header.strip_prefix("Bearer ")).unwrap_or_default();
        match self.access.get(token) {
            Some((caller, expires)) if now < *expires => Ok(*caller),
            Some(_) => Err(ApiError::unauthorized("Token is expired.")),
            None => Err(ApiError::unauthorized("Invalid or revoked token.")),
        }
    }

    fn grant(&mut self, grant: &Grant, now: DateTime<Utc>) -> Result<Value, ApiError> {
        match grant.grant_type.as_deref().unwrap_or("password") {
            "password" => self.password(grant, now),
            "refresh_token" => self.refresh(grant, now),
            other => Err(ApiError::validation(&[format!("grant_type: unknown grant type {other}")])),
        }
    }

    fn password(&mut self, grant: &Grant, now: DateTime<Utc>) -> Result<Value, ApiError> {
        let wrong = || ApiError::unauthorized("Wrong username or password.");
        let (Some(name), Some(password)) = (&grant.username, &grant.password) else {
            return Err(ApiError::validation(&["username: username and password are required".into()]));
        };
        let user = USERS.iter().find(|user| user.name == name).ok_or_else(wrong)?;
        let connection = named(grant.connection.as_deref()).unwrap_or("local_account");
        if password != PASSWORD || connection != "local_account" {
            return Err(wrong());
        }
        if named(grant.auth_domain.as_deref())
            .is_some_and(|domain| domain != REALMS[0].name && domain != REALMS[0].id)
        {
            return Err(wrong());
        }
        let caller = Caller { user, realm: realm(grant.domain.as_deref())? };
        let client_id = uuid(&mut self.rng);
        let lifetime = grant.refresh_token_lifetime.filter(|minutes| *minutes > 0);
        let refresh = self.new_refresh(Refresh {
            caller,
            client_id: client_id.clone(),
            ends: lifetime.map(|minutes| now + TimeDelta::minutes(minutes.into())),
            unused_in: grant
                .refresh_token_revoke_unused_in
                .filter(|minutes| *minutes > 0)
                .map(|minutes| TimeDelta::minutes(minutes.into())),
            used: now,
        });
        let mut answer = self.answer(caller, &client_id, now);
        answer["refresh_token"] = json!(refresh);
        if let Some(minutes) = lifetime {
            answer["refresh_token_expires_in"] = json!(u64::from(minutes) * 60);
        }
        Ok(answer)
    }

    fn refresh(&mut self, grant: &Grant, now: DateTime<Utc>) -> Result<Value, ApiError> {
        let gone = || ApiError::unauthorized("Invalid, expired or revoked refresh token.");
        let token = grant.refresh_token.as_deref().unwrap_or_default();
        let mut refresh =
            self.refreshes.remove(token).filter(|refresh| refresh.alive(now)).ok_or_else(gone)?;
        // A refresh token that is used for another domain is revoked, and has already been removed here.
        if named(grant.domain.as_deref()).is_some() && realm(grant.domain.as_deref())? != refresh.caller.realm
        {
            return Err(gone());
        }
        refresh.used = now;
        let mut answer = self.answer(refresh.caller, &refresh.client_id, now);
        if grant.renew_refresh_token == Some(true) {
            answer["refresh_token"] = json!(self.new_refresh(refresh));
        } else {
            // The response has no refresh token, and the old one stays valid.
            self.refreshes.insert(token.to_owned(), refresh);
        }
        Ok(answer)
    }

    fn new_refresh(&mut self, refresh: Refresh) -> String {
        let token = text(&mut self.rng, ID_ALPHABET, 64);
        self.refreshes.insert(token.clone(), refresh);
        token
    }

    fn answer(&mut self, caller: Caller, client_id: &str, now: DateTime<Utc>) -> Value {
        json!({
            "jwt": self.issue(caller, client_id, now, self.token_seconds),
            "duration": self.token_seconds,
            "token_type": "Bearer",
            "client_id": client_id,
        })
    }

    fn issue(&mut self, caller: Caller, client_id: &str, now: DateTime<Utc>, lasts: u32) -> String {
        let expires = now + TimeDelta::seconds(lasts.into());
        let claims = json!({
            "aud": client_id,
            "sub": format!("local|{}", caller.user.id),
            "iss": "kylo",
            "acc": "kylo",
            "preferred_username": caller.user.name,
            "cust": {
                "domain_id": caller.realm.id,
                "groups": caller.user.groups,
                "sid": uuid(&mut self.rng),
                "zone_id": caller.realm.id,
            },
            "jwtid": uuid(&mut self.rng),
            "iat": now.timestamp(),
            "exp": expires.timestamp(),
        });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let header = part(&json!({"alg": "HS256", "typ": "JWT"}));
        let token = format!("{header}.{}.{}", part(&claims), text(&mut self.rng, ID_ALPHABET, 43));
        self.access.insert(token.clone(), (caller, expires));
        token
    }
}

/// Finds a realm by name or id; the first realm where none is named.
fn realm(name: Option<&str>) -> Result<&'static Realm, ApiError> {
    let Some(name) = named(name) else { return Ok(&REALMS[0]) };
    REALMS
        .iter()
        .find(|realm| realm.name == name || realm.id == name)
        .ok_or_else(|| ApiError::unauthorized(format!("Unknown domain {name}.")))
}

fn named(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}
