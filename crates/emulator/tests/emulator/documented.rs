//! The emulator's answers have the shape of the documented examples: the same fields with the same types, and times
//! with as many fraction digits.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Emulator, id};

const COPIES: [(&str, &str); 10] = [
    ("aws_get_completed.json", include_str!("../documented/aws_get_completed.json")),
    ("aws_start_request.json", include_str!("../documented/aws_start_request.json")),
    ("azure_start_request.json", include_str!("../documented/azure_start_request.json")),
    (
        "errors_auth_401_wrong_password.json",
        include_str!("../documented/errors_auth_401_wrong_password.json"),
    ),
    ("errors_resource_404.json", include_str!("../documented/errors_resource_404.json")),
    ("google_list_in_progress.json", include_str!("../documented/google_list_in_progress.json")),
    ("sap_list_in_progress.json", include_str!("../documented/sap_list_in_progress.json")),
    (
        "sap_start_response_in_progress.json",
        include_str!("../documented/sap_start_response_in_progress.json"),
    ),
    (
        "sfdc_list_completed_with_errors.json",
        include_str!("../documented/sfdc_list_completed_with_errors.json"),
    ),
    ("sfdc_organization_get.json", include_str!("../documented/sfdc_organization_get.json")),
];

fn example(name: &str) -> Value {
    let (_, text) = COPIES.into_iter().find(|(own, _)| *own == name).expect("a copied example");
    serde_json::from_str(text).expect("the examples are JSON")
}

/// The shape of a value: its fields by path, each with its type. The keys of `detailed_status` are data, not fields,
/// and `application` and `devAccount` belong to older objects only.
fn shape(value: &Value) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    describe("", value, &mut fields);
    fields.retain(|path, _| !path.ends_with(".application") && !path.ends_with(".devAccount"));
    fields
}

fn describe(path: &str, value: &Value, fields: &mut BTreeMap<String, String>) {
    let kind = match value {
        Value::Null => "null".into(),
        Value::Bool(_) => "bool".into(),
        Value::Number(_) => "number".into(),
        Value::String(text) => time(text).unwrap_or_else(|| "text".into()),
        Value::Array(items) => {
            for item in items {
                describe(&format!("{path}[]"), item, fields);
            }
            "array".into()
        }
        Value::Object(members) if path.ends_with(".detailed_status") => {
            for text in members.values() {
                describe(&format!("{path}{{}}"), text, fields);
            }
            "map".into()
        }
        Value::Object(members) => {
            for (name, member) in members {
                describe(&format!("{path}.{name}"), member, fields);
            }
            "object".into()
        }
    };
    fields.insert(path.to_owned(), kind);
}

/// `time with 6 digits` for an RFC 3339 time in UTC.
fn time(text: &str) -> Option<String> {
    chrono::DateTime::parse_from_rfc3339(text).ok()?;
    let digits = text.strip_suffix('Z')?.split_once('.').map_or(0, |(_, digits)| digits.len());
    Some(format!("time with {digits} digits"))
}

#[tokio::test]
async fn a_completed_aws_job_has_the_documented_shape() {
    let emulator = Emulator::documented();
    let started = emulator.start("aws", example("aws_start_request.json")).await.expect(201);
    emulator.advance(90.0).await;
    let job = emulator.job("aws", &id(&started)).await;
    assert_eq!(shape(&job), shape(&example("aws_get_completed.json")));
}

#[tokio::test]
async fn a_running_google_list_has_the_documented_shape() {
    let emulator = Emulator::documented();
    emulator.send("PUT", "/__emulator/jobs/google", Some(json!([]))).await.expect(204);
    emulator.start("google", json!({"synchronize_all": true})).await.expect(201);
    let list = emulator.jobs("google", "").await.json();
    assert_eq!(shape(&list), shape(&example("google_list_in_progress.json")));
}

