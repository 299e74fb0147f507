//! The icons: every name that a view uses exists.

use super::{project, source};
use cckm::history::OUTCOMES;
use key_sync::components::controls::icon::path;

#[test]
fn each_outcome_has_an_icon_of_its_own() {
    let mut all: Vec<_> = OUTCOMES.iter().map(|outcome| path(outcome.class())).collect();
    assert!(all.iter().all(|path| path.starts_with('M')));
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), OUTCOMES.len());
}

#[test]
fn what_a_view_names_is_there() {
    let files = source::files();
    let mut named = 0;
    for file in files.iter().filter(|file| source::is_view(&file.path)) {
        for after in file.text.split("<Icon name=\"").skip(1) {
            let name = after.split('"').next().unwrap_or_default();
            assert!(!path(name).is_empty(), "{}: there is no icon {name}", file.path);
            named += 1;
        }
    }
    assert!(named > 20, "the views were not found");
}

#[test]
fn the_pages_own_form_has_the_brand() {
    let page = std::fs::read_to_string(project("index.html")).expect("the page");
    assert!(page.contains(&format!("<path d=\"{}\"></path>", path("brand"))));
}
