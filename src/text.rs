//! Small work on texts: cutting in the middle, counting, searching without case.
//!
//! ASCII alone changes case here: Unicode's tables would be a weight on the first load.

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

/// "1 key ring", "3 key rings".
pub fn count(number: usize, one: &str, many: &str) -> String {
    [number.to_string().as_str(), " ", if number == 1 { one } else { many }].concat()
}

/// Whether `text` contains `part`, upper and lower case alike.
pub fn holds(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.trim().as_bytes());
    part.is_empty() || text.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part))
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
