//! Containers (KMS, vaults, rings, groups, organizations) and finding one by any of its names.
//!
//! It owns reading them by the columns of the table of families and the directory; it loads nothing.

use crate::family::{Containers, Family};
use crate::lenient::{field, texts_of};
use serde_json::Value;
use std::collections::HashMap;

/// A container of keys, as its list describes it. Which fields are read is a row of [`Containers`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Container {
    /// What start requests and most filters name it by.
    pub id: String,
    /// The name, else the id.
    pub label: String,
    /// Every other text by which jobs may call it.
    pub aliases: Vec<String>,
    /// What is worth showing beside the name.
    pub facts: Vec<String>,
    /// The regions that it offers; empty where the list does not say.
    pub regions: Vec<String>,
    /// The cloud account; empty where the family has none.
    pub account: String,
}

impl Container {
    /// `None` without an id.
    pub fn from_value(value: &Value, containers: &Containers) -> Option<Self> {
        let id = field(value, "id");
        if id.is_empty() {
            return None;
        }
        let said = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| field(value, name)).filter(|text| !text.is_empty()).collect()
        };
        Some(Self {
            label: said(containers.label).into_iter().next().unwrap_or_else(|| id.clone()),
            aliases: said(containers.aliases),
            facts: said(containers.facts),
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

    /// The value by which the family's list filter finds this container's jobs.
    pub fn filter_value(&self, family: &Family) -> &str {
        if family.filter_by == "id" { &self.id } else { &self.label }
    }
}

/// The known containers of one list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Directory {
    all: Vec<Container>,
    /// The places in `all` by id and by alias. Ids win, and of several that share an alias the first.
    names: HashMap<String, usize>,
    /// How many containers of the server's list cannot be read, and are not among these.
    pub unread: u64,
}

impl Directory {
    /// A directory of `all`, in their order.
    pub fn new(all: Vec<Container>) -> Self {
        let mut names = HashMap::new();
        let ids = all.iter().enumerate().map(|(at, container)| (&container.id, at));
        let aliases = all.iter().enumerate();
        let aliases =
            aliases.flat_map(|(at, container)| container.aliases.iter().map(move |alias| (alias, at)));
        for (name, at) in ids.chain(aliases) {
            names.entry(name.clone()).or_insert(at);
        }
        Self { all, names, unread: 0 }
    }

    /// Every container, in the order of the list.
    pub fn all(&self) -> &[Container] {
        &self.all
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// By id or any alias; where several share an alias, the first of the list.
    pub fn find(&self, key: &str) -> Option<&Container> {
        self.names.get(key).and_then(|at| self.all.get(*at))
    }

    /// What to call the container that `key` names, where it is known.
    pub fn label_of(&self, key: &str) -> Option<&str> {
        self.find(key).map(|container| container.label.as_str())
    }

    /// What to call a key of `detailed_status`: the name, `name · region`, or the key itself.
    pub fn describe(&self, containers: &Containers, key: &str) -> String {
        if let Some(label) = self.label_of(key) {
            return label.to_string();
        }
        let Some((account, region)) = account_and_region(containers, key) else { return key.to_string() };
        let mut found = self.in_account(account, region);
        match (found.next(), found.next()) {
            (Some(only), None) => [&only.label, " · ", region].concat(),
            // Several of one account cannot be told apart by the key.
            _ => key.to_string(),
        }
    }

    /// The containers of an account that offer a region, or do not say what they offer.
    pub fn in_account<'a>(
        &'a self,
        account: &'a str,
        region: &'a str,
    ) -> impl Iterator<Item = &'a Container> {
        self.all.iter().filter(move |container| {
            container.account == account
                && (container.regions.is_empty() || container.regions.iter().any(|offered| offered == region))
        })
    }
}

/// The parts of a key `<account>/<region>`, where the list has accounts.
pub fn account_and_region<'a>(containers: &Containers, key: &'a str) -> Option<(&'a str, &'a str)> {
    containers.account?;
    key.split_once('/').filter(|(account, region)| !account.is_empty() && !region.is_empty())
}
