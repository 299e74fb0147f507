//! A row of the table of known causes.

/// The likely cause of a text, and the next step.
#[derive(Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The row applies to a text that contains all parts of any of these alternatives; ASCII case is ignored.
    pub(super) texts: &'static [&'static [&'static str]],
    /// The likely cause, in sentences.
    pub cause: &'static str,
    /// The next step, in sentences.
    pub next_step: &'static str,
}
