//! The parameters of a schedule: its cloud, its selection, and what the panel does not know of.

use crate::container::Directory;
use crate::family::{FAMILIES, Family};
use crate::lenient::texts_of;
use crate::start_request::Form;
use serde_json::{Map, Value};

const CLOUD: &str = "cloud_name";
const EVERYTHING: &str = "synchronize_all";
const ITEMS: &str = "sync_items";

/// The parameters, as they were sent. They are kept whole, because whether a server replaces them as a whole is not
/// known: what an edit sends has every member that the panel does not know.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Params(Map<String, Value>);

/// What a schedule chooses of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Everything.
    Everything,
    /// These containers, and of them these regions; no region stands for all.
    Chosen {
        /// The ids, as they were sent.
        ids: Vec<String>,
        /// The regions. No client sends any, but a server may.
        regions: Vec<String>,
    },
    /// The parameters name neither everything nor a container.
    NotKnown,
}

impl Params {
    pub(super) fn new(params: Map<String, Value>) -> Self {
        Self(params)
    }

    /// All members.
    pub fn members(&self) -> &Map<String, Value> {
        &self.0
    }

    /// `cloud_name`, unchanged.
    pub fn cloud_name(&self) -> String {
        self.text(CLOUD)
    }

    /// The cloud in a text for the person: the server's name for it.
    pub fn describe(&self) -> String {
        let cloud = self.cloud_name();
        if cloud.trim().is_empty() { String::from("no cloud") } else { cloud }
    }

    fn text(&self, name: &str) -> String {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    fn texts(&self, name: &str) -> Vec<String> {
        self.0.get(name).cloned().map(texts_of).unwrap_or_default()
    }

    /// The number of items of an array; 1 for another value that is not `null`.
    fn count(&self, name: &str) -> usize {
        match self.0.get(name) {
            None | Some(Value::Null) => 0,
            Some(Value::Array(items)) => items.len(),
            Some(_) => 1,
        }
    }

    fn flag(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|flag| match flag {
            Value::Bool(flag) => *flag,
            Value::String(text) => text.trim().eq_ignore_ascii_case("true"),
            _ => false,
        })
    }

    pub(super) fn concerns(&self, family: &Family) -> bool {
        let Some(names) = &family.schedule else { return false };
        if !self.cloud_name().trim().eq_ignore_ascii_case(names.cloud_name) {
            return false;
        }
        let items = self.texts(ITEMS);
        items.is_empty()
            || names.item.is_none_or(|own| items.iter().any(|item| item.eq_ignore_ascii_case(own)))
    }

    pub(super) fn selection(&self, family: &Family) -> Selection {
        let Some(names) = &family.schedule else { return Selection::NotKnown };
        if self.flag(EVERYTHING) {
            return Selection::Everything;
        }
        let ids = self.texts(names.selector);
        let regions = family.regions.map(|name| self.texts(name)).unwrap_or_default();
        // Without those that are no texts, the rest could stand for all regions.
        let has_others = family.regions.is_some_and(|name| self.count(name) != regions.len());
        if ids.is_empty() || has_others {
            return Selection::NotKnown;
        }
        Selection::Chosen { ids, regions }
    }

    /// The field names of the switches that are on.
    pub fn switches(&self, family: &Family) -> Vec<&'static str> {
        family.switches.iter().map(|switch| switch.field).filter(|field| self.flag(field)).collect()
    }

    /// A form with the selection. Ids that `directory` lacks, or any without one, put it into the text box.
    pub fn form(&self, family: &Family, directory: Option<&Directory>) -> Form {
        let form = Form { switches: self.switches(family), ..Form::default() };
        match self.selection(family) {
            Selection::Everything => Form { everything: Some(true), ..form },
            Selection::NotKnown => form,
            Selection::Chosen { ids, regions } => {
                let found = directory.filter(|directory| ids.iter().all(|id| directory.find(id).is_some()));
                let form = Form { everything: Some(false), regions, ..form };
                match found {
                    Some(directory) => {
                        let id = |key: &String| directory.find(key).map_or(key, |own| &own.id).clone();
                        Form { chosen: ids.iter().map(id).collect(), ..form }
                    }
                    None => Form { typed: ids.join("\n"), by_hand: true, ..form },
                }
            }
        }
    }

    /// The parameters with the selection of `form`. Members that the panel does not know stay.
    ///
    /// # Errors
    ///
    /// Returns a sentence for the person where the form is incomplete.
    pub(super) fn with(&self, family: &Family, form: &Form) -> Result<Map<String, Value>, String> {
        let Some(names) = &family.schedule else {
            return Err(["No schedule is known that synchronizes ", &family.title(), "."].concat());
        };
        let mut params = self.0.clone();
        let is_same_cloud = self.concerns(family);
        for own in FAMILIES.iter().filter_map(|family| family.schedule.as_ref()) {
            params.remove(own.selector);
        }
        params.remove(EVERYTHING);
        for name in family.regions.into_iter().chain(family.switches.iter().map(|switch| switch.field)) {
            params.remove(name);
        }
        if !is_same_cloud {
            // What another cloud's parameters mean beyond the selection is not known to be right for this one.
            params.clear();
        }
        params.insert(CLOUD.to_owned(), names.cloud_name.into());
        let Value::Object(body) = crate::start_request::body(family, form)? else {
            return Err(String::from("Choose what to synchronize."));
        };
        for (name, value) in body {
            let name = if name == family.selector { names.selector.to_owned() } else { name };
            params.insert(name, value);
        }
        // As the vendor's client does: with a selection, and not with everything. An edit leaves it as it was.
        if let Some(item) = names.item.filter(|_| !is_same_cloud && form.everything == Some(false)) {
            params.insert(ITEMS.to_owned(), Value::Array(vec![item.into()]));
        }
        Ok(params)
    }

    /// The members that are no part of the selection, sorted by name, as JSON.
    pub(super) fn others(&self, family: Option<&Family>) -> Vec<(&str, String)> {
        let selectors: Vec<&str> =
            FAMILIES.iter().filter_map(|family| Some(family.schedule.as_ref()?.selector)).collect();
        let is_known = |name: &str| {
            [CLOUD, EVERYTHING].contains(&name)
                || selectors.contains(&name)
                || family.is_some_and(|family| {
                    family.regions == Some(name) || family.switches.iter().any(|switch| switch.field == name)
                })
        };
        let others = self.0.iter().filter(|(name, value)| !is_known(name) && !value.is_null());
        others.map(|(name, value)| (name.as_str(), value.to_string())).collect()
    }
}
