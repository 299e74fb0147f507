//! Explains known error texts: the likely cause and the next step, for an administrator of keys.
//!
//! Pure: a table and the search in it. The texts are those of the server and of the clouds behind it, as they occur
//! in the results of a job or in the refusal of a request. The view shows an explanation beside such a text and never
//! in its place, because the cause is likely and not certain. The names of clouds and of their permissions are part
//! of the data.

mod explanation;
mod table;

use crate::text;
pub use explanation::Explanation;
pub use table::GUIDE;

/// Returns the first explanation in [`GUIDE`] that applies to `text`.
///
/// ```
/// let known = cckm::error_guide::explain("Error: AADSTS700024: client assertion is not within its valid time range");
/// assert!(known.is_some_and(|known| known.cause.contains("clock")));
/// ```
pub fn explain(text: &str) -> Option<&'static Explanation> {
    let fits = |parts: &&[&str]| parts.iter().all(|part| text::holds(text, part));
    GUIDE.iter().find(|row| row.texts.iter().any(fits))
}
