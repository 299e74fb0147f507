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
