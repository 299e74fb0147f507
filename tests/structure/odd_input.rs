//! Addresses and settings of any text: nothing panics, what is read can be written and read again, and what cannot be used
//! is named. Ten thousand inputs each, most of them nearly right, because those come further than random ones. The fuzz
//! targets of `fuzz/` try the same checks with inputs that coverage guides.

use super::input_checks as check;
use cckm::family::FAMILIES;
use proptest::prelude::*;
use proptest::sample::select;

const CASES: u32 = 10_000;

/// Words of which addresses are made, those of the grammar and others.
fn word() -> impl Strategy<Value = String> {
    let known: Vec<String> = FAMILIES
        .iter()
        .flat_map(|family| [Some(family.slug), family.filter].into_iter().flatten())
        .chain([
            "all",
            "attention",
            "freshness",
            "history",
            "schedules",
            "outdated",
            "-",
            "status",
            "id",
            "page",
            "rows",
            "sort",
            "depth",
            "days",
            "outcome",
            "within",
            "columns",
            "failed",
            "in_progress",
            "completed-with-errors",
            "24h",
            "7d",
            "createdAt",
            "-updatedAt",
            "default",
            "outcome,started:120,job",
            "1",
            "25",
            "0",
            "18446744073709551615",
            "-1",
        ])
        .map(str::to_owned)
        .collect();
    prop_oneof![
        6 => select(known),
        1 => "[%0-9a-fA-F]{1,6}",
        1 => "\\PC{0,8}",
        1 => any::<String>(),
    ]
}

/// An address of words between the characters that separate its parts, well placed or not.
fn address() -> impl Strategy<Value = String> {
    let separator = select(vec!["/", "/", "?", "&", "=", "=", ",", ":", "#", "%2F", "%", "+", "", "//"]);
    let rest = proptest::collection::vec((separator, word()), 0..10);
    (select(vec!["#/", "#/", "#/", "#", "", "/"]), word(), rest).prop_map(|(start, first, rest)| {
        rest.into_iter()
            .fold([start, &first].concat(), |address, (separator, word)| address + separator + &word)
    })
}

fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        (0..20_000_u64).prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        "[/\\\\.:a-z%?#@\t ]{0,12}".prop_map(Into::into),
        any::<String>().prop_map(Into::into),
        select(vec!["AWS", "OCI", "/api/v1", "/gate/api/v1/", "//host", "/\\host"]).prop_map(Into::into),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            proptest::collection::vec((name(), inner), 0..4).prop_map(object),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    let known = [
        "api",
        "title",
        "views",
        "rows",
        "banner",
        "running_seconds",
        "quiet_seconds",
        "idle_minutes",
        "refresh_token_minutes",
        "refresh_token_unused_minutes",
        "sorted_jobs",
        "results",
        "success",
        "error",
    ];
    prop_oneof![8 => select(known.to_vec()).prop_map(str::to_owned), 1 => any::<String>()]
}

fn object(fields: Vec<(String, serde_json::Value)>) -> serde_json::Value {
    serde_json::Value::Object(fields.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn any_address_is_read_and_survives_its_own_form(address in address()) {
        check::address(&address);
    }

    #[test]
    fn any_text_is_an_address(address in any::<String>()) {
        check::address(&address);
    }

    #[test]
    fn any_object_is_a_configuration_or_a_sentence(fields in proptest::collection::vec((name(), value()), 0..5)) {
        check::config(&object(fields).to_string());
    }

    #[test]
    fn any_text_is_a_configuration_or_a_sentence(text in prop_oneof![any::<String>(), "[\\[\\]{}\",:0-9eE.tfn\\\\ -]{0,40}"]) {
        check::config(&text);
    }
}
