//! Times and texts as they are written, in UTC and in zones with fixed rules.

use cckm::text::{count, holds, lines, middle};
use cckm::time::{Stamp, Style, TimeFormat, Zone, duration};
use chrono::DateTime;
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
        (2 * MINUTE + 4 * SECOND, "2 min 04 s"),
        (HOUR - 1, "59 min 59 s"),
        (HOUR, "1 h"),
        (HOUR + 4 * MINUTE, "1 h 04 min"),
        (3 * HOUR + 12 * MINUTE + 59 * SECOND, "3 h 12 min"),
        (DAY, "1 d"),
        (2 * DAY + 4 * HOUR + 59 * MINUTE, "2 d 04 h"),
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
        assert_eq!(TimeFormat::PLAIN.since(begun, millis), expected);
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
        for times in [TimeFormat::PLAIN, BERLIN] {
            assert_eq!(times.ago(now, Stamp::from_millis(now.millis() - past)), expected, "{past}");
        }
    }
}

#[test]
fn times_are_written_for_people() {
    let time = stamp("2026-11-22T13:05:09.999Z");
    assert_eq!(TimeFormat::PLAIN.full(time), "22 Nov 2026, 13:05:09");
    assert_eq!(TimeFormat::PLAIN.zoned(time), "22 Nov 2026, 13:05:09 UTC");
    assert_eq!(BERLIN.full(time), "22 Nov 2026, 14:05:09");
    assert_eq!(BERLIN.zoned(time), "22 Nov 2026, 14:05:09 (UTC+01:00)");
    assert_eq!(BERLIN.zoned(stamp("2026-07-01T22:00:00Z")), "2 Jul 2026, 00:00:00 (UTC+02:00)");
    assert_eq!(BERLIN.date(20_779), "22 Nov 2026");
    assert_eq!(BERLIN.short_date(20_779), "22 Nov");
    assert_eq!(BERLIN.wall(time) - time.millis(), HOUR);
}

#[test]
fn the_machines_form_has_the_offset() {
    let time = stamp("1987-01-02T03:04:05Z");
    for (offset, expected) in [
        (|_| 0, "1987-01-02T03:04:05+00:00"),
        (|_| 3600, "1987-01-02T04:04:05+01:00"),
        (|_| 19_800, "1987-01-02T08:34:05+05:30"),
        (|_| -12_600, "1987-01-01T23:34:05-03:30"),
        (|_| 50_400, "1987-01-02T17:04:05+14:00"),
    ] as [(fn(Stamp) -> i32, &str); 5]
    {
        let iso = TimeFormat { offset, ..BERLIN }.iso(time);
        assert_eq!(iso, expected);
        assert_eq!(Stamp::parse(&iso), Some(time));
    }
    assert_eq!(TimeFormat::PLAIN.iso(time), "1987-01-02T03:04:05Z");
}

/// Berlin in 2026: summer time from 29 March to 25 October, each at 01:00 UTC.
const BERLIN: TimeFormat = TimeFormat {
    zone: Zone::Local,
    offset: |at| {
        let summer = stamp("2026-03-29T01:00:00Z")..stamp("2026-10-25T01:00:00Z");
        if summer.contains(&at) { 7200 } else { 3600 }
    },
    write: TimeFormat::PLAIN.write,
};

/// Lord Howe Island, whose clocks are set by half an hour: back on 5 April 2026, 15:00 UTC.
const LORD_HOWE: TimeFormat =
    TimeFormat { offset: |at| if at < stamp("2026-04-04T15:00:00Z") { 39_600 } else { 37_800 }, ..BERLIN };

