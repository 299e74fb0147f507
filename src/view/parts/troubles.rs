//! What went wrong with single clouds of a list that is gathered from all of them.

use super::notice::{FailureNotice, Note};
use crate::dom::*;
use crate::families::{FAMILIES, Family};
use crate::feed::{Feed, Part};
use crate::listing::Order;
use crate::panel::panel;
use crate::reactive::*;

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
        let failure = Memo::new(move |_| {
            let parts = feed.parts().into_iter();
            parts.filter(|part| Some(part.family) == family).find_map(|part| part.failure)
        });
        move || match failure.get() {
            Some(failure) => {
                let again = Callback::new(move |()| panel.refresh());
                view! { <FailureNotice failure=failure again=again /> }
            }
            None => {
                let title = family.map(Family::title).unwrap_or_default();
                let sentence = format!(
                    "{title}: this server does not sort these jobs, so its newest may not all be here."
                );
                view! { <Note><p>{sentence}</p></Note> }
            }
        }
    };
    view! {
        <Show when=move || !troubled.with(Vec::is_empty)>
            <div class="troubles">
                <For each=move || troubled.get() children=trouble />
            </div>
        </Show>
    }
}

fn is_troubled(part: &Part) -> bool {
    part.failure.is_some() || (part.order != Order::Asked && part.jobs.len() > 1)
}
