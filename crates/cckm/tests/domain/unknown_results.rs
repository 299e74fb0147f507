//! No unknown text counts as a success: texts of `detailed_status` with another meaning, or with none.

use cckm::container::Directory;
use cckm::family::FAMILIES;
use cckm::freshness::grid;
use cckm::job::Job;
use cckm::outcome::Outcome;
use cckm::start_request::{Form, retry};
use cckm::verdict::{KnownResults, Verdict, verdict};
use serde_json::{Value, json};
use std::sync::Arc;

/// A `completed` job with this result for its only container.
fn completed(result: &Value) -> Job {
    with_results(&json!({ "vault-1": result }))
}

fn with_results(results: &Value) -> Job {
    let job = json!({
        "id": "j", "overall_status": "completed", "completed_at": "2026-03-02T09:00:00Z",
        "detailed_status": results,
    });
    Job::from_value(job.clone()).expect("a job")
}

#[test]
fn a_completed_job_with_another_text_is_no_success() {
    for (result, outcome) in [
        (json!("NotAuthorizedOrNotFound"), "Failed"),
        (json!("Forbidden: the caller may not list keys"), "Failed"),
        (json!("ExpiredToken"), "Failed"),
        (json!("RESOURCE_EXHAUSTED"), "Failed"),
        (json!("connection refused"), "Failed"),
        (json!("403"), "Unknown"),
        (json!("partially synchronized"), "Unknown"),
        (json!("skipped"), "Unknown"),
        (json!("skipped successfully"), "Unknown"),
        (json!("0 of 9 keys synchronized successfully"), "Unknown"),
        (json!(""), "Unknown"),
        (json!(" \n"), "Unknown"),
        (json!("in progress"), "Unknown"),
        (json!("erfolgreich synchronisiert"), "Unknown"),
        (json!("同步成功"), "Unknown"),
        (json!(0), "Unknown"),
        (json!(403), "Unknown"),
        (json!(true), "Unknown"),
        (json!(["ok"]), "Unknown"),
        (json!(["error"]), "Unknown"),
        (json!({"status": "success"}), "Unknown"),
        (Value::Null, "Unknown"),
    ] {
        assert_eq!(completed(&result).outcome().word(), outcome, "{result}");
    }
}

#[test]
fn results_that_are_no_map_are_not_known() {
    for results in [json!("success"), json!(""), json!(["ok"]), json!([]), json!(7), json!(true)] {
        assert_eq!(with_results(&results).outcome().word(), "Unknown", "{results}");
    }
}

#[test]
fn honest_results_stay_as_they_are() {
    for text in
        ["region synchronized successfully", "Success", "OK.", "Successfully updated all key versions state."]
    {
        assert_eq!(completed(&json!(text)).outcome().word(), "Completed", "{text}");
    }
    for nothing in [Value::Null, json!({})] {
        assert_eq!(with_results(&nothing).outcome().word(), "Completed");
    }
    assert_eq!(completed(&json!("Error listing keys from SFDC: ")).outcome().word(), "Failed");
}

/// An independent implementation of the rules for a success, word by word. It shares no code with the crate.
fn is_on_the_short_list(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase().replace(['-', ' '], "_");
    let text = text.strip_suffix('.').map(str::to_owned).unwrap_or(text);
    let whole = "success successful succeeded ok done completed completed_successfully";
    if whole.split(' ').any(|known| known == text) {
        return true;
    }
    let words: Vec<&str> = text.split('_').collect();
    let done = ["synchronized", "synchronised", "synced", "refreshed", "updated", "imported"];
    let letters = words.iter().all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase()));
    let at = |place: usize| words.get(place).copied().unwrap_or_default();
    let last = words.len() - 1;
    let ends = last >= 1 && at(last) == "successfully" && done.contains(&at(last - 1)) && words.len() <= 4;
    let begins = at(0) == "successfully" && done.contains(&at(1)) && words.len() <= 7;
    letters && (ends || begins)
}

/// A small random number generator. With a heavier one, a million cases take minutes in a debug build.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        // SplitMix64, by Steele and Vigna.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((number ^ (number >> 31)) % limit.max(1) as u64) as usize
    }

    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

