//! Bodies that break on their way, as a client sees them at the end of a connection.

use clap::Parser;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use emulator::{Options, Running, start};

const PATH: &str = "/api/v1/auth/self/domains";
const SENT: &str = r#"{"cut":"in the middle"}"#;

async fn running() -> Running {
    let options = ["emulator", "--listen", "127.0.0.1:0", "--data", "empty", "--open"];
    start(Options::parse_from(options)).await.expect("a free port")
}

/// Sends one request, and returns its connection.
async fn asked(running: &Running, method: &str, path: &str, body: &Value) -> TcpStream {
    let mut stream = TcpStream::connect(running.address).await.expect("it listens");
    let body = body.to_string();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).await.expect("sent");
    stream
}

/// What arrives until the connection ends, whether that is by an error or not.
async fn arrived(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    while matches!(stream.read_buf(&mut bytes).await, Ok(count) if count > 0) {}
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn order(running: &Running, body_is: Value) {
    let fault = json!({"path": PATH, "times": 1, "status": 200, "body": {"cut": "in the middle"}, "body_is": body_is});
    let answer = arrived(asked(running, "POST", "/__emulator/faults", &fault).await).await;
    assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
}

#[tokio::test]
async fn a_cut_body_ends_with_its_connection_before_the_length_that_its_head_says() {
    let running = running().await;
    order(&running, json!("cut")).await;
    let answer = arrived(asked(&running, "GET", PATH, &Value::Null).await).await;
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    assert!(head.to_lowercase().contains(&format!("content-length: {}", SENT.len())), "{head}");
    assert_eq!(body, &SENT[..SENT.len() / 2]);
}

#[tokio::test]
async fn of_a_dropped_response_no_byte_arrives() {
    let running = running().await;
    order(&running, json!("dropped")).await;
    assert_eq!(arrived(asked(&running, "GET", PATH, &Value::Null).await).await, "");
    assert!(arrived(asked(&running, "GET", PATH, &Value::Null).await).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn the_second_half_of_a_slow_body_waits_for_its_release() {
    let running = running().await;
    order(&running, json!({"slow": "rest"})).await;
    let mut stream = asked(&running, "GET", PATH, &Value::Null).await;
    let mut first = vec![0; 4096];
    let mut read = 0;
    let half = &SENT[..SENT.len() / 2];
    while !String::from_utf8_lossy(&first[..read]).ends_with(half) {
        read += stream.read(&mut first[read..]).await.expect("the first half");
    }
    let released = async || {
        arrived(asked(&running, "POST", "/__emulator/release", &json!({"hold": "rest"})).await).await
    };
    // The head is sent before the rest waits.
    while !released().await.contains(r#"{"released":1}"#) {
        tokio::task::yield_now().await;
    }
    assert_eq!(arrived(stream).await, SENT[SENT.len() / 2..]);
}
