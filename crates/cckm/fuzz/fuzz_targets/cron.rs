//! Any text as a cron expression: its words, its cautions, its runs, and the message where it is none.
#![no_main]

use cckm::cron::Cron;
use cckm::time::Stamp;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, i64)| {
    let (text, after) = input;
    match Cron::parse(text) {
        Ok(cron) => {
            assert!(!cron.words().is_empty());
            assert!(cron.cautions().iter().all(|caution| !caution.to_string().is_empty()));
            let mut last = Stamp::from_millis(after);
            for run in cron.runs(last).take(4) {
                assert!(run > last && run.millis() % 60_000 == 0);
                last = run;
            }
            assert!(cron.is_never() == cron.longest_gap(Stamp::from_millis(0)).is_none());
        }
        Err(error) => assert!(error.to_string().ends_with('.')),
    }
});
