//! Reading a window of a list in the order that was asked for, whatever order the server lists it in.
//!
//! Whether a `CipherTrust` Manager sorts synchronization jobs is documented for few families, and nobody says in which order
//! it lists them by itself. A [`Reader`] asks with `sort`, judges the order of what comes by `createdAt`, and goes on as the
//! server needs it: a server that lists its oldest jobs first is read from the end, one without any order is read whole, up
//! to a bound, and sorted here. What was learned is a [`Listed`], which holds for the family.
//!
//! Pure: a reader says what to ask next and takes the answers. It sends nothing.

mod listed;
mod reader;
mod request;
mod trend;
pub mod words;

pub use listed::Listed;
pub use reader::Reader;
pub use request::{Arrangement, Ask, Kept, Step, Window, Wish};
pub use trend::{Edge, Trend};