const KNOWN: &[&str] = &[
    "success",
    "successful",
    "succeeded",
    "ok",
    "Done.",
    "completed successfully",
    "region synchronized successfully",
    "key ring synchronized successfully",
    "Successfully updated all key versions state.",
];

const WORDS: &[&str] = &[
    "synchronized",
    "successfully",
    "refreshed",
    "updated",
    "imported",
    "synced",
    "key",
    "ring",
    "not",
    "no",
    "none",
    "never",
    "partially",
    "0",
    "of",
    "9",
    "skipped",
    "vault",
    "success",
    "failed",
    "ok",
    "done",
    "completed",
    "all",
    "Error",
    "denied",
    "已",
    "успешно",
    "ſuccess",
    "in progress",
    "state.",
    "é",
    "",
    "403",
    "without",
    "only",
];

const SIGNS: &[&str] = &[
    "", " ", "-", "_", ".", "!", ",", "x", "S", "0", "7", "é", "ı", "\u{200b}", "\u{a0}", "\t", "\n", "not ",
    "un",
];

/// A text similar to those of a server: words in a row, or a known success with a change.
fn text(random: &mut Random) -> String {
    if random.below(2) == 0 {
        let words = (0..=random.below(8)).map(|_| random.pick(WORDS)).collect::<Vec<_>>();
        return words.join(random.pick(&[" ", " ", " ", "-", "_", "  ", ", "]));
    }
    let mut letters: Vec<char> = random.pick(KNOWN).chars().collect();
    for _ in 0..random.below(3) {
        let at = random.below(letters.len() + 1);
        match random.below(3) {
            0 => drop(letters.splice(at..at, random.pick(SIGNS).chars())),
            1 if at < letters.len() => _ = letters.remove(at),
            _ => {
                if let Some(letter) = letters.get_mut(at) {
                    *letter = letter.to_ascii_uppercase();
                }
            }
        }
    }
    letters.into_iter().collect()
}

#[test]
fn no_path_leads_to_green_but_the_short_list_and_what_the_operator_has_added() {
    let added = ["skipped", "Übersprungen", "0 of 9", "key ring failed"];
    let known = KnownResults { success: added.map(str::to_owned).to_vec(), error: vec!["OK".to_owned()] };
    let (none, mut random) = (KnownResults::default(), Random(11));
    let (mut green, mut other) = (0, 0);
    for number in 0..1_000_000 {
        let text = text(&mut random);
        if verdict(&text, &none) == Verdict::Good {
            green += 1;
            assert!(is_on_the_short_list(&text), "{text:?}");
        } else {
            other += 1;
        }
        if number % 8 == 0 && verdict(&text, &known) == Verdict::Good {
            let plain = |text: &str| text.trim().to_ascii_lowercase().replace([' ', '-'], "_");
            let is_added = added.iter().any(|added| plain(added) == plain(&text));
            assert!(is_added || is_on_the_short_list(&text) && plain(&text) != "ok", "{text:?}");
        }
    }
    assert!(green > 10_000 && other > 100_000, "{green} green, {other} not: the texts prove little");
}

#[test]
fn no_answer_is_a_success_but_through_known_texts_or_none_at_all() {
    let mut random = Random(12);
    let mut seen = [0; 2];
    for _ in 0..20_000 {
        let result = |random: &mut Random| match random.below(9) {
            0 => json!(random.below(500)),
            1 => Value::Null,
            2 => json!([text(random)]),
            3 => json!({ "status": text(random) }),
            4 => json!(random.below(2) == 0),
            5 | 6 => json!(random.pick(KNOWN)),
            _ => json!(text(random)),
        };
        let results = match random.below(6) {
            0 => result(&mut random),
            _ => (0..random.below(4)).map(|at| (format!("v-{at}"), result(&mut random))).collect::<Value>(),
        };
        let statuses = ["completed", "Completed ", "failed", "in progress", "success", "done", ""];
        let status = random.pick(&statuses);
        let (abort, ended) = (random.below(6) == 0, random.below(2) == 0);
        let mut job =
            json!({"id": "j", "overall_status": status, "detailed_status": results, "abort": abort});
        if ended {
            job["completed_at"] = json!("2026-03-02T09:00:00Z");
        }
        let read = Job::read(job.clone(), &KnownResults::default()).expect("a job");
        let is_good = read.outcome() == Outcome::Completed;
        let may = status.trim().eq_ignore_ascii_case("completed")
            && !abort
            && match &job["detailed_status"] {
                Value::Null => true,
                Value::Object(all) => all.values().all(|one| one.as_str().is_some_and(is_on_the_short_list)),
                _ => false,
            };
        assert!(!is_good || may, "{job}");
        assert!(!is_good || read.not_known() == 0 && read.progress().0 == 0, "{job}");
        seen[usize::from(is_good)] += 1;
    }
    assert!(seen[0] > 1000 && seen[1] > 1000, "{seen:?}");
}

