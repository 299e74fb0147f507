//! The table of families: complete, alone in knowing clouds by name, and known to the browser tests.

use crate::project;
use crate::source::{File, files};
use key_sync::families::{FAMILIES, Family, by_slug, clouds, of_cloud};
use serde_json::{Value, json};

/// The documented names of every family, written down once more: slug, root, filter, selector, job field, regions.
const DOCUMENTED: &[(&str, &str, &str, &str, &str, bool)] = &[
    ("aws", "aws/synchronization-jobs", "kms", "kms", "kms", true),
    ("aws-custom-key-stores", "aws/custom-key-stores/synchronization-jobs", "kms", "kms", "kms", true),
    ("azure", "azure/synchronization-jobs", "key_vaults", "key_vaults", "key_vaults", false),
    (
        "azure-certificates",
        "azure/certificates/synchronization-jobs",
        "key_vaults",
        "key_vaults",
        "key_vaults",
        false,
    ),
    ("azure-secrets", "azure/secrets/synchronization-jobs", "key_vaults", "key_vaults", "key_vaults", false),
    ("google", "google/synchronization-jobs", "key_rings", "key_rings", "key_rings", false),
    ("oci", "oci/synchronization-jobs", "vaults", "vaults", "vaults", false),
    ("sap", "sap/synchronization-jobs", "groups", "groups", "groups", false),
    ("salesforce", "sfdc/keys/synchronization-jobs", "organizations", "organization_ids", "kms", false),
    (
        "salesforce-certificates",
        "sfdc/certificates/synchronization-jobs",
        "organizations",
        "organization_ids",
        "kms",
        false,
    ),
];

#[test]
fn every_documented_family_is_a_row() {
    assert_eq!(FAMILIES.len(), DOCUMENTED.len());
    for (family, (slug, root, filter, selector, job_field, regions)) in FAMILIES.iter().zip(DOCUMENTED) {
        assert_eq!(family.slug, *slug);
        assert_eq!(family.root, format!("/cckm/{root}"), "{slug}");
        assert_eq!(family.filter, *filter, "{slug}");
        assert_eq!(family.selector, *selector, "{slug}");
        assert_eq!(family.job_field, *job_field, "{slug}");
        assert_eq!(family.regions.is_some(), *regions, "{slug}");
        assert_eq!(family.containers.regions.is_some(), *regions, "{slug}");
    }
}

#[test]
fn every_row_is_filled() {
    for family in FAMILIES {
        let slug = family.slug;
        let list = family.containers;
        let texts = [
            slug,
            family.cloud,
            family.scope,
            family.root,
            family.filter,
            family.selector,
            family.job_field,
            family.filter_by,
            list.path,
            list.title,
            list.many,
            list.one,
        ];
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{slug} has an empty column");
        for names in [list.label, list.aliases, list.facts] {
            assert!(!names.is_empty() && names.iter().all(|name| !name.is_empty()), "{slug}");
        }
        assert!(family.filter_by == "id" || list.label.contains(&family.filter_by), "{slug}");
        assert!(family.switches.iter().all(|s| !s.field.is_empty() && !s.label.is_empty()), "{slug}");
        assert!(family.notes.iter().all(|note| note.ends_with('.')), "{slug}: a note is a sentence");
        assert!(family.root.starts_with("/cckm/") && list.path.starts_with("/cckm/"), "{slug}");
        assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{slug} needs encoding");
        assert!(family.title().starts_with(family.cloud), "{slug}");
    }
}

#[test]
fn slugs_roots_and_scopes_are_unique() {
    for (at, family) in FAMILIES.iter().enumerate() {
        for other in &FAMILIES[..at] {
            assert_ne!(family.slug, other.slug);
            assert_ne!(family.root, other.root);
            assert!(family.cloud != other.cloud || family.scope != other.scope, "{}", family.slug);
            assert!(family != other);
        }
        assert!(by_slug(family.slug).is_some_and(|found| found == family));
    }
    assert!(by_slug("all").is_none() && by_slug("").is_none() && by_slug("AWS").is_none());
}

