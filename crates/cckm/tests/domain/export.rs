//! Exported files, as a reader of CSV and a reader of JSON see them.

use crate::family;
use cckm::container::{Container, Directory};
use cckm::export::{About, COLUMNS, Format, MOST, Row, file_name, safe, text};
use cckm::family::{FAMILIES, Family};
use cckm::job::Job;
use cckm::time::{Stamp, TimeFormat, Zone};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::HashMap;

const NOW: &str = "2026-11-27T13:05:40Z";

fn stamp(text: &str) -> Stamp {
    Stamp::parse(text).expect("a time")
}

fn about() -> About<'static> {
    About {
        view: "AWS keys",
        address: "#/aws?status=failed",
        rows: "All pages",
        now: stamp(NOW),
        times: TimeFormat::PLAIN,
        total: Some(3),
        unread: Some(1),
        missing: &[],
        notes: &[],
    }
}

fn job(value: Value) -> Job {
    Job::from_value(value).expect("a job")
}

fn row(family: &'static Family, job: &'static Job) -> Row<'static> {
    Row { family, job, directory: None }
}

fn leaked(value: Value) -> &'static Job {
    Box::leak(Box::new(job(value)))
}

/// The records of a file by the names of their columns.
fn read(file: &str) -> Vec<HashMap<String, String>> {
    let file = file.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    assert_eq!(reader.headers().expect("headers").iter().collect::<Vec<_>>(), COLUMNS);
    let records = reader.records().map(|record| record.expect("a record of the same length"));
    let named = |record: csv::StringRecord| {
        COLUMNS.iter().map(ToString::to_string).zip(record.iter().map(ToString::to_string)).collect()
    };
    records.map(named).collect()
}

fn csv_of(job: Value) -> HashMap<String, String> {
    let rows = [row(family("aws"), leaked(job))];
    read(&text(Format::Csv, &about(), &rows)).remove(0)
}

fn json_of(rows: &[Row], about: &About) -> Value {
    serde_json::from_str(&text(Format::Json, about, rows)).expect("JSON")
}

/// A job with something in every column.
fn full() -> Value {
    json!({
        "id": "j-1", "uri": "kylo:j-1", "overall_status": "completed", "abort": false, "kms": ["prod", "gone"],
        "regions": ["eu-west-1", "us-east-1"],
        "createdAt": "2026-11-27T13:00:00.605Z", "updatedAt": "2026-11-27T13:01:00Z", "completed_at": "2026-11-27T13:01:05Z",
        "detailed_status": {
            "1/eu-west-1": "Error: denied", "1/us-east-1": "region synchronized successfully", "2/eu-west-1": "skipped",
        },
    })
}

fn directory() -> Directory {
    Directory::new(vec![Container {
        id: "k-1".into(),
        label: "prod".into(),
        aliases: vec!["prod".into()],
        account: "1".into(),
        ..Container::default()
    }])
}

#[test]
fn every_fact_has_its_column() {
    let (job, directory) = (job(full()), directory());
    let rows = [Row { family: family("aws"), job: &job, directory: Some(&directory) }];
    let record = read(&text(Format::Csv, &about(), &rows)).remove(0);
    let expected = [
        ("cloud", "AWS"),
        ("scope", "Keys"),
        ("job_id", "j-1"),
        ("outcome", "Completed with errors"),
        ("server_status", "completed"),
        ("abort", "false"),
        ("everything", "false"),
        ("container_names", "prod | gone"),
        ("container_ids", "k-1 | gone"),
        ("regions", "eu-west-1 | us-east-1"),
        ("created", "2026-11-27T13:00:00.605Z"),
        ("updated", "2026-11-27T13:01:00Z"),
        ("completed", "2026-11-27T13:01:05Z"),
        ("time_zone", "UTC"),
        ("duration_seconds", "64"),
        ("failed", "1"),
        ("not_known", "1"),
        ("total", "3"),
        (
            "results",
            "prod · eu-west-1: Error: denied | 2/eu-west-1: skipped | prod · us-east-1: region synchronized successfully",
        ),
        ("uri", "kylo:j-1"),
    ];
    assert_eq!(expected.map(|(column, _)| column), COLUMNS);
    for (column, value) in expected {
        assert_eq!(record[column], value, "{column}");
    }
}

