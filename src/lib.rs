//! Key sync: a browser panel for the key synchronization jobs of a `CipherTrust` Manager.
//!
//! One way through: the address is read into a `Route`, which makes a request (`api`), which `query` sends, authorized by `auth`;
//! the JSON becomes the model, the model an outcome, and `view` draws it. `ARCHITECTURE.md` walks that way.

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
pub mod preboot;
pub mod query;
pub mod routing;
pub mod state;
