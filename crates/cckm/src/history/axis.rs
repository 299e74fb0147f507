//! The lines of the charts' vertical axes.

use crate::time::DAY;

/// The steps of an axis from 0 to at least `most`: round numbers at equal distances, at most five of them above 0.
pub fn steps(most: usize) -> Vec<usize> {
    let mut apart = 1;
    let mut next = [2, 5, 10].into_iter().cycle();
    let mut ten = 1;
    while most.div_ceil(apart) > 4 {
        let factor = next.next().unwrap_or(10);
        apart = ten * factor;
        if factor == 10 {
            ten *= 10;
        }
    }
    (0..=most.div_ceil(apart).max(1)).map(|step| step * apart).collect()
}

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// The lines of the axis of durations, in milliseconds. They are drawn at equal distances, so that one chart can tell
/// both seconds and days apart; between two lines the axis is linear.
const LINES: [i64; 11] =
    [0, SECOND, 10 * SECOND, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY, 30 * DAY, 365 * DAY];

/// The lines of the axis that durations from `shortest` to `longest` need, in milliseconds.
pub fn scale(shortest: i64, longest: i64) -> &'static [i64] {
    let from = LINES.partition_point(|line| *line <= shortest).clamp(1, LINES.len() - 1) - 1;
    let to = LINES.partition_point(|line| *line < longest).clamp(from + 1, LINES.len() - 1);
    LINES.get(from..=to).unwrap_or(&LINES)
}

/// The vertical position of a duration on the lines `scale`, from 0 to 1.
pub fn height(scale: &[i64], lasted: i64) -> f64 {
    let above = scale.partition_point(|line| *line <= lasted);
    let Some((below, from)) = above.checked_sub(1).and_then(|below| Some((below, *scale.get(below)?))) else {
        return 0.0;
    };
    let parts = scale.len().saturating_sub(1).max(1) as f64;
    // Durations beyond the last line are drawn on it.
    scale.get(above).map_or(1.0, |to| (below as f64 + (lasted - from) as f64 / (to - from) as f64) / parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_of_counts_has_few_whole_steps() {
        for (most, expected) in [
            (0, vec![0, 1]),
            (1, vec![0, 1]),
            (4, vec![0, 1, 2, 3, 4]),
            (5, vec![0, 2, 4, 6]),
            (12, vec![0, 5, 10, 15]),
            (40, vec![0, 10, 20, 30, 40]),
            (1000, vec![0, 500, 1000]),
        ] {
            assert_eq!(steps(most), expected, "to {most}");
        }
        for most in 0..3000 {
            assert!(steps(most).len() <= 5 && steps(most).last().is_some_and(|last| *last >= most));
        }
    }

    #[test]
    fn a_scale_of_durations_holds_them_all() {
        for (shortest, longest, from, to) in [
            (0, 0, 0, SECOND),
            (20 * SECOND, 50 * SECOND, 10 * SECOND, MINUTE),
            (2 * SECOND, 3 * DAY, SECOND, 7 * DAY),
            (MINUTE, MINUTE, MINUTE, 10 * MINUTE),
            (0, i64::MAX, 0, 365 * DAY),
            (i64::MAX, i64::MAX, 30 * DAY, 365 * DAY),
        ] {
            let scale = scale(shortest, longest);
            assert_eq!((scale.first(), scale.last()), (Some(&from), Some(&to)), "{shortest} to {longest}");
            for lasted in [shortest, longest, shortest / 2 + longest / 2] {
                assert!((0.0..=1.0).contains(&height(scale, lasted)));
            }
        }
        let scale = scale(SECOND, MINUTE);
        let percent = |lasted| (height(scale, lasted) * 100.0) as i64;
        assert_eq!([SECOND, 10 * SECOND, 35 * SECOND, MINUTE].map(percent), [0, 50, 75, 100]);
    }
}
