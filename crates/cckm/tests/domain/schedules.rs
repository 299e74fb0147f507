//! Schedules: decoding, bodies of requests, two versions compared, runs, and the guess of their jobs.

use crate::{family, fixture, json, strings};
use cckm::container::{Container, Directory};
use cckm::decode;
use cckm::family::FAMILIES;
use cckm::job::Job;
use cckm::schedule::{
    Answered, Change, Draft, DraftField, Guess, Run, RunOutcome, Schedule, Selection, State, UNFINISHED,
    answered, changes, create_body, disable_body, guess, patch_body, rebase,
};
use cckm::start_request::Form;
use cckm::time::{Stamp, TimeFormat};
use serde_json::{Value, json};

const NOW: &str = "2026-11-28T05:00:00Z";

fn stamp(text: &str) -> Stamp {
    Stamp::parse(text).unwrap_or_else(|| panic!("{text}"))
}

pub fn now() -> Stamp {
    stamp(NOW)
}

fn schedule(value: Value) -> Schedule {
    Schedule::from_value(value).expect("a schedule")
}

pub fn of(slug: &str, run_at: &str, params: Value) -> Schedule {
    schedule(json!({
        "id": format!("s-{slug}"), "name": slug, "operation": "cckm_synchronization", "run_at": run_at,
        "job_config_params": params,
    }))
}

pub fn vaults(count: usize) -> Directory {
    let vault = |number: usize| Container {
        id: format!("v-{number}"),
        label: format!("vault {number}"),
        ..Container::default()
    };
    Directory::new((0..count).map(vault).collect())
}

fn chosen(ids: &[&str]) -> Form {
    Form { everything: Some(false), chosen: strings(ids), ..Form::default() }
}

fn list() -> Vec<Schedule> {
    let page = decode::list(&fixture("scheduler_job_configs.json"), Schedule::from_value).expect("a list");
    assert_eq!(page.unread, 0);
    page.resources
}

#[test]
fn a_list_has_schedules_and_configurations_of_other_operations() {
    let all = list();
    let own: Vec<&Schedule> = all.iter().filter(|one| one.is_synchronization()).collect();
    assert_eq!((all.len(), own.len()), (4, 3));
    let [azure, aws, odd] = own.as_slice() else { panic!("three") };
    assert_eq!(azure.families(), [family("azure")]);
    assert_eq!(azure.params.switches(family("azure")), ["take_cloud_key_backup"]);
    assert_eq!(azure.state(now()), State::Enabled);
    assert_eq!(
        azure.next_runs(now()).iter().map(|run| TimeFormat::PLAIN.iso(*run)).collect::<Vec<_>>(),
        ["2026-11-28T09:00:00Z", "2026-12-05T09:00:00Z", "2026-12-12T09:00:00Z"]
    );
    assert_eq!(aws.selection(family("aws")), Selection::Everything);
    assert_eq!(aws.end, None);
    assert_eq!((aws.end_text.as_str(), aws.state(now())), ("", State::Disabled));
    // What the panel does not know is shown, and nothing is said of it.
    assert!(odd.families().is_empty() && odd.cron().is_err() && odd.next_runs(now()).is_empty());
    assert_eq!((odd.params.cloud_name().as_str(), odd.title().as_str()), ("ibm", "c3d4e5…34e503"));
}

#[test]
fn every_scheduled_family_is_found_by_its_names() {
    for family in FAMILIES {
        let Some(names) = &family.schedule else { continue };
        let params = json!({"cloud_name": names.cloud_name.to_uppercase(), names.selector: ["a", 7, null]});
        let own = of(family.slug, "0 2 * * *", params);
        assert_eq!(own.families(), [family]);
        let chosen = Selection::Chosen { ids: strings(&["a", "7"]), regions: Vec::new() };
        assert_eq!(own.selection(family), chosen);
    }
    let azure =
        |items: Value| of("azure", "0 2 * * *", json!({"cloud_name": "AzureCloud", "sync_items": items}));
    assert_eq!(azure(json!(["Key"])).families().len(), 1);
    assert_eq!(azure(json!(null)).families().len(), 1);
    assert!(azure(json!(["secret"])).families().is_empty());
    assert_eq!(azure(json!(["key"])).selection(family("azure")), Selection::NotKnown);
}

