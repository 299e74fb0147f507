//! Any text as what a person pasted in place of a token, as a token's claims, and as the answer to a sign-in.
#![no_main]

use cckm::token::{Claims, Token, may_be_token, pasted_token};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let pasted = pasted_token(text);
    assert!(text.contains(pasted));
    assert_eq!(pasted_token(pasted), pasted);
    _ = Claims::from_jwt(text);
    if let Ok(value) = serde_json::from_str(text)
        && let Some(token) = Token::from_value(&value)
    {
        assert!(may_be_token(&token.jwt));
    }
});
