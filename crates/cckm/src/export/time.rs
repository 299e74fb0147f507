//! Points in time by ISO 8601, with the offset of the zone at that time.

use crate::time::{Stamp, TimeFormat, Zone};
use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};

/// The date, the time and the offset: `2026-11-27T14:05:09.605+01:00`, in UTC `2026-11-27T13:05:09.605Z`. Without a
/// fraction where that is 0.
pub(super) fn iso(stamp: Stamp, times: &TimeFormat) -> String {
    within(stamp, times).to_rfc3339_opts(SecondsFormat::AutoSi, times.zone == Zone::Utc)
}

/// The same without seconds and with no characters that a file name cannot have: `2026-11-27T1405+0100`, in UTC
/// `2026-11-27T1305Z`.
pub(super) fn compact(stamp: Stamp, times: &TimeFormat) -> String {
    let iso = iso(Stamp::from_millis(stamp.millis().div_euclid(60_000) * 60_000), times);
    // 2026-11-27T14:05:00+01:00
    let (time, offset) = iso.split_at_checked("2026-11-27T14:05:00".len()).unwrap_or((&iso, ""));
    let minutes = time.strip_suffix(":00").unwrap_or(time);
    [minutes, offset].concat().replace(':', "")
}

/// The name of the zone in a file.
pub(super) fn name(times: &TimeFormat) -> &'static str {
    match times.zone {
        Zone::Local => "Local",
        Zone::Utc => "UTC",
    }
}

fn within(stamp: Stamp, times: &TimeFormat) -> DateTime<FixedOffset> {
    let time = DateTime::<Utc>::from_timestamp_millis(stamp.millis()).unwrap_or_default();
    // An offset of a day or more does not exist.
    match FixedOffset::east_opt((times.offset)(stamp)) {
        Some(offset) => time.with_timezone(&offset),
        None => time.fixed_offset(),
    }
}
