//! The button behind which new jobs wait while they would move what is being read.

use super::icon::Icon;
use crate::dom::*;
use crate::reactive::*;
use crate::text;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// `show` brings them in.
#[component]
pub fn Newer(count: Memo<u64>, show: Callback<()>) -> impl IntoView {
    let press = move |_| {
        show.run(());
        // The button, which has the focus, is about to go; and what it brings stands at the top.
        let main = document().get_element_by_id("main").and_then(|main| main.dyn_into::<HtmlElement>().ok());
        _ = main.map(|main| main.focus());
        window().scroll_to_with_x_and_y(0.0, 0.0);
    };
    view! {
        <div class="newer" aria-live="polite">
            <Show when=move || count.get() != 0>
                <button type="button" class="button primary" on:click=press>
                    <Icon name="up" />
                    {move || text::count(count.get() as usize, "new job", "new jobs")}
                </button>
            </Show>
        </div>
    }
}
