//! One test for each quirk of the API, named after it.

use serde_json::{Value, json};

use emulator::families::FAMILIES;

use crate::support::{Emulator, family, id};

const KMS: &str = "2993afdd-a040-4233-8567-8af8fb755897";
const VAULT: &str = "bedb82b9-582c-402d-9874-f3368722cf46";
const ORGANIZATION: &str = "2473e846-31a8-4ee6-8299-17025548b4e2";
const SALESFORCES_OWN: &str = "00DB000000040bIMAQ";
const GROUP: &str = "e4b2c2da-4226-4cd8-bbfa-b3ad7a7c05ea";
const GROUP_ID: &str = "a42e389b-3d6a-43a6-ab94-9ef13de05785";
const RING: &str = "projects/gemalto-kyloeng/locations/global/keyRings/demo-key-ring";

/// The first container of a family, as the documented data has it.
async fn first_container(emulator: &Emulator, slug: &str) -> String {
    let list = emulator.get(&format!("/api/v1/cckm/{}", family(slug).containers.path)).await;
    list.ids().remove(0)
}

#[tokio::test]
async fn sap_runs_in_progress_with_a_space_and_all_others_with_an_underscore() {
    let emulator = Emulator::documented();
    for family in FAMILIES {
        let started = emulator.start(family.slug, json!({"synchronize_all": true})).await.expect(201);
        let job = emulator.job(family.slug, &id(&started)).await;
        let text = if family.slug == "sap" { "in progress" } else { "in_progress" };
        assert_eq!(started["overall_status"], text, "{}", family.slug);
        assert_eq!(job["overall_status"], text, "{}", family.slug);
        let details: Vec<&Value> = job["detailed_status"].as_object().expect("a map").values().collect();
        assert_eq!(details, [text], "{}: a job works at one container at a time", family.slug);
    }
}

#[tokio::test]
async fn the_filter_in_progress_finds_in_progress_with_a_space_too() {
    let emulator = Emulator::documented();
    let found = emulator.jobs("sap", "overall_status=in_progress").await;
    assert_eq!(found.ids(), ["bf27cde1-e2ed-4244-9d5a-8a4e12ad1837"]);
    assert!(emulator.jobs("sap", "overall_status=completed").await.ids().is_empty());
}

#[tokio::test]
async fn googles_cloud_is_gcp() {
    let emulator = Emulator::documented();
    let started = emulator.start("google", json!({"synchronize_all": true})).await.expect(201);
    assert_eq!(started["cloud"], "gcp");
    assert_eq!(started["key_rings"], json!([RING]), "jobs hold full resource names");
}

#[tokio::test]
async fn salesforce_has_three_names_for_its_organizations() {
    let emulator = Emulator::documented();
    for slug in ["salesforce", "salesforce-certificates"] {
        emulator.start(slug, json!({"organizations": [ORGANIZATION]})).await.expect(400);
        emulator.start(slug, json!({"kms": [ORGANIZATION]})).await.expect(400);
        let started = emulator.start(slug, json!({"organization_ids": [ORGANIZATION]})).await.expect(201);
        assert_eq!(started["kms"], json!([SALESFORCES_OWN]), "the job holds Salesforce's own id");
        for value in [ORGANIZATION, SALESFORCES_OWN, "Thales"] {
            let found = emulator.jobs(slug, &format!("organizations={value}")).await.ids();
            assert!(found.contains(&id(&started)), "{slug} {value}");
        }
        assert!(emulator.jobs(slug, "organizations=other").await.ids().is_empty());
        let unfiltered = emulator.jobs(slug, "kms=other").await.ids();
        assert!(!unfiltered.is_empty(), "the filter is not called kms");
    }
}

#[tokio::test]
async fn aws_jobs_hold_kms_names_and_details_by_account_and_region() {
    let emulator = Emulator::documented();
    let started = emulator.start("aws", json!({"kms": [KMS], "regions": ["us-east-1"]})).await.expect(201);
    assert_eq!((&started["kms"], &started["regions"]), (&json!(["kms"]), &json!(["us-east-1"])));
    emulator.advance(90.0).await;
    let job = emulator.job("aws", &id(&started)).await;
    assert_eq!(job["detailed_status"], json!({"123456789012/us-east-1": "region synchronized successfully"}));
}

