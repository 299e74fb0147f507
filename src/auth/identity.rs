//! The identity of the signed-in person, from the form, the server and the token. Pure.

use crate::api::auth::LIST_DOMAINS;
use crate::api::failure::Failure;
use cckm::page::Page;
use cckm::sign_in::{Domain, User};
use cckm::text;
use cckm::token::Claims;

/// Whether somebody is signed in.
#[derive(Clone, PartialEq)]
pub enum AuthState {
    /// Not known yet: a proxy or a cookie may authorize the requests.
    Unknown,
    /// Nobody is signed in. The sentence is the reason why the last session ended, if there was one.
    SignedOut(Option<&'static str>),
    SignedIn(Identity),
}

/// The signed-in person, and the domain in which the session works.
#[derive(Clone, PartialEq, Default)]
pub struct Identity {
    pub name: String,
    pub domain: String,
    /// The groups in the token; `None` without a token that can be decoded.
    pub groups: Option<Vec<String>>,
    /// A key that is unique to this person in this domain. `None` without a token or a name that proves both.
    pub key: Option<String>,
}

impl Identity {
    /// The identity of a person whose requests are authorized by a proxy or a cookie.
    pub fn without_token(user: User) -> Self {
        let User { name, domain } = user;
        let key = (!name.is_empty()).then(|| ["no token\n", &name, "\n", &domain].concat());
        Self { name, domain, groups: None, key }
    }