#[test]
fn in_the_repeated_hour_the_offset_is_shown() {
    for (times, text, expected) in [
        (BERLIN, "2026-10-24T23:59:59Z", "25 Oct 2026, 01:59:59"),
        (BERLIN, "2026-10-25T00:00:00Z", "25 Oct 2026, 02:00:00 (UTC+02:00)"),
        (BERLIN, "2026-10-25T00:30:00Z", "25 Oct 2026, 02:30:00 (UTC+02:00)"),
        (BERLIN, "2026-10-25T01:30:00Z", "25 Oct 2026, 02:30:00 (UTC+01:00)"),
        (BERLIN, "2026-10-25T01:59:59Z", "25 Oct 2026, 02:59:59 (UTC+01:00)"),
        (BERLIN, "2026-10-25T02:00:00Z", "25 Oct 2026, 03:00:00"),
        // In spring an hour is left out, and none is repeated.
        (BERLIN, "2026-03-29T00:59:59Z", "29 Mar 2026, 01:59:59"),
        (BERLIN, "2026-03-29T01:00:00Z", "29 Mar 2026, 03:00:00"),
        (LORD_HOWE, "2026-04-04T14:29:59Z", "5 Apr 2026, 01:29:59"),
        (LORD_HOWE, "2026-04-04T14:30:00Z", "5 Apr 2026, 01:30:00 (UTC+11:00)"),
        (LORD_HOWE, "2026-04-04T15:29:59Z", "5 Apr 2026, 01:59:59 (UTC+10:30)"),
        (LORD_HOWE, "2026-04-04T15:30:00Z", "5 Apr 2026, 02:00:00"),
        (TimeFormat::PLAIN, "2026-10-25T00:30:00Z", "25 Oct 2026, 00:30:00"),
    ] {
        assert_eq!(times.full(stamp(text)), expected, "{text}");
    }
}

#[test]
fn days_are_those_of_the_readers_zone() {
    let zone = |hours| TimeFormat {
        offset: match hours {
            1 => |_| 3600,
            -5 => |_| -18_000,
            _ => |_| 0,
        },
        ..BERLIN
    };
    let table = [
        (0, "2026-11-22T12:00:00Z", "2026-11-21T12:00:00Z", "yesterday"),
        (0, "2026-11-22T12:00:00Z", "2026-11-21T00:00:00Z", "yesterday"),
        (0, "2026-11-22T12:00:00Z", "2026-11-20T23:59:59Z", "20 Nov"),
        // One hour further east midnight has passed.
        (1, "2026-11-22T12:00:00Z", "2026-11-20T23:30:00Z", "yesterday"),
        (-5, "2026-11-22T12:00:00Z", "2026-11-21T04:00:00Z", "20 Nov"),
        (0, "2026-11-22T12:00:00Z", "2026-01-05T12:00:00Z", "5 Jan"),
        (0, "2026-11-22T12:00:00Z", "2020-11-05T06:38:25Z", "5 Nov 2020"),
        (0, "2026-01-01T12:00:00Z", "2025-12-31T10:00:00Z", "yesterday"),
        (0, "2026-01-02T12:00:00Z", "2025-12-31T10:00:00Z", "31 Dec 2025"),
        (1, "2026-01-02T12:00:00Z", "2025-12-31T23:30:00Z", "yesterday"),
        // An age of less than a day is given in hours, even across midnight.
        (0, "2026-11-22T01:00:00Z", "2026-11-21T23:00:00Z", "2 h ago"),
        (0, "2026-11-22T01:00:00Z", "2026-11-22T01:05:00Z", "just now"),
    ];
    for (hours, now, then, expected) in table {
        assert_eq!(zone(hours).ago(stamp(now), stamp(then)), expected, "{then} seen {hours} h east at {now}");
    }
    assert_eq!((TimeFormat::PLAIN.write)(0, Style::Day), "1 Jan");
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
    // A quadratic search would take a minute.
    let many: Vec<_> = (0..100_000).map(|number| number.to_string()).collect();
    assert_eq!(lines(&many.join("\n")), many);
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
        for times in [TimeFormat::PLAIN, BERLIN, LORD_HOWE] {
            prop_assert!(!times.ago(now, then).contains('-') && !times.ago(now, then).is_empty());
            prop_assert_eq!(Stamp::parse(&times.iso(then)).map(|at| at.millis() / SECOND), Some(then.millis() / SECOND).filter(|at| *at > 0));
            prop_assert!(times.zoned(then).contains("UTC"));
        }
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
        for times in [TimeFormat::PLAIN, BERLIN] {
            for text in [times.ago(now, then), times.full(then), times.zoned(then), times.iso(then)] {
                prop_assert!(!text.is_empty());
            }
        }
        prop_assert!(!duration(other).contains('-'));
    }
}
