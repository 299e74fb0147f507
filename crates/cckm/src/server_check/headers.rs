//! Reads the values of headers: whole values, never parts of them.

use super::ask::Answer;

/// A header as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent<'a> {
    Missing,
    Once(&'a str),
    /// More than one value, each without the space around it.
    Several(Vec<&'a str>),
}

impl Answer {
    /// The header whose value cannot contain a comma. Browsers put a comma between the values of two headers of one name.
    pub(super) fn single(&self, name: &str) -> Sent<'_> {
        let mut all = self.list_of(name);
        match all.len() {
            0 => Sent::Missing,
            1 => Sent::Once(all.remove(0)),
            _ => Sent::Several(all),
        }
    }

    /// The parts between commas of all headers of this name.
    pub(super) fn list_of(&self, name: &str) -> Vec<&str> {
        let own = self.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name));
        let parts = own.flat_map(|(_, value)| value.split(',')).map(str::trim);
        parts.filter(|part| !part.is_empty()).collect()
    }

    /// The value of a header that may contain commas.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The type of the body without its parameters.
    pub(super) fn media_type(&self) -> Option<&str> {
        self.header("content-type")?.split(';').next().map(str::trim).filter(|kind| !kind.is_empty())
    }

    /// The directives of `Cache-Control`.
    pub(super) fn caching(&self) -> Caching {
        let read = |part: &str| -> (String, Option<String>) {
            let (name, value) =
                part.split_once('=').map_or((part, None), |(name, value)| (name, Some(value)));
            let value = value.map(|value| value.trim().trim_matches('"').to_owned());
            (name.trim().to_ascii_lowercase(), value)
        };
        let all = self.list_of("cache-control");
        Caching {
            is_there: !all.is_empty(),
            directives: all.into_iter().map(read).collect(),
            age: self.header("age").map(str::to_owned),
        }
    }
}

/// The directives of `Cache-Control`.
#[derive(Debug)]
pub struct Caching {
    pub is_there: bool,
    directives: Vec<(String, Option<String>)>,
    /// The value of `Age`, which only a cache sends.
    pub age: Option<String>,
}

/// A year less a day, in seconds: what a file that never changes may be kept at least.
const FOR_GOOD: u64 = 364 * 24 * 60 * 60;

impl Caching {
    fn has(&self, name: &str) -> bool {
        self.directives.iter().any(|(own, _)| own == name)
    }

    /// The seconds of a directive; `None` where it is missing or no number. Of several the shortest.
    fn seconds(&self, name: &str) -> Option<u64> {
        let own = self.directives.iter().filter(|(own, _)| own == name);
        own.map(|(_, value)| value.as_deref().and_then(|value| value.parse().ok())).min().flatten()
    }

    /// Whether no cache may keep the answer.
    pub fn is_never_kept(&self) -> bool {
        self.has("no-store")
    }

    /// Whether a cache has to ask before it uses the answer again.
    pub fn is_asked_again(&self) -> bool {
        // `no-cache` with a value concerns single headers.
        self.directives.iter().any(|(own, value)| own == "no-cache" && value.is_none())
            || self.is_never_kept()
            || self.seconds("max-age") == Some(0) && self.has("must-revalidate")
    }

    /// Whether a cache may use the answer again without asking, or a shared cache may keep it.
    pub fn may_be_kept(&self) -> bool {
        !self.is_never_kept()
            && (self.has("public")
                || ["max-age", "s-maxage"]
                    .iter()
                    .any(|name| self.seconds(name).is_some_and(|seconds| seconds > 0)))
    }

    /// Whether a browser keeps the answer for a year, without asking.
    pub fn is_kept_for_good(&self) -> bool {
        self.has("immutable")
            && self.seconds("max-age").is_some_and(|seconds| seconds >= FOR_GOOD)
            && !self.has("no-store")
            && !self.has("no-cache")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caching(value: &str, test: impl Fn(&Caching) -> bool) -> bool {
        let headers = vec![("Cache-Control".to_owned(), value.to_owned())];
        let answer = Answer { headers, ..Answer::default() };
        test(&answer.caching())
    }

    #[test]
    fn directives_are_compared_whole() {
        assert!(caching("no-store", Caching::is_never_kept));
        assert!(!caching("x-no-store", Caching::is_never_kept));
        assert!(!caching("no-storefront", Caching::is_never_kept));
        assert!(caching("private, NO-CACHE", Caching::is_asked_again));
        assert!(!caching("no-cache=\"Set-Cookie\"", Caching::is_asked_again));
        assert!(caching("max-age=0, must-revalidate", Caching::is_asked_again));
        assert!(!caching("max-age=05, must-revalidate", Caching::is_asked_again));
    }

    #[test]
    fn for_good_is_a_year() {
        assert!(caching("public, max-age=31536000, immutable", Caching::is_kept_for_good));
        assert!(!caching("public, max-age=3153600, immutable", Caching::is_kept_for_good));
        assert!(!caching("immutable", Caching::is_kept_for_good));
        assert!(!caching("public, max-age=31536000, immutable, no-store", Caching::is_kept_for_good));
        assert!(!caching("max-age=31536000, max-age=1, immutable", Caching::is_kept_for_good));
        assert!(!caching("max-age=x, max-age=31536000, immutable", Caching::is_kept_for_good));
    }

    #[test]
    fn what_may_be_kept_is_named() {
        assert!(caching("max-age=60", Caching::may_be_kept));
        assert!(caching("s-maxage=1", Caching::may_be_kept));
        assert!(caching("public", Caching::may_be_kept));
        assert!(!caching("max-age=0", Caching::may_be_kept));
        assert!(!caching("no-store, public, max-age=60", Caching::may_be_kept));
    }

    #[test]
    fn a_second_header_is_seen() {
        let twice = ["a", "b"].map(|value| ("X".to_owned(), value.to_owned())).to_vec();
        assert_eq!(Answer { headers: twice, ..Answer::default() }.single("x"), Sent::Several(vec!["a", "b"]));
        let joined = vec![("x".to_owned(), "a, b".to_owned())];
        assert_eq!(
            Answer { headers: joined, ..Answer::default() }.single("X"),
            Sent::Several(vec!["a", "b"])
        );
        assert_eq!(Answer::default().single("x"), Sent::Missing);
    }
}
