//! The panel's own source, read as text: what the tests of borders and names look at.

use crate::project;
use std::fs;
use std::path::Path;

/// One file of `src/`: its path below `src/`, all of its text, its code, and the text literals of the code.
pub struct File {
    pub path: String,
    pub text: String,
    /// Without comments, without what literals hold, and up to the file's tests.
    pub code: String,
    pub literals: Vec<String>,
}

impl File {
    /// The identifiers and keywords of the code.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty())
    }
}

pub fn files() -> Vec<File> {
    let mut found = Vec::new();
    gather(&project("src"), "", &mut found);
    assert!(found.len() > 10, "the source was not found");
    found
}

fn gather(folder: &Path, below: &str, found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).expect("a folder of the source") {
        let path = entry.expect("an entry of a folder").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        let place = format!("{below}{name}");
        if path.is_dir() {
            gather(&path, &format!("{place}/"), found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a file of the source");
            let (code, literals) = read(&text);
            found.push(File { path: place, text, code, literals });
        }
    }
}

/// Splits a file's text into code and literals, leaving comments and the tests at the end out.
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
