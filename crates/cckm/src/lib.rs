//! Synchronization jobs of `CipherTrust` Cloud Key Manager (CCKM): decoding of responses, the outcome of a job, and
//! the parameters and bodies of requests.
//!
//! The crate has no access to a browser, a network or a clock. The caller sends the requests, and passes in the
//! bodies of the responses and the current time. Everything that differs between clouds is a row of the table in
//! [`family`].
//!
//! - [`decode`] decides whether a response body is what was requested: a [`page`] of [`job`]s, a job, a [`token`], or
//!   the acceptance of a start.
//! - [`outcome`] and [`verdict`] derive the outcome of a job and of each of its containers. The API reports cancelled
//!   and failed jobs as `completed` too, so the status alone does not decide.
//! - [`list_query`], [`filter`], [`start_request`] and [`sign_in`] build queries and request bodies; [`list_order`]
//!   finds the newest jobs on servers that do not sort.
//! - [`command`] writes a request as a command for another program, and [`export`] writes jobs as a file.
//! - [`indent`] makes JSON readable and changes nothing of it.
//! - [`schedule`] reads and writes the schedules of the server's scheduler, [`cron`] their expressions, and [`coverage`]
//!   finds the containers that no schedule synchronizes.
//! - [`attention`], [`freshness`], [`history`], [`comparison`] and [`outcome_change`] derive results from several
//!   jobs.
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
//! The facts come from the documentation of the API and from jobs that users have published;
//! `tests/fixtures/README.md` names the source of each example.

#![warn(missing_docs)]

pub mod attention;
pub mod cancel_result;
pub mod command;
pub mod comparison;
pub mod container;
pub mod coverage;
pub mod cron;
pub mod decode;
pub mod error;
pub mod error_guide;
pub mod export;
pub mod family;
mod family_columns;
mod family_containers;
pub mod filter;
pub mod find;
pub mod freshness;
pub mod history;
pub mod indent;
pub mod job;
pub mod ksctl;
mod lenient;
pub mod list_order;
pub mod list_query;
pub mod outcome;
pub mod outcome_change;
pub mod page;
pub mod schedule;
pub mod selection_summary;
pub mod server;
pub mod server_check;
pub mod sign_in;
pub mod start_request;
pub mod text;
pub mod time;
pub mod token;
pub mod verdict;
