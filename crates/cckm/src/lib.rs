//! Synchronization jobs of `CipherTrust` Cloud Key Manager (CCKM): what the API sends, what it means, and what to ask.
//!
//! The crate knows no browser, no network and no clock: the caller sends requests, and passes in the texts of the answers and
//! the time. Everything that differs between clouds is a row of the table in [`family`].
//!
//! - [`decode`] decides whether a text is the answer that was asked for: a [`page`] of [`job`]s, a job, a [`token`], or that a
//!   start was accepted.
//! - [`outcome`] and [`verdict`] say what really became of a job and of one of its containers. The API calls cancelled and
//!   failed jobs `completed`, so no other field tells.
//! - [`list_query`], [`filter`], [`start_request`] and [`sign_in`] are what is asked; [`list_order`] gets the newest jobs from
//!   servers that do not sort.
//! - [`attention`], [`freshness`], [`history`], [`comparison`] and [`outcome_change`] are what follows from several jobs.
//!
//! ```
//! use cckm::decode;
//! use cckm::job::Job;
//!
//! let answer = r#"{"skip": 0, "limit": 10, "total": 1, "resources": [
//!     {"id": "j-1", "overall_status": "completed", "detailed_status": {"eu-west-1": "Error: denied"}}
//! ]}"#;
//! let page = decode::list(answer, Job::from_value).expect("a list of jobs");
//! assert_eq!(page.resources[0].outcome().word(), "Failed");
//! ```
//!
//! The facts come from the API's own documentation and from jobs that people have published; `tests/fixtures/README.md`
//! names the source of each example.

#![warn(missing_docs)]

pub mod attention;
pub mod cancel_result;
pub mod comparison;
pub mod container;
pub mod decode;
pub mod error;
pub mod error_guide;
pub mod family;
pub mod filter;
pub mod freshness;
pub mod history;
pub mod job;
mod lenient;
pub mod list_order;
pub mod list_query;
pub mod outcome;
pub mod outcome_change;
pub mod page;
pub mod selection_summary;
pub mod sign_in;
pub mod start_request;
pub mod text;
pub mod time;
pub mod token;
pub mod verdict;
