//! Decides whether a request is sent, answered by another tab's response, or on its way already; and when it is sent again.
//!
//! [`use_query`] and [`Poller`] are what views use; [`fetch()`] is what the functions use that they call.

pub mod cross_tab;
pub mod fetch;
pub mod for_each_concurrent;
pub mod interval;
pub mod poller;
pub mod prefetch;
pub mod use_query;

pub use fetch::{fetch, fetch_all};
pub use for_each_concurrent::{Task, for_each_concurrent};
pub use poller::Poller;
pub use use_query::{QueryState, use_query};