#[test]
fn json_says_what_it_holds() {
    let (job, directory) = (job(full()), directory());
    let rows = [Row { family: family("aws"), job: &job, directory: Some(&directory) }];
    let missing = [("SAP keys".to_owned(), "Could not load".to_owned())];
    let notes = ["A note.".to_owned()];
    let file = json_of(&rows, &About { missing: &missing, notes: &notes, ..about() });
    for (field, value) in [
        ("view", json!("AWS keys")),
        ("address", json!("#/aws?status=failed")),
        ("rows", json!("All pages")),
        ("zone", json!("UTC")),
        ("exported_at", json!("2026-11-27T13:05:40Z")),
        ("count", json!(1)),
        ("total", json!(3)),
        ("unread", json!(1)),
        ("missing", json!([{"list": "SAP keys", "why": "Could not load"}])),
        ("notes", json!(["A note."])),
    ] {
        assert_eq!(file[field], value, "{field}");
    }
    let job = &file["jobs"][0];
    assert_eq!(job["outcome"], "Completed with errors");
    assert_eq!(job["server_status"], "completed");
    assert_eq!(job["containers"][0], json!({"key": "prod", "name": "prod", "id": "k-1"}));
    assert_eq!(job["containers"][1], json!({"key": "gone", "name": null, "id": null}));
    assert_eq!(
        job["results"][0],
        json!({"key": "1/eu-west-1", "container": "prod · eu-west-1", "result": "Error", "text": "Error: denied"})
    );
    // The columns of the CSV file are fields here, but for the two of containers.
    let fields = COLUMNS.iter().filter(|column| !column.starts_with("container_"));
    assert!(fields.into_iter().all(|column| job.get(column).is_some()), "{job}");
}

#[test]
fn what_is_not_there_is_empty() {
    let record = csv_of(json!({"id": "j"}));
    for column in ["created", "updated", "completed", "duration_seconds", "results", "container_names", "uri"]
    {
        assert_eq!(record[column], "", "{column}");
    }
    assert_eq!((&*record["outcome"], &*record["everything"], &*record["total"]), ("Unknown", "true", "0"));
}

#[test]
fn a_job_that_runs_has_lasted_until_now() {
    let record =
        csv_of(json!({"id": "j", "overall_status": "in_progress", "createdAt": "2026-11-27T13:05:00Z"}));
    assert_eq!((&*record["duration_seconds"], &*record["outcome"]), ("40", "In progress"));
}

#[test]
fn every_family_is_exported() {
    for family in FAMILIES {
        let job =
            leaked(json!({"id": "j", family.job_field: ["a"], "overall_status": "completed", "abort": true}));
        let record = read(&text(Format::Csv, &about(), &[row(family, job)])).remove(0);
        assert_eq!((&*record["cloud"], &*record["scope"]), (family.cloud, family.scope));
        assert_eq!((&*record["container_names"], &*record["outcome"]), ("a", "Cancelled"));
    }
}

#[test]
fn lines_end_as_the_standard_says_and_cells_are_quoted() {
    let job = leaked(json!({"id": "a,\"b\"\r\nc", "kms": ["x;y", "ü"]}));
    let file = text(Format::Csv, &about(), &[row(family("aws"), job)]);
    assert!(file.starts_with("\u{feff}cloud,scope,job_id,") && file.ends_with("\r\n"));
    assert!(file.contains("\"a,\"\"b\"\"\r\nc\""), "{file}");
    assert_eq!(file.matches("\r\n").count(), 3);
    assert_eq!(read(&file)[0]["container_names"], "x;y | ü");
}

#[test]
fn no_cell_begins_as_a_formula() {
    for (given, expected) in [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("\nx", "'\nx"),
        ("  =1", "  '=1"),
        ("\"=1", "\"'=1"),
        ("＝1", "'＝1"),
        ("a;=1", "a;'=1"),
        ("a\n-1", "a\n'-1"),
        ("a = b - c + d @ e", "a = b - c + d @ e"),
        ("eu-west-1", "eu-west-1"),
        ("'=1", "'=1"),
        ("", ""),
    ] {
        assert_eq!(safe(given), expected, "{given:?}");
    }
    let hostile = "=HYPERLINK(\"http://x\",\"y\")";
    let record = csv_of(json!({
        "id": hostile, "overall_status": hostile, "uri": hostile, "kms": ["a", hostile], "regions": [hostile],
        "detailed_status": {hostile: hostile},
    }));
    for column in ["job_id", "server_status", "uri", "regions", "results"] {
        assert!(record[column].starts_with("'="), "{column}: {}", record[column]);
    }
    assert_eq!(record["container_names"], format!("a | '{hostile}"));
}

