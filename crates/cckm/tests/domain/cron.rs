//! Cron expressions: what is read, what is refused and why, the words, and the next runs against another
//! implementation.

use cckm::cron::{Caution, Cron, Field, RHYTHMS, rhythm_of};
use cckm::time::{DAY, Stamp, TimeFormat, Zone};
use chrono::{DateTime, Datelike, Offset, TimeZone, Timelike, Utc};
use chrono_tz::Europe::Berlin;
use croner::parser::{CronParser, Seconds, Year};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::fmt::Write;

const MINUTE: i64 = 60_000;

fn cron(text: &str) -> Cron {
    Cron::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn stamp(text: &str) -> Stamp {
    Stamp::parse(text).unwrap_or_else(|| panic!("{text}"))
}

fn runs(text: &str, after: &str, count: usize) -> Vec<String> {
    cron(text).runs(stamp(after)).take(count).map(|run| TimeFormat::PLAIN.iso(run)).collect()
}

#[test]
fn the_words_say_what_an_expression_means() {
    for (text, words) in [
        ("* * * * *", "Every minute"),
        ("*/15 * * * *", "Every 15 minutes"),
        ("*/20 * * * *", "Every 20 minutes (UTC)"),
        ("0,30 * * * MON-FRI", "At minute 0 and 30 of every hour, Monday to Friday (UTC)"),
        ("*/30 * * * *", "At minute 0 and 30 of every hour (UTC)"),
        ("0 * * * *", "At minute 0 of every hour (UTC)"),
        ("*/7 * * * *", "At every 7th minute from 0 to 56 of every hour (UTC)"),
        ("5-10,30 * * * *", "At minute 5 to 10 and 30 of every hour (UTC)"),
        ("30 2 * * *", "Every day at 02:30 UTC"),
        ("30 2 ? * ?", "Every day at 02:30 UTC"),
        ("30 2 1-31 * *", "Every day at 02:30 UTC"),
        ("30 2 * * 0-6", "Every day at 02:30 UTC"),
        // A full day field fits every day, and one that fits is enough.
        ("30 2 1-31 * MON", "Every day at 02:30 UTC"),
        ("0 6,18 * * *", "Every day at 06:00 and 18:00 UTC"),
        ("0 */2 * * *", "At minute 0 of every 2nd hour from 00:00 on (UTC)"),
        ("0 */8 * * *", "Every day at 00:00, 08:00 and 16:00 UTC"),
        ("*/10 9-17 * * 1-5", "Every 10 minutes within the hours 9 to 17, Monday to Friday (UTC)"),
        ("*/5 * * * *", "Every 5 minutes"),
        ("0 1-23/2 * * *", "At minute 0 of every 2nd hour from 1 to 23 (UTC)"),
        ("0 12 */2 * *", "On every 2nd day from 1 to 31 of the month at 12:00 UTC"),
        ("* 9 * * *", "Every minute within hour 9 (UTC)"),
        ("0 9 * * sat", "Every Saturday at 09:00 UTC"),
        ("0 9 * * 7", "Every Sunday at 09:00 UTC"),
        ("0 9 * * 6,7", "Every Saturday and Sunday at 09:00 UTC"),
        ("0 9 * * 5-7", "Friday to Sunday at 09:00 UTC"),
        ("0 9 * * 1,3,5", "Every Monday, Wednesday and Friday, at 09:00 UTC"),
        ("0 3 1,15 * *", "On day 1 and 15 of the month at 03:00 UTC"),
        ("0 3 1 * MON", "On day 1 of the month, and also every Monday, at 03:00 UTC"),
        ("0 3 1 * MON-FRI", "On day 1 of the month, and also every Monday to Friday, at 03:00 UTC"),
        ("0 3 * jan-mar,DEC *", "Every day in January to March and December at 03:00 UTC"),
        ("0 3 * 7 SUN", "Every Sunday, in July, at 03:00 UTC"),
        ("0 3 29 2 *", "On day 29 of the month, in February of leap years, at 03:00 UTC"),
        ("0 3 30 2 *", "Never: February has no day 30"),
        ("0 3 31 4,6 *", "Never: April and June have no day 31"),
        // A day of the week is enough.
        ("0 3 30 2 MON", "On day 30 of the month, and also every Monday, in February, at 03:00 UTC"),
    ] {
        assert_eq!(cron(text).words(), words, "{text}");
    }
}

#[test]
fn a_mistake_names_its_field_and_what_would_be_right() {
    for (text, message) in [
        (
            "",
            "Nothing is written. Write minute, hour, day of month, month and day of week, such as 0 2 * * *.",
        ),
        (
            "0 2 * *",
            "There are 4 fields, and there must be 5: minute, hour, day of month, month and day of week, such as 0 2 * * *.",
        ),
        (
            "0 0 2 * * *",
            "There are 6 fields, and there must be 5: minute, hour, day of month, month and day of week, such as 0 2 * * *. Leave out seconds and years.",
        ),
        ("@daily", "@daily is not known to the server. Write 0 0 * * *."),
        ("60 2 * * *", "Minute: 60 is out of range. Write 0 to 59."),
        ("0 24 * * *", "Hour: 24 is out of range. Write 0 to 23."),
        ("0 2 0 * *", "Day of month: 0 is out of range. Write 1 to 31."),
        ("0 2 * 13 *", "Month: 13 is out of range. Write 1 to 12, or JAN to DEC."),
        ("0 2 * * 8", "Day of week: 8 is out of range. Write 0 to 6 from Sunday on, or SUN to SAT."),
        ("99999999999999 2 * * *", "Minute: 99999999999999 is out of range. Write 0 to 59."),
        ("a 2 * * *", "Minute: “a” is no value of this field. Write 0 to 59."),
        (
            "0 2 * * MONDAY",
            "Day of week: “MONDAY” is no value of this field. Write 0 to 6 from Sunday on, or SUN to SAT.",
        ),
        ("0 2 * MON *", "Month: “MON” is no value of this field. Write 1 to 12, or JAN to DEC."),
        ("0 -1 * * *", "Hour: a value is missing in “-1”. Write 0 to 23."),
        ("0,,5 2 * * *", "Minute: a value is missing in “0,,5”. Write 0 to 59."),
        ("0 22-2 * * *", "Hour: 22-2 runs backwards. Write 22-23,0-2."),
        ("0 2 * * FRI-MON", "Day of week: FRI-MON runs backwards. Write FRI-SAT,SUN-MON."),
        ("0 2 * * SAT-SUN", "Day of week: SAT-SUN runs backwards. Write SAT,SUN."),
        ("0 2 * * 7-2", "Day of week: 7-2 runs backwards. Write 0-2."),
        ("*/0 2 * * *", "Minute: a step of 0 never moves on. Write a step of 1 or more, such as */2."),
        ("*/ 2 * * *", "Minute: the step after / is missing. Write a number, such as */2."),
        ("*/x 2 * * *", "Minute: the step “x” is no number. Write one, such as */2."),
        ("? 2 * * *", "Minute: ? is for the day of month and the day of week. Write * for every value."),
        ("0 2 ?/2 * *", "Day of month: ? stands alone. Write ? or * in place of “?/2”."),
        ("0 2 L * *", "Day of month: “L” is not known to the server: it has no L, W and #. Write 1 to 31."),
        (
            "0 2 * * 5#2",
            "Day of week: “5#2” is not known to the server: it has no L, W and #. Write 0 to 6 from Sunday on, or SUN to SAT.",
        ),
    ] {
        let error = Cron::parse(text).expect_err(text);
        assert_eq!(error.to_string(), message, "{text}");
    }
}

#[test]
fn what_a_message_advises_is_right() {
    for text in [
        "0 22-2 * * *",
        "0 2 * * FRI-MON",
        "0 2 * * SAT-SUN",
        "0 2 * * 7-2",
        "@weekly",
        "59-0 2 * * *",
        "0 2 * DEC-JAN *",
    ] {
        let error = Cron::parse(text).expect_err(text);
        let message = error.to_string();
        let advice =
            message.rsplit("Write ").next().map(|advice| advice.trim_end_matches('.')).expect("advice");
        let right = match error.field {
            Some(_) => text.replace(&error.text, advice),
            None => advice.to_owned(),
        };
        assert!(Cron::parse(&right).is_ok(), "{right}");
    }
}

#[test]
fn surprises_are_said() {
    for (text, expected) in [
        ("0 2 * * *", vec![]),
        ("0 2 1 * MON", vec![Caution::EitherDay]),
        ("0 2 */2 * MON", vec![Caution::EitherDay]),
        ("0 2 * * 7", vec![Caution::Seven]),
        ("*/90 2 * * *", vec![Caution::WideStep(Field::Minute)]),
        ("0 2 31 * *", vec![Caution::ShortMonths(31)]),
        ("0 2 31 1,3 *", vec![]),
        ("0 2 30 2 *", vec![Caution::Never]),
    ] {
        assert_eq!(cron(text).cautions(), expected, "{text}");
    }
}

#[test]
fn runs_follow_the_calendar() {
    assert_eq!(
        runs("30 2 * * *", "2026-02-27T02:30:00Z", 2),
        ["2026-02-28T02:30:00Z", "2026-03-01T02:30:00Z"]
    );
    assert_eq!(runs("30 2 * * *", "2026-02-27T02:29:59.999Z", 1), ["2026-02-27T02:30:00Z"]);
    assert_eq!(runs("0 0 29 2 *", "2096-03-01T00:00:00Z", 1), ["2104-02-29T00:00:00Z"]);
    assert_eq!(
        runs("0 0 1 * FRI", "2026-05-01T00:00:00Z", 2),
        ["2026-05-08T00:00:00Z", "2026-05-15T00:00:00Z"]
    );
    // A single value with a step runs to the end of its field.
    assert_eq!(
        runs("50/5 23 * * *", "2026-02-28T23:50:00Z", 2),
        ["2026-02-28T23:55:00Z", "2026-03-01T23:50:00Z"]
    );
    assert_eq!(cron("0 0 * * FRI/1"), cron("0 0 * * 5-6"));
    for never in ["0 0 30 2 *", "0 0 31 2,4,6,9,11 *"] {
        assert_eq!(cron(never).next(stamp("2026-01-01T00:00:00Z")), None);
        assert!(cron(never).is_never() && cron(never).longest_gap(stamp("2026-01-01T00:00:00Z")).is_none());
    }
    for edge in [i64::MIN, i64::MAX, Stamp::from_millis(8_210_266_876_799_999).millis()] {
        assert_eq!(cron("* * * * *").next(Stamp::from_millis(edge)), None);
    }
}

#[test]
fn the_longest_gap_is_the_worst_that_comes() {
    let now = stamp("2026-11-28T05:00:00Z");
    for (text, minutes) in [
        ("* * * * *", 1),
        ("*/7 * * * *", 7),
        ("50-55 * * * *", 55),
        ("0 2 * * *", 24 * 60),
        ("0 2,4 * * *", 22 * 60),
        ("0 2 * * MON-FRI", 3 * 24 * 60),
        ("0 2 * * SUN", 7 * 24 * 60),
        ("0 2 1 * *", 31 * 24 * 60),
        ("0 2 31 * *", 61 * 24 * 60),
        ("0 2 29 2 *", (4 * 365 + 1) * 24 * 60),
    ] {
        assert_eq!(cron(text).longest_gap(now), Some(minutes * MINUTE), "{text}");
    }
}

#[test]
fn the_common_rhythms_are_right_and_are_found_again() {
    for rhythm in RHYTHMS {
        assert!(cron(rhythm.expression).cautions().is_empty(), "{}", rhythm.label);
        assert_eq!(rhythm_of(rhythm.expression), Some(rhythm));
    }
    assert_eq!(rhythm_of(" 00  3 * * 0 ").map(|rhythm| rhythm.label), Some("Every Sunday at 03:00"));
    assert_eq!(rhythm_of("1 3 * * 0"), None);
    assert_eq!(rhythm_of("nonsense"), None);
}

/// The zone of Berlin, as the panel is given it.
const BERLIN: TimeFormat = TimeFormat {
    zone: Zone::Local,
    offset: |stamp| {
        let time = DateTime::from_timestamp_millis(stamp.millis()).unwrap_or_default();
        Berlin.offset_from_utc_datetime(&time.naive_utc()).fix().local_minus_utc()
    },
    write: TimeFormat::PLAIN.write,
};

#[test]
fn local_times_of_runs_follow_both_changes_of_the_clock() {
    let local = |after: &str| -> Vec<String> {
        cron("30 * * * *").runs(stamp(after)).take(3).map(|run| BERLIN.full(run)).collect()
    };
    // 02:30 does not exist.
    assert_eq!(
        local("2026-03-29T00:00:00Z"),
        ["29 Mar 2026, 01:30:00", "29 Mar 2026, 03:30:00", "29 Mar 2026, 04:30:00"]
    );
    // 02:30 comes twice.
    assert_eq!(
        local("2026-10-25T00:00:00Z"),
        ["25 Oct 2026, 02:30:00 (UTC+02:00)", "25 Oct 2026, 02:30:00 (UTC+01:00)", "25 Oct 2026, 03:30:00"]
    );
}

/// A random field: a list of values, ranges and steps.
fn field(least: u32, greatest: u32, names: &'static [&'static str]) -> impl Strategy<Value = String> {
    let value = move |number: u32, named: bool| match names.get((number - least) as usize) {
        Some(name) if named => (*name).to_owned(),
        _ => number.to_string(),
    };
    let item = (least..=greatest, least..=greatest, 2..=(greatest - least), 0..10_u8, any::<bool>())
        .prop_map(move |(one, other, step, kind, named)| {
            let (from, to) = (one.min(other), one.max(other));
            match kind {
                0..=4 => value(one, named),
                // The other implementation takes `SUN-SUN` for the whole week.
                5..=7 if from < to => format!("{}-{}", value(from, named), value(to, named)),
                8 if to - from >= step => format!("{from}-{to}/{step}"),
                _ => format!("*/{step}"),
            }
        });
    prop_oneof![
        2 => Just(String::from("*")),
        3 => prop::collection::vec(item, 1..4).prop_map(|items| items.join(",")),
    ]
}

