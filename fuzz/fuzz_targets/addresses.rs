//! Any text as the fragment of the panel's address.
#![no_main]

use key_sync_fuzz::input_checks;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| input_checks::address(text));
