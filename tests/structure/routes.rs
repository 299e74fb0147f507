//! Routes: parsing, formatting, and the round trip.

use super::{family, strings};
use cckm::family::FAMILIES;
use cckm::filter::{Sort, Status, Within};
use cckm::outcome::Outcome;
use key_sync::routing::columns::Columns;
use key_sync::routing::route::{DEPTH_MOST, Route, View};
use proptest::prelude::*;

const UPDATED: Sort = Sort { field: "updatedAt", descending: true };
const OLDEST: Sort = Sort { field: "createdAt", descending: false };

/// Addresses in their canonical form, with the routes that they stand for.
fn table() -> Vec<(&'static str, Route)> {
    let aws = || Route::of(family("aws"));
    let ring = "projects/p/locations/global/keyRings/r";
    vec![
        ("#/all", Route::default()),
        ("#/all?depth=2", Route { depth: 2, ..Route::default() }),
        (
            "#/all?status=failed&id=3bbe&depth=3",
            Route { status: Some(Status::Failed), id: "3bbe".into(), depth: 3, ..Route::default() },
        ),
        (
            "#/all/sap/bf27cde1?status=completed",
            Route {
                job: Some((family("sap"), "bf27cde1".into())),
                status: Some(Status::Completed),
                ..Route::default()
            },
        ),
        (
            "#/all?outcome=failed,completed-with-errors&within=24h",
            Route {
                outcomes: vec![Outcome::Failed, Outcome::CompletedWithErrors],
                within: Within::parse("24h"),
                ..Route::default()
            },
        ),
        ("#/all?within=7d", Route { within: Within::parse("7d"), ..Route::default() }),
        (
            "#/all?columns=outcome,cloud,started:120,job",
            Route { columns: Columns::parse("outcome,cloud,started:120,job", None).0, ..Route::default() },
        ),
        (
            "#/aws?status=failed&rows=100&columns=default",
            Route {
                status: Some(Status::Failed),
                rows: 100,
                columns: Some(Columns::standard(false)),
                ..aws()
            },
        ),
        ("#/outdated", Route::new(View::Outdated)),
        ("#/check", Route::new(View::Check)),
        ("#/outdated?depth=2&days=30", Route { depth: 2, days: 30, ..Route::new(View::Outdated) }),
        ("#/aws", aws()),
        ("#/aws/afef70ff-311e", Route { job: Some((family("aws"), "afef70ff-311e".into())), ..aws() }),
        (
            "#/aws?status=in_progress&kms=a&kms=b&page=2",
            Route { status: Some(Status::InProgress), containers: strings(&["a", "b"]), page: 2, ..aws() },
        ),
        ("#/aws?rows=100&sort=createdAt", Route { rows: 100, sort: OLDEST, ..aws() }),
        ("#/aws?rows=7&sort=-updatedAt", Route { rows: 7, sort: UPDATED, ..aws() }),
        (
            "#/azure-secrets?key_vaults=v",
            Route { containers: strings(&["v"]), ..Route::of(family("azure-secrets")) },
        ),
        (
            "#/google?key_rings=projects%2Fp%2Flocations%2Fglobal%2FkeyRings%2Fr",
            Route { containers: strings(&[ring]), ..Route::of(family("google")) },
        ),
        (
            "#/salesforce?id=a+b%26c%3Dd%2523&organizations=%C3%A9",
            Route {
                id: "a b&c=d%23".into(), containers: strings(&["é"]), ..Route::of(family("salesforce"))
            },
        ),
        (
            "#/sap/a%2Fb%3Fc%26d%3De%23f+g%25",
            Route { job: Some((family("sap"), "a/b?c&d=e#f g%".into())), ..Route::of(family("sap")) },
        ),
        ("#/attention?depth=2", Route { depth: 2, ..Route::new(View::Attention) }),
        (
            "#/attention/sap/bf27cde1",
            Route { job: Some((family("sap"), "bf27cde1".into())), ..Route::new(View::Attention) },
        ),
        ("#/freshness/aws", Route::new(View::Freshness(family("aws")))),
        (
            "#/freshness/google?depth=3&days=30",
            Route { depth: 3, days: 30, ..Route::new(View::Freshness(family("google"))) },
        ),
        ("#/history/oci?depth=2", Route { depth: 2, ..Route::new(View::History(family("oci"))) }),
        ("#/schedules", Route::new(View::AllSchedules)),
        ("#/schedules/-/a%2Fb", Route { schedule: Some("a/b".into()), ..Route::new(View::AllSchedules) }),
        (
            "#/schedules/oci/5c4e?days=30",
            Route { schedule: Some("5c4e".into()), days: 30, ..Route::new(View::Schedules(family("oci"))) },
        ),
        ("#/nimbus", Route::new(View::Unknown("nimbus".into()))),
        ("#/%3Cb%3E", Route::new(View::Unknown("<b>".into()))),
    ]
}

