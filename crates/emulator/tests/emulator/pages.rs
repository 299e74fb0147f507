//! The built panel as the emulator serves it.

use std::fs;
use std::path::PathBuf;

use crate::support::Emulator;

/// A folder like a built panel, removed at the end.
struct Dist(PathBuf);

impl Dist {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("emulator-dist-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder");
        for (name, text) in [
            ("index.html", "<!doctype html><title>Panel</title>"),
            ("panel-0123456789abcdef_bg.wasm", "wasm"),
            ("favicon.svg", "<svg/>"),
        ] {
            fs::write(folder.join(name), text).expect("a temporary file");
        }
        Self(folder)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("a plain path")
    }
}

impl Drop for Dist {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn the_panel_comes_with_a_strict_policy_and_the_right_types() {
    let dist = Dist::new("root");
    let emulator = Emulator::new(&["--data", "empty", "--dist", dist.path()]);
    let page = emulator.get("/").await;
    assert!(page.text.contains("<title>Panel</title>"));
    let policy = page.headers["content-security-policy"].to_str().expect("text");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "),
        "{policy}"
    );
    assert!(!policy.contains("  ") && !policy.contains("unsafe-inline"), "{policy}");
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    assert_eq!(page.headers["cache-control"], "no-cache");
    let wasm = emulator.get("/panel-0123456789abcdef_bg.wasm").await;
    assert_eq!(wasm.headers["content-type"], "application/wasm");
    assert_eq!(wasm.headers["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(emulator.get("/favicon.svg").await.headers["cache-control"], "no-cache");
    assert_eq!(emulator.get("/missing-0123456789abcdef.js").await.headers["cache-control"], "no-cache");
    emulator.get("/missing.js").await.expect(404);
    fs::write(dist.0.join("favicon.svg.br"), "squeezed").expect("a temporary file");
    let squeezed = emulator.get("/favicon.svg").await;
    assert_eq!(
        (squeezed.text.as_str(), &squeezed.headers["content-encoding"]),
        ("squeezed", &"br".parse().expect("a value"))
    );
    emulator.jobs("aws", "").await.expect(200);
}

#[tokio::test]
async fn the_panel_can_live_below_a_path_while_the_api_stays() {
    let dist = Dist::new("below");
    let emulator = Emulator::new(&["--data", "empty", "--dist", dist.path(), "--below", "/tools/panel/"]);
    let page = emulator.get("/tools/panel/").await;
    assert!(page.text.contains("<title>Panel</title>"));
    assert!(page.headers.contains_key("content-security-policy"));
    let bare = emulator.get("/tools/panel").await;
    assert_eq!(
        (bare.status.as_u16(), &bare.headers["location"]),
        (308, &"/tools/panel/".parse().expect("a value"))
    );
    emulator.get("/tools/panel/favicon.svg").await.expect(200);
    emulator.get("/").await.expect(404);
    emulator.jobs("aws", "").await.expect(200);
}

#[tokio::test]
async fn the_configuration_can_be_another_than_the_files() {
    for below in ["", "/panel"] {
        let dist = Dist::new("config");
        let config = r#"{"rows": 10}"#;
        let options = ["--data", "empty", "--dist", dist.path(), "--below", below, "--config", config];
        let emulator = Emulator::new(&options);
        let answer = emulator.get(&format!("{below}/config.json")).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, config));
        assert_eq!(answer.headers["cache-control"], "no-cache");
        emulator.get(&format!("{below}/favicon.svg")).await.expect(200);
    }
}
