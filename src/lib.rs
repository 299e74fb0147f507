//! Key sync: a browser panel for the key synchronization jobs of a `CipherTrust` Manager.
//!
//! The data flow: the address is parsed into a `Route`, which makes a request (`api`). `query` sends it, and `auth`
//! authorizes it. The JSON is decoded into the model, an outcome is derived from the model, and `pages` and
//! `components` render it. `ARCHITECTURE.md` describes each step.

pub mod api;
pub mod app;
pub mod auth;
pub mod background;
pub mod clock;
pub mod components;
pub mod config;
pub mod dialogs;
pub mod lazy_views;
pub mod pages;
pub mod panic;
pub mod preboot;
pub mod query;
pub mod routing;
pub mod state;

#[cfg(all(test, not(target_arch = "wasm32")))]
extern crate self as key_sync;

/// The tests of public interfaces and of the sources. A test program of its own would need the whole library compiled
/// a second time.
#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "../tests/structure/main.rs"]
mod structure;
