//! The freshness of containers, derived from jobs.

use crate::family;
use cckm::container::{Container, Directory};
use cckm::family::{FAMILIES, Family};
use cckm::freshness::{Grid, State, grid};
use cckm::job::Job;
use cckm::time::Stamp;
use serde_json::{Value, json};
use std::sync::Arc;

const GOOD: &str = "region synchronized successfully";
const BAD: &str = "Error: denied";

fn at(day: u32) -> String {
    format!("2026-03-{day:02}T09:00:00Z")
}

fn stamp(day: u32) -> Stamp {
    Stamp::parse(&at(day)).expect("a time")
}

/// A job that ended on `day`.
fn job(family: &Family, day: u32, status: &str, containers: &[&str], more: Value) -> Arc<Job> {
    let mut value = json!({
        "id": format!("j-{day}"), "createdAt": at(day), "completed_at": at(day), "overall_status": status,
        family.job_field: containers,
    });
    for (name, field) in more.as_object().into_iter().flatten() {
        value[name] = field.clone();
    }
    Arc::new(Job::from_value(value.clone()).expect("a job"))
}

fn directory(family: &Family, containers: &[Value]) -> Directory {
    let read = |value: &Value| Container::from_value(&value.clone(), family.containers).expect("a container");
    Directory::new(containers.iter().map(read).collect())
}

/// A directory of containers without regions that have these ids.
fn plain(family: &Family, ids: &[&str]) -> Directory {
    directory(family, &ids.iter().map(|id| json!({"id": id})).collect::<Vec<_>>())
}

/// Each cell as "container/region good-day!failed-day", in the order of the grid.
fn summaries(grid: &Grid) -> Vec<String> {
    let day = |id: &str| id.trim_start_matches("j-").to_owned();
    let cells = grid.cells.iter().map(|cell| {
        let region = if cell.region.is_empty() { String::new() } else { format!("/{}", cell.region) };
        let good = cell.good.as_ref().map_or("-".to_owned(), |job| day(&job.id));
        let failed = cell.failed.as_ref().map_or(String::new(), |job| format!("!{}", day(&job.id)));
        format!("{}{region} {good}{failed}", cell.id)
    });
    cells.collect()
}

#[test]
fn the_longest_unsynchronized_stands_first_and_who_was_never_before_all() {
    for family in FAMILIES {
        let jobs = [
            job(family, 9, "completed", &["b"], json!({})),
            job(family, 5, "completed", &["a", "b"], json!({})),
            job(family, 2, "completed", &["c"], json!({})),
        ];
        let grid = grid(family, &jobs, Some(&plain(family, &["a", "b", "c", "d"])), None);
        assert_eq!(summaries(&grid), ["d -", "c 2", "a 5", "b 9"], "{}", family.slug);
        assert_eq!(grid.looked, 3);
    }
}

#[test]
fn its_own_result_counts_whatever_became_of_the_whole() {
    let family = family("google");
    let one = |status: &str, details: Value, more: Value| {
        let mut more = more;
        more["detailed_status"] = details;
        summaries(&grid(
            family,
            &[job(family, 5, status, &["a", "b"], more)],
            Some(&plain(family, &["a", "b"])),
            None,
        ))
    };
    assert_eq!(one("completed", json!({"a": GOOD, "b": BAD}), json!({})), ["b -!5", "a 5"]);
    assert_eq!(one("failed", json!({"a": GOOD}), json!({})), ["b -!5", "a 5"]);
    assert_eq!(one("completed", json!({"a": GOOD}), json!({"abort": true})), ["b -", "a 5"], "cancelled");
    assert_eq!(
        one("completed", json!({"a": "skipped"}), json!({})),
        ["a -", "b -"],
        "nobody knows that it is good"
    );
    assert_eq!(
        one("completed", json!({"a": BAD}), json!({})),
        ["a -!5", "b -!5"],
        "all that it tells failed"
    );
    assert_eq!(one("partial", json!({}), json!({})), ["a -", "b -"], "unknown");
    assert_eq!(one("completed", Value::Null, json!({})), ["a 5", "b 5"], "nothing told of any");
}

