//! What to say of jobs whose outcome has changed.
//!
//! Pure. It owns the sentences; who notices a change is elsewhere.

use crate::model::Outcome;
use crate::text::{self, count};

/// "Job 3bbe7c…b2a9d1 is now Failed."
pub fn sentence(id: &str, outcome: Outcome) -> String {
    ["Job ", &text::short(id), " is now ", outcome.word(), "."].concat()
}

/// The jobs that changed at once, by id and new outcome, in a sentence: of several, how many became what, the worst first.
pub fn said(changes: &[(&str, Outcome)]) -> String {
    if let [(id, outcome)] = changes {
        return sentence(id, *outcome);
    }
    let mut kinds: Vec<(Outcome, usize)> = Vec::new();
    for (_, outcome) in changes {
        match kinds.iter_mut().find(|(kind, _)| kind == outcome) {
            Some((_, number)) => *number += 1,
            None => {
                let at = kinds.partition_point(|(kind, _)| kind.rank() <= outcome.rank());
                kinds.insert(at, (*outcome, 1));
            }
        }
    }
    let kinds = kinds.iter().map(|(kind, number)| [&number.to_string(), " ", kind.word()].concat());
    let kinds = kinds.collect::<Vec<_>>().join(", ");
    [&count(changes.len(), "job has", "jobs have"), " changed: ", &kinds, "."].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_said_in_a_sentence() {
        assert_eq!(
            sentence("3bbe7c1c-0d52-4b8e-9c4a-afef70b2a9d1", Outcome::CompletedWithErrors),
            "Job 3bbe7c…b2a9d1 is now Completed with errors."
        );
    }

    #[test]
    fn several_changes_are_counted_the_worst_first() {
        let done = Outcome::Completed;
        assert_eq!(said(&[("j-1", done)]), "Job j-1 is now Completed.");
        assert_eq!(
            said(&[("a", done), ("b", Outcome::Failed), ("c", done)]),
            "3 jobs have changed: 1 Failed, 2 Completed."
        );
    }
}
