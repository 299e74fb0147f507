//! Any text as `config.json`.
#![no_main]

use key_sync_fuzz::input_checks;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| input_checks::config(text));
