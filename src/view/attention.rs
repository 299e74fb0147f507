//! What went wrong or stands still, of all clouds.

use crate::dom::*;
use crate::reactive::*;

#[component]
pub fn Attention() -> impl IntoView {
    view! { <section class="screen"><div class="head"><h1>"Needs attention"</h1></div></section> }
}
