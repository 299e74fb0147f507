//! The sentences for views whose jobs may not be the newest.

use crate::text;

/// The sentence for a view that evaluates a sample of jobs: `whose` names their family, `looked` and `total` are
/// numbers of jobs, and `stopped` means that a person cancelled the reading.
pub fn sample(whose: &str, looked: u64, total: u64, stopped: bool) -> String {
    let why =
        if stopped { "and reading all of them was cancelled" } else { "and there are too many to sort them" };
    let read_on = if stopped { " Refresh now reads on." } else { "" };
    format!(
        "{whose}: this server lists these jobs in no order, {why}. The panel looked at {} of {}; newer ones may be \
         among the others.{read_on}",
        text::number(looked),
        text::count(total as usize, "job", "jobs")
    )
}

/// The sentence for a list in the server's own order, whose `total` jobs are more than `bound`, or could not be read
/// without gaps; `stopped` means that a person cancelled the reading.
pub fn own_order(total: u64, bound: u64, stopped: bool) -> String {
    let why = if stopped {
        "Reading all of them to sort them was cancelled: Refresh now reads them.".to_owned()
    } else if total <= bound {
        "Its pages overlap, so they stand in the server's own order, and some may be missing.".to_owned()
    } else {
        format!(
            "The panel sorts at most {}, so they stand in the server's own order. Filters make them fewer.",
            text::number(bound)
        )
    };
    format!("This server lists its {} jobs in no order. {why}", text::number(total))
}
