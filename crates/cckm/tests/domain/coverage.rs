//! Coverage: which containers schedules synchronize, and which schedules do not count.

use crate::schedules::{now, of, vaults};
use crate::{family, strings};
use cckm::container::{Container, Directory};
use cckm::coverage::{Place, Unclear, coverage};
use serde_json::json;

#[test]
fn coverage_counts_what_is_known_to_be_synchronized() {
    let (azure, directory) = (family("azure"), vaults(17));
    let cloud = |ids: &[&str]| json!({"cloud_name": "AzureCloud", "key_vaults": ids});
    let ids: Vec<String> = (0..14).map(|number| format!("v-{number}")).collect();
    let mut schedules = vec![
        of("nightly", "0 2 * * *", cloud(&ids.iter().map(String::as_str).collect::<Vec<_>>())),
        of("monthly", "0 2 1 * *", cloud(&["v-13", "gone"])),
        of("broken", "0 2 L * *", cloud(&["v-14"])),
        of("never", "0 2 30 2 *", cloud(&["v-14"])),
        of("empty", "0 2 * * *", cloud(&[])),
        of("elsewhere", "0 2 * * *", json!({"cloud_name": "oci", "oci_vaults": ["v-14"]})),
    ];
    let mut disabled = of("disabled", "0 2 * * *", cloud(&["v-15"]));
    disabled.disabled = true;
    schedules.push(disabled);
    let found = coverage(azure, &schedules, &directory, now(), 7);
    assert_eq!(found.words(azure), "14 of 17 key vaults are covered");
    assert_eq!(found.uncovered().map(Place::name).collect::<Vec<_>>(), ["vault 14", "vault 15", "vault 16"]);
    assert_eq!(found.form().chosen, ["v-14", "v-15", "v-16"]);
    assert_eq!(found.twice().map(|place| place.id.as_str()).collect::<Vec<_>>(), ["v-13"]);
    assert_eq!(found.slow.iter().map(|slow| slow.id.as_str()).collect::<Vec<_>>(), ["s-monthly"]);
    assert_eq!(found.seldom().count(), 0, "the nightly schedule covers it too");
    assert_eq!(found.missing, [("s-monthly".to_owned(), strings(&["gone"]))]);
    let unclear: Vec<Unclear> = found.unclear.iter().map(|(_, why)| *why).collect();
    assert_eq!(unclear, [Unclear::When, Unclear::NoRuns, Unclear::Selection]);

    let none = coverage(azure, &[], &Directory::default(), now(), 7);
    assert_eq!(none.words(azure), "There are no key vaults to cover");
    let one = coverage(azure, &schedules[1..2], &vaults(1), now(), 7);
    assert_eq!(one.words(azure), "0 of 1 key vault is covered");
}

#[test]
fn coverage_knows_regions() {
    let aws = family("aws");
    let kms = |id: &str, regions: &[&str]| Container {
        id: id.to_owned(),
        label: id.to_owned(),
        regions: strings(regions),
        ..Container::default()
    };
    let directory = Directory::new(vec![kms("a", &["eu", "us"]), kms("b", &["eu"]), kms("c", &[])]);
    let narrow =
        of("narrow", "0 2 * * *", json!({"cloud_name": "aws", "kms": ["a", "b", "c"], "regions": ["eu"]}));
    let found = coverage(aws, &[narrow], &directory, now(), 7);
    // Of a KMS without known regions it is not known which of them are covered.
    assert_eq!(found.words(aws), "1 of 3 KMS are covered, 1 in some regions only");
    assert_eq!(found.form().chosen, ["a", "c"]);
    let all = of("all", "0 2 * * *", json!({"cloud_name": "aws", "synchronize_all": true}));
    assert_eq!(coverage(aws, &[all], &directory, now(), 7).words(aws), "3 of 3 KMS are covered");
}
