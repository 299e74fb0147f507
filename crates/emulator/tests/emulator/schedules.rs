//! The scheduler: its paths, what it refuses, what it runs, and what tests of the panel may change.

use serde_json::{Value, json};

use emulator::data::schedules as data;
use emulator::families;

use crate::support::Emulator;

const CONFIGS: &str = "/api/v1/scheduler/job-configs";
const RUNS: &str = "/api/v1/scheduler/jobs";

fn config(id: &str) -> String {
    format!("{CONFIGS}/{id}")
}

fn oci(name: &str, ids: &[&str]) -> Value {
    json!({"name": name, "operation": "cckm_synchronization", "run_at": "0 13 * * *",
        "cckm_synchronization_params": {"cloud_name": "oci", "oci_vaults": ids}})
}

/// The id of the first container of a list.
async fn first(emulator: &Emulator, path: &str) -> String {
    emulator.get(&format!("/api/v1/cckm/{path}?limit=1")).await.ids().remove(0)
}

async fn patch(emulator: &Emulator, id: &str, body: Value) -> crate::support::Answer {
    emulator.send("PATCH", &config(id), Some(body)).await
}

#[tokio::test]
async fn the_believable_set_has_schedules_of_every_state() {
    let emulator = Emulator::new(&[]);
    let list = emulator.get(&format!("{CONFIGS}?limit=100")).await.expect(200);
    let all = list["resources"].as_array().expect("a list");
    assert_eq!((all.len(), list["total"].as_u64()), (10, Some(10)));
    let find = |id: &str| all.iter().find(|one| one["id"] == *id).unwrap_or_else(|| panic!("no {id}"));
    assert_eq!(find(data::OCI_DISABLED)["disabled"], true);
    assert!(find(data::SAP_ENDED)["end_date"].as_str().is_some_and(|end| end < "2026-03-01"));
    assert_eq!(find(data::DATABASE_BACKUP)["operation"], "database_backup");
    let azure = &find(data::AZURE_NIGHTLY)["job_config_params"];
    assert_eq!((&azure["sync_items"], &azure["take_cloud_key_backup"]), (&json!(["key"]), &json!(true)));
    assert!(find(data::AWS_EVERYTHING).get("cckm_synchronization_params").is_none());
    let google = find(data::GOOGLE_GONE)["job_config_params"]["key_rings"].as_array().expect("ids").clone();
    let gone = google.last().and_then(Value::as_str).expect("an id");
    emulator.get(&format!("/api/v1/cckm/google/key-rings/{gone}")).await.expect(404);
    // The last run of a nightly schedule has a job that was created within its minute.
    for (slug, name) in [("azure", "azure-nightly"), ("sap", "sap-nightly")] {
        let runs = emulator.get(&format!("{RUNS}?name={name}&sort=-createdAt")).await.each("createdAt");
        let jobs = emulator.jobs(slug, "limit=-1").await.each("createdAt");
        assert!(jobs.iter().any(|job| job[..16] == runs[0][..16] && *job > runs[0]), "{name}: {runs:?}");
    }
    let runs = emulator.get(&format!("{RUNS}?limit=-1")).await;
    let states = runs.each("status");
    assert!(["completed", "failed", "aborted"].iter().all(|state| states.iter().any(|own| own == state)));
    assert!(runs.each("createdAt").is_sorted());
}

