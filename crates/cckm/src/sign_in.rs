//! The bodies of the requests to sign in, to renew a token and to revoke one, and the responses about the signed-in
//! person.
//!
//! It owns these shapes; it sends and stores nothing.

use crate::lenient;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A user name and a password, with the names of where they are valid. Empty fields are not sent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Credentials {
    /// The user name.
    pub username: String,
    /// The password, which is sent exactly as it was typed.
    pub password: String,
    /// The domain for which the token is valid.
    pub domain: String,
    /// The domain that the user belongs to.
    pub auth_domain: String,
    /// The directory that the user belongs to; the server's own accounts where empty.
    pub connection: String,
}

impl Credentials {
    /// Removes the white space around all fields but the password, which typing or pasting may add.
    #[must_use]
    pub fn trimmed(self) -> Self {
        let trim = |name: String| name.trim().to_owned();
        Self {
            username: trim(self.username),
            password: self.password,
            domain: trim(self.domain),
            auth_domain: trim(self.auth_domain),
            connection: trim(self.connection),
        }
    }

    /// The body of `POST auth/tokens`. The limits of the refresh token are its lifetime and the time after which it
    /// is revoked when unused, both in minutes. Without them refresh tokens never expire and accumulate on the
    /// server.
    pub fn body(&self, (lifetime, unused): (u64, u64)) -> Value {
        json_of(&SignIn {
            grant_type: "password",
            username: &self.username,
            password: &self.password,
            domain: &self.domain,
            auth_domain: &self.auth_domain,
            connection: &self.connection,
            refresh_token_lifetime: lifetime,
            refresh_token_revoke_unused_in: unused,
        })
    }
}

#[derive(Debug, Serialize)]
struct SignIn<'a> {
    grant_type: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    username: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    password: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    domain: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    auth_domain: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    connection: &'a str,
    refresh_token_lifetime: u64,
    refresh_token_revoke_unused_in: u64,
}

/// The values that renew a token, in the domain of the token: the server revokes a refresh token that is used for
/// another.
#[derive(Debug)]
pub struct Renewal {
    /// The refresh token from the response to a sign-in.
    pub refresh_token: String,
    /// The client for which the server issued the refresh token.
    pub client_id: Option<String>,
}

impl Renewal {
    /// The body of `POST auth/tokens`.
    pub fn body(&self) -> Value {
        let client_id = self.client_id.as_deref().unwrap_or_default();
        json_of(&Renew { grant_type: "refresh_token", refresh_token: &self.refresh_token, client_id })
    }
}

#[derive(Debug, Serialize)]
struct Renew<'a> {
    grant_type: &'static str,
    refresh_token: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    client_id: &'a str,
}

/// The body of `POST auth/revoke`.
pub fn revocation(refresh_token: &str, client_id: Option<&str>) -> Value {
    json_of(&Revoke { token: refresh_token, client_id: client_id.unwrap_or_default() })
}

#[derive(Debug, Serialize)]
struct Revoke<'a> {
    token: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    client_id: &'a str,
}

/// Serializes a body, which cannot fail for structs of strings and numbers.
fn json_of(body: &impl Serialize) -> Value {
    serde_json::to_value(body).unwrap_or_default()
}

/// A domain in which the person may work.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Domain {
    /// The id, which a sign-in may use in place of a missing name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    /// The name; the id where the server sends no name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
}

impl Domain {
    /// Reads a domain; `None` where it has neither a name nor an id.
    pub fn from_value(value: &Value) -> Option<Self> {
        let mut domain: Self = lenient::object(value)?;
        if domain.name.is_empty() {
            domain.name.clone_from(&domain.id);
        }
        (!domain.name.is_empty()).then_some(domain)
    }
}

/// The response to `GET auth/self/user`. Its fields are not documented, so common names are tried.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct User {
    /// The name of the person; empty where the response has none.
    pub name: String,
    /// The domain in which the person works; empty where the response has none.
    pub domain: String,
}

impl User {
    /// Reads each field from the first of its common names that holds a text.
    pub fn from_value(value: &Value) -> Self {
        let first = |names: &[&str]| {
            names
                .iter()
                .map(|name| lenient::field(value, name))
                .find(|text| !text.is_empty())
                .unwrap_or_default()
        };
        Self {
            name: first(&["username", "preferred_username", "name", "nickname", "email"]),
            domain: first(&["domain_name", "domain"]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_was_typed_is_sent() {
        let typed = Credentials { username: "ada".into(), password: " p ".into(), ..Credentials::default() };
        assert_eq!(
            typed.body((720, 30)).to_string(),
            json!({"grant_type": "password", "username": "ada", "password": " p ",
                "refresh_token_lifetime": 720, "refresh_token_revoke_unused_in": 30})
            .to_string()
        );
        let typed = Credentials { domain: "payments".into(), connection: "ldap".into(), ..typed };
        let sent = |name: &str| typed.body((1, 1)).get(name).and_then(Value::as_str).map(str::to_owned);
        assert_eq!(sent("domain").as_deref(), Some("payments"));
        assert_eq!(sent("connection").as_deref(), Some("ldap"));
        assert!(typed.body((1, 1)).get("auth_domain").is_none());
    }

    #[test]
    fn spaces_around_names_are_no_part_of_them_and_those_of_a_password_are() {
        let spaced = |text: &str| [" \t", text, "\u{a0}\n"].concat();
        let typed = Credentials {
            username: spaced("ada"),
            password: spaced("p"),
            domain: spaced("payments"),
            auth_domain: spaced("root"),
            connection: spaced("ldap"),
        };
        let kept = typed.password.clone();
        let names = ["ada", &kept, "payments", "root", "ldap"];
        let trimmed = typed.trimmed();
        let Credentials { username, password, domain, auth_domain, connection } = trimmed;
        assert_eq!([username, password, domain, auth_domain, connection], names);
    }

    #[test]
    fn a_renewal_sends_what_it_has() {
        let renewal = Renewal { refresh_token: "r".into(), client_id: None };
        assert_eq!(renewal.body().to_string(), r#"{"grant_type":"refresh_token","refresh_token":"r"}"#);
        assert_eq!(revocation("r", Some("c")).to_string(), r#"{"client_id":"c","token":"r"}"#);
    }

    #[test]
    fn a_user_is_found_under_any_usual_name() {
        let name = |text: &str| User::from_value(&serde_json::from_str(text).expect("JSON")).name;
        assert_eq!(name(r#"{"name": "ada"}"#), "ada");
        assert_eq!(name(r#"{"username": "", "email": "a@b"}"#), "a@b");
        assert_eq!(name("null"), "");
    }
}