#[test]
fn a_schedule_ends_and_begins_by_its_dates() {
    let dated = |start: &str, end: &str, disabled: bool| {
        schedule(json!({"id": "s", "operation": "cckm_synchronization", "run_at": "0 6 * * *",
            "start_date": start, "end_date": end, "disabled": disabled}))
    };
    assert_eq!(dated("", "2026-11-28T04:59:59Z", true).state(now()), State::Ended);
    assert_eq!(dated("", "2026-11-28T06:00:00Z", false).next_runs(now()).len(), 1);
    assert_eq!(dated("2026-12-24T06:00:00Z", "", false).next_runs(now())[0], stamp("2026-12-24T06:00:00Z"));
    assert_eq!(dated("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", false).end_text, "");
    let odd = dated("", "next year", false);
    assert_eq!((odd.end, odd.end_text.as_str()), (None, "next year"));
}

#[test]
fn a_new_schedule_is_sent_as_the_vendors_client_sends_it() {
    let draft = |slug: &str, form: Form| Draft {
        name: format!(" {slug} "),
        family: Some(family(slug)),
        form,
        run_at: "0 9 * * sat".to_owned(),
        ..Draft::default()
    };
    let all =
        Draft { form: Form { everything: Some(true), ..Form::default() }, ..draft("azure", Form::default()) };
    assert_eq!(
        create_body(&all, now()).expect("a body")["cckm_synchronization_params"],
        json!({"cloud_name": "AzureCloud", "synchronize_all": true})
    );
    let mut azure = draft("azure", chosen(&["vault-resource-id"]));
    azure.name = "azure-vaults-sync".to_owned();
    azure.run_on = "any".to_owned();
    azure.form.switches = vec!["take_cloud_key_backup"];
    assert_eq!(create_body(&azure, now()), Ok(json("scheduler_create_azure_vaults.json")));
    let oci = create_body(&draft("oci", chosen(&["v"])), now()).map(|body| body.to_string());
    assert_eq!(
        oci.as_deref(),
        Ok(
            r#"{"cckm_synchronization_params":{"cloud_name":"oci","oci_vaults":["v"]},"name":"oci","operation":"cckm_synchronization","run_at":"0 9 * * sat"}"#
        )
    );
    let everything = Form { everything: Some(true), ..Form::default() };
    let dated = Draft {
        description: "d".to_owned(),
        ends_on: "2026-12-31".to_owned(),
        run_on: "node-2".to_owned(),
        disabled: true,
        ..draft("salesforce", everything)
    };
    assert_eq!(
        create_body(&dated, now()).expect("a body"),
        json!({"name": "salesforce", "description": "d", "operation": "cckm_synchronization", "run_at": "0 9 * * sat",
            "run_on": "node-2", "end_date": "2026-12-31T23:59:59Z", "disabled": true,
            "cckm_synchronization_params": {"cloud_name": "sfdc", "synchronize_all": true}})
    );
}

#[test]
fn what_cannot_be_sent_says_why() {
    let wrong = create_body(&Draft::default(), now()).expect_err("nothing is filled in");
    let fields: Vec<DraftField> = wrong.iter().map(|mistake| mistake.field).collect();
    assert_eq!(fields, [DraftField::Name, DraftField::Cloud, DraftField::When]);
    let draft = Draft {
        name: "n".to_owned(),
        family: Some(family("google")),
        form: chosen(&[]),
        run_at: "0 0 30 2 *".to_owned(),
        ends_on: "2026-13-01".to_owned(),
        ..Draft::default()
    };
    let texts = |draft: &Draft| {
        draft.mistakes(now(), None).into_iter().map(|mistake| mistake.text).collect::<Vec<_>>()
    };
    assert_eq!(
        texts(&draft),
        [
            "Choose at least one key ring.",
            "Never: February has no day 30. Choose a day that exists.",
            "Write a whole date such as 2027-12-31."
        ]
    );
    let good =
        Draft { form: chosen(&["k"]), run_at: "0 3 * * SUN".to_owned(), ends_on: String::new(), ..draft };
    assert!(texts(&good).is_empty());
    assert_eq!(texts(&Draft { ends_on: "2026-11-27".to_owned(), ..good.clone() }), ["This day has passed."]);
    assert_eq!(
        texts(&Draft { ends_on: "2026-11-28".to_owned(), ..good.clone() }),
        ["The first run would be after this day."]
    );
    let none = Draft { family: Some(family("azure-secrets")), ..good };
    assert_eq!(texts(&none), ["No schedule is known that synchronizes Azure secrets."]);
}

