//! The response to a sign-in, and the claims in its token.
//!
//! The signature is not checked, so claims may hide a button but never decide what is allowed.

use crate::lenient;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The response to a sign-in or a renewal, `POST auth/tokens`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct Token {
    /// The token that authorizes requests.
    #[serde(default, deserialize_with = "lenient::text")]
    pub jwt: String,
    /// The lifetime of the token in seconds. It is documented as 300 for every response, so 300 replaces a missing
    /// value, and 0, with which no token would be of use.
    #[serde(default = "documented_duration", deserialize_with = "duration")]
    pub duration: u64,
    /// The refresh token. The response to a renewal may lack it, and the previous one then stays valid.
    #[serde(default, deserialize_with = "lenient::some_text")]
    pub refresh_token: Option<String>,
    /// The client for which the server issued the refresh token.
    #[serde(default, deserialize_with = "lenient::some_text")]
    pub client_id: Option<String>,
}

fn documented_duration() -> u64 {
    300
}

fn duration<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    Ok(lenient::number(from)?.filter(|seconds| *seconds > 0).unwrap_or_else(documented_duration))
}

impl Token {
    /// Reads a response; `None` where it has no token that an HTTP header can hold.
    pub fn from_value(value: &Value) -> Option<Self> {
        Self::deserialize(value).ok().filter(|token| may_be_token(&token.jwt))
    }
}

/// Returns the token in a pasted text, without surrounding white space, quotes, `Bearer` and the name of the header.
/// The characters inside the token are not changed.
pub fn pasted_token(text: &str) -> &str {
    let mut rest = text;
    loop {
        let bare = rest.trim_matches(|c: char| c.is_whitespace() || "\"'`“”„‘’«»,;".contains(c));
        let after = after_name(bare, "authorization:").or_else(|| {
            after_name(bare, "bearer")
                .filter(|after| after.starts_with(|c: char| c.is_whitespace() || c == ':'))
        });
        let after = after.map_or(bare, |after| after.trim_start_matches(':'));
        if after.len() == rest.len() {
            return rest;
        }
        rest = after;
    }
}

/// The rest of `text` after the prefix `name`, without regard to case.
fn after_name<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (begin, after) = text.split_at_checked(name.len())?;
    begin.eq_ignore_ascii_case(name).then_some(after)
}

/// Whether an HTTP header can hold `text` as a token: visible ASCII without spaces.
pub fn may_be_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The claims of a token. They may hide a button but never decide what is allowed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Claims {
    /// `preferred_username`; the subject where that is missing.
    pub user: String,
    /// The subject, which identifies the user whatever the name is.
    pub subject: String,
    /// The groups of the user.
    pub groups: Vec<String>,
    /// The id of the domain for which the token is valid; empty where the token does not name it.
    pub domain_id: String,
    /// The time of expiry in seconds since the epoch; `None` where the token has none.
    pub exp: Option<u64>,
}

impl Claims {
    /// Reads the claims of a JWT; `None` where the text is no JWT with an object of claims.
    pub fn from_jwt(jwt: &str) -> Option<Self> {
        let bytes = base64url(jwt.trim().split('.').nth(1)?)?;
        let Payload { preferred_username: name, sub: subject, cust, acc, exp } = payload(&bytes)?;
        let domain_id =
            if cust.domain_id.is_empty() { acc.strip_prefix("kylo/") } else { Some(&*cust.domain_id) };
        Some(Self {
            user: if name.is_empty() { subject.clone() } else { name },
            subject,
            domain_id: domain_id.unwrap_or_default().to_owned(),
            groups: cust.groups,
            exp,
        })
    }
}

/// The claims as they stand in the token.
#[derive(Debug, Deserialize)]
struct Payload {
    #[serde(default, deserialize_with = "lenient::text")]
    preferred_username: String,
    #[serde(default, deserialize_with = "lenient::text")]
    sub: String,
    #[serde(default, deserialize_with = "custom")]
    cust: Custom,
    /// `kylo/` and the id of the domain.
    #[serde(default, deserialize_with = "lenient::text")]
    acc: String,
    #[serde(default, deserialize_with = "lenient::number")]
    exp: Option<u64>,
}

/// The claims that are specific to `CipherTrust` Manager.
#[derive(Debug, Default, Deserialize)]
struct Custom {
    #[serde(default, deserialize_with = "lenient::texts")]
    groups: Vec<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    domain_id: String,
}

fn payload(bytes: &[u8]) -> Option<Payload> {
    // From a string, as all responses are: parsing from bytes would be a second copy of the parser in the program.
    lenient::object(&serde_json::from_str(std::str::from_utf8(bytes).ok()?).ok()?)
}

fn custom<'de, D: Deserializer<'de>>(from: D) -> Result<Custom, D::Error> {
    Ok(lenient::object(&Value::deserialize(from)?).unwrap_or_default())
}

/// Decodes base64url text with or without padding.
fn base64url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in text.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(bytes)
}
