//! The requests for tokens and their revocation, for the signed-in user, and for the domains.

use super::failure::Failure;
use super::request::Request;
use cckm::decode::{self, DecodeError};
use cckm::page::Page;
use cckm::sign_in::{Credentials, Domain, Renewal, User, revocation};
use cckm::token::Token;
use serde_json::Value;

/// The purpose of [`domains`].
pub const LIST_DOMAINS: &str = "load the domains";

/// Signs in with a user name and a password. `limits` are the lifetime and the unused lifetime of the refresh token,
/// in minutes.
pub fn sign_in(credentials: &Credentials, limits: (u64, u64)) -> Request<Token> {
    token(&credentials.body(limits), "sign in")
}

/// Renews the session.
pub fn renew(renewal: &Renewal) -> Request<Token> {
    token(&renewal.body(), "renew the session")
}

fn token(body: &Value, purpose: &'static str) -> Request<Token> {
    let decode = |text: &str| {
        Token::from_value(&decode::object(text)?).ok_or_else(|| DecodeError::Shape(String::new()))
    };
    Request::post("/auth/tokens".to_owned(), body.to_string(), purpose, decode).explained_by(without_token)
}

/// The failure of a response without a token that can be decoded. The response may contain a token in another form,
/// so the failure shows none of its text except an error message, or a placeholder for a page.
fn without_token(purpose: &str, wrong: &DecodeError, text: &str) -> Failure {
    let shown = match wrong {
        DecodeError::Error => return Failure::wrong(purpose, wrong, text),
        DecodeError::Page => "<…>",
        DecodeError::Empty | DecodeError::Shape(_) => "",
    };
    Failure::unreadable(purpose, "The answer holds no token.", shown)
}

/// Revokes a refresh token. Every 2xx response means success, whatever its body is.
pub fn revoke(refresh_token: &str, client_id: Option<&str>) -> Request<()> {
    let body = revocation(refresh_token, client_id).to_string();
    Request::post("/auth/revoke".to_owned(), body, "sign out", |_| Ok(()))
}

/// The domains in which the signed-in person may work.
pub fn domains() -> Request<Page<Domain>> {
    Request::get("/auth/self/domains?limit=1000".to_owned(), LIST_DOMAINS, |text| {
        decode::list(text, |value| Domain::from_value(&value))
    })
}

/// The user for whom the request is authorized.
pub fn user() -> Request<User> {
    Request::get("/auth/self/user".to_owned(), "ask who is signed in", |text| {
        Ok(User::from_value(&decode::object(text)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_failure_shows_what_may_hold_a_token() {
        let request = renew(&Renewal { refresh_token: "r".to_owned(), client_id: None });
        for (text, words) in [
            (r#"{"access_token":"secret"}"#, "The answer holds no token."),
            ("[\"secret\"]", "The answer holds no token."),
            ("secret", "The answer holds no token."),
            ("", "The answer holds no token."),
            ("<p>secret</p>", "The answer holds no token. The answer begins: <…>"),
            (r#"{"codeDesc":"NCERR","message":"no"}"#, "NCERR: no"),
        ] {
            assert_eq!(request.decode(text).err().map(|failure| failure.words()).as_deref(), Some(words));
        }
    }
}
