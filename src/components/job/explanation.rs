//! The likely meaning of a known error text, and the next step. It is shown below the text that it explains.

use cckm::error_guide::explain;
use leptos::prelude::*;

/// The explanation of `words`, or `otherwise` if the guide has none.
#[component]
pub fn Explanation(words: String, otherwise: Option<String>) -> impl IntoView {
    match explain(&words) {
        Some(found) => view! {
            <span class="meaning" role="note">
                <span class="meaning-cause"><b>"Likely cause: "</b>{found.cause}</span>
                " "
                <span class="meaning-step"><b>"Next step: "</b>{found.next_step}</span>
            </span>
        }
        .into_any(),
        None => otherwise.map(|otherwise| view! { <p>{otherwise}</p> }).into_any(),
    }
}