const MONTHS: &[&str] = &["JAN", "feb", "Mar", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: &[&str] = &["SUN", "mon", "Tue", "WED", "THU", "FRI", "SAT"];

fn expression() -> impl Strategy<Value = String> {
    let day = prop_oneof![1 => Just(String::from("?")), 6 => field(1, 31, &[])];
    let weekday = prop_oneof![1 => Just(String::from("?")), 6 => field(0, 6, WEEKDAYS)];
    (field(0, 59, &[]), field(0, 23, &[]), day, field(1, 12, MONTHS), weekday)
        .prop_map(|(minute, hour, day, month, weekday)| format!("{minute} {hour} {day} {month} {weekday}"))
}

/// Moments around which runs are compared: any of a century, and both changes of the clock.
fn moment() -> impl Strategy<Value = i64> {
    let century = stamp("2000-01-01T00:00:00Z").millis()..stamp("2100-01-01T00:00:00Z").millis();
    let changes =
        ["2026-03-28T23:00:00Z", "2026-10-24T23:00:00Z", "2027-03-28T00:59:59Z", "2026-10-25T00:59:00Z"];
    prop_oneof![
        2 => century,
        1 => (select(changes.to_vec()), 0..6 * 60 * MINUTE).prop_map(|(text, more)| stamp(text).millis() + more),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn next_runs_are_those_of_another_implementation(text in expression(), after in moment()) {
        let own = cron(&text);
        let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
        let other = parser.parse(&text.replace('?', "*")).expect("the other implementation reads it");
        let start = DateTime::<Utc>::from_timestamp_millis(after).expect("a time");
        let mut at = start;
        for run in own.runs(Stamp::from_millis(after)).take(3) {
            let next = other.find_next_occurrence(&at, false).expect("a run");
            prop_assert_eq!(run.millis(), next.timestamp_millis(), "{} after {}", &text, at);
            // The local time that the panel writes is that of the zone's own rules.
            let local = next.with_timezone(&Berlin);
            let written = BERLIN.iso(run);
            prop_assert_eq!(&written, &local.to_rfc3339(), "{}", &text);
            at = next;
        }
        if own.is_never() {
            prop_assert!(other.find_next_occurrence(&start, false).is_err(), "{}", &text);
            prop_assert!(own.words().starts_with("Never"));
        } else {
            prop_assert!(at > start);
        }
    }

    /// The words of two expressions are the same only where they run at the same times.
    #[test]
    fn words_never_mislead(text in expression(), change in any::<Index>(), value in 0..60_u32) {
        let one = cron(&text);
        let mut fields: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let at = change.index(5);
        let (least, greatest) = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 6)][at];
        fields[at] = format!("{},{}", fields[at].replace('?', "*"), least + value % (greatest - least + 1));
        let other = cron(&fields.join(" "));
        let begin = stamp("2027-01-01T00:00:00Z");
        let (first, second): (Vec<_>, Vec<_>) = (one.runs(begin).take(400).collect(), other.runs(begin).take(400).collect());
        if first != second {
            prop_assert_ne!(one.words(), other.words(), "{} and {}", &text, fields.join(" "));
        }
    }

    #[test]
    fn no_text_breaks_the_reader(text in "[0-9*/,?A-Za-z#@ -]{0,40}|\\PC{0,40}", after in any::<i64>()) {
        match Cron::parse(&text) {
            Ok(cron) => {
                prop_assert!(!cron.words().is_empty());
                let mut said = String::new();
                for caution in cron.cautions() {
                    write!(said, "{caution}").expect("a text");
                }
                let run = cron.next(Stamp::from_millis(after));
                prop_assert!(run.is_none_or(|run| run.millis() > after && run.millis() % MINUTE == 0));
            }
            Err(error) => prop_assert!(error.to_string().ends_with('.')),
        }
    }

    /// No two runs are farther apart than the longest gap.
    #[test]
    fn the_longest_gap_holds(text in expression(), after in moment()) {
        let own = cron(&text);
        let Some(gap) = own.longest_gap(Stamp::from_millis(after)) else { return Ok(()) };
        let some: Vec<Stamp> = own.runs(Stamp::from_millis(after)).take(60).collect();
        let until = after + 20 * 365 * DAY;
        for pair in some.windows(2).filter(|pair| pair[1].millis() < until) {
            prop_assert!(pair[1].millis() - pair[0].millis() <= gap, "{}", &text);
        }
    }
}

#[test]
fn a_day_of_the_other_implementation_is_ours() {
    // Guards the comparison itself: it must see a difference of one minute.
    let run = cron("30 2 * * *").next(stamp("2026-11-28T00:00:00Z")).expect("a run");
    let time = DateTime::<Utc>::from_timestamp_millis(run.millis()).expect("a time");
    assert_eq!((time.day(), time.hour(), time.minute()), (28, 2, 30));
}
