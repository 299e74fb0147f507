//! What a known error text is likely to mean, and the next step: it stands under the words that it explains.

use cckm::error_guide::explain;
use leptos::prelude::*;

/// The explanation of `words`, where the guide has one; `otherwise` where it has none.
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
