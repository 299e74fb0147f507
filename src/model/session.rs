//! The answer to a sign-in and the claims inside its token.
//!
//! Claims may hide a button, never decide what is allowed: nothing here checks a signature.

use super::{Json, field, number_of, parse, texts_of};

#[derive(Clone, PartialEq, Default)]
pub struct Token {
    pub jwt: String,
    /// Seconds that the token lives.
    pub duration: u64,
    /// A renewal may leave it out: the old one stays good.
    pub refresh_token: Option<String>,
    pub client_id: Option<String>,
}

impl Token {
    /// `None` without a token.
    pub fn from_value(value: &Json) -> Option<Self> {
        let some = |name: &str| Some(field(value, name)).filter(|text| !text.is_empty());
        Some(Self {
            jwt: some("jwt").filter(|jwt| may_be_token(jwt))?,
            // Documented as 300 in every answer.
            duration: value.get("duration").and_then(number_of).unwrap_or(300),
            refresh_token: some("refresh_token"),
            client_id: some("client_id"),
        })
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

#[derive(Clone, PartialEq, Default)]
pub struct Claims {
    /// `preferred_username`, else the subject.
    pub user: String,
    /// By which the server knows them, whatever they are called.
    pub subject: String,
    pub groups: Vec<String>,
    pub domain_id: String,
    /// Seconds since the epoch, where the token says it.
    pub exp: Option<u64>,
}

impl Claims {
    /// `None` where the text is no JWT with an object of claims.
    pub fn from_jwt(jwt: &str) -> Option<Self> {
        let bytes = base64url(jwt.trim().split('.').nth(1)?)?;
        let value = parse(std::str::from_utf8(&bytes).ok()?).ok()?;
        if !matches!(value, Json::Object(_)) {
            return None;
        }
        let custom = value.get("cust").unwrap_or(&Json::Null);
        let name = field(&value, "preferred_username");
        let subject = field(&value, "sub");
        Some(Self {
            user: if name.is_empty() { subject.clone() } else { name },
            subject,
            groups: custom.get("groups").map(texts_of).unwrap_or_default(),
            domain_id: field(custom, "domain_id"),
            exp: value.get("exp").and_then(number_of),
        })
    }
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
