//! Small work on texts: cutting in the middle, counting, searching without case.
//!
//! ASCII alone changes case here: Unicode's tables would be a weight on the first load.

/// The text that bytes of UTF-8 are, as a browser reads it: without the mark that some editors begin a file with, and with
/// `U+FFFD` for what is none.
pub fn of_bytes(mut bytes: Vec<u8>) -> String {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Whether an answer is a page for a person, as a proxy or a sign-in sends it in place of data.
pub fn is_page(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

/// At most `most` characters with the middle left out: the end of an id matters.
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

/// An id as it stands in a row or a sentence; the whole is in its title.
pub fn short(id: &str) -> String {
    middle(id, 13)
}

/// The server's text, or words for one in which there is nothing to be seen.
pub fn or_empty(text: &str) -> &str {
    if text.trim().is_empty() { "an empty text" } else { text }
}

/// "1 key ring", "3 key rings".
pub fn count(number: usize, one: &str, many: &str) -> String {
    [number.to_string().as_str(), " ", if number == 1 { one } else { many }].concat()
}

/// What a page says of items that it cannot read; empty where there are none.
pub fn unread(number: u64, one: &str, many: &str) -> String {
    match number {
        0 => String::new(),
        1 => ["One ", one, " of the server's list cannot be read and is not shown."].concat(),
        number => [&number.to_string(), " ", many, " of the server's list cannot be read and are not shown."]
            .concat(),
    }
}

/// "3 accepted, 1 refused": the numbers that are not 0, each with its words.
pub fn tally(all: &[(usize, &str)]) -> String {
    let mut text = String::new();
    for (number, words) in all.iter().filter(|(number, _)| *number > 0) {
        text.push_str(if text.is_empty() { "" } else { ", " });
        text.push_str(&number.to_string());
        text.push(' ');
        text.push_str(words);
    }
    text
}

/// Whether `text` contains `part`, upper and lower case alike.
pub fn holds(text: &str, part: &str) -> bool {
    holds_bytes(text.as_bytes(), part.trim().as_bytes())
}

/// The same for texts as bytes; `part` is taken as it is.
pub fn holds_bytes(mut text: &[u8], part: &[u8]) -> bool {
    let Some((first, rest)) = part.split_first() else { return true };
    // By the first letter: most texts are looked through for words that they don't hold.
    while let Some(at) = text.iter().position(|byte| byte.eq_ignore_ascii_case(first)) {
        text = text.get(at + 1..).unwrap_or_default();
        if text.get(..rest.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(rest)) {
            return true;
        }
    }
    false
}

/// The non-empty trimmed lines, each once.
pub fn lines(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !all.iter().any(|known| known == line) {
            all.push(line.to_string());
        }
    }
    all
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