#[test]
fn clouds_come_once_in_the_order_of_the_navigation() {
    let all: Vec<_> = clouds().collect();
    assert_eq!(all, ["AWS", "Azure", "Google Cloud", "OCI", "SAP", "Salesforce"]);
    let scopes = |cloud| of_cloud(cloud).map(|family| family.scope).collect::<Vec<_>>();
    assert_eq!(scopes("AWS"), ["Keys", "Custom key stores"]);
    assert_eq!(scopes("Azure"), ["Keys", "Certificates", "Secrets"]);
    assert_eq!(scopes("Salesforce"), ["Tenant secrets", "Certificates"]);
    assert_eq!(scopes("SAP"), ["Keys"]);
    assert_eq!(of_cloud("Nimbus").count(), 0);
    // Grouped: what `clouds` and the families agree on.
    let regrouped: Vec<_> = clouds().flat_map(of_cloud).map(|family| family.slug).collect();
    assert_eq!(regrouped, FAMILIES.iter().map(|family| family.slug).collect::<Vec<_>>());
}

/// An English or foreign word that a file needs although a family has a field of that name.
const ALLOWED: &[(&str, &str)] = &[
    // The claim of a token is called so.
    ("model/session.rs", "groups"),
];

#[test]
fn nothing_else_knows_a_cloud() {
    let mut names = vec![String::from("gcp")];
    let mut fields = Vec::new();
    for family in FAMILIES {
        let first = |text: &str, mark| text.split(mark).next().unwrap_or_default().to_ascii_lowercase();
        names.push(first(family.cloud, ' '));
        names.push(first(family.slug, '-'));
        names.push(family.root.split('/').nth(2).expect("a cloud in the root").to_string());
        fields.extend([family.slug, family.root, family.filter, family.selector, family.job_field]);
        fields.extend([family.containers.path, family.containers.title]);
        fields.extend(family.switches.iter().map(|switch| switch.field));
        fields.extend(family.containers.account);
    }
    let mut found = Vec::new();
    // The guide to errors quotes the clouds; that is its data, and nothing behaves differently by it.
    let tables = ["families.rs", "error_guide.rs"];
    for file in files().iter().filter(|file| !tables.contains(&file.path.as_str())) {
        let literal_words = file.literals.iter().flat_map(|literal| parts(literal));
        let code_words = file.words().flat_map(parts);
        for word in literal_words.chain(code_words) {
            if names.contains(&word) {
                found.push(format!("src/{} names {word}", file.path));
            }
        }
        for literal in &file.literals {
            if fields.contains(&literal.as_str()) && !ALLOWED.contains(&(&file.path, literal)) {
                found.push(format!("src/{} holds \"{literal}\"", file.path));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
    for (path, literal) in ALLOWED {
        let needed = |file: &File| file.path == *path && file.literals.iter().any(|held| held == literal);
        assert!(files().iter().any(needed), "{path} no longer needs {literal}");
    }
}

/// The words of a text or identifier, in lower case: `AwsRegion` and `aws_region` are both `aws`, `region`.
fn parts(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower = false;
    for c in text.chars() {
        if !c.is_alphanumeric() || (lower && c.is_uppercase()) {
            words.push(String::new());
        }
        lower = c.is_lowercase();
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.push(c.to_ascii_lowercase());
        }
    }
    words
}

#[test]
fn words_are_taken_apart() {
    assert_eq!(parts("AwsRegion"), ["aws", "region"]);
    assert_eq!(parts("aws_region"), ["aws", "region"]);
    assert_eq!(parts("laws"), ["laws"]);
}

fn as_json(family: &Family) -> Value {
    let switches: Vec<_> =
        family.switches.iter().map(|switch| json!({"field": switch.field, "label": switch.label})).collect();
    json!({
        "slug": family.slug,
        "cloud": family.cloud,
        "scope": family.scope,
        "root": family.root,
        "filter": family.filter,
        "selector": family.selector,
        "jobField": family.job_field,
        "containersPath": family.containers.path,
        "title": family.containers.title,
        "many": family.containers.many,
        "one": family.containers.one,
        "regions": family.regions.is_some(),
        "filterBy": family.filter_by,
        "switches": switches,
    })
}

#[test]
fn the_browser_tests_have_the_same_table() {
    let path = project("end2end/families.json");
    let table = Value::Array(FAMILIES.iter().map(as_json).collect());
    if std::env::var_os("UPDATE").is_some() {
        let text = serde_json::to_string_pretty(&table).expect("a table is JSON");
        std::fs::write(&path, text + "\n").expect("end2end/families.json can be written");
    }
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    let held: Value = serde_json::from_str(&held).unwrap_or_default();
    assert!(
        held == table,
        "end2end/families.json is old: run `UPDATE=1 cargo test -p key-sync --test leaves`"
    );
}