#[test]
fn addresses_are_read_and_written() {
    for (address, route) in table() {
        assert!(Route::parse(address) == route, "{address} is read as {}", Route::parse(address).hash());
        assert_eq!(route.hash(), address);
    }
}

#[test]
fn every_family_has_an_address() {
    for family in FAMILIES {
        let value = if family.filter.is_some() { strings(&["a b", "c/d"]) } else { Vec::new() };
        let route = Route::of(family).with_containers(value).with_job(family, "j");
        let filter = family.filter.map(|name| format!("?{name}=a+b&{name}=c%2Fd")).unwrap_or_default();
        let address = format!("#/{}/j{filter}", family.slug);
        assert_eq!(route.hash(), address);
        assert!(Route::parse(&address) == route);
        let in_all_clouds = Route::default().with_job(family, "j");
        assert_eq!(in_all_clouds.hash(), format!("#/all/{}/j", family.slug));
        assert!(Route::parse(&in_all_clouds.hash()) == in_all_clouds);
    }
}

#[test]
fn other_forms_of_an_address_mean_the_same() {
    let same = [
        ("", "#/all"),
        ("#", "#/all"),
        ("#/", "#/all"),
        ("#/all/", "#/all"),
        // A link to an element, not an address of the panel.
        ("#main", "#/all"),
        ("#aws", "#/all"),
        ("#/aws/", "#/aws"),
        ("#//aws//j", "#/aws/j"),
        ("#/aws/j/more", "#/aws/j"),
        ("#/all/aws", "#/all"),
        ("#/aws?", "#/aws"),
        ("#/aws?&&&", "#/aws"),
        ("#/%61ws", "#/aws"),
        ("#/aws?page=1&rows=25&sort=-createdAt&status=&id=", "#/aws"),
        ("#/aws?kms=a&kms=&kms=a", "#/aws?kms=a"),
        ("#/aws?id=%20x%20", "#/aws?id=x"),
        ("#/aws?id=a%20b", "#/aws?id=a+b"),
        ("#/aws?page=2&status=failed", "#/aws?status=failed&page=2"),
        ("#/freshness/aws/j?days=7&page=2", "#/freshness/aws"),
        ("#/history/aws?days=30", "#/history/aws"),
        ("#/attention/aws", "#/attention"),
        ("#/freshness/nimbus", "#/nimbus"),
        // Another family's filter, and an unknown parameter.
        ("#/aws?key_rings=r&colour=blue&KMS=a", "#/aws"),
        // Parameters that only apply to the other kind of view.
        ("#/all?page=3&rows=50&kms=a&sort=createdAt", "#/all"),
        ("#/aws?depth=4", "#/aws"),
        ("#/all?within=48h&outcome=", "#/all?within=2d"),
        ("#/all?columns=started", "#/all?columns=outcome,started,job"),
        ("#/aws?columns=outcome,containers,started,duration,job", "#/aws?columns=default"),
        ("#/history/aws?columns=job", "#/history/aws"),
        ("#/aws?page=2?x", "#/aws"),
    ];
    for (address, canonical) in same {
        assert_eq!(Route::parse(address).hash(), canonical, "{address}");
    }
    for (address, _) in &same[..same.len() - 1] {
        assert_eq!(Route::parse(address).problems, Vec::<String>::new(), "{address}");
    }
}

