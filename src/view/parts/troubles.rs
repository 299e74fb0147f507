//! What went wrong with single clouds of a list that is gathered from all of them.

use super::notice::{FailureNotice, Note};
use super::reading::ReadingProgress;
use crate::dom::*;
use crate::families::{FAMILIES, Family};
use crate::feed::{self, Feed, Part};
use crate::panel::panel;
use crate::reactive::*;
use crate::text;

/// What single clouds refuse, each by its name; the others' jobs stand below it.
#[component]
pub fn Troubles(feed: Feed) -> impl IntoView {
    let panel = panel();
    let troubled = Memo::new(move |_| {
        let parts = feed.parts().into_iter();
        parts.filter(is_troubled).map(|part| part.family.slug.to_owned()).collect::<Vec<_>>()
    });
    // Each stays as long as its cloud is troubled: whoever pressed its button keeps the focus.
    let trouble = move |slug: String| {
        let family = FAMILIES.iter().find(|family| family.slug == slug);
        // The failure, or what else there is to say.
        let trouble = Memo::new(move |_| {
            let part = feed.parts().into_iter().find(|part| Some(part.family) == family);
            part.map(|part| (part.failure.clone(), words(&part)))
        });
        move || match trouble.get() {
            Some((Some(failure), _)) => {
                let again = Callback::new(move |()| panel.refresh());
                view! { <FailureNotice failure=failure again=again /> }
            }
            Some((None, words)) => {
                let title = family.map(Family::title).unwrap_or_default();
                view! { <Note><p>{[&title, ": ", &words].concat()}</p></Note> }
            }
            None => View::None,
        }
    };
    // Once for the view, however many clouds it is true of.
    let sampled = Memo::new(move |_| feed::sampled(panel.capabilities, &feed.parts()));
    view! {
        <ReadingProgress />
        {move || sampled.get().map(|sentence| view! { <Note><p>{sentence}</p></Note> })}
        <Show when=move || !troubled.with(Vec::is_empty)>
            <div class="troubles">
                <For each=move || troubled.get() children=trouble />
            </div>
        </Show>
    }
}

fn is_troubled(part: &Part) -> bool {
    part.failure.is_some() || !words(part).is_empty()
}

/// What stands in the way of trusting that these are all of the newest jobs, in a sentence.
fn words(part: &Part) -> String {
    text::unread(part.unread, "job", "jobs")
}
