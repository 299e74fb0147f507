//! What is found about the session, the server, its containers and its schedules.

use super::ask::Answer;
use super::finding::{Finding, Group, Severity, Text};
use super::words;
use crate::decode;
use crate::family::Containers;
use crate::server::ServerInfo;
use crate::sign_in::User;
use crate::text;
use chrono::DateTime;
use serde_json::Value;

/// The finding for a request without an answer, or with one that is not what was asked for.
fn failed(group: Group, what: &str, answer: &Answer, means: &str) -> Finding {
    let said = match answer.status {
        0 => Text::plain("No answer: ").name_or(&answer.failure, "the connection failed"),
        _ if answer.is_good() => Text::plain(format!("HTTP {}, and not what was asked for", answer.status)),
        _ => answer.refusal(),
    };
    Finding::new(group, Severity::Problem, what, "", means).saying(said)
}

fn object(answer: &Answer) -> Option<Value> {
    answer.is_good().then(|| decode::object(&answer.body).ok()).flatten()
}

pub fn user(answer: &Answer) -> Finding {
    let what = "Who is signed in";
    let Some(value) = object(answer) else {
        let means = match answer.status {
            401 => "The server does not accept the token. Sign in again, then run the check again.",
            _ => "Without an answer it is not sure whose permissions the other findings show.",
        };
        return failed(Group::Session, what, answer, means);
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

pub fn info(answer: &Answer) -> Finding {
    let what = "Server";
    let info = match object(answer) {
        Some(value) => ServerInfo::from_value(&value),
        // The hosted service refuses what concerns the appliance.
        None if (400..500).contains(&answer.status) && answer.status != 401 => {
            let means = "The panel cannot tell the server's version. The hosted service answers like this; the lists do not depend on it.";
            return Finding::new(Group::Session, Severity::Note, what, "", means).saying(answer.refusal());
        }
        None => return failed(Group::Session, what, answer, "The panel cannot tell the server's version."),
    };
    let Some(version) = words::version(&info.version) else {
        let said = if info.version.is_empty() {
            Text::plain("The answer has no version")
        } else {
            Text::plain("A version of an unknown form: ").name(info.version)
        };
        let means = "It is not known whether the panel was tried with this version.";
        return Finding::new(Group::Session, Severity::NotKnown, what, "", means).saying(said);
    };
    let said = Text::plain("Version ").and(version);
    let said = if info.name.is_empty() { said } else { said.and(", named ").name(info.name) };
    let means = "Name this version where you report a problem.";
    Finding::new(Group::Session, Severity::Fine, what, "", means).saying(said)
}

pub fn licences(answer: &Answer) -> Finding {
    let what = "Licenses";
    if (400..500).contains(&answer.status) && answer.status != 401 {
        let means = "This user may not read the licenses, or this is the hosted service, which has no such list. Each family's own finding below decides.";
        return Finding::new(Group::Session, Severity::Note, what, "", means).saying(answer.refusal());
    }
    let page =
        answer.is_good().then(|| decode::list(&answer.body, |item| item.is_object().then_some(item)).ok());
    let Some(page) = page.flatten() else {
        return failed(
            Group::Session,
            what,
            answer,
            "The licenses are not known. Each family's own finding below decides.",
        );
    };
    let mut counts: Vec<(String, usize)> = Vec::new();
    for feature in &page.resources {
        let status = words::without_names(feature["status"].as_str().unwrap_or("without a status"));
        match counts.iter_mut().find(|(known, _)| *known == status) {
            Some((_, count)) => *count += 1,
            None => counts.push((status, 1)),
        }
    }
    let counts: Vec<String> = counts.iter().map(|(status, count)| format!("{count} {status}")).collect();
    let said = [&text::count(page.resources.len(), "feature", "features"), ": ", &counts.join(", ")].concat();
    // Which feature covers which family is not documented, so the list says nothing about a family.
    let means =
        "Which license covers which family is not documented. Each family's own finding below decides.";
    Finding::new(Group::Session, Severity::Note, what, said.trim_end_matches(": "), means)
}

pub fn containers(list: &Containers, answer: &Answer) -> Finding {
    let what = ["Names of ", list.many].concat();
    let page =
        answer.is_good().then(|| decode::list(&answer.body, |item| item.is_object().then_some(item)).ok());
    let Some(page) = page.flatten() else {
        let means = match answer.status {
            403 => {
                "The panel shows ids in place of names. They can be typed by hand, in filters and in the start form."
            }
            404 | 405 => "This server has no such list. The panel shows ids in place of names.",
            _ => "The panel shows ids in place of names.",
        };
        return failed(Group::Lists, &what, answer, means);
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
            let said = Text::plain([&count, " readable, such as "].concat()).name(name);
            Finding::new(
                Group::Lists,
                Severity::Fine,
                &what,
                "",
                "Rows, filters and the start form show names.",
            )
            .saying(said)
        }
        None => {
            let said = [&count, " readable, and the first has no name that the panel knows"].concat();
            Finding::new(Group::Lists, Severity::Note, &what, &said, "The panel shows ids in place of names.")
        }
    }
}

pub fn schedules(answer: &Answer) -> Finding {
    let what = "Schedules";
    let page =
        answer.is_good().then(|| decode::list(&answer.body, |item| item.is_object().then_some(item)).ok());
    if let Some(page) = page.flatten() {
        let said = text::count(
            page.total as usize,
            "configuration of the scheduler",
            "configurations of the scheduler",
        );
        let means = "Schedules can be read.";
        return Finding::new(Group::Lists, Severity::Fine, what, &[&said, " readable"].concat(), means);
    }
    match answer.status {
        403 => {
            let means = "This user may not read schedules. What runs by itself is not known.";
            Finding::new(Group::Lists, Severity::Note, what, "", means).saying(answer.refusal())
        }
        404 | 405 => {
            let means = "This version has no scheduler for synchronizations. Nothing else depends on it.";
            Finding::new(Group::Lists, Severity::Note, what, "", means).saying(answer.refusal())
        }
        _ => failed(Group::Lists, what, answer, "What runs by itself is not known."),
    }
}

/// The difference from which it is worth a sentence, in seconds.
const DIFFERENCE: i64 = 60;

const CLOCK: &str = "Clock";

/// Compares the clocks; `None` where the answer has no `Date`.
pub fn clock(answer: &Answer) -> Option<Finding> {
    let date = DateTime::parse_from_rfc2822(answer.header("date")?).ok()?.timestamp_millis();
    let here = i64::midpoint(answer.sent, answer.received);
    // A `Date` is cut to whole seconds.
    let seconds = (date + 500 - here) / 1000;
    // A slow answer leaves open when its `Date` was written.
    let unsure = (answer.received - answer.sent) / 2000 + 1;
    let (finding, severity, means) = if seconds.abs() <= unsure {
        ("No difference".to_owned(), Severity::Fine, "Times and durations on the screen are right.")
    } else {
        let order = if seconds > 0 { "ahead of" } else { "behind" };
        let said = format!(
            "The server is {} {order} this computer",
            text::count(seconds.unsigned_abs() as usize, "second", "seconds")
        );
        if seconds.abs() < DIFFERENCE {
            (said, Severity::Fine, "The panel computes durations with the server's clock.")
        } else {
            (
                said,
                Severity::Note,
                "The panel computes durations with the server's clock. One of the two clocks is wrong.",
            )
        }
    };
    Some(Finding::new(Group::Session, severity, CLOCK, &finding, means))
}

/// No answer had a `Date`.
pub fn no_clock() -> Finding {
    let means =
        "Durations of running jobs are as wrong as the clock of this computer. Let the proxy pass Date on.";
    Finding::new(Group::Session, Severity::NotKnown, CLOCK, "No answer has a Date", means)
}
