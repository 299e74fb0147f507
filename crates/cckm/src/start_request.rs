//! The start form as data: its request body, its description as a sentence, and a form filled from an earlier job.
//!
//! Pure. It owns which fields may be sent together; it sends nothing.

use crate::container::account_and_region;
use crate::container::{Container, Directory};
use crate::family::Family;
use crate::job::Job;
use crate::text;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// The contents of a start form.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Form {
    /// Whether everything or a selection is synchronized; `None` until the person chooses.
    pub everything: Option<bool>,
    /// The ids of the containers that were chosen in the picker.
    pub chosen: Vec<String>,
    /// The contents of the text box of ids, one a line.
    pub typed: String,
    /// The chosen regions; an empty list stands for all regions of the chosen containers.
    pub regions: Vec<String>,
    /// The field names of the switches that are on.
    pub switches: Vec<&'static str>,
    /// Whether the text box is used in place of the picker.
    pub by_hand: bool,
}

impl Form {
    /// The ids of a selection, whether chosen or typed.
    pub fn ids(&self) -> Vec<String> {
        if self.by_hand { text::lines(&self.typed) } else { self.chosen.clone() }
    }
}

/// Builds the request body. It never has both `synchronize_all` and a selection, because these exclude each other.
///
/// # Errors
///
/// Returns a sentence for the person where the form is incomplete.
///
/// # Examples
///
/// ```
/// use cckm::family::by_slug;
/// use cckm::start_request::{Form, body};
///
/// let salesforce = by_slug("salesforce").expect("a family");
/// let form = Form { everything: Some(false), chosen: vec!["c-1".to_owned()], ..Form::default() };
/// assert_eq!(body(salesforce, &form)?.to_string(), r#"{"organization_ids":["c-1"]}"#);
/// # Ok::<(), String>(())
/// ```
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
    list.to_vec().into()
}

/// All regions that the containers offer, sorted and without duplicates.
pub fn regions_of(containers: &[&Container]) -> Vec<String> {
    let mut regions: Vec<String> = Vec::new();
    for region in containers.iter().flat_map(|one| &one.regions) {
        if let Err(at) = regions.binary_search(region) {
            regions.insert(at, region.clone());
        }
    }
    regions
}

/// The regions that the form offers: those of the chosen containers. `None` where they are not known.
pub fn offered(form: &Form, directory: &Directory) -> Option<Vec<String>> {
    if form.by_hand {
        return None;
    }
    let chosen: Vec<&Container> = form.chosen.iter().filter_map(|id| directory.find(id)).collect();
    Some(regions_of(&chosen)).filter(|regions| !regions.is_empty())
}

/// The form with the changes that the lists require: the text box where the list of containers could not be loaded
/// (`lost`), and no regions that are no longer offered.
pub fn effective(form: &Form, directory: Option<&Directory>, lost: bool) -> Form {
    let mut effective = Form { by_hand: form.by_hand || lost, ..form.clone() };
    if let Some(offered) = directory.and_then(|directory| offered(&effective, directory)) {
        effective.regions.retain(|region| offered.binary_search(region).is_ok());
    }
    effective
}

/// The effect of the request as a sentence; empty while nothing is chosen.
pub fn sentence(family: &Family, form: &Form) -> String {
    let what = what(family, form);
    if what.is_empty() { what } else { ["Synchronizes ", &what].concat() }
}

/// The selection in words: "3 KMS in 2 regions"; empty while nothing is chosen.
pub fn what(family: &Family, form: &Form) -> String {
    let (one, many) = (family.containers.one, family.containers.many);
    match form.everything {
        Some(true) => ["all ", many].concat(),
        Some(false) if !form.ids().is_empty() => {
            let mut text = text::count(form.ids().len(), one, many);
            if family.regions.is_some() && !form.regions.is_empty() {
                text.push_str(" in ");
                text.push_str(&text::count(form.regions.len(), "region", "regions"));
            }
            text
        }
        _ => String::new(),
    }
}

/// The numbers of several starts by result.
#[derive(Debug, Clone, Copy, Default)]
pub struct Several {
    /// Starts that the server accepted.
    pub accepted: usize,
    /// Starts whose response was lost and whose jobs were found in the list.
    pub found: usize,
    /// Starts that the server refused.
    pub refused: usize,
    /// Starts whose response was lost and of which no job was found.
    pub lost: usize,
    /// Starts that were not sent because the person stopped the sending.
    pub unsent: usize,
    /// Families that were not included.
    pub left: usize,
}

impl Several {
    /// The numbers in words: "3 accepted, 1 refused, 6 not included".
    pub fn words(self) -> String {
        text::tally(&[
            (self.accepted, "accepted"),
            (self.found, "found in the list"),
            (self.refused, "refused"),
            (self.lost, "without an answer"),
            (self.unsent, "not sent"),
            (self.left, "not included"),
        ])
    }
}

/// A form with the selection of `job`.
pub fn again(family: &Family, job: &Job, directory: &Directory) -> Form {
    if job.is_of_everything(family) {
        return Form { everything: Some(true), ..Form::default() };
    }
    let mut picked = Picked::default();
    for key in job.containers(family) {
        picked.take(directory, key);
    }
    picked.form(job.regions(family).to_vec())
}