#[tokio::test]
async fn a_running_sap_list_has_the_documented_shape() {
    let emulator = Emulator::documented();
    emulator.send("PUT", "/__emulator/jobs/sap", Some(json!([]))).await.expect(204);
    emulator.start("sap", json!({"synchronize_all": true})).await.expect(201);
    assert_eq!(shape(&emulator.jobs("sap", "").await.json()), shape(&example("sap_list_in_progress.json")));
}

#[tokio::test]
async fn a_completed_salesforce_list_has_the_documented_shape() {
    let emulator = Emulator::documented();
    emulator.send("PUT", "/__emulator/jobs/salesforce", Some(json!([]))).await.expect(204);
    emulator.start("salesforce", json!({"synchronize_all": true})).await.expect(201);
    emulator.advance(90.0).await;
    let list = emulator.jobs("salesforce", "").await.json();
    assert_eq!(shape(&list), shape(&example("sfdc_list_completed_with_errors.json")));
}

#[tokio::test]
async fn the_start_answer_has_the_documented_shape_with_nine_digits() {
    let emulator = Emulator::documented();
    let started = emulator.start("sap", json!({"synchronize_all": true})).await.expect(201);
    let documented = shape(&example("sap_start_response_in_progress.json"));
    assert_eq!(documented[".createdAt"], "time with 9 digits", "the example itself");
    assert_eq!(shape(&started), documented);
}

#[tokio::test]
async fn the_documented_requests_are_accepted() {
    let emulator = Emulator::documented();
    emulator.start("azure", example("azure_start_request.json")).await.expect(201);
    emulator.start("aws", example("aws_start_request.json")).await.expect(201);
}

#[tokio::test]
async fn errors_have_the_documented_shape() {
    let emulator = Emulator::documented();
    let wrong = emulator.post("/api/v1/auth/tokens", json!({"username": "admin", "password": "wrong"})).await;
    let (mut wrong, mut documented) = (wrong.expect(401), example("errors_auth_401_wrong_password.json"));
    for error in [&mut wrong, &mut documented] {
        assert!(error["requestID"].take().is_string());
    }
    assert_eq!(wrong, documented);
    let missing = emulator.jobs("aws", "").await;
    missing.expect(200);
    let missing = emulator.get("/api/v1/cckm/aws/synchronization-jobs/nothing").await.expect(404);
    let documented = example("errors_resource_404.json");
    assert_eq!((&missing["code"], &missing["codeDesc"]), (&documented["code"], &documented["codeDesc"]));
}

#[tokio::test]
async fn the_documented_jobs_are_there_word_for_word() {
    for data in ["documented", "believable", "large"] {
        let emulator = Emulator::new(&["--data", data]);
        let aws = example("aws_get_completed.json");
        assert_eq!(emulator.job("aws", &id(&aws)).await, aws, "{data}");
        for (slug, name) in [
            ("google", "google_list_in_progress.json"),
            ("sap", "sap_list_in_progress.json"),
            ("salesforce", "sfdc_list_completed_with_errors.json"),
        ] {
            for job in example(name)["resources"].as_array().expect("a list") {
                assert_eq!(emulator.job(slug, &id(job)).await, *job, "{data}");
            }
        }
        let organization = example("sfdc_organization_get.json");
        let path = format!("/api/v1/cckm/sfdc/organizations/{}", id(&organization));
        assert_eq!(emulator.get(&path).await.expect(200), organization, "{data}");
        let group =
            emulator.get("/api/v1/cckm/sap/groups/e4b2c2da-4226-4cd8-bbfa-b3ad7a7c05ea").await.expect(200);
        assert_eq!(group["Name"], "TestCCKM", "the documents write Name");
    }
}

/// Where the documented examples lie beside the project, the copies are held against them; a clone alone passes.
#[test]
fn the_copies_are_the_examples_beside_the_project() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/api/examples/documented");
    for (name, copy) in COPIES {
        if let Ok(original) = std::fs::read_to_string(examples.join(name)) {
            assert_eq!(copy, original, "{name}");
        }
    }
}
