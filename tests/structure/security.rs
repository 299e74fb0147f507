//! Reads `docs/security/asvs.md` and holds what it says: every test that it names exists, and no requirement is left out. Holds
//! also those requirements that a look at the files of the project can hold.

use super::project;
use super::source::texts;
use std::collections::BTreeMap;
use std::fs;

const TABLE: &str = "docs/security/asvs.md";

/// The chapters of OWASP ASVS 5.0.0 that the table has whole: section, the number of its requirements, and those of level 3,
/// which are left out.
const SECTIONS: &[(&str, u32, &[u32])] = &[
    ("V3.2", 3, &[3]),
    ("V3.3", 5, &[5]),
    ("V3.4", 8, &[7, 8]),
    ("V3.5", 8, &[6, 7, 8]),
    ("V3.7", 5, &[3, 4, 5]),
    ("V7.1", 3, &[]),
    ("V7.2", 4, &[]),
    ("V7.3", 2, &[]),
    ("V7.4", 5, &[]),
    ("V7.5", 3, &[3]),
    ("V7.6", 2, &[]),
    ("V13.1", 4, &[2, 3, 4]),
    ("V13.2", 6, &[6]),
    ("V13.3", 4, &[3, 4]),
    ("V13.4", 7, &[6, 7]),
    ("V14.1", 2, &[]),
    ("V14.2", 8, &[5, 6, 7, 8]),
    ("V14.3", 3, &[]),
];

struct Row {
    state: String,
    by: String,
    /// The tests by file and title.
    tests: Vec<(String, String)>,
}