#[test]
fn a_job_that_runs_or_has_no_time_tells_nothing() {
    let family = family("oci");
    let known = plain(family, &["a"]);
    let one = |job: Arc<Job>| summaries(&grid(family, &[job], Some(&known), None));
    let details = json!({"detailed_status": {"a": GOOD}, "completed_at": null});
    assert_eq!(one(job(family, 5, "in_progress", &["a"], details)), ["a -"]);
    assert_eq!(one(job(family, 5, "completed", &["a"], json!({"completed_at": null}))), ["a -"]);
    assert_eq!(
        one(job(family, 5, "completed", &["a"], json!({"completed_at": null, "updatedAt": at(6)}))),
        ["a 5"]
    );
}

#[test]
fn a_job_of_everything_is_of_every_container() {
    for family in FAMILIES {
        let known = plain(family, &["a", "b"]);
        let jobs = [job(family, 7, "failed", &[], json!({})), job(family, 5, "completed", &[], json!({}))];
        assert_eq!(summaries(&grid(family, &jobs, Some(&known), None)), ["a 5!7", "b 5!7"]);
        let flagged = [job(family, 5, "completed", &["a"], json!({"synchronize_all": true}))];
        assert_eq!(summaries(&grid(family, &flagged, Some(&known), None)), ["a 5", "b 5"]);
    }
}

#[test]
fn a_job_that_names_its_containers_in_an_unknown_way_tells_of_its_results_alone() {
    for family in FAMILIES {
        let known = plain(family, &["a", "b"]);
        for odd in [json!({"some_ids": ["a"]}), json!({"synchronize_all": false})] {
            let one = |status: &str, details: Value| {
                let mut more = odd.clone();
                more["detailed_status"] = details;
                summaries(&grid(family, &[job(family, 5, status, &[], more)], Some(&known), None))
            };
            assert_eq!(one("completed", json!({"a": GOOD})), ["b -", "a 5"]);
            assert_eq!(one("failed", json!({"a": BAD})), ["a -!5", "b -"]);
            assert_eq!(one("completed", Value::Null), ["a -", "b -"]);
        }
    }
    let aws = family("aws");
    let pair = ["k-1", "k-2"].map(|id| json!({"id": id, "account_id": "42", "regions": ["r"]}));
    let job = job(aws, 8, "completed", &[], json!({"some_ids": ["k-1"], "detailed_status": {"42/r": GOOD}}));
    assert_eq!(
        summaries(&grid(aws, &[job], Some(&directory(aws, &pair)), None)),
        ["k-1/r -", "k-2/r -"],
        "which of the two is good is not known"
    );
}

#[test]
fn only_what_failed_after_the_last_good_one_is_reported() {
    let family = family("sap");
    let known = plain(family, &["a"]);
    let jobs = [
        job(family, 9, "failed", &["a"], json!({})),
        job(family, 8, "failed", &["a"], json!({})),
        job(family, 5, "completed", &["a"], json!({})),
        job(family, 3, "failed", &["a"], json!({})),
    ];
    assert_eq!(summaries(&grid(family, &jobs, Some(&known), None)), ["a 5!9"]);
    assert_eq!(summaries(&grid(family, &jobs[2..], Some(&known), None)), ["a 5"]);
    // The time of the end counts, not the time of creation.
    let late = job(family, 1, "completed", &["a"], json!({"completed_at": at(10)}));
    assert_eq!(summaries(&grid(family, &[jobs[0].clone(), late], Some(&known), None)), ["a 1"]);
}

#[test]
fn regions_are_cells_of_their_own() {
    for family in FAMILIES.iter().filter(|family| family.regions.is_some()) {
        let field = family.regions.unwrap_or_default();
        let known = directory(
            family,
            &[
                json!({"id": "k-1", "name": "prod", "account_id": "42", "regions": ["r", "s"]}),
                json!({"id": "k-2", "name": "test", "account_id": "43", "regions": ["r"]}),
            ],
        );
        let all = job(family, 4, "completed", &["prod"], json!({}));
        let some = job(family, 6, "completed", &["prod"], json!({field: ["s"]}));
        let one = |jobs: &[Arc<Job>]| summaries(&grid(family, jobs, Some(&known), None));
        assert_eq!(one(&[some.clone(), all.clone()]), ["k-2/r -", "k-1/r 4", "k-1/s 6"]);
        let keyed = json!({"detailed_status": {"42/r": GOOD, "42/s": BAD, "43/r": GOOD}});
        // The third key has an account in which the job names no container.
        assert_eq!(
            one(&[job(family, 8, "completed", &["prod"], keyed)]),
            ["k-1/s -!8", "k-1/r 8", "k-2/r 8"]
        );
    }
}

