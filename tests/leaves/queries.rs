//! The questions put to every family's list.

use crate::{family, strings};
use key_sync::families::FAMILIES;
use key_sync::list_query::{encode, filter, list, segment, window};
use key_sync::route::{Route, Sort, Status};

#[test]
fn a_bare_route_asks_for_the_newest_page() {
    for family in FAMILIES {
        let route = Route::of(family);
        assert_eq!(encode(&list(family, &route)), "skip=0&limit=25&sort=-createdAt");
        assert_eq!(encode(&list(family, &route.with_page(2))), "skip=25&limit=25&sort=-createdAt");
    }
}

#[test]
fn every_family_is_asked_by_its_own_filter() {
    for family in FAMILIES {
        let route = Route {
            status: Some(Status::InProgress),
            id: "a&b".into(),
            containers: strings(&["one", "two/three four"]),
            page: 3,
            rows: 10,
            sort: Sort { field: "updatedAt", descending: false },
            ..Route::of(family)
        };
        let filter = family.filter;
        assert_eq!(
            encode(&list(family, &route)),
            format!(
                "skip=20&limit=10&sort=updatedAt&overall_status=in_progress&id=a%26b&{filter}=one&{filter}=two%2Fthree+four"
            )
        );
    }
}

#[test]
fn statuses_are_sent_as_documented() {
    for (status, value) in
        [(Status::InProgress, "in_progress"), (Status::Completed, "completed"), (Status::Failed, "failed")]
    {
        let query = list(family("sap"), &Route::of(family("sap")).with_status(Some(status)));
        assert!(query.contains(&("overall_status".to_string(), value.to_string())));
    }
}

#[test]
fn nothing_empty_is_sent() {
    for family in FAMILIES {
        for query in [list(family, &Route::of(family)), window(0, 25, None, &filter(family, None, "", &[]))] {
            assert!(query.iter().all(|(name, value)| !name.is_empty() && !value.is_empty()));
        }
    }
}

#[test]
fn the_newest_of_a_family_are_asked_for() {
    let filter = filter(family("oci"), Some(Status::Failed), "3bbe", &[]);
    let ask = |sort| encode(&window(100, 50, sort, &filter));
    assert_eq!(ask(Some(Sort::NEWEST)), "skip=100&limit=50&sort=-createdAt&overall_status=failed&id=3bbe");
    assert_eq!(ask(None), "skip=100&limit=50&overall_status=failed&id=3bbe");
}

#[test]
fn a_word_of_a_path_is_one_word() {
    assert_eq!(segment("afef70ff-311e-46c1"), "afef70ff-311e-46c1");
    assert_eq!(segment("a/b c+d?e#f%é"), "a%2Fb%20c%2Bd%3Fe%23f%25%C3%A9");
    // A browser takes `..` and `%2E%2E` for a step upwards.
    assert_eq!(segment(".."), "%252E%252E");
    assert_eq!(segment("."), "%252E");
    assert_eq!(segment("a.b"), "a.b");
}