#[tokio::test]
async fn aws_without_regions_synchronizes_all_regions_of_the_kms() {
    let emulator = Emulator::documented();
    for slug in ["aws", "aws-custom-key-stores"] {
        let started = emulator.start(slug, json!({"kms": [KMS]})).await.expect(201);
        assert_eq!(started["regions"], json!(["ap-south-1", "us-east-1"]));
        emulator.advance(90.0).await;
        let job = emulator.job(slug, &id(&started)).await;
        let keys: Vec<&String> = job["detailed_status"].as_object().expect("a map").keys().collect();
        assert_eq!(keys, ["123456789012/ap-south-1", "123456789012/us-east-1"]);
    }
}

#[tokio::test]
async fn a_region_that_no_chosen_kms_has_is_refused() {
    let emulator = Emulator::documented();
    let error = emulator.start("aws", json!({"kms": [KMS], "regions": ["mars-1"]})).await.expect(400);
    assert_eq!(error["message"], "Validation errors:\nregions: no chosen KMS has the region mars-1");
    emulator.start("aws", json!({"regions": ["us-east-1"]})).await.expect(400);
}

#[tokio::test]
async fn sap_takes_a_resource_id_or_a_group_id_and_gives_back_what_was_sent() {
    let emulator = Emulator::documented();
    for sent in [GROUP, GROUP_ID] {
        let started = emulator.start("sap", json!({"groups": [sent]})).await.expect(201);
        assert_eq!(started["groups"], json!([sent]));
        let found = emulator.jobs("sap", &format!("groups={GROUP}")).await.ids();
        assert!(found.contains(&id(&started)), "the filter finds it by the other name, too");
        emulator.advance(90.0).await;
    }
}

#[tokio::test]
async fn the_start_answer_has_nine_fraction_digits_and_no_detailed_status() {
    let emulator = Emulator::documented();
    for family in FAMILIES {
        let started = emulator.start(family.slug, json!({"synchronize_all": true})).await.expect(201);
        assert_eq!(started["createdAt"], "2026-03-01T12:00:00.123456789Z", "{}", family.slug);
        assert_eq!(started["updatedAt"].as_str().map(str::len), Some(30), "{}", family.slug);
        assert_eq!(started.get("detailed_status"), None, "{}", family.slug);
        assert_eq!(started.get("completed_at"), None, "{}", family.slug);
        let job = emulator.job(family.slug, &id(&started)).await;
        assert_eq!(job["createdAt"], "2026-03-01T12:00:00.123456Z", "{}", family.slug);
        assert!(job["detailed_status"].is_object(), "{}", family.slug);
    }
}

#[tokio::test]
async fn a_job_advances_with_the_clock_and_with_nothing_else() {
    let emulator = Emulator::documented();
    let job = id(&emulator.start("aws", json!({"kms": [KMS]})).await.expect(201));
    let first = emulator.job("aws", &job).await;
    assert_eq!(first, emulator.job("aws", &job).await, "a frozen clock freezes the job");
    emulator.advance(19.0).await;
    let second = emulator.job("aws", &job).await;
    assert_eq!(second["overall_status"], "in_progress");
    assert_eq!(second["detailed_status"]["123456789012/ap-south-1"], "region synchronized successfully");
    assert_eq!(second["detailed_status"]["123456789012/us-east-1"], "in_progress");
    assert!(second["updatedAt"].as_str() > first["updatedAt"].as_str());
    assert_eq!(second.get("completed_at"), None);
    emulator.advance(71.0).await;
    let third = emulator.job("aws", &job).await;
    assert_eq!((&third["overall_status"], &third["abort"]), (&json!("completed"), &json!(false)));
    assert!(third["completed_at"].is_string());
}

