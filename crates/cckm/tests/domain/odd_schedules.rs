//! Schedules of any form: nothing that a server may send as one ends in a panic or in a change that nobody has made.

use crate::schedules::{of, vaults};
use cckm::coverage::coverage;
use cckm::decode;
use cckm::family::FAMILIES;
use cckm::schedule::{Draft, Run, Schedule, Selection, changes, patch_body};
use cckm::time::{Stamp, TimeFormat};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Any JSON, with the names that schedules use among its fields.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(json!("cckm_synchronization")),
        Just(json!("AzureCloud")),
        Just(json!("0 2 * * MON")),
        Just(json!("2026-11-28T05:00:00Z")),
    ];
    leaf.prop_recursive(4, 48, 8, |inner| {
        let name = prop_oneof![
            prop::sample::select(vec![
                "id",
                "name",
                "operation",
                "run_at",
                "run_on",
                "disabled",
                "start_date",
                "end_date",
                "createdAt",
                "status",
                "job_config_params",
                "cckm_synchronization_params",
                "cloud_name",
                "key_vaults",
                "sync_items",
                "synchronize_all",
                "resources",
                "total",
            ])
            .prop_map(str::to_owned),
            "[a-z]{1,4}",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map(name, inner, 0..10)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_read_without_a_panic(one in any_json(), mut other in any_json(), millis in any::<i64>()) {
        let directory = vaults(2);
        let at = Stamp::from_millis(millis);
        let text = one.to_string();
        _ = decode::list(&text, Schedule::from_value);
        _ = decode::list(&text, Run::from_value);
        _ = Schedule::accepted(&text);
        if let Some(object) = other.as_object_mut() {
            object.insert("id".to_owned(), json!("s"));
            object.insert("operation".to_owned(), json!("cckm_synchronization"));
            object.insert("job_config_params".to_owned(), one);
        }
        let Some(own) = Schedule::from_value(other) else { return Ok(()) };
        let draft = Draft::of(&own, Some(&directory));
        _ = own.next_runs(at);
        for family in FAMILIES {
            _ = coverage(family, std::slice::from_ref(&own), &directory, at, 7).words(family);
        }
        prop_assert!(changes(&own, &own, Some(&directory), &TimeFormat::PLAIN).is_empty());
        prop_assert_eq!(patch_body(&own, &draft, Some(&directory), at), Ok(json!({})));
    }
}

#[test]
fn regions_that_cannot_be_read_are_not_all_regions() {
    for family in FAMILIES {
        let (Some(names), Some(regions)) = (&family.schedule, family.regions) else { continue };
        let selection = |value: &Value| {
            let params = json!({"cloud_name": names.cloud_name, names.selector: ["a"], regions: value});
            of(family.slug, "0 2 * * *", params).selection(family)
        };
        for odd in [json!([{"name": "r"}]), json!(["r", null]), json!("r"), json!({"r": true})] {
            assert_eq!(selection(&odd), Selection::NotKnown, "{odd}");
        }
        for none in [json!(null), json!([])] {
            assert!(
                matches!(selection(&none), Selection::Chosen { regions, .. } if regions.is_empty()),
                "{none}"
            );
        }
    }
}
