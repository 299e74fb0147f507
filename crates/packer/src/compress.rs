//! Writes the compressed copies of a file, `x.br` and `x.gz` beside `x`, which servers send in place of `x`. Equal files give
//! equal copies.

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder};
use std::io::Write as _;
use std::path::Path;
use std::{fs, io};

/// Compresses a file, and writes the copies that are smaller than it.
pub fn compress(path: &Path) -> Result<()> {
    let written = || -> io::Result<()> {
        let bytes = fs::read(path)?;
        for (ending, packed) in [(".br", brotli(&bytes)?), (".gz", gzip(&bytes)?)] {
            let mut name = path.as_os_str().to_owned();
            name.push(ending);
            if packed.len() < bytes.len() {
                fs::write(name, packed)?;
            } else if fs::exists(&name)? {
                // The copy is of an earlier file, and a server would send that content.
                fs::remove_file(name)?;
            }
        }
        Ok(())
    };
    written().with_context(|| format!("compressing {}", path.display()))
}

/// Compresses with brotli at level 11 and the usual window of 4 MB.
fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
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
fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    packer.finish()
}

#[cfg(test)]
mod tests {
    use super::{brotli, compress, gzip};
    use std::collections::BTreeSet;
    use std::ffi::OsString;
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
    fn only_what_shrinks_has_copies() {
        let home = tempfile::tempdir().expect("a folder");
        let [large, tiny] = ["a.js", "tiny"].map(|name| home.path().join(name));
        fs::write(&large, "x".repeat(1000)).expect("written");
        fs::write(&tiny, "x").expect("written");
        fs::write(home.path().join("tiny.br"), "of an older file").expect("written");
        compress(&large).expect("compressed");
        compress(&tiny).expect("compressed");
        let entries = fs::read_dir(home.path()).expect("a folder");
        let names: BTreeSet<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
        assert_eq!(names, ["a.js", "a.js.br", "a.js.gz", "tiny"].map(OsString::from).into());
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let error = compress(Path::new("absent.js")).expect_err("it is absent");
        assert!(format!("{error:#}").starts_with("compressing absent.js: "), "{error:#}");
    }
}
