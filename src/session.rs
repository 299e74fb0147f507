//! Who is signed in, and the token that shows it. The token stays in memory, here, and nowhere else.

use crate::api;
use crate::failure::Failure;
use crate::model::session::{Claims, Token};
use crate::model::sign_in::Credentials;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Copy)]
pub struct Session {
    state: RwSignal<State>,
    pass: StoredValue<Pass>,
}

#[derive(Clone, PartialEq)]
pub enum State {
    /// Finding out whether a proxy or a cookie signs the person in already.
    Asking,
    /// Nobody is signed in; the sentence says why where somebody was.
    Out(Option<&'static str>),
    In(Who),
}

#[derive(Clone, PartialEq, Default)]
pub struct Who {
    pub name: String,
    pub domain: String,
}

/// What a request shows to be let in; numbered, so that an old refusal does not end a new session.
#[derive(Clone, Default, PartialEq)]
pub struct Pass {
    pub token: Option<String>,
    number: u32,
}

/// The identifier of the domain that every server has.
const ROOT_DOMAIN: &str = "00000000-0000-0000-0000-000000000000";

impl Session {
    /// A session that first asks whether a request without a token is accepted.
    pub fn begin() -> Self {
        let session = Self { state: RwSignal::new(State::Asking), pass: StoredValue::new(Pass::default()) };
        spawn_local(async move {
            match api::user(None).await {
                Ok(user) => session.state.set(State::In(Who { name: user.name, domain: user.domain })),
                Err(_) => session.state.set(State::Out(None)),
            }
        });
        session
    }

    pub fn state(self) -> State {
        self.state.get()
    }

    pub fn is_in(self) -> bool {
        self.state.with(|state| matches!(state, State::In(_)))
    }

    pub fn pass(self) -> Pass {
        self.pass.get_value()
    }

    /// Signs in with a user name and a password.
    pub async fn sign_in(self, credentials: Credentials) -> Result<(), Failure> {
        let token: Token = api::sign_in(&credentials).await?;
        let claims = Claims::from_jwt(&token.jwt);
        let who = Who {
            name: credentials.username,
            domain: if credentials.domain.is_empty() {
                domain_of(claims.as_ref())
            } else {
                credentials.domain
            },
        };
        self.enter(token.jwt, who);
        Ok(())
    }

    /// Signs in with a token from elsewhere, if the server accepts it.
    pub async fn use_token(self, token: String) -> Result<(), Failure> {
        let user = api::user(Some(&token)).await?;
        let claims = Claims::from_jwt(&token);
        let name = match &claims {
            Some(claims) if user.name.is_empty() => claims.user.clone(),
            _ => user.name,
        };
        let domain = if user.domain.is_empty() { domain_of(claims.as_ref()) } else { user.domain };
        self.enter(token, Who { name, domain });
        Ok(())
    }

    /// Forgets the token, at the person's wish.
    pub fn sign_out(self) {
        self.leave(None);
    }

    /// A request with `pass` was refused: the session has ended, unless another has begun since.
    pub fn lapsed(self, pass: &Pass) {
        let current = self.pass.with_value(|current| current.number == pass.number);
        if current && self.state.with_untracked(|state| matches!(state, State::In(_))) {
            self.leave(Some("Your session has ended. Sign in to go on where you were."));
        }
    }

    fn enter(self, token: String, who: Who) {
        self.pass.update_value(|pass| *pass = Pass { token: Some(token), number: pass.number + 1 });
        self.state.set(State::In(who));
    }

    fn leave(self, why: Option<&'static str>) {
        self.pass.update_value(|pass| *pass = Pass { token: None, number: pass.number + 1 });
        self.state.set(State::Out(why));
    }
}

fn domain_of(claims: Option<&Claims>) -> String {
    match claims {
        Some(claims) if claims.domain_id == ROOT_DOMAIN => "root".to_owned(),
        Some(claims) => claims.domain_id.clone(),
        None => String::new(),
    }
}
