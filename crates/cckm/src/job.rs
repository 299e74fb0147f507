//! A synchronization job of any family, as the API sends it.
//!
//! It owns decoding and the questions that one job can answer; it must not know where it came from.

use crate::family::Family;
use crate::lenient;
use crate::outcome::{self, Outcome, Tally};
use crate::text;
use crate::time::Stamp;
use crate::verdict::{KnownResults, Verdict, verdict, verdict_of_other};
use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// A synchronization job.
///
/// Deserializing one never fails on an object: a field that is missing or of another type counts as absent. What its texts
/// mean is judged at once, by [`KnownResults::get`].
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
    /// Empty only where the server left it out.
    pub id: String,
    /// The server's own name for it.
    pub uri: String,
    /// The account of the manager that it belongs to.
    pub account: String,
    /// The cloud as the server calls it.
    pub cloud: String,
    /// `overall_status` as it was sent.
    pub status: String,
    /// `detailed_status`, in the order of the containers' names.
    pub details: Vec<ContainerResult>,
    /// `detailed_status` as it was sent where it is no map, and so the result of every container.
    pub whole: Option<ContainerResult>,
    /// Every list of texts under its field's name; families differ in which they send.
    pub lists: Vec<(String, Vec<String>)>,
    /// `createdAt`.
    pub created: Option<Stamp>,
    /// `updatedAt`.
    pub updated: Option<Stamp>,
    /// `completed_at`.
    pub completed: Option<Stamp>,
    /// A cancel was asked for.
    pub abort: bool,
    /// `synchronize_all`, where the server says it.
    pub everything: Option<bool>,
    /// What all of this comes to. Every view asks for it, and the texts do not change.
    judged: Judged,
}

/// What the server says of one container.
#[derive(Clone, PartialEq, Debug)]
pub struct ContainerResult {
    /// How `detailed_status` calls the container.
    pub key: String,
    /// The text as it was sent; JSON where it is no text.
    pub text: String,
    /// What the text means.
    pub verdict: Verdict,
}

/// What a job's texts mean, told once when it comes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Judged {
    outcome: Outcome,
    results: Tally,
}

impl Job {
    /// The containers as the job calls them; empty where it names none.
    pub fn containers(&self, family: &Family) -> &[String] {
        // Not every family's job field is documented: its other names are worth a look.
        [family.job_field, family.selector, family.filter]
            .into_iter()
            .map(|name| self.list(name))
            .find(|list| !list.is_empty())
            .unwrap_or_default()
    }

    /// The regions as the job names them; empty where it names none or its family has none.
    pub fn regions(&self, family: &Family) -> &[String] {
        family.regions.map_or(&[], |name| self.list(name))
    }

    /// A job that names no container synchronizes all, whether it says so or not.
    pub fn is_of_everything(&self, family: &Family) -> bool {
        self.everything == Some(true) || self.containers(family).is_empty()
    }

    /// Whether it synchronizes what `other` does, in whatever order.
    pub fn selects_as(&self, other: &Self, family: &Family) -> bool {
        let everything = self.is_of_everything(family);
        everything == other.is_of_everything(family)
            && (everything
                || alike(self.containers(family), other.containers(family))
                    && alike(self.regions(family), other.regions(family)))
    }

    /// What the server says of a container, by its key in `detailed_status`.
    pub fn result_of(&self, key: &str) -> Option<&ContainerResult> {
        if self.whole.is_some() {
            return self.whole.as_ref();
        }
        let at = self.details.binary_search_by(|result| result.key.as_str().cmp(key)).ok()?;
        self.details.get(at)
    }

    /// Milliseconds since it last changed, where it runs and says when that was.
    pub fn unchanged(&self, now: Stamp) -> Option<i64> {
        let last = self.updated.or(self.created)?;
        self.outcome().is_running().then(|| (now.millis() - last.millis()).max(0))
    }

    /// Whether the server says that it has ended, in whatever way.
    pub fn ended(&self) -> bool {
        self.completed.is_some() || outcome::is_end(&self.status)
    }

    /// Whether this says more of the same job than `other`: a job that has ended does not run again.
    pub fn is_newer_than(&self, other: &Self) -> bool {
        (self.updated, self.ended()) > (other.updated, other.ended())
    }

    /// What became of it.
    pub fn outcome(&self) -> Outcome {
        self.judged.outcome
    }

    /// Container, the server's text and what it means; errors first, then what nobody knows, else as sent. An empty name
    /// stands for all that the job synchronizes.
    pub fn results(&self, family: &Family) -> Vec<(&str, &str, Verdict)> {
        if let Some(whole) = &self.whole {
            let of = |key| (key, whole.text.as_str(), whole.verdict);
            return if self.is_of_everything(family) {
                vec![of("")]
            } else {
                self.containers(family).iter().map(|key| of(key)).collect()
            };
        }
        let all = self.details.iter();
        let mut all: Vec<_> =
            all.map(|result| (result.key.as_str(), result.text.as_str(), result.verdict)).collect();
        all.sort_by_key(|(_, _, verdict)| verdict.rank());
        all
    }

    /// How many containers failed, are done (failed ones among them), and were reported on.
    pub fn progress(&self) -> (usize, usize, usize) {
        let (Tally { failed, good, .. }, total) = (self.judged.results, self.judged.results.total());
        (failed, if self.ended() { total } else { failed + good }, total)
    }

