//! Decoding of responses: only a body of the right shape yields an empty list, a job or an acceptance.

use cckm::decode::{DecodeError, accepted, job, list};
use cckm::job::Job;
use cckm::page::Page;
use serde_json::{Map, Value, json};

fn jobs(text: &str) -> Result<Page<Job>, DecodeError> {
    list(text, Job::from_value)
}

/// Whether a view may show the page as an empty list.
fn is_none(page: &Page<Job>) -> bool {
    page.sent() == 0 && page.total == 0
}

/// A pseudo-random number generator with the same sequence in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }

    fn of(&mut self, all: &[&'static str]) -> &'static str {
        let at = self.below(all.len() as u64);
        all[usize::try_from(at).expect("a place")]
    }
}

/// JSON texts for any field, with right and wrong types.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "1",
    "7",
    "-1",
    "0.0",
    "1e3",
    "18446744073709551615",
    "\"\"",
    "\"0\"",
    "\"7\"",
    "\"x\"",
    "\"<html>\"",
    "[]",
    "[null]",
    "[[]]",
    "[7]",
    "[\"x\"]",
    "[{}]",
    "[{\"id\":\"a\"}]",
    "[{\"id\":\"a\"},null]",
    "[{\"id\":null}]",
    "{}",
    "{\"id\":\"a\"}",
    "{\"resources\":[]}",
];

const FIELDS: &[&str] = &[
    "resources",
    "resources",
    "total",
    "total",
    "skip",
    "limit",
    "id",
    "codeDesc",
    "message",
    "Resources",
    "items",
    "abort",
];

/// Bodies that surround a response or replace it.
const WHOLE: &[&str] = &[
    "",
    " ",
    "\n",
    "<html></html>",
    "<!doctype html>",
    "OK",
    "null",
    "[]",
    "7",
    "\"x\"",
    "{",
    "{\"resources\":[",
];

/// A body with a random envelope.
fn answer(random: &mut Random) -> String {
    if random.below(16) == 0 {
        return random.of(WHOLE).to_owned();
    }
    let mut text = String::from("{");
    for at in 0..random.below(6) {
        if at > 0 {
            text.push(',');
        }
        text.push('"');
        text.push_str(random.of(FIELDS));
        text.push_str("\":");
        text.push_str(random.of(VALUES));
    }
    text.push('}');
    match random.below(32) {
        0 => ["[", &text, "]"].concat(),
        1 => ["{\"data\":", &text, "}"].concat(),
        2 => text[..text.len() / 2].to_owned(),
        3 => text + "x",
        _ => text,
    }
}

/// The fields as read by another JSON parser; the last of several fields with one name counts.
fn seen(text: &str) -> Option<Map<String, Value>> {
    serde_json::from_str::<Value>(text).ok()?.as_object().cloned()
}

/// An independent implementation of the documented rule for an error.
fn says_error(fields: &Map<String, Value>) -> bool {
    !matches!(fields.get("codeDesc"), None | Some(Value::Null)) && fields.get("codeDesc") != Some(&json!(""))
}

/// The value as a count: 7, 7.0 or "7".
fn count(value: Option<&Value>) -> Option<u64> {
    let value = value?;
    let whole = value.as_f64().filter(|number| *number >= 0.0 && *number < 1e15 && number.fract() == 0.0);
    value.as_u64().or(whole.map(|number| number as u64)).or_else(|| value.as_str()?.parse().ok())
}

/// An independent implementation of the documented rule for an empty list.
fn is_truly_empty(text: &str) -> bool {
    let Some(fields) = seen(text).filter(|fields| !says_error(fields)) else { return false };
    let total = fields.get("total");
    match fields.get("resources") {
        Some(Value::Array(items)) => {
            // A total that is no count is ignored.
            items.is_empty() && count(total).is_none_or(|count| count == 0)
        }
        None | Some(Value::Null) => count(total) == Some(0),
        Some(_) => false,
    }
}

