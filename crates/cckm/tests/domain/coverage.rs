//! Coverage: which containers schedules synchronize, and which schedules do not count.

use crate::schedules::{now, of, vaults};
use crate::{family, strings};
use cckm::container::{Container, Directory};
use cckm::coverage::{Place, Unclear, coverage};
use cckm::schedule::{Schedule, State};
use serde_json::{Value, json};

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
fn a_schedule_whose_state_or_dates_cannot_be_read_covers_nothing() {
    let azure = family("azure");
    let read = |more: Value| {
        let mut value = json!({
            "id": "s", "operation": "cckm_synchronization", "run_at": "0 2 * * *",
            "job_config_params": {"cloud_name": "AzureCloud", "synchronize_all": true},
        });
        value.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
        let schedule = Schedule::from_value(value).expect("a schedule");
        let found = coverage(azure, [&schedule], &vaults(1), now(), 7);
        (schedule.state(now()), found.counts().0, found.unclear.first().map(|(_, why)| *why))
    };
    for yes in [json!(true), json!("True"), json!("TRUE"), json!(1), json!("1")] {
        assert_eq!(read(json!({"disabled": yes})), (State::Disabled, 0, None));
    }
    for no in [json!(false), json!("False"), json!(0), json!("0"), json!(null)] {
        assert_eq!(read(json!({"disabled": no})), (State::Enabled, 1, None));
    }
    let unclear = (State::Enabled, 0, Some(Unclear::Dates));
    for odd in [json!("perhaps"), json!(2), json!([true]), json!({}), json!("")] {
        assert_eq!(read(json!({"disabled": odd})), unclear);
    }
    let texts = ["2020-01-01", "2020-01-01T00:00:00", "2020-01-01T00:00:00+0000", "soon"].map(Value::from);
    for odd in texts.into_iter().chain([json!(1_577_836_800)]) {
        assert_eq!(read(json!({"end_date": odd})), unclear, "{odd}");
        assert_eq!(read(json!({"start_date": odd})), unclear, "{odd}");
    }
    for none in [json!("0001-01-01T00:00:00Z"), json!(""), json!(null)] {
        assert_eq!(read(json!({"start_date": none, "end_date": none})), (State::Enabled, 1, None), "{none}");
    }
    let later = json!({"start_date": "2031-01-01T00:00:00Z"});
    assert_eq!(read(later), (State::Enabled, 0, Some(Unclear::Later)));
}

#[test]
fn containers_that_are_listed_twice_count_once() {
    let own = ["a", "b", "a"].map(|id| Container { id: id.to_owned(), ..Container::default() });
    let found = coverage(family("oci"), [], &Directory::new(own.to_vec()), now(), 7);
    assert_eq!(found.words(family("oci")), "0 of 2 vaults are covered");
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
