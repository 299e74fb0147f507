//! Derives from the server's text for one container whether its synchronization succeeded.
//!
//! Pure. Successes are a short list: a text that is neither an error, nor progress, nor a known success is
//! [`Verdict::NotKnown`] and never shown as good. The operator of the panel can add texts ([`KnownResults`]).

use crate::outcome::plain;
use crate::text;
use std::sync::OnceLock;

/// The meaning of a result in `detailed_status`, the worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    /// The container was not synchronized.
    Error,
    /// The text is not known.
    NotKnown,
    /// The container is being synchronized.
    Running,
    /// The container was synchronized.
    Good,
}

impl Verdict {
    /// The name on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "Error",
            Self::NotKnown => "Not known",
            Self::Running => "In progress",
            Self::Good => "Synchronized",
        }
    }

    /// The name in class names and icons, which is that of the similar [`Outcome`](crate::outcome::Outcome).
    pub fn class(self) -> &'static str {
        match self {
            Self::Error => "failed",
            Self::NotKnown => "unknown",
            Self::Running => "in-progress",
            Self::Good => "completed",
        }
    }

    /// The urgency: 0 for the verdict that needs attention first.
    pub fn rank(self) -> u8 {
        match self {
            Self::Error => 0,
            Self::NotKnown => 1,
            Self::Running | Self::Good => 2,
        }
    }
}

/// The texts that the operator has added in the field `results` of `config.json`.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct KnownResults {
    /// Texts that mean that the container was synchronized.
    pub success: Vec<String>,
    /// Texts that mean that the container was not synchronized.
    pub error: Vec<String>,
}

static KNOWN: OnceLock<KnownResults> = OnceLock::new();

impl KnownResults {
    /// Sets the texts for all jobs. It has an effect once only, and only before the first job is read.
    pub fn set(self) {
        _ = KNOWN.set(self);
    }

