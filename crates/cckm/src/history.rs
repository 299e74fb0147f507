//! The statistics of a family's jobs over time: days, outcomes, durations, and the scales of the charts.
//!
//! Pure. The caller passes in the current day and the function that converts a time to the reader's wall clock.

use crate::job::Job;
use crate::outcome::Outcome;
use crate::text;
use crate::time::{self, DAY, Stamp, TimeFormat};
use std::sync::Arc;

/// All outcomes by [`Outcome::rank`], the most urgent first.
pub const OUTCOMES: [Outcome; 7] = [
    Outcome::Failed,
    Outcome::CompletedWithErrors,
    Outcome::Unknown,
    Outcome::Cancelling,
    Outcome::InProgress,
    Outcome::Cancelled,
    Outcome::Completed,
];

/// The number of jobs by outcome, in the order of [`OUTCOMES`].
pub type Counts = [usize; OUTCOMES.len()];

/// The most days that the chart shows (the table has all), and the fewest where all jobs were loaded.
const DRAWN: i64 = 366;
const LEAST: i64 = 14;

/// A day on which jobs were created.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Day {
    /// Days since 1 January 1970 by the reader's wall clock.
    pub number: i64,
    /// The number of the day's jobs by outcome.
    pub counts: Counts,
    /// The median duration of the day's ended jobs, in milliseconds.
    pub median: Option<i64>,
}

impl Day {
    /// The number of jobs created on this day.
    pub fn jobs(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// A mark of the chart of durations: a job that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The id of the job.
    pub id: String,
    /// When the job was created.
    pub created: Stamp,
    /// The outcome of the job.
    pub outcome: Outcome,
    /// The duration in milliseconds.
    pub lasted: i64,
    /// When the job was created, in days since 1970 by the reader's wall clock.
    at: f64,
}

/// The data of the charts and the table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// The days on which jobs were created, the oldest first.
    pub days: Vec<Day>,
    /// The jobs that have ended, in the order in which they were passed in.
    pub marks: Vec<Mark>,
    /// The number of all jobs by outcome.
    pub counts: Counts,
    /// The shortest, the median and the longest duration, in milliseconds; `None` where no job has ended.
    pub lasted: Option<(i64, i64, i64)>,
    /// When the oldest job was created.
    pub oldest: Option<Stamp>,
    /// How many jobs have no creation time; no other number includes them.
    pub timeless: usize,
    /// The first day of the charts, in days since 1970.
    pub first: i64,
    /// How many days the charts show.
    pub drawn: i64,
}

impl History {
    /// `whole` means that `jobs` are all jobs of the family. `wall` converts a time to milliseconds since 1970 by the
    /// reader's wall clock, and `today` is the current day in days since 1970 by the same clock.
    pub fn of(jobs: &[Arc<Job>], whole: bool, today: i64, wall: impl Fn(Stamp) -> i64) -> Self {
        let mut history = Self::default();
        let mut spans: Vec<(i64, Vec<i64>)> = Vec::new();
        let mut all = Vec::new();
        for job in jobs {
            let Some(created) = job.created else {
                history.timeless += 1;
                continue;
            };
            let outcome = job.outcome();
            let rank = usize::from(outcome.rank());
            let moment = wall(created);
            let number = moment.div_euclid(DAY);
            let at = history.days.partition_point(|day| day.number < number);
            if history.days.get(at).is_none_or(|day| day.number != number) {
                history.days.insert(at, Day { number, ..Day::default() });
                spans.insert(at, (number, Vec::new()));
            }
            if let (Some(of_day), Some(of_all)) = (
                history.days.get_mut(at).and_then(|day| day.counts.get_mut(rank)),
                history.counts.get_mut(rank),
            ) {
                *of_day += 1;
                *of_all += 1;
            }
            history.oldest = Some(history.oldest.map_or(created, |oldest| oldest.min(created)));
            // Running jobs have no duration yet, and that of an ended job does not depend on the current time.
            if let Some(lasted) = job.lasted(created).filter(|_| job.ended()) {
                place(&mut all, lasted);
                if let Some((_, spans)) = spans.get_mut(at) {
                    place(spans, lasted);
                }
                let at = moment as f64 / DAY as f64;
                history.marks.push(Mark { id: job.id.clone(), created, outcome, lasted, at });
            }
        }
        for (day, (_, spans)) in history.days.iter_mut().zip(&spans) {
            day.median = median(spans);
        }
        history.lasted = median(&all).and_then(|median| Some((*all.first()?, median, *all.last()?)));
        // With a wrong clock on either side, days after `today` are shown too.
        let last = history.days.last().map_or(today, |day| day.number.max(today));
        let first = history.days.first().map_or(last, |day| day.number);
        let first = if whole { first.min(last - LEAST + 1) } else { first };
        history.first = first.max(last - DRAWN + 1);
        history.drawn = last - history.first + 1;
        history
    }

