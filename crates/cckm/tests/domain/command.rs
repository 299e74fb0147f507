//! Commands for other programs, as real shells parse them.

use crate::{family, strings};
use cckm::command::{Action, Format, Request, Server, text};
use cckm::family::FAMILIES;
use cckm::filter::Sort;
use cckm::list_query;
use cckm::start_request::{Form, body};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::process::Command;

/// What a shell, a template or a parser may take for more than text.
const HOSTILE: &str = "it's $(rm -rf /) `x` \"q\" \\ é\n{{ 7*7 }} ; & | > ! * ~ %HOME% \u{2019}";

fn server() -> Server {
    Server { origin: "https://cm.example.com".to_owned(), api: Server::API.to_owned() }
}

fn request(slug: &str, action: Action) -> Request {
    Request { family: family(slug), action }
}

fn written(format: Format, slug: &str, action: Action) -> Option<String> {
    text(format, &server(), &[request(slug, action)])
}

fn curl(slug: &str, action: Action) -> String {
    written(Format::Curl, slug, action).expect("curl has every request")
}

/// The shells of this computer that follow POSIX.
fn shells() -> Vec<&'static str> {
    let all = ["sh", "bash", "dash", "zsh", "ksh"];
    all.into_iter().filter(|shell| Command::new(shell).args(["-c", ":"]).output().is_ok()).collect()
}

/// The arguments that `program` receives; the shell runs the command with a function in its place that prints them.
fn arguments(shell: &str, program: &str, command: &str) -> Vec<String> {
    let script = format!("{program}() {{ printf '%s\\0' \"$@\"; }}\n{command}");
    let output =
        Command::new(shell).args(["-c", &script]).env("JWT", "the-token").output().expect("a shell runs");
    assert!(output.status.success() && output.stderr.is_empty(), "{shell}: {command}");
    let text = String::from_utf8(output.stdout).expect("text");
    text.split_terminator('\0').map(ToString::to_string).collect()
}

fn start_body(slug: &str, ids: &[&str], regions: &[&str]) -> Value {
    let form =
        Form { everything: Some(false), chosen: strings(ids), regions: strings(regions), ..Form::default() };
    body(family(slug), &form).expect("a valid form")
}

#[test]
fn a_get_is_one_readable_command() {
    assert_eq!(
        curl("aws", Action::Job("j-1".to_owned())),
        "curl 'https://cm.example.com/api/v1/cckm/aws/synchronization-jobs/j-1' \\\n  \
         -H \"Authorization: Bearer $JWT\" \\\n  -H 'Accept: application/json'"
    );
}

#[test]
fn the_requests_are_those_of_the_panel() {
    let query = list_query::window(25, 25, Some(Sort::NEWEST), &[("kms".to_owned(), "a b&c".to_owned())]);
    let table = [
        (Action::List(query), "GET", "?skip=25&limit=25&sort=-createdAt&kms=a+b%26c"),
        (Action::List(Vec::new()), "GET", ""),
        (Action::Job("a/b".to_owned()), "GET", "/a%2Fb"),
        (Action::Start(json!({"synchronize_all": true})), "POST", ""),
        (Action::Cancel("j".to_owned()), "POST", "/j/cancel"),
    ];
    for (action, method, path) in table {
        let request = request("aws", action);
        assert_eq!(request.method(), method);
        assert_eq!(request.path(), format!("/cckm/aws/synchronization-jobs{path}"));
    }
}

#[test]
fn a_shell_passes_every_character_on() {
    let body = json!({"kms": [HOSTILE]});
    for shell in shells() {
        let given = arguments(shell, "curl", &curl("aws", Action::Start(body.clone())));
        let url = "https://cm.example.com/api/v1/cckm/aws/synchronization-jobs";
        assert_eq!(given[..3], ["-X", "POST", url], "{shell}");
        assert!(given.contains(&"Authorization: Bearer the-token".to_owned()));
        assert!(given.contains(&"Content-Type: application/json".to_owned()));
        let sent: Value = serde_json::from_str(given.last().expect("a body")).expect("JSON");
        assert_eq!(sent, body, "{shell}");
        assert_eq!(given.len(), 11);
        let cancel = arguments(shell, "curl", &curl("aws", Action::Cancel(HOSTILE.to_owned())));
        assert!(cancel[2].ends_with("/cancel") && !cancel.contains(&"-d".to_owned()), "{cancel:?}");
    }
}

#[test]
fn a_command_holds_no_character_on_which_a_terminal_acts() {
    let hostile = "\u{1b}[2J \u{7f} \u{9b} \r \n \t";
    let table = [
        Action::Start(json!({"kms": [hostile]})),
        Action::Job(hostile.to_owned()),
        Action::List(vec![("id".to_owned(), hostile.to_owned())]),
    ];
    for (action, format) in table.iter().flat_map(|action| Format::ALL.map(|format| (action, format))) {
        if let Some(text) = written(format, "aws", action.clone()) {
            assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text}");
            // The lines are those of the command.
            assert!(text.lines().skip(1).all(|line| line.starts_with("  ")), "{text}");
        }
    }
}

