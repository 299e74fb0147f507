//! The families of key sources, which the server has only with an option.

use emulator::families::{KEY_SOURCE_LISTS, KEY_SOURCES};
use serde_json::{Value, json};

use crate::support::{Emulator, root};

#[tokio::test]
async fn without_the_option_their_paths_are_unknown() {
    let emulator = Emulator::new(&[]);
    for family in &KEY_SOURCES {
        emulator.get(&root(family.slug)).await.expect(404);
    }
    for list in KEY_SOURCE_LISTS {
        emulator.get(&format!("/api/v1/cckm/{}", list.path)).await.expect(404);
    }
}

#[tokio::test]
async fn with_the_option_they_have_containers_and_a_history_without_a_filter() {
    let emulator = Emulator::new(&["--key-sources"]);
    for family in &KEY_SOURCES {
        let containers = emulator.get(&format!("/api/v1/cckm/{}", family.containers.path)).await.expect(200);
        let id = containers["resources"][0]["id"].as_str().expect("an id").to_owned();
        let all = emulator.jobs(family.slug, "").await.expect(200);
        assert!(all["total"].as_u64() > Some(10), "{}", family.slug);
        // No filter is documented, so that an unknown parameter changes nothing.
        let filtered = emulator.jobs(family.slug, &format!("{}={id}", family.selector)).await.expect(200);
        assert_eq!(filtered["total"], all["total"], "{}", family.slug);

        let started =
            emulator.post(&root(family.slug), json!({family.selector: [id.clone()]})).await.expect(201);
        assert_eq!(started[family.job_field], json!([id]), "{}", family.slug);
        assert_eq!(started["cloud"], family.cloud);
    }
}

#[tokio::test]
async fn the_other_data_are_the_same_with_and_without_them() {
    let (without, with) = (Emulator::new(&[]), Emulator::new(&["--key-sources"]));
    let jobs = |answer: Value| answer["resources"].clone();
    for slug in ["aws", "salesforce-certificates"] {
        let (without, with) = (without.jobs(slug, "limit=-1").await, with.jobs(slug, "limit=-1").await);
        assert_eq!(jobs(without.json()), jobs(with.json()), "{slug}");
    }
}
