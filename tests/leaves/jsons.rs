//! The panel's own type for JSON: what it reads is what it writes.

use key_sync::model::{Json, parse};
use proptest::prelude::*;
use serde_json::Value;

#[test]
fn numbers_keep_their_kind() {
    for text in ["1.5", "-0.0", "9007199254740993", "18446744073709551615", "-1"] {
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
        assert_eq!(parse(text).err().as_deref(), Some(said));
    }
}

fn values() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
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
    fn every_value_is_written_as_it_was_read(value in values()) {
        for text in [value.to_string(), format!("{value:#}")] {
            let own = parse(&text);
            prop_assert_eq!(own.map(|own| own.to_string()), Ok(value.to_string()));
        }
    }
}
