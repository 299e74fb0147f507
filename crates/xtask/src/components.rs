//! The component tests (`tests/components/`): wasm-bindgen's runner serves them as a page, which the browser of the
//! other tests opens. The runner's headless mode would need a driver for each browser; this way needs no further
//! installation.

use crate::children::Children;
use crate::count::Count;
use crate::{browser, cargo, command, failures, npm, tools};
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// The beginning of the runner's line that has the URL of the page.
const SERVED: &str = "Interactive browsers tests are now available at ";

/// Runs the tests, and adds the descriptions of failed tests to `failed`.
pub fn run(failed: &mut Vec<String>) -> Result<Count> {
    cargo::prepare_target()?;
    npm::prepare_end2end()?;
    let chromium = browser::prepare()?;
    let runner = tools::wasm_bindgen()?.prepare()?.join("wasm-bindgen-test-runner");
    let mut test = command::cargo();
    cargo::erase_views(&mut test, cargo::WASM);
    test.args(["test", "--locked", "--target", cargo::WASM, "--test", "components"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("NO_HEADLESS", "1")
        .env("WASM_BINDGEN_TEST_ADDRESS", "127.0.0.1:0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    // The runner serves until it is ended.
    let mut children = Children::default();
    let output = children.spawn("the component tests", &mut test)?.stdout.take();
    let mut lines = BufReader::new(output.context("the output of the tests is missing")?).lines();
    let address = lines
        .find_map(|line| Some(line.ok()?.strip_prefix(SERVED)?.trim().to_owned()))
        .context("the component tests were not built")?;
    // The pipe is read to its end, because the runner would block on a full pipe.
    std::thread::spawn(move || lines.for_each(drop));
    let mut count = Count::default();
    let mut open = npm::node_program("node")?;
    open.arg("components.mjs").arg(address).current_dir(npm::end2end()).env("CHROMIUM", chromium);
    let succeeded = command::watched(&mut open, |line| {
        count += Count::in_cargo_line(line).unwrap_or_default();
        failed.extend(failures::in_cargo_line(line));
    })?;
    Ok(count.of_step(succeeded))
}
