//! What a person types to sign in, and what the server says of who they are.

use super::field;
use serde_json::{Map, Value};

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
    /// The body of `POST auth/tokens`.
    pub fn body(&self) -> Value {
        let fields = [
            ("grant_type", "password"),
            ("username", &self.username),
            ("password", &self.password),
            ("domain", &self.domain),
            ("auth_domain", &self.auth_domain),
            ("connection", &self.connection),
        ];
        let filled = fields.into_iter().filter(|(_, value)| !value.is_empty());
        Value::Object(filled.map(|(name, value)| (name.to_owned(), value.into())).collect::<Map<_, _>>())
    }
}

/// The answer of `GET auth/self/user`, whose fields are documented nowhere: what can be found in it.
#[derive(Clone, Default, PartialEq)]
pub struct User {
    pub name: String,
    pub domain: String,
}

impl User {
    pub fn from_value(value: &Value) -> Self {
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
    use serde_json::json;

    #[test]
    fn only_what_was_typed_is_sent() {
        let typed = Credentials { username: "ada".into(), password: " p ".into(), ..Credentials::default() };
        assert_eq!(typed.body(), json!({"grant_type": "password", "username": "ada", "password": " p "}));
        let typed = Credentials { domain: "payments".into(), connection: "ldap".into(), ..typed };
        assert_eq!(typed.body()["domain"], "payments");
        assert_eq!(typed.body()["connection"], "ldap");
        assert!(typed.body().get("auth_domain").is_none());
    }

    #[test]
    fn a_user_is_found_under_any_usual_name() {
        assert_eq!(User::from_value(&json!({"name": "ada"})).name, "ada");
        assert_eq!(User::from_value(&json!({"username": "", "email": "a@b"})).name, "a@b");
        assert_eq!(User::from_value(&Value::Null).name, "");
    }
}