    /// Whether `other` is the same person in the same domain, as far as that is known.
    pub fn is_as(&self, other: &Self) -> bool {
        // Without a token that can be decoded, only the names can be compared.
        let may_be = self.key == other.key || self.groups.is_none();
        self.name == other.name && self.domain == other.domain && may_be
    }
}

/// The domains in which the person may work, as far as the server lists them.
#[derive(Clone, Default)]
pub struct Domains {
    pub all: Vec<Domain>,
    /// Why the list may be incomplete, where another request may succeed.
    pub failure: Option<Failure>,
}

impl Domains {
    /// Stores the result of the request for the domains.
    pub fn store(&mut self, result: Result<Page<Domain>, Failure>) {
        match result {
            Ok(page) => {
                let unread = text::unread(page.unread, "domain", "domains");
                let failure = (page.unread > 0).then(|| Failure::unreadable(LIST_DOMAINS, &unread, ""));
                *self = Self { all: page.resources, failure };
            }
            // A person without the permission to list domains works in one domain, whose name is shown.
            Err(failure) if failure.is_for_good() => *self = Self::default(),
            Err(failure) => self.failure = Some(failure),
        }
    }
}

/// Groups that every server defines and that give no permission to synchronize. Any other group, including one that
/// an operator has created, may give it, because policies can be attached to it.
///
/// <https://thalesdocs.com/ctp/cm/latest/admin/cm_admin/groups/index.html>
const OTHER_DUTIES: [&str; 9] = [
    "All Clients",
    "Application Data Protection Admins",
    "Application Data Protection Clients",
    "Audit Admins",
    "Backup Admins",
    "CA Admins",
    "Client Admins",
    "Key Admins",
    "Key Users",
];

/// Shown at the buttons for a person who is only in groups with other duties. The buttons stay enabled, because the
/// server decides.
pub const MAY_NOT: &str =
    "Your user is in none of the groups that may start or cancel synchronizations. The server decides.";

impl AuthState {
    /// Whether the person may start and cancel synchronizations, as far as the token shows. False only where every
    /// group is known to have another duty: an unknown group may give the permission, and a token without groups
    /// proves nothing.
    pub fn may_synchronize(&self) -> bool {
        let Self::SignedIn(Identity { groups: Some(groups), .. }) = self else { return true };
        groups.is_empty() || groups.iter().any(|group| !OTHER_DUTIES.contains(&group.as_str()))
    }
}

/// A prompt to sign in again while the page stays open.
#[derive(Clone, Copy, PartialEq)]
pub struct ReauthPrompt {
    pub why: &'static str,
    /// Whether the present session continues without a new sign-in. If so, no request waits for the prompt.
    pub may_stay: bool,
}

/// The id of the domain that every server has.
const ROOT_DOMAIN: &str = "00000000-0000-0000-0000-000000000000";

/// The identity to which `token` was issued. `name` and `domain` are those that were typed; where they are empty, the
/// token supplies them.
pub fn identity(token: &str, name: String, domain: String) -> Identity {
    let claims = Claims::from_jwt(token);
    let claimed = |read: fn(&Claims) -> String| claims.as_ref().map(read).unwrap_or_default();
    let either = |entered: String, read: fn(&Claims) -> String| {
        if entered.is_empty() { claimed(read) } else { entered }
    };
    let domain = either(domain, |claims| {
        if claims.domain_id == ROOT_DOMAIN { "root".to_owned() } else { claims.domain_id.clone() }
    });
    let name = either(name, |claims| claims.user.clone());
    // Names are not unique: another directory or another domain may have a user with the same name.
    let key = claims.as_ref().filter(|claims| !claims.subject.is_empty() && !claims.domain_id.is_empty());
    let key = key.map(|claims| ["token\n", &claims.subject, "\n", &claims.domain_id].concat());
    Identity { name, domain, groups: claims.map(|claims| claims.groups), key }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_groups_that_are_known_to_be_for_something_else_speak_against_starting() {
        let with = |groups: Option<&[&str]>| {
            let groups = groups.map(|groups| groups.iter().map(|group| (*group).to_owned()).collect());
            AuthState::SignedIn(Identity { groups, ..Identity::default() })
        };
        assert!(with(None).may_synchronize());
        assert!(with(Some(&["Key Users", "CCKM Users"])).may_synchronize());
        assert!(with(Some(&["admin"])).may_synchronize());
        assert!(with(Some(&["Finance"])).may_synchronize(), "nobody knows what it allows");
        assert!(with(Some(&["Key Users", "Finance"])).may_synchronize());
        assert!(with(Some(&[])).may_synchronize(), "a token need not name groups");
        assert!(!with(Some(&["Key Users"])).may_synchronize());
        assert!(!with(Some(&["Audit Admins", "Key Users"])).may_synchronize());
    }

    #[test]
    fn two_of_one_name_are_not_the_same() {
        // {"sub":"local|1","cust":{"domain_id":"d"}} and {"sub":"ldap|2","cust":{"domain_id":"d"}}
        let local = "x.eyJzdWIiOiJsb2NhbHwxIiwiY3VzdCI6eyJkb21haW5faWQiOiJkIn19.x";
        let other = "x.eyJzdWIiOiJsZGFwfDIiLCJjdXN0Ijp7ImRvbWFpbl9pZCI6ImQifX0.x";
        let who = |token| identity(token, "ada".to_owned(), "payments".to_owned());
        assert!(who(local).is_as(&who(local)) && who(local).key.is_some());
        assert!(!who(local).is_as(&who(other)) && who(local).key != who(other).key);
        assert!(who("no token").key.is_none(), "nothing sets them apart from others");
        // {"sub":"local|1"}
        assert!(who("x.eyJzdWIiOiJsb2NhbHwxIn0.x").key.is_none(), "nor one domain from another");

        let user = |name: &str| User { name: name.to_owned(), domain: "payments".to_owned() };
        let without = Identity::without_token(user("ada"));
        assert!(without.is_as(&who(local)) && without.key != who(local).key);
        assert!(Identity::without_token(user("")).key.is_none());
    }

    #[test]
    fn a_person_is_named_by_what_they_said_else_by_the_token() {
        // {"preferred_username":"ada","cust":{"domain_id":"00000000-0000-0000-0000-000000000000"}}
        let token = "x.eyJwcmVmZXJyZWRfdXNlcm5hbWUiOiJhZGEiLCJjdXN0Ijp7ImRvbWFpbl9pZCI6IjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMCJ9fQ.x";
        let found = identity(token, String::new(), String::new());
        assert_eq!((found.name.as_str(), found.domain.as_str()), ("ada", "root"));
        let found = identity(token, "eve".to_owned(), "payments".to_owned());
        assert_eq!((found.name.as_str(), found.domain.as_str()), ("eve", "payments"));
        assert!(identity("no token", String::new(), String::new()).groups.is_none());
    }
}