fn read(path: &str) -> String {
    fs::read_to_string(project(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The rows of all tables in `text`, by the number of the requirement. The error names a row that cannot be read.
fn rows(text: &str) -> Result<BTreeMap<String, Row>, String> {
    let mut rows = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| V")) {
        // A vertical bar within a cell is escaped.
        let line = line.replace("\\|", "\u{1}");
        let cells: Vec<String> = line.split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect();
        let [_, number, _, state, by, tests, _] = cells.as_slice() else {
            return Err(format!("{line} has not five cells"));
        };
        let tests = tests.split("<br>").filter(|test| !test.is_empty()).map(|test| {
            let (file, title) = test.strip_prefix('`').and_then(|test| test.split_once("`: "))?;
            Some((file.to_owned(), title.to_owned()))
        });
        let tests =
            tests.collect::<Option<_>>().ok_or_else(|| format!("{number} names a test without its file"))?;
        let row = Row { state: state.clone(), by: by.clone(), tests };
        if rows.insert(number.clone(), row).is_some() {
            return Err(format!("{number} is there twice"));
        }
    }
    Ok(rows)
}

/// Whether `code` has a test of this title: a function in Rust, the words in quotes in a browser test.
fn has_test(code: &str, title: &str) -> bool {
    let of_browser = ["\"", "`"].iter().any(|quote| code.contains(&format!("test({quote}{title}{quote},")));
    of_browser
        || code.contains(&format!("#[test]\n    fn {title}("))
        || code.contains(&format!("#[test]\nfn {title}("))
}

/// What is wrong with a row.
fn faults(number: &str, row: &Row, file: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut found = Vec::new();
    let mut say = |what: String| found.push(format!("{number}: {what}"));
    match row.state.as_str() {
        "held" if row.tests.is_empty() => say("nothing that is named holds it".to_owned()),
        "held" => {}
        "document" | "server" | "host" | "open" | "no" if row.tests.is_empty() => {}
        other => say(format!("\"{other}\" is no state, or has no tests")),
    }
    if row.state == "document" {
        let named = row.by.split(')').filter_map(|part| part.trim_start_matches([',', ' ']).split_once(" ("));
        let parts: Vec<_> = named.collect();
        if parts.is_empty() {
            say(format!("no document in \"{}\"", row.by));
        }
        for (name, part) in parts {
            let there = file(name).is_some_and(|text| text.to_lowercase().contains(&part.to_lowercase()));
            if !there {
                say(format!("{name} has no part \"{part}\""));
            }
        }
    }
    for (path, title) in &row.tests {
        match file(path) {
            None => say(format!("{path} does not exist")),
            Some(code) if !has_test(&code, title) => say(format!("{path} has no test \"{title}\"")),
            Some(_) => {}
        }
    }
    found
}

#[test]
fn every_requirement_of_the_table_is_held_as_it_says() {
    let rows = rows(&read(TABLE)).unwrap_or_else(|error| panic!("{TABLE}: {error}"));
    let file = |path: &str| fs::read_to_string(project(path)).ok();
    let found: Vec<_> = rows.iter().flat_map(|(number, row)| faults(number, row, file)).collect();
    assert!(found.is_empty(), "{TABLE}\n{}", found.join("\n"));
}

#[test]
fn no_requirement_of_the_whole_chapters_is_left_out() {
    let rows = rows(&read(TABLE)).unwrap_or_else(|error| panic!("{TABLE}: {error}"));
    let mut missing = Vec::new();
    for (section, last, beyond) in SECTIONS {
        let wanted = (1..=*last).filter(|number| !beyond.contains(number));
        missing.extend(
            wanted.map(|number| format!("{section}.{number}")).filter(|number| !rows.contains_key(number)),
        );
    }
    assert!(missing.is_empty(), "{TABLE} lacks {missing:?}");
}

#[test]
fn a_table_that_is_wrong_is_found() {
    let file = |path: &str| match path {
        "a.rs" => Some("#[test]\nfn holds() {}\nfn helper() {}".to_owned()),
        "b.ts" => Some("test(\"it holds\", async () => {}); test(`${x} holds`, f)".to_owned()),
        "c.md" => Some("# The part".to_owned()),
        _ => None,
    };
    let found = |line: &str| {
        let rows = rows(line).unwrap_or_else(|error| panic!("{error}"));
        rows.iter().flat_map(|(number, row)| faults(number, row, file)).count()
    };
    for right in [
        "| V1 | x | held | y | `a.rs`: holds |",
        "| V1 | x | held | y | `a.rs`: holds<br>`b.ts`: it holds |",
        "| V1 | x | held | y | `b.ts`: ${x} holds |",
        "| V1 | x | document | c.md (Part): y | |",
        "| V1 | x | no | y | |",
    ] {
        assert_eq!(found(right), 0, "{right}");
    }
    for wrong in [
        "| V1 | x | held | y | |",
        "| V1 | x | held | y | `a.rs`: helper |",
        "| V1 | x | held | y | `a.rs`: hold |",
        "| V1 | x | held | y | `b.ts`: holds |",
        "| V1 | x | held | y | `z.ts`: it holds |",
        "| V1 | x | document | d.md (Part) | |",
        "| V1 | x | document | c.md (Another) | |",
        "| V1 | x | document | c.md | |",
        "| V1 | x | good | y | |",
        "| V1 | x | host | y | `a.rs`: holds |",
    ] {
        assert_eq!(found(wrong), 1, "{wrong}");
    }
    assert!(rows("| V1 | x | held | y | a.rs: holds |").is_err());
    assert!(rows("| V1 | x | no | y | |\n| V1 | x | no | y | |").is_err());
    assert!(rows("| V1 | x | no | |").is_err());
}

#[test]
fn unsafe_code_is_forbidden() {
    assert!(read("Cargo.toml").contains("\nunsafe_code = \"forbid\"\n"));
    for member in [".", "crates/cckm", "crates/check", "crates/emulator", "crates/packer", "crates/xtask"] {
        let manifest = read(&format!("{member}/Cargo.toml"));
        assert!(manifest.contains("\n[lints]\nworkspace = true\n"), "{member} has lints of its own");
    }
}

/// The lines of the nginx configuration that begin with `word`, without comments.
fn directives(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (_, text) in texts(&project("deploy"), "", &["conf"]) {
        let lines = text.lines().map(str::trim).filter(|line| line.split_whitespace().next() == Some(word));
        found.extend(lines.map(str::to_owned));
    }
    found
}

#[test]
fn the_server_check_asks_for_the_headers_that_are_published() {
    let headers = directives("add_header");
    let shipped = cckm::server_check::shipped_headers();
    for (name, value) in &shipped {
        let own: Vec<&String> =
            headers.iter().filter(|line| line.split_whitespace().nth(1) == Some(*name)).collect();
        let [line] = own[..] else { panic!("{name}: {own:?}") };
        let sent = line.trim_start_matches("add_header").trim().trim_start_matches(name).trim();
        let sent = sent.trim_end_matches("always;").trim().trim_matches('"');
        assert_eq!(sent, value, "{name}");
    }
    // `Cache-Control` depends on the file, and is compared by its meaning.
    assert_eq!(headers.len(), shipped.len() + 1, "a header that the check does not know");
}

#[test]
fn every_port_of_the_panel_speaks_tls() {
    let listen = directives("listen");
    assert!(listen.len() >= 3, "{listen:?}");
    for line in listen {
        let is_internal = line.starts_with("listen 127.0.0.1:");
        assert!(line.contains(" ssl") || is_internal, "{line}");
    }
}

#[test]
fn a_client_sets_no_header_of_the_proxy() {
    let set = directives("proxy_set_header").join("\n");
    for (name, value) in [("X-Forwarded-For", "$remote_addr"), ("X-Forwarded-Proto", "$scheme")] {
        assert!(set.contains(&format!("proxy_set_header {name} {value};")), "{name}");
    }
    // What a client sends is in variables of this form.
    assert!(!set.contains("$http_x_") && !set.contains("$proxy_add_x_forwarded_for"), "{set}");
}

#[test]
fn no_script_merges_objects_from_outside() {
    for script in ["boot.js", "preboot.js", "stopped.js", "html_policy.js", "crates/xtask/src/rest.js"] {
        let code = read(script);
        for way in [
            "__proto__",
            "for (const key in",
            "structuredClone",
            "Object.setPrototypeOf",
            "eval(",
            "new Function",
        ] {
            assert!(!code.contains(way), "{script}: {way}");
        }
    }
}
