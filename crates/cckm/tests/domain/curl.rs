//! The curl command, as a real shell parses it.

use cckm::start_request::curl;
use serde_json::json;
use std::process::Command;

/// The arguments that `curl` receives; the shell runs the command with a `curl` that prints its arguments.
fn arguments(command: &str) -> Vec<String> {
    let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{command}");
    let output =
        Command::new("sh").args(["-c", &script]).env("TOKEN", "the-token").output().expect("a shell runs");
    assert!(output.status.success() && output.stderr.is_empty(), "{command}");
    let text = String::from_utf8(output.stdout).expect("text");
    text.split_terminator('\0').map(ToString::to_string).collect()
}

#[test]
fn a_get_is_one_readable_command() {
    let command = curl("GET", "https://cm.example.com", "/api/v1/cckm/aws/synchronization-jobs/1", None);
    assert_eq!(
        command,
        "curl 'https://cm.example.com/api/v1/cckm/aws/synchronization-jobs/1' \\\n  \
         -H \"Authorization: Bearer $TOKEN\" \\\n  -H 'Accept: application/json'"
    );
}

#[test]
fn a_shell_passes_every_character_on() {
    let hostile = "it's $(rm -rf /) `x` \"q\" \\ é\n!";
    let body = json!({"kms": [hostile], "synchronize_all": false});
    let path = "/api/v1/x?a=1&b='c'&$HOME";
    let given = arguments(&curl("POST", "https://cm.example.com", path, Some(&body)));
    assert_eq!(given[..3], ["-X", "POST", "https://cm.example.com/api/v1/x?a=1&b='c'&$HOME"]);
    assert!(given.contains(&"Authorization: Bearer the-token".to_string()));
    assert!(given.contains(&"Accept: application/json".to_string()));
    assert!(given.contains(&"Content-Type: application/json".to_string()));
    assert_eq!(given.last(), Some(&body.to_string()));
    assert_eq!(given.len(), 11);
}

#[test]
fn a_post_without_a_body_sends_none() {
    let given = arguments(&curl("POST", "http://localhost:8700", "/api/v1/x/cancel", None));
    assert!(given.starts_with(&["-X".to_string(), "POST".to_string()]));
    assert!(!given.contains(&"-d".to_string()));
}