#[test]
fn a_cell_is_no_longer_than_a_spreadsheet_takes() {
    let many: Vec<String> = (0..4000).map(|at| format!("container-{at:05}")).collect();
    let record = csv_of(json!({"id": "j", "kms": many}));
    let names = &record["container_names"];
    assert!(names.chars().count() < 32_767 && names.chars().count() > MOST / 2);
    let (shown, rest) = names.rsplit_once(" | and ").expect("a count");
    let shown = shown.split(" | ").count();
    assert_eq!(rest, format!("{} more, which the JSON file has", 4000 - shown));
    let one = csv_of(json!({"id": "j", "kms": ["x".repeat(40_000)]}));
    assert_eq!(one["container_names"], "and 1 more, which the JSON file has");
    // A spreadsheet counts as UTF-16 does: two for a character outside of the basic plane.
    let wide = "\u{1f511}".repeat(20_000);
    let record =
        csv_of(json!({"id": wide, "uri": wide, "overall_status": wide, "kms": vec!["\u{1f511}"; 20_000]}));
    for (column, cell) in &record {
        assert!(cell.encode_utf16().count() < 32_767, "{column}");
    }
    for column in ["job_id", "uri", "server_status"] {
        assert_eq!(
            record[column],
            "\u{1f511}".repeat(MOST / 2) + "… (the JSON file has it whole)",
            "{column}"
        );
    }
}

#[test]
fn the_name_says_view_zone_and_time() {
    let name = |view, times: &TimeFormat, format| file_name(view, stamp(NOW), times, format);
    assert_eq!(name("AWS keys", &TimeFormat::PLAIN, Format::Csv), "aws-keys-2026-11-27T1305Z.csv");
    assert_eq!(name("All clouds", &TimeFormat::PLAIN, Format::Json), "all-clouds-2026-11-27T1305Z.json");
    assert_eq!(name("AWS keys", &BERLIN, Format::Csv), "aws-keys-2026-11-27T1405+0100.csv");
    // The offset is there in every zone, also in one whose offset is 0.
    let london = TimeFormat { offset: |_| 0, ..BERLIN };
    assert_eq!(name("AWS keys", &london, Format::Csv), "aws-keys-2026-11-27T1305+0000.csv");
}

/// One hour east of Greenwich.
const BERLIN: TimeFormat = TimeFormat { zone: Zone::Local, offset: |_| 3600, ..TimeFormat::PLAIN };

#[test]
fn local_times_have_the_offset_of_their_zone() {
    let rows = [row(family("aws"), leaked(full()))];
    let about = About { times: BERLIN, ..about() };
    let record = read(&text(Format::Csv, &about, &rows)).remove(0);
    assert_eq!(record["time_zone"], "Local");
    assert_eq!(record["created"], "2026-11-27T14:00:00.605+01:00");
    assert_eq!(Stamp::parse(&record["created"]), Stamp::parse("2026-11-27T13:00:00.605Z"));
}

proptest! {
    #[test]
    fn every_text_comes_back(id in any::<String>(), status in any::<String>(), key in any::<String>(), word in any::<String>()) {
        let sent = json!({"id": id, "overall_status": status, "kms": [key], "detailed_status": {&key: word}});
        let owned = job(sent);
        let rows = [Row { family: family("aws"), job: &owned, directory: None }];
        let record = read(&text(Format::Csv, &about(), &rows)).remove(0);
        prop_assert_eq!(&record["job_id"], &safe(&owned.id));
        prop_assert_eq!(&record["server_status"], &safe(&owned.status));
        for cell in record.values() {
            let first = cell.trim_start().chars().next();
            prop_assert!(!first.is_some_and(|first| "=+-@\t\r".contains(first)), "{}", cell);
        }
        let file = json_of(&rows, &about());
        prop_assert_eq!(file["jobs"][0]["job_id"].as_str(), Some(owned.id.as_str()));
        prop_assert_eq!(file["jobs"][0]["results"][0]["text"].as_str(), Some(word.as_str()));
    }

    #[test]
    fn an_apostrophe_is_all_that_is_added(word in any::<String>()) {
        let made = safe(&word);
        let mut rest = word.chars().peekable();
        for c in made.chars() {
            if rest.peek() == Some(&c) {
                rest.next();
            } else {
                prop_assert_eq!(c, '\'');
            }
        }
        prop_assert!(rest.next().is_none());
        prop_assert!(!made.contains(";=") && !made.contains("\n=") && !made.starts_with(['=', '+', '-', '@', '\t', '\r']));
    }
}
