//! The part of a start form that chooses what to synchronize: everything or some containers, their regions, and the
//! switches. Changes a [`Form`] and sends no request.

use crate::components::controls::icon::Icon;
use crate::components::controls::picker::{Choice, Picker};
use crate::components::controls::shown::Shown;
use crate::components::start::container_choice::{ByHand, Unread, choices};
use crate::state::containers::{ContainerLists, ListStatus};
use cckm::container::Directory;
use cckm::family::{Family, Switch};
use cckm::start_request::{self, Form};
use cckm::text;
use leptos::prelude::*;
use std::sync::Arc;

/// The form as it will be sent, adjusted to whether the container list is loaded, loading or failed.
pub fn effective_form(family: &'static Family, form: RwSignal<Form>) -> Memo<Form> {
    let containers = expect_context::<ContainerLists>();
    Memo::new(move |_| form.with(|form| adjusted(containers, family, form)))
}

/// `form` as it will be sent. Tracks the container list.
pub fn adjusted(containers: ContainerLists, family: &'static Family, form: &Form) -> Form {
    let (directory, lost) = match containers.status(family.containers) {
        ListStatus::Ready(directory) => (Some(directory), false),
        ListStatus::Failed(_) => (None, true),
        ListStatus::NotRequested | ListStatus::Loading => (None, false),
    };
    start_request::effective(form, directory.as_deref(), lost)
}

/// `effective` is the memo that [`effective_form`] returns. With `focus`, the group gets the focus when the dialog
/// opens.
#[component]
pub fn ContainerSelection(
    family: &'static Family,
    form: RwSignal<Form>,
    effective: Memo<Form>,
    #[prop(optional)] focus: bool,
    /// Whether regions can be chosen, where the family has them.
    #[prop(default = true)]
    with_regions: bool,
) -> impl IntoView {
    let list = family.containers;
    let everything = Memo::new(move |_| effective.with(|form| form.everything));
    let first = everything.get_untracked().unwrap_or(true);
    let radio = move |all: bool, name: String, about: String| {
        let id = [family.slug, if all { "-everything" } else { "-chosen" }].concat();
        view! {
            <label class="way">
                <input
                    type="radio"
                    name=[family.slug, "-what"].concat()
                    autofocus=focus && first == all
                    aria-label=name.clone()
                    aria-describedby=id.clone()
                    prop:checked=move || everything.get() == Some(all)
                    on:change=move |_| form.update(|form| form.everything = Some(all))
                />
                <span class="way-name">{name}</span>
                <small class="quiet" id=id>{about}</small>
            </label>
        }
    };
    view! {
        <fieldset class="ways" role="radiogroup" aria-label="What to synchronize">
            <legend>"What to synchronize"</legend>
            {radio(true, "Everything".to_owned(), ["All ", list.many, " that the manager knows"].concat())}
            {radio(false, ["Chosen ", list.many].concat(), ["Only the ", list.many, " you pick"].concat())}
        </fieldset>
        <Shown when=move || everything.get() == Some(true)>
            <p class="caution">
                <Icon name="completed-with-errors" />
                "Synchronizing everything can take hours or days."
            </p>
            <details class="help">
                <summary>"What Everything does"</summary>
                <p>
                    "One job synchronizes every " {list.one} " that the manager knows, one after another or several at once, as
                    the server decides. It brings keys and changes from the cloud into the manager. While it runs, the server may refuse another
                    start. Cancelling it keeps what is done by then."
                </p>
            </details>
        </Shown>
        // Hidden and not removed, so that the search and the choice are kept when it is shown again.
        <div class="chosen" hidden=move || everything.get() != Some(false)>
            <ChosenContainers family=family form=form effective=effective />
            {family.regions.filter(|_| with_regions).map(|_| view! { <Regions family=family form=form effective=effective /> })}
        </div>
        {family.switches.iter().map(|switch| view! { <SwitchBox switch=switch form=form /> }).collect_view()}
    }
}

