//! The start form: documented bodies, reasons for incomplete forms, and forms filled from jobs.

use crate::{family, fixture, json, strings};
use cckm::container::{Container, Directory};
use cckm::decode::list;
use cckm::family::{FAMILIES, Family};
use cckm::job::Job;
use cckm::page::Page;
use cckm::start_request::{self, Form, again, regions_of, retry, sentence};
use serde_json::{Value, json};

fn chosen(ids: &[&str]) -> Form {
    Form { everything: Some(false), chosen: strings(ids), ..Form::default() }
}

/// The body as the receiver parses it.
fn body(family: &Family, form: &Form) -> Result<Value, String> {
    start_request::body(family, form)
        .map(|body| serde_json::from_str(&body.to_string()).expect("what is sent is JSON"))
}

fn everything() -> Form {
    Form { everything: Some(true), ..Form::default() }
}

/// A documented body, without a `synchronize_all: false` beside a selector, which has no effect and is not sent.
fn documented(name: &str) -> Value {
    let mut value = json(name);
    if value["synchronize_all"] == false {
        value.as_object_mut().expect("an object").remove("synchronize_all");
    }
    value
}

#[test]
fn documented_requests_are_sent() {
    let aws = Form { regions: strings(&["ap-south-1"]), ..chosen(&["kms"]) };
    assert_eq!(body(family("aws"), &aws), Ok(documented("aws_start_request.json")));
    let azure = chosen(&["bedb82b9-582c-402d-9874-f3368722cf46"]);
    assert_eq!(body(family("azure"), &azure), Ok(documented("azure_start_request.json")));
    assert_eq!(body(family("google"), &everything()), Ok(documented("google_start_request.json")));
    assert_eq!(body(family("salesforce"), &everything()), Ok(documented("sfdc_start_request.json")));
}

#[test]
fn everything_and_a_selection_are_never_sent_together() {
    for family in FAMILIES {
        let full = Form {
            chosen: strings(&["a", "b"]),
            typed: "c".into(),
            regions: strings(&["r"]),
            switches: family.switches.iter().map(|switch| switch.field).collect(),
            ..everything()
        };
        let mut expected = json!({"synchronize_all": true});
        for switch in family.switches {
            expected[switch.field] = json!(true);
        }
        assert_eq!(body(family, &full), Ok(expected.clone()), "{}", family.slug);
        let some = Form { everything: Some(false), ..full };
        let sent = body(family, &some).expect("a body");
        assert!(sent.get("synchronize_all").is_none());
        assert_eq!(sent[family.selector], json!(["a", "b"]));
        assert_eq!(sent.get("regions").is_some(), family.regions.is_some());
        let fields = 1 + usize::from(family.regions.is_some()) + family.switches.len();
        assert_eq!(sent.as_object().map(serde_json::Map::len), Some(fields), "{sent}");
    }
}

#[test]
fn a_switch_is_sent_only_where_the_family_has_it() {
    let form = Form { switches: vec!["take_cloud_key_backup"], ..chosen(&["v"]) };
    assert_eq!(body(family("azure"), &form), Ok(json!({"key_vaults": ["v"], "take_cloud_key_backup": true})));
    assert_eq!(body(family("azure-secrets"), &form), Ok(json!({"key_vaults": ["v"]})));
}

#[test]
fn no_regions_means_all_of_them() {
    assert_eq!(body(family("aws"), &chosen(&["k"])), Ok(json!({"kms": ["k"]})));
}

#[test]
fn what_is_missing_is_reported_in_words() {
    let reason = |slug: &str, form: &Form| body(family(slug), form).expect_err("a reason");
    assert_eq!(reason("google", &Form::default()), "Choose what to synchronize.");
    assert_eq!(reason("google", &chosen(&[])), "Choose at least one key ring.");
    assert_eq!(reason("aws", &chosen(&[])), "Choose at least one KMS.");
    let typed = Form { by_hand: true, typed: " \n ".into(), ..chosen(&["hidden"]) };
    assert_eq!(reason("sap", &typed), "Type the ID of at least one group.");
}

