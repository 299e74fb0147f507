//! The outcome of a job by its status and its results, as a table.

use cckm::outcome::{Outcome, Tally, outcome};
use cckm::verdict::{KnownResults, Verdict, verdict};

type Row = (&'static str, &'static [&'static str], bool, bool, &'static str);

const BAD: &str = "Error listing keys from SFDC: ";
const GOOD: &str = "region synchronized successfully";
const RUNS: &str = "in_progress";
const OTHER: &str = "queued behind another job";

/// Status, texts of the containers, `abort`, whether `completed_at` is present, outcome.
const TABLE: &[Row] = &[
    // Cancelling: `abort`, and the job has not ended.
    ("in_progress", &[RUNS], true, false, "Cancelling"),
    ("in progress", &[], true, false, "Cancelling"),
    ("", &[BAD], true, false, "Cancelling"),
    // Cancelled: `abort`, and the job has ended, whatever the results are.
    ("completed", &[RUNS], true, true, "Cancelled"),
    ("completed", &[], true, false, "Cancelled"),
    ("failed", &[BAD], true, true, "Cancelled"),
    ("error", &[], true, false, "Cancelled"),
    ("in_progress", &[], true, true, "Cancelled"),
    ("aborted", &[], true, false, "Cancelled"),
    // Failed: by the status, or by the results of all containers once the job has ended.
    ("failed", &[], false, true, "Failed"),
    ("failed", &[GOOD], false, false, "Failed"),
    ("error", &[], false, false, "Failed"),
    (" Error ", &[GOOD], false, true, "Failed"),
    ("FAILED", &[], false, false, "Failed"),
    ("completed", &[BAD], false, true, "Failed"),
    ("completed", &[BAD, "Access denied"], false, false, "Failed"),
    ("in_progress", &[BAD], false, true, "Failed"),
    ("whatever", &[BAD], false, true, "Failed"),
    // Completed with errors: some containers failed.
    ("completed", &[BAD, GOOD], false, true, "Completed with errors"),
    ("completed", &[GOOD, OTHER, BAD], false, false, "Completed with errors"),
    // Completed.
    ("completed", &[GOOD], false, true, "Completed"),
    ("completed", &[], false, true, "Completed"),
    ("Completed", &[GOOD, "ok"], false, false, "Completed"),
    // Completed, with a result that is not known.
    ("Completed", &[OTHER], false, false, "Unknown"),
    ("completed", &[GOOD, OTHER], false, true, "Unknown"),
    ("completed", &[RUNS], false, true, "Unknown"),
    ("completed", &[""], false, true, "Unknown"),
    // In progress, in every spelling.
    ("in_progress", &[RUNS], false, false, "In progress"),
    ("in progress", &[], false, false, "In progress"),
    ("In-Progress", &[GOOD], false, false, "In progress"),
    (" in progress\n", &[BAD], false, false, "In progress"),
    ("in_progress", &[BAD, GOOD], false, false, "In progress"),
    // All other statuses.
    ("", &[], false, false, "Unknown"),
    ("scheduled", &[GOOD], false, false, "Unknown"),
    ("aborted", &[], false, true, "Unknown"),
    ("completed ✓", &[], false, true, "Unknown"),
    ("incomplete", &[BAD], false, false, "Unknown"),
];

#[test]
fn the_table_of_outcomes_holds() {
    for (status, texts, abort, ended, expected) in TABLE {
        let mut results = Tally::default();
        for text in *texts {
            match verdict(text, &KnownResults::default()) {
                Verdict::Error => results.failed += 1,
                Verdict::NotKnown => results.unknown += 1,
                Verdict::Running => results.running += 1,
                Verdict::Good => results.good += 1,
            }
        }
        let found = outcome(status, results, *abort, *ended).word();
        assert_eq!(found, *expected, "{status:?} {texts:?} abort={abort} ended={ended}");
    }
}

#[test]
fn the_texts_of_containers_are_judged() {
    let table: &[(&str, &[&str])] = &[
        (
            "Error",
            &[
                BAD,
                "Error: 2 keys not synchronized successfully",
                "2 keys not synchronized successfully",
                "cannot be synchronized successfully",
                "key ring synchronization unsuccessful",
                "FAILED",
                "Access Denied",
                "401 Unauthorized",
                "request timeout",
                "request timed out",
                "the call timed-out",
                "vault not found",
                "NullPointerException",
                "in progress, 3 errors so far",
                "failed after 3 keys were synchronized successfully",
                "NOT SUCCESSFUL",
                "NotAuthorizedOrNotFound",
                "not authorized",
                "Forbidden: kms:ListKeys",
                "ExpiredToken",
                "invalid grant",
                "unable to connect",
                "connection refused",
                "host unreachable",
                "RESOURCE_EXHAUSTED",
                "limit exceeded",
                "quota",
                "Throttling",
                "aborted",
                "un-successful",
                "no success",
                "never a success",
                "without success",
                "partly successful",
                "partially successful",
                "success, but not for all",
            ],
        ),
        (
            "In progress",
            &[
                "in_progress",
                " in progress",
                "In Progress",
                "in-progress",
                "pending",
                "QUEUED",
                "running",
                "started",
            ],
        ),
        (
            "Synchronized",
            &[
                GOOD,
                "key ring synchronized successfully",
                "vault synchronized successfully",
                "Success",
                "SUCCESS ",
                "success.",
                "successful",
                "Succeeded",
                "OK",
                "done.",
                "completed",
                "Completed successfully",
                "synchronized successfully",
                "keys synchronised successfully",
                "synced-successfully",
                "organization refreshed successfully.",
                "successfully imported",
                "Successfully updated all key versions state.",
            ],
        ),
        (
            "Not known",
            &[
                "",
                " ",
                ".",
                "403",
                "skipped: archived",
                "skipped",
                "synchronized",
                "partially synchronized",
                "refresh in progress",
                "in progress.",
                "✓",
                "成功",
                "erfolgreich",
                "success!",
                "success..",
                "successfully",
                "success 1",
                "owner notified, synchronized successfully",
                "notification sent: success",
                "0 of 9 keys synchronized successfully",
                "nine of nine keys synchronized successfully",
                "skipped successfully",
                "skipped synchronized successfully",
                "none synchronized successfully",
                "keys  synchronized successfully",
                "clé synchronized successfully",
                "successfully updated a b c d e f",
                "successfully updated nothing",
                "Successfully updated part of keys",
                "successfully synced parts of region",
                "Successfully updated most keys",
                "successfully synced several keys",
                "successfully synced fewer keys",
                "successfully refreshed until cancel",
                "successfully refreshed before crash",
                "successfully skipped",
                "synchronized successfully later",
            ],
        ),
    ];
    for (word, texts) in table {
        for text in *texts {
            assert_eq!(verdict(text, &KnownResults::default()).word(), *word, "{text:?}");
        }
    }
}

pub const OUTCOMES: [Outcome; 7] = [
    Outcome::InProgress,
    Outcome::Cancelling,
    Outcome::Cancelled,
    Outcome::Completed,
    Outcome::CompletedWithErrors,
    Outcome::Failed,
    Outcome::Unknown,
];

#[test]
fn every_outcome_has_its_own_word_class_and_rank() {
    for (at, one) in OUTCOMES.iter().enumerate() {
        let class = one.word().to_ascii_lowercase().replace(' ', "-");
        assert_eq!(one.class(), class);
        for other in &OUTCOMES[..at] {
            assert_ne!(one.class(), other.class());
            assert_ne!(one.rank(), other.rank());
        }
    }
    assert!(OUTCOMES.iter().all(|one| one.rank() >= Outcome::Failed.rank()));
    assert_eq!(OUTCOMES.iter().filter(|one| one.is_running()).count(), 2);
}

#[test]
fn what_is_unknown_looks_as_an_unknown_outcome() {
    assert_eq!(Verdict::NotKnown.class(), Outcome::Unknown.class());
    assert_eq!(Verdict::Good.class(), Outcome::Completed.class());
    assert_eq!(Verdict::Error.class(), Outcome::Failed.class());
}
