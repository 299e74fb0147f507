//! Key sync: a browser panel for the key synchronization jobs of a `CipherTrust` Manager.
//!
//! One way through: the address is read into a `Route`, which makes a question, which `api` sends through `http`;
//! the JSON becomes the model, the model an outcome, and `view` draws it. `ARCHITECTURE.md` walks that way.

pub mod address;
pub mod ahead;
pub mod api;
pub mod ask;
pub mod attention;
pub mod begun;
pub mod cancel;
pub mod changes;
pub mod clock;
pub mod clock_offset;
pub mod compare;
pub mod config;
pub mod error_guide;
pub mod failure;
pub mod families;
pub mod feed;
pub mod few;
pub mod freshness;
pub mod history;
pub mod http;
pub mod kept;
pub mod life;
pub mod listing;
pub mod lost;
pub mod model;
pub mod order;
pub mod pulse;
pub mod query;
pub mod refresh;
pub mod route;
pub mod rows;
pub mod running;
pub mod session;
pub mod shared;
pub mod sorted_jobs;
pub mod start;
pub mod state;
pub mod summary;
pub mod text;
pub mod time;
pub mod view;
pub mod who;
