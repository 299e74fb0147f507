//! What is found about the session, the server, its containers and its schedules.

use super::ask::{Answer, Class};
use super::finding::{Finding, Group, Severity, Text};
use super::words;
use crate::family::Containers;
use crate::server::ServerInfo;
use crate::sign_in::User;
use crate::text;

/// The finding for an answer that is not `wanted`. `notes` are the classes that are no problem of this request, with what
/// follows; `otherwise` follows from all others.
fn failed(
    group: Group,
    what: &str,
    wanted: &str,
    answer: &Answer,
    notes: &[(&[Class], &str)],
    otherwise: &str,
) -> Finding {
    let class = answer.class();
    let note = notes.iter().find(|(classes, _)| classes.contains(&class));
    let (severity, means) = match (answer.between(), note) {
        (Some(between), _) => (Severity::Problem, between),
        (None, Some((_, means))) => (Severity::Note, *means),
        (None, None) if class == Class::Foreign => (Severity::NotKnown, FOREIGN),
        (None, None) => (Severity::Problem, otherwise),
    };
    Finding::new(group, severity, what, "", means).saying(answer.said(wanted))
}

/// What follows from a 4xx without the words of the API.
pub const FOREIGN: &str = "It is not known whether the server or a proxy before it refuses.";

/// The finding for a sign-in that failed; `None` for one that gave a token.
pub fn sign_in(answer: &Answer) -> Option<Finding> {
    let token =
        answer.object().is_some_and(|value| value["jwt"].as_str().is_some_and(|token| !token.is_empty()));
    let otherwise = match answer.class() {
        Class::SignedOut => {
            "The server does not accept this user name and password. What needs a session was not looked at."
        }
        _ => "What needs a session was not looked at.",
    };
    (!token).then(|| failed(Group::Session, "Sign-in", "a token", answer, &[], otherwise))
}

pub fn user(answer: &Answer) -> Finding {
    let what = "Who is signed in";
    let Some(value) = answer.object() else {
        let otherwise = match answer.class() {
            Class::SignedOut => {
                "The server does not accept the token. Sign in again, then run the check again."
            }
            _ => "Without an answer it is not sure whose permissions the other findings show.",
        };
        return failed(Group::Session, what, "a user", answer, &[], otherwise);
    };
    let user = User::from_value(&value);
    if user.name.is_empty() {
        let means = "The panel shows no name beside Sign out. Nothing else depends on it.";
        return Finding::new(Group::Session, Severity::NotKnown, what, "The answer has no name", means);
    }
    let said = Text::plain("Signed in as ").name(user.name);
    let domain = value["current_domain"]["name"].as_str().or(value["account"].as_str()).unwrap_or_default();
    let said = if domain.is_empty() { said } else { said.and(" in the domain ").name(domain) };
    let means = "All findings hold for this user and this domain; another user may see more or less.";
    Finding::new(Group::Session, Severity::Fine, what, "", means).saying(said)
}

/// The first and the last minor version of the major version 2 whose interface the panel was written from.
const DESCRIBED: std::ops::RangeInclusive<u64> = 11..=22;

pub fn info(answer: &Answer) -> Finding {
    let what = "Server";
    let Some(info) = answer.object().map(|value| ServerInfo::from_value(&value)) else {
        // The hosted service refuses what concerns the appliance.
        let refusals =
            [Class::Unlicensed, Class::Forbidden, Class::Missing, Class::OtherMethod, Class::Refused];
        let means = "The panel cannot tell the server's version. The hosted service answers like this; the lists do not depend on it.";
        let otherwise = "The panel cannot tell the server's version.";
        return failed(Group::Session, what, "its version", answer, &[(&refusals, means)], otherwise);
    };
    let named = |said: Text| if info.name.is_empty() { said } else { said.and(", named ").name(&*info.name) };
    let Some((major, minor, shown)) = words::version(&info.version) else {
        let said = if info.version.is_empty() {
            Text::plain("The answer has no version")
        } else {
            Text::plain("A version of an unknown form: ").name_or(&*info.version, words::shape(&info.version))
        };
        let means = "It is not known whether the panel was made for this version.";
        return Finding::new(Group::Session, Severity::NotKnown, what, "", means).saying(named(said));
    };
    let said = named(Text::plain("Version ").name_or(info.version.trim(), shown));
    let (severity, means) = if major == 2 && DESCRIBED.contains(&minor) {
        let means = "The panel was written from descriptions of versions like this one. The findings below say what this server does.";
        (Severity::Note, means)
    } else {
        let means = "The panel was written from descriptions of the versions 2.11 to 2.22. The findings below say what this server does.";
        (Severity::NotKnown, means)
    };
    Finding::new(Group::Session, severity, what, "", means).saying(said)
}

