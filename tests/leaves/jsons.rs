//! The panel's own reader and writer of JSON, held against serde's.

use key_sync::model::{Json, parse};
use proptest::prelude::*;
use serde_json::Value;

fn serde(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// What the panel reads from `text`, written again and read by serde.
fn through(text: &str) -> Option<Value> {
    let own = parse(text).ok()?.to_string();
    let value = serde(&own);
    assert!(value.is_some(), "{own} was written, which is no JSON");
    value
}

#[test]
fn what_is_json_is_read_and_what_is_not_is_refused() {
    let deep = |levels: usize| ["[".repeat(levels), "]".repeat(levels)].concat();
    let texts = [
        "null",
        " true ",
        "false",
        "0",
        "-0",
        "1.50",
        "-12e+3",
        "1E-2",
        "\"\"",
        "[]",
        "{}",
        "[1,2]",
        "[[],{}]",
        r#"{"b":1,"a":{"c":[null]},"b":2}"#,
        r#""é\u00e9\ud83d\ude00\/\b\f\n\r\t\"\\""#,
        "\u{feff}1",
        "",
        " ",
        "nul",
        "nullx",
        "True",
        "01",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "1e+",
        "0x1",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[",
        "]",
        "{",
        "}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":1",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u+123\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\ud800\\n\"",
        "\"\\udc00\"",
        "\"\\ud800\\ud800\"",
        "\"\n\"",
        "\"\0\"",
        "\0",
        "1\0",
        "NaN",
        "Infinity",
        "<html></html>",
        "1 1",
        "\"\u{7f}\u{2028}\"",
        "'a'",
        "\u{a0}1",
        "[\u{b}]",
        &deep(127),
        &deep(128),
        &deep(100_000),
    ];
    for text in texts {
        let shown: String = text.chars().take(40).collect();
        assert_eq!(through(text), serde(text), "{shown}");
    }
}

#[test]
fn a_number_stays_as_it_was_written() {
    for text in ["1.50", "12345678901234567890123", "-0.0", "1E2", "9007199254740993"] {
        assert_eq!(parse(text).map(|value| value.to_string()).as_deref(), Ok(text));
    }
    let whole = |text: &str| parse(text).ok().and_then(|value| value.as_u64());
    assert_eq!(whole("18446744073709551615"), Some(u64::MAX));
    assert_eq!(
        (whole("18446744073709551616"), whole("-1"), whole("1.0"), whole("\"1\"")),
        (None, None, None, None)
    );
}

#[test]
fn fields_are_in_order_and_the_last_of_a_name_counts() {
    let value = parse(r#"{"b": 1, "a": 2, "b": 3}"#).unwrap_or(Json::Null);
    assert_eq!(value.to_string(), r#"{"a":2,"b":3}"#);
}

#[test]
fn an_error_says_what_and_where() {
    for (text, said) in [
        ("<html>", "expected value at line 1 column 1"),
        ("", "EOF while parsing a value at line 1 column 0"),
        ("{\n  \"a\": x", "expected value at line 2 column 8"),
        ("{\"id\":", "EOF while parsing a value at line 1 column 6"),
        ("[] []", "trailing characters at line 1 column 4"),
    ] {
        let own = parse(text).err();
        assert_eq!(own.as_deref(), Some(said));
        let serde = serde_json::from_str::<Value>(text).err().map(|error| error.to_string());
        assert_eq!(own, serde, "the words are serde's");
    }
}

fn values() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        proptest::collection::vec(any::<char>(), 0..8)
            .prop_map(|signs| Value::from(signs.into_iter().collect::<String>())),
    ];
    scalar.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(".{0,6}", inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn every_value_is_read_and_written_as_serde_does(value in values()) {
        for text in [value.to_string(), format!("{value:#}")] {
            let own = parse(&text);
            prop_assert_eq!(own.map(|own| own.to_string()), Ok(value.to_string()));
        }
    }

    #[test]
    fn a_text_that_was_damaged_is_judged_as_by_serde(value in values(), at in any::<prop::sample::Index>(), put in "[\\[\\]{}:,\"\\\\0-9eE.+\\-tfnu ]{0,2}") {
        let mut signs: Vec<char> = value.to_string().chars().collect();
        let at = at.index(signs.len());
        signs.splice(at..=at, put.chars());
        let text: String = signs.into_iter().collect();
        // An exponent may leave the range of serde's numbers, which the panel's have not.
        prop_assume!(!serde_json::from_str::<Value>(&text).is_err_and(|error| error.to_string().contains("out of range")));
        prop_assert_eq!(through(&text), serde(&text));
    }

    #[test]
    fn any_signs_of_json_are_judged_as_by_serde(text in "([\\[\\]{}:,\"\\\\ ]|[0-9.eE+-]|null|true|false|\"a\"|\\\\u[0-9a-f]{4}){0,12}") {
        prop_assume!(!serde_json::from_str::<Value>(&text).is_err_and(|error| error.to_string().contains("out of range")));
        prop_assert_eq!(through(&text), serde(&text));
    }
}
