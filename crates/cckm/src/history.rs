//! The statistics of a family's jobs over time: days, outcomes, durations, and the scales of the charts.
//!
//! Pure. The caller passes in the current day and the function that converts a time to the reader's wall clock.

mod axis;
mod marks;

pub use axis::{height, scale, steps};
pub use marks::{Drawn, Mark};

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

    /// The day and its counts: "1 Mar 2026: 1 Failed, 2 Completed".
    pub fn in_words(&self, times: &TimeFormat) -> String {
        times.date(self.number) + &in_words(&self.counts)
    }
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

    /// The marks as they are drawn, from the newest job to the oldest. They stand for all jobs in the chart.
    pub fn drawn_marks(&self) -> Vec<Drawn<'_>> {
        let Some((shortest, _, longest)) = self.lasted else { return Vec::new() };
        let lines = scale(shortest, longest);
        let all = self.marks.iter().filter_map(|mark| {
            let at = (self.across(mark)?, height(lines, mark.lasted));
            Some(Drawn { mark, at, others: 0 })
        });
        marks::bounded(all.collect())
    }

    /// The text alternative of the chart of days.
    pub fn days_in_words(&self, times: &TimeFormat) -> String {
        let mut words = [&text::count(self.jobs(), "job", "jobs"), " in ", &self.span()].concat();
        words += &in_words(&self.counts);
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

/// The counts above 0, such as ": 1 Failed, 2 Completed".
fn in_words(counts: &Counts) -> String {
    let (mut words, mut mark) = (String::new(), ": ");
    for (outcome, count) in OUTCOMES.into_iter().zip(counts).filter(|(_, count)| **count > 0) {
        words = [&words, mark, &text::number(*count as u64), " ", outcome.word()].concat();
        mark = ", ";
    }
    words
}

/// Keeps the order. A sort would add more to the program than it saves for the thousand values of the largest view.
fn place(sorted: &mut Vec<i64>, value: i64) {
    sorted.insert(sorted.partition_point(|other| *other < value), value);
}

/// The median; of an even number of values, the mean of the two in the middle.
fn median(sorted: &[i64]) -> Option<i64> {
    let above = *sorted.get(sorted.len() / 2)?;
    let below = *sorted.get((sorted.len() - 1) / 2)?;
    Some(below + (above - below) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SECOND: i64 = 1000;
    const HOUR: i64 = 3600 * SECOND;

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

    /// Jobs that ended, an hour apart, of which each `failing`th failed; they took up to three hours.
    fn hourly(count: i64, failing: i64) -> History {
        let jobs: Vec<Arc<Job>> = (0..count)
            .map(|at| {
                let begun = 20_000 * DAY - at * HOUR;
                let [begun, ended] = [begun, begun + (at * 7919) % 10_000_000 + 1000]
                    .map(|millis| TimeFormat::PLAIN.iso(Stamp::from_millis(millis)));
                let status = if at % failing == 0 { "failed" } else { "completed" };
                let job = json!({"id": at.to_string(), "createdAt": begun, "completed_at": ended, "overall_status": status});
                Arc::new(Job::from_value(job).expect("a job"))
            })
            .collect();
        History::of(&jobs, true, 20_000, Stamp::millis)
    }

    fn stands_for(drawn: &[Drawn]) -> usize {
        drawn.iter().map(|one| one.others + 1).sum()
    }

    #[test]
    fn few_jobs_have_a_mark_each() {
        let history = hourly(500, 3);
        let drawn = history.drawn_marks();
        assert_eq!(drawn.len(), 500);
        assert!(drawn.iter().all(|one| one.others == 0));
    }

    #[test]
    fn many_jobs_share_marks_and_failures_have_their_own() {
        let history = hourly(2000, 20);
        let drawn = history.drawn_marks();
        assert!(drawn.len() <= marks::MOST, "{}", drawn.len());
        assert!(drawn.len() > marks::MOST / 2, "no more share one than have to: {}", drawn.len());
        assert_eq!(stands_for(&drawn), 2000);
        let failed: Vec<_> = drawn.iter().filter(|one| one.mark.outcome == Outcome::Failed).collect();
        assert_eq!(failed.len(), 100);
        assert!(failed.iter().all(|one| one.others == 0));
        assert_eq!(drawn.first().map(|one| one.mark.id.as_str()), Some("0"), "the newest");
    }

    #[test]
    fn no_number_of_jobs_has_more_marks() {
        for failing in [1, 2, 20_000] {
            let history = hourly(8000, failing);
            let drawn = history.drawn_marks();
            assert!(drawn.len() <= marks::MOST, "{}", drawn.len());
            assert_eq!(stands_for(&drawn), 8000, "a year holds them all");
        }
    }
}
