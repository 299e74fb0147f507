//! Decides whether a request is sent or answered with another tab's response or a prefetched one, and when it is sent
//! again.
//!
//! Views use [`use_query`] and [`Poller`]; the functions that they call use [`fetch()`].

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
