//! The server's interface: [`request`] has what a request is, [`jobs`], [`containers`] and [`auth`] make them, [`client`] sends
//! them through `transport`.
//!
//! Nothing here is stored, and nothing decides whether a request is sent: `query` decides that, and `auth` authorizes.

pub mod auth;
pub mod client;
pub mod config_file;
pub mod containers;
pub mod failure;
pub mod jobs;
pub mod request;
pub mod retry_after;
mod transport;

pub use request::{Parts, Reply, Request};
