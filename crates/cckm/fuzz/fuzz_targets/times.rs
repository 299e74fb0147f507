//! Any text as a time, and every time in words.
#![no_main]

use cckm::time::{Stamp, TimeFormat, duration};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, i64)| {
    let (text, now) = input;
    if let Some(stamp) = Stamp::parse(text) {
        assert!(stamp.millis() > 0);
        let times = TimeFormat::PLAIN;
        assert!(!times.zoned(stamp).is_empty() && !times.ago(Stamp::from_millis(now), stamp).is_empty());
    }
    assert!(!duration(now).is_empty());
});
