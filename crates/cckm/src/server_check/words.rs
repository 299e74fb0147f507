//! Leaves out of a server's text what may be a name.

use crate::family::FAMILIES;
use crate::text;

/// The words that texts of statuses and results are made of. Any other word may be a name.
const WORDS: &[&str] = &[
    "a",
    "aborted",
    "abort",
    "access",
    "account",
    "active",
    "after",
    "all",
    "already",
    "an",
    "and",
    "are",
    "authorized",
    "backup",
    "be",
    "been",
    "by",
    "cancel",
    "cancelled",
    "canceled",
    "cannot",
    "certificate",
    "certificates",
    "completed",
    "complete",
    "connection",
    "could",
    "custom",
    "deleted",
    "denied",
    "disabled",
    "does",
    "done",
    "empty",
    "enabled",
    "ended",
    "error",
    "errors",
    "exist",
    "expired",
    "failed",
    "failure",
    "finished",
    "for",
    "forbidden",
    "found",
    "from",
    "group",
    "has",
    "have",
    "in",
    "in_progress",
    "inactive",
    "invalid",
    "is",
    "key",
    "keys",
    "license",
    "list",
    "listed",
    "listing",
    "missing",
    "no",
    "not",
    "nothing",
    "of",
    "ok",
    "on",
    "only",
    "organization",
    "paused",
    "partial",
    "partially",
    "partition",
    "pending",
    "permission",
    "permissions",
    "processed",
    "progress",
    "queued",
    "read",
    "refresh",
    "refreshed",
    "region",
    "regions",
    "rejected",
    "ring",
    "rings",
    "running",
    "scheduled",
    "secret",
    "secrets",
    "skipped",
    "some",
    "started",
    "state",
    "states",
    "status",
    "stopped",
    "store",
    "stores",
    "succeeded",
    "success",
    "successful",
    "successfully",
    "sync",
    "synced",
    "synchronization",
    "synchronize",
    "synchronized",
    "synchronizing",
    "the",
    "timed",
    "timeout",
    "to",
    "unable",
    "unknown",
    "unsupported",
    "updated",
    "vault",
    "version",
    "versions",
    "waiting",
    "was",
    "were",
    "with",
    "without",
];

/// `text` with an ellipsis in place of each word that may be a name.
pub fn without_names(text: &str) -> String {
    let mut shown: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        let bare =
            word.trim_matches(|letter: char| matches!(letter, '.' | ',' | ':' | ';' | '!' | '(' | ')'));
        let is_known = WORDS.iter().any(|known| known.eq_ignore_ascii_case(bare)) || is_container(bare);
        let kept = if is_known { word } else { "…" };
        if kept != "…" || shown.last() != Some(&"…") {
            shown.push(kept);
        }
    }
    shown.join(" ")
}

/// Whether a word is one for the containers of a family.
fn is_container(word: &str) -> bool {
    let nouns = FAMILIES.iter().flat_map(|family| [family.containers.one, family.containers.many]);
    nouns.flat_map(str::split_whitespace).any(|noun| noun.eq_ignore_ascii_case(word))
}

/// Adds `times` to the count of `text`.
pub fn count(all: &mut Vec<(String, usize)>, text: &str, times: usize) {
    match all.iter_mut().find(|(known, _)| known == text) {
        Some((_, known)) => *known += times,
        None => all.push((text.to_owned(), times)),
    }
}

/// The error names that are known of the API. Any other may hold a name.
const ERRORS: &[&str] = &[
    "NCERRBadRequest",
    "NCERRConflict",
    "NCERRInsufficientPermissions",
    "NCERRInternalServerError",
    "NCERRInvalidParamValue",
    "NCERRResourceNotFound",
    "NCERRUnauthorizedAccess",
];

/// Whether `text` is an error name of the API.
pub fn is_error_name(text: &str) -> bool {
    ERRORS.contains(&text)
}

/// What `text` looks like, without what it says: its kinds of characters, and its length.
pub fn shape(text: &str) -> String {
    let mut kinds = String::new();
    for letter in text.chars() {
        let kind = match letter {
            _ if letter.is_uppercase() => 'A',
            _ if letter.is_alphabetic() => 'a',
            _ if letter.is_numeric() => '9',
            '_' | '-' | '.' | '+' | ':' | '/' | '@' => letter,
            _ if letter.is_whitespace() => ' ',
            _ => '?',
        };
        if !kinds.ends_with(kind) {
            kinds.push(kind);
        }
    }
    let length = text::count(text.chars().count(), "character", "characters");
    [&text::middle(&kinds, 24), " (", &length, ")"].concat()
}

/// The two first numbers of a version, and its numbers alone: `2.22.0+15632` is shown as `2.22.0+15632`, `2.22.0-alice`
/// as `2.22.0-…`. `None` for what has no such form.
pub fn version(text: &str) -> Option<(u64, u64, String)> {
    let text = text.trim();
    let at = text.find(['+', '-']).unwrap_or(text.len());
    let (number, suffix) = text.split_at(at);
    let parts: Vec<u64> = number.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [major, minor, ..] = parts[..] else { return None };
    let is_build = suffix.len() <= 8 && suffix.bytes().skip(1).all(|byte| byte.is_ascii_digit());
    let shown = match suffix.get(..1) {
        Some(sign) if !is_build => [number, sign, "…"].concat(),
        _ => text.to_owned(),
    };
    Some((major, minor, shown))
}

#[cfg(test)]
mod tests {
    use super::{is_error_name, shape, version, without_names};

    #[test]
    fn only_words_of_the_interface_are_kept() {
        assert_eq!(
            without_names("vault payments-prod synchronized by bob@example.com"),
            "vault … synchronized by …"
        );
        assert_eq!(
            without_names("Partially synchronized: 3 of 4 keys"),
            "Partially synchronized: … of … keys"
        );
        assert_eq!(without_names("frankfurt"), "…");
    }

    #[test]
    fn a_version_is_shown_without_words() {
        let shown = |text| version(text).map(|(_, minor, shown)| (minor, shown));
        assert_eq!(shown("2.22.0+15632"), Some((22, "2.22.0+15632".to_owned())));
        assert_eq!(shown("2.11-9"), Some((11, "2.11-9".to_owned())));
        assert_eq!(shown("2.22.0-alice.payments"), Some((22, "2.22.0-…".to_owned())));
        assert_eq!(shown("0.0.0+emulator.1"), Some((0, "0.0.0+…".to_owned())));
        for other in ["cm.example.com", "2", "", "2.x", "+1.2"] {
            assert_eq!(version(other), None, "{other}");
        }
    }

    #[test]
    fn a_shape_says_nothing() {
        assert_eq!(shape("sync_kind"), "a_a (9 characters)");
        assert_eq!(shape("Alice@payments-7"), "Aa@a-9 (16 characters)");
        assert_eq!(shape(""), " (0 characters)");
    }

    #[test]
    fn an_error_name_is_one_that_is_known() {
        assert!(is_error_name("NCERRConflict"));
        assert!(!is_error_name("NCERRAlice"));
    }
}