#[test]
fn typed_ids_come_one_a_line() {
    let form = Form { by_hand: true, typed: "a\r\n  b c \n\na\n".into(), ..chosen(&["hidden"]) };
    assert_eq!(body(family("salesforce"), &form), Ok(json!({"organization_ids": ["a", "b c"]})));
}

#[test]
fn a_sentence_says_what_will_happen() {
    let regions = strings(&["eu-west-1", "us-east-1"]);
    let table = [
        ("google", chosen(&["a", "b", "c"]), "Synchronizes 3 key rings"),
        ("google", chosen(&["a"]), "Synchronizes 1 key ring"),
        ("google", everything(), "Synchronizes all key rings"),
        ("aws", Form { regions, ..chosen(&["a"]) }, "Synchronizes 1 KMS in 2 regions"),
        ("aws", chosen(&["a"]), "Synchronizes 1 KMS"),
        ("aws", chosen(&[]), ""),
        ("aws", Form::default(), ""),
        ("sap", Form { by_hand: true, typed: "x\ny".into(), ..chosen(&[]) }, "Synchronizes 2 groups"),
    ];
    for (slug, form, expected) in table {
        assert_eq!(sentence(family(slug), &form), expected);
    }
}

#[test]
fn regions_are_those_that_the_chosen_offer() {
    let offers = |regions: &[&str]| Container { regions: strings(regions), ..Container::default() };
    let (one, two) = (offers(&["us-east-1", "eu-west-1"]), offers(&["eu-west-1", "ap-south-1"]));
    assert_eq!(regions_of(&[&one, &two]), ["ap-south-1", "eu-west-1", "us-east-1"]);
    assert_eq!(regions_of(&[&one]), ["eu-west-1", "us-east-1"]);
    assert!(regions_of(&[]).is_empty());
}

fn directory(slug: &str, items: Vec<Value>) -> Directory {
    let list = family(slug).containers;
    Directory::new(items.iter().filter_map(|item| Container::from_value(&item.clone(), list)).collect())
}

fn kms() -> Directory {
    directory(
        "aws",
        vec![
            json!({"id": "id-prod", "name": "prod", "account_id": "111", "regions": ["eu-west-1", "us-east-1"]}),
            json!({"id": "id-old", "name": "old", "account_id": "111", "regions": ["us-east-1"]}),
            json!({"id": "id-test", "name": "test", "account_id": "222", "regions": ["eu-west-1"]}),
        ],
    )
}

fn job(value: Value) -> Job {
    Job::from_value(value.clone()).expect("a job")
}

#[test]
fn a_job_is_started_again_with_the_ids_of_what_it_named() {
    let ran = job(json!({"id": "j", "kms": ["prod", "id-test"], "regions": ["eu-west-1"]}));
    let form = again(family("aws"), &ran, &kms());
    assert_eq!(
        body(family("aws"), &form),
        Ok(json!({"kms": ["id-prod", "id-test"], "regions": ["eu-west-1"]}))
    );
    assert!(!form.by_hand);
}

#[test]
fn an_unknown_container_is_typed_so_that_it_is_seen() {
    let ran = job(json!({"id": "j", "kms": ["prod", "gone"]}));
    let form = again(family("aws"), &ran, &kms());
    assert!(form.by_hand && form.chosen.is_empty());
    assert_eq!(form.typed, "id-prod\ngone");
    let nothing_known = again(family("aws"), &ran, &Directory::default());
    assert_eq!(nothing_known.typed, "prod\ngone");
}

#[test]
fn a_job_without_containers_synchronized_everything() {
    for value in
        [json!({"id": "j"}), json!({"id": "j", "kms": []}), json!({"kms": ["a"], "synchronize_all": true})]
    {
        assert!(again(family("aws"), &job(value), &kms()) == everything());
    }
    for value in [json!({"synchronize_all": false}), json!({"kms": [{"id": "a"}]}), json!({"kms": "a"})] {
        assert!(again(family("aws"), &job(value), &kms()) == chosen(&[]));
    }
}

