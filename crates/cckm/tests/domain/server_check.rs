//! Server check: what is asked, what is found, and that a report holds no name and no secret.

use cckm::family::by_slug;
use cckm::server_check::{Answer, Check, Place, Severity};

/// What stands in the answers and must not stand in a report without names.
const NAMES: &[&str] = &[
    "alice",
    "payments",
    "cm-7.example.com",
    "prod-ring",
    "sync_kind",
    "0f6c1a2e",
    "5551234567",
    "s3cret-token",
];

fn answer(status: u16, body: &str) -> Answer {
    let headers = [("Date", "Sun, 01 Mar 2026 12:00:00 GMT"), ("Cache-Control", "no-store")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let sent = 1_772_366_400_000;
    Answer { status, headers, body: body.to_owned(), sent, received: sent + 20, ..Answer::default() }
}

/// Answers as a server with these names does, and with `sort` as `sorts` says.
fn answered(place: Place, path: &str, sorts: bool) -> Answer {
    let job = |id: &str, time: &str| {
        format!(
            r#"{{"id":"{id}","account":"kylo:5551234567","createdAt":"{time}","overall_status":"paused by alice","sync_kind":1,
            "key_rings":["prod-ring"],"detailed_status":{{"prod-ring":"prod-ring processed with s3cret-token"}}}}"#
        )
    };
    let (old, new) = (job("0f6c1a2e-1", "2026-02-01T00:00:00Z"), job("0f6c1a2e-2", "2026-02-02T00:00:00Z"));
    let list =
        |jobs: &[&str]| format!(r#"{{"skip":0,"limit":10,"total":2,"resources":[{}]}}"#, jobs.join(","));
    match (place, path.split('?').next().unwrap_or_default()) {
        (Place::Page, _) => answer(404, "<html>payments"),
        (_, "/auth/self/user") => answer(200, r#"{"username":"alice","current_domain":{"name":"payments"}}"#),
        (_, "/system/info") => answer(200, r#"{"name":"cm-7.example.com","version":"2.22.0+15632"}"#),
        (_, "/licensing/features/") => {
            answer(403, r#"{"codeDesc":"NCERRInsufficientPermissions","message":"not alice"}"#)
        }
        (_, "/cckm/google/synchronization-jobs") => match path {
            _ if path.contains("limit=1") && !path.contains("1000") => answer(200, &list(&[&old])),
            _ if path.contains("sort") && !sorts => {
                answer(400, r#"{"codeDesc":"NCERRBadRequest","message":"sort"}"#)
            }
            _ if path.contains("sort=-") => answer(200, &list(&[&new, &old])),
            _ => answer(200, &list(&[&old, &new])),
        },
        (_, "/cckm/google/key-rings") => answer(
            200,
            r#"{"skip":0,"limit":1,"total":1,"resources":[{"id":"0f6c1a2e","name":"prod-ring"}]}"#,
        ),
        _ => answer(404, r#"{"codeDesc":"NCERRResourceNotFound","message":"no such path"}"#),
    }
}

fn checked(sorts: bool) -> (Check, Vec<String>) {
    let mut check = Check::new(&[by_slug("google").expect("a family")]);
    let mut asked = Vec::new();
    while let Some(ask) = check.next().cloned() {
        check.take(&answered(ask.place, &ask.path, sorts));
        asked.push(ask.path);
    }
    (check, asked)
}

#[test]
fn one_thing_is_asked_after_the_other() {
    let (check, asked) = checked(true);
    assert_eq!(
        asked,
        [
            "/auth/self/user",
            "/system/info",
            "/licensing/features/",
            "/cckm/google/synchronization-jobs?limit=1",
            "/cckm/google/synchronization-jobs?sort=-createdAt&limit=1000",
            "/cckm/google/synchronization-jobs?sort=createdAt&limit=2",
            "/cckm/google/key-rings?limit=1",
            "/scheduler/job-configs?limit=1",
            "",
        ]
    );
    assert_eq!(check.progress(), (9, 9));
}

#[test]
fn a_report_has_names_only_if_they_are_wanted() {
    let (check, _) = checked(true);
    for shown in [check.report().text(false), check.report().json(false).to_string()] {
        for name in NAMES {
            assert!(!shown.contains(name), "{name} stands in {shown}");
        }
        assert!(shown.contains("2.22.0+15632") && shown.contains("a_a (9 characters)"), "{shown}");
    }
    let named = check.report().text(true);
    assert!(
        ["alice", "payments", "cm-7.example.com", "prod-ring", "sync_kind"]
            .iter()
            .all(|name| named.contains(name)),
        "{named}"
    );
}

#[test]
fn a_server_that_refuses_to_sort_is_asked_without() {
    let found = |sorts: bool| {
        let (check, _) = checked(sorts);
        check.report().text(false).lines().find(|line| line.contains("sorting")).map(str::to_owned)
    };
    assert_eq!(found(true).as_deref(), Some("  [Fine] Google Cloud keys, sorting: The server sorts"));
    assert!(found(false).is_some_and(|line| line.contains("HTTP 400")));
}

#[test]
fn what_is_not_known_is_not_fine() {
    let mut check = Check::new(&[by_slug("aws").expect("a family")]);
    while check.next().is_some() {
        check.take(&Answer::lost("prod-ring"));
    }
    assert!(check.findings().iter().all(|finding| !finding.is_fine()));
    assert!(!check.report().is_without_problem());
    assert!(!check.report().text(false).contains("prod-ring"));
    let early = Check::new(&[]);
    assert!(!early.report().is_without_problem(), "nothing was looked at");
}

/// The findings of a check in which `path` is answered so and everything else is lost.
fn found(path: &str, own: &Answer) -> Vec<(String, Severity, String)> {
    let mut check = Check::new(&[by_slug("google").expect("a family")]);
    while let Some(ask) = check.next().cloned() {
        check.take(&if ask.path.split('?').next() == Some(path) { own.clone() } else { Answer::lost("") });
    }
    let each = check.findings().into_iter();
    each.map(|one| (one.what.clone(), one.severity, one.finding.shown(true) + " / " + &one.means)).collect()
}

#[test]
fn what_a_proxy_answers_is_named_as_that() {
    let path = "/cckm/google/synchronization-jobs";
    let page = "<!doctype html><title>Sign in</title> License, Forbidden";
    for (status, body) in [(200, page), (401, page), (403, page), (404, page), (502, page)] {
        let of = found(path, &answer(status, body));
        let (_, severity, said) =
            of.iter().find(|(what, ..)| what == "Google Cloud keys").expect("a finding");
        assert_eq!(*severity, Severity::Problem, "{status}");
        assert!(said.contains("a proxy's page, and no answer of the interface"), "{said}");
        let means = if status == 502 {
            "reached no CipherTrust Manager"
        } else {
            "in place of the CipherTrust Manager"
        };
        assert!(said.contains(means), "{said}");
        assert!(!said.contains("icensed") && !said.contains("this version"), "{said}");
    }
    let of = found(path, &Answer::redirected());
    assert!(
        of.iter()
            .any(|(what, _, said)| what == "Google Cloud keys"
                && said.contains("A redirect to another address"))
    );
}

#[test]
fn a_status_alone_is_not_the_servers_word() {
    let path = "/cckm/google/synchronization-jobs";
    for (status, body, word) in [
        (404, "", Severity::NotKnown),
        (403, "Not allowed", Severity::NotKnown),
        (404, r#"{"codeDesc":"NCERRResourceNotFound","message":"x"}"#, Severity::Note),
        (
            403,
            r#"{"codeDesc":"NCERRInsufficientPermissions","message":"License not installed"}"#,
            Severity::Note,
        ),
        (200, r#"{"jobs":[]}"#, Severity::Problem),
        (200, r#"{"codeDesc":"NCERRConflict","message":"x"}"#, Severity::Problem),
        (500, r#"{"codeDesc":"NCERRInternalServerError","message":"x"}"#, Severity::Problem),
    ] {
        let of = found(path, &answer(status, body));
        let (_, severity, said) =
            of.iter().find(|(what, ..)| what == "Google Cloud keys").expect("a finding");
        assert_eq!(*severity, word, "{status} {body}: {said}");
    }
    let of = found(path, &answer(404, "{}"));
    assert!(of.iter().any(|(what, severity, _)| what == "All families" && *severity == Severity::Problem));
}

#[test]
fn a_page_is_only_as_large_as_it_was_seen() {
    let list = |total: usize, sent: usize| {
        let jobs = vec![r#"{"id":"1","createdAt":"2026-01-01T00:00:00Z"}"#; sent].join(",");
        answer(200, &format!(r#"{{"skip":0,"limit":1000,"total":{total},"resources":[{jobs}]}}"#))
    };
    for (total, sent, severity) in [
        (3, 3, Severity::NotKnown),
        (999, 999, Severity::NotKnown),
        (1200, 1000, Severity::Fine),
        (1200, 500, Severity::Note),
    ] {
        let of = found("/cckm/google/synchronization-jobs", &list(total, sent));
        let size = of.iter().find(|(what, ..)| what.ends_with("page size")).expect("a finding");
        assert_eq!(size.1, severity, "{size:?}");
    }
}

#[test]
fn a_version_is_never_fine() {
    for (version, severity) in [
        ("2.22.0+15632", Severity::Note),
        ("2.23.0", Severity::NotKnown),
        ("3.1", Severity::NotKnown),
        ("new", Severity::NotKnown),
    ] {
        let of = found("/system/info", &answer(200, &format!(r#"{{"version":"{version}"}}"#)));
        let server = of.iter().find(|(what, ..)| what == "Server").expect("a finding");
        assert_eq!(server.1, severity, "{server:?}");
    }
}

#[test]
fn a_secret_that_a_server_repeats_is_left_out() {
    let own = answer(403, r#"{"codeDesc":"NCERRUnauthorizedAccess","message":"eyJ.abc is wrong"}"#)
        .without(&["eyJ.abc", ""]);
    let of = found("/auth/self/user", &own);
    assert!(of.iter().all(|(.., said)| !said.contains("eyJ.abc")), "{of:?}");
}

#[test]
fn the_hosted_service_may_refuse_the_licenses() {
    let (check, _) = checked(true);
    let licenses = check.findings().into_iter().find(|finding| finding.what == "Licenses");
    assert_eq!(licenses.map(|finding| finding.severity), Some(Severity::Note));
}
