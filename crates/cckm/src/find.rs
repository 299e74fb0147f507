//! Ranking of names by a text that a person types, for a search over views, actions, containers and jobs.
//!
//! A name that equals the text is best, then one that begins with it, then one with a word that begins with it, and
//! then one that contains it anywhere. Upper and lower case of ASCII letters are alike.

/// How a name contains what was typed, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The name is what was typed.
    Whole,
    /// The name begins with it.
    Start,
    /// A word of the name begins with it.
    Word,
    /// It stands anywhere in the name.
    Part,
}

/// The place of a name among others; a smaller one is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    fit: Fit,
    /// The length of the name in bytes: of two names that fit alike, the shorter one is meant more often.
    length: usize,
}

/// How `name` contains `typed`; `None` where it does not. Nothing typed begins every name.
///
/// ```
/// use cckm::find::{Fit, fit};
///
/// assert_eq!(fit("prod-kms", "kms"), Some(Fit::Word));
/// assert_eq!(fit("prod-kms", "ms"), Some(Fit::Part));
/// assert_eq!(fit("prod-kms", "dev"), None);
/// ```
pub fn fit(name: &str, typed: &str) -> Option<Fit> {
    let (name, typed) = (name.as_bytes(), typed.as_bytes());
    let at = |at: usize| name.get(at..at + typed.len()).is_some_and(|part| part.eq_ignore_ascii_case(typed));
    if at(0) {
        return Some(if name.len() == typed.len() { Fit::Whole } else { Fit::Start });
    }
    let mut best = None;
    for place in (1..name.len()).filter(|place| at(*place)) {
        // Bytes above ASCII belong to letters.
        let before = name.get(place - 1).copied().unwrap_or_default();
        if before.is_ascii() && !before.is_ascii_alphanumeric() {
            return Some(Fit::Word);
        }
        best = Some(Fit::Part);
    }
    best
}

/// The rank of something with these `names` for what was typed. Each word of `typed` has to be in one of the names,
/// and the word that fits worst decides. `None` where a word is in none of them.
pub fn rank(names: &[&str], typed: &str) -> Option<Rank> {
    let typed = typed.trim();
    let length = names.first().map_or(0, |name| name.len());
    let whole = names.iter().filter_map(|name| fit(name, typed)).min();
    if let Some(fit) = whole.filter(|fit| *fit != Fit::Part) {
        return Some(Rank { fit, length });
    }
    let mut worst = Fit::Whole;
    for word in typed.split_whitespace() {
        worst = worst.max(names.iter().filter_map(|name| fit(name, word)).min()?);
    }
    // Several words are less than the same text in one piece.
    Some(Rank { fit: if typed.contains(char::is_whitespace) { worst.max(Fit::Word) } else { worst }, length })
}

/// The best `most` of `items`, the best first. Of those with the same rank, the earlier one is better.
pub fn best<T>(items: impl Iterator<Item = (Rank, T)>, most: usize) -> Vec<(Rank, T)> {
    let mut kept: Vec<(Rank, T)> = Vec::new();
    for (rank, item) in items {
        let at = kept.partition_point(|(other, _)| *other <= rank);
        if at < most {
            kept.insert(at, (rank, item));
            kept.truncate(most);
        }
    }
    kept
}

/// Whether `text` may be the complete id of a job: it is long, has no white space, and a digit.
pub fn is_like_id(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    text.len() >= 16 && text.chars().all(is_part) && text.contains(|c: char| c.is_ascii_digit())
}
