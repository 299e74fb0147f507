//! The commands of `ksctl`, as far as the table of families knows them.

use super::request::{Action, Request, Server};
use super::shell::quoted;
use crate::ksctl::Ksctl;
use crate::list_query::Query;
use serde_json::Value;

/// The request as a command for a POSIX shell; `None` where no command is known for it.
///
/// A flag takes several ids separated by commas. How an id that holds a comma or a quotation mark would be written is
/// not known, so there is no command for such an id.
pub(super) fn command(request: &Request, server: &Server) -> Option<String> {
    let known = request.family.ksctl.as_ref()?;
    // `ksctl` takes the address of the server, and adds the base path of its API.
    if server.api != Server::API {
        return None;
    }
    let words = match &request.action {
        Action::List(query) => status(known, query)?,
        Action::Job(id) => ["get --id ", &word(id)?].concat(),
        Action::Cancel(id) => ["cancel --id ", &word(id)?].concat(),
        Action::Start(body) => start(request, known, body)?,
    };
    let url = quoted(&server.origin);
    let parts = ["KSCTL_JWT=\"$JWT\" ksctl --url ", &url, " ", known.group, " synchronization-jobs ", &words];
    Some(parts.concat())
}

fn status(known: &Ksctl, query: &Query) -> Option<String> {
    let mut flags: Vec<(&str, Vec<&str>)> = Vec::new();
    for (name, value) in query {
        let (_, flag) = known.list.iter().find(|(parameter, _)| parameter == name)?;
        match flags.iter_mut().find(|(known, _)| known == flag) {
            Some((_, values)) => values.push(value),
            None => flags.push((flag, vec![value])),
        }
    }
    let mut text = String::from("status");
    for (flag, values) in flags {
        add(&mut text, flag, &values)?;
    }
    Some(text)
}

fn start(request: &Request, known: &Ksctl, body: &Value) -> Option<String> {
    let family = request.family;
    let mut text = String::from("start");
    for (field, value) in body.as_object()? {
        if field == "synchronize_all" && *value == Value::Bool(true) {
            text.push_str(" --synchronize-all");
        } else if let Some((_, flag)) = known.switches.iter().find(|(switch, _)| switch == field) {
            text.push(' ');
            text.push_str(flag);
        } else {
            let values: Vec<&str> = value.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
            if field == family.selector && (known.takes_several || values.len() == 1) {
                add(&mut text, known.containers, &values)?;
            } else if family.regions == Some(field) {
                add(&mut text, known.regions?, &values)?;
            } else {
                return None;
            }
        }
    }
    Some(text)
}

fn add(text: &mut String, flag: &str, values: &[&str]) -> Option<()> {
    let is_plain = |value: &&str| !value.contains([',', '"']);
    if values.len() > 1 && !values.iter().all(is_plain) {
        return None;
    }
    text.push(' ');
    text.push_str(flag);
    text.push(' ');
    text.push_str(&word(&values.join(","))?);
    Some(())
}

/// An argument. None can hold a control character that a terminal would act on.
fn word(value: &str) -> Option<String> {
    (!value.is_empty() && !value.contains(char::is_control)).then(|| quoted(value))
}
