//! The panel's own source, read as text for the tests of its structure.

use super::project;
use std::fs;
use std::path::Path;

/// One file of the panel or of its domain crate. The path is relative to `src/`; a file of the domain crate has the
/// prefix `cckm/`. A file of another crate has its path in the `src` folder of that crate.
pub struct File {
    pub path: String,
    pub text: String,
    /// The code without comments, without the contents of literals, and without the tests at the end of the file.
    pub code: String,
    pub literals: Vec<String>,
}

impl File {
    /// A file that consists of this code, without literals.
    pub fn of_code(path: &str, code: &str) -> Self {
        Self { path: path.to_owned(), text: code.to_owned(), code: code.to_owned(), literals: Vec::new() }
    }

    /// The identifiers and keywords of the code.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty())
    }
}

/// Whether the file at this path below `src/` renders something.
pub fn is_view(path: &str) -> bool {
    ["app.rs", "background.rs", "components/", "dialogs/", "pages/"]
        .iter()
        .any(|place| path.starts_with(place))
}

pub fn files() -> Vec<File> {
    let mut found = Vec::new();
    gather(&project("src"), "", &mut found);
    gather(&project("crates/cckm/src"), "cckm/", &mut found);
    assert!(found.len() > 10, "the source was not found");
    found
}

/// The files of another crate of the workspace.
pub fn crate_files(name: &str) -> Vec<File> {
    let mut found = Vec::new();
    gather(&project(&format!("crates/{name}/src")), "", &mut found);
    found
}

fn gather(folder: &Path, below: &str, found: &mut Vec<File>) {
    for (path, text) in texts(folder, below, &["rs"]) {
        let (code, literals) = read(&text);
        found.push(File { path, text, code, literals });
    }
}

/// The paths and texts of the files below `folder` that have one of `extensions`. Each path is relative to `folder` and
/// has the prefix `below`.
pub fn texts(folder: &Path, below: &str, extensions: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the source") {
        let path = entry.expect("an entry of a folder").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        let place = format!("{below}{name}");
        if path.is_dir() && name != "node_modules" {
            found.extend(texts(&path, &format!("{place}/"), extensions));
        } else if path.extension().is_some_and(|own| extensions.iter().any(|one| own == *one)) {
            found.push((place, fs::read_to_string(&path).expect("a file of the source")));
        }
    }
    found
}

/// Splits a file's text into code and string literals, without comments and the tests at the end of the file.
fn read(text: &str) -> (String, Vec<String>) {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let (mut code, mut literals) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            let end = raw.find("\"#").expect("a raw literal ends");
            literals.push(raw[..end].to_string());
            rest = &raw[end + 2..];
        } else if let Some(literal) = rest.strip_prefix('"') {
            let end = end_of(literal);
            literals.push(literal[..end].to_string());
            code.push_str("\"\"");
            rest = &literal[end + 1..];
        } else if let Some(after) = rest.strip_prefix("'\"'") {
            rest = after;
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    (code, literals)
}

fn end_of(literal: &str) -> usize {
    let mut escaped = false;
    for (at, c) in literal.char_indices() {
        match c {
            '"' if !escaped => return at,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    panic!("a literal has no end: {literal}")
}

#[test]
fn comments_tests_and_literals_are_told_from_code() {
    let (code, literals) = read(
        "use a::b; // aws\nlet c = \"http://\\\"x\\\"\"; let d = '\"'; r#\"raw \"one\"\"#;\n#[cfg(test)]\nmod tests {}",
    );
    assert_eq!(code, "use a::b; \nlet c = \"\"; let d = ; ;\n");
    assert_eq!(literals, ["http://\\\"x\\\"", "raw \"one\""]);
}

#[test]
fn no_view_sets_html() {
    for file in files() {
        let word = file.words().find(|word| {
            [
                "inner_html",
                "set_inner_html",
                "outer_html",
                "set_outer_html",
                "insert_adjacent_html",
                "InertElement",
            ]
            .contains(word)
        });
        assert_eq!(word, None, "{} would have the browser read a text as HTML", file.path);
    }
}

/// The names in the alternatives of a list in `html_policy.js`.
fn allowed(policy: &str, list: &str) -> Vec<String> {
    let (_, after) = policy.split_once(&format!("const {list} =")).expect("the list");
    let (text, _) = after.split_once(";\n").expect("its end");
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '[' && c != ']')
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_policy_allows_what_views_are_made_of() {
    let policy = fs::read_to_string(project("html_policy.js")).expect("the policy");
    let (elements, attributes) = (allowed(&policy, "element"), allowed(&policy, "attribute"));
    let (mut seen, mut unknown) = (0, Vec::new());
    for file in files().iter().filter(|file| is_view(&file.path)) {
        let code = file.text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = code.collect::<Vec<_>>().join("\n");
        let begins = code.match_indices('<').map(|(at, _)| code.split_at(at + 1));
        // A `<` after a name opens the generic arguments of a type.
        let begins = begins.filter(|(before, _)| {
            !before.trim_end_matches('<').ends_with(|c: char| c.is_alphanumeric() || c == ':')
        });
        for tag in begins.filter_map(|(_, after)| literal_tag(after)) {
            seen += 1;
            let mut words = tag.split_whitespace();
            let name = words.next().unwrap_or_default();
            let heading =
                name.len() == 2 && name.starts_with('h') && elements.iter().any(|one| one == "h[1-6]");
            // Every view creates these elements individually, not from HTML text: each opens, links or frames
            // something.
            let alone = ["a", "dialog", "form", "details", "svg", "use", "table"].contains(&name);
            if !(alone || heading || elements.iter().any(|one| one == name)) {
                unknown.push(format!("{}: <{tag}>", file.path));
            }
            for attribute in words.filter_map(|word| word.split('=').next()) {
                let known = attribute.starts_with("aria-")
                    || attribute.starts_with("auto")
                    || matches!(attribute, "x" | "y" | "x1" | "x2" | "y1" | "y2")
                    || attributes.iter().any(|one| one == attribute);
                if !known {
                    unknown.push(format!("{}: {attribute} in <{tag}>", file.path));
                }
            }
        }
    }
    assert!(seen > 300, "the views were not read: {seen}");
    assert!(unknown.is_empty(), "not in html_policy.js:\n{}", unknown.join("\n"));
}

/// The inside of a tag, without the values of its attributes; `None` unless all attributes are literals. `after` is
/// the text after its `<`.
fn literal_tag(after: &str) -> Option<String> {
    if !after.starts_with(|first: char| first.is_ascii_lowercase()) {
        return None;
    }
    let mut tag = String::new();
    let (mut value, mut last) = (false, ' ');
    for c in after.chars() {
        // A value that is not a literal begins with a name or an expression.
        if last == '=' && c != '"' {
            return None;
        }
        last = c;
        match c {
            '"' => value = !value,
            '>' if !value => return Some(tag.trim_end_matches('/').to_owned()),
            _ if value => {}
            _ if c.is_ascii_alphanumeric() || c.is_whitespace() || "-=/".contains(c) => tag.push(c),
            _ => return None,
        }
    }
    None
}