#[test]
fn the_operator_s_texts_are_whole_and_an_error_wins() {
    let known = KnownResults {
        success: ["Skipped", "7", "denied by policy", "both"].map(str::to_owned).to_vec(),
        error: ["both", "success", "{\"state\":\"x\"}"].map(str::to_owned).to_vec(),
    };
    let job = |result: Value| {
        let job = json!({"id": "j", "overall_status": "completed", "detailed_status": {"a": result}});
        Job::read(job.clone(), &known).expect("a job").outcome().word()
    };
    for text in [" skipped", "SKIPPED", "denied-by policy", "7"] {
        assert_eq!(job(json!(text)), "Completed", "{text}");
    }
    assert_eq!(job(json!(7)), "Completed");
    for text in ["both", "Success"] {
        assert_eq!(job(json!(text)), "Failed", "{text}");
    }
    assert_eq!(job(json!({"state": "x"})), "Failed");
    for text in ["skipped twice", "skip", "70"] {
        assert_eq!(job(json!(text)), "Unknown", "{text}");
    }
    assert_eq!(
        KnownResults::default().line_with("say \"no\"", true),
        r#""results": {"success": ["say \"no\""]}"#
    );
    let one = KnownResults { success: vec!["a".to_owned()], error: Vec::new() };
    assert_eq!(one.line_with("b", false), r#""results": {"success": ["a"], "error": ["b"]}"#);
}

/// The containers that the form has where there is no list of containers: the names that the job uses.
fn offered(form: &Form) -> Vec<&str> {
    form.typed.lines().collect()
}

#[test]
fn what_is_not_known_is_no_last_good_and_is_offered_again() {
    for family in FAMILIES {
        let job = |minute: u32, results: Value| {
            let job = json!({
                "id": format!("j-{minute}"), "overall_status": "completed", family.job_field: ["a"],
                "createdAt": format!("2026-03-02T09:{minute:02}:00Z"),
                "completed_at": format!("2026-03-02T09:{minute:02}:30Z"), "detailed_status": results,
            });
            Arc::new(Job::from_value(job.clone()).expect("a job"))
        };
        for unknown in [json!({"a": "skipped"}), json!({"a": null}), json!("success"), json!(["a"])] {
            let (new, old) = (job(2, unknown.clone()), job(1, json!({"a": "Success"})));
            let grid = grid(family, &[new.clone(), old], None, None);
            let good_ids = grid.cells.iter().map(|cell| cell.good.as_ref().map(|good| good.id.as_str()));
            assert_eq!(good_ids.collect::<Vec<_>>(), [Some("j-1")], "{unknown}");
            assert!(grid.cells.iter().all(|cell| cell.failed.is_none()), "{unknown}");
            let (form, _) = retry(family, &new, &Directory::default());
            assert_eq!((offered(&form), new.not_known()), (vec!["a"], 1), "{unknown}");
            assert_eq!(new.results(family)[0].0, "a");
        }
        let mixed = job(3, json!({"a": "Success", "b": "denied", "c": "skipped", "d": "in progress"}));
        let (form, _) = retry(family, &mixed, &Directory::default());
        assert_eq!(offered(&form), ["b", "c", "d"]);
    }
}
