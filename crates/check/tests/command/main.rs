//! The program against an emulator: its reports, its exit codes, and what it leaves out.

mod exit_codes;
mod names;
mod renewal;
mod reports;
mod support;
mod tls;
