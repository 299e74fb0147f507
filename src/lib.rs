//! Key sync: a browser panel for the key synchronization jobs of a `CipherTrust` Manager.
//!
//! One way through: the address is read into a `Route`, which makes a request (`api`), which `query` sends, authorized by `auth`;
//! the JSON becomes the model, the model an outcome, and `view` draws it. `ARCHITECTURE.md` walks that way.

pub mod address;
pub mod api;
pub mod attention;
pub mod auth;
pub mod cancel;
pub mod changes;
pub mod clock;
pub mod compare;
pub mod config;
pub mod error_guide;
pub mod families;
pub mod feed;
pub mod freshness;
pub mod history;
pub mod list_query;
pub mod listing;
pub mod lost;
pub mod model;
pub mod order;
pub mod preboot;
pub mod query;
pub mod refresh;
pub mod route;
pub mod rows;
pub mod running;
pub mod sorted_jobs;
pub mod start;
pub mod state;
pub mod summary;
pub mod text;
pub mod time;
pub mod view;
