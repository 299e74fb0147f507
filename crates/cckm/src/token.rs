//! The answer to a sign-in and the claims inside its token.
//!
//! Claims may hide a button, never decide what is allowed: nothing here checks a signature.

use crate::lenient;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The answer to a sign-in or a renewal. `POST auth/tokens`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct Token {
    /// What authorizes requests.
    #[serde(default, deserialize_with = "lenient::text")]
    pub jwt: String,
    /// Seconds that the token lives. Documented as 300 in every answer, which is what is taken where it is missing.
    #[serde(default = "documented_duration", deserialize_with = "duration")]
    pub duration: u64,
    /// A renewal may leave it out: the old one stays good.
    #[serde(default, deserialize_with = "lenient::some_text")]
    pub refresh_token: Option<String>,
    /// Which client the refresh token was given to.
    #[serde(default, deserialize_with = "lenient::some_text")]
    pub client_id: Option<String>,
}

fn documented_duration() -> u64 {
    300
}

fn duration<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    Ok(lenient::number(from)?.unwrap_or_else(documented_duration))
}

impl Token {
    /// `None` without a token that a header can hold.
    pub fn from_value(value: &Value) -> Option<Self> {
        Self::deserialize(value).ok().filter(|token| may_be_token(&token.jwt))
    }
}

/// The token in what a person has pasted: without the spaces, quotes, `Bearer` and name of the header that came along.
/// What stands inside of it is left alone.
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

/// What follows `name` at the beginning of `text`, in upper or lower case.
fn after_name<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (begin, after) = text.split_at_checked(name.len())?;
    begin.eq_ignore_ascii_case(name).then_some(after)
}

/// Whether `text` can stand in a header at all: visible ASCII without spaces.
pub fn may_be_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// What a token says of who it was made for. It may hide a button, and never decides what is allowed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Claims {
    /// `preferred_username`, else the subject.
    pub user: String,
    /// By which the server knows them, whatever they are called.
    pub subject: String,
    /// The groups that the person is in.
    pub groups: Vec<String>,
    /// The domain that the token works in.
    pub domain_id: String,
    /// Seconds since the epoch, where the token says it.
    pub exp: Option<u64>,
}

impl Claims {
    /// `None` where the text is no JWT with an object of claims.
    pub fn from_jwt(jwt: &str) -> Option<Self> {
        let bytes = base64url(jwt.trim().split('.').nth(1)?)?;
        let Payload { preferred_username: name, sub: subject, cust, exp } = payload(&bytes)?;
        Some(Self {
            user: if name.is_empty() { subject.clone() } else { name },
            subject,
            groups: cust.groups,
            domain_id: cust.domain_id,
            exp,
        })
    }
}

/// The claims as they are sent.
#[derive(Debug, Deserialize)]
struct Payload {
    #[serde(default, deserialize_with = "lenient::text")]
    preferred_username: String,
    #[serde(default, deserialize_with = "lenient::text")]
    sub: String,
    #[serde(default, deserialize_with = "custom")]
    cust: Custom,
    #[serde(default, deserialize_with = "lenient::number")]
    exp: Option<u64>,
}

/// The claims of `CipherTrust` Manager's own.
#[derive(Debug, Default, Deserialize)]
struct Custom {
    #[serde(default, deserialize_with = "lenient::texts")]
    groups: Vec<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    domain_id: String,
}

fn payload(bytes: &[u8]) -> Option<Payload> {
    // By a text, because every other answer is read from one.
    object(&serde_json::from_str(std::str::from_utf8(bytes).ok()?).ok()?)
}

fn custom<'de, D: Deserializer<'de>>(from: D) -> Result<Custom, D::Error> {
    Ok(object(&Value::deserialize(from)?).unwrap_or_default())
}

/// Reads an object, and nothing else: from an array, serde would take its items for the fields in their order.
fn object<T: DeserializeOwned>(value: &Value) -> Option<T> {
    value.is_object().then(|| T::deserialize(value))?.ok()
}

/// The bytes of unpadded or padded base64url text.
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
