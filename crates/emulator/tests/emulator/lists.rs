//! What lists have in common: pages, filters and order.

use serde_json::{Value, json};

use emulator::families::{CONTAINER_LISTS, FAMILIES};

use crate::support::{Emulator, root};

/// An emulator whose AWS jobs are `j0` to `j24`, a minute apart, of two KMS in turn.
async fn twenty_five(options: &[&str]) -> Emulator {
    let emulator = Emulator::new(options);
    let jobs: Vec<Value> = (0..25)
        .map(|number| {
            json!({
                "id": format!("j{number}"),
                "createdAt": format!("2026-02-01T00:{number:02}:00.000001Z"),
                "updatedAt": format!("2026-02-01T01:{:02}:00.000001Z", 59 - number),
                "overall_status": if number % 5 == 0 { "failed" } else { "completed" },
                "kms": [format!("kms-{}", number % 3)],
            })
        })
        .collect();
    // Given newest first: the order of creation must not come from the order of arrival.
    let jobs: Vec<Value> = jobs.into_iter().rev().collect();
    emulator.send("PUT", "/__emulator/jobs/aws", Some(json!(jobs))).await.expect(204);
    emulator
}

#[tokio::test]
async fn a_page_has_ten_entries_by_default() {
    let emulator = twenty_five(&[]).await;
    let page = emulator.jobs("aws", "").await.expect(200);
    assert_eq!((&page["skip"], &page["limit"], &page["total"]), (&json!(0), &json!(10), &json!(25)));
    assert_eq!(page["resources"].as_array().map(Vec::len), Some(10));
    for list in CONTAINER_LISTS {
        assert_eq!(emulator.get(&format!("/api/v1/cckm/{}", list.path)).await.expect(200)["limit"], 10);
    }
}

#[tokio::test]
async fn an_unsorted_list_comes_in_creation_order_oldest_first() {
    let emulator = twenty_five(&[]).await;
    assert_eq!(emulator.jobs("aws", "limit=3").await.ids(), ["j0", "j1", "j2"]);
}

