//! What is found about how the proxy sends the panel's own files.

use super::ask::{Answer, Kind};
use super::finding::{Finding, Group, Severity, Text};
use super::headers::Sent;
use super::shipped;
use crate::text;

fn found(severity: Severity, what: &str, said: impl Into<String>, means: &str) -> Finding {
    Finding::new(Group::Proxy, severity, what, &said.into(), means)
}

/// The findings about the page, and the files to look at next.
pub fn page(answer: &Answer) -> (Vec<Finding>, Vec<(Kind, String)>) {
    let names = [(Kind::Script, ".js"), (Kind::Program, ".wasm")];
    let files: Vec<_> =
        names.into_iter().filter_map(|(kind, end)| Some((kind, named(&answer.body, end)?))).collect();
    let is_good = (200..300).contains(&answer.status) && !answer.is_redirect;
    if !is_good || !text::is_page(&answer.body) || files.is_empty() {
        let means = "The panel is not at this address, or a proxy has answered in its place. Nothing is known about how it is served.";
        let said = match answer.status {
            _ if answer.is_redirect || (300..400).contains(&answer.status) => {
                Text::plain("A redirect to another address")
            }
            0 => Text::plain("No answer: ").name_or(&answer.failure, "the connection failed"),
            status => Text::plain(format!("HTTP {status}, and not the panel")),
        };
        return (vec![found(Severity::Problem, "Page", "", means).saying(said)], Vec::new());
    }
    let caching = answer.caching();
    let cache = if caching.is_asked_again() {
        found(Severity::Fine, "Page, cache", "Asked for anew", "After an update everybody gets the new page.")
    } else {
        let said = if caching.is_there { "May be kept" } else { "Cache-Control is missing" };
        let means = "After an update browsers may show the old page, whose files are gone. Send no-cache for the page.";
        found(Severity::Problem, "Page, cache", said, means)
    };
    ([shipped::headers(answer), vec![cache]].concat(), files)
}

/// The first file of the page whose name has a hash and this end.
fn named(page: &str, end: &str) -> Option<String> {
    let words =
        page.split(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '>' | '=' | '<'));
    let mut names = words.map(|word| word.trim_start_matches("./"));
    let is_plain = |name: &&str| {
        name.ends_with(end)
            && name.contains('-')
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.'))
    };
    names.find(is_plain).map(str::to_owned)
}

/// How a file of the panel may be compressed.
const ENCODINGS: &[(&str, &str)] =
    &[("br", "brotli"), ("gzip", "gzip"), ("x-gzip", "gzip"), ("zstd", "zstd"), ("deflate", "deflate")];

/// The findings about a file of the panel.
pub fn file(kind: Kind, answer: &Answer) -> Vec<Finding> {
    let name = if kind == Kind::Script { "Script, " } else { "Program, " };
    let what = |more: &str| [name, more].concat();
    if !(200..300).contains(&answer.status) || answer.is_redirect {
        let said =
            if answer.status == 0 { "No answer".to_owned() } else { format!("HTTP {}", answer.status) };
        return vec![found(Severity::Problem, &what("file"), said, "The panel cannot start without it.")];
    }
    vec![
        media_type(kind, &what("type"), answer),
        packed(&what("compression"), answer),
        kept(&what("cache"), answer),
    ]
}

fn media_type(kind: Kind, what: &str, answer: &Answer) -> Finding {
    let (right, means, otherwise) = match kind {
        Kind::Script => (
            ["text/javascript", "application/javascript"],
            "The browser runs it.",
            "Browsers do not run it. Send text/javascript.",
        ),
        Kind::Program => (
            ["application/wasm"; 2],
            "The browser compiles it while it loads.",
            "Browsers do not compile it while it loads, so the panel does not start. Send application/wasm.",
        ),
    };
    // Browsers take a program only with exactly this value, and a script with parameters too.
    let sent = if kind == Kind::Program { answer.header("content-type") } else { answer.media_type() };
    match sent {
        Some(sent) if right.iter().any(|right| right.eq_ignore_ascii_case(sent)) => {
            found(Severity::Fine, what, sent.to_ascii_lowercase(), means)
        }
        Some(sent) => found(Severity::Problem, what, "", otherwise)
            .saying(Text::plain("Another type: ").name_or(sent, "(left out)")),
        None => found(Severity::Problem, what, "Content-Type is missing", otherwise),
    }
}

