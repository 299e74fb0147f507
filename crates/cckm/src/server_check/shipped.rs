//! The headers that `deploy/` sends with the page, and what is found where another comes.

use super::ask::Answer;
use super::finding::{Finding, Group, Severity, Text};
use super::headers::Sent;
use super::policy::{self, Policy};

/// A header with one value.
struct Header {
    name: &'static str,
    value: &'static str,
    /// What follows from another value or none.
    otherwise: &'static str,
}

const HEADERS: &[Header] = &[
    Header {
        name: "X-Content-Type-Options",
        value: "nosniff",
        otherwise: "The browser may guess the type of a file. Send nosniff.",
    },
    Header {
        name: "Referrer-Policy",
        value: "no-referrer",
        otherwise: "The address of the panel may reach other sites. Send no-referrer.",
    },
    Header {
        name: "Cross-Origin-Opener-Policy",
        value: "same-origin",
        otherwise: "A site that opens the panel keeps a hold on its window. Send same-origin.",
    },
    Header {
        name: "Cross-Origin-Resource-Policy",
        value: "same-origin",
        otherwise: "Other sites may embed the panel's files. Send same-origin.",
    },
];

/// The features that `deploy/` denies. Of all others only writing to the clipboard is needed.
const DENIED: &[&str] = &[
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "keyboard-map",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "sync-xhr",
    "usb",
    "window-management",
    "xr-spatial-tracking",
];

pub const POLICY: &str = "Content-Security-Policy";
pub const PERMISSIONS: &str = "Permissions-Policy";

/// The headers that a check looks at. A caller may leave all others out of an [`Answer`].
pub const LOOKED_AT: &[&str] = &[
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "access-control-max-age",
    "age",
    "cache-control",
    "content-encoding",
    "content-security-policy",
    "content-type",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "date",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
];

fn found(severity: Severity, what: &str, said: Text, means: &str) -> Finding {
    Finding::new(Group::Proxy, severity, what, "", means).saying(said)
}

/// The findings about the headers of the page but those for caches.
pub fn headers(answer: &Answer) -> Vec<Finding> {
    let each = HEADERS.iter().map(|header| single(answer, header));
    [vec![policy(answer)], each.collect(), vec![permissions(answer)]].concat()
}

/// The names of the headers of an answer of the API that are not as `deploy/` sends them. Those that only concern a page
/// are not among them.
pub fn others(answer: &Answer) -> Vec<&'static str> {
    let concern_data = |header: &&Header| header.name != "Cross-Origin-Opener-Policy";
    let mut names: Vec<&str> = HEADERS
        .iter()
        .filter(concern_data)
        .filter(|header| !is_as_shipped(answer, header))
        .map(|header| header.name)
        .collect();
    if !matches!(policy::compare(answer), Policy::Same | Policy::Longer(_) | Policy::Stricter(_)) {
        names.push(POLICY);
    }
    names
}

fn is_as_shipped(answer: &Answer, header: &Header) -> bool {
    matches!(answer.single(header.name), Sent::Once(value) if value.eq_ignore_ascii_case(header.value))
}

fn single(answer: &Answer, header: &Header) -> Finding {
    match answer.single(header.name) {
        Sent::Missing => found(Severity::Problem, header.name, Text::plain("Missing"), header.otherwise),
        Sent::Once(value) if value.eq_ignore_ascii_case(header.value) => found(
            Severity::Fine,
            header.name,
            Text::plain(header.value),
            "As the panel's own configuration sends it.",
        ),
        Sent::Once(value) => found(
            Severity::Problem,
            header.name,
            Text::plain("Another value: ").name_or(value, "(left out)"),
            header.otherwise,
        ),
        Sent::Several(_) => found(
            Severity::Problem,
            header.name,
            Text::plain("Sent more than once"),
            "Which of them counts is up to the browser. Let the proxy replace the header and not add to it.",
        ),
    }
}

fn policy(answer: &Answer) -> Finding {
    let found = |severity, said, means| found(severity, POLICY, said, means);
    match policy::compare(answer) {
        Policy::Missing => found(
            Severity::Problem,
            Text::plain("Missing"),
            "The browser does not guard the page against foreign scripts and frames. Send the policy of deploy/.",
        ),
        Policy::Several => found(
            Severity::Problem,
            Text::plain("Sent more than once"),
            "Each policy forbids what it forbids, so together they may stop the panel. Let the proxy replace the header and not add to it.",
        ),
        Policy::Looser(which) => found(
            Severity::Problem,
            Text::plain("Allows more than the panel's: ").then(which),
            "The browser guards the page less than it could. Send the policy of deploy/.",
        ),
        Policy::Stricter(which) => found(
            Severity::Problem,
            Text::plain("Forbids more than the panel's: ").then(which),
            "The panel may not start, or parts of it may be missing. Send the policy of deploy/.",
        ),
        Policy::Longer(which) => found(
            Severity::Note,
            Text::plain("Has more directives than the panel's: ").then(which),
            "They allow nothing more. Whether the panel works under them was not tried.",
        ),
        Policy::Same => found(
            Severity::Fine,
            Text::plain("Allows what the panel needs, and no more"),
            "The browser guards the page against foreign scripts and frames.",
        ),
    }
}

/// A feature and whether the header denies it to everybody.
fn features(answer: &Answer) -> Vec<(String, bool)> {
    let each = answer.list_of(PERMISSIONS).into_iter().filter_map(|part| {
        let (name, allowed) = part.split_once('=')?;
        Some((name.trim().to_ascii_lowercase(), allowed.trim() == "()"))
    });
    each.collect()
}

fn permissions(answer: &Answer) -> Finding {
    let found = |severity, said, means| found(severity, PERMISSIONS, Text::plain(said), means);
    let features = features(answer);
    if features.is_empty() {
        let means = "A script that should not be there could ask for the camera or the location. Send the header of deploy/.";
        return found(Severity::Problem, "Missing".to_owned(), means);
    }
    // Of two entries of one name the last counts.
    let is_denied =
        |name: &str| features.iter().rev().find(|(own, _)| own == name).is_some_and(|(_, denied)| *denied);
    if is_denied("clipboard-write") {
        let means = "Buttons that copy do not work. Send clipboard-write=(self).";
        return found(Severity::Problem, "Forbids writing to the clipboard".to_owned(), means);
    }
    let allowed: Vec<&str> = DENIED.iter().copied().filter(|name| !is_denied(name)).collect();
    if allowed.is_empty() {
        return found(
            Severity::Fine,
            "Denies all that the panel does not need".to_owned(),
            "No script of the page gets the camera, the location and the like.",
        );
    }
    let said = format!("Does not deny {} of {}: {}", allowed.len(), DENIED.len(), allowed.join(", "));
    found(Severity::Note, said, "The panel does not need them. Send the header of deploy/.")
}

/// The headers as lines of an nginx configuration have them, for a test that compares them with `deploy/`.
pub fn lines() -> Vec<(&'static str, String)> {
    let permissions = DENIED.iter().map(|name| [*name, "=()"].concat());
    let mut features: Vec<String> = permissions.collect();
    features.push("clipboard-write=(self)".to_owned());
    features.sort();
    let mut all = vec![(POLICY, policy::ours()), (PERMISSIONS, features.join(", "))];
    all.extend(HEADERS.iter().map(|header| (header.name, header.value.to_owned())));
    all
}