#[test]
fn an_end_before_the_start_is_told() {
    let mut later = rich();
    later["start_date"] = "2027-06-30T00:00:00Z".into();
    let old = schedule(later);
    let ending = |day: &str| Draft { ends_on: day.to_owned(), ..Draft::of(&old, Some(&vaults(3))) };
    let why = |draft| {
        patch_body(&old, draft, Some(&vaults(3)), now()).expect_err("it would never run")[0].text.clone()
    };
    assert_eq!(why(&ending("2027-06-29")), "The first run would be after this day.");
    assert!(patch_body(&old, &ending("2027-06-30"), Some(&vaults(3)), now()).is_ok(), "it runs once");
}

fn rich() -> Value {
    json!({
        "id": "s-1", "name": "nightly", "description": "", "operation": "cckm_synchronization", "run_at": "0 2 * * *",
        "run_on": "any", "disabled": false, "end_date": "2026-12-31T12:00:00Z", "labels": {"team": "blue"},
        "job_config_params": {"cloud_name": "AzureCloud", "key_vaults": ["v-0", "v-1"], "sync_items": ["key"],
            "depth": {"of": ["what", "nobody", "knows"]}},
    })
}

#[test]
fn an_edit_sends_what_has_changed_and_loses_nothing() {
    let (old, directory) = (schedule(rich()), vaults(3));
    let draft = Draft::of(&old, Some(&directory));
    let patch = |draft: &Draft| patch_body(&old, draft, Some(&directory), now()).expect("a body");
    assert_eq!(draft.ends_on, "2026-12-31");
    assert_eq!(patch(&draft), json!({}));
    let mut one = draft.clone();
    one.description = "d".to_owned();
    one.run_at = "0 3 * * *".to_owned();
    assert_eq!(patch(&one), json!({"description": "d", "run_at": "0 3 * * *"}));
    let mut two = draft.clone();
    two.form.chosen.push("v-2".to_owned());
    assert_eq!(
        patch(&two),
        json!({"cckm_synchronization_params": {"cloud_name": "AzureCloud", "key_vaults": ["v-0", "v-1", "v-2"],
            "sync_items": ["key"], "depth": {"of": ["what", "nobody", "knows"]}}})
    );
    let three = Draft { form: Form { everything: Some(true), ..Form::default() }, ..draft.clone() };
    assert_eq!(
        patch(&three),
        json!({"cckm_synchronization_params": {"cloud_name": "AzureCloud", "synchronize_all": true,
            "sync_items": ["key"], "depth": {"of": ["what", "nobody", "knows"]}}})
    );
    let unfinished = Draft { ends_on: UNFINISHED.to_owned(), ..draft.clone() };
    let wrong = patch_body(&old, &unfinished, Some(&directory), now()).expect_err("no end is known");
    assert_eq!(wrong[0].text, "Write a whole date such as 2027-12-31.");
    let four = Draft { ends_on: String::new(), run_on: "node-2".to_owned(), disabled: true, ..draft.clone() };
    assert_eq!(patch(&four), json!({"end_date": null, "run_on": "node-2", "disabled": true}));
    // Another cloud takes nothing over.
    let five = Draft { family: Some(family("oci")), form: chosen(&["x"]), ..draft };
    assert_eq!(
        patch(&five),
        json!({"cckm_synchronization_params": {"cloud_name": "oci", "oci_vaults": ["x"]}})
    );
    assert_eq!(disable_body(true), json!({"disabled": true}));
}