#[tokio::test]
async fn a_cancelled_job_stays_in_progress_and_later_ends_as_completed_with_abort() {
    let emulator = Emulator::documented();
    for family in FAMILIES {
        let job = id(&emulator.start(family.slug, json!({"synchronize_all": true})).await.expect(201));
        let answer = emulator.cancel(family.slug, &job).await.expect(200);
        assert_eq!((&answer["overall_status"], &answer["abort"]), (&json!(family.running), &json!(true)));
        assert_eq!(
            answer,
            emulator.cancel(family.slug, &job).await.expect(200),
            "asking twice changes nothing"
        );
        emulator.advance(10.0).await;
        let ended = emulator.job(family.slug, &job).await;
        assert_eq!((&ended["overall_status"], &ended["abort"]), (&json!("completed"), &json!(true)));
        assert!(ended["completed_at"].is_string(), "{}", family.slug);
        let details = ended["detailed_status"].as_object().expect("a map");
        assert!(
            details.values().any(|text| text == family.running),
            "what was left off still says that it runs"
        );
    }
}

#[tokio::test]
async fn only_a_job_in_progress_can_be_cancelled() {
    let emulator = Emulator::documented();
    let error = emulator.cancel("aws", "afef70ff-311e-46c1-8ead-e1999e8c6d46").await.expect(400);
    assert_eq!(error["codeDesc"], "NCERRBadRequest: Bad HTTP request");
    emulator.cancel("aws", "nothing").await.expect(404);
}

#[tokio::test]
async fn a_documented_job_can_be_cancelled_and_ends_too() {
    let emulator = Emulator::documented();
    let job = "bf27cde1-e2ed-4244-9d5a-8a4e12ad1837";
    let answer = emulator.cancel("sap", job).await.expect(200);
    assert_eq!((&answer["overall_status"], &answer["abort"]), (&json!("in progress"), &json!(true)));
    emulator.advance(10.0).await;
    let ended = emulator.job("sap", job).await;
    assert_eq!((&ended["overall_status"], &ended["abort"]), (&json!("completed"), &json!(true)));
}

#[tokio::test]
async fn completed_is_not_success() {
    let emulator = Emulator::documented();
    let job = emulator.job("salesforce", "c8d2f27b-fb4f-4557-b63c-00d4a1439c4a").await;
    assert_eq!(job["overall_status"], "completed");
    assert_eq!(job["detailed_status"], json!({SALESFORCES_OWN: "Error listing keys from SFDC: "}));

    let broken = json!([{
        "id": "broken", "name": "Broken", "organization_id": "00D", "azure_name": "broken",
        "emulator_trouble": "Error listing keys from SFDC: ",
    }]);
    emulator.send("PUT", "/__emulator/containers/sfdc-organizations", Some(broken.clone())).await.expect(204);
    emulator.send("PUT", "/__emulator/containers/azure-vaults", Some(broken)).await.expect(204);
    let salesforce =
        id(&emulator.start("salesforce", json!({"organization_ids": ["broken"]})).await.expect(201));
    let azure = id(&emulator.start("azure", json!({"key_vaults": ["broken"]})).await.expect(201));
    emulator.advance(90.0).await;
    assert_eq!(emulator.job("salesforce", &salesforce).await["overall_status"], "completed");
    assert_eq!(emulator.job("azure", &azure).await["overall_status"], "failed");
}

#[tokio::test]
async fn a_second_start_is_refused_while_a_job_of_the_family_runs() {
    let emulator = Emulator::documented();
    for family in FAMILIES {
        let container = first_container(&emulator, family.slug).await;
        let body = json!({family.selector: [container]});
        let running = id(&emulator.start(family.slug, body.clone()).await.expect(201));
        let error = emulator.start(family.slug, body.clone()).await.expect(409);
        assert_eq!(error["codeDesc"], "NCERRConflict", "{}", family.slug);
        assert!(
            error["message"].as_str().is_some_and(|text| text.contains(&running)),
            "{}: {error}",
            family.slug
        );
    }
    emulator.advance(90.0).await;
    for family in FAMILIES {
        emulator.start(family.slug, json!({"synchronize_all": true})).await.expect(201);
    }
}

#[tokio::test]
async fn a_job_of_more_than_a_day_ago_refuses_nothing() {
    let emulator = Emulator::new(&["--data", "empty"]);
    let kms = json!([{"id": "k", "name": "k", "account_id": "1", "regions": ["r"]}]);
    emulator.send("PUT", "/__emulator/containers/aws-kms", Some(kms)).await.expect(204);
    for (created, status) in [("2026-03-01T00:00:00Z", 409), ("2026-02-28T00:00:00Z", 201)] {
        let job = json!([{"id": "old", "createdAt": created, "overall_status": "in_progress"}]);
        emulator.send("PUT", "/__emulator/jobs/aws", Some(job)).await.expect(204);
        emulator.start("aws", json!({"kms": ["k"]})).await.expect(status);
    }
}

