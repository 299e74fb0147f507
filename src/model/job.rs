//! A synchronization job of any family, as the API sends it.
//!
//! It owns decoding and the questions that one job can answer; it must not know where it came from.

use super::outcome::{self, Outcome, Tally};
use super::page::FromJson;
use super::verdict::{KnownResults, Verdict, verdict, verdict_of_other};
use super::{Json, flag_of, text_of, texts_of};
use crate::families::Family;
use crate::text::{self, Names};
use crate::time::Stamp;
use std::collections::HashMap;

#[derive(Clone, PartialEq, Default)]
pub struct Job {
    /// Empty only where the server left it out.
    pub id: String,
    pub uri: String,
    pub account: String,
    pub cloud: String,
    /// `overall_status` as it was sent.
    pub status: String,
    /// `detailed_status`, in the order of the containers' names.
    pub details: Vec<ContainerResult>,
    /// `detailed_status` as it was sent where it is no map, and so the result of every container.
    pub whole: Option<ContainerResult>,
    /// Every list of texts under its field's name; families differ in which they send.
    pub lists: Vec<(String, Vec<String>)>,
    pub created: Option<Stamp>,
    pub updated: Option<Stamp>,
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
    pub verdict: Verdict,
}

/// What a job's texts mean, told once when it comes.
#[derive(Clone, Copy, PartialEq, Default)]
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
        let at = match self.details.binary_search_by(|result| result.key.as_str().cmp(key)) {
            Ok(at) => Some(at),
            // They come sorted. Should that ever change, this is slower and still right.
            Err(_) => self.details.iter().position(|result| result.key == key),
        }?;
        self.details.get(at)
    }

    /// Milliseconds since it last changed, where it runs and says when that was.
    pub fn unchanged(&self, now: Stamp) -> Option<i64> {
        let last = self.updated.or(self.created)?;
        self.outcome().is_running().then(|| (now.millis() - last.millis()).max(0))
    }

    pub fn ended(&self) -> bool {
        self.completed.is_some() || outcome::is_end(&self.status)
    }

    /// Whether this says more of the same job than `other`: a job that has ended does not run again.
    pub fn is_newer_than(&self, other: &Self) -> bool {
        (self.updated, self.ended()) > (other.updated, other.ended())
    }

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

#[cfg(test)]
impl Job {
    /// What a test writes with `json!`.
    pub fn of(value: serde_json::Value) -> Self {
        Self::from_json(Json::of(value)).expect("a job")
    }
}

impl FromJson for Job {
    /// `None` for anything but an object.
    fn from_json(value: Json) -> Option<Self> {
        Self::read(value, KnownResults::get())
    }
}

impl Job {
    /// A job whose texts are judged by what the operator has added to the known ones.
    pub fn read(value: Json, known: &KnownResults) -> Option<Self> {
        let Json::Object(mut object) = value else { return None };
        let mut take = |name: &str| object.remove(name).unwrap_or(Json::Null);
        let (details, whole) = results(take("detailed_status"), known);
        let mut job = Self {
            id: text(take("id")),
            uri: text(take("uri")),
            account: text(take("account")),
            cloud: text(take("cloud")),
            status: text(take("overall_status")),
            created: stamp(take("createdAt")),
            updated: stamp(take("updatedAt")),
            completed: stamp(take("completed_at")),
            abort: flag_of(&take("abort")).unwrap_or_default(),
            everything: flag_of(&take("synchronize_all")),
            details,
            whole,
            lists: Vec::new(),
            judged: Judged::default(),
        };
        job.judge();
        for (name, value) in object {
            let list = texts_of(&value);
            if !list.is_empty() {
                job.lists.push((name, list));
            }
        }
        Some(job)
    }
}

/// Whether two lists hold the same texts, in whatever order.
fn alike(one: &[String], other: &[String]) -> bool {
    let (ones, others) = (Names::of(one), Names::of(other));
    ones.len() == others.len() && one.iter().all(|text| others.holds(text))
}

fn text(value: Json) -> String {
    text_of(&value).unwrap_or_default()
}

fn stamp(value: Json) -> Option<Stamp> {
    value.as_str().and_then(Stamp::parse)
}

/// The results by container, or the one that stands for all because it is no map.
fn results(value: Json, known: &KnownResults) -> (Vec<ContainerResult>, Option<ContainerResult>) {
    let judge = |key: String, value: Json| {
        let (text, verdict) = match value {
            Json::Text(text) => {
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
        Json::Null => (Vec::new(), None),
        Json::Object(object) => (object.into_iter().map(|(key, value)| judge(key, value)).collect(), None),
        // Even a text that says success does not say of what.
        other => {
            let text = text_of(&other).unwrap_or_else(|| other.to_string());
            let verdict = verdict_of_other(&text, known);
            (Vec::new(), Some(ContainerResult { key: String::new(), text, verdict }))
        }
    }
}