#[test]
fn a_schedule_with_an_expression_that_the_panel_cannot_read_can_be_edited() {
    let mut value = rich();
    value["run_at"] = json!("0 2 L * *");
    let old = schedule(value);
    let mut draft = Draft::of(&old, None);
    assert!(draft.form.by_hand, "without a list of containers the ids are in the text box");
    draft.name = "n".to_owned();
    assert_eq!(patch_body(&old, &draft, None, now()), Ok(json!({"name": "n"})));
    draft.run_at = "0 2 L L *".to_owned();
    assert!(patch_body(&old, &draft, None, now()).is_err());
}

#[test]
fn an_answer_shows_what_was_not_taken_and_what_nobody_has_sent() {
    let (seen, directory) = (schedule(rich()), vaults(3));
    let mut draft = Draft::of(&seen, Some(&directory));
    draft.run_at = "0 3 * * *".to_owned();
    let told = |seen: Option<&Schedule>, draft: &Draft, answer: Value| {
        let Answered { not_taken, others } =
            answered(seen, draft, &schedule(answer), Some(&directory), &TimeFormat::PLAIN);
        let fields: Vec<String> = others.into_iter().map(|change| change.field).collect();
        (not_taken, fields.join(","))
    };
    let answer = |members: Value| {
        let mut value = rich();
        for (name, member) in members.as_object().expect("an object") {
            value[name] = member.clone();
        }
        told(Some(&seen), &draft, value)
    };
    let (when, none) = (vec![DraftField::When], Vec::new());
    assert_eq!(answer(json!({"run_at": "0 3 * * *", "updatedAt": NOW})), (none.clone(), String::new()));
    assert_eq!(answer(json!({})), (when.clone(), String::new()), "it has not been taken");
    assert_eq!(
        answer(json!({"run_at": "0 3 * * *", "description": "theirs", "disabled": true})),
        (none.clone(), "Description,State".to_owned())
    );
    let params =
        json!({"cloud_name": "AzureCloud", "key_vaults": ["v-2"], "sync_items": ["key"], "depth": 1});
    assert_eq!(
        answer(json!({"run_at": "0 4 * * *", "job_config_params": params})),
        (when, "Synchronizes,depth".to_owned())
    );
    // Part of a schedule tells nothing of the rest.
    for part in [json!({"run_at": null}), json!({"operation": null}), json!({"job_config_params": null})] {
        assert_eq!(answer(part), (none.clone(), String::new()));
    }

    let moved =
        Draft { family: Some(family("oci")), form: chosen(&["x"]), ..Draft::of(&seen, Some(&directory)) };
    let mut value = rich();
    value["job_config_params"] = json!({"cloud_name": "oci", "oci_vaults": ["x"]});
    value["name"] = json!("theirs");
    assert_eq!(told(Some(&seen), &moved, value.clone()), (none, "Name".to_owned()));
    // Of a new schedule every field was sent.
    assert_eq!(told(None, &moved, value), (vec![DraftField::Name], String::new()));
}