#[test]
fn wrong_values_fall_to_the_default_and_are_named() {
    let wrong = [
        ("#/aws?page=0", "page"),
        ("#/aws?page=-1", "page"),
        ("#/aws?page=two", "page"),
        ("#/aws?page=99999999999999999999", "page"),
        ("#/aws?page=18446744073709551615", "page"),
        ("#/aws?rows=0", "rows"),
        ("#/aws?rows=1001", "rows"),
        ("#/aws?rows=", "rows"),
        ("#/aws?status=cancelled", "status"),
        ("#/aws?status=In+progress", "status"),
        ("#/aws?sort=cloud", "sort"),
        ("#/aws?sort=--createdAt", "sort"),
        ("#/all?depth=0", "depth"),
        ("#/all?depth=1000000", "depth"),
        ("#/all?outcome=failed,done", "outcome"),
        // The server pages the lists of families, and knows no outcomes.
        ("#/aws?outcome=failed", "outcome"),
        ("#/aws?within=24h", "within"),
        ("#/all?within=24", "within"),
        ("#/all?within=0h", "within"),
        ("#/all?within=400d", "within"),
        ("#/all?columns=", "columns"),
        ("#/aws?columns=cloud", "column"),
        ("#/freshness/aws?days=0", "days"),
        ("#/freshness/aws?days=soon", "days"),
        ("#/attention/nimbus/j", "nimbus"),
        ("#/all/nimbus/j", "nimbus"),
    ];
    for (address, part) in wrong {
        let route = Route::parse(address);
        assert_eq!(route.problems.len(), 1, "{address}");
        assert!(route.problems[0].contains(part) && route.problems[0].ends_with('.'), "{:?}", route.problems);
        assert!(!route.hash().contains('?') && route.job.is_none(), "{address}");
        // The next route does not report the problems of the old address.
        assert!(route.with_page(1).problems.is_empty());
    }
    assert!(Route::parse("#/aws?page=0&rows=0&status=x&kms=a").problems.len() == 3);
}

#[test]
fn a_column_that_a_list_does_not_have_is_named_and_left_out() {
    let route = Route::parse("#/aws?columns=outcome,colour,cloud,ended,job");
    assert_eq!(route.hash(), "#/aws?columns=outcome,ended,job");
    assert_eq!(route.problems.len(), 2);
    assert!(route.problems[0].contains("colour") && route.problems[1].contains("cloud"));
}

#[test]
fn what_lasts_of_a_view_is_all_but_the_page_and_the_job() {
    let route =
        Route::parse("#/aws/j-1?status=failed&kms=a&page=3&rows=10&sort=createdAt&columns=outcome,job");
    assert_eq!(
        route.lasting().hash(),
        "#/aws?status=failed&kms=a&rows=10&sort=createdAt&columns=outcome,job"
    );
}

#[test]
fn a_changed_filter_returns_to_the_first_page() {
    let route = Route { page: 7, rows: 50, sort: UPDATED, ..Route::of(family("aws")) };
    let changed = [
        route.with_status(Some(Status::Failed)),
        route.with_id(" abc "),
        route.with_containers(strings(&["a"])),
        route.with_sort(OLDEST),
        route.cleared(),
    ];
    for other in &changed {
        assert_eq!((other.page, other.rows), (1, 50));
    }
    assert_eq!(changed[1].id, "abc");
    assert!(changed[..3].iter().all(Route::is_filtered) && !changed[4].is_filtered());
    assert!(changed[4].sort == UPDATED && changed[3].sort == OLDEST);
    assert_eq!(route.with_page(9).page, 9);
    assert_eq!(route.with_page(0).page, 1);
    let open = route.with_job(family("aws"), "j");
    assert!(open.page == 7 && open.job.is_some() && open.without_job() == route);
    assert!(open.with_status(None).job.is_some() && open.cleared().job.is_some());
}