#[tokio::test]
async fn a_schedule_is_created_changed_and_deleted() {
    let emulator = Emulator::new(&[]);
    let created = emulator.post(CONFIGS, oci("new", &["v"])).await.expect(201);
    let id = created["id"].as_str().expect("an id").to_owned();
    assert_eq!(created["job_config_params"], json!({"cloud_name": "oci", "oci_vaults": ["v"]}));
    assert_eq!((&created["run_on"], &created["disabled"]), (&json!("any"), &json!(false)));
    assert_eq!(emulator.get(&config(&id)).await.expect(200), created);
    assert_eq!(emulator.get(&format!("{CONFIGS}?name=new")).await.ids(), [id.as_str()]);
    emulator.advance(60.0).await;
    let body = json!({"description": "d", "disabled": true, "end_date": "2026-12-31T23:59:59Z",
        "cckm_synchronization_params": {"cloud_name": "oci", "synchronize_all": true}});
    let changed = patch(&emulator, &id, body).await.expect(200);
    assert_eq!(
        changed["job_config_params"],
        json!({"cloud_name": "oci", "synchronize_all": true}),
        "as a whole"
    );
    assert_eq!((&changed["name"], &changed["disabled"]), (&json!("new"), &json!(true)));
    assert_ne!(changed["updatedAt"], created["updatedAt"]);
    assert_eq!(patch(&emulator, &id, json!({"end_date": null})).await.expect(200)["end_date"], Value::Null);
    emulator.send("DELETE", &config(&id), None).await.expect(204);
    emulator.send("DELETE", &config(&id), None).await.expect(404);
    emulator.get(&config(&id)).await.expect(404);
    emulator.send("PUT", CONFIGS, Some(json!({}))).await.expect(405);
    emulator.get("/api/v1/scheduler/nothing").await.expect(404);
}

#[tokio::test]
async fn what_is_wrong_is_named_by_its_field() {
    let emulator = Emulator::new(&[]);
    let refused = |answer: Value| answer["message"].as_str().expect("a message").to_owned();
    let answer =
        emulator.post(CONFIGS, json!({"run_at": "0 25 * * *", "end_date": "2026-12-31", "colour": 1})).await;
    assert_eq!(
        refused(answer.expect(400)),
        "Validation errors:\nname: is required\noperation: is required\ncolour: unknown field\nend_date: must be a date of \
         whole seconds with Z, such as 2026-12-31T23:59:59Z\nrun_at: must be a cron expression of five fields"
    );
    for (params, problem) in [
        (json!({"cloud_name": "ibm"}), "cloud_name: \"ibm\" is not supported"),
        (
            json!({"cloud_name": "oci", "oci_vaults": []}),
            "oci_vaults: either oci_vaults or synchronize_all is required",
        ),
        (json!({"cloud_name": "oci", "oci_vaults": ["v"], "synchronize_all": true}), "mutually exclusive"),
        (json!({"cloud_name": "oci", "oci_vaults": ["v"], "kms": ["k"]}), "kms: is not for oci"),
        (
            json!({"cloud_name": "AzureCloud", "synchronize_all": true, "sync_items": ["secret"]}),
            "accepts only key",
        ),
        (
            json!({"cloud_name": "aws", "synchronize_all": true, "take_cloud_key_backup": true}),
            "is not for aws",
        ),
    ] {
        let mut body = oci("wrong", &["v"]);
        body["cckm_synchronization_params"] = params;
        let message = refused(emulator.post(CONFIGS, body).await.expect(400));
        assert!(message.contains(problem), "{message}");
    }
    for run_at in ["", "0 2 * *", "0 0 2 * * *", "@daily", "0 2 L * *", "0 2 * * 5#2", "0 22-2 * * *"] {
        let mut body = oci("wrong", &["v"]);
        body["run_at"] = json!(run_at);
        assert_eq!(emulator.post(CONFIGS, body).await.status.as_u16(), 400, "{run_at}");
    }
    let taken = emulator.post(CONFIGS, oci("oci-paused", &["v"])).await.expect(409);
    assert_eq!(taken["codeDesc"], "NCERRConflict");
    patch(&emulator, data::SAP_NIGHTLY, json!({"operation": "database_backup"})).await.expect(400);
}

