//! JSON that is indented is the same JSON.

use cckm::indent::indented;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A value with any texts, nested up to four levels.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6).prop_map(|map| json!(map)),
        ]
    })
}

#[test]
fn nothing_but_the_space_between_changes() {
    let sent = r#" {"10": 9007199254740993, "9":1.0,"a":-1E+02 ,"a":"\u00e4\" { [ , : \\","e":[ ],"o":{ }}"#;
    let shown = [
        "{",
        r#"  "10": 9007199254740993,"#,
        r#"  "9": 1.0,"#,
        r#"  "a": -1E+02,"#,
        r#"  "a": "\u00e4\" { [ , : \\","#,
        r#"  "e": [],"#,
        r#"  "o": {}"#,
        "}",
    ];
    assert_eq!(indented(sent), shown.join("\n"));
    for text in ["", "<html>", "{", "{} {}", "\"a", "1,2"] {
        assert_eq!(indented(text), text);
    }
    for text in ["1.0", "\"a b\"", "null", "[]"] {
        assert_eq!(indented(text), text);
    }
}

proptest! {
    #[test]
    fn what_is_indented_is_the_same_and_looks_as_usual(value in value()) {
        let sent = value.to_string();
        let shown = indented(&sent);
        prop_assert_eq!(&shown, &serde_json::to_string_pretty(&value).expect("JSON"));
        prop_assert_eq!(serde_json::from_str::<Value>(&shown).ok(), serde_json::from_str(&sent).ok());
        prop_assert_eq!(indented(&shown), shown);
    }

    #[test]
    fn any_text_has_an_answer(text in any::<String>()) {
        prop_assert!(indented(&text).split_whitespace().count() >= text.split_whitespace().count());
    }
}
