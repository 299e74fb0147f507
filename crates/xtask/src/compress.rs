//! The compressed copies of published files, `x.br` and `x.gz` beside `x`, which servers send in place of `x`. The crate
//! `packer` writes them. The only file of the panel that this module names is the one that an operator may edit.

use crate::{command, files, parallel};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// The file that an operator edits. It has no compressed copy, because servers would send the copy even after a
/// change.
pub const EDITABLE: &str = "config.json";

/// Compresses the files in `folder` and below with the program of the crate `packer`.
pub fn folder(folder: &Path, packer: &Path) -> Result<()> {
    parallel::each(&wanted(folder)?, |file| command::run(command::new(packer).arg("compress").arg(file)))?;
    Ok(())
}

/// The files that get compressed copies.
fn wanted(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = files::below(folder)?;
    files.retain(|path| !is_twin(path) && path.file_name().is_none_or(|name| name != EDITABLE));
    Ok(files)
}

/// Whether a file is the compressed copy of another.
pub fn is_twin(path: &Path) -> bool {
    path.extension().is_some_and(|own| ["br", "gz"].iter().any(|ending| own == *ending))
}

/// The name of the compressed copy with this extension.
pub fn twin(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::{is_twin, twin, wanted};
    use std::fs;
    use std::path::Path;

    #[test]
    fn what_no_one_edits_and_is_no_copy_is_compressed() {
        let home = tempfile::tempdir().expect("a folder");
        fs::create_dir(home.path().join("below")).expect("a folder");
        let files = ["config.json", "below/a.js", "below/a.js.gz", "index.html", "index.html.br"];
        for file in files {
            fs::write(home.path().join(file), "x").expect("written");
        }
        let expected = ["below/a.js", "index.html"].map(|name| home.path().join(name));
        assert_eq!(wanted(home.path()).expect("a folder"), expected);
    }

    #[test]
    fn a_copy_is_found_by_its_name() {
        let file = Path::new("below/a.js");
        assert!(["br", "gz"].iter().all(|ending| is_twin(&twin(file, ending))) && !is_twin(file));
    }
}
