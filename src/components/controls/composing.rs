//! Keys that belong to a word that is being composed, as Chinese, Japanese and Korean are typed.

use leptos::ev::KeyboardEvent;

/// The key code of a key that an input method has taken. Some browsers tell it by this alone.
const TAKEN: u32 = 229;

/// Whether the key belongs to the input method: an Escape takes back the word, and an Enter accepts it.
pub fn is_composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == TAKEN
}
