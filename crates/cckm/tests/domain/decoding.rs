//! Decoding of jobs and lists: every documented example, and fields that are missing or have unexpected values.

use crate::{family, fixture, json, strings};
use cckm::decode::{DecodeError, list, page as list_page};
use cckm::family::FAMILIES;
use cckm::job::Job;
use cckm::page::Page;
use cckm::time::Stamp;
use serde_json::{Value, json};

const JOBS: &[(&str, &str)] = &[
    ("aws", "aws_get_completed.json"),
    ("aws", "aws_cancel_requested.json"),
    ("aws", "aws_cancelled_final.json"),
    ("sap", "sap_start_response_in_progress.json"),
];
const LISTS: &[(&str, &str)] = &[
    ("google", "google_list_in_progress.json"),
    ("sap", "sap_list_in_progress.json"),
    ("salesforce", "sfdc_list_completed_with_errors.json"),
    ("azure", "azure_list_mixed.json"),
    ("oci", "oci_list_failed.json"),
    ("aws", "aws_list_empty.json"),
];

fn job(text: &str) -> Job {
    serde_json::from_str(text).expect("a job decodes")
}

fn made(value: Value) -> Job {
    job(&value.to_string())
}

/// The RFC 3339 text of the time `at` seconds after the epoch; `at` is below 60.
fn second(at: u32) -> String {
    format!("1970-01-01T00:00:{at:02}Z")
}

fn jobs(text: &str) -> Result<Page<Job>, DecodeError> {
    list(text, Job::from_value)
}

fn page(name: &str) -> Page<Job> {
    jobs(&fixture(name)).expect("a list decodes")
}

fn stamp(text: &str) -> Option<Stamp> {
    let stamp = Stamp::parse(text);
    assert!(stamp.is_some(), "{text}");
    stamp
}

#[test]
fn the_documented_aws_job() {
    let job = job(&fixture("aws_get_completed.json"));
    let aws = family("aws");
    assert_eq!(job.id, "afef70ff-311e-46c1-8ead-e1999e8c6d46");
    assert_eq!(job.uri, "kylo:kylo:cckm:synchronize:afef70ff-311e-46c1-8ead-e1999e8c6d46");
    assert_eq!(job.account, "kylo:kylo:admin:accounts:kylo");
    assert_eq!((job.cloud.as_str(), job.status.as_str(), job.abort), ("aws", "completed", false));
    assert!(job.created == stamp("2020-11-05T06:38:25.308Z"));
    assert!(job.updated == stamp("2020-11-05T06:38:29.248Z"));
    assert!(job.completed == stamp("2020-11-05T06:38:29.248Z"));
    assert_eq!(job.containers(aws), ["kms"]);
    assert_eq!(job.regions(aws), ["ap-south-1"]);
    assert_eq!(details(&job), [["123456789012/ap-south-1", "region synchronized successfully"]]);
    assert!(job.ended() && job.everything.is_none());
    assert_eq!(job.outcome().word(), "Completed");
    assert_eq!(job.progress(), (0, 1, 1));
    assert_eq!(job.lasted(Stamp::from_millis(0)), Some(3940));
}

#[test]
fn the_documented_google_list() {
    let page = page("google_list_in_progress.json");
    assert_eq!((page.skip, page.limit, page.total, page.resources.len()), (0, 10, 1, 1));
    let job = &page.resources[0];
    assert_eq!(job.cloud, "gcp");
    let ring = "projects/gemalto-kyloeng/locations/global/keyRings/demo-key-ring";
    assert_eq!(job.containers(family("google")), [ring]);
    assert!(job.regions(family("google")).is_empty());
    assert_eq!(details(job), [[ring, "in_progress"]]);
    assert_eq!(job.outcome().word(), "In progress");
    assert_eq!(job.progress(), (0, 0, 1));
    assert!(!job.ended() && job.completed.is_none());
}

#[test]
fn the_documented_sap_list_writes_in_progress_with_a_space() {
    let page = page("sap_list_in_progress.json");
    let job = &page.resources[0];
    assert_eq!(job.status, "in progress");
    assert_eq!(job.outcome().word(), "In progress");
    assert_eq!(
        job.containers(family("sap")),
        ["3e732d57-5ea1-491f-b238-9f4a39a9566f", "c4e5bd34-af39-4027-9058-6f1a4bb3519d"]
    );
    // The job has a result for a container that is not in its selection.
    assert_eq!(job.results(family("sap"))[0].0, "742f9921-2d91-41fc-97fc-e98ad007f081");
}

