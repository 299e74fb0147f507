//! Runs the check: signs in where a password was given, asks what the check says, and signs out again.

use crate::client::Client;
use crate::credentials::Credentials;
use cckm::family::FAMILIES;
use cckm::server_check::{Answer, Ask, Check, Place, Report};
use cckm::sign_in::revocation;
use cckm::token::Token;
use serde_json::Value;

/// The limits of the refresh token, in minutes: it is revoked at the end of the check, or ends soon by itself.
const LIMITS: (u64, u64) = (30, 10);

/// Runs the check, and tells its progress.
pub fn check(client: Client, credentials: Credentials, mut progress: impl FnMut(String)) -> Report {
    // Most servers lack the optional families, and whether the panel shows them is its configuration's business.
    let mut check = Check::new(&FAMILIES.iter().filter(|family| !family.optional).collect::<Vec<_>>());
    let mut session = Token::default();
    match &credentials {
        Credentials::Token(token) => session.jwt.clone_from(token),
        Credentials::Password(_) => {
            progress("Signing in…".to_owned());
            let answer = sign_in(&client, &credentials, &mut session);
            if !check.take_sign_in(&answer) {
                check.skip_session();
            }
        }
    }
    while let Some(ask) = check.next().cloned() {
        let (done, all) = check.progress();
        progress(format!("{} of {all}: {}", done + 1, ask.purpose));
        let mut answer = get(&client, &ask, &session);
        // The token ended while the check ran. A 401 of a proxy says nothing of the token, which a sign-in would not mend.
        if answer.is_signed_out() && ask.place == Place::Api && session.refresh_token.is_some() {
            revoke(&client, &session);
            sign_in(&client, &credentials, &mut session);
            answer = get(&client, &ask, &session);
        }
        check.take(&answer.without(&tokens(&session)));
    }
    revoke(&client, &session);
    check.report()
}

fn get(client: &Client, ask: &Ask, session: &Token) -> Answer {
    let token = (ask.place == Place::Api && !session.jwt.is_empty()).then_some(session.jwt.as_str());
    client.get(ask.place, &ask.path, token, ask.needs_no_body())
}

/// Signs in by password, and returns the answer without a secret.
fn sign_in(client: &Client, credentials: &Credentials, session: &mut Token) -> Answer {
    let Credentials::Password(own) = credentials else { return Answer::default() };
    let answer = client.post("/auth/tokens", &own.body(LIMITS).to_string());
    let value: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    if (200..300).contains(&answer.status)
        && let Some(token) = Token::from_value(&value)
    {
        *session = token;
    }
    without_password(answer, &own.password).without(&tokens(session))
}

/// A refusal that repeats the password, without that. The text of another answer is not in the report.
fn without_password(mut answer: Answer, password: &str) -> Answer {
    if let Ok(mut value) = serde_json::from_str::<Value>(&answer.body) {
        for name in ["message", "codeDesc"] {
            if value[name].as_str().is_some_and(|text| text.contains(password)) {
                value[name] = "(left out, as it repeats the password)".into();
                answer.body = value.to_string();
            }
        }
    }
    answer
}

fn tokens(session: &Token) -> [&str; 2] {
    [&session.jwt, session.refresh_token.as_deref().unwrap_or_default()]
}

/// Revokes the refresh token. An answer that does not come changes nothing: the token ends by its limits.
fn revoke(client: &Client, session: &Token) {
    if let Some(refresh_token) = &session.refresh_token {
        let body = revocation(refresh_token, session.client_id.as_deref());
        client.post("/auth/revoke", &body.to_string());
    }
}
