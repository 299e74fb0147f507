//! What a person types to sign in, and what the server says of who they are.

use super::field;
use super::json::{Json, Object};

/// A user name and password with where they are valid; empty fields are not sent.
#[derive(Clone, Default, PartialEq)]
pub struct Credentials {
    pub username: String,
    pub password: String,
    /// Where the token is to work.
    pub domain: String,
    /// Where the user lives.
    pub auth_domain: String,
    /// Which directory knows the user; the server's own accounts where empty.
    pub connection: String,
}

impl Credentials {
    /// Without the spaces that came along when names were typed or pasted. The password is left as it is.
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

    /// The body of `POST auth/tokens`. Without the two limits, in minutes, refresh tokens never end and pile up on the
    /// server.
    pub fn body(&self, (lifetime, unused): (u64, u64)) -> Json {
        let mut body = filled(&[
            ("grant_type", "password"),
            ("username", &self.username),
            ("password", &self.password),
            ("domain", &self.domain),
            ("auth_domain", &self.auth_domain),
            ("connection", &self.connection),
        ]);
        body.insert("refresh_token_lifetime".to_owned(), lifetime.into());
        body.insert("refresh_token_revoke_unused_in".to_owned(), unused.into());
        Json::Object(body)
    }
}

/// What renews a token, in the domain that it is for: used for another one, the refresh token is revoked.
pub struct Renewal {
    pub refresh_token: String,
    pub client_id: Option<String>,
}

impl Renewal {
    /// The body of `POST auth/tokens`.
    pub fn body(&self) -> Json {
        Json::Object(filled(&[
            ("grant_type", "refresh_token"),
            ("refresh_token", &self.refresh_token),
            ("client_id", self.client_id.as_deref().unwrap_or_default()),
        ]))
    }
}

/// The body of `POST auth/revoke`.
pub fn revocation(refresh_token: &str, client_id: Option<&str>) -> Json {
    Json::Object(filled(&[("token", refresh_token), ("client_id", client_id.unwrap_or_default())]))
}

fn filled(fields: &[(&str, &str)]) -> Object {
    let mut filled = Object::default();
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        filled.insert((*name).to_owned(), (*value).into());
    }
    filled
}

/// A domain that the person may work in.
#[derive(Clone, Default, PartialEq)]
pub struct Domain {
    pub id: String,
    pub name: String,
}

impl Domain {
    /// `None` without a name and an id.
    pub fn from_value(value: &Json) -> Option<Self> {
        let (id, name) = (field(value, "id"), field(value, "name"));
        let name = if name.is_empty() { id.clone() } else { name };
        (!name.is_empty()).then_some(Self { id, name })
    }
}

/// The answer of `GET auth/self/user`, whose fields are documented nowhere: what can be found in it.
#[derive(Clone, Default, PartialEq)]
pub struct User {
    pub name: String,
    pub domain: String,
}

impl User {
    pub fn from_value(value: &Json) -> Self {
        let first = |names: &[&str]| {
            names.iter().map(|name| field(value, name)).find(|text| !text.is_empty()).unwrap_or_default()
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
    use crate::model::parse;
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
        let said = |name: &str| typed.body((1, 1)).get(name).and_then(Json::as_str).map(str::to_owned);
        assert_eq!(said("domain").as_deref(), Some("payments"));
        assert_eq!(said("connection").as_deref(), Some("ldap"));
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
        let name = |text: &str| User::from_value(&parse(text).expect("JSON")).name;
        assert_eq!(name(r#"{"name": "ada"}"#), "ada");
        assert_eq!(name(r#"{"username": "", "email": "a@b"}"#), "a@b");
        assert_eq!(name("null"), "");
    }
}
