//! The data an emulator starts with.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use emulator::data::special;
use emulator::families::{CONTAINER_LISTS, FAMILIES};

use crate::support::Emulator;

/// Every job of every family, with its family's slug.
async fn all_jobs(emulator: &Emulator) -> Vec<(&'static str, Value)> {
    let mut all = Vec::new();
    for family in FAMILIES {
        let list = emulator.jobs(family.slug, "limit=-1").await.json();
        all.extend(
            list["resources"].as_array().expect("a list").iter().map(|job| (family.slug, job.clone())),
        );
    }
    all
}

#[tokio::test]
async fn the_believable_set_has_hundreds_of_jobs_of_every_outcome() {
    let emulator = Emulator::new(&[]);
    let jobs = all_jobs(&emulator).await;
    assert!(jobs.len() > 400, "{}", jobs.len());
    let ids: BTreeSet<&str> = jobs.iter().filter_map(|(_, job)| job["id"].as_str()).collect();
    assert_eq!(ids.len(), jobs.len(), "ids are unique");
    let bad = |text: &Value| text.as_str().is_some_and(|text| text.contains("rror"));
    let has = |test: &dyn Fn(&Value) -> bool| jobs.iter().filter(|(_, job)| test(job)).count();
    assert!(has(&|job| job["overall_status"] == "failed") > 5);
    assert!(has(&|job| job["overall_status"] == "error") > 0);
    assert!(has(&|job| job["overall_status"] == "completed" && job["abort"] == true) > 5);
    assert!(has(&|job| job["completed_at"].is_null() && job["abort"] == true) > 0);
    assert!(has(&|job| job["overall_status"] == "in_progress" && job["abort"] == false) > 2);
    let partial = has(&|job| {
        let details = job["detailed_status"].as_object().expect("a map");
        job["overall_status"] == "completed" && details.values().any(bad) && !details.values().all(bad)
    });
    assert!(partial > 10, "{partial}");
    for family in FAMILIES {
        assert!(jobs.iter().filter(|(slug, _)| *slug == family.slug).count() > 10, "{}", family.slug);
    }
}

#[tokio::test]
async fn the_jobs_are_of_the_last_weeks_and_in_creation_order() {
    let emulator = Emulator::new(&[]);
    for (_, job) in all_jobs(&emulator).await {
        let created = job["createdAt"].as_str().expect("a time");
        assert!(created < "2022" || ("2026-01-17".."2026-03-01T12:00:01").contains(&created), "{created}");
        assert!(
            job["completed_at"].as_str().is_none_or(|ended| created < ended && ended < "2026-03-01T12:00:01")
        );
    }
    let times = emulator.jobs("aws", "limit=-1").await.each("createdAt");
    assert!(times.is_sorted());
}

#[tokio::test]
async fn the_special_jobs_are_what_they_are_called() {
    let emulator = Emulator::new(&[]);
    let status = async |slug: &str, id: &str| {
        let job = emulator.job(slug, id).await;
        (job["overall_status"].as_str().unwrap_or_default().to_owned(), job["abort"] == true)
    };
    assert_eq!(status("aws", special::RUNNING).await, ("in_progress".into(), false));
    assert_eq!(status("sap", special::SAP_RUNNING).await, ("in progress".into(), false));
    assert_eq!(status("aws", special::PARTIAL).await, ("completed".into(), false));
    assert_eq!(status("aws", special::CANCELLED).await, ("completed".into(), true));
    assert_eq!(status("azure", special::CANCELLING).await, ("in_progress".into(), true));
    assert_eq!(status("oci", special::FAILED).await, ("error".into(), false));
    assert_eq!(status("oci", special::UNKNOWN).await, ("waiting for quota".into(), false));
    assert_eq!(status("salesforce", special::COMPLETED_BUT_FAILED).await, ("completed".into(), false));
    let rings = emulator.job("google", special::FOUR_HUNDRED).await;
    assert_eq!(rings["key_rings"].as_array().map(Vec::len), Some(400));
    emulator.advance(90.0).await;
    assert_eq!(status("aws", special::RUNNING).await, ("completed".into(), false));
    assert_eq!(status("sap", special::SAP_RUNNING).await, ("completed".into(), false));
    emulator.advance(1_000_000.0).await;
    assert_eq!(status("aws", special::STUCK).await, ("in_progress".into(), false));
    assert_eq!(status("azure", special::CANCELLING).await, ("completed".into(), true));
    let rings = emulator.job("google", special::FOUR_HUNDRED).await;
    assert_eq!(rings["detailed_status"].as_object().map(serde_json::Map::len), Some(400));
}

