//! The menu **Preferences** of the header: the zone of times, the theme, the height of rows, and the keyboard
//! shortcuts. A choice takes effect at once.

use crate::components::controls::icon::Icon;
use crate::components::controls::popover::Popover;
use crate::state::preferences::{Density, Preferences, Theme};
use cckm::time::Zone;
use leptos::prelude::*;

#[component]
pub fn PreferencesMenu() -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    preferences.follow();
    let open = RwSignal::new(false);
    view! {
        <Popover open=open button=|| view! { <span class="tool" title="Preferences"><Icon name="preferences" /><span class="tool-word">"Preferences"</span></span> } class="plain" at_end=true>
            <div class="preferences">
                <Choice
                    name="Time"
                    choices=vec![("Local", Zone::Local), ("UTC", Zone::Utc)]
                    chosen=Signal::derive(move || preferences.zone())
                    choose=Callback::new(move |zone| preferences.set_zone(zone))
                />
                <Choice
                    name="Theme"
                    choices=vec![("System", Theme::System), ("Light", Theme::Light), ("Dark", Theme::Dark)]
                    chosen=Signal::derive(move || preferences.theme())
                    choose=Callback::new(move |theme| preferences.set_theme(theme))
                />
                <Choice
                    name="Rows"
                    choices=vec![("Comfortable", Density::Comfortable), ("Compact", Density::Compact)]
                    chosen=Signal::derive(move || preferences.density())
                    choose=Callback::new(move |density| preferences.set_density(density))
                />
                <label class="switch">
                    <span>"Keyboard shortcuts"</span>
                    <input
                        type="checkbox"
                        role="switch"
                        prop:checked=move || preferences.shortcuts()
                        on:change:target=move |event| preferences.set_shortcuts(event.target().checked())
                    />
                </label>
            </div>
        </Popover>
    }
}

/// A radio group with its name before it.
#[component]
fn Choice<T: Copy + PartialEq + Send + Sync + 'static>(
    name: &'static str,
    choices: Vec<(&'static str, T)>,
    chosen: Signal<T>,
    choose: Callback<T>,
) -> impl IntoView {
    let radios = choices.into_iter().map(|(word, value)| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name=["preference-", name].concat()
                    prop:checked=move || chosen.get() == value
                    on:change=move |_| choose.run(value)
                />
                <span>{word}</span>
            </label>
        }
    });
    view! {
        <div class="preference">
            <span aria-hidden="true">{name}</span>
            <fieldset class="segments" role="radiogroup" aria-label=name>{radios.collect_view()}</fieldset>
        </div>
    }
}
