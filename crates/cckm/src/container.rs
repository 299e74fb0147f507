//! Containers (KMS, vaults, key rings, groups, organizations), and the lookup of one by any of its names.
//!
//! It owns the directory and reading containers by the columns of the table of families; it loads nothing.

use crate::family::{Containers, Family};
use crate::lenient::{field, texts_of};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// A container of keys, as the server lists it. The row of [`Containers`] decides which fields are read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Container {
    /// The id, which start requests and most filters use.
    pub id: String,
    /// The name; the id where the server sends no name.
    pub label: String,
    /// Every other text that jobs may use for the container.
    pub aliases: Vec<String>,
    /// The values that are shown beside the name.
    pub facts: Vec<String>,
    /// The regions that the container offers; empty where the server does not send them.
    pub regions: Vec<String>,
    /// The cloud account; empty where the family has none.
    pub account: String,
}

impl Container {
    /// Reads a container from an item of the server's list; `None` where the item has no id.
    pub fn from_value(value: &Value, containers: &Containers) -> Option<Self> {
        let id = field(value, "id");
        if id.is_empty() {
            return None;
        }
        let values = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| field(value, name)).filter(|text| !text.is_empty()).collect()
        };
        Some(Self {
            label: values(containers.label).into_iter().next().unwrap_or_else(|| id.clone()),
            aliases: values(containers.aliases),
            facts: values(containers.facts),
            regions: containers
                .regions
                .and_then(|name| value.get(name))
                .cloned()
                .map(texts_of)
                .unwrap_or_default(),
            account: containers.account.map(|name| field(value, name)).unwrap_or_default(),
            id,
        })
    }

    /// Whether the container offers a region, or its regions are not known.
    pub fn offers(&self, region: &str) -> bool {
        self.regions.is_empty() || self.regions.iter().any(|offered| offered == region)
    }

    /// The value that narrows the family's list of jobs to those of this container.
    pub fn filter_value(&self, family: &Family) -> &str {
        if family.filter_by == "id" { &self.id } else { &self.label }
    }
}

/// The known containers of one list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Directory {
    all: Vec<Container>,
    /// The indexes in `all` by id and by alias. An id takes precedence over an alias, and the first of several
    /// containers that share an alias over the others.
    names: HashMap<String, usize>,
    /// The indexes in `all` by account, in the order of the list.
    accounts: HashMap<String, Vec<usize>>,
    /// How many containers of the server's list could not be read and are therefore missing.
    pub unread: u64,
}

impl Directory {
    /// Builds a directory of `all` and keeps their order. Of several with one id, which a list has whose pages overlap,
    /// the first is kept.
    pub fn new(mut all: Vec<Container>) -> Self {
        let mut ids = HashSet::new();
        all.retain(|container| ids.insert(container.id.clone()));
        let mut names = HashMap::new();
        let ids = all.iter().enumerate().map(|(at, container)| (&container.id, at));
        let aliases = all.iter().enumerate();
        let aliases =
            aliases.flat_map(|(at, container)| container.aliases.iter().map(move |alias| (alias, at)));
        for (name, at) in ids.chain(aliases) {
            names.entry(name.clone()).or_insert(at);
        }
        let mut accounts: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, container) in all.iter().enumerate() {
            accounts.entry(container.account.clone()).or_default().push(at);
        }
        Self { all, names, accounts, unread: 0 }
    }

    /// All containers, in the order of the list.
    pub fn all(&self) -> &[Container] {
        &self.all
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Finds a container by its id or an alias; where several share an alias, the first of the list.
    pub fn find(&self, key: &str) -> Option<&Container> {
        self.names.get(key).and_then(|at| self.all.get(*at))
    }

    /// The label of the container that `key` names; `None` where it is not in the directory.
    pub fn label_of(&self, key: &str) -> Option<&str> {
        self.find(key).map(|container| container.label.as_str())
    }

    /// The text to show for a key of `detailed_status`: the label, `label · region`, or the key itself.
    pub fn describe(&self, containers: &Containers, key: &str) -> String {
        if let Some(label) = self.label_of(key) {
            return label.to_string();
        }
        let Some((account, region)) = account_and_region(containers, key) else { return key.to_string() };
        let mut found = self.in_account(account, region);
        match (found.next(), found.next()) {
            (Some(only), None) => [&only.label, " · ", region].concat(),
            // The key does not tell several containers of one account apart.
            _ => key.to_string(),
        }
    }

    /// The containers of an account that offer a region, or whose regions are not known.
    pub fn in_account<'a>(&'a self, account: &str, region: &'a str) -> impl Iterator<Item = &'a Container> {
        let own = self.accounts.get(account).map_or(&[][..], Vec::as_slice);
        own.iter().filter_map(|at| self.all.get(*at)).filter(move |container| container.offers(region))
    }
}

/// Splits a key of the form `<account>/<region>`; `None` for other keys and for families without accounts.
pub fn account_and_region<'a>(containers: &Containers, key: &'a str) -> Option<(&'a str, &'a str)> {
    containers.account?;
    key.split_once('/').filter(|(account, region)| !account.is_empty() && !region.is_empty())
}