#[tokio::test]
async fn skip_and_limit_choose_the_window_and_total_stays() {
    let emulator = twenty_five(&[]).await;
    let page = emulator.jobs("aws", "skip=23&limit=5").await;
    assert_eq!(page.ids(), ["j23", "j24"]);
    assert_eq!(
        (&page.json()["skip"], &page.json()["limit"], &page.json()["total"]),
        (&json!(23), &json!(5), &json!(25))
    );
    assert!(emulator.jobs("aws", "skip=100").await.ids().is_empty(), "past the end");
    for wrong in ["skip=-1", "limit=-2", "limit=ten"] {
        let error = emulator.jobs("aws", wrong).await.expect(400);
        assert!(
            error["message"].as_str().is_some_and(|text| text.starts_with("Validation errors:\n")),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_limit_of_minus_one_is_everything() {
    let emulator = twenty_five(&[]).await;
    assert_eq!(emulator.jobs("aws", "limit=-1").await.ids().len(), 25);
    assert_eq!(emulator.get("/api/v1/cckm/azure/vaults?limit=-1").await.ids().len(), 27);
}

#[tokio::test]
async fn a_capped_page_says_its_own_limit() {
    let emulator = twenty_five(&["--max-limit", "4"]).await;
    for limit in ["100", "-1"] {
        let page = emulator.jobs("aws", &format!("limit={limit}")).await;
        assert_eq!((page.ids().len(), &page.json()["limit"]), (4, &json!(4)));
    }
    assert_eq!(emulator.jobs("aws", "limit=2").await.json()["limit"], 2);
    assert_eq!(emulator.get("/api/v1/cckm/azure/vaults?limit=50").await.ids().len(), 4);
}

#[tokio::test]
async fn sort_takes_a_comma_list_and_a_minus() {
    let emulator = twenty_five(&[]).await;
    assert_eq!(emulator.jobs("aws", "sort=-createdAt&limit=2").await.ids(), ["j24", "j23"]);
    assert_eq!(emulator.jobs("aws", "sort=updatedAt&limit=2").await.ids(), ["j24", "j23"]);
    assert_eq!(
        emulator.jobs("aws", "sort=-overall_status,createdAt&limit=6").await.ids(),
        ["j0", "j5", "j10", "j15", "j20", "j1"]
    );
    assert!(emulator.jobs("aws", "sort=colour").await.expect(400)["message"].is_string());
    let vaults = emulator.get("/api/v1/cckm/azure/vaults?sort=-azure_name&limit=2").await;
    assert_eq!(vaults.each("azure_name"), ["production-vault", "kv-storage-cmk"]);
}

#[tokio::test]
async fn a_family_may_refuse_sort() {
    let emulator = twenty_five(&["--no-sort", "aws"]).await;
    let error = emulator.jobs("aws", "sort=-createdAt").await.expect(400);
    assert_eq!(error["message"], "Validation errors:\nsort: unknown query parameter");
    emulator.jobs("aws", "").await.expect(200);
    emulator.jobs("google", "sort=-createdAt").await.expect(200);
}

#[tokio::test]
async fn a_family_may_ignore_sort() {
    let emulator = twenty_five(&["--sort-ignored", "all"]).await;
    assert_eq!(emulator.jobs("aws", "sort=-createdAt&limit=2").await.ids(), ["j0", "j1"]);
}

#[tokio::test]
async fn an_unsorted_list_may_come_in_another_order() {
    let emulator =
        twenty_five(&["--sort-ignored", "all", "--newest-first", "aws", "--unordered", "azure"]).await;
    assert_eq!(emulator.jobs("aws", "limit=3").await.ids(), ["j24", "j23", "j22"]);
    let unordered = emulator.jobs("azure", "limit=-1").await.ids();
    assert!(unordered.is_sorted(), "by id: {unordered:?}");
}

#[tokio::test]
async fn a_new_job_has_its_place_in_every_order() {
    let emulator = twenty_five(&["--unordered", "aws"]).await;
    let before = emulator.jobs("aws", "limit=3").await.ids();
    assert_eq!(before, ["j0", "j1", "j10"]);
    let new = json!({"id": "j00", "createdAt": "2026-02-01T00:12:30Z", "overall_status": "completed"});
    emulator.send("POST", "/__emulator/jobs/aws", Some(new)).await.expect(204);
    assert_eq!(emulator.jobs("aws", "limit=3").await.ids(), ["j0", "j00", "j1"]);
    assert_eq!(emulator.jobs("aws", "sort=-createdAt&skip=11&limit=3").await.ids(), ["j13", "j00", "j12"]);
}

#[tokio::test]
async fn a_cancelled_job_is_filtered_and_sorted_by_what_it_has_become() {
    let emulator = twenty_five(&[]).await;
    let running = json!({"id": "runs", "createdAt": "2026-01-01T00:00:00Z", "overall_status": "in_progress"});
    emulator.send("POST", "/__emulator/jobs/aws", Some(running)).await.expect(204);
    let path = "/api/v1/cckm/aws/synchronization-jobs/runs/cancel";
    emulator.send("POST", path, None).await.expect(200);
    assert_eq!(emulator.jobs("aws", "overall_status=in_progress").await.ids(), ["runs"]);
    assert_eq!(emulator.jobs("aws", "sort=-updatedAt&limit=1").await.ids(), ["runs"]);
    assert_ne!(emulator.jobs("aws", "sort=-completed_at&limit=1").await.ids(), ["runs"]);
    let later = json!({"advance_seconds": 10});
    emulator.send("POST", "/__emulator/clock", Some(later)).await.expect(200);
    assert!(emulator.jobs("aws", "overall_status=in_progress").await.ids().is_empty());
    assert_eq!(emulator.jobs("aws", "sort=-completed_at&limit=1").await.ids(), ["runs"]);
}

#[tokio::test]
async fn the_order_of_a_list_changes_at_run_time() {
    let emulator = twenty_five(&[]).await;
    let change = json!({"natural": "none", "sort": "ignored"});
    emulator.send("PUT", "/__emulator/order/aws", Some(change)).await.expect(204);
    assert_eq!(emulator.jobs("aws", "sort=-createdAt&limit=3").await.ids(), ["j0", "j1", "j10"]);
    emulator.send("PUT", "/__emulator/order/aws", Some(json!({"sort": "refused"}))).await.expect(204);
    emulator.jobs("aws", "sort=-createdAt").await.expect(400);
    emulator.send("PUT", "/__emulator/order/aws", Some(json!({"sort": "honoured"}))).await.expect(204);
    assert_eq!(emulator.jobs("aws", "sort=-createdAt&limit=1").await.ids(), ["j24"]);
}

#[tokio::test]
async fn filters_narrow_the_list_and_its_total() {
    let emulator = twenty_five(&[]).await;
    let failed = emulator.jobs("aws", "overall_status=failed&limit=2").await;
    assert_eq!((failed.ids(), &failed.json()["total"]), (vec!["j0".into(), "j5".into()], &json!(5)));
    assert_eq!(emulator.jobs("aws", "id=j7").await.ids(), ["j7"]);
    assert!(emulator.jobs("aws", "id=j7&overall_status=failed").await.ids().is_empty());
    assert_eq!(emulator.jobs("aws", "id=&overall_status=").await.json()["total"], 25, "empty means left out");
}

#[tokio::test]
async fn arrays_repeat_the_key_and_a_comma_is_part_of_a_name() {
    let emulator = twenty_five(&[]).await;
    assert_eq!(emulator.jobs("aws", "kms=kms-0&kms=kms-2").await.json()["total"], 17);
    assert_eq!(emulator.jobs("aws", "kms=kms-0,kms-2").await.json()["total"], 0);
    assert_eq!(emulator.jobs("aws", "regions=x").await.json()["total"], 25, "regions is no filter");
}

#[tokio::test]
async fn the_container_filter_finds_by_id_and_by_name() {
    let emulator = Emulator::new(&[]);
    for family in FAMILIES {
        let list = emulator.get(&format!("/api/v1/cckm/{}?limit=-1", family.containers.path)).await.json();
        // The last is not one of the documented ones, so jobs of every family have it.
        let container = list["resources"].as_array().and_then(|all| all.last()).cloned().unwrap_or_default();
        let mut found = Vec::new();
        for name in family.containers.names.iter().filter_map(|member| container[member].as_str()) {
            let query = format!(
                "{}={}",
                family.filter.expect("a filter"),
                name.replace(' ', "%20").replace('/', "%2F")
            );
            found.push(emulator.jobs(family.slug, &query).await.json()["total"].clone());
        }
        assert!(found[0].as_u64() > Some(0), "{}: {container}", family.slug);
        assert!(found.iter().all(|total| *total == found[0]), "{}: {found:?}", family.slug);
        let all = emulator.jobs(family.slug, "").await.json();
        assert!(all["total"].as_u64() > found[0].as_u64(), "{}", family.slug);
    }
}

#[tokio::test]
async fn a_new_job_is_the_newest_and_the_last() {
    let emulator = Emulator::documented();
    for family in FAMILIES {
        let started = emulator.start(family.slug, json!({"synchronize_all": true})).await.expect(201);
        let last = emulator.jobs(family.slug, "limit=-1").await.ids().pop();
        assert_eq!(last.as_deref(), started["id"].as_str());
        let first = emulator.jobs(family.slug, "limit=1&sort=-createdAt").await.ids();
        assert_eq!(first.first().map(String::as_str), started["id"].as_str());
    }
}

#[tokio::test]
async fn a_container_can_be_asked_for_by_id() {
    let emulator = Emulator::documented();
    let vault =
        emulator.get("/api/v1/cckm/azure/vaults/bedb82b9-582c-402d-9874-f3368722cf46").await.expect(200);
    assert_eq!(vault["azure_name"], "production-vault");
    emulator.get("/api/v1/cckm/azure/vaults/nothing").await.expect(404);
    emulator.post("/api/v1/cckm/azure/vaults", json!({})).await.expect(405);
}

#[tokio::test]
async fn a_slash_at_the_end_changes_nothing() {
    let emulator = Emulator::documented();
    emulator.get(&format!("{}/", root("aws"))).await.expect(200);
    emulator.get("/api/v1/cckm/aws/kms/").await.expect(200);
}
