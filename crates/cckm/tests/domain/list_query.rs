//! The query parameters of every family's list.

use crate::{family, strings};
use cckm::family::FAMILIES;
use cckm::filter::{Sort, Status};
use cckm::list_query::{encode, filter, segment, window};

#[test]
fn every_family_is_asked_by_its_own_filter() {
    for family in FAMILIES {
        let narrowed = filter(family, Some(Status::InProgress), "a&b", &strings(&["one", "two/three four"]));
        let by = Some(Sort { field: "updatedAt", descending: false });
        let containers =
            family.filter.map(|name| format!("&{name}=one&{name}=two%2Fthree+four")).unwrap_or_default();
        assert_eq!(
            encode(&window(20, 10, by, &narrowed)),
            format!("skip=20&limit=10&sort=updatedAt&overall_status=in_progress&id=a%26b{containers}")
        );
    }
}

#[test]
fn statuses_are_sent_as_documented() {
    for (status, value) in
        [(Status::InProgress, "in_progress"), (Status::Completed, "completed"), (Status::Failed, "failed")]
    {
        let query = filter(family("sap"), Some(status), "", &[]);
        assert_eq!(query, [("overall_status".to_string(), value.to_string())]);
    }
}

#[test]
fn nothing_empty_is_sent() {
    for family in FAMILIES {
        let query = window(0, 25, None, &filter(family, None, "", &[]));
        assert_eq!(encode(&query), "skip=0&limit=25");
    }
}

#[test]
fn the_newest_of_a_family_are_requested() {
    let filter = filter(family("oci"), Some(Status::Failed), "3bbe", &[]);
    let encoded = |sort| encode(&window(100, 50, sort, &filter));
    assert_eq!(
        encoded(Some(Sort::NEWEST)),
        "skip=100&limit=50&sort=-createdAt&overall_status=failed&id=3bbe"
    );
    assert_eq!(encoded(None), "skip=100&limit=50&overall_status=failed&id=3bbe");
}

#[test]
fn a_word_of_a_path_is_one_word() {
    assert_eq!(segment("afef70ff-311e-46c1"), "afef70ff-311e-46c1");
    assert_eq!(segment("a/b c+d?e#f%é"), "a%2Fb%20c%2Bd%3Fe%23f%25%C3%A9");
    // Browsers resolve both `..` and `%2E%2E` as the parent folder.
    assert_eq!(segment(".."), "%252E%252E");
    assert_eq!(segment("."), "%252E");
    assert_eq!(segment("a.b"), "a.b");
}
