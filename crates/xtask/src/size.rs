//! Measures the size of the first load and of later files, by type of file, uncompressed and with brotli, and
//! compares it with the budget.

use crate::{compress, files, third_party};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The size of one or several files, in bytes.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    pub files: usize,
    pub raw: usize,
    pub brotli: usize,
}

/// The sizes by type of file (the extension of the name).
pub type Weights = BTreeMap<String, Weight>;

/// The sizes of a build.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Build {
    /// The files that are loaded until the first rows are visible: the page, the files that it names, and the
    /// configuration.
    pub first: Weights,
    /// All other files, which are loaded when the page is idle or when a person needs them.
    pub later: Weights,
}

/// The largest sizes of the first load and of all files, in bytes with brotli.
#[derive(Debug, Deserialize)]
pub struct Budget {
    #[serde(rename = "first_load_brotli")]
    first_load: usize,
    #[serde(rename = "whole_brotli")]
    whole: usize,
}

impl Budget {
    pub fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        toml::from_str(&text).with_context(|| format!("reading {}", file.display()))
    }

    /// Returns whether the build is within the budget, and the sentences about it.
    pub fn judge(&self, build: &Build) -> (bool, String) {
        let [first, later] = [&build.first, &build.later].map(|part| total(part).brotli);
        let whole = first + later;
        let judged = [
            judge("The first load is", first, self.first_load),
            judge("All files together are", whole, self.whole),
        ];
        let is_within = judged.iter().all(|(is_within, _)| *is_within);
        (is_within, judged.map(|(_, sentence)| sentence).join("\n"))
    }
}

fn judge(what: &str, have: usize, most: usize) -> (bool, String) {
    let (kb_have, kb_most) = (kilobytes(have), kilobytes(most));
    let sentence = if have <= most {
        format!("{what} {kb_have} with brotli; the budget is {kb_most}, {} are left.", kilobytes(most - have))
    } else {
        format!("{what} {kb_have} with brotli, {} above the budget of {kb_most}.", kilobytes(have - most))
    };
    (have <= most, sentence)
}

/// Measures every file in `folder` and below as a server sends it: by its brotli copy where there is one.
pub fn of_folder(folder: &Path) -> Result<Build> {
    let page = folder.join("index.html");
    let page = fs::read_to_string(&page).with_context(|| format!("reading {}", page.display()))?;
    let mut build = Build::default();
    for path in files::below(folder)? {
        // The licences are a document, which opens in a tab of its own.
        if compress::is_twin(&path) || path.ends_with(third_party::FILE) {
            continue;
        }
        let size = |path: &Path| fs::metadata(path).map(|file| file.len() as usize);
        let raw = size(&path).with_context(|| format!("weighing {}", path.display()))?;
        let kind = path.extension().map_or_else(String::new, |ending| ending.to_string_lossy().into_owned());
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let at_first = ["index.html", compress::EDITABLE].contains(&&*name) || page.contains(&*name);
        let part = if at_first { &mut build.first } else { &mut build.later };
        let weight = part.entry(kind).or_default();
        weight.files += 1;
        weight.raw += raw;
        weight.brotli += size(&compress::twin(&path, "br")).unwrap_or(raw);
    }
    Ok(build)
}

fn total(weights: &Weights) -> Weight {
    weights.values().fold(Weight::default(), |sum, weight| Weight {
        files: sum.files + weight.files,
        raw: sum.raw + weight.raw,
        brotli: sum.brotli + weight.brotli,
    })
}

/// The table of sizes for a terminal, in bytes.
pub fn table(build: &Build) -> String {
    let mut text = format!("{:<12}{:>6}{:>12}{:>12}\n", "", "files", "raw", "brotli");
    for (part, weights) in [("first load", &build.first), ("later", &build.later)] {
        let rows = weights.iter().map(|(kind, weight)| (format!("  {kind}"), *weight));
        for (kind, Weight { files, raw, brotli }) in
            [(part.to_owned(), total(weights))].into_iter().chain(rows)
        {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{kind:<12}{files:>6}{:>12}{:>12}", grouped(raw), grouped(brotli));
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// Formats 1234567 as "1 234 567".
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// Formats bytes as kB with one decimal; 1 kB is 1000 bytes, as in the budget.
fn kilobytes(bytes: usize) -> String {
    format!("{:.1} kB", bytes as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::{Budget, Build, Weight, Weights, grouped, of_folder, table};

    fn build() -> Build {
        Build {
            first: Weights::from([
                ("css".to_owned(), Weight { files: 1, raw: 20_000, brotli: 5_000 }),
                ("wasm".to_owned(), Weight { files: 1, raw: 1_234_567, brotli: 90_000 }),
            ]),
            later: Weights::from([("wasm".to_owned(), Weight { files: 1, raw: 3_000, brotli: 1_000 })]),
        }
    }

    #[test]
    fn the_table_says_what_comes_when() {
        let expected = "             files         raw      brotli
first load       2   1 254 567      95 000
  css            1      20 000       5 000
  wasm           1   1 234 567      90 000
later            1       3 000       1 000
  wasm           1       3 000       1 000";
        assert_eq!(table(&build()), expected);
    }

    #[test]
    fn the_budget_holds_to_the_byte() {
        let budget = |first, whole| {
            let text = format!("first_load_brotli = {first}\nwhole_brotli = {whole}");
            toml::from_str::<Budget>(&text).expect("a budget").judge(&build())
        };
        assert!(budget(95_000, 96_000).0);
        assert!(!budget(95_000, 95_999).0);
        let (is_within, sentences) = budget(94_999, 97_000);
        assert!(!is_within);
        assert_eq!(
            sentences,
            "The first load is 95.0 kB with brotli, 0.0 kB above the budget of 95.0 kB.\n\
             All files together are 96.0 kB with brotli; the budget is 97.0 kB, 1.0 kB are left."
        );
    }

    #[test]
    fn a_budget_without_a_number_is_an_error() {
        for text in ["", "first_load_brotli = \"115 kB\"", "first_load_brotli = -1", "first_load_brotli = 1"]
        {
            assert!(toml::from_str::<Budget>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_file_weighs_what_a_server_sends_and_counts_when_the_page_names_it() {
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join("index.html"), "<script src=./a.js></script>").expect("written");
        for (name, length) in [("a.js", 90), ("a.js.br", 20), ("a.js.gz", 30), ("b.js", 10)] {
            std::fs::write(home.path().join(name), vec![0; length]).expect("written");
        }
        let build = of_folder(home.path()).expect("weighed");
        let weight = |raw, brotli| Weights::from([("js".to_owned(), Weight { files: 1, raw, brotli })]);
        assert_eq!((&build.first["js"], build.first.len()), (&weight(90, 20)["js"], 2));
        assert_eq!(build.later, weight(10, 10));
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(
            [0, 999, 1000, 12_345, 1_234_567].map(grouped),
            ["0", "999", "1 000", "12 345", "1 234 567"]
        );
    }
}
