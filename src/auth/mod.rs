//! Who is signed in, and what authorizes requests: a [`Session`] holds the tokens in memory, renews and revokes them.
//!
//! It authorizes the requests that `api` makes, and decides for no request whether it is sent.

pub mod identity;
mod renewal;
mod revocation;
pub mod session;
mod token_lifetime;
mod token_store;

pub use session::Session;
