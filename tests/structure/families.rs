//! Only the table of families contains the names of clouds, and the browser tests use the same table.

use super::project;
use super::source::files;
use cckm::family::{FAMILIES, Family};
use serde_json::{Value, json};

#[test]
fn nothing_else_knows_a_cloud() {
    let mut names = vec![String::from("gcp")];
    let mut fields = Vec::new();
    for family in FAMILIES {
        let first = |text: &str, mark| text.split(mark).next().unwrap_or_default().to_ascii_lowercase();
        names.push(first(family.cloud, ' '));
        names.push(first(family.slug, '-'));
        names.push(family.root.split('/').nth(2).expect("a cloud in the root").to_string());
        fields.extend([family.slug, family.root, family.selector, family.job_field]);
        fields.extend(family.filter);
        fields.extend([family.containers.path, family.containers.title]);
        fields.extend(family.switches.iter().map(|switch| switch.field));
        fields.extend(family.containers.account);
    }
    let mut found = Vec::new();
    // The guide to errors quotes the names of clouds as data; no behavior depends on them.
    let tables = ["cckm/family.rs", "cckm/family_containers.rs", "cckm/error_guide/table.rs"];
    for file in files().iter().filter(|file| !tables.contains(&file.path.as_str())) {
        let literal_words = file.literals.iter().flat_map(|literal| parts(literal));
        let code_words = file.words().flat_map(parts);
        for word in literal_words.chain(code_words) {
            if names.contains(&word) {
                found.push(format!("src/{} names {word}", file.path));
            }
        }
        for literal in &file.literals {
            // The noun for the domains to sign in to is also the name of a field.
            let noun = file.path == "auth/identity.rs" && literal == "domains";
            if fields.contains(&literal.as_str()) && !noun {
                found.push(format!("src/{} holds \"{literal}\"", file.path));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

/// The words of a text or identifier, in lower case: `AwsRegion` and `aws_region` both contain `aws` and `region`.
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
        "schedule": family.schedule.as_ref().map(|own| json!({"cloudName": own.cloud_name, "selector": own.selector})),
        "optional": family.optional,
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
    assert!(held == table, "end2end/families.json is old: run `UPDATE=1 cargo test -p key-sync`");
}
