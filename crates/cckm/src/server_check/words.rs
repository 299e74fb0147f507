//! Leaves out of a server's text what may be a name.

use crate::family::FAMILIES;

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
    "partitions",
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

/// A name of the interface, such as a field or an error's name; empty where it has a form that no such name has.
pub fn identifier(text: &str) -> String {
    let is_one = text.len() <= 48
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '_');
    if is_one { text.to_owned() } else { String::new() }
}

/// A version without anything that is not one: `2.22.0+15632`, `2.22.0-15632`.
pub fn version(text: &str) -> Option<&str> {
    let text = text.trim();
    let number = text.split(['+', '-']).next()?;
    let parts: Vec<&str> = number.split('.').collect();
    let are_numbers =
        parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_short = text.len() <= 40
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-'));
    (parts.len() >= 2 && are_numbers && is_short).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{identifier, version, without_names};

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
    fn a_version_has_numbers() {
        assert_eq!(version("2.22.0+15632"), Some("2.22.0+15632"));
        assert_eq!(version("2.11-9"), Some("2.11-9"));
        assert_eq!(version("cm.example.com"), None);
    }

    #[test]
    fn a_field_has_letters() {
        assert_eq!(identifier("sync_kind"), "sync_kind");
        assert_eq!(identifier("vault 12"), "");
    }
}