#[test]
fn the_documented_start_answer_has_nine_fraction_digits_and_no_details() {
    let job = job(&fixture("sap_start_response_in_progress.json"));
    assert!(job.created == stamp("2020-08-06T09:49:34.605Z"));
    assert!(job.updated == stamp("2020-08-06T09:49:34.609Z"));
    assert!(job.details.is_empty());
    assert_eq!(job.containers(family("sap")).len(), 3);
    assert_eq!(job.outcome().word(), "In progress");
    assert_eq!(job.progress(), (0, 0, 0));
}

#[test]
fn the_documented_salesforce_jobs_are_completed_and_failed() {
    let page = page("sfdc_list_completed_with_errors.json");
    assert_eq!((page.total, page.resources.len()), (2, 2));
    for job in &page.resources {
        assert_eq!(job.status, "completed");
        assert_eq!(job.outcome().word(), "Failed");
        for slug in ["salesforce", "salesforce-certificates"] {
            assert_eq!(job.containers(family(slug)), ["00DB000000040bIMAQ"]);
        }
        assert_eq!(job.results(family("salesforce"))[0].1, "Error listing keys from SFDC: ");
        assert_eq!(job.progress(), (1, 1, 1));
    }
}

#[test]
fn cancelled_jobs_look_completed_and_are_not() {
    assert_eq!(job(&fixture("aws_cancel_requested.json")).outcome().word(), "Cancelling");
    assert_eq!(job(&fixture("aws_cancelled_final.json")).outcome().word(), "Cancelled");
}

#[test]
fn every_example_decodes() {
    for (slug, name) in JOBS {
        let job = job(&fixture(name));
        assert!(!job.id.is_empty() && !job.containers(family(slug)).is_empty(), "{name}");
    }
    for (slug, name) in LISTS {
        let page = page(name);
        assert_eq!(page.resources.len() as u64, page.total, "{name}");
        for job in &page.resources {
            assert!(!job.id.is_empty() && !job.containers(family(slug)).is_empty(), "{name}");
            assert!(job.created.is_some() && job.updated.is_some(), "{name}");
        }
    }
}

fn details(job: &Job) -> Vec<[&str; 2]> {
    job.details.iter().map(|result| [result.key.as_str(), result.text.as_str()]).collect()
}

/// The job as it is expected where `field` is absent.
fn without(mut job: Job, field: &str) -> Job {
    match field {
        "id" => job.id.clear(),
        "uri" => job.uri.clear(),
        "account" => job.account.clear(),
        "cloud" => job.cloud.clear(),
        "overall_status" => job.status.clear(),
        "detailed_status" => (job.details, job.whole) = Default::default(),
        "createdAt" => job.created = None,
        "updatedAt" => job.updated = None,
        "completed_at" => job.completed = None,
        "abort" => job.abort = false,
        "application" | "devAccount" => {}
        _ => job.lists.retain(|(name, _)| name != field),
    }
    job.judge();
    job
}

/// All example jobs as JSON.
fn examples() -> Vec<Value> {
    let lists =
        LISTS.iter().flat_map(|(_, name)| json(name)["resources"].as_array().cloned().unwrap_or_default());
    JOBS.iter().map(|(_, name)| json(name)).chain(lists).collect()
}

#[test]
fn any_field_may_be_missing_null_or_of_a_wrong_type() {
    let mut tried = 0;
    let is_selection = |field: &str| {
        FAMILIES.iter().any(|family| family.job_field == field || family.regions == Some(field))
    };
    for example in examples() {
        let whole = Job::from_value(example.clone()).expect("an example is a job");
        for field in example.as_object().expect("an object").keys() {
            let expected = without(whole.clone(), field);
            let mut object = example.clone();
            object.as_object_mut().expect("an object").remove(field);
            assert!(job(&object.to_string()) == expected, "{field} is missing");
            for odd in [Value::Null, json!([{"deep": 1}]), json!([null]), json!([])] {
                if field == "detailed_status" && !odd.is_null() {
                    // A value that is not an object is the result of every container, and is not known.
                    continue;
                }
                let says_something = odd.as_array().is_some_and(|items| !items.is_empty());
                if (is_selection(field) || field == "abort") && says_something {
                    // A selection or a cancel that cannot be read is not the same as none.
                    continue;
                }
                object[field.as_str()] = odd.clone();
                assert!(job(&object.to_string()) == expected, "{field} is {odd}");
                tried += 1;
            }
        }
    }
    assert!(tried > 300, "only {tried} were tried");
}