#[component]
fn ChosenContainers(family: &'static Family, form: RwSignal<Form>, effective: Memo<Form>) -> impl IntoView {
    let list = family.containers;
    let containers = expect_context::<ContainerLists>();
    let choices = choices(family, |_, container| container.id.clone());
    let by_hand = Memo::new(move |_| effective.with(|form| form.by_hand));
    let chosen = Memo::new(move |_| form.with(|form| form.chosen.clone()));
    let typed = Memo::new(move |_| form.with(|form| form.typed.clone()));
    let on_type = Callback::new(move |typed| {
        form.update(|form| {
            form.typed = typed;
            // Applies even if the container list loads later: the typed ids stay in effect.
            form.by_hand = true;
        });
    });
    let choose = Callback::new(move |chosen| form.update(|form| form.chosen = chosen));
    let turn = move |_| {
        form.update(|form| {
            form.by_hand = !form.by_hand;
            if form.by_hand && form.typed.trim().is_empty() {
                form.typed = form.chosen.join("\n");
            }
        });
    };
    let state = Memo::new(move |_| match containers.status(list) {
        _ if by_hand.get() => State::Typing,
        ListStatus::Ready(_) => State::Picking,
        _ => State::Loading,
    });
    let failed = Memo::new(move |_| matches!(containers.status(list), ListStatus::Failed(_)));
    view! {
        <section class="choose">
            <div class="choose-head">
                <h3>{list.title}</h3>
                <Shown when=move || !failed.get()>
                    <button type="button" class="button plain" on:click=turn>
                        {move || if by_hand.get() { "Choose from the list" } else { "Type IDs instead" }}
                    </button>
                </Shown>
            </div>
            {move || match state.get() {
                State::Typing => view! { <ByHand family=family typed=typed on_type=on_type /> }.into_any(),
                State::Picking => {
                    view! {
                        <Unread family=family />
                        <Picker name=list.title choices=choices chosen=chosen on_change=choose whole=true />
                    }
                    .into_any()
                }
                State::Loading => {
                    view! { <p class="quiet" aria-busy="true">{["Loading the ", list.many, "…"].concat()}</p> }
                        .into_any()
                }
            }}
        </section>
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Loading,
    Picking,
    Typing,
}

/// The regions of the chosen containers, or a text box if they are not known.
#[component]
fn Regions(family: &'static Family, form: RwSignal<Form>, effective: Memo<Form>) -> impl IntoView {
    let list = family.containers;
    let containers = expect_context::<ContainerLists>();
    let empty: Arc<Directory> = Arc::default();
    let offered = Memo::new(move |_| {
        let directory = containers.get(list).unwrap_or_else(|| empty.clone());
        effective.with(|form| start_request::offered(form, &directory))
    });
    let choices = Memo::new(move |_| {
        let regions = offered.get().unwrap_or_default().into_iter();
        Arc::new(
            regions
                .map(|region| Choice { value: region.clone(), label: region, facts: String::new() })
                .collect(),
        )
    });
    let chosen = Memo::new(move |_| effective.with(|form| form.regions.clone()));
    let choose = Callback::new(move |regions| form.update(|form| form.regions = regions));
    let typed = RwSignal::new(form.with_untracked(|form| form.regions.join("\n")));
    // They may be chosen in the picker, or dropped by Start over.
    Effect::new(move |_| {
        let regions = form.with(|form| form.regions.clone());
        if typed.with_untracked(|typed| text::lines(typed)) != regions {
            typed.set(regions.join("\n"));
        }
    });
    let shape = Memo::new(move |_| {
        let none = effective.with(|form| form.ids().is_empty());
        if none { None } else { Some(offered.with(Option::is_some)) }
    });
    view! {
        <section class="choose regions">
            <div class="choose-head">
                <h3>"Regions"</h3>
            </div>
            <p class="quiet hint">{["None chosen means all regions of the chosen ", list.many, "."].concat()}</p>
            {move || match shape.get() {
                None => ().into_any(),
                Some(true) => {
                    view! { <Picker name="Regions" choices=choices chosen=chosen on_change=choose whole=true /> }.into_any()
                }
                Some(false) => {
                    view! {
                        <textarea
                            rows="3"
                            aria-label="Regions"
                            placeholder="Regions, one a line"
                            spellcheck="false"
                            prop:value=move || typed.get()
                            on:input:target=move |event| {
                                let lines = event.target().value();
                                form.update(|form| form.regions = text::lines(&lines));
                                typed.set(lines);
                            }
                        ></textarea>
                    }
                    .into_any()
                }
            }}
        </section>
    }
}

#[component]
fn SwitchBox(switch: &'static Switch, form: RwSignal<Form>) -> impl IntoView {
    let toggle = move |on: bool| {
        form.update(|form| {
            form.switches.retain(|field| *field != switch.field);
            if on {
                form.switches.push(switch.field);
            }
        });
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || form.with(|form| form.switches.contains(&switch.field))
                on:change:target=move |event| toggle(event.target().checked())
            />
            <span>{switch.label}</span>
        </label>
    }
}
