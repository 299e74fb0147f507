//! Indents JSON and changes nothing else: numbers, escapes, the order of fields and fields that stand twice are those of
//! the text, because a reader of a server's words has to see what they are. A parser would change all of these.

use serde::de::IgnoredAny;

/// How far each level is indented.
const STEP: &str = "  ";

/// `text` with a line for each value, or as it is where it is no JSON.
///
/// ```
/// use cckm::indent::indented;
///
/// assert_eq!(indented(r#"{"n":9007199254740993,"list":[1.0,{}]}"#), r#"{
///   "n": 9007199254740993,
///   "list": [
///     1.0,
///     {}
///   ]
/// }"#);
/// assert_eq!(indented("no {JSON}"), "no {JSON}");
/// ```
pub fn indented(text: &str) -> String {
    if serde_json::from_str::<IgnoredAny>(text).is_err() {
        return text.to_owned();
    }
    let mut made = String::with_capacity(text.len() * 2);
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    // Whether a bracket was opened and nothing has followed it yet.
    let mut is_open = false;
    for c in text.chars() {
        if in_string {
            made.push(c);
            in_string = escaped || c != '"';
            escaped = c == '\\' && !escaped;
            continue;
        }
        if c.is_ascii_whitespace() {
            continue;
        }
        let closes = matches!(c, '}' | ']');
        if closes {
            depth = depth.saturating_sub(1);
        }
        if is_open != closes {
            line(&mut made, depth);
        }
        is_open = matches!(c, '{' | '[');
        made.push(c);
        match c {
            '{' | '[' => depth += 1,
            ',' => line(&mut made, depth),
            ':' => made.push(' '),
            '"' => in_string = true,
            _ => {}
        }
    }
    made
}

fn line(made: &mut String, depth: usize) {
    made.push('\n');
    for _ in 0..depth {
        made.push_str(STEP);
    }
}