#[test]
fn the_worst_result_counts_for_a_container_whose_regions_are_not_known() {
    let aws = family("aws");
    let known = directory(aws, &[json!({"id": "prod", "account_id": "42"})]);
    let one = |status: &str, more: Value| {
        let jobs = [job(aws, 5, status, &["prod"], more)];
        let cell = |directory| {
            let all = summaries(&grid(aws, &jobs, directory, None));
            all.into_iter().find(|cell| !cell.contains('/')).unwrap_or_default()
        };
        (cell(Some(&known)), cell(None))
    };
    let same = |text: &str| (text.to_owned(), text.to_owned());
    let details = |texts: Value| json!({"detailed_status": texts});
    assert_eq!(one("completed", details(json!({"42/a": BAD, "42/b": GOOD}))), same("prod -!5"));
    assert_eq!(one("completed", details(json!({"42/a": GOOD, "42/b": BAD}))), same("prod -!5"));
    assert_eq!(one("completed", details(json!({"42/a": "skipped", "42/b": GOOD}))), same("prod -"));
    assert_eq!(one("completed", details(json!({"42/a": GOOD, "42/b": GOOD}))), same("prod 5"));
    assert_eq!(
        one("failed", details(json!({"42/a": GOOD}))),
        same("prod -!5"),
        "it may have left out others"
    );
}

#[test]
fn good_regions_do_not_make_a_container_good_whose_regions_are_not_known() {
    let aws = family("aws");
    let known = directory(aws, &[json!({"id": "k-1", "name": "prod", "account_id": "42"})]);
    let one = |status: &str, containers: &[&str], more: Value| {
        summaries(&grid(aws, &[job(aws, 5, status, containers, more)], Some(&known), None))
    };
    let good = json!({"42/a": GOOD});
    assert_eq!(one("completed", &["prod"], json!({"regions": ["a"], "detailed_status": good})), ["k-1 -"]);
    assert_eq!(one("completed", &["prod"], json!({"regions": ["a"]})), ["k-1 -"]);
    assert_eq!(one("completed", &[], json!({"regions": ["a"]})), ["k-1 -"], "all containers in one region");
    assert_eq!(one("failed", &["prod"], json!({"regions": ["a"]})), ["k-1 -!5"]);
    assert_eq!(
        one("completed", &["prod"], json!({"abort": true, "detailed_status": good})),
        ["k-1 -"],
        "cancelled"
    );
    assert_eq!(one("completed", &["prod"], json!({"detailed_status": good})), ["k-1 5"], "of all regions");
    let all = json!({"regions": ["a"], "synchronize_all": true, "detailed_status": good});
    assert_eq!(one("completed", &[], all), ["k-1 5"]);
    let regions = directory(aws, &[json!({"id": "k-1", "name": "prod", "regions": ["a", "b"]})]);
    let some = job(aws, 5, "completed", &[], json!({"regions": ["a"]}));
    assert_eq!(summaries(&grid(aws, &[some], Some(&regions), None)), ["k-1/b -", "k-1/a 5"]);
}

#[test]
fn containers_of_one_account_are_told_apart_by_the_jobs_selection() {
    let family = family("aws");
    let known = directory(
        family,
        &[
            json!({"id": "k-1", "name": "prod", "account_id": "42", "regions": ["r"]}),
            json!({"id": "k-2", "name": "test", "account_id": "42", "regions": ["r"]}),
        ],
    );
    let keyed = |containers: &[&str]| {
        let job = job(family, 8, "completed", containers, json!({"detailed_status": {"42/r": GOOD}}));
        summaries(&grid(family, &[job], Some(&known), None))
    };
    assert_eq!(keyed(&["prod"]), ["k-2/r -", "k-1/r 8"]);
    assert_eq!(keyed(&["gone"]), ["k-1/r 8", "k-2/r 8"]);
}

