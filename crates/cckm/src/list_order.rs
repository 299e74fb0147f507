//! Reads a window of a list in the requested sort order, whatever the order is in which the server lists its jobs.
//!
//! Whether a `CipherTrust` Manager sorts synchronization jobs is documented for few families, and the order of an
//! unsorted list is not documented at all. A [`Reader`] therefore requests the list with `sort`, determines the order
//! of the response from `createdAt`, and proceeds accordingly: it reads a list that has its oldest jobs first from
//! the end, and a list without any order as a whole, up to a bound, and sorts it. The result is a [`Listed`], which
//! applies to the whole family.
//!
//! Pure: a reader returns the next request as a value and takes the response. It sends nothing.

mod listed;
mod reader;
mod request;
mod trend;
pub mod words;

pub use listed::Listed;
pub use reader::Reader;
pub use request::{Arrangement, CachedList, PageRequest, Step, Window, WindowRequest};
pub use trend::{Edge, Trend};