    /// The number of jobs that have a creation time.
    pub fn jobs(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Whether the oldest days are left out of the charts.
    pub fn is_cut(&self) -> bool {
        self.days.first().is_some_and(|day| day.number < self.first)
    }

    /// The days of the chart that have jobs, each with its index from the first day of the chart.
    pub fn bars(&self) -> impl Iterator<Item = (i64, &Day)> {
        let bars = self.days.iter().map(|day| (day.number - self.first, day));
        bars.filter(|(at, _)| *at >= 0)
    }

    /// The horizontal position of a job in the chart, from 0 to 1; `None` for a job before its first day.
    pub fn across(&self, mark: &Mark) -> Option<f64> {
        let at = (mark.at - self.first as f64) / self.drawn.max(1) as f64;
        (at >= 0.0).then_some(at)
    }

    /// The text alternative of the chart of days.
    pub fn days_in_words(&self, times: &TimeFormat) -> String {
        let mut words = [&text::count(self.jobs(), "job", "jobs"), " in ", &self.span()].concat();
        let mut mark = ": ";
        for (outcome, count) in OUTCOMES.into_iter().zip(self.counts).filter(|(_, count)| *count > 0) {
            words = [&words, mark, &text::number(count as u64), " ", outcome.word()].concat();
            mark = ", ";
        }
        words.push('.');
        // Of several days with the same number of jobs, `max_by_key` returns the latest.
        let busiest = self.days.iter().max_by_key(|day| day.jobs());
        if let Some(day) = busiest.filter(|_| self.days.len() > 1) {
            let jobs = text::number(day.jobs() as u64);
            words = [&words, " The most began on ", &times.date(day.number), ": ", &jobs, "."].concat();
        }
        words
    }

    /// The text alternative of the chart of durations.
    pub fn durations_in_words(&self) -> String {
        let Some((shortest, median, longest)) = self.lasted else {
            return "No job has ended yet.".to_owned();
        };
        let jobs = text::count(self.marks.len(), "job that has ended", "jobs that have ended");
        let [shortest, median, longest] = [shortest, median, longest].map(time::duration);
        [&jobs, ": from ", &shortest, " to ", &longest, ", half of them within ", &median, "."].concat()
    }

    fn span(&self) -> String {
        let first = self.days.first().map_or(self.first, |day| day.number);
        text::count((self.first + self.drawn - first) as usize, "day", "days")
    }
}

fn place(sorted: &mut Vec<i64>, value: i64) {
    sorted.insert(sorted.partition_point(|other| *other < value), value);
}

/// The median; of an even number of values, the mean of the two in the middle.
fn median(sorted: &[i64]) -> Option<i64> {
    let above = *sorted.get(sorted.len() / 2)?;
    let below = *sorted.get((sorted.len() - 1) / 2)?;
    Some(below + (above - below) / 2)
}

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
    use serde_json::json;

    /// A job that was created at `created` and ended `seconds` later.
    fn job(created: &str, seconds: i64, status: &str) -> Arc<Job> {
        let start = Stamp::parse(created).expect("a time");
        let ended = TimeFormat::PLAIN.iso(Stamp::from_millis(start.millis() + seconds * SECOND));
        let ended = (status != "in_progress").then_some(ended);
        let id = [created, status].concat();
        let job = json!({"id": id, "createdAt": created, "completed_at": ended, "overall_status": status});
        Arc::new(Job::from_value(job).expect("a job"))
    }

    /// The history as seen on 10 March, at Greenwich or an hour east of it.
    fn seen(jobs: &[Arc<Job>], east: i64) -> History {
        let now = Stamp::parse("2026-03-10T12:00:00Z").expect("a time").millis();
        let wall: fn(Stamp) -> i64 =
            if east == 0 { |stamp| stamp.millis() } else { |stamp| stamp.millis() + HOUR };
        History::of(jobs, false, now.div_euclid(DAY), wall)
    }

    fn days(history: &History) -> Vec<(String, usize)> {
        history.days.iter().map(|day| (TimeFormat::PLAIN.date(day.number), day.jobs())).collect()
    }

    #[test]
    fn every_outcome_stands_at_its_rank() {
        for (at, outcome) in OUTCOMES.into_iter().enumerate() {
            assert_eq!(usize::from(outcome.rank()), at);
        }
    }

