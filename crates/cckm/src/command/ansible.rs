//! A task of an Ansible playbook.
//!
//! It is `ansible.builtin.uri` for every family. The vendor's collection `thalesgroup.ciphertrust` has modules for the
//! synchronization jobs of some clouds, but these sign in with a username and a password, and take no token.

use super::request::{Action, Request, Server};
use serde_json::Value;
use std::fmt::Write;

/// The statuses that the vendor's own client accepts.
const ACCEPTED: &str = "[200, 201, 202, 203, 204, 206]";

/// The request as a task, which is an item of a list of tasks.
pub(super) fn task(request: &Request, server: &Server) -> String {
    let mut text = String::from("- name: ");
    text.push_str(&scalar(&title(request)));
    text.push_str("\n  ansible.builtin.uri:\n    url: ");
    text.push_str(&scalar(&request.url(server)));
    text.push_str("\n    method: ");
    text.push_str(request.method());
    text.push_str(
        "\n    headers:\n      Authorization: \"Bearer {{ lookup('env', 'JWT') }}\"\n      Accept: application/json",
    );
    if let Some(Value::Object(body)) = request.body() {
        text.push_str("\n    body_format: json\n    body:");
        for (field, value) in body {
            text.push_str("\n      ");
            text.push_str(field);
            text.push(':');
            add(&mut text, value);
        }
    }
    text.push_str("\n    status_code: ");
    text.push_str(ACCEPTED);
    text.push_str("\n    return_content: true\n  register: answer");
    text
}

fn title(request: &Request) -> String {
    let what = match &request.action {
        Action::List(_) => "List synchronization jobs of ",
        Action::Job(_) => "Load a synchronization job of ",
        Action::Start(_) => "Start a synchronization of ",
        Action::Cancel(_) => "Cancel a synchronization job of ",
    };
    [what, &request.family.title()].concat()
}

fn add(text: &mut String, value: &Value) {
    match value {
        Value::Array(items) => {
            for item in items {
                text.push_str("\n        -");
                add(text, item);
            }
        }
        Value::String(value) => {
            // Ansible would evaluate what looks like a template.
            text.push_str(if value.contains('{') { " !unsafe " } else { " " });
            text.push_str(&scalar(value));
        }
        // A boolean; JSON is YAML.
        other => {
            text.push(' ');
            text.push_str(&other.to_string());
        }
    }
}

/// A double-quoted scalar of YAML. Everything but letters, digits and the printable ASCII characters is escaped,
/// because YAML folds some line breaks and refuses some characters.
fn scalar(value: &str) -> String {
    let mut text = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => {
                text.push('\\');
                text.push(c);
            }
            ' '..='~' => text.push(c),
            c if c.is_alphanumeric() => text.push(c),
            c => {
                let code = u32::from(c);
                // Writing to a text does not fail.
                _ = if code <= 0xffff {
                    write!(text, "\\u{code:04x}")
                } else {
                    write!(text, "\\U{code:08x}")
                };
            }
        }
    }
    text.push('"');
    text
}
