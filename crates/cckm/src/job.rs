//! A synchronization job of any family, as the API sends it.
//!
//! It owns everything that is derived from a single job; it must not depend on how the job was loaded.

mod read;

use crate::family::Family;
use crate::outcome::{self, Outcome, Tally};
use crate::text;
use crate::time::Stamp;
use crate::verdict::Verdict;
use std::collections::{HashMap, HashSet};

/// A synchronization job.
///
/// Deserialization never fails on a JSON object: a field that is missing or has another type counts as absent. The
/// verdict on each result is derived at the same time, by [`KnownResults::get`](crate::verdict::KnownResults::get).
///
/// ```
/// use cckm::job::Job;
/// use cckm::outcome::Outcome;
///
/// let sent = r#"{"id": "j-1", "overall_status": "completed", "abort": true}"#;
/// let job: Job = serde_json::from_str(sent)?;
/// assert_eq!(job.outcome(), Outcome::Cancelled);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Job {
    /// The id; empty only where the server sends none.
    pub id: String,
    /// The server's URI for the job.
    pub uri: String,
    /// The `CipherTrust` Manager account that owns the job.
    pub account: String,
    /// The cloud, by the server's name for it.
    pub cloud: String,
    /// `overall_status`, unchanged.
    pub status: String,
    /// The results of `detailed_status`, sorted by key.
    pub details: Vec<ContainerResult>,
    /// The result of every container, where `detailed_status` is not an object.
    pub whole: Option<ContainerResult>,
    /// The texts of each array that has items, with the name of its field; families use different fields.
    pub lists: Vec<(String, Vec<String>)>,
    /// The names of the fields with another value that may be a family's containers.
    others: Vec<String>,
    /// `createdAt`.
    pub created: Option<Stamp>,
    /// `updatedAt`.
    pub updated: Option<Stamp>,
    /// `completed_at`.
    pub completed: Option<Stamp>,
    /// `abort`: whether a cancel was requested. A value that is neither yes nor no counts as one.
    pub abort: bool,
    /// `synchronize_all`; `None` where the server does not send it.
    pub everything: Option<bool>,
    /// The outcome and the counts of results, derived once because every view needs them.
    judged: Judged,
}

/// The fields that jobs of all families may have; none of them names containers. The table of families has the others.
pub(crate) const FIELDS: &[&str] = &[
    "id",
    "uri",
    "account",
    "application",
    "devAccount",
    "createdAt",
    "updatedAt",
    "completed_at",
    "overall_status",
    "detailed_status",
    "cloud",
    "abort",
    "synchronize_all",
];

/// The result of one container.
#[derive(Clone, PartialEq, Debug)]
pub struct ContainerResult {
    /// The key of the container in `detailed_status`.
    pub key: String,
    /// The text that the server sent; its JSON where the value is not a string.
    pub text: String,
    /// What the text means.
    pub verdict: Verdict,
}

/// What is derived from a job's fields when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Judged {
    outcome: Outcome,
    results: Tally,
}

impl Job {
    /// The containers, by the names that the job uses; empty where it names none.
    pub fn containers(&self, family: &Family) -> &[String] {
        family
            .container_fields()
            .into_iter()
            .map(|name| self.list(name))
            .find(|list| !list.is_empty())
            .unwrap_or_default()
    }

    /// The regions; empty where the job names none or its family has none.
    pub fn regions(&self, family: &Family) -> &[String] {
        family.regions.map_or(&[], |name| self.list(name))
    }

    /// Whether the job synchronizes all containers: it says so, or nothing in it may name some of them. A job that is
    /// not of everything and has no [`Job::containers`] does not say in a known way what it synchronizes.
    pub fn is_of_everything(&self, family: &Family) -> bool {
        self.everything.unwrap_or_else(|| self.containers(family).is_empty() && !self.may_name_some(family))
    }

    /// Whether a field that the panel does not know may hold containers: any array, and another value whose name has
    /// the family's word for them.
    fn may_name_some(&self, family: &Family) -> bool {
        self.others.iter().any(|field| family.names_container(field))
            || self.lists.iter().any(|(field, _)| family.regions != Some(field.as_str()))
    }

    /// Whether both jobs are known to have the same selection of containers and regions, in any order.
    pub fn selects_as(&self, other: &Self, family: &Family) -> bool {
        let everything = self.is_of_everything(family);
        everything == other.is_of_everything(family)
            && (everything
                || !self.containers(family).is_empty()
                    && alike(self.containers(family), other.containers(family))
                    && alike(self.regions(family), other.regions(family)))
    }

    /// The result of the container with this key in `detailed_status`.
    pub fn result_of(&self, key: &str) -> Option<&ContainerResult> {
        if self.whole.is_some() {
            return self.whole.as_ref();
        }
        let at = self.details.binary_search_by(|result| result.key.as_str().cmp(key)).ok()?;
        self.details.get(at)
    }

    /// Milliseconds since the last change; `None` where the job does not run or has no time of a change.
    pub fn unchanged(&self, now: Stamp) -> Option<i64> {
        let last = self.updated.or(self.created)?;
        self.outcome().is_running().then(|| (now.millis() - last.millis()).max(0))
    }

    /// Whether the server reports that the job has ended, in whatever way.
    pub fn ended(&self) -> bool {
        self.completed.is_some() || outcome::is_end(&self.status)
    }

