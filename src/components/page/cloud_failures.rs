//! The failures of single clouds in a list that is gathered from all of them.

use crate::api::failure::Failure;
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
use cckm::family::Family;
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

/// What went wrong, in one family or in several for the same cause.
#[derive(Clone, PartialEq)]
struct Trouble {
    /// The first of the families.
    family: &'static Family,
    failure: Option<Failure>,
    /// The sentence about unreadable jobs, where there is no failure.
    words: String,
}

/// A notice for each cloud that failed or has unreadable jobs, and one for all that failed for the same cause. The jobs
/// of the others are shown below.
#[component]
pub fn AllCloudFailures(feed: Feed) -> impl IntoView {
    let refresh = expect_context::<RefreshTrigger>();
    let troubles = Memo::new(move |_| feed.with_parts(troubles));
    // A notice is keyed by its first cloud and stays while that cloud fails, so that its button keeps the focus.
    let keys = Memo::new(move |_| {
        troubles.with(|all| all.iter().map(|one| one.family.slug.to_owned()).collect::<Vec<_>>())
    });
    let item = Callback::new(move |slug: String| {
        let trouble =
            Memo::new(move |_| troubles.with(|all| all.iter().find(|one| one.family.slug == slug).cloned()));
        let notice = move || match trouble.get() {
            Some(Trouble { failure: Some(failure), .. }) => {
                let again = Callback::new(move |()| refresh.trigger());
                view! { <FailureNotice failure=failure again=again /> }.into_any()
            }
            Some(Trouble { family, words, .. }) => {
                view! { <Note><p>{[&family.title(), ": ", &words].concat()}</p></Note> }.into_any()
            }
            None => ().into_any(),
        };
        notice.into_any()
    });
    view! {
        <div class="troubles">
            <Keyed keys=keys item=item />
        </div>
    }
}

/// The troubles of all parts: a proxy that has signed the person out refuses all clouds alike, which is said once.
fn troubles(parts: &[&Part]) -> Vec<Trouble> {
    let mut groups: Vec<Vec<&Part>> = Vec::new();
    for part in parts.iter().filter(|part| has_failed(part)) {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| is_same_cause(first, part))) {
            Some(group) => group.push(part),
            None => groups.push(vec![part]),
        }
    }
    let trouble = |group: Vec<&Part>| {
        let first = *group.first()?;
        let mut failure = first.failure.clone();
        if let (Some(failure), true) = (&mut failure, group.len() > 1) {
            let titles: Vec<_> = group.iter().map(|part| part.family.title()).collect();
            let count = text::count(titles.len(), "list", "lists");
            failure.purpose = ["load the jobs of ", &count, ": ", &titles.join(", ")].concat();
        }
        Some(Trouble { family: first.family, failure, words: words(first) })
    };
    groups.into_iter().filter_map(trouble).collect()
}

/// Whether the requests of both failed, and everything but the name of the list is the same.
fn is_same_cause(one: &Part, other: &Part) -> bool {
    match (&one.failure, &other.failure) {
        (Some(one), Some(other)) => Failure { purpose: one.purpose.clone(), ..other.clone() } == *one,
        _ => false,
    }
}

fn has_failed(part: &Part) -> bool {
    part.failure.is_some() || !words(part).is_empty()
}

/// A sentence that states how many jobs of the response could not be read.
fn words(part: &Part) -> String {
    text::unread(part.unread, "job", "jobs")
}
