//! Parses the `Retry-After` header. Pure.

/// The wait that a `Retry-After` header requires, in milliseconds. The header holds seconds, or a date, which
/// `instant` parses into milliseconds (RFC 9110, 10.2.3). `now` is the time by the server's own clock, in
/// milliseconds. A value that cannot be parsed, or a date in the past, requires no wait.
pub fn retry_after(value: &str, now: f64, instant: impl Fn(&str) -> f64) -> f64 {
    let value = value.trim();
    let wait = value.parse::<u64>().map_or_else(|_| instant(value) - now, |seconds| seconds as f64 * 1000.0);
    // `max` ignores a NaN.
    wait.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_a_number_of_seconds_or_a_date() {
        let instant = |date: &str| if date == "Mon, 02 Mar 2026 09:02:00 GMT" { 121_000.0 } else { f64::NAN };
        let wait = |value| retry_after(value, 1000.0, instant) as u64;
        assert_eq!(wait("120"), 120_000);
        assert_eq!(wait(" 0 "), 0);
        assert_eq!(wait("Mon, 02 Mar 2026 09:02:00 GMT"), 120_000);
        assert_eq!(retry_after("Mon, 02 Mar 2026 09:02:00 GMT", 9e9, instant) as u64, 0, "over already");
        assert_eq!(wait("soon"), 0);
        assert_eq!(wait("-5"), 0);
    }
}
