//! Writes compressed copies of published files, `x.br` and `x.gz` beside `x`, which servers send in place of `x`.
//! Equal files give equal copies. The only file of the panel that it names is the one that an operator may edit.

use crate::{files, parallel};
use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The file name extensions of the compressed copies.
pub const ENDINGS: [&str; 2] = ["br", "gz"];

/// The file that an operator edits. It has no compressed copy, because servers would send the copy even after a
/// change.
pub const EDITABLE: &str = "config.json";

/// Compresses every file in `folder` and below, and writes the copies that are smaller than the file.
pub fn folder(folder: &Path) -> Result<()> {
    let mut files = files::below(folder)?;
    files.retain(|path| !is_twin(path) && path.file_name().is_none_or(|name| name != EDITABLE));
    parallel::each(&files, |path| file(path).with_context(|| format!("compressing {}", path.display())))?;
    Ok(())
}

/// Whether a file is the compressed copy of another.
pub fn is_twin(path: &Path) -> bool {
    path.extension().is_some_and(|own| ENDINGS.iter().any(|ending| own == *ending))
}

/// The name of the compressed copy with this extension.
pub fn twin(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn file(path: &Path) -> Result<()> {
    let bytes = fs::read(path)?;
    for (ending, packed) in ENDINGS.into_iter().zip([brotli(&bytes)?, gzip(&bytes)?]) {
        let name = twin(path, ending);
        if packed.len() < bytes.len() {
            fs::write(name, packed)?;
        } else if fs::exists(&name)? {
            // The copy is of an earlier file, and a server would send that content.
            fs::remove_file(name)?;
        }
    }
    Ok(())
}

/// Compresses with brotli at level 11 and the usual window of 4 MB.
pub fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let settings = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &settings)?;
    Ok(packed)
}

/// Compresses with gzip at level 9, without a name and a time.
pub fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    packer.finish()
}

#[cfg(test)]
mod tests {
    use super::{brotli, folder, gzip, is_twin};
    use std::collections::BTreeSet;
    use std::fs;
    use std::io::Read;
    use std::path::Path;

    #[test]
    fn a_twin_holds_what_the_file_holds() {
        let text = b"a text that repeats, a text that repeats, a text that repeats".as_slice();
        let mut unpacked = Vec::new();
        brotli::Decompressor::new(&*brotli(text).expect("it compresses"), 4096)
            .read_to_end(&mut unpacked)
            .expect("brotli");
        assert_eq!(unpacked, text);
        unpacked.clear();
        flate2::read::GzDecoder::new(&*gzip(text).expect("it compresses"))
            .read_to_end(&mut unpacked)
            .expect("gzip");
        assert_eq!(unpacked, text);
    }

    #[test]
    fn nothing_of_time_or_machine_is_in_them() {
        let packed = gzip(b"text").expect("it compresses");
        assert_eq!(packed[..2], [0x1f, 0x8b], "gzip");
        assert_eq!(packed[3], 0, "no name, no comment");
        assert_eq!(packed[4..8], [0; 4], "no time");
        assert_eq!(packed[9], 255, "no operating system");
        assert_eq!(packed, gzip(b"text").expect("it compresses"));
        assert_eq!(brotli(b"text").expect("it compresses"), brotli(b"text").expect("it compresses"));
    }

    #[test]
    fn brotli_is_the_whole_stream() {
        // An empty brotli stream is one byte in every implementation, and repetition compresses to few bytes.
        assert_eq!(brotli(b"").expect("it compresses").len(), 1);
        assert!(brotli(&[b'a'; 10_000]).expect("it compresses").len() < 30);
    }

    #[test]
    fn only_what_shrinks_and_no_one_edits_has_twins() {
        let home = tempfile::tempdir().expect("a folder");
        let text = "x".repeat(1000);
        let below = home.path().join("below");
        fs::create_dir(&below).expect("a folder");
        for file in ["index.html", "config.json", "below/a.js"] {
            fs::write(home.path().join(file), &text).expect("written");
        }
        fs::write(home.path().join("tiny"), "x").expect("written");
        fs::write(home.path().join("tiny.br"), "of an older file").expect("written");

        folder(home.path()).expect("compressed");
        // The second run finds the results of the first.
        folder(home.path()).expect("compressed");
        assert_eq!(
            names(home.path()),
            ["below", "config.json", "index.html", "index.html.br", "index.html.gz", "tiny"]
        );
        assert_eq!(names(&below), ["a.js", "a.js.br", "a.js.gz"]);
        assert!(is_twin(&below.join("a.js.gz")) && !is_twin(&below.join("a.js")));
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let names: BTreeSet<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.into_iter().collect()
    }
}
