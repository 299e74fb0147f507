//! Reproducible archives: entries are sorted by name, belong to user 0, and share one modification time and the same
//! permissions.

use crate::files;
use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use tar::{Builder, EntryType, Header};

/// The contents of files by name; names are relative and use `/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Adds a file, or a folder with all its contents, under `name`; with an empty name only the contents of the folder.
pub fn add(files: &mut Files, path: &Path, name: &str) -> Result<()> {
    for file in files::below(path)? {
        let content = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        let mut parts = vec![name];
        for part in file.strip_prefix(path)? {
            parts.push(part.to_str().context("a file's name is not Unicode")?);
        }
        parts.retain(|part| !part.is_empty());
        files.insert(parts.join("/"), content);
    }
    Ok(())
}

/// Packs the files into a `.tar.gz` with the single folder `top`. `time` is in seconds since 1970.
pub fn tar_gz(files: &Files, top: &str, time: u64) -> Result<Vec<u8>> {
    let packer = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    let mut archive = Builder::new(packer);
    for (name, content) in files {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(time);
        header.set_uid(0);
        header.set_gid(0);
        archive
            .append_data(&mut header, format!("{top}/{name}"), content.as_slice())
            .with_context(|| format!("packing {name}"))?;
    }
    Ok(archive.into_inner()?.finish()?)
}

/// Writes the checksums of `files` in the format of `sha256sum --check`.
pub fn sums(files: &Files) -> String {
    let mut text = String::new();
    for (name, content) in files {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:x}  {name}", Sha256::digest(content));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Files, add, sums, tar_gz};
    use flate2::read::GzDecoder;
    use std::fs;
    use std::io::Read;
    use tar::Archive;

    #[test]
    fn the_same_files_give_the_same_bytes_whenever_and_wherever() {
        let pack = |order: [&str; 2]| {
            let home = tempfile::tempdir().expect("a folder");
            fs::create_dir(home.path().join("below")).expect("a folder");
            for name in order {
                fs::write(home.path().join(name), name).expect("written");
            }
            let mut files = Files::new();
            add(&mut files, home.path(), "dist").expect("read");
            (sums(&files), tar_gz(&files, "top", 1_000_000_000).expect("packed"))
        };
        assert_eq!(pack(["b.js", "below/a.js"]), pack(["below/a.js", "b.js"]));
    }

    #[test]
    fn the_archive_holds_the_files_of_nobody() {
        let files =
            Files::from([("dist/a.js".to_owned(), b"one".to_vec()), ("b".to_owned(), b"two".to_vec())]);
        let packed = tar_gz(&files, "top", 1_000_000_000).expect("packed");
        let mut archive = Archive::new(GzDecoder::new(packed.as_slice()));
        let mut found = Vec::new();
        for entry in archive.entries().expect("an archive") {
            let mut entry = entry.expect("an entry");
            let mut content = String::new();
            entry.read_to_string(&mut content).expect("text");
            let header = entry.header();
            assert_eq!(header.mode().expect("a mode"), 0o644);
            assert_eq!(header.uid().expect("a user") + header.gid().expect("a group"), 0);
            assert_eq!(header.mtime().expect("a time"), 1_000_000_000);
            found.push((entry.path().expect("a name").to_string_lossy().into_owned(), content));
        }
        let expected = [("top/b", "two"), ("top/dist/a.js", "one")];
        assert_eq!(found, expected.map(|(name, content)| (name.to_owned(), content.to_owned())));
    }

    #[test]
    fn sums_are_what_sha256sum_reads() {
        let files = Files::from([("empty".to_owned(), Vec::new())]);
        // The SHA-256 of the empty input, as in the examples of FIPS 180-4.
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sums(&files), format!("{nothing}  empty\n"));
    }
}