#[tokio::test]
async fn run_now_starts_a_job_of_the_family() {
    let emulator = Emulator::new(&[]);
    let vault = first(&emulator, "oci/vaults").await;
    let created = emulator.post(CONFIGS, oci("new", &[&vault])).await.expect(201);
    let run_now = format!("{}/run-now", config(created["id"].as_str().expect("an id")));
    let before = emulator.jobs("oci", "").await.expect(200)["total"].as_u64().expect("a number");
    let run = emulator.send("POST", &run_now, None).await.expect(201);
    assert_eq!((&run["name"], &run["status"]), (&json!("new"), &json!("in_progress")));
    let jobs = emulator.jobs("oci", "limit=1&sort=-createdAt").await.expect(200);
    assert_eq!(jobs["total"], before + 1);
    assert_eq!(jobs["resources"][0]["vaults"], json!([vault]));
    assert_eq!(jobs["resources"][0]["createdAt"], run["createdAt"]);
    // A job of the family is in progress now, so the next run can start none.
    emulator.advance(3.0).await;
    emulator.send("POST", &run_now, None).await.expect(201);
    emulator.advance(3.0).await;
    let runs = emulator.get(&format!("{RUNS}?name=new&sort=-createdAt")).await;
    assert_eq!(runs.each("status"), ["failed", "completed"]);
    let id = runs.ids().remove(0);
    assert_eq!(emulator.get(&format!("{RUNS}/{id}")).await.expect(200)["status"], "failed");
    emulator.send("DELETE", &format!("{RUNS}/{id}"), None).await.expect(204);
    emulator.get(&format!("{RUNS}/{id}")).await.expect(404);
}

#[tokio::test]
async fn schedules_run_when_the_clock_is_moved_and_they_are_told_to() {
    let emulator = Emulator::new(&[]);
    emulator.send("PUT", "/__emulator/schedules", Some(json!([]))).await.expect(204);
    emulator.send("PUT", "/__emulator/runs", Some(json!([]))).await.expect(204);
    let vault = first(&emulator, "oci/vaults").await;
    emulator.post(CONFIGS, oci("one", &[&vault])).await.expect(201);
    let mut half = oci("half", &["gone"]);
    half["run_at"] = json!("*/30 * * * *");
    half["end_date"] = json!("2026-03-01T13:30:00Z");
    emulator.post(CONFIGS, half).await.expect(201);
    let mut off = oci("off", &[&vault]);
    off["disabled"] = json!(true);
    emulator.post(CONFIGS, off).await.expect(201);
    emulator.advance(3600.0).await;
    assert!(emulator.get(RUNS).await.ids().is_empty(), "by itself nothing runs");
    emulator.send("PUT", "/__emulator/scheduler", Some(json!({"runs": true}))).await.expect(204);
    emulator.advance(23.5 * 3600.0).await;
    let runs = emulator.get(&format!("{RUNS}?limit=-1")).await;
    let list: Vec<(String, String, String)> = runs
        .each("name")
        .into_iter()
        .zip(runs.each("createdAt"))
        .zip(runs.each("status"))
        .map(|((name, at), status)| (name, at[..16].to_owned(), status))
        .collect();
    let run = |name: &str, at: &str, status: &str| (name.to_owned(), at.to_owned(), status.to_owned());
    assert_eq!(
        list,
        [run("half", "2026-03-01T13:30", "failed")],
        "what was due before is not made up for, and 13:00 had passed"
    );
    emulator.advance(3600.0).await;
    assert_eq!(emulator.get(RUNS).await.each("name"), ["half", "one"]);
    let jobs = emulator.jobs("oci", "limit=1&sort=-createdAt").await.each("createdAt");
    assert_eq!(jobs, ["2026-03-02T13:00:00.000000Z"]);
}

