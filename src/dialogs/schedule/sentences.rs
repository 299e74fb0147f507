//! The sentences of the form of a schedule.

use cckm::container::Directory;
use cckm::cron::Cron;
use cckm::schedule::{self, Answered, Draft, DraftField, Schedule};
use cckm::start_request;
use cckm::time::TimeFormat;

/// What the schedule will do: "Synchronizes 3 key rings, every day at 02:00 UTC".
pub fn sentence(draft: &Draft) -> String {
    let what = draft.family.map(|family| start_request::sentence(family, &draft.form)).unwrap_or_default();
    match Cron::parse(&draft.run_at) {
        Ok(cron) if !what.is_empty() => {
            let words = cron.words();
            let mut letters = words.chars();
            let words: String =
                letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default();
            [&what, ", ", &words].concat()
        }
        _ => what,
    }
}

/// The announcement after the server has accepted. Where its answer holds the schedule and that is not as it was sent, or a
/// field that was not sent is not as it was read right before, the fields are named: nobody knows whether a server takes each,
/// and somebody else may have changed the others in between. `seen` is the version that was edited, `None` of a new one.
pub fn accepted(
    seen: Option<&Schedule>,
    draft: &Draft,
    answer: Option<&Schedule>,
    directory: Option<&Directory>,
    times: &TimeFormat,
) -> String {
    let word = if seen.is_none() { "Created “" } else { "Changed “" };
    let mut words = [word, draft.name.trim(), "”."].concat();
    let Some(answer) = answer else { return words };
    let Answered { not_taken, others } = schedule::answered(seen, draft, answer, directory, times);
    let not_taken: Vec<&str> = not_taken.into_iter().map(DraftField::label).collect();
    let others: Vec<&str> = others.iter().map(|change| change.field.as_str()).collect();
    for (what, fields) in [
        (" Its answer has other values than were sent: ", not_taken),
        (" Other fields are not as they were right before, as somebody else may have changed them: ", others),
    ] {
        if !fields.is_empty() {
            words.push_str(&[what, &fields.join(", "), "."].concat());
        }
    }
    words
}