#[test]
fn the_second_of_two_administrators_is_told_what_the_first_has_changed() {
    let directory = vaults(3);
    let base = schedule(rich());
    let mut value = rich();
    value["run_at"] = json!("0 4 * * *");
    value["disabled"] = json!(true);
    value["end_date"] = json!(null);
    value["updatedAt"] = json!(NOW);
    value["job_config_params"]["key_vaults"] = json!(["v-1", "v-2"]);
    value["job_config_params"]["depth"] = json!(1);
    let theirs = schedule(value);
    let change = |field: &str, from: &str, to: &str| Change {
        field: field.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
    };
    assert_eq!(
        changes(&base, &theirs, Some(&directory), &TimeFormat::PLAIN),
        [
            change("Synchronizes", "vault 0, vault 1", "vault 1, vault 2"),
            change("When", "Every day at 02:00 UTC (0 2 * * *)", "Every day at 04:00 UTC (0 4 * * *)"),
            change("Ends on", "31 Dec 2026, 12:00:00 UTC", "none"),
            change("State", "Enabled", "Disabled"),
            change("depth", r#"{"of":["what","nobody","knows"]}"#, "1"),
        ]
    );
    assert!(changes(&base, &base, None, &TimeFormat::PLAIN).is_empty());
    // What I have not touched is theirs; what I have touched stays mine, and only that is sent.
    let mut mine = Draft::of(&base, Some(&directory));
    mine.run_at = "0 5 * * *".to_owned();
    let merged = rebase(&base, &theirs, &mine, Some(&directory));
    assert!(merged.disabled && merged.ends_on.is_empty());
    assert_eq!(merged.form.chosen, ["v-1", "v-2"]);
    let body = patch_body(&theirs, &merged, Some(&directory), now());
    assert_eq!(body, Ok(json!({"run_at": "0 5 * * *"})));
}

#[test]
fn a_run_never_claims_that_keys_were_synchronized() {
    let runs = decode::list(&fixture("scheduler_jobs.json"), Run::from_value).expect("a list").resources;
    let outcomes: Vec<RunOutcome> = runs.iter().map(Run::outcome).collect();
    assert_eq!(
        outcomes,
        [
            RunOutcome::InProgress,
            RunOutcome::Ran,
            RunOutcome::Failed,
            RunOutcome::Aborted,
            RunOutcome::Unknown
        ]
    );
    for run in &runs {
        assert!(
            !["success", "complete"].iter().any(|word| run.outcome().word().to_lowercase().contains(word))
        );
    }
    let (azure, aws) = (&list()[0], &list()[1]);
    assert!(runs[1].is_of(azure) && !runs[1].is_of(aws));
    assert!(!runs[4].is_of(azure), "another operation of the same name");
}

#[test]
fn the_job_of_a_run_is_guessed_by_time_and_selection() {
    let (azure, directory) = (family("azure"), vaults(3));
    let own = of("azure", "0 2 * * *", json!({"cloud_name": "AzureCloud", "key_vaults": ["v-0", "v-1"]}));
    let run = Run { created: Some(stamp("2026-11-28T02:00:01Z")), ..Run::default() };
    let job = |id: &str, created: &str, vaults: &[&str]| {
        Job::from_value(json!({"id": id, "createdAt": created, "key_vaults": vaults})).expect("a job")
    };
    let jobs = [
        job("late", "2026-11-28T02:10:02Z", &["v-0", "v-1"]),
        job("other", "2026-11-28T02:00:02Z", &["v-0"]),
        job("own", "2026-11-28T02:00:04Z", &["v-1", "v-0"]),
        job("early", "2026-11-28T01:59:00Z", &["v-0", "v-1"]),
    ];
    let found = guess(azure, &own, &run, &jobs, Some(&directory));
    assert_eq!(found, Guess::Likely(&jobs[2]));
    assert!(found.words().contains("Probably"));
    assert_eq!(guess(azure, &own, &run, &jobs, None).job(), Some(&jobs[2]));
    let twice = [jobs[2].clone(), job("near", "2026-11-28T02:00:02Z", &["v-0", "v-1"])];
    assert_eq!(guess(azure, &own, &run, &twice, None).job().map(|job| job.id.as_str()), Some("near"));
    assert_eq!(guess(azure, &own, &Run::default(), &jobs, None), Guess::None);
    assert_eq!(guess(family("oci"), &own, &run, &jobs, None), Guess::None);
    let all = of("azure", "0 2 * * *", json!({"cloud_name": "AzureCloud", "synchronize_all": true}));
    let whole = [
        job("some", "2026-11-28T02:00:02Z", &["v-0"]),
        job("all", "2026-11-28T02:00:03Z", &["v-2", "v-0", "v-1"]),
    ];
    assert_eq!(guess(azure, &all, &run, &whole, Some(&directory)), Guess::Likely(&whole[1]));
    assert_eq!(guess(azure, &all, &run, &whole, None), Guess::None);
}
