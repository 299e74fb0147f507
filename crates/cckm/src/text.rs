//! Small functions on texts: shortening, counting, and searching without regard to case.
//!
//! Only ASCII letters change case here, because the tables of Unicode would enlarge the first load.

use std::collections::HashSet;
use std::sync::OnceLock;

/// Decodes UTF-8 as a browser does: without a byte order mark, and with `U+FFFD` in place of invalid sequences.
pub fn of_bytes(mut bytes: Vec<u8>) -> String {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Whether a response body is an HTML page, as proxies and sign-in pages send it in place of data.
pub fn is_page(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

/// Shortens `text` to `most` characters by leaving out the middle, because the end of an id matters too.
pub fn middle(text: &str, most: usize) -> String {
    let length = text.chars().count();
    if length <= most || most == 0 {
        return text.to_string();
    }
    let kept = most - 1;
    let tail = kept / 2;
    let head = kept - tail;
    let mut cut: String = text.chars().take(head).collect();
    cut.push('…');
    cut.extend(text.chars().skip(length - tail));
    cut
}

/// Shortens an id for a row or a sentence to 13 characters. The view puts the whole id into the title.
pub fn short(id: &str) -> String {
    middle(id, 13)
}

/// Returns the server's text, or words in its place where it is blank.
pub fn or_empty(text: &str) -> &str {
    if text.trim().is_empty() { "an empty text" } else { text }
}

static NUMBER_FORMAT: OnceLock<fn(u64) -> String> = OnceLock::new();

/// Sets how [`number`] writes numbers of more than three digits. Call it once, before the first text is written;
/// without it they are written as digits alone.
pub fn set_number_format(write: fn(u64) -> String) {
    _ = NUMBER_FORMAT.set(write);
}

/// A number as the reader's locale writes it: "1,200".
pub fn number(number: u64) -> String {
    match NUMBER_FORMAT.get() {
        Some(write) if number >= 1000 => write(number),
        _ => number.to_string(),
    }
}

/// The words with a capital at the beginning.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// A number with the noun in singular or plural: "1 key ring", "3 key rings".
pub fn count(count: usize, one: &str, many: &str) -> String {
    [number(count as u64).as_str(), " ", if count == 1 { one } else { many }].concat()
}

/// The sentence about items that cannot be read; empty where there are none.
pub fn unread(count: u64, one: &str, many: &str) -> String {
    match count {
        0 => String::new(),
        1 => ["One ", one, " of the server's list cannot be read and is not shown."].concat(),
        count => {
            [&number(count), " ", many, " of the server's list cannot be read and are not shown."].concat()
        }
    }
}

/// Joins the numbers that are not 0, each with its words: "3 accepted, 1 refused".
pub fn tally(all: &[(usize, &str)]) -> String {
    let mut text = String::new();
    for (count, words) in all.iter().filter(|(count, _)| *count > 0) {
        text.push_str(if text.is_empty() { "" } else { ", " });
        text.push_str(&number(*count as u64));
        text.push(' ');
        text.push_str(words);
    }
    text
}

/// Whether `text` contains `part`, without regard to ASCII case. White space around `part` is ignored.
pub fn holds(text: &str, part: &str) -> bool {
    holds_bytes(text.as_bytes(), part.trim().as_bytes())
}

/// Like [`holds`] for bytes, but with `part` as it is.
pub fn holds_bytes(mut text: &[u8], part: &[u8]) -> bool {
    let Some((first, rest)) = part.split_first() else { return true };
    // Searches for the first letter alone, because most texts do not contain most of the words.
    while let Some(at) = text.iter().position(|byte| byte.eq_ignore_ascii_case(first)) {
        text = text.get(at + 1..).unwrap_or_default();
        if text.get(..rest.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(rest)) {
            return true;
        }
    }
    false
}

/// The lines of `text`, trimmed, without empty lines and duplicates.
pub fn lines(text: &str) -> Vec<String> {
    // Somebody may paste tens of thousands.
    let mut known = HashSet::new();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.filter(|line| known.insert(*line)).map(str::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_as_a_browser_reads_them() {
        for (bytes, text) in [
            (&b"{}"[..], "{}"),
            (b"", ""),
            ("\u{feff}{\"ö\": \"👍\"}".as_bytes(), "{\"ö\": \"👍\"}"),
            (b"\xef\xbb\xbf\xef\xbb\xbf1", "\u{feff}1"),
            (b"M\xfcller \xf0\x9f\x91", "M\u{fffd}ller \u{fffd}"),
        ] {
            assert_eq!(of_bytes(bytes.to_vec()), text);
        }
    }
}
