//! The table of families is filled and has no duplicates. `crates/emulator/tests/emulator/families.rs` compares it with another
//! table, and `end2end/families.json` is its golden file.

use crate::{fixture, json};
use cckm::decode;
use cckm::family::{FAMILIES, Family, by_slug, clouds, of_cloud};
use cckm::job::Job;
use std::fs;
use std::path::Path;

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
            family.selector,
            family.job_field,
            family.filter_by,
            list.path,
            list.title,
            list.many,
            list.one,
        ];
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{slug} has an empty column");
        assert!(family.filter != Some(""), "{slug} has an empty filter");
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
fn clouds_come_once() {
    let all: Vec<_> = clouds().collect();
    assert!(all.iter().enumerate().all(|(at, cloud)| !all[..at].contains(cloud)), "{all:?}");
    assert_eq!(of_cloud("Nimbus").count(), 0);
    // The table is grouped by cloud: `clouds` and `of_cloud` return its order.
    let regrouped: Vec<_> = clouds().flat_map(of_cloud).map(|family| family.slug).collect();
    assert_eq!(regrouped, FAMILIES.iter().map(|family| family.slug).collect::<Vec<_>>());
}

/// The examples `<slug>_<kind>….json`, with underscores in the slug: family, kind with what follows, and the file's name.
fn examples() -> Vec<(&'static Family, String, String)> {
    let folder =
        fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")).expect("the examples");
    let names = folder.map(|entry| entry.expect("an example").file_name().into_string().expect("a name"));
    let found = names.filter_map(|name| {
        let of = |family: &&Family| {
            Some(name.strip_prefix(&family.slug.replace('-', "_"))?.strip_prefix('_')?.to_owned())
        };
        let family =
            FAMILIES.iter().filter(|family| of(family).is_some()).max_by_key(|family| family.slug.len())?;
        Some((family, of(&family)?, name))
    });
    found.collect()
}

#[test]
fn examples_have_the_names_of_their_rows() {
    let mut tried = 0;
    for (family, kind, name) in examples() {
        let text = fixture(&name);
        let has_containers = |job: &Job| !job.containers(family).is_empty();
        if kind.starts_with("list") {
            let page = decode::list(&text, Job::from_value).expect(&name);
            assert!(page.resources.iter().all(has_containers), "{name}: {}", family.job_field);
        } else if kind.starts_with("get") {
            let id = json(&name)["id"].as_str().expect(&name).to_owned();
            assert!(has_containers(&decode::job(&text, &id).expect(&name)), "{name}: {}", family.job_field);
        } else if kind.starts_with("start_request") {
            let body = json(&name);
            assert!(
                body[family.selector].is_array() || body["synchronize_all"] == true,
                "{name}: {}",
                family.selector
            );
        } else {
            continue;
        }
        tried += 1;
    }
    assert!(tried >= 8, "{tried} examples");
}