#[tokio::test]
async fn synchronize_all_and_a_selection_exclude_each_other() {
    let emulator = Emulator::documented();
    for family in FAMILIES {
        let container = first_container(&emulator, family.slug).await;
        let both = json!({"synchronize_all": true, family.selector: [container]});
        let error = emulator.start(family.slug, both).await.expect(400);
        let message = format!(
            "Validation errors:\nsynchronize_all: synchronize_all and {} are mutually exclusive",
            family.selector
        );
        assert_eq!(error["message"], message);
        assert_eq!(error["codeDesc"], "NCERRBadRequest: Bad HTTP request");
        for neither in [json!({}), json!({"synchronize_all": false}), json!({family.selector: []})] {
            emulator.start(family.slug, neither).await.expect(400);
        }
        let harmless = json!({"synchronize_all": false, family.selector: [container]});
        emulator.start(family.slug, harmless).await.expect(201);
    }
}

#[tokio::test]
async fn an_unknown_container_is_not_found() {
    let emulator = Emulator::documented();
    for family in FAMILIES {
        let error = emulator.start(family.slug, json!({family.selector: ["nobody"]})).await.expect(404);
        assert!(error["message"].as_str().is_some_and(|text| text.contains("nobody")), "{error}");
    }
}

#[tokio::test]
async fn a_body_of_another_shape_is_a_bad_request() {
    let emulator = Emulator::documented();
    for body in [json!([]), json!("text"), json!({"kms": "kms"}), json!({"synchronize_all": "yes"})] {
        emulator.start("aws", body).await.expect(400);
    }
    emulator.send("POST", "/api/v1/cckm/aws/synchronization-jobs", None).await.expect(400);
}

#[tokio::test]
async fn azure_keys_alone_know_the_backup() {
    let emulator = Emulator::documented();
    let body = json!({"key_vaults": [VAULT], "take_cloud_key_backup": "yes"});
    emulator.start("azure", body.clone()).await.expect(400);
    emulator.start("azure-secrets", body).await.expect(201);
    emulator.start("azure", json!({"key_vaults": [VAULT], "take_cloud_key_backup": true})).await.expect(201);
}

#[tokio::test]
async fn errors_come_in_an_envelope_with_the_codes_of_their_status() {
    let emulator = Emulator::documented();
    let missing = emulator.get("/api/v1/cckm/aws/synchronization-jobs/nothing").await.expect(404);
    assert_eq!(
        (&missing["code"], &missing["codeDesc"]),
        (&json!(16), &json!("NCERRResourceNotFound: Resource not found"))
    );
    assert!(missing["message"].is_string() && missing["requestID"].is_string());
    for path in [
        "/api/v1/cckm/moon/synchronization-jobs",
        "/api/v1/cckm/aws/synchronization-jobs/a/b/c",
        "/api/v1/x",
        "/api/v1/",
    ] {
        assert_eq!(emulator.get(path).await.expect(404)["code"], 16, "{path}");
    }
    let delete = emulator.send("DELETE", "/api/v1/cckm/aws/synchronization-jobs/nothing", None).await;
    assert_eq!(delete.expect(405)["requestID"].as_str().map(str::len), Some(36));
}

#[tokio::test]
async fn a_missing_license_is_a_403_like_a_missing_permission() {
    let emulator =
        Emulator::new(&["--data", "documented", "--unlicensed", "google", "oci", "--unknown", "sap"]);
    for slug in ["google", "oci"] {
        let error = emulator.jobs(slug, "").await.expect(403);
        assert_eq!((&error["code"], &error["codeDesc"]), (&json!(6), &json!("NCERRInsufficientPermissions")));
        let message = error["message"].as_str().expect("a message");
        assert!(message.starts_with("License not installed yet for feature "), "{message}");
    }
    emulator.jobs("sap", "").await.expect(404);
    emulator.start("sap", json!({"synchronize_all": true})).await.expect(404);
    emulator.jobs("aws", "").await.expect(200);
}
