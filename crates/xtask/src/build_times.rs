//! Measures how long the panel takes to build in a copy of the sources: from scratch, and after a change of one file.

use crate::clean_copy::CleanCopy;
use crate::{command, progress};
use anyhow::{Context, Result};
use std::fs::File;
use std::time::{Instant, SystemTime};

/// The file that is changed: one in the middle of the panel that is often edited.
const TOUCHED: &str = "src/components/job_table/table.rs";

/// Build times in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Times {
    clean: f64,
    touched: f64,
}

impl Times {
    /// Builds twice. Tools and crates are already downloaded, as on every machine that has built the panel before.
    pub fn measured() -> Result<Self> {
        let copy = CleanCopy::copied()?;
        let build = || {
            let start = Instant::now();
            command::run(copy.xtask()?.arg("build"))?;
            anyhow::Ok(start.elapsed().as_secs_f64())
        };
        progress::say("measuring a build from nothing (some minutes)");
        let clean = build()?;
        let file = copy.sources().join(TOUCHED);
        File::options()
            .write(true)
            .open(&file)
            .and_then(|file| file.set_modified(SystemTime::now()))
            .with_context(|| format!("touching {}", file.display()))?;
        progress::say("measuring a build after one file");
        Ok(Self { clean, touched: build()? })
    }

    /// The argument of `bench/measure/run.mjs`.
    pub fn argument(self) -> String {
        format!("--builds={:.1},{:.1}", self.clean, self.touched)
    }
}

#[cfg(test)]
mod tests {
    use super::{TOUCHED, Times};
    use crate::workspace;

    #[test]
    fn the_file_is_there() {
        assert!(workspace::root().join(TOUCHED).is_file());
    }

    #[test]
    fn times_are_passed_on_in_seconds() {
        assert_eq!(Times { clean: 123.44, touched: 50.0 }.argument(), "--builds=123.4,50.0");
    }
}