#[test]
fn a_number_stands_for_its_text_and_an_odd_time_for_none() {
    let odd = json!({
        "id": 7, "overall_status": 3.5, "cloud": true, "createdAt": 1_600_000_000, "updatedAt": "yesterday",
        "completed_at": "", "abort": "true", "synchronize_all": "false", "kms": ["a", 2, null, {"b": 1}],
        "detailed_status": {"one": 5, "two": null, "three": {"state": "failed"}, "four": ["x"]}
    });
    let job = job(&odd.to_string());
    assert_eq!((job.id.as_str(), job.status.as_str(), job.cloud.as_str()), ("7", "3.5", "true"));
    assert!(job.created.is_none() && job.updated.is_none() && job.completed.is_none());
    assert!(job.abort && job.everything == Some(false));
    assert_eq!(job.containers(family("aws")), ["a", "2"]);
    let mut texts = details(&job);
    texts.sort_unstable();
    assert_eq!(
        texts,
        [["four", "[\"x\"]"], ["one", "5"], ["three", "{\"state\":\"failed\"}"], ["two", "null"]]
    );
    assert_eq!(job.outcome().word(), "Cancelling");
}

#[test]
fn unknown_fields_change_nothing() {
    for mut example in examples() {
        let before = Job::from_value(example.clone());
        example["new_field"] = json!({"deep": {"er": [1, 2]}});
        example["priority"] = json!(3);
        assert!(Job::from_value(example.clone()) == before);
    }
    // Arrays of unknown fields are kept, because an undocumented family may name its containers by them.
    let job = job(r#"{"id":"a","organizations":["o"],"domains":["d"]}"#);
    assert_eq!(job.containers(family("salesforce-certificates")), ["o"]);
    assert_eq!(job.lists.len(), 2);
}

#[test]
fn what_is_no_job_is_no_job() {
    for text in ["null", "[]", "3", "\"x\"", "", "<html>", "{\"id\":"] {
        assert!(serde_json::from_str::<Job>(text).is_err(), "{text}");
    }
    assert!(job("{}") == Job::default());
}

#[test]
fn a_list_lives_without_any_of_its_fields() {
    let whole = json("google_list_in_progress.json");
    for field in ["skip", "limit", "total", "resources"] {
        for odd in [None, Some(Value::Null), Some(json!({"x": 1})), Some(json!(-4)), Some(json!(true))] {
            let mut list = whole.clone();
            let object = list.as_object_mut().expect("an object");
            match odd {
                Some(odd) => object.insert(field.to_string(), odd),
                None => object.remove(field),
            };
            if field == "resources" {
                assert!(jobs(&list.to_string()).is_err(), "{list}");
                continue;
            }
            let page: Page<Job> = jobs(&list.to_string()).expect("a list decodes");
            assert_eq!(page.skip, 0);
            assert_eq!(page.limit, if field == "limit" { 0 } else { 10 });
            assert_eq!(page.total, 1);
            assert_eq!(page.resources.len(), 1);
        }
    }
}

#[test]
fn a_list_without_a_total_ends_with_a_page_that_is_not_full() {
    let two = r#""resources":[{"id":"a"},{"id":"b"}]"#;
    let read = |rest: &str, asked: (u64, u64)| {
        let page = list_page(&format!("{{{rest}{two}}}"), asked, Job::from_value).expect("a list decodes");
        (page.skip, page.limit, page.total, page.is_open)
    };
    for total in ["", r#""total":null,"#, r#""total":-1,"#, r#""total":"many","#, r#""total":22.5,"#] {
        let with = |envelope: &str, asked| read(&[envelope, total].concat(), asked);
        assert_eq!(with(r#""skip":20,"limit":3,"#, (20, 3)), (20, 3, 22, false), "{total}");
        assert_eq!(with(r#""skip":20,"limit":2,"#, (20, 2)), (20, 2, 23, true), "{total}");
        assert_eq!(with(r#""skip":20,"limit":2,"#, (20, 100)), (20, 2, 23, true), "the server's own limit");
        assert_eq!(with("", (20, 2)), (20, 0, 23, true), "the request says what the response does not");
        assert_eq!(with(r#""skip":20,"#, (0, 0)), (20, 0, 22, false), "nobody knows what was asked for");
    }
    assert_eq!(read(r#""skip":0,"limit":2,"total":237.0,"#, (0, 2)), (0, 2, 237, false));
    assert_eq!(read(r#""total":60,"#, (2, 2)), (2, 0, 60, false), "the page that was asked for");
    let page: Page<Job> =
        jobs(r#"{"skip":"7","limit":"10","total":"7","resources":[]}"#).expect("a list decodes");
    assert_eq!((page.skip, page.limit, page.total, page.resources.len()), (7, 10, 7, 0));
}

#[test]
fn one_unreadable_item_takes_nothing_from_the_others() {
    let page: Page<Job> =
        jobs(r#"{"total":4,"resources":[null,{"id":"a"},7,{"id":"b","kms":3}]}"#).expect("a list decodes");
    let ids: Vec<_> = page.resources.iter().map(|job| job.id.as_str()).collect();
    assert_eq!((ids, page.total, page.unread, page.sent()), (vec!["a", "b"], 4, 2, 4));
    for text in ["[]", "null", "<html></html>", "", "7"] {
        assert!(jobs(text).is_err(), "{text}");
    }
}

#[test]
fn errors_come_first_and_are_counted() {
    let of = |status: &str| {
        made(json!({"id": "j", "overall_status": status, "detailed_status": {
            "a": "vault synchronized successfully",
            "b": "in progress",
            "c": "Access denied",
            "d": "skipped",
            "e": "Error: 2 keys not synchronized successfully",
        }}))
    };
    let job = of("in_progress");
    let keys: Vec<_> = job.results(family("oci")).iter().map(|(key, _, _)| key.to_string()).collect();
    assert_eq!(keys, strings(&["c", "e", "d", "a", "b"]));
    assert_eq!(job.progress(), (2, 3, 5));
    let job = of("completed");
    assert_eq!(job.progress(), (2, 5, 5));
    assert_eq!(job.outcome().word(), "Completed with errors");
}

#[test]
fn a_job_lasts_until_it_ends() {
    let of = |more: Value| {
        let mut job = json!({"id": "j", "overall_status": "in_progress", "createdAt": second(10), "updatedAt": second(15)});
        more.as_object().into_iter().flatten().for_each(|(name, value)| job[name] = value.clone());
        made(job)
    };
    let now = Stamp::from_millis(60_000);
    assert_eq!(of(json!({})).lasted(now), Some(50_000));
    assert_eq!(of(json!({"completed_at": second(40)})).lasted(now), Some(30_000));
    assert_eq!(of(json!({"overall_status": "failed"})).lasted(now), Some(5_000));
    assert_eq!(of(json!({"overall_status": "failed", "updatedAt": null})).lasted(now), None);
    assert_eq!(of(json!({"createdAt": null})).lasted(now), None);
    // The browser's clock may be behind the server's.
    assert_eq!(of(json!({})).lasted(Stamp::from_millis(0)), Some(0));
}

#[test]
fn a_text_is_found_in_whatever_order_they_come() {
    let job = job(r#"{"id": "j", "detailed_status": {"c": "c!", "a": "a!", "b": "b!"}}"#);
    let text_at = |job: &Job, key: &str| job.result_of(key).map(|result| result.text.clone());
    assert_eq!(text_at(&job, "a").as_deref(), Some("a!"));
    assert_eq!(text_at(&job, "b").as_deref(), Some("b!"));
    assert_eq!(text_at(&job, "c").as_deref(), Some("c!"));
    assert_eq!(text_at(&job, "d"), None);
}

#[test]
fn a_job_without_containers_is_of_everything() {
    for family in FAMILIES {
        let of = |list: &[&str]| made(json!({"id": "j", family.job_field: list}));
        assert!(Job::default().is_of_everything(family));
        assert!(!of(&["a"]).is_of_everything(family));
        let all = made(json!({"id": "j", family.job_field: ["a"], "synchronize_all": true}));
        assert!(all.is_of_everything(family));
        assert!(of(&["a", "b"]).selects_as(&of(&["b", "a"]), family));
        assert!(!of(&["a", "b"]).selects_as(&of(&["a"]), family) && !of(&["a"]).selects_as(&all, family));
        assert!(all.selects_as(&Job::default(), family));
        if let Some(field) = family.regions {
            let some = made(json!({"id": "j", family.job_field: ["a"], field: ["r"]}));
            assert!(!some.selects_as(&of(&["a"]), family), "a region is not all of them");
        }
    }
}

#[test]
fn what_runs_says_how_long_nothing_changed() {
    let at = |seconds: i64| Stamp::from_millis(seconds * 1000);
    let of = |created: Option<u32>, updated: Option<u32>, completed: Option<u32>| {
        let status = if completed.is_some() { "completed" } else { "in progress" };
        made(json!({
            "id": "j", "overall_status": status, "createdAt": created.map(second), "updatedAt": updated.map(second),
            "completed_at": completed.map(second),
        }))
    };
    assert_eq!(of(Some(1), None, None).unchanged(at(61)), Some(60_000));
    let active = of(Some(1), Some(41), None);
    assert_eq!((active.unchanged(at(61)), active.unchanged(at(0))), (Some(20_000), Some(0)));
    assert_eq!(of(Some(1), Some(41), Some(50)).unchanged(at(61)), None);
    assert_eq!(of(None, None, None).unchanged(at(61)), None);
}