#[tokio::test]
async fn the_scheduler_may_be_absent_forbidden_or_not_licensed() {
    let mut emulator = Emulator::new(&["--scheduler", "absent"]);
    emulator.get(CONFIGS).await.expect(404);
    for (feature, status, words) in [
        ("forbidden", 403, "Insufficient permissions"),
        ("unlicensed", 403, "License not installed yet"),
        ("present", 200, ""),
    ] {
        let change = json!({"feature": feature});
        emulator.send("PUT", "/__emulator/scheduler", Some(change)).await.expect(204);
        let answer = emulator.get(CONFIGS).await.expect(status);
        assert!(answer["message"].as_str().unwrap_or_default().starts_with(words));
    }
    emulator.sign_in(json!({"username": "auditor", "password": "emulator"})).await;
    emulator.get(CONFIGS).await.expect(200);
    patch(&emulator, data::SAP_NIGHTLY, json!({"disabled": true})).await.expect(403);
    emulator.sign_in(json!({"username": "viewer", "password": "emulator"})).await;
    emulator.get(CONFIGS).await.expect(403);
    emulator.token = None;
    emulator.get(CONFIGS).await.expect(401);
}

#[tokio::test]
async fn the_hosted_service_refuses_a_node() {
    let emulator = Emulator::new(&[]);
    patch(&emulator, data::SAP_NIGHTLY, json!({"run_on": "cm-node-2"})).await.expect(200);
    patch(&emulator, data::SAP_NIGHTLY, json!({"run_on": "elsewhere"})).await.expect(400);
    emulator.send("PUT", "/__emulator/scheduler", Some(json!({"run_on": "refused"}))).await.expect(204);
    let refused = patch(&emulator, data::SAP_NIGHTLY, json!({"run_on": "any"})).await.expect(400);
    assert_eq!(refused["message"], "Validation errors:\nrun_on: is not supported by this service");
    patch(&emulator, data::SAP_NIGHTLY, json!({"disabled": true})).await.expect(200);
}

#[tokio::test]
async fn somebody_else_may_edit_meanwhile_and_faults_apply() {
    let emulator = Emulator::new(&[]);
    let path = format!("/__emulator/schedules/{}", data::AZURE_NIGHTLY);
    let before = emulator.get(&config(data::AZURE_NIGHTLY)).await.expect(200);
    emulator.advance(1.0).await;
    emulator.send("PATCH", &path, Some(json!({"run_at": "0 5 * * *", "odd": {"of": 1}}))).await.expect(204);
    let after = emulator.get(&config(data::AZURE_NIGHTLY)).await.expect(200);
    assert_eq!((&after["run_at"], &after["odd"]), (&json!("0 5 * * *"), &json!({"of": 1})));
    assert_ne!(after["updatedAt"], before["updatedAt"]);
    emulator.send("PATCH", "/__emulator/schedules/none", Some(json!({}))).await.expect(404);
    let fault = json!({"method": "PATCH", "path": "/api/v1/scheduler/*", "times": 1, "status": 502, "carried_out": true});
    emulator.post("/__emulator/faults", fault).await.expect(204);
    patch(&emulator, data::AZURE_NIGHTLY, json!({"disabled": true})).await.expect(502);
    assert_eq!(emulator.get(&config(data::AZURE_NIGHTLY)).await.expect(200)["disabled"], true);
    let odd = json!([{"id": 7}, "text", {"id": "x", "run_at": null}]);
    emulator.send("PUT", "/__emulator/schedules", Some(odd.clone())).await.expect(204);
    assert_eq!(emulator.get(CONFIGS).await.expect(200)["resources"], odd);
}

#[tokio::test]
async fn a_large_server_has_more_schedules_than_a_page() {
    let emulator = Emulator::new(&["--data", "large"]);
    let list = emulator.get(&format!("{CONFIGS}?limit=100")).await.expect(200);
    assert_eq!((list["resources"].as_array().map(Vec::len), list["total"].as_u64()), (Some(100), Some(221)));
}

#[test]
fn every_cloud_of_a_schedule_is_named_once() {
    let mut names: Vec<&str> = families::all().filter_map(|family| Some(family.scheduled?.0)).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!((names.len(), all), (8, 8));
}
