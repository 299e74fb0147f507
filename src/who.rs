//! Who is signed in, as far as they, the server and a token say. Pure: decides nothing.

use crate::model::session::Claims;

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
    /// The groups that the token names; `None` where there is no token to read.
    pub groups: Option<Vec<String>>,
}

/// The groups whose members may start and cancel synchronizations, by the vendor's documentation.
const SYNCHRONIZE: [&str; 3] = ["admin", "CCKM Admins", "CCKM Users"];

/// What stands at the buttons of somebody who is in none of them. The server decides all the same.
pub const MAY_NOT: &str =
    "Your user is in none of the groups that may start or cancel synchronizations. The server decides.";

impl State {
    /// Whether nothing that the token says speaks against starting and cancelling.
    pub fn may_synchronize(&self) -> bool {
        let Self::In(Who { groups: Some(groups), .. }) = self else { return true };
        groups.iter().any(|group| SYNCHRONIZE.contains(&group.as_str()))
    }
}

/// Why the person is asked to sign in while a page is open.
#[derive(Clone, Copy, PartialEq)]
pub struct Again {
    pub why: &'static str,
    /// Whether the session that is there goes on if they don't: nothing waits for the answer then.
    pub may_stay: bool,
}

/// The identifier of the domain that every server has.
const ROOT_DOMAIN: &str = "00000000-0000-0000-0000-000000000000";

/// Who a token speaks for, as far as it and the person say.
pub fn who(token: &str, name: String, domain: String) -> Who {
    let claims = Claims::from_jwt(token);
    let claimed = |read: fn(&Claims) -> String| claims.as_ref().map(read).unwrap_or_default();
    let either =
        |said: String, read: fn(&Claims) -> String| if said.is_empty() { claimed(read) } else { said };
    let domain = either(domain, |claims| {
        if claims.domain_id == ROOT_DOMAIN { "root".to_owned() } else { claims.domain_id.clone() }
    });
    let name = either(name, |claims| claims.user.clone());
    Who { name, domain, groups: claims.map(|claims| claims.groups) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_groups_that_are_known_and_other_speak_against_starting() {
        let with = |groups: Option<&[&str]>| {
            let groups = groups.map(|groups| groups.iter().map(|group| (*group).to_owned()).collect());
            State::In(Who { groups, ..Who::default() })
        };
        assert!(with(None).may_synchronize());
        assert!(with(Some(&["Key Users", "CCKM Users"])).may_synchronize());
        assert!(!with(Some(&["Key Users"])).may_synchronize());
        assert!(!with(Some(&[])).may_synchronize());
    }

    #[test]
    fn a_person_is_named_by_what_they_said_else_by_the_token() {
        // {"preferred_username":"ada","cust":{"domain_id":"00000000-0000-0000-0000-000000000000"}}
        let token = "x.eyJwcmVmZXJyZWRfdXNlcm5hbWUiOiJhZGEiLCJjdXN0Ijp7ImRvbWFpbl9pZCI6IjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMCJ9fQ.x";
        let found = who(token, String::new(), String::new());
        assert_eq!((found.name.as_str(), found.domain.as_str()), ("ada", "root"));
        let found = who(token, "eve".to_owned(), "payments".to_owned());
        assert_eq!((found.name.as_str(), found.domain.as_str()), ("eve", "payments"));
        assert!(who("no token", String::new(), String::new()).groups.is_none());
    }
}
