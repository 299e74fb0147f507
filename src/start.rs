//! The start form as data: to a request body, to a sentence, and from a job that ran.
//!
//! Pure. It owns what may be sent together; it sends nothing.

use crate::families::Family;
use crate::model::container::account_and_region;
use crate::model::{Container, Directory, Job, Verdict};
use crate::text;
use serde_json::{Map, Value};

#[derive(Clone, PartialEq, Default)]
pub struct Form {
    /// `None` until one of the two was chosen.
    pub everything: Option<bool>,
    /// Ids of containers.
    pub chosen: Vec<String>,
    /// The text box of ids, one a line.
    pub typed: String,
    /// None means all regions of the chosen containers.
    pub regions: Vec<String>,
    /// The fields of the switches that are on.
    pub switches: Vec<&'static str>,
    /// Whether the text box counts instead of the picker.
    pub by_hand: bool,
}

impl Form {
    /// The ids that would be sent if not everything is synchronized.
    pub fn ids(&self) -> Vec<String> {
        if self.by_hand { text::lines(&self.typed) } else { self.chosen.clone() }
    }
}

/// The request body, or the reason why there is none yet, in words.
///
/// Everything and a selection exclude each other, so one body never holds both.
pub fn body(family: &Family, form: &Form) -> Result<Value, String> {
    let mut body = Map::new();
    match form.everything {
        None => return Err(String::from("Choose what to synchronize.")),
        Some(true) => {
            body.insert(String::from("synchronize_all"), Value::Bool(true));
        }
        Some(false) => {
            let ids = form.ids();
            if ids.is_empty() {
                let what = if form.by_hand { "Type the ID of at least one " } else { "Choose at least one " };
                return Err([what, family.containers.one, "."].concat());
            }
            body.insert(family.selector.to_string(), texts(&ids));
            if let Some(name) = family.regions.filter(|_| !form.regions.is_empty()) {
                body.insert(name.to_string(), texts(&form.regions));
            }
        }
    }
    for switch in family.switches.iter().filter(|switch| form.switches.contains(&switch.field)) {
        body.insert(switch.field.to_string(), Value::Bool(true));
    }
    Ok(Value::Object(body))
}

fn texts(list: &[String]) -> Value {
    Value::Array(list.iter().cloned().map(Value::String).collect())
}

/// Every region that the containers offer, sorted, each once.
pub fn regions_of(containers: &[&Container]) -> Vec<String> {
    let mut regions: Vec<String> = containers.iter().flat_map(|one| one.regions.iter().cloned()).collect();
    regions.sort_unstable();
    regions.dedup();
    regions
}

/// What the request will do; empty until something is chosen.
pub fn sentence(family: &Family, form: &Form) -> String {
    let (one, many) = (family.containers.one, family.containers.many);
    match form.everything {
        Some(true) => ["Synchronizes all ", many].concat(),
        Some(false) if !form.ids().is_empty() => {
            let mut text = ["Synchronizes ", &text::count(form.ids().len(), one, many)].concat();
            if family.regions.is_some() && !form.regions.is_empty() {
                text.push_str(" in ");
                text.push_str(&text::count(form.regions.len(), "region", "regions"));
            }
            text
        }
        _ => String::new(),
    }
}

/// The form filled with what a job synchronized.
pub fn again(family: &Family, job: &Job, directory: &Directory) -> Form {
    let containers = job.containers(family);
    if job.everything == Some(true) || (job.everything.is_none() && containers.is_empty()) {
        return Form { everything: Some(true), ..Form::default() };
    }
    let mut picked = Picked::default();
    for key in containers {
        picked.take(directory, key);
    }
    picked.form(job.regions(family).to_vec())
}

/// The form filled with the containers that failed, and the keys that no known container answers to.
///
/// Where a failure is an account's region, its container and the region are chosen: a request crosses the
/// two, so several failures may repeat some that went well.
pub fn retry(family: &Family, job: &Job, directory: &Directory) -> (Form, Vec<String>) {
    let mut picked = Picked::default();
    let mut regions: Vec<String> = Vec::new();
    let selected = job.containers(family);
    for (key, _, verdict) in job.results() {
        if verdict != Verdict::Error {
            continue;
        }
        let Some((account, region)) =
            account_and_region(family.containers, key).filter(|_| directory.find(key).is_none())
        else {
            picked.take(directory, key);
            continue;
        };
        if !regions.iter().any(|known| known == region) {
            regions.push(region.to_string());
        }
        let all: Vec<&Container> = directory.in_account(account, region).collect();
        let own: Vec<&Container> =
            all.iter().copied().filter(|one| names(selected, directory, one)).collect();
        let found = if own.is_empty() { &all } else { &own };
        for container in found {
            picked.add(&container.id);
        }
        if found.is_empty() {
            picked.unknown.push(key.to_string());
            if let [only] = selected {
                let id = directory.find(only).map_or(only.as_str(), |container| &container.id);
                picked.add(id);
            }
        }
    }
    let unknown = std::mem::take(&mut picked.unknown);
    picked.by_hand |= !unknown.is_empty();
    (picked.form(regions), unknown)
}

/// Whether a job's own selection means this container.
fn names(selected: &[String], directory: &Directory, container: &Container) -> bool {
    selected.iter().any(|key| {
        *key == container.id
            || container.aliases.contains(key)
            || directory.find(key).is_some_and(|found| found.id == container.id)
    })
}

/// Ids gathered from keys; one that is not known turns the form to typing, so that it is seen.
#[derive(Default)]
struct Picked {
    ids: Vec<String>,
    unknown: Vec<String>,
    by_hand: bool,
}

impl Picked {
    fn take(&mut self, directory: &Directory, key: &str) {
        if let Some(container) = directory.find(key) {
            self.add(&container.id);
        } else {
            self.add(key);
            self.unknown.push(key.to_string());
            self.by_hand = true;
        }
    }

    fn add(&mut self, id: &str) {
        if !self.ids.iter().any(|known| known == id) {
            self.ids.push(id.to_string());
        }
    }

    fn form(self, regions: Vec<String>) -> Form {
        let typed = if self.by_hand { self.ids.join("\n") } else { String::new() };
        let chosen = if self.by_hand { Vec::new() } else { self.ids };
        Form { everything: Some(false), chosen, typed, regions, switches: Vec::new(), by_hand: self.by_hand }
    }
}

/// A command for a shell that sends the same request. `path` is all after the origin, encoded.
///
/// The token is never part of it: the shell's own `$TOKEN` is.
pub fn curl(method: &str, origin: &str, path: &str, body: Option<&Value>) -> String {
    let mut text = String::from("curl");
    if method != "GET" {
        text.push_str(" -X ");
        text.push_str(method);
    }
    text.push(' ');
    quote(&mut text, &[origin, path].concat());
    text.push_str(" \\\n  -H \"Authorization: Bearer $TOKEN\" \\\n  -H 'Accept: application/json'");
    if let Some(body) = body {
        text.push_str(" \\\n  -H 'Content-Type: application/json' \\\n  -d ");
        quote(&mut text, &body.to_string());
    }
    text
}

/// In single quotes nothing is special to a shell but the quote itself.
fn quote(text: &mut String, word: &str) {
    text.push('\'');
    text.push_str(&word.replace('\'', "'\\''"));
    text.push('\'');
}