#[test]
fn failed_regions_are_retried_with_their_kms() {
    let ran = job(json!({"id": "j", "kms": ["prod", "test"], "detailed_status": {
        "111/eu-west-1": "region synchronized successfully",
        "111/us-east-1": "Access denied",
        "222/eu-west-1": "in progress"
    }}));
    let (form, unknown) = retry(family("aws"), &ran, &kms());
    // The container `old` offers the region too, but the job did not select it.
    assert_eq!(body(family("aws"), &form), Ok(json!({"kms": ["id-prod"], "regions": ["us-east-1"]})));
    assert!(unknown.is_empty());
}

#[test]
fn a_region_that_no_known_kms_answers_to_is_reported() {
    let texts = json!({"999/eu-west-1": "Error", "111/us-east-1": "Error"});
    let ran = job(json!({"id": "j", "kms": ["prod", "other"], "detailed_status": texts}));
    let (form, unknown) = retry(family("aws"), &ran, &kms());
    assert_eq!(unknown, ["999/eu-west-1"]);
    assert_eq!((form.typed.as_str(), form.by_hand), ("id-prod", true));
    assert_eq!(form.regions.len(), 2);
    // A job that selected a single KMS can only mean this one.
    let alone = job(json!({"id": "j", "kms": ["kms"], "detailed_status": {"9/r": "Error"}}));
    let (form, unknown) = retry(family("aws"), &alone, &Directory::default());
    assert_eq!((form.typed.as_str(), unknown), ("kms", strings(&["9/r"])));
    assert_eq!(form.regions, ["r"]);
}

#[test]
fn a_job_of_everything_is_retried_by_account_and_region() {
    let ran = job(json!({"id": "j", "detailed_status": {"111/us-east-1": "Error"}}));
    let (form, unknown) = retry(family("aws"), &ran, &kms());
    assert_eq!(
        body(family("aws"), &form),
        Ok(json!({"kms": ["id-prod", "id-old"], "regions": ["us-east-1"]}))
    );
    assert!(unknown.is_empty());
}

#[test]
fn full_names_are_retried_by_id() {
    let rings = json("google_key_rings_list.json")["resources"].as_array().cloned().unwrap_or_default();
    let known = directory("google", rings);
    let mut value = json("google_list_in_progress.json")["resources"][0].clone();
    let name = "projects/gemalto-kyloeng/locations/global/keyRings/demo-key-ring";
    value["detailed_status"][name] = json!("Error: quota exceeded");
    let (form, unknown) = retry(family("google"), &job(value), &known);
    assert!(form == chosen(&["85d546eb-7d94-4016-b426-da22890ee8ff"]) && unknown.is_empty());
}

#[test]
fn organization_ids_of_results_become_ids_of_resources() {
    let known = directory("salesforce", vec![json("sfdc_organization_get.json")]);
    let page: Page<Job> =
        list(&fixture("sfdc_list_completed_with_errors.json"), Job::from_value).expect("a list decodes");
    for ran in &page.resources {
        let (form, unknown) = retry(family("salesforce"), ran, &known);
        assert_eq!(
            body(family("salesforce"), &form),
            Ok(json!({"organization_ids": ["2473e846-31a8-4ee6-8299-17025548b4e2"]}))
        );
        assert!(unknown.is_empty());
        let (form, unknown) = retry(family("salesforce"), ran, &Directory::default());
        assert_eq!(unknown, ["00DB000000040bIMAQ"]);
        assert_eq!((form.typed.as_str(), form.by_hand), ("00DB000000040bIMAQ", true));
    }
}

#[test]
fn nothing_failed_leaves_nothing_chosen() {
    let ran = job(json!({"id": "j", "kms": ["prod"], "detailed_status": {"111/eu-west-1": "Success"}}));
    let (form, unknown) = retry(family("aws"), &ran, &kms());
    assert!(form == chosen(&[]) && unknown.is_empty());
}