/// A form with the containers of `job` that failed or whose result is not known, and the keys that match no container
/// of the directory.
///
/// Where a key names an account and a region, the containers of the account and the region are chosen. A start
/// request combines each container with each region, so after several failures it may repeat some that succeeded.
pub fn retry(family: &Family, job: &Job, directory: &Directory) -> (Form, Vec<String>) {
    let mut picked = Picked::default();
    let mut regions: Vec<String> = Vec::new();
    let selected = job.containers(family);
    let selection = Selected::new(selected, directory);
    for (key, _, verdict) in job.results(family) {
        if !job.is_unsettled(verdict) {
            continue;
        }
        if key.is_empty() {
            return (again(family, job, directory), Vec::new());
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
        let own: Vec<&Container> = all.iter().copied().filter(|one| selection.has(one)).collect();
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

/// The selection of a job, for lookups.
#[derive(Debug)]
struct Selected<'a> {
    keys: HashSet<&'a str>,
    /// The ids of the containers that the keys name.
    ids: HashSet<&'a str>,
}

impl<'a> Selected<'a> {
    fn new(keys: &'a [String], directory: &'a Directory) -> Self {
        let ids = keys.iter().filter_map(|key| directory.find(key)).map(|found| found.id.as_str());
        Self { keys: keys.iter().map(String::as_str).collect(), ids: ids.collect() }
    }

    fn has(&self, container: &Container) -> bool {
        let id = container.id.as_str();
        self.keys.contains(id)
            || self.ids.contains(id)
            || container.aliases.iter().any(|alias| self.keys.contains(alias.as_str()))
    }
}

/// Collects ids from keys. A key that is not in the directory switches the form to the text box, where it is visible.
#[derive(Debug, Default)]
struct Picked {
    ids: Vec<String>,
    known: HashSet<String>,
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
        if self.known.insert(id.to_string()) {
            self.ids.push(id.to_string());
        }
    }

    fn form(self, regions: Vec<String>) -> Form {
        let typed = if self.by_hand { self.ids.join("\n") } else { String::new() };
        let chosen = if self.by_hand { Vec::new() } else { self.ids };
        Form { everything: Some(false), chosen, typed, regions, switches: Vec::new(), by_hand: self.by_hand }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::FAMILIES;

    fn kms(id: &str, regions: &[&str]) -> Container {
        let regions = regions.iter().map(ToString::to_string).collect();
        Container { id: id.to_owned(), label: id.to_owned(), regions, ..Container::default() }
    }

    fn chosen(ids: &[&str], regions: &[&str]) -> Form {
        let texts = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        Form { everything: Some(false), chosen: texts(ids), regions: texts(regions), ..Form::default() }
    }

    #[test]
    fn only_regions_of_what_is_chosen_count() {
        let known = Directory::new(vec![kms("a", &["us-east-1", "eu-west-1"]), kms("b", &["ap-south-1"])]);
        let form = chosen(&["a"], &["ap-south-1", "eu-west-1"]);
        assert_eq!(offered(&form, &known), Some(vec!["eu-west-1".to_owned(), "us-east-1".to_owned()]));
        assert_eq!(effective(&form, Some(&known), false).regions, ["eu-west-1"]);
        // The form itself keeps the region, for the case that its container is chosen again.
        let both = Form { chosen: vec!["a".to_owned(), "b".to_owned()], ..form };
        assert_eq!(effective(&both, Some(&known), false).regions, ["ap-south-1", "eu-west-1"]);
    }

    #[test]
    fn regions_stay_where_nothing_tells_which_there_are() {
        let known = Directory::new(vec![kms("silent", &[])]);
        for form in [
            chosen(&["silent"], &["eu-west-1"]),
            chosen(&["gone"], &["eu-west-1"]),
            Form { by_hand: true, ..chosen(&[], &["eu-west-1"]) },
        ] {
            assert_eq!(effective(&form, Some(&known), false).regions, ["eu-west-1"]);
            assert_eq!(effective(&form, None, false).regions, ["eu-west-1"]);
        }
    }

    #[test]
    fn several_starts_are_counted_by_what_became_of_them() {
        let all = Several { accepted: 3, refused: 1, left: 6, ..Several::default() };
        assert_eq!(all.words(), "3 accepted, 1 refused, 6 not included");
        let lost = Several { found: 1, lost: 2, unsent: 2, ..Several::default() };
        assert_eq!(lost.words(), "1 found in the list, 2 without an answer, 2 not sent");
    }

    #[test]
    fn a_lost_list_means_typing() {
        let typed = Form { typed: "x\ny".to_owned(), ..chosen(&["a"], &[]) };
        assert_eq!(effective(&typed, None, true).ids(), ["x", "y"]);
        assert_eq!(effective(&typed, None, false).ids(), ["a"]);
    }

    #[test]
    fn what_is_chosen_reads_as_a_part_of_a_sentence() {
        for family in FAMILIES {
            let form = chosen(&["a"], &["r"]);
            let text = what(family, &form);
            assert_eq!(sentence(family, &form), ["Synchronizes ", &text].concat());
            assert_eq!(text.ends_with(" in 1 region"), family.regions.is_some(), "{text}");
            assert_eq!(what(family, &Form::default()), "");
        }
    }
}
