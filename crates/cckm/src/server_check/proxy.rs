//! What is found about the proxy: the headers of the page, of its files, and of the API.

use super::ask::{Answer, Kind};
use super::finding::{Finding, Group, Severity};
use crate::text;

fn found(severity: Severity, what: &str, said: &str, means: &str) -> Finding {
    Finding::new(Group::Proxy, severity, what, said, means)
}

/// A header that has to hold `needed`.
fn header(answer: &Answer, name: &str, needed: &[&str], otherwise: &str) -> Finding {
    let value = answer.header(name).unwrap_or_default();
    if value.is_empty() {
        return found(Severity::Problem, name, "Missing", otherwise);
    }
    if needed.iter().all(|part| text::holds(value, part)) {
        return found(Severity::Fine, name, "As the panel needs it", "The proxy passes it on.");
    }
    found(Severity::Problem, name, "Another value than the panel's", otherwise)
}

/// The findings about the page, and the files to look at next.
pub fn page(answer: &Answer) -> (Vec<Finding>, Vec<(Kind, String)>) {
    let names = [(Kind::Script, ".js"), (Kind::Program, ".wasm")];
    let files: Vec<_> =
        names.into_iter().filter_map(|(kind, end)| Some((kind, named(&answer.body, end)?))).collect();
    if !answer.is_good() || !text::is_page(&answer.body) || files.is_empty() {
        let said = if answer.status == 0 {
            "No answer".to_owned()
        } else {
            format!("HTTP {}, and not the panel", answer.status)
        };
        let means = "The panel is not at this address, so nothing is known about how it is served.";
        return (vec![found(Severity::Problem, "Page", &said, means)], Vec::new());
    }
    let all = vec![
        header(
            answer,
            "Content-Security-Policy",
            &["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'"],
            "The browser does not guard the page against foreign scripts and frames. Send the policy of deploy/.",
        ),
        header(
            answer,
            "X-Content-Type-Options",
            &["nosniff"],
            "The browser may guess the type of a file. Send nosniff.",
        ),
        header(
            answer,
            "Referrer-Policy",
            &["no-referrer"],
            "Addresses may reach other sites. Send no-referrer.",
        ),
        header(
            answer,
            "Cache-Control",
            &["no-cache"],
            "After an update browsers may show the old page with files that are gone. Send no-cache for the page.",
        ),
    ];
    (all, files)
}

/// The first file of the page whose name has this end.
fn named(page: &str, end: &str) -> Option<String> {
    let words =
        page.split(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '>' | '=' | '<'));
    let names = words.map(|word| word.trim_start_matches("./"));
    let is_plain = |name: &&str| {
        name.ends_with(end) && !name.starts_with('/') && !name.contains("..") && !name.contains(':')
    };
    names.filter(|name| name.contains('-')).find(is_plain).map(str::to_owned)
}

/// The findings about a file of the panel.
pub fn file(kind: Kind, answer: &Answer) -> Vec<Finding> {
    let what = |more: &str| [if kind == Kind::Script { "Script, " } else { "Program, " }, more].concat();
    if !answer.is_good() {
        let said =
            if answer.status == 0 { "No answer".to_owned() } else { format!("HTTP {}", answer.status) };
        return vec![found(Severity::Problem, &what("file"), &said, "The panel cannot start without it.")];
    }
    let mut all = Vec::new();
    if kind == Kind::Program {
        let is_right = answer.header("content-type").is_some_and(|kind| kind.starts_with("application/wasm"));
        all.push(if is_right {
            found(
                Severity::Fine,
                &what("type"),
                "application/wasm",
                "The browser compiles it while it loads.",
            )
        } else {
            found(
                Severity::Problem,
                &what("type"),
                "Not application/wasm",
                "The panel starts later, or not at all. Send application/wasm.",
            )
        });
    }
    let is_packed = answer.header("content-encoding").is_some();
    all.push(if is_packed {
        found(Severity::Fine, &what("compression"), "Compressed", "The first load is short.")
    } else {
        found(
            Severity::Note,
            &what("compression"),
            "Not compressed",
            "The first load takes several times as long. Send the .gz or .br files.",
        )
    });
    let is_kept = answer.header("cache-control").is_some_and(|value| text::holds(value, "immutable"));
    all.push(if is_kept {
        found(Severity::Fine, &what("cache"), "Kept for good", "A second start loads nothing again.")
    } else {
        found(
            Severity::Note,
            &what("cache"),
            "Not kept for good",
            "Each start asks for the file again. Its name changes with its content, so it may be kept.",
        )
    });
    all
}

/// The findings about an answer of the API.
pub fn interface(answer: &Answer) -> Vec<Finding> {
    let keeps = answer.header("cache-control").unwrap_or_default();
    let (severity, said, means) = if text::holds(keeps, "no-store") {
        (Severity::Fine, "No cache may keep answers", "Nobody finds them later in a cache.")
    } else if text::holds(keeps, "public")
        || text::holds(keeps, "max-age") && !text::holds(keeps, "max-age=0")
    {
        (
            Severity::Problem,
            "Caches may keep answers",
            "The panel may show old jobs, and a shared cache another person's. Send no-store for /api/.",
        )
    } else {
        (
            Severity::Note,
            "Not forbidden to caches",
            "A cache between may keep answers. Send no-store for /api/.",
        )
    };
    vec![found(severity, "Answers of the interface", said, means)]
}
