//! Tests of the emulator from outside: each quirk by name, its lists, session, control API, data, pages and process.

mod broken_body;
mod control;
mod data;
mod documented;
mod families;
mod key_sources;
mod lists;
mod pages;
mod process;
mod quirks;
mod schedules;
mod session;
mod support;