#[test]
fn names_are_known_by_any_of_their_names() {
    let family = family("salesforce");
    let known = directory(family, &[json!({"id": "r-1", "name": "Acme", "organization_id": "00D1"})]);
    let one = job(family, 8, "completed", &["00D1"], json!({"detailed_status": {"00D1": GOOD}}));
    assert_eq!(summaries(&grid(family, &[one], Some(&known), None)), ["r-1 8"]);
    // A container that is no longer in the list has no cell.
    let gone = job(family, 8, "completed", &["00D2"], json!({}));
    assert_eq!(summaries(&grid(family, &[gone], Some(&known), None)), ["r-1 -"]);
}

#[test]
fn without_the_list_there_is_what_jobs_name() {
    for family in FAMILIES {
        let jobs = [
            job(family, 8, "completed", &["b"], json!({"detailed_status": {"b": GOOD}})),
            job(family, 4, "completed", &["a", "b"], json!({})),
            job(family, 2, "completed", &[], json!({})),
        ];
        assert_eq!(summaries(&grid(family, &jobs, None, None)), ["a 4", "b 8"]);
        assert!(grid(family, &[], None, None).cells.is_empty());
    }
    let aws = family("aws");
    let jobs = [job(
        aws,
        8,
        "completed",
        &["prod"],
        json!({"regions": ["r", "s"], "detailed_status": {"42/r": GOOD, "42/s": BAD}}),
    )];
    assert_eq!(summaries(&grid(aws, &jobs, None, None)), ["prod/s -!8", "prod/r 8"]);
}

#[test]
fn never_is_claimed_only_where_all_jobs_were_looked_at() {
    let family = family("azure");
    let known = plain(family, &["a", "b", "c"]);
    let jobs =
        [job(family, 9, "completed", &["a"], json!({})), job(family, 2, "completed", &["b"], json!({}))];
    let states = |back, now, days| {
        let grid = grid(family, &jobs, Some(&known), back);
        let of = |key: &str| {
            grid.get(&format!("{key}\n"))
                .map(|cell| (grid.state(cell, now, days), grid.is_out(cell, now, days)))
        };
        let tally = grid.tally(now, days);
        (of("a"), of("b"), of("c"), (tally.out, tally.never, tally.unseen))
    };
    let (fresh, old) = (Some((State::Fresh, false)), Some((State::Old, true)));
    assert!(states(None, stamp(10), 7) == (fresh, old, Some((State::Never, true)), (2, 1, 0)));
    // The jobs reach back eight days, more than the seven allowed, so a cell without a result is out of date.
    assert!(states(Some(stamp(2)), stamp(10), 7) == (fresh, old, Some((State::Unseen, true)), (2, 0, 1)));
    assert!(
        states(Some(stamp(2)), stamp(10), 30)
            == (fresh, Some((State::Fresh, false)), Some((State::Unseen, false)), (0, 0, 1))
    );
    // A cell is out of date from the full number of days on.
    assert!(states(None, stamp(9), 7).1 == old);
    assert!(states(None, Stamp::from_millis(stamp(9).millis() - 1), 7).1 == fresh);
}

#[test]
fn what_is_out_of_date_makes_a_selection() {
    let aws = family("aws");
    let known = directory(
        aws,
        &[
            json!({"id": "k-1", "name": "prod", "regions": ["s", "r"]}),
            json!({"id": "k-2", "name": "test", "regions": ["r"]}),
            json!({"id": "k-3", "name": "bare"}),
        ],
    );
    let fresh = job(aws, 9, "completed", &["prod"], json!({"regions": ["s"]}));
    let bare = job(aws, 9, "completed", &["bare"], json!({}));
    let texts = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let all = grid(aws, &[fresh.clone(), bare], Some(&known), None);
    assert_eq!(all.outdated(stamp(10), 7), (texts(&["k-1", "k-2"]), texts(&["r"])));
    // A container without regions has one cell for the whole of it.
    let whole = grid(aws, &[fresh], Some(&known), None);
    assert_eq!(whole.outdated(stamp(10), 7), (texts(&["k-1", "k-2", "k-3"]), Vec::new()));
}