#[test]
fn powershell_gets_the_body_in_ascii_through_a_pipe() {
    let body = json!({"kms": ["it's \u{2019} é 👍"]});
    assert_eq!(
        written(Format::CurlForPowerShell, "aws", Action::Start(body)).as_deref(),
        Some(
            "'{\"kms\":[\"it''s \\u2019 \\u00e9 \\ud83d\\udc4d\"]}' | curl.exe -X POST \
             'https://cm.example.com/api/v1/cckm/aws/synchronization-jobs' `\n  \
             -H \"Authorization: Bearer $env:JWT\" `\n  -H 'Accept: application/json' `\n  \
             -H 'Content-Type: application/json' `\n  --data-binary '@-'"
        )
    );
    let cancel = written(Format::CurlForPowerShell, "aws", Action::Cancel("j".to_owned()));
    assert!(cancel.is_some_and(|text| text.starts_with("curl.exe -X POST 'https") && !text.contains("@-")));
}

#[test]
#[ignore = "needs PowerShell: `cargo xtask test` runs it where there is pwsh"]
fn powershell_passes_every_character_on() {
    let body = json!({"kms": [HOSTILE]});
    let command = written(Format::CurlForPowerShell, "aws", Action::Start(body.clone())).expect("a command");
    let script = format!("function curl.exe {{ $input; $args }}\n{command}");
    let output =
        Command::new("pwsh").args(["-NoProfile", "-Command", &script]).env("JWT", "the-token").output();
    let output = String::from_utf8(output.expect("PowerShell runs").stdout).expect("text");
    let mut lines = output.lines();
    assert_eq!(serde_json::from_str::<Value>(lines.next().expect("a body")).expect("JSON"), body);
    assert!(lines.any(|line| line == "Authorization: Bearer the-token"), "{output}");
}

#[test]
fn ksctl_has_the_commands_that_are_known() {
    let list = list_query::window(0, 25, Some(Sort::NEWEST), &[]);
    let known = |slug| {
        let start = start_body(slug, &["a", "b"], &[]);
        [
            Action::List(list.clone()),
            Action::Job("j".to_owned()),
            Action::Start(start),
            Action::Start(json!({"synchronize_all": true})),
            Action::Cancel("j".to_owned()),
        ]
        .map(|action| written(Format::Ksctl, slug, action).is_some())
    };
    let table = [
        ("aws", [true; 5]),
        ("aws-custom-key-stores", [false; 5]),
        // Lists of Azure have no flags that are known, and the vault of OCI is one.
        ("azure", [false, true, true, true, true]),
        ("azure-certificates", [false, true, true, true, true]),
        ("azure-secrets", [false, true, true, true, true]),
        ("google", [true; 5]),
        ("oci", [true, true, false, true, true]),
        ("sap", [false; 5]),
        ("salesforce", [false; 5]),
        ("salesforce-certificates", [false; 5]),
        ("dsm", [false; 5]),
        ("luna", [false; 5]),
        ("luna-synchronize", [false; 5]),
        ("external-cm", [false; 5]),
    ];
    for (slug, expected) in table {
        assert_eq!(known(slug), expected, "{slug}");
    }
    // A family that is not listed above has either all commands or none, as its row says.
    for family in FAMILIES.iter().filter(|family| table.iter().all(|(slug, _)| *slug != family.slug)) {
        assert_eq!(known(family.slug), [family.ksctl.is_some(); 5], "{}", family.slug);
    }
}

#[test]
fn ksctl_gets_the_same_as_the_server() {
    let ksctl = |slug, action| written(Format::Ksctl, slug, action).expect("a command");
    let start = start_body("aws", &["k-1", "it's"], &["eu-west-1", "us-east-1"]);
    assert_eq!(
        ksctl("aws", Action::Start(start.clone())),
        "KSCTL_JWT=\"$JWT\" ksctl --url 'https://cm.example.com' cckm aws keys synchronization-jobs start \
         --kms-list 'k-1,it'\\''s' --regions 'eu-west-1,us-east-1'"
    );
    let azure = json!({"key_vaults": ["v"], "take_cloud_key_backup": true});
    assert!(ksctl("azure", Action::Start(azure)).ends_with("start --key-vaults 'v' --take-cloud-key-backup"));
    assert!(ksctl("oci", Action::Start(start_body("oci", &["v"], &[]))).ends_with("start --oci-vault 'v'"));
    let rings = strings(&["a", "b"]);
    let query = list_query::filter(family("google"), Some(cckm::filter::Status::Failed), "j", &rings);
    assert!(
        ksctl("google", Action::List(query))
            .ends_with("status --overall-status 'failed' --id 'j' --key-rings 'a,b'")
    );
    for shell in shells() {
        let given = arguments(shell, "ksctl", &ksctl("aws", Action::Start(start.clone())));
        assert_eq!(
            given[..6],
            ["--url", "https://cm.example.com", "cckm", "aws", "keys", "synchronization-jobs"]
        );
        assert_eq!(given[6..], ["start", "--kms-list", "k-1,it's", "--regions", "eu-west-1,us-east-1"]);
    }
}

