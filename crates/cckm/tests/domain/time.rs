//! Times and texts as they are written. Time zones other than the machine's are tested in the module itself.

use cckm::text::{count, holds, lines, middle};
use cckm::time::{Stamp, ago, duration, local, since, utc, zone};
use chrono::{DateTime, Local};
use proptest::prelude::*;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn stamp(text: &str) -> Stamp {
    Stamp::parse(text).unwrap_or_else(|| panic!("{text}"))
}

#[test]
fn any_number_of_fraction_digits_is_read() {
    let whole = stamp("2020-08-06T09:49:34Z").millis();
    let table = [
        ("2020-08-06T09:49:34Z", 0),
        ("2020-08-06T09:49:34.6Z", 600),
        ("2020-08-06T09:49:34.60Z", 600),
        ("2020-08-06T09:49:34.605Z", 605),
        ("2020-08-06T09:49:34.605578Z", 605),
        ("2020-08-06T09:49:34.605578452Z", 605),
        ("2020-08-06T11:49:34.605578+02:00", 605),
        (" 2020-08-06T09:49:34Z\n", 0),
        ("2020-08-06t09:49:34z", 0),
    ];
    for (text, fraction) in table {
        assert_eq!(stamp(text).millis(), whole + fraction, "{text}");
    }
    assert_eq!(whole, 1_596_707_374_000);
    for text in [
        "",
        "yesterday",
        "2020-08-06",
        "2020-13-06T09:49:34Z",
        "2020-08-06T09:49:34",
        "1596707374",
        "0001-01-01T00:00:00Z",
    ] {
        assert!(Stamp::parse(text).is_none(), "{text}");
    }
}

#[test]
fn durations_have_two_units_at_most() {
    let table = [
        (0, "under 1 s"),
        (-5000, "under 1 s"),
        (999, "under 1 s"),
        (SECOND, "1 s"),
        (41 * SECOND + 900, "41 s"),
        (MINUTE, "1 min"),
        (2 * MINUTE + 4 * SECOND, "2 min 4 s"),
        (HOUR - 1, "59 min 59 s"),
        (HOUR, "1 h"),
        (3 * HOUR + 12 * MINUTE + 59 * SECOND, "3 h 12 min"),
        (DAY, "1 d"),
        (2 * DAY + 4 * HOUR + 59 * MINUTE, "2 d 4 h"),
        (365 * DAY, "365 d"),
        (366 * DAY, "over 1 year"),
        (2032 * DAY + 2 * HOUR, "over 5 years"),
    ];
    for (millis, expected) in table {
        assert_eq!(duration(millis), expected, "{millis}");
    }
}

#[test]
fn what_began_long_ago_is_reported_by_its_date() {
    let begun = stamp("2020-11-05T12:00:00Z");
    for (millis, expected) in [
        (12 * MINUTE, "for 12 min"),
        (31 * DAY - 1, "for 30 d 23 h"),
        (31 * DAY, "since 5 Nov 2020"),
        (2032 * DAY + 2 * HOUR, "since 5 Nov 2020"),
        (i64::MAX, "since 5 Nov 2020"),
    ] {
        assert_eq!(since(begun, millis), expected);
    }
}

#[test]
fn a_short_while_ago_needs_no_zone() {
    let now = stamp("2026-11-22T12:00:00Z");
    let table = [
        (-DAY, "just now"),
        (0, "just now"),
        (59 * SECOND, "just now"),
        (MINUTE, "1 min ago"),
        (3 * MINUTE + 50 * SECOND, "3 min ago"),
        (HOUR - 1, "59 min ago"),
        (HOUR, "1 h ago"),
        (DAY - 1, "23 h ago"),
    ];
    for (past, expected) in table {
        assert_eq!(ago(now, Stamp::from_millis(now.millis() - past)), expected, "{past}");
    }
}

#[test]
fn times_are_written_for_people() {
    let time = stamp("2026-11-22T13:05:09.999Z");
    assert_eq!(utc(time), "2026-11-22 13:05:09 UTC");
    assert_eq!(utc(stamp("1987-01-02T03:04:05Z")), "1987-01-02 03:04:05 UTC");
    for text in ["2026-11-22T13:05:09Z", "2026-07-01T00:00:00Z", "1999-12-31T23:59:59Z"] {
        let here = DateTime::parse_from_rfc3339(text).expect("a time").with_timezone(&Local);
        assert_eq!(local(stamp(text)), here.format("%Y-%m-%d %H:%M:%S").to_string());
        assert_eq!(zone(stamp(text)), here.format("UTC%:z").to_string());
    }
}

#[test]
fn long_texts_keep_their_ends() {
    assert_eq!(middle("afef70ff-311e-46c1", 9), "afef…46c1");
    assert_eq!(middle("afef70ff-311e-46c1", 8), "afef…6c1");
    assert_eq!(middle("short", 5), "short");
    assert_eq!(middle("short", 4), "sh…t");
    assert_eq!(middle("short", 1), "…");
    assert_eq!(middle("مفتاح الإنتاج", 5), "مف…اج");
    assert_eq!(middle("", 3), "");
}

#[test]
fn things_are_counted() {
    assert_eq!(count(0, "key ring", "key rings"), "0 key rings");
    assert_eq!(count(1, "key ring", "key rings"), "1 key ring");
    assert_eq!(count(2, "key ring", "key rings"), "2 key rings");
}

#[test]
fn a_search_takes_upper_and_lower_case_alike() {
    assert!(holds("Prod-KMS", "kms") && holds("prod", "PROD") && holds("x", "") && holds("x", " "));
    assert!(holds("clé", "CLé") && holds("مفتاح", "فت"));
    assert!(!holds("prod", "production") && !holds("", "a"));
    assert_eq!(lines(" a \r\n\n b\na"), ["a", "b"]);
}

proptest! {
    #[test]
    fn a_cut_text_is_never_too_long(text in "\\PC{0,40}", most in 1..50_usize) {
        let cut = middle(&text, most);
        prop_assert!(cut.chars().count() <= most.max(1));
        prop_assert!(text.chars().count() > most || cut == text);
    }

    /// Any order of times from 1970 to 9999, which is the range that can be parsed.
    #[test]
    fn any_time_is_written(now in 1..253_402_300_800_000_i64, then in 1..253_402_300_800_000_i64) {
        let (now, then) = (Stamp::from_millis(now), Stamp::from_millis(then));
        prop_assert!(!ago(now, then).contains('-') && !ago(now, then).is_empty());
        prop_assert_eq!(utc(then).len(), "2026-11-22 13:05:09 UTC".len());
        prop_assert!(Stamp::parse(&utc(then).replace(" UTC", "Z")).is_some());
        prop_assert!(!local(then).is_empty());
    }

    #[test]
    fn a_time_is_read_as_chrono_reads_it(
        text in "(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{0,10})?(Z|z|[+-][0-2][0-9]:[0-6][0-9])[ 0]{0,1}"
    ) {
        let chronos = DateTime::parse_from_rfc3339(text.trim()).ok().map(|time| time.timestamp_millis());
        prop_assert_eq!(Stamp::parse(&text).map(Stamp::millis), chronos.filter(|millis| *millis > 0));
    }

    #[test]
    fn no_number_breaks_writing(one in any::<i64>(), other in any::<i64>()) {
        let (now, then) = (Stamp::from_millis(one), Stamp::from_millis(other));
        prop_assert!(!ago(now, then).is_empty() && !utc(then).is_empty() && !local(then).is_empty());
        prop_assert!(!duration(other).contains('-'));
    }
}
