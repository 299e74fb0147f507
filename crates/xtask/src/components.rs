//! The component tests (`tests/components/`): wasm-bindgen's runner serves them as a page, and the browser of the other tests
//! opens it. So nothing more has to be installed, where the runner's own way needs a driver for each browser.

use crate::children::Children;
use crate::count::Count;
use crate::{browser, cargo, command, failures, npm, tools};
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// How the runner's line begins that says where the page is.
const SERVED: &str = "Interactive browsers tests are now available at ";

/// Adds what says which tests failed to `failed`.
pub fn run(failed: &mut Vec<String>) -> Result<Count> {
    cargo::prepare_target()?;
    npm::prepare_end2end()?;
    let chromium = browser::prepare()?;
    let runner = tools::wasm_bindgen()?.prepare()?.join("wasm-bindgen-test-runner");
    let mut test = command::cargo();
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
    // Its pipe is read to the end, or the runner would wait for somebody to read it.
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
