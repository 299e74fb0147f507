//! Points in time by ISO 8601, with the offset of the zone at that time.

use crate::time::{Stamp, Zone};
use chrono::{DateTime, FixedOffset, Local, Offset, SecondsFormat, TimeZone, Utc};

/// The date, the time and the offset: `2026-11-27T14:05:09.605+01:00`, in UTC `2026-11-27T13:05:09.605Z`. Without a
/// fraction where that is 0.
pub(super) fn iso(stamp: Stamp, zone: Zone) -> String {
    within(stamp, zone).to_rfc3339_opts(SecondsFormat::AutoSi, zone == Zone::Utc)
}

/// The same without seconds and with no characters that a file name cannot have: `2026-11-27T1405+0100`, in UTC
/// `2026-11-27T1305Z`.
pub(super) fn compact(stamp: Stamp, zone: Zone) -> String {
    let iso = iso(Stamp::from_millis(stamp.millis().div_euclid(60_000) * 60_000), zone);
    // 2026-11-27T14:05:00+01:00
    let (time, offset) = iso.split_at_checked("2026-11-27T14:05:00".len()).unwrap_or((&iso, ""));
    let minutes = time.strip_suffix(":00").unwrap_or(time);
    [minutes, offset].concat().replace(':', "")
}

/// The name of the zone in a file.
pub(super) fn name(zone: Zone) -> &'static str {
    match zone {
        Zone::Local => "Local",
        Zone::Utc => "UTC",
    }
}

fn within(stamp: Stamp, zone: Zone) -> DateTime<FixedOffset> {
    let time = DateTime::<Utc>::from_timestamp_millis(stamp.millis()).unwrap_or_default();
    let offset = match zone {
        Zone::Local => Local.offset_from_utc_datetime(&time.naive_utc()).fix(),
        Zone::Utc => Utc.fix(),
    };
    time.with_timezone(&offset)
}
