//! Error notices, shown near the cause: the panel's sentence, the server's own words, and the next step.

use crate::api::failure::Failure;
use crate::components::controls::icon::Icon;
use crate::components::controls::lazy_view::{LazyView, lazy_if_loaded};
use crate::routing::address::Address;
use cckm::text;
use leptos::prelude::*;

/// A failure as an alert. The button that runs `again` is shown if the same request may succeed later; if another
/// program's page came instead of a response, or a file of the panel is missing, a button reloads the page. `advice` replaces the failure's own advice
/// with one that is specific to the screen; `also` is what the screen has found out since. With `is_explained`, the
/// screen explains the failure beside the alert, so the alert shows only the server's words.
#[component]
pub fn FailureNotice(
    failure: Failure,
    #[prop(optional, into)] again: Option<Callback<()>>,
    #[prop(optional_no_strip)] advice: Option<String>,
    #[prop(optional_no_strip)] also: Option<String>,
    #[prop(optional)] is_explained: bool,
) -> impl IntoView {
    let words = failure.words();
    let may_explain = !is_explained && !words.is_empty();
    let advice = advice.or_else(|| (!is_explained).then(|| failure.advice().to_owned()));
    // General advice is shown only if the explanation of the server's words has nothing better.
    let (otherwise, advice) =
        if may_explain && failure.is_advice_general() { (advice, None) } else { (None, advice) };
    let request_id = failure.request_id().to_owned();
    // Only what reads can be tried again by itself.
    let is_reading = again.is_some();
    let again = again.filter(|_| failure.may_pass());
    view! {
        <div class="notice error" role="alert">
            <Icon name="failed" />
            <div class="notice-text">
                <p class="notice-title">
                    {failure.title()} <span class="quiet">" · " {failure.kind()}</span>
                </p>
                {(!words.is_empty()).then(|| view! { <p class="words" dir="auto">{words.clone()}</p> })}
                {advice.map(|advice| view! { <p>{advice}</p> })}
                {also.map(|also| view! { <p>{also}</p> })}
                {
                    let meanwhile = otherwise.clone();
                    let words = if may_explain { words } else { String::new() };
                    lazy_if_loaded(LazyView::Explanation { words, otherwise, is_reading }, (move || {
                        meanwhile.clone().map(|advice| view! { <p>{advice}</p> })
                    }).into())
                }
                {(!request_id.is_empty())
                    .then(|| view! { <p class="quiet">"Request " <code>{request_id}</code></p> })}
            </div>
            {failure.may_reload().then(|| view! { <LoadAgain /> })}
            {again
                .map(|again| {
                    view! {
                        <button type="button" class="button" on:click=move |_| again.run(())>
                            "Try again"
                        </button>
                    }
                })}
        </div>
    }
}

/// Reloads the page, which leads to a proxy's sign-in page if there is one. The address and its view are kept.
#[component]
pub fn LoadAgain() -> impl IntoView {
    view! {
        <button type="button" class="button" on:click=move |_| _ = window().location().reload()>
            "Load the page again"
        </button>
    }
}

/// A notice that is not an error.
#[component]
pub fn Note(children: Children) -> impl IntoView {
    view! {
        <div class="notice info">
            <Icon name="info" />
            <div class="notice-text">{children()}</div>
        </div>
    }
}

/// The number of items of a list that could not be read, if there are any.
#[component]
pub fn Unread(
    count: impl Fn() -> u64 + Send + Sync + 'static,
    one: &'static str,
    many: &'static str,
) -> impl IntoView {
    let count = Memo::new(move |_| count());
    move || {
        let unread = count.get();
        (unread > 0).then(|| view! { <Note><p>{text::unread(unread, one, many)}</p></Note> }.into_any())
    }
}

/// A note for each part of the address that is invalid.
#[component]
pub fn Problems() -> impl IntoView {
    let address = expect_context::<Address>();
    let problems = Memo::new(move |_| address.with(|route| route.problems.clone()));
    move || problems.get().into_iter().map(|problem| view! { <Note><p>{problem}</p></Note> }).collect_view()
}
