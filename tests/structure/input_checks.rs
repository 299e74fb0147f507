//! What holds for any text as an address and as the operator's configuration. The property tests of `odd_input.rs` and the
//! fuzz targets of `fuzz/` share it; each function panics where something does not hold.

use key_sync::config::Config;
use key_sync::routing::route::{DEPTH_MOST, ROWS_MOST, Route};

/// An address is read, and what was read survives its own form.
pub fn address(text: &str) {
    let route = Route::parse(text);
    let written = route.hash();
    assert!(
        written.starts_with("#/") && written.is_ascii() && !written.contains(char::is_whitespace),
        "{written}"
    );
    let again = Route::parse(&written);
    assert_eq!(again.hash(), written);
    assert!(again.problems.is_empty(), "{written}: {:?}", again.problems);
    assert!(route.problems.iter().all(|problem| problem.ends_with('.')), "{:?}", route.problems);
    assert!(
        route.page >= 1 && (1..=ROWS_MOST).contains(&route.rows) && (1..=DEPTH_MOST).contains(&route.depth)
    );
    assert!(route.skip() < u64::MAX / 2);
    // A view that is kept is an address like any other.
    let lasting = route.lasting().hash();
    assert_eq!(Route::parse(&lasting).hash(), lasting);
}

/// A configuration is one that the panel can start with, or a sentence says what is wrong.
pub fn config(text: &str) {
    match Config::read(text) {
        Ok(config) => {
            assert!(config.api.is_empty() || config.api.starts_with('/'), "{}", config.api);
            let is_own = |byte: u8| byte.is_ascii_graphic() && !b"\\?#".contains(&byte);
            assert!(!config.api.starts_with("//") && config.api.bytes().all(is_own), "{}", config.api);
            assert!((1..=ROWS_MOST).contains(&config.rows));
            assert!((2..=60).contains(&config.running_seconds) && (5..=3600).contains(&config.quiet_seconds));
            assert!(config.unknown_fields().is_none_or(|sentence| sentence.contains("config.json")));
        }
        Err(sentence) => {
            assert!(sentence.contains("config.json") && sentence.ends_with('.'), "{sentence}");
        }
    }
}
