//! The field **When**: common rhythms by one press, or any cron expression with its meaning and its next runs.

use crate::clock::Clock;
use crate::components::controls::icon::Icon;
use crate::components::schedules::next_runs::{Meaning, NextRuns};
use cckm::cron::{Cron, RHYTHMS, rhythm_of};
use leptos::prelude::*;

/// `run_at` is the expression. An empty field is no mistake yet: the line beside the button says what is missing.
#[component]
pub fn Rhythm(run_at: RwSignal<String>) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let read = Memo::new(move |_| run_at.with(|text| Cron::parse(text)));
    let rhythm = Memo::new(move |_| run_at.with(|text| rhythm_of(text)));
    let empty = Memo::new(move |_| run_at.with(|text| text.trim().is_empty()));
    let wrong = Memo::new(move |_| {
        (!empty.get()).then(|| read.with(|read| read.as_ref().err().map(ToString::to_string))).flatten()
    });
    let next = Memo::new(move |_| {
        let now = clock.minute();
        read.with(|read| {
            read.as_ref().map(|cron| cron.runs(now).take(3).collect::<Vec<_>>()).unwrap_or_default()
        })
    });
    let choices = RHYTHMS.iter().map(|choice| {
        view! {
            <button
                type="button"
                class="button rhythm"
                aria-pressed=move || (rhythm.get().map(|known| known.expression) == Some(choice.expression)).to_string()
                on:click=move |_| run_at.set(choice.expression.to_owned())
            >
                {choice.label}
            </button>
        }
    });
    view! {
        <section class="when" role="group" aria-label="When">
            <h3>"When"<span class="quiet">" · in UTC"</span></h3>
            <div class="rhythms">{choices.collect_view()}</div>
            <label class="field">
                <span>"Cron expression"</span>
                <input
                    type="text"
                    class="cron-input"
                    dir="ltr"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    placeholder="minute hour day month weekday"
                    aria-describedby="cron-meaning"
                    aria-invalid=move || wrong.with(Option::is_some).to_string()
                    prop:value=move || run_at.get()
                    on:input:target=move |event| run_at.set(event.target().value())
                />
            </label>
            <div class="cron" id="cron-meaning" aria-live="polite">
                {move || match (wrong.get(), read.get()) {
                    (Some(why), _) => view! { <p class="field-error"><Icon name="failed" /> {why}</p> }.into_any(),
                    (None, Ok(cron)) => view! { <Meaning cron=cron /> }.into_any(),
                    (None, Err(_)) => view! { <p class="quiet">"Choose a rhythm, or write five fields: 0 2 * * * is every day at 02:00."</p> }.into_any(),
                }}
            </div>
            {move || (!next.with(Vec::is_empty)).then(|| view! { <NextRuns runs=next none="" /> })}
        </section>
    }
}