#[test]
fn of_a_million_answers_none_is_empty_that_does_not_say_so() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut empty, mut full, mut wrong) = (0, 0, 0);
    for _ in 0..1_000_000 {
        let text = answer(&mut random);
        match jobs(&text) {
            Ok(page) if page.sent() == 0 => {
                let fields = seen(&text).expect("a list is an object");
                assert!(!says_error(&fields), "{text}");
                // A page without items is past the end of the list, or the list is empty.
                assert!(page.total <= page.skip, "{text}");
                assert!(!is_none(&page) || is_truly_empty(&text), "{text}");
                empty += 1;
            }
            Ok(page) => {
                assert!(!page.resources.is_empty(), "nothing of it can be read: {text}");
                assert!(page.total >= page.sent(), "{text}");
                full += 1;
            }
            Err(_) => {
                assert!(!is_truly_empty(&text), "an honest empty list is one: {text}");
                wrong += 1;
            }
        }
    }
    assert!(empty > 10_000 && full > 10_000 && wrong > 100_000, "{empty} {full} {wrong}");
}

#[test]
fn of_as_many_answers_no_wrong_one_is_a_job_or_accepted() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let (mut taken, mut read) = (0, 0);
    for _ in 0..100_000 {
        let text = answer(&mut random);
        let good = text.trim().is_empty() || seen(&text).is_some_and(|fields| !says_error(&fields));
        assert_eq!(accepted(&text).is_ok(), good, "{text}");
        taken += u32::from(good);
        if let Ok(job) = job(&text, "x") {
            assert_eq!(job.id, "x", "{text}");
            assert!(good, "{text}");
            read += 1;
        }
    }
    assert!(taken > 10_000 && read > 300, "{taken} {read}");
}

#[test]
fn a_list_that_is_no_list_is_never_none() {
    for text in [
        r#"{"codeDesc":"NCERRInternalError","message":"x"}"#,
        r#"{"codeDesc":"NCERRInternalError","resources":[],"total":0}"#,
        r#"{"codeDesc":{"odd":1},"resources":[],"total":0}"#,
        r#"{"resources":"none","total":0}"#,
        r#"{"resources":{},"total":0}"#,
        r#"{"resources":null,"total":7}"#,
        r#"{"resources":null}"#,
        r#"{"resources":[],"total":7}"#,
        r#"{"resources":[null,7],"total":2}"#,
        r#"{"total":7}"#,
        "{}",
        "[]",
        "null",
        "",
        "<html>",
        r#"{"resources":[{"id":"a"}"#,
    ] {
        assert!(jobs(text).is_err(), "{text}");
    }
    for text in [
        r#"{"resources":[],"total":0}"#,
        r#"{"resources":[]}"#,
        r#"{"resources":null,"total":0}"#,
        r#"{"total":0}"#,
        r#"{"codeDesc":"","resources":[],"total":0}"#,
        r#"{"codeDesc":null,"resources":[],"total":0}"#,
    ] {
        assert!(jobs(text).is_ok_and(|page| is_none(&page)), "{text}");
    }
    let past = jobs(r#"{"skip":50,"resources":[],"total":7}"#).expect("past the end");
    assert_eq!((past.sent(), past.total), (0, 7));
    let more = jobs(r#"{"resources":[{"id":"a"}],"total":0}"#).expect("what came is there");
    assert_eq!(more.total, 1);
}

#[test]
fn a_job_is_the_one_that_was_requested() {
    let id = |text: &str| job(text, "ab-1").map(|job| job.id);
    assert_eq!(id(r#"{"id":"ab-1"}"#).as_deref(), Ok("ab-1"));
    assert_eq!(id(r#"{"id":"AB-1"}"#).as_deref(), Ok("AB-1"), "an identifier has no case");
    assert_eq!(id(r#"{"id":"ab-1","codeDesc":"NCERR"}"#), Err(DecodeError::Error));
    assert_eq!(id("<p>"), Err(DecodeError::Page));
    assert_eq!(id(" "), Err(DecodeError::Empty));
    for text in ["{}", "[]", r#"{"id":""}"#, r#"{"id":null}"#, r#"{"id":"ab-2"}"#, r#"[{"id":"ab-1"}]"#, "7"]
    {
        assert!(matches!(id(text), Err(DecodeError::Shape(_))), "{text}");
    }
}

#[test]
fn only_nothing_or_an_object_is_accepted() {
    let id = |text: &str| accepted(text).map(|job| job.map(|job| job.id));
    for (text, expected) in [("", None), ("  \n", None), ("{}", None), (r#"{"id":"j"}"#, Some("j"))] {
        assert_eq!(id(text), Ok(expected.map(str::to_owned)), "{text}");
    }
    for text in ["<html>", "OK", "[]", "null", "7", "\"x\"", r#"{"id":"j""#, r#"{"codeDesc":"NCERR"}"#] {
        assert!(accepted(text).is_err(), "{text}");
    }
}
