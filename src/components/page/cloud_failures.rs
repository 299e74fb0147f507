//! The failures of single clouds in a list that is gathered from all of them.

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

/// The state of the requests behind a list of all clouds: the progress of whole lists, and single clouds' failures.
#[component]
pub fn CloudFailures(feed: Feed) -> impl IntoView {
    let capabilities = expect_context::<ServerCapabilities>();
    // Shown once for the view, no matter how many clouds are sampled.
    let sampled = Memo::new(move |_| feed.with_parts(|parts| family_jobs::sampled(capabilities, parts)));
    let any = Memo::new(move |_| feed.any_part(has_failed));
    view! {
        <ReadingProgress />
        {move || sampled.get().map(|sentence| view! { <Note><p>{sentence}</p></Note> }.into_any())}
        {move || any.get().then(|| lazy(LazyView::CloudFailures(feed)))}
    }
}

/// A notice for each cloud that failed or has unreadable jobs. The jobs of the others are shown below.
#[component]
pub fn AllCloudFailures(feed: Feed) -> impl IntoView {
    let refresh = expect_context::<RefreshTrigger>();
    let failed = Memo::new(move |_| {
        feed.with_parts(|parts| {
            let failed = parts.iter().filter(|part| has_failed(part));
            failed.map(|part| part.family.slug.to_owned()).collect::<Vec<_>>()
        })
    });
    // A notice is keyed by its cloud and stays while the cloud fails, so that its button keeps the focus.
    let failed_family = Callback::new(move |slug: String| {
        let family = FAMILIES.iter().find(|family| family.slug == slug);
        // The failure, or the sentence about unreadable jobs.
        let failed_family = Memo::new(move |_| {
            feed.with_parts(|parts| {
                let part = parts.iter().find(|part| Some(part.family) == family)?;
                Some((part.failure.clone(), words(part)))
            })
        });
        let words = move || match failed_family.get() {
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
            <Keyed keys=failed item=failed_family />
        </div>
    }
}

fn has_failed(part: &Part) -> bool {
    part.failure.is_some() || !words(part).is_empty()
}

/// A sentence that states how many jobs of the response could not be read.
fn words(part: &Part) -> String {
    text::unread(part.unread, "job", "jobs")
}
