//! Parses the `Retry-After` header. Pure.

/// The wait that a `Retry-After` header requires, in milliseconds. The header holds seconds, or a date, which
/// `instant` parses into milliseconds (RFC 9110, 10.2.3). `now` is the time by the server's own clock, in
/// milliseconds. A value that cannot be parsed, or a date in the past, requires no wait.
pub fn retry_after(wish: &str, now: f64, instant: impl Fn(&str) -> f64) -> f64 {
    let wish = wish.trim();
    let wait = wish.parse::<u64>().map_or_else(|_| instant(wish) - now, |seconds| seconds as f64 * 1000.0);
    // `max` ignores a NaN.
    wait.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_a_number_of_seconds_or_a_date() {
        let instant = |date: &str| if date == "Mon, 02 Mar 2026 09:02:00 GMT" { 121_000.0 } else { f64::NAN };
        let wish = |wish| retry_after(wish, 1000.0, instant) as u64;
        assert_eq!(wish("120"), 120_000);
        assert_eq!(wish(" 0 "), 0);
        assert_eq!(wish("Mon, 02 Mar 2026 09:02:00 GMT"), 120_000);
        assert_eq!(retry_after("Mon, 02 Mar 2026 09:02:00 GMT", 9e9, instant) as u64, 0, "over already");
        assert_eq!(wish("soon"), 0);
        assert_eq!(wish("-5"), 0);
    }
}
