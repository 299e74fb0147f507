//! What went wrong with single clouds of a list that is gathered from all of them.

use crate::components::controls::lazy::lazy;
use crate::components::controls::lazy_view::LazyView;
use crate::components::controls::notice::{FailureNotice, Note};
use crate::components::controls::shown::Keyed;
use crate::components::page::reading_progress::ReadingProgress;
use crate::state::capabilities::ServerCapabilities;
use crate::state::family_jobs;
use crate::state::family_jobs::Part;
use crate::state::feed::Feed;
use crate::state::refresh_trigger::RefreshTrigger;
use cckm::family::{FAMILIES, Family};
use cckm::text;
use leptos::prelude::*;

/// What is known of the lists behind a list of all clouds: how far they are read, and what single clouds refuse.
#[component]
pub fn CloudFailures(feed: Feed) -> impl IntoView {
    let capabilities = expect_context::<ServerCapabilities>();
    // Once for the view, however many clouds it is true of.
    let sampled = Memo::new(move |_| family_jobs::sampled(capabilities, &feed.parts()));
    let any = Memo::new(move |_| feed.parts().iter().any(is_troubled));
    view! {
        <ReadingProgress />
        {move || sampled.get().map(|sentence| view! { <Note><p>{sentence}</p></Note> }.into_any())}
        {move || any.get().then(|| lazy(LazyView::CloudFailures(feed)))}
    }
}

/// Each by its name; the others' jobs stand below it.
#[component]
pub fn AllCloudFailures(feed: Feed) -> impl IntoView {
    let refresh = expect_context::<RefreshTrigger>();
    let troubled = Memo::new(move |_| {
        let parts = feed.parts().into_iter();
        parts.filter(is_troubled).map(|part| part.family.slug.to_owned()).collect::<Vec<_>>()
    });
    // Each stays as long as its cloud is troubled: whoever pressed its button keeps the focus.
    let trouble = Callback::new(move |slug: String| {
        let family = FAMILIES.iter().find(|family| family.slug == slug);
        // The failure, or what else there is to say.
        let trouble = Memo::new(move |_| {
            let part = feed.parts().into_iter().find(|part| Some(part.family) == family);
            part.map(|part| (part.failure.clone(), words(&part)))
        });
        let words = move || match trouble.get() {
            Some((Some(failure), _)) => {
                let again = Callback::new(move |()| refresh.trigger());
                view! { <FailureNotice failure=failure again=again /> }.into_any()
            }
            Some((None, words)) => {
                let title = family.map(Family::title).unwrap_or_default();
                view! { <Note><p>{[&title, ": ", &words].concat()}</p></Note> }.into_any()
            }
            None => ().into_any(),
        };
        words.into_any()
    });
    view! {
        <div class="troubles">
            <Keyed keys=troubled item=trouble />
        </div>
    }
}

fn is_troubled(part: &Part) -> bool {
    part.failure.is_some() || !words(part).is_empty()
}

/// What stands in the way of trusting that these are all of the newest jobs, in a sentence.
fn words(part: &Part) -> String {
    text::unread(part.unread, "job", "jobs")
}