#[tokio::test]
async fn a_seed_decides_everything() {
    let jobs = async |seed: &str| all_jobs(&Emulator::new(&["--seed", seed])).await;
    let first = jobs("7").await;
    assert_eq!(first, jobs("7").await);
    assert_ne!(first, jobs("8").await);
}

#[tokio::test]
async fn containers_are_many_long_and_of_several_scripts() {
    let emulator = Emulator::new(&[]);
    let mut text = String::new();
    for (path, count) in [
        ("aws/kms", 9),
        ("azure/vaults", 27),
        ("google/key-rings", 26),
        ("oci/vaults", 13),
        ("sap/groups", 7),
        ("sfdc/organizations", 10),
    ] {
        let list = emulator.get(&format!("/api/v1/cckm/{path}?limit=-1")).await;
        assert_eq!(list.ids().len(), count, "{path}");
        text += &list.text;
    }
    assert!(text.contains('ش') && text.contains('מ') && text.contains('東'));
    let kms = emulator.get("/api/v1/cckm/aws/kms").await.json();
    for kms in kms["resources"].as_array().expect("a list") {
        assert_eq!(kms["account_id"].as_str().map(str::len), Some(12));
        assert!(kms["regions"].as_array().is_some_and(|regions| regions.len() > 1));
    }
}

#[tokio::test]
async fn documented_is_the_documents_and_nothing_else() {
    let emulator = Emulator::documented();
    assert_eq!(all_jobs(&emulator).await.len(), 5);
    for list in CONTAINER_LISTS {
        assert_eq!(
            emulator.get(&format!("/api/v1/cckm/{}", list.path)).await.ids().len(),
            1,
            "{}",
            list.path
        );
    }
}

#[tokio::test]
async fn empty_is_empty() {
    let emulator = Emulator::new(&["--data", "empty"]);
    assert!(all_jobs(&emulator).await.is_empty());
    let empty = emulator.get("/api/v1/cckm/aws/kms").await.expect(200);
    assert_eq!(empty, json!({"skip": 0, "limit": 10, "total": 0, "resources": []}));
}

#[tokio::test]
async fn large_is_large() {
    let emulator = Emulator::new(&["--data", "large"]);
    for list in CONTAINER_LISTS {
        let page = emulator.get(&format!("/api/v1/cckm/{}?limit=1", list.path)).await.json();
        assert!(page["total"].as_u64() >= Some(2_000), "{}", list.path);
    }
    for family in FAMILIES {
        let page = emulator.jobs(family.slug, "limit=1").await.json();
        assert!(page["total"].as_u64() >= Some(1_000), "{}", family.slug);
    }
}

#[tokio::test]
async fn a_file_brings_its_own_data() {
    let path = std::env::temp_dir().join(format!("emulator-data-{}.json", std::process::id()));
    let file = json!({
        "containers": {"aws-kms": [{"id": "k", "name": "mine"}]},
        "jobs": {"sap": [{"id": "odd"}]},
    });
    std::fs::write(&path, file.to_string()).expect("a temporary file");
    let emulator = Emulator::new(&["--data", path.to_str().expect("a plain path")]);
    std::fs::remove_file(&path).expect("the file is there");
    assert_eq!(emulator.get("/api/v1/cckm/aws/kms").await.each("name"), ["mine"]);
    assert_eq!(emulator.jobs("sap", "").await.ids(), ["odd"]);
    assert!(emulator.jobs("aws", "").await.ids().is_empty());
}
