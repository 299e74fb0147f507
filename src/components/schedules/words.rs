//! Schedules in words: the cloud, the selection, the times.

use cckm::container::Directory;
use cckm::family::Family;
use cckm::schedule::{Schedule, Selection};
use cckm::selection_summary::{self, Summary};
use cckm::time::{Stamp, TimeFormat, duration};

/// The sentence after a lost answer, where the look at the schedule has failed too.
pub const NOT_READ: &str =
    "Whether the request reached the server is not known: the schedule could not be read.";

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The family that a schedule synchronizes; `None` where the panel knows none.
pub fn family(schedule: &Schedule) -> Option<&'static Family> {
    schedule.families().first().copied()
}

/// The cloud that a schedule synchronizes. A cloud that the panel does not know is named as the server does.
pub fn cloud(schedule: &Schedule) -> String {
    match family(schedule) {
        Some(family) => family.title(),
        None => schedule.params.describe(),
    }
}

/// What a schedule synchronizes, with labels in place of the ids that `directory` has.
pub fn summary(schedule: &Schedule, directory: Option<&Directory>) -> Summary {
    let plain = |short: String| Summary { whole: short.clone(), short, more: 0 };
    let Some(family) = family(schedule) else {
        return plain("not known to the panel".to_owned());
    };
    match schedule.selection(family) {
        Selection::Everything => plain(["All ", family.containers.many].concat()),
        Selection::NotKnown => plain("not readable".to_owned()),
        Selection::Chosen { ids, regions } => selection_summary::of_keys(&ids, &regions, directory),
    }
}

/// The names of what a schedule synchronizes, one for each container.
pub fn names(schedule: &Schedule, directory: Option<&Directory>) -> Vec<String> {
    match family(schedule).map(|family| schedule.selection(family)) {
        Some(Selection::Chosen { ids, .. }) => {
            let name = |id: &String| directory.and_then(|all| all.label_of(id)).unwrap_or(id).to_owned();
            ids.iter().map(name).collect()
        }
        _ => vec![summary(schedule, directory).whole],
    }
}

/// The date and the time without seconds, because schedules run at whole minutes: "29 Nov, 02:00". In the hour that is
/// repeated at the end of daylight saving time it is the whole time, with the offset.
pub fn brief(times: &TimeFormat, now: Stamp, at: Stamp) -> String {
    if times.is_repeated(at) {
        return times.full(at);
    }
    let minutes = times.wall(at).div_euclid(MINUTE);
    let clock = format!("{:02}:{:02}", minutes.div_euclid(60).rem_euclid(24), minutes.rem_euclid(60));
    [&times.day(now, at), ", ", &clock].concat()
}

/// The time until `at`: "in 3 h".
pub fn until(now: Stamp, at: Stamp) -> String {
    let left = at.millis().saturating_sub(now.millis());
    if left < MINUTE {
        return "now".to_owned();
    }
    // In the largest unit alone, because the time stands beside it.
    let unit = if left >= 2 * DAY {
        DAY
    } else if left >= 2 * HOUR {
        HOUR
    } else {
        MINUTE
    };
    ["in ", &duration(left - left % unit)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn schedule(params: serde_json::Value) -> Schedule {
        Schedule::from_value(
            json!({"id": "s", "operation": "cckm_synchronization", "job_config_params": params}),
        )
        .expect("a schedule")
    }

    #[test]
    fn what_is_synchronized_is_told_by_name() {
        let family = cckm::family::FAMILIES.iter().find(|one| one.schedule.is_some()).expect("one");
        let names = family.schedule.as_ref().expect("names");
        let all = schedule(json!({"cloud_name": names.cloud_name, "synchronize_all": true}));
        assert_eq!(summary(&all, None).short, ["All ", family.containers.many].concat());
        let some = schedule(json!({"cloud_name": names.cloud_name, names.selector: ["a", "b", "c"]}));
        let told = summary(&some, None);
        assert_eq!((told.short.as_str(), told.more), ("a, b", 1));
        assert_eq!(super::names(&some, None), ["a", "b", "c"]);
        let other = schedule(json!({"cloud_name": "elsewhere"}));
        assert_eq!(cloud(&other), "elsewhere");
    }

    #[test]
    fn times_are_told_in_whole_minutes() {
        let at = |text: &str| Stamp::parse(text).expect("a time");
        let now = at("2026-11-28T10:00:30Z");
        let next = at("2026-11-29T02:05:00Z");
        assert_eq!(brief(&TimeFormat::PLAIN, now, next), "29 Nov, 02:05");
        assert_eq!(until(now, next), "in 16 h");
        assert_eq!(until(now, at("2026-11-28T10:01:00Z")), "now");
        assert_eq!(until(now, at("2026-12-05T10:00:30Z")), "in 7 d");
    }
}
