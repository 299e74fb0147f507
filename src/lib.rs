//! Key sync: a browser panel for the key synchronization jobs of a `CipherTrust` Manager.
//!
//! One way through: the address is read into a `Route`, which makes a request (`api`), which `query` sends, authorized by `auth`;
//! the JSON becomes the model, the model an outcome, and `view` draws it. `ARCHITECTURE.md` walks that way.

pub mod address;
pub mod api;
pub mod auth;
pub mod clock;
pub mod config;
pub mod feed;
pub mod listing;
pub mod lost;
pub mod preboot;
pub mod query;
pub mod refresh;
pub mod route;
pub mod rows;
pub mod running;
pub mod sorted_jobs;
pub mod state;
pub mod view;
