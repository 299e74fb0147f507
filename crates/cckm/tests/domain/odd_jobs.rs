//! Jobs whose fields say in an unknown way what they synchronize, or whether they were cancelled.

use cckm::family::FAMILIES;
use cckm::job::Job;
use serde_json::{Value, json};

fn made(value: Value) -> Job {
    Job::from_value(value).expect("a job")
}

#[test]
fn a_job_that_may_name_containers_in_another_way_is_of_nothing_known() {
    for family in FAMILIES {
        let of = |more: Value| {
            let mut value =
                json!({"id": "j", "detailed_status": {"a": "key ring synchronized successfully"}});
            value.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
            made(value)
        };
        let one = [family.selector.trim_end_matches('s'), "_id"].concat();
        for odd in [
            json!({"some_ids": ["a"]}),
            json!({family.job_field: "a"}),
            json!({family.job_field: [{"id": "a"}]}),
            json!({family.job_field: {"id": "a"}}),
            json!({one: "a"}),
            json!({"synchronize_all": false}),
            json!({"synchronize_all": false, family.job_field: []}),
        ] {
            let job = of(odd.clone());
            assert!(!job.is_of_everything(family) && job.containers(family).is_empty(), "{odd}");
            assert!(!job.selects_as(&job, family) && !job.selects_as(&Job::default(), family), "{odd}");
        }
        // What a server may send with every job does not tell of containers.
        for usual in [
            json!({}),
            json!({"uri": "kylo:x", "account": "kylo", "application": "x", "devAccount": "x", "cloud": "x"}),
            json!({family.job_field: [], "labels": {}, "node": "n-1", "abort": false, "sync_items": ["key"]}),
            json!({family.job_field: null, "some_ids": [], "version": 2}),
            json!({"some_ids": ["a"], "synchronize_all": true}),
        ] {
            assert!(of(usual.clone()).is_of_everything(family), "{usual}");
        }
        let whole = made(json!({"id": "j", "some_ids": ["a"], "detailed_status": "odd"}));
        assert_eq!(whole.results(family).len(), 1, "its one result is shown");
    }
}

#[test]
fn a_cancel_is_known_however_the_flag_is_written() {
    for yes in
        [json!(true), json!("true"), json!("True"), json!(" TRUE "), json!(1), json!("1"), json!("Yes")]
    {
        let job = made(json!({"id": "j", "overall_status": "completed", "abort": yes}));
        assert_eq!(job.outcome().word(), "Cancelled", "{yes}");
    }
    for no in [json!(false), json!("False"), json!(0), json!("0"), json!("No"), json!(null)] {
        assert!(!made(json!({"id": "j", "abort": no})).abort, "{no}");
    }
    // What is neither yes nor no may mean a cancel, and is no success.
    for odd in [json!("by admin"), json!("requested"), json!(2), json!({"by": "admin"}), json!(["admin"])] {
        let job = made(json!({"id": "j", "overall_status": "completed", "abort": odd}));
        assert_eq!(job.outcome().word(), "Cancelled", "{odd}");
    }
    for nothing in [json!(""), json!(" "), json!({}), json!([])] {
        assert!(!made(json!({"id": "j", "abort": nothing})).abort, "{nothing}");
    }
}

#[test]
fn regions_of_another_form_do_not_stand_for_all_regions() {
    for family in FAMILIES {
        let Some(field) = family.regions else { continue };
        let of = |regions: Value| made(json!({"id": "j", family.job_field: ["a"], field: regions}));
        assert!(of(json!([])).regions(family).is_empty());
        let odd = of(json!(["r-1", {"name": "r-2"}, null]));
        assert_eq!(odd.regions(family), ["r-1", r#"{"name":"r-2"}"#, "null"]);
        assert!(!odd.selects_as(&of(json!([])), family));
        assert!(!of(json!([{"name": "r-2"}])).regions(family).is_empty());
    }
}
