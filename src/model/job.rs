//! A synchronization job of any family, as the API sends it.
//!
//! It owns decoding and the questions that one job can answer; it must not know where it came from.

use super::outcome::{self, Outcome, Verdict};
use super::page::FromJson;
use super::{Json, flag_of, text_of, texts_of};
use crate::families::Family;
use crate::text::Names;
use crate::time::Stamp;

#[derive(Clone, PartialEq, Default)]
pub struct Job {
    /// Empty only where the server left it out.
    pub id: String,
    pub uri: String,
    pub account: String,
    pub cloud: String,
    /// `overall_status` as it was sent.
    pub status: String,
    /// `detailed_status`: container and text, in the order of their names.
    pub details: Vec<(String, String)>,
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

/// What a job's texts mean, told once when it comes.
#[derive(Clone, Copy, PartialEq, Default)]
struct Judged {
    outcome: Outcome,
    /// How many containers failed, and how many went well.
    failed: usize,
    good: usize,
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

    /// The server's text for a container, by its key in `detailed_status`.
    pub fn said_of(&self, key: &str) -> Option<&str> {
        let at = match self.details.binary_search_by(|(name, _)| name.as_str().cmp(key)) {
            Ok(at) => Some(at),
            // They come sorted. Should that ever change, this is slower and still right.
            Err(_) => self.details.iter().position(|(name, _)| name == key),
        }?;
        self.details.get(at).map(|(_, text)| text.as_str())
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

    /// Container, the server's text and what it means; errors first, else as sent.
    pub fn results(&self) -> Vec<(&str, &str, Verdict)> {
        let all = self.details.iter();
        let all = all.map(|(key, text)| (key.as_str(), text.as_str(), outcome::verdict(text)));
        let (mut all, rest): (Vec<_>, Vec<_>) = all.partition(|(_, _, verdict)| *verdict == Verdict::Error);
        all.extend(rest);
        all
    }

    /// How many containers failed, are done (failed ones among them), and were reported on.
    pub fn progress(&self) -> (usize, usize, usize) {
        let (Judged { failed, good, .. }, total) = (self.judged, self.details.len());
        (failed, if self.ended() { total } else { failed + good }, total)
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
        let mut judged = Judged::default();
        for (_, text) in &self.details {
            match outcome::verdict(text) {
                Verdict::Error => judged.failed += 1,
                Verdict::Good => judged.good += 1,
                Verdict::Running | Verdict::Neutral => {}
            }
        }
        let failed = (judged.failed, self.details.len());
        judged.outcome = outcome::outcome(&self.status, failed, self.abort, self.completed.is_some());
        self.judged = judged;
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
    const EXPECTED: &str = "a job is an object";

    /// `None` for anything but an object.
    fn from_json(value: Json) -> Option<Self> {
        let Json::Object(mut object) = value else { return None };
        let mut take = |name: &str| object.remove(name).unwrap_or(Json::Null);
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
            details: details(take("detailed_status")),
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

fn details(value: Json) -> Vec<(String, String)> {
    let Json::Object(object) = value else { return Vec::new() };
    object
        .into_iter()
        .filter(|(_, value)| *value != Json::Null)
        // A text is expected; whatever else comes is shown as it came.
        .map(|(key, value)| (key, text_of(&value).unwrap_or_else(|| value.to_string())))
        .collect()
}
