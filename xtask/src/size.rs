//! What the first load weighs, by type of file, raw and as brotli sends it, and whether that keeps the budget.

use crate::compress;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Bytes of one or several files.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    pub files: usize,
    pub raw: usize,
    pub brotli: usize,
}

/// The weight by type (the file name's ending). A page loads every file of the folder at its start.
pub type Weights = BTreeMap<String, Weight>;

/// Most bytes that the first load may have.
#[derive(Debug)]
pub struct Budget {
    first_load_brotli: usize,
}

impl Budget {
    pub fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        Self::parse(&text).with_context(|| format!("reading {}", file.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        let table: toml::Table = text.parse()?;
        let bytes = table.get("first_load_brotli").and_then(toml::Value::as_integer);
        let bytes = bytes.context("first_load_brotli must be a number of bytes")?;
        Ok(Self { first_load_brotli: usize::try_from(bytes).context("first_load_brotli is negative")? })
    }

    /// Whether the budget is kept, and the sentence that says so.
    pub fn judge(&self, weights: &Weights) -> (bool, String) {
        let have = total(weights).brotli;
        let most = self.first_load_brotli;
        let kept = have <= most;
        let (kb_have, kb_most) = (kilobytes(have), kilobytes(most));
        let sentence = if kept {
            format!(
                "The first load is {kb_have} with brotli; the budget is {kb_most}, {} are left.",
                kilobytes(most - have)
            )
        } else {
            format!(
                "The first load is {kb_have} with brotli, {} above the budget of {kb_most}.",
                kilobytes(have - most)
            )
        };
        (kept, sentence)
    }
}

/// Weighs every file in `folder` and below, each as a server sends it: the brotli twin where there is one.
pub fn of_folder(folder: &Path) -> Result<Weights> {
    let mut weights = Weights::new();
    collect(folder, &mut weights).with_context(|| format!("weighing {}", folder.display()))?;
    if weights.is_empty() {
        bail!("{} holds no files", folder.display());
    }
    Ok(weights)
}

fn collect(folder: &Path, weights: &mut Weights) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, weights)?;
            continue;
        }
        if compress::is_twin(&path) {
            continue;
        }
        let raw = fs::metadata(&path)?.len() as usize;
        let mut twin = path.clone().into_os_string();
        twin.push(".br");
        let kind = path.extension().map_or_else(String::new, |ending| ending.to_string_lossy().into_owned());
        let weight = weights.entry(kind).or_default();
        weight.files += 1;
        weight.raw += raw;
        weight.brotli += fs::metadata(twin).map_or(raw, |twin| twin.len() as usize);
    }
    Ok(())
}

fn total(weights: &Weights) -> Weight {
    weights.values().fold(Weight::default(), |sum, weight| Weight {
        files: sum.files + weight.files,
        raw: sum.raw + weight.raw,
        brotli: sum.brotli + weight.brotli,
    })
}

/// The table that a person reads, bytes in full.
pub fn table(weights: &Weights) -> String {
    let mut text = format!("{:<8}{:>6}{:>12}{:>12}\n", "type", "files", "raw", "brotli");
    let rows = weights.iter().map(|(kind, weight)| (kind.as_str(), *weight));
    for (kind, Weight { files, raw, brotli }) in rows.chain([("total", total(weights))]) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{kind:<8}{files:>6}{:>12}{:>12}", grouped(raw), grouped(brotli));
    }
    text.truncate(text.trim_end().len());
    text
}

/// 1234567 as "1 234 567".
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

/// 1 kB is 1000 bytes, as in the budget; one decimal.
fn kilobytes(bytes: usize) -> String {
    format!("{:.1} kB", bytes as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::{Budget, Weight, Weights, grouped, of_folder, table};

    fn weights() -> Weights {
        Weights::from([
            ("css".to_owned(), Weight { files: 3, raw: 20_000, brotli: 5_000 }),
            ("wasm".to_owned(), Weight { files: 1, raw: 1_234_567, brotli: 90_000 }),
        ])
    }

    #[test]
    fn the_table_ends_with_the_sum() {
        let expected = "\
type     files         raw      brotli
css          3      20 000       5 000
wasm         1   1 234 567      90 000
total        4   1 254 567      95 000";
        assert_eq!(table(&weights()), expected);
    }

    #[test]
    fn the_budget_holds_to_the_byte() {
        let budget = |text| Budget::parse(text).expect("a budget");
        assert!(budget("first_load_brotli = 95_000").judge(&weights()).0);
        let (kept, sentence) = budget("first_load_brotli = 94_999").judge(&weights());
        assert!(!kept);
        assert_eq!(sentence, "The first load is 95.0 kB with brotli, 0.0 kB above the budget of 95.0 kB.");
    }

    #[test]
    fn a_budget_without_a_number_is_an_error() {
        for text in ["", "first_load_brotli = \"115 kB\"", "first_load_brotli = -1", "first_load"] {
            assert!(Budget::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_file_weighs_what_a_server_sends() {
        let home = tempfile::tempdir().expect("a folder");
        for (name, length) in [("a.js", 90), ("a.js.br", 20), ("a.js.gz", 30), ("b.js", 10)] {
            std::fs::write(home.path().join(name), vec![0; length]).expect("written");
        }
        let weights = of_folder(home.path()).expect("weighed");
        assert_eq!(weights, Weights::from([("js".to_owned(), Weight { files: 2, raw: 100, brotli: 30 })]));
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(
            [0, 999, 1000, 12_345, 1_234_567].map(grouped),
            ["0", "999", "1 000", "12 345", "1 234 567"]
        );
    }
}
