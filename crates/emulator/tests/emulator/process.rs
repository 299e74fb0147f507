//! The program itself: its first line, its options, its end.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use clap::{CommandFactory, Parser};
use serde_json::Value;

use emulator::{Options, start};

#[test]
fn the_first_line_says_where_it_listens_and_it_ends_with_its_input() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_emulator"))
        .args(["--listen", "127.0.0.1:0", "--data", "documented", "--until-stdin-closes"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("piped");
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let first: Value = serde_json::from_str(&line).expect("JSON");
    assert!(
        first["address"].as_str().is_some_and(|address| address.starts_with("http://127.0.0.1:")),
        "{first}"
    );
    assert_eq!((&first["user"], &first["password"]), (&"admin".into(), &"emulator".into()));
    assert!(first["token"].is_string());
    drop(child.stdin.take());
    assert!(child.wait().expect("it ends").success());
}

#[tokio::test]
async fn it_starts_from_code_on_a_free_port() {
    let options = ["emulator", "--listen", "127.0.0.1:0", "--data", "empty"];
    let running = start(Options::parse_from(options)).await.expect("a free port");
    assert_ne!(running.address.port(), 0);
    tokio::net::TcpStream::connect(running.address).await.expect("it listens when start returns");
}

#[tokio::test]
async fn unreadable_data_is_an_error_that_names_the_file() {
    let error =
        start(Options::parse_from(["emulator", "--data", "/nowhere.json"])).await.expect_err("no such file");
    assert!(format!("{error:#}").contains("/nowhere.json"), "{error:#}");
}

#[tokio::test]
async fn a_folder_without_a_panel_is_an_error() {
    let error =
        start(Options::parse_from(["emulator", "--dist", "/nowhere"])).await.expect_err("no panel there");
    assert!(format!("{error:#}").contains("no index.html"), "{error:#}");
}

#[test]
fn every_option_is_explained() {
    for argument in Options::command().get_arguments() {
        assert!(argument.get_help().is_some(), "{}", argument.get_id());
    }
    Options::command().debug_assert();
}

#[test]
fn the_help_names_the_quirks() {
    let help = Options::command().render_long_help().to_string();
    // Lines break where the terminal says.
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for word in [
        "in progress",
        "gcp",
        "organization_ids",
        "nine fraction digits",
        "abort: true",
        "kms=a&kms=b",
        "409",
    ] {
        assert!(help.contains(word), "{word}");
    }
}

#[test]
fn wrong_options_are_refused() {
    for wrong in [
        &["--no-sort", "moon"][..],
        &["--below", "/panel"],
        &["--dist", "d", "--below", "/api"],
        &["--now", "yesterday"],
    ] {
        let all = std::iter::once("emulator").chain(wrong.iter().copied());
        assert!(Options::try_parse_from(all).is_err(), "{wrong:?}");
    }
}