pub fn licences(answer: &Answer) -> Finding {
    let what = "Licenses";
    let Some(page) = answer.list() else {
        let refusals =
            [Class::Unlicensed, Class::Forbidden, Class::Missing, Class::OtherMethod, Class::Refused];
        let means = "This user may not read the licenses, or this is the hosted service, which has no such list. Each family's own finding below decides.";
        let otherwise = "The licenses are not known. Each family's own finding below decides.";
        return failed(Group::Session, what, "a list of features", answer, &[(&refusals, means)], otherwise);
    };
    let mut counts = Vec::new();
    for feature in &page.resources {
        let status = feature["status"].as_str().map_or("", str::trim);
        words::count(&mut counts, status, 1);
    }
    let mut said = Text::plain(text::count(page.resources.len(), "feature", "features"));
    for (at, (status, count)) in counts.iter().enumerate() {
        said = said.and(if at == 0 { ": " } else { ", " }).and(&text::number(*count as u64)).and(" ");
        said = if status.is_empty() {
            said.and("without a status")
        } else {
            said.name_or(status.as_str(), words::without_names(status))
        };
    }
    // Which feature covers which family is not documented, so the list says nothing about a family.
    let means =
        "Which license covers which family is not documented. Each family's own finding below decides.";
    Finding::new(Group::Session, Severity::Note, what, "", means).saying(said)
}

pub fn containers(list: &Containers, cloud: &str, answer: &Answer) -> Finding {
    let what = ["Names of ", cloud, " ", list.many].concat();
    let Some(page) = answer.list() else {
        let forbidden = "The panel shows ids in place of names. They can be typed by hand, in filters and in the start form.";
        let missing = "This server has no such list. The panel shows ids in place of names.";
        let notes: [(&[Class], &str); 2] = [
            (&[Class::Forbidden, Class::Unlicensed], forbidden),
            (&[Class::Missing, Class::OtherMethod], missing),
        ];
        let otherwise = "The panel shows ids in place of names.";
        return failed(Group::Lists, &what, "a list", answer, &notes, otherwise);
    };
    let Some(first) = page.resources.first() else {
        let means =
            "There is nothing to choose in the start form. It is not known whether this user may read names.";
        return Finding::new(Group::Lists, Severity::NotKnown, &what, "The list is empty", means);
    };
    let name = list.label.iter().find_map(|field| first[field].as_str().filter(|name| !name.is_empty()));
    let count = text::number(page.total);
    match name {
        Some(name) => {
            let said = Text::plain([&count, ", such as "].concat()).name(name);
            let means = "Rows, filters and the start form show names.";
            Finding::new(Group::Lists, Severity::Fine, &what, "", means).saying(said)
        }
        None => {
            let said = [&count, ", and the first has no name that the panel knows"].concat();
            Finding::new(Group::Lists, Severity::Note, &what, &said, "The panel shows ids in place of names.")
        }
    }
}

pub fn schedules(answer: &Answer) -> Finding {
    let what = "Schedules";
    if let Some(page) = answer.list() {
        let (one, many) = ("configuration of the scheduler", "configurations of the scheduler");
        let said = [&text::count(page.total as usize, one, many), " can be read"].concat();
        let means = "Schedules and Coverage say what runs by itself.";
        return Finding::new(Group::Lists, Severity::Fine, what, &said, means);
    }
    let notes: [(&[Class], &str); 2] = [
        (
            &[Class::Forbidden, Class::Unlicensed],
            "This user may not read schedules, or they are not licensed. What runs by itself is not known.",
        ),
        (
            &[Class::Missing, Class::OtherMethod],
            "This version has no scheduler, as the Community Edition. Nothing else depends on it.",
        ),
    ];
    failed(Group::Lists, what, "a list", answer, &notes, "What runs by itself is not known.")
}
