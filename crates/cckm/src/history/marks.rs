//! The marks of the chart of durations, of which there is a bound however many jobs there are.

use crate::outcome::Outcome;
use crate::time::Stamp;

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
    pub at: f64,
}

/// The most marks that are drawn. Each is four elements of the document.
pub const MOST: usize = 500;

/// How many outcomes there are.
const OUTCOMES: usize = 7;

/// How finely the chart is divided where it has more jobs than that: into columns and rows. The marks of one outcome in
/// one field are drawn as one. The steps are small, so that no more share a mark than have to: with few marks for what went
/// well, failures would seem to be the most. The last fits `MOST` whatever the jobs are.
const FIELDS: [(usize, usize); 12] = [
    (200, 50),
    (160, 40),
    (130, 32),
    (100, 26),
    (80, 20),
    (64, 16),
    (50, 13),
    (40, 11),
    (32, 9),
    (25, 8),
    (16, 7),
    (9, 6),
];

/// A mark as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawn<'a> {
    /// The job, the newest of those for which the mark stands.
    pub mark: &'a Mark,
    /// The horizontal and the vertical position in the chart, from 0 to 1.
    pub at: (f64, f64),
    /// For how many further jobs of the same outcome the mark stands.
    pub others: usize,
}

/// Draws `all`, the marks of all jobs in the chart, as at most [`MOST`]. Failures are the last that share one.
pub fn bounded(all: Vec<Drawn<'_>>) -> Vec<Drawn<'_>> {
    let mut drawn = all.clone();
    for spares_failures in [true, false] {
        for fields in FIELDS {
            if drawn.len() <= MOST {
                return drawn;
            }
            drawn = merged(&all, fields, spares_failures);
        }
    }
    drawn
}

/// Draws marks of one outcome in one field as one, where `spares_failures` those of jobs that went well or were
/// cancelled alone.
fn merged<'a>(all: &[Drawn<'a>], (columns, rows): (usize, usize), spares_failures: bool) -> Vec<Drawn<'a>> {
    let mut merged: Vec<Drawn> = Vec::new();
    // By outcome, row and column: the index of the mark in `merged`.
    let mut fields: Vec<Option<usize>> = vec![None; OUTCOMES * columns * rows];
    for one in all {
        let outcome = one.mark.outcome;
        let part = |at: f64, parts: usize| (at.clamp(0.0, 1.0) * (parts - 1) as f64) as usize;
        let row = usize::from(outcome.rank()) * rows + part(one.at.1, rows);
        let is_spared = spares_failures && !matches!(outcome, Outcome::Completed | Outcome::Cancelled);
        let field = fields.get_mut(row * columns + part(one.at.0, columns)).filter(|_| !is_spared);
        let at = field.map_or(merged.len(), |field| *field.get_or_insert(merged.len()));
        match merged.get_mut(at) {
            Some(other) => other.others += 1,
            None => merged.push(*one),
        }
    }
    merged
}
