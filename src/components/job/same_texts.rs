//! Unknown result texts that several jobs share. Each text is shown once, with links to its jobs.

use crate::components::controls::shown::{Keyed, Shown};
use crate::components::job::outcome::OutcomeMark;
use crate::routing::address::Address;
use crate::state::preferences::Preferences;
use cckm::attention::SameText;
use cckm::outcome::Outcome;
use cckm::text;
use leptos::prelude::*;

#[component]
pub fn SameTexts(groups: Memo<Vec<SameText>>) -> impl IntoView {
    let keys = move || groups.with(|all| all.iter().map(|group| group.text.clone()).collect::<Vec<_>>());
    view! {
        <Shown when=move || groups.with(|all| !all.is_empty())>
            <ul class="same-texts" aria-label="Results that are not known">
                <Keyed keys=keys item=Callback::new(move |text| view! { <OneText groups=groups text=text /> }.into_any()) />
            </ul>
        </Shown>
    }
}

#[component]
fn OneText(groups: Memo<Vec<SameText>>, text: String) -> impl IntoView {
    let address = expect_context::<Address>();
    let preferences = expect_context::<Preferences>();
    let shown = text::or_empty(&text).to_owned();
    // A text that is about to be removed keeps its last jobs.
    let jobs = Memo::new(move |last: Option<&Vec<_>>| {
        let found =
            groups.with(|all| all.iter().find(|group| group.text == text).map(|group| group.jobs.clone()));
        found.or_else(|| last.cloned()).unwrap_or_default()
    });
    let count = Memo::new(move |_| jobs.with(Vec::len));
    let links = move || {
        let times = preferences.times();
        jobs.with(|jobs| {
            jobs.iter()
                .map(|(family, job)| {
                    let (family, id) = (*family, job.id.clone());
                    let started = job.created.map(|at| times.zoned(at)).unwrap_or_default();
                    let short = text::short(&id);
                    let title = id.clone();
                    let href = move || address.with(|route| route.with_job(family, &id).hash());
                    view! {
                        <li>
                            <a href=href title=title><code>{short}</code></a>
                            <span class="quiet">{[" ", &family.title(), " · ", &started].concat()}</span>
                        </li>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <li class="same-text">
            <p>
                <OutcomeMark outcome=Outcome::Unknown />
                <span class="said-of" dir="auto">{shown}</span>
            </p>
            <p class="quiet">
                {move || {
                    let jobs = text::count(count.get(), "job has", "jobs have");
                    [&jobs, " completed with this result, and the panel does not know what it means."].concat()
                }}
            </p>
            <details>
                <summary>{move || ["Show the ", &text::count(count.get(), "job", "jobs")].concat()}</summary>
                <ul>{links}</ul>
            </details>
        </li>
    }
}