    /// The texts passed to [`KnownResults::set`]; none where it has not been called.
    pub fn get() -> &'static Self {
        KNOWN.get_or_init(Self::default)
    }

    /// The verdict of these texts on a whole text in its [`plain`] form; an error takes precedence over a success.
    fn verdict(&self, plainly: &[u8]) -> Option<Verdict> {
        let has = |texts: &[String]| texts.iter().any(|known| plain(known) == plainly);
        if has(&self.error) { Some(Verdict::Error) } else { has(&self.success).then_some(Verdict::Good) }
    }

    /// The line of `config.json` that has these texts and `text`, as a success or as an error.
    pub fn line_with(&self, text: &str, is_success: bool) -> String {
        let mut known = self.clone();
        (if is_success { &mut known.success } else { &mut known.error }).push(text.to_owned());
        let list = |name: &str, texts: &[String]| {
            let texts = texts.iter().map(|text| serde_json::Value::from(text.as_str()).to_string());
            let texts = texts.collect::<Vec<_>>().join(", ");
            (!texts.is_empty()).then(|| format!("\"{name}\": [{texts}]"))
        };
        let lists = [list("success", &known.success), list("error", &known.error)];
        format!("\"results\": {{{}}}", lists.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

/// The verdict on a container's text, where the operator has added the texts `known`.
pub fn verdict(text: &str, known: &KnownResults) -> Verdict {
    let plainly = plain(text);
    if let Some(verdict) = known.verdict(&plainly) {
        return verdict;
    }
    if is_error(&plainly) {
        Verdict::Error
    } else if RUNNING.contains(&plainly.as_slice()) {
        Verdict::Running
    } else if is_success(&plainly) {
        Verdict::Good
    } else {
        Verdict::NotKnown
    }
}

/// The verdict on a result that is not a string, or that stands in place of an object of results. Only the operator
/// can decide what it means.
pub fn verdict_of_other(shown: &str, known: &KnownResults) -> Verdict {
    known.verdict(&plain(shown)).unwrap_or(Verdict::NotKnown)
}

/// The words that make a text an error, each with its [`letters`].
const ERRORS: &[(u32, &[u8])] = &[
    word(b"error"),
    word(b"fail"),
    word(b"denied"),
    word(b"unauthorized"),
    word(b"not_authorized"),
    word(b"notauthorized"),
    word(b"forbidden"),
    word(b"expired"),
    word(b"invalid"),
    word(b"timeout"),
    word(b"timed_out"),
    word(b"not_found"),
    word(b"exception"),
    word(b"unable"),
    word(b"cannot"),
    word(b"refused"),
    word(b"unreachable"),
    word(b"exhausted"),
    word(b"exceeded"),
    word(b"quota"),
    word(b"throttl"),
    word(b"abort"),
    word(b"unsuccess"),
    word(b"un_success"),
];

const fn word(word: &[u8]) -> (u32, &[u8]) {
    (letters(word), word)
}

/// Words that turn a "success" in the same text into an error.
const DENIALS: &[&[u8]] = &[b"not", b"no", b"never", b"without", b"partly"];

/// The texts that mean that a container is being synchronized.
const RUNNING: &[&[u8]] = &[b"in_progress", b"pending", b"queued", b"running", b"started"];

/// The texts that mean success.
const SUCCESSES: &[&[u8]] =
    &[b"success", b"successful", b"succeeded", b"ok", b"done", b"completed", b"completed_successfully"];

/// The verbs of a longer text that means success.
const DONE: &[&[u8]] = &[b"synchronized", b"synchronised", b"synced", b"refreshed", b"updated", b"imported"];

/// Words that restrict a sentence, so that it does not mean a full success.
const LIMITS: &[&[u8]] = &[
    b"none",
    b"nothing",
    b"nobody",
    b"neither",
    b"nor",
    b"zero",
    b"some",
    b"few",
    b"half",
    b"almost",
    b"nearly",
    b"hardly",
    b"barely",
    b"scarcely",
    b"rarely",
    b"mostly",
    b"most",
    b"part",
    b"parts",
    b"several",
    b"fewer",
    b"until",
    b"before",
    b"only",
    b"but",
    b"except",
    b"incompletely",
];

/// The letters that occur in a text, one bit each. A text that lacks a letter of a word does not contain the word, so
/// most words need no search: this runs for each container of each job.
const fn letters(text: &[u8]) -> u32 {
    let (mut rest, mut bits) = (text, 0);
    while let [first, others @ ..] = rest {
        if first.is_ascii_lowercase() {
            bits |= 1 << (*first - b'a');
        }
        rest = others;
    }
    bits
}

fn is_error(text: &[u8]) -> bool {
    let known = letters(text);
    let says = |bits: u32, word: &[u8]| bits & !known == 0 && text::holds_bytes(text, word);
    ERRORS.iter().any(|(bits, word)| says(*bits, word))
        || says(letters(b"success"), b"success")
            && text
                .split(|byte| !byte.is_ascii_alphanumeric())
                .any(|word| DENIALS.contains(&word) || word.starts_with(b"partial"))
}

/// Whether the whole text is a known success: one of [`SUCCESSES`], "region synchronized successfully" in at most
/// four words, or "Successfully updated all key versions state" with at most five words after "updated". A word may
/// have letters only.
fn is_success(text: &[u8]) -> bool {
    let text = text.strip_suffix(b".").unwrap_or(text);
    if SUCCESSES.contains(&text) {
        return true;
    }
    let words: Vec<&[u8]> = text.split(|byte| *byte == b'_').collect();
    let rest = match words.as_slice() {
        [rest @ .., done, b"successfully"] if DONE.contains(done) && words.len() <= 4 => rest,
        [b"successfully", done, rest @ ..] if DONE.contains(done) && rest.len() <= 5 => rest,
        _ => return false,
    };
    rest.iter().all(|word| is_name(word))
}

/// Whether a word can be part of the name of what was synchronized. Another verb, such as "skipped", reports
/// something else.
fn is_name(word: &[u8]) -> bool {
    !word.is_empty()
        && word.iter().all(u8::is_ascii_lowercase)
        && !word.ends_with(b"ed")
        && !LIMITS.contains(&word)
}
