//! Unknown result texts of a job, and the lines of `config.json` that would define their meaning.

use crate::components::controls::copy::{CopyButton, Refused};
use crate::components::controls::notice::Note;
use cckm::job::Job;
use cckm::text;
use cckm::verdict::{KnownResults, Verdict};
use leptos::prelude::*;
use std::sync::Arc;

/// How many texts are explained here. The results table contains all of them.
const SHOWN: usize = 5;

#[component]
pub fn UnknownTexts(job: Memo<Arc<Job>>, refused: Refused) -> impl IntoView {
    let texts = Memo::new(move |_| {
        job.with(|job| {
            let texts = job.texts(&[Verdict::NotKnown]);
            texts.into_iter().map(|(text, count)| (text.to_owned(), count)).collect::<Vec<_>>()
        })
    });
    move || {
        let texts = texts.get();
        if texts.is_empty() {
            return ().into_any();
        }
        let more = texts.len().saturating_sub(SHOWN);
        let title = if texts.len() == 1 {
            "The panel does not know what this result means"
        } else {
            "The panel does not know what these results mean"
        };
        view! {
            <div class="unknown-texts" role="group" aria-label="Results that are not known">
                <Note>
                    <p class="notice-title">{title}</p>
                    <p>
                        "Nobody has told it whether that is a success or an error, so it counts as neither. Whoever runs the panel
                        can say so by a line in config.json."
                    </p>
                    {texts
                        .into_iter()
                        .take(SHOWN)
                        .map(|(text, count)| view! { <UnknownText text=text count=count refused=refused /> })
                        .collect_view()}
                    {(more > 0)
                        .then(|| {
                            let more = text::count(more, "more text", "more texts");
                            view! { <p class="quiet">{[&more, " in the table below."].concat()}</p> }
                        })}
                </Note>
            </div>
        }
        .into_any()
    }
}

#[component]
fn UnknownText(text: String, count: usize, refused: Refused) -> impl IntoView {
    let line = |is_success: bool| KnownResults::get().line_with(&text, is_success);
    let (success, error) = (line(true), line(false));
    let copy = |line: &str| {
        let line = line.to_owned();
        Callback::new(move |()| line.clone())
    };
    let (copy_success, copy_error) = (copy(&success), copy(&error));
    let shown = text::or_empty(&text).to_owned();
    let label = shown.clone();
    view! {
        <div class="unknown-text" role="group" aria-label=label>
            <p>
                <span class="said-of" dir="auto">{shown}</span>
                <span class="quiet">{[" · ", &text::count(count, "result", "results")].concat()}</span>
            </p>
            <p class="line">
                <code>{success}</code>
                <CopyButton label="Copy as success" text=copy_success refused=refused class="plain small" />
            </p>
            <p class="line">
                <code>{error}</code>
                <CopyButton label="Copy as error" text=copy_error refused=refused class="plain small" />
            </p>
        </div>
    }
}