fn packed(what: &str, answer: &Answer) -> Finding {
    match answer.single("content-encoding") {
        Sent::Once(sent) if sent.eq_ignore_ascii_case("identity") => not_packed(what),
        Sent::Missing => not_packed(what),
        Sent::Once(sent) => match ENCODINGS.iter().find(|(name, _)| name.eq_ignore_ascii_case(sent)) {
            Some((_, name)) => {
                found(Severity::Fine, what, ["Compressed by ", name].concat(), "The first load is short.")
            }
            None => found(Severity::Problem, what, "", "Not every browser can read it. Send br or gzip.")
                .saying(Text::plain("An unknown way: ").name_or(sent, "(left out)")),
        },
        Sent::Several(_) => found(
            Severity::Problem,
            what,
            "Compressed more than once",
            "The proxy compresses what is compressed already, and browsers may refuse it. Send the .gz or .br files as they are.",
        ),
    }
}

fn not_packed(what: &str) -> Finding {
    let means = "The first load takes several times as long. Send the .gz or .br files.";
    found(Severity::Note, what, "Not compressed", means)
}

fn kept(what: &str, answer: &Answer) -> Finding {
    if answer.caching().is_kept_for_good() {
        return found(Severity::Fine, what, "Kept for good", "A second start loads nothing again.");
    }
    let means = "Browsers may ask for the file again at each start. Its name changes with its content: send max-age=31536000, immutable.";
    found(Severity::Note, what, "Not kept for good", means)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, value: &str) -> Answer {
        let headers = vec![(name.to_owned(), value.to_owned())];
        Answer { status: 200, headers, ..Answer::default() }
    }

    #[test]
    fn only_known_ways_to_compress_are_fine() {
        let severity = |value: &str| packed("x", &with("Content-Encoding", value)).severity;
        assert_eq!(severity("br"), Severity::Fine);
        assert_eq!(severity("GZIP"), Severity::Fine);
        assert_eq!(severity("identity"), Severity::Note);
        assert_eq!(severity(""), Severity::Note);
        assert_eq!(severity("aws-chunked"), Severity::Problem);
        assert_eq!(severity("gzip, gzip"), Severity::Problem);
        assert_eq!(severity("notgzip"), Severity::Problem);
    }

    #[test]
    fn a_type_is_compared_whole() {
        let severity = |kind, value: &str| media_type(kind, "x", &with("Content-Type", value)).severity;
        assert_eq!(severity(Kind::Program, "application/wasm"), Severity::Fine);
        assert_eq!(severity(Kind::Program, "application/wasm; charset=utf-8"), Severity::Problem);
        assert_eq!(severity(Kind::Program, "application/wasm-text"), Severity::Problem);
        assert_eq!(severity(Kind::Script, "text/javascript; charset=utf-8"), Severity::Fine);
        assert_eq!(severity(Kind::Script, "text/html"), Severity::Problem);
    }

    #[test]
    fn files_are_named_by_the_page_alone() {
        let page = r#"<link href="./key-sync-0123456789abcdef.js"><link href="key-sync-0123_bg.wasm">"#;
        assert_eq!(named(page, ".js").as_deref(), Some("key-sync-0123456789abcdef.js"));
        assert_eq!(named(page, ".wasm").as_deref(), Some("key-sync-0123_bg.wasm"));
        for other in ["https://evil.example/a-1.js", "../a-1.js", "/a-1.js", "a-1.js?x", "//a-1.js"] {
            assert_eq!(named(&format!("<script src=\"{other}\">"), ".js"), None, "{other}");
        }
    }
}
