//! The server's API: [`request`] defines requests, [`jobs`], [`schedules`], [`containers`] and [`auth`] make them, [`client`] sends
//! them through `transport`.
//!
//! This module stores nothing and does not decide whether a request is sent: `query` decides that, and `auth`
//! authorizes the requests.

pub mod auth;
pub mod client;
pub mod config_file;
pub mod containers;
pub mod failure;
pub mod jobs;
pub mod published;
pub mod request;
pub mod retry_after;
pub mod schedules;
pub mod system;
mod transport;

pub use request::{Parts, Reply, Request};