#[test]
fn ksctl_is_left_out_where_a_value_cannot_be_written() {
    let ksctl = |action| written(Format::Ksctl, "aws", action);
    assert!(ksctl(Action::Start(start_body("aws", &["a,b", "c"], &[]))).is_none());
    assert!(ksctl(Action::Job("a\nb".to_owned())).is_none());
    assert!(ksctl(Action::Job(String::new())).is_none());
    assert!(ksctl(Action::List(vec![("kms".to_owned(), "a".to_owned())])).is_none(), "no flag is known");
    let elsewhere = Server { api: "/cm/api/v1".to_owned(), ..server() };
    assert!(text(Format::Ksctl, &elsewhere, &[request("aws", Action::Job("j".to_owned()))]).is_none());
}

#[test]
fn a_list_of_all_clouds_names_what_is_left_out() {
    let all: Vec<_> = FAMILIES
        .iter()
        .map(|family| Request { family, action: Action::List(list_query::window(0, 25, None, &[])) })
        .collect();
    let ksctl = text(Format::Ksctl, &server(), &all).expect("some are known");
    assert!(ksctl.contains("# Azure keys: no ksctl command is known\n"), "{ksctl}");
    assert_eq!(ksctl.lines().count(), FAMILIES.len());
    let curl = text(Format::Curl, &server(), &all).expect("all are known");
    assert_eq!(curl.matches("curl 'https").count(), FAMILIES.len());
    let unknown: Vec<_> = all.into_iter().filter(|request| request.family.ksctl.is_none()).collect();
    assert!(text(Format::Ksctl, &server(), &unknown).is_none());
}

#[test]
fn ansible_gets_a_task_in_which_nothing_is_a_template() {
    let body =
        json!({"kms": ["k-1", "{{ lookup('env', 'HOME') }}", "a\u{85}\"\\\n👍é"], "synchronize_all": false});
    assert_eq!(
        written(Format::Ansible, "aws", Action::Start(body)).as_deref(),
        Some(
            "- name: \"Start a synchronization of AWS keys\"\n  ansible.builtin.uri:\n    \
             url: \"https://cm.example.com/api/v1/cckm/aws/synchronization-jobs\"\n    method: POST\n    headers:\n      \
             Authorization: \"Bearer {{ lookup('env', 'JWT') }}\"\n      Accept: application/json\n    \
             body_format: json\n    body:\n      kms:\n        - \"k-1\"\n        \
             - !unsafe \"{{ lookup('env', 'HOME') }}\"\n        - \"a\\u0085\\\"\\\\\\u000a\\U0001f44dé\"\n      \
             synchronize_all: false\n    status_code: [200, 201, 202, 203, 204, 206]\n    return_content: true\n  \
             register: answer"
        )
    );
    let job = written(Format::Ansible, "aws", Action::Job("{{ 1 }}".to_owned())).expect("a task");
    assert_eq!(job.matches("{{").count(), 1, "only the token's: {job}");
}

#[test]
fn no_command_holds_more_than_the_name_of_the_token() {
    for format in Format::ALL {
        let text = written(format, "aws", Action::Job("j".to_owned())).expect("a command");
        assert!(text.contains("JWT") && !text.contains("TOKEN"), "{text}");
    }
}

proptest! {
    // Each case starts a shell.
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn any_text_arrives_as_it_is(id in "\\PC{0,40}|[ -~\n\t]{0,60}", other in any::<String>()) {
        let body = json!({"kms": [id.clone(), other]});
        let given = arguments("sh", "curl", &curl("aws", Action::Start(body.clone())));
        prop_assert_eq!(serde_json::from_str::<Value>(given.last().expect("a body")).expect("JSON"), body);
        let given = arguments("sh", "curl", &curl("aws", Action::Job(id.clone())));
        let expected = list_query::job_path(family("aws"), &id);
        prop_assert_eq!(&given[0], &format!("https://cm.example.com/api/v1{expected}"));
        if let Some(command) = written(Format::Ksctl, "aws", Action::Cancel(id.clone())) {
            let given = arguments("sh", "ksctl", &command);
            prop_assert_eq!(given.last(), Some(&id));
        }
    }
}