#[test]
fn other_rows_keep_the_first_visible_row() {
    let route = Route { page: 5, ..Route::of(family("aws")) };
    assert_eq!(route.skip(), 100);
    for (rows, page) in [(10, 11), (25, 5), (50, 3), (100, 2), (250, 1), (1000, 1), (7, 15)] {
        let other = route.with_rows(rows);
        assert_eq!((other.rows, other.page), (rows, page));
        assert!((other.skip()..other.skip() + rows).contains(&100), "{rows}");
    }
    assert_eq!(route.with_rows(0).rows, 1);
    assert_eq!(route.with_rows(5000).rows, 1000);
}

#[test]
fn a_job_of_another_family_opens_in_its_own_view() {
    let route = Route { page: 3, containers: strings(&["a"]), ..Route::of(family("aws")) };
    assert_eq!(route.with_job(family("sap"), "j").hash(), "#/sap/j");
    assert_eq!(Route::default().with_job(family("sap"), "j").hash(), "#/all/sap/j");
    assert_eq!(Route::new(View::Unknown("x".into())).with_job(family("sap"), "j").hash(), "#/sap/j");
    assert_eq!(Route::default().with_depth(99_999).depth, DEPTH_MOST);
}

#[test]
fn the_widest_address_does_not_overflow() {
    let route = Route::parse("#/aws?page=1000000000&rows=1000");
    assert_eq!(route.skip(), 999_999_999_000);
    assert_eq!(
        Route::of(family("aws")).with_page(u64::MAX).with_rows(1).hash(),
        "#/aws?page=1000000000&rows=1"
    );
}

#[test]
fn the_links_of_many_jobs_are_the_routes_own() {
    for address in [
        "#/all",
        "#/all?status=failed&depth=2",
        "#/aws?page=3&rows=10",
        "#/aws/x",
        "#/attention",
        "#/history/aws",
    ] {
        let route = Route::parse(address);
        for family in FAMILIES {
            let links = route.job_links(family);
            for id in ["1b2c", "a/b?c=d&e", "ü %"] {
                assert_eq!(links.to(id), route.with_job(family, id).hash(), "{address} {}", family.slug);
            }
        }
    }
}

/// A route whose `Debug` output is its address.
#[derive(Clone)]
struct Shown(Route);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.hash())
    }
}

fn any_route() -> impl Strategy<Value = Shown> {
    let values = proptest::collection::hash_set("[^\\s]([^\u{0}]{0,12}[^\\s])?", 0..4);
    let parts = (0..FAMILIES.len(), any::<bool>(), proptest::option::of("[^\u{0}]{1,20}"), 0..4_usize);
    (parts, "[^\\s]{0,20}", values, 1..5000_u64, 1..=1000_u64, 0..4_usize, 1..=DEPTH_MOST).prop_map(
        |((at, all, job, status), id, values, page, rows, sort, depth)| {
            let family = &FAMILIES[at];
            let status = Status::ALL.get(status).copied();
            let job = job.map(|id| (family, id));
            if all {
                let view = if sort < 2 { View::All } else { View::Attention };
                return Shown(Route { job, status, id, depth, ..Route::new(view) });
            }
            if page % 3 == 0 {
                return Shown(Route { depth, days: rows, ..Route::new(View::Freshness(family)) });
            }
            let sort = Sort { field: ["createdAt", "updatedAt"][sort % 2], descending: sort < 2 };
            let values = values.into_iter().filter(|_| family.filter.is_some());
            let containers = values.map(|value| value.trim().to_string()).collect();
            Shown(Route { job, status, id, containers, page, rows, sort, ..Route::of(family) })
        },
    )
}

proptest! {
    #[test]
    fn every_route_survives_its_address(Shown(route) in any_route()) {
        let address = route.hash();
        prop_assert!(address.starts_with("#/") && address.is_ascii() && !address.contains(' '));
        prop_assert!(Route::parse(&address) == route, "{address} became {}", Route::parse(&address).hash());
    }

    #[test]
    fn no_text_breaks_reading(text in "\\PC*", query in "[a-z=&?%+#/0-9\u{0}\u{ff}]*") {
        for address in [text.clone(), format!("#{text}"), format!("#/{text}?{query}"), format!("#/aws/{query}")] {
            let route = Route::parse(&address);
            // The canonical form of a parsed address is stable.
            prop_assert_eq!(Route::parse(&route.hash()).hash(), route.hash());
        }
    }
}