    #[test]
    fn jobs_are_counted_on_the_days_of_the_reader() {
        let jobs = [
            job("2026-03-09T23:30:00Z", 10, "completed"),
            job("2026-03-07T12:00:00Z", 30, "failed"),
            job("2026-03-07T10:00:00Z", 20, "completed"),
        ];
        let is = |days: &[(&str, usize)]| {
            days.iter().map(|(day, jobs)| ((*day).to_owned(), *jobs)).collect::<Vec<_>>()
        };
        assert_eq!(days(&seen(&jobs, 0)), is(&[("7 Mar 2026", 2), ("9 Mar 2026", 1)]));
        let east = seen(&jobs, 1);
        assert_eq!(days(&east), is(&[("7 Mar 2026", 2), ("10 Mar 2026", 1)]));
        // The days between have their place in the chart, but no bar.
        assert_eq!(east.drawn, 4);
        assert_eq!(east.bars().map(|(at, day)| (at, day.jobs())).collect::<Vec<_>>(), [(0, 2), (3, 1)]);
        assert_eq!(east.counts, [1, 0, 0, 0, 0, 0, 2]);
        assert_eq!(east.days[0].median, Some(25_000));
        assert_eq!(east.lasted, Some((10_000, 20_000, 30_000)));
    }

    #[test]
    fn what_runs_is_counted_and_has_no_duration_yet() {
        let history = seen(&[job("2026-03-10T11:00:00Z", 0, "in_progress")], 0);
        assert_eq!((history.jobs(), history.marks.len(), history.drawn), (1, 0, 1));
        assert!(history.lasted.is_none() && history.days[0].median.is_none());
        assert_eq!(history.days_in_words(&TimeFormat::PLAIN), "1 job in 1 day: 1 In progress.");
        assert_eq!(history.durations_in_words(), "No job has ended yet.");
    }

    #[test]
    fn time_is_true_to_scale() {
        let history =
            seen(&[job("2026-03-09T00:00:00Z", 1, "completed"), job("2026-03-10T12:00:00Z", 1, "failed")], 0);
        let across: Vec<_> = history.marks.iter().filter_map(|mark| history.across(mark)).collect();
        assert_eq!(across, [0.0, 0.75]);
    }

    #[test]
    fn days_before_the_first_job_of_all_are_drawn_and_not_counted() {
        let jobs = [job("1970-01-20T10:00:00Z", 1, "completed")];
        let all = History::of(&jobs, true, 20, Stamp::millis);
        assert_eq!((all.first, all.drawn), (7, LEAST));
        assert_eq!(all.days_in_words(&TimeFormat::PLAIN), "1 job in 2 days: 1 Completed.");
        assert_eq!(all.bars().next().map(|(at, _)| at), Some(12));
        assert_eq!(History::of(&jobs, false, 20, Stamp::millis).drawn, 2);
    }

    #[test]
    fn what_says_no_time_or_is_very_old_breaks_nothing() {
        let odd = Arc::new(Job::from_value(json!({"id": "odd"})).expect("a job"));
        let jobs =
            [job("1971-01-01T00:00:00Z", 5, "completed"), odd, job("2026-03-12T00:00:00Z", 5, "completed")];
        let history = seen(&jobs, 0);
        assert_eq!((history.timeless, history.drawn, history.is_cut()), (1, DRAWN, true));
        assert_eq!(history.bars().count(), 1, "ahead of the clock here, and drawn all the same");
        assert_eq!(history.marks.iter().filter(|mark| history.across(mark).is_some()).count(), 1);
        let none = seen(&[], 0);
        assert_eq!((none.drawn, none.jobs(), none.is_cut()), (1, 0, false));
        assert_eq!(none.days_in_words(&TimeFormat::PLAIN), "0 jobs in 1 day.");
    }

    #[test]
    fn charts_are_described_in_sentences() {
        let jobs = [
            job("2026-03-09T10:00:00Z", 10, "completed"),
            job("2026-03-08T12:00:00Z", 300, "failed"),
            job("2026-03-08T10:00:00Z", 41, "completed"),
        ];
        let history = seen(&jobs, 0);
        assert_eq!(
            history.days_in_words(&TimeFormat::PLAIN),
            "3 jobs in 3 days: 1 Failed, 2 Completed. The most began on 8 Mar 2026: 2."
        );
        assert_eq!(
            history.durations_in_words(),
            "3 jobs that have ended: from 10 s to 5 min, half of them within 41 s."
        );
    }

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