    /// Whether this is a later state of the same job than `other`. An ended job does not run again.
    pub fn is_newer_than(&self, other: &Self) -> bool {
        (self.updated, self.ended()) > (other.updated, other.ended())
    }

    /// The outcome of the job.
    pub fn outcome(&self) -> Outcome {
        self.judged.outcome
    }

    /// The results as key, text and verdict: errors first, then results that are not known, then the others, each
    /// sorted by key. An empty key stands for everything that the job synchronizes.
    pub fn results(&self, family: &Family) -> Vec<(&str, &str, Verdict)> {
        if let Some(whole) = &self.whole {
            let of = |key| (key, whole.text.as_str(), whole.verdict);
            let containers = self.containers(family);
            return if containers.is_empty() || self.is_of_everything(family) {
                vec![of("")]
            } else {
                containers.iter().map(|key| of(key)).collect()
            };
        }
        let all = self.details.iter();
        let mut all: Vec<_> =
            all.map(|result| (result.key.as_str(), result.text.as_str(), result.verdict)).collect();
        all.sort_by_key(|(_, _, verdict)| verdict.rank());
        all
    }

    /// The numbers of results that are errors, that are finished (including errors), and of all results.
    pub fn progress(&self) -> (usize, usize, usize) {
        let (Tally { failed, good, .. }, total) = (self.judged.results, self.judged.results.total());
        (failed, if self.ended() { total } else { failed + good }, total)
    }

    /// Whether a container with this verdict has to be synchronized again. While the job runs only an error counts,
    /// because a result that is not known may mean progress.
    pub fn is_unsettled(&self, verdict: Verdict) -> bool {
        match verdict {
            Verdict::Error => true,
            Verdict::NotKnown => self.ended(),
            Verdict::Running => self.ended() && !self.abort,
            Verdict::Good => false,
        }
    }

    /// The number of results that are unsettled without being errors.
    pub fn not_known(&self) -> usize {
        let Tally { unknown, running, .. } = self.judged.results;
        let count = |verdict, number| if self.is_unsettled(verdict) { number } else { 0 };
        count(Verdict::NotKnown, unknown) + count(Verdict::Running, running)
    }

    /// The distinct texts of the results with one of `verdicts`, each with its number of results.
    pub fn texts(&self, verdicts: &[Verdict]) -> Vec<(&str, usize)> {
        let mut texts: Vec<(&str, usize)> = Vec::new();
        let mut places: HashMap<Vec<u8>, usize> = HashMap::new();
        let all = self.details.iter().chain(&self.whole);
        for result in all.filter(|result| verdicts.contains(&result.verdict)) {
            let at = *places.entry(outcome::plain(&result.text)).or_insert(texts.len());
            match texts.get_mut(at) {
                Some((_, count)) => *count += 1,
                None => texts.push((&result.text, 1)),
            }
        }
        texts
    }

    /// The distinct texts that make the outcome of a completed job unknown, each with its number of results; empty
    /// for other jobs.
    pub fn unknown_texts(&self) -> Vec<(&str, usize)> {
        if self.outcome() == Outcome::Unknown && outcome::is_completed(&self.status) {
            self.texts(&[Verdict::NotKnown, Verdict::Running])
        } else {
            Vec::new()
        }
    }

    /// The texts that make the outcome [`Outcome::Unknown`], in words; empty for any other outcome.
    pub fn unknown_words(&self) -> String {
        if self.outcome() != Outcome::Unknown {
            return String::new();
        }
        match self.unknown_texts().as_slice() {
            [] if self.status.trim().is_empty() => "no status".to_owned(),
            [] => self.status.clone(),
            [(text, _)] => text::or_empty(text).to_owned(),
            [(text, _), rest @ ..] => {
                [text::or_empty(text), " and ", &text::count(rest.len(), "more text", "more texts")].concat()
            }
        }
    }

    /// Milliseconds from the creation to the end, or to `now` while the job runs; `None` where a time is missing.
    pub fn lasted(&self, now: Stamp) -> Option<i64> {
        let end = match self.completed {
            Some(end) => end,
            None if self.ended() => self.updated?,
            None => now,
        };
        Some((end.millis() - self.created?.millis()).max(0))
    }

    /// Derives the outcome again. Reading a job does so; code that changes a field afterwards has to call this.
    pub fn judge(&mut self) {
        let mut results = Tally::default();
        for result in self.details.iter().chain(&self.whole) {
            *match result.verdict {
                Verdict::Error => &mut results.failed,
                Verdict::NotKnown => &mut results.unknown,
                Verdict::Running => &mut results.running,
                Verdict::Good => &mut results.good,
            } += 1;
        }
        let outcome = outcome::outcome(&self.status, results, self.abort, self.completed.is_some());
        self.judged = Judged { outcome, results };
    }

    fn list(&self, name: &str) -> &[String] {
        self.lists.iter().find(|(field, _)| field == name).map_or(&[], |(_, list)| list)
    }
}

/// Whether two lists hold the same texts, in any order.
fn alike(one: &[String], other: &[String]) -> bool {
    let (ones, others): (HashSet<_>, HashSet<_>) = (one.iter().collect(), other.iter().collect());
    ones == others
}