    /// Whether a result that means this leaves its container to be synchronized again. While a job runs, only an error does:
    /// what is not known may be progress.
    pub fn is_unsettled(&self, verdict: Verdict) -> bool {
        match verdict {
            Verdict::Error => true,
            Verdict::NotKnown => self.ended(),
            Verdict::Running => self.ended() && !self.abort,
            Verdict::Good => false,
        }
    }

    /// How many results did not fail and are unsettled all the same.
    pub fn not_known(&self) -> usize {
        let Tally { unknown, running, .. } = self.judged.results;
        let count = |verdict, number| if self.is_unsettled(verdict) { number } else { 0 };
        count(Verdict::NotKnown, unknown) + count(Verdict::Running, running)
    }

    /// The different texts of the results that mean one of `verdicts`, each with how many there are of it.
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

    /// The texts of results because of which it is not known what became of a job that has completed.
    pub fn unknown_texts(&self) -> Vec<(&str, usize)> {
        if self.outcome() == Outcome::Unknown && outcome::is_completed(&self.status) {
            self.texts(&[Verdict::NotKnown, Verdict::Running])
        } else {
            Vec::new()
        }
    }

    /// Where the outcome is [`Outcome::Unknown`], the server's text that nobody knows; empty for any other.
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

    /// Milliseconds from the start to the end, or to `now` while it runs.
    pub fn lasted(&self, now: Stamp) -> Option<i64> {
        let end = match self.completed {
            Some(end) => end,
            None if self.ended() => self.updated?,
            None => now,
        };
        Some((end.millis() - self.created?.millis()).max(0))
    }

    /// Tells anew what its texts come to. Reading a job does it; whoever changes a field by hand has to.
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

impl Job {
    /// A job whose texts are judged by [`KnownResults::get`]; `None` for anything but an object.
    pub fn from_value(value: Value) -> Option<Self> {
        Self::read(value, KnownResults::get())
    }

    /// A job whose texts are judged by `known`; `None` for anything but an object.
    pub fn read(mut value: Value, known: &KnownResults) -> Option<Self> {
        // Taken out first: what is deserialized from a reference is copied, and this can be large.
        let details = value.as_object_mut()?.remove("detailed_status").unwrap_or_default();
        let fields = Fields::deserialize(&value).ok()?;
        let Value::Object(object) = value else { return None };
        let lists = object.into_iter().map(|(name, value)| (name, lenient::texts_of(value)));
        let (details, whole) = results(details, known);
        let mut job = Self {
            id: fields.id,
            uri: fields.uri,
            account: fields.account,
            cloud: fields.cloud,
            status: fields.overall_status,
            created: fields.created,
            updated: fields.updated,
            completed: fields.completed_at,
            abort: fields.abort.unwrap_or_default(),
            everything: fields.synchronize_all,
            details,
            whole,
            lists: lists.filter(|(_, list)| !list.is_empty()).collect(),
            judged: Judged::default(),
        };
        job.judge();
        Some(job)
    }
}

impl<'de> Deserialize<'de> for Job {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::from_value(Value::deserialize(from)?).ok_or_else(|| Error::custom("a job is an object"))
    }
}

/// The fields of a job that every family has, but for the results.
#[derive(Debug, serde::Deserialize)]
struct Fields {
    #[serde(default, deserialize_with = "lenient::text")]
    id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    uri: String,
    #[serde(default, deserialize_with = "lenient::text")]
    account: String,
    #[serde(default, deserialize_with = "lenient::text")]
    cloud: String,
    #[serde(default, deserialize_with = "lenient::text")]
    overall_status: String,
    #[serde(default, rename = "createdAt", deserialize_with = "lenient::stamp")]
    created: Option<Stamp>,
    #[serde(default, rename = "updatedAt", deserialize_with = "lenient::stamp")]
    updated: Option<Stamp>,
    #[serde(default, deserialize_with = "lenient::stamp")]
    completed_at: Option<Stamp>,
    #[serde(default, deserialize_with = "lenient::flag")]
    abort: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    synchronize_all: Option<bool>,
}

/// Whether two lists hold the same texts, in whatever order.
fn alike(one: &[String], other: &[String]) -> bool {
    let (ones, others): (HashSet<_>, HashSet<_>) = (one.iter().collect(), other.iter().collect());
    ones == others
}

/// The results by container, or the one that stands for all because it is no map.
fn results(value: Value, known: &KnownResults) -> (Vec<ContainerResult>, Option<ContainerResult>) {
    let judge = |key: String, value: Value| {
        let (text, verdict) = match value {
            Value::String(text) => {
                let verdict = verdict(&text, known);
                (text, verdict)
            }
            other => {
                let shown = other.to_string();
                let verdict = verdict_of_other(&shown, known);
                (shown, verdict)
            }
        };
        ContainerResult { key, text, verdict }
    };
    match value {
        Value::Null => (Vec::new(), None),
        // In the order of the names, by which `Job::result_of` searches: so a map of serde_json holds them.
        Value::Object(object) => (object.into_iter().map(|(key, value)| judge(key, value)).collect(), None),
        // Even a text that says success does not say of what.
        other => {
            let text = lenient::text_of(other.clone()).unwrap_or_else(|| other.to_string());
            let verdict = verdict_of_other(&text, known);
            (Vec::new(), Some(ContainerResult { key: String::new(), text, verdict }))
        }
    }
}
