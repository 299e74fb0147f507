//! The ranking of the search over everything.

use cckm::find::{Fit, best, fit, is_like_id, rank};
use proptest::prelude::*;

fn found<'a>(names: &[&'a str], typed: &str) -> Vec<&'a str> {
    let ranked = names.iter().filter_map(|name| Some((rank(&[name], typed)?, *name)));
    best(ranked, 10).into_iter().map(|(_, name)| name).collect()
}

#[test]
fn a_name_fits_in_four_ways() {
    for (name, typed, expected) in [
        ("Keys", "keys", Some(Fit::Whole)),
        ("Keys", "", Some(Fit::Start)),
        ("", "", Some(Fit::Whole)),
        ("Key vaults", "key", Some(Fit::Start)),
        ("prod-key", "key", Some(Fit::Word)),
        ("projects/p/keyRings/ring", "RING", Some(Fit::Word)),
        ("projects/p/keys/ring", "ring", Some(Fit::Word)),
        ("monkey", "key", Some(Fit::Part)),
        // The later place is the better one.
        ("monkey key", "key", Some(Fit::Word)),
        // A letter beyond ASCII is no border of a word.
        ("clékey", "key", Some(Fit::Part)),
        ("key", "keys", None),
        ("مفتاح", "فت", Some(Fit::Part)),
    ] {
        assert_eq!(fit(name, typed), expected, "{typed} in {name}");
    }
}

#[test]
fn the_best_stands_first() {
    let names = ["monkey", "prod-key", "keys of all", "key", "keys"];
    assert_eq!(found(&names, "key"), ["key", "keys", "keys of all", "prod-key", "monkey"]);
    assert_eq!(found(&names, " KEY "), found(&names, "key"));
    assert_eq!(found(&names, "zebra"), Vec::<&str>::new());
    assert_eq!(found(&["b", "a"], ""), ["b", "a"], "their own order");
}

#[test]
fn each_word_has_to_be_there() {
    let names = ["AWS · Keys · History", "AWS · Keys · Freshness", "Azure · Keys · History"];
    assert_eq!(found(&names, "history aws"), ["AWS · Keys · History"]);
    assert_eq!(found(&names, "keys hist"), ["AWS · Keys · History", "Azure · Keys · History"]);
    assert!(rank(&["prod", "id-17"], "prod 17").is_some(), "in different names of one thing");
    assert!(rank(&["prod", "id-17"], "prod 18").is_none());
}

#[test]
fn only_so_many_are_kept() {
    let all = (0..1000).map(|number| format!("key {number:04}")).collect::<Vec<_>>();
    let ranked = all.iter().filter_map(|name| Some((rank(&[name], "key")?, name)));
    let kept = best(ranked, 3);
    assert_eq!(
        kept.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(),
        ["key 0000", "key 0001", "key 0002"]
    );
    assert!(best(std::iter::empty::<(cckm::find::Rank, u8)>(), 3).is_empty());
}

#[test]
fn an_id_is_told_from_words() {
    for (text, is) in [
        ("e1f7a9d2-2b6c-4f0e-8d11-7c3b5a9f4003", true),
        ("0123456789abcdef", true),
        ("0123456789abcde", false),
        ("synchronizations", false),
        ("e1f7a9d2 2b6c 4f0e 8d11", false),
        ("", false),
    ] {
        assert_eq!(is_like_id(text), is, "{text}");
    }
}

proptest! {
    #[test]
    fn what_fits_is_contained(name in "\\PC{0,30}", typed in "\\PC{0,5}") {
        prop_assert_eq!(
            fit(&name, &typed).is_some(),
            name.to_ascii_lowercase().contains(&typed.to_ascii_lowercase())
        );
    }
}
