//! The progress of whole lists that are read because the server does not sort them.

use crate::components::controls::shown::Shown;
use crate::state::capabilities::ServerCapabilities;
use cckm::text::number;
use leptos::prelude::*;

/// How much of the lists has been read, and the button that stops reading. Renders nothing if no list is being read.
#[component]
pub fn ReadingProgress() -> impl IntoView {
    let capabilities = expect_context::<ServerCapabilities>();
    let any = Memo::new(move |_| !capabilities.reading().is_empty());
    let sum = Memo::new(move |_| {
        let all = capabilities.reading();
        let whose = all.iter().map(|reading| reading.family.title()).collect::<Vec<_>>().join(", ");
        (
            whose,
            all.iter().map(|reading| reading.read).sum::<u64>(),
            all.iter().map(|reading| reading.total).sum::<u64>(),
        )
    });
    view! {
        <Shown when=any>
            <div class="notice note reading" role="note" aria-label="Reading all jobs">
                <p>{move || sum.with(|(whose, read, total)| ["Reading ", &number(*read), " of ", &number(*total), " jobs to sort them: ", whose].concat())}</p>
                <progress
                    aria-label="Jobs read"
                    max=move || sum.with(|(_, _, total)| total.to_string())
                    value=move || sum.with(|(_, read, _)| read.to_string())
                ></progress>
                <button type="button" class="button" on:click=move |_| capabilities.stop()>"Cancel"</button>
            </div>
        </Shown>
    }
}
