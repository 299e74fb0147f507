//! Authentication: a [`Session`] holds the identity of the signed-in person and the tokens, in memory, and renews and
//! revokes the tokens.
//!
//! It authorizes the requests that `api` sends, and does not decide whether a request is sent.

pub mod identity;
mod renewal;
mod revocation;
pub mod session;
mod token_lifetime;
mod token_store;

pub use session::Session;
