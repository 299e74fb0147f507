//! The fields of the form of a schedule.

use crate::components::controls::icon::Icon;
use crate::components::controls::shown::Shown;
use crate::components::start::container_selection::{ContainerSelection, effective_form};
use crate::dialogs::schedule::rhythm::Rhythm;
use crate::state::containers::ContainerLists;
use crate::state::latest_jobs::LatestJobs;
use crate::state::schedules::nodes;
use cckm::family::{FAMILIES, Family};
use cckm::schedule::{Draft, DraftField, Mistake, UNFINISHED};
use cckm::start_request::Form;
use leptos::html;
use leptos::prelude::*;

/// The contents of the fields. Each family keeps a selection of its own, so that nothing is lost by another choice of
/// the cloud.
#[derive(Clone, Copy)]
pub struct Input {
    pub name: RwSignal<String>,
    pub description: RwSignal<String>,
    pub family: RwSignal<Option<&'static Family>>,
    pub run_at: RwSignal<String>,
    pub ends_on: RwSignal<String>,
    pub run_on: RwSignal<String>,
    disabled: RwSignal<bool>,
    forms: StoredValue<Vec<(&'static Family, RwSignal<Form>)>>,
}

impl Input {
    pub fn new(draft: Draft) -> Self {
        let forms = families(draft.family).map(|family| (family, RwSignal::new(Form::default()))).collect();
        let input = Self {
            name: RwSignal::default(),
            description: RwSignal::default(),
            family: RwSignal::default(),
            run_at: RwSignal::default(),
            ends_on: RwSignal::default(),
            run_on: RwSignal::default(),
            disabled: RwSignal::default(),
            forms: StoredValue::new(forms),
        };
        input.set(&draft);
        input
    }

    pub fn set(self, draft: &Draft) {
        self.name.set(draft.name.clone());
        self.description.set(draft.description.clone());
        self.run_at.set(draft.run_at.clone());
        self.ends_on.set(draft.ends_on.clone());
        self.run_on.set(draft.run_on.clone());
        self.disabled.set(draft.disabled);
        if let Some(family) = draft.family {
            self.form(family).set(draft.form.clone());
        }
        self.family.set(draft.family);
    }

    /// The selection of a family.
    pub fn form(self, family: &'static Family) -> RwSignal<Form> {
        let known = self
            .forms
            .with_value(|forms| forms.iter().find(|(own, _)| *own == family).map(|(_, form)| *form));
        known.unwrap_or_default()
    }

    /// Everything as it was typed.
    pub fn typed(self) -> Draft {
        let form = self.family.get().map(|family| self.form(family).get());
        Draft { form: form.unwrap_or_default(), ..self.draft() }
    }

    /// Everything but the selection.
    pub fn draft(self) -> Draft {
        Draft {
            name: self.name.get(),
            description: self.description.get(),
            family: self.family.get(),
            form: Form::default(),
            run_at: self.run_at.get(),
            ends_on: self.ends_on.get(),
            run_on: self.run_on.get(),
            disabled: self.disabled.get(),
        }
    }
}

/// The families that are shown and that a schedule can synchronize, and `of` even where it is not shown.
fn families(of: Option<&'static Family>) -> impl Iterator<Item = &'static Family> {
    let shown = untrack(|| expect_context::<LatestJobs>().families());
    FAMILIES
        .iter()
        .filter(move |family| of == Some(*family) || family.schedule.is_some() && shown.contains(family))
}

#[component]
pub fn Fields(
    input: Input,
    draft: Memo<Draft>,
    #[prop(into)] mistakes: Signal<Vec<Mistake>>,
) -> impl IntoView {
    let nodes = nodes();
    let has_nodes = Memo::new(move |_| !nodes.with(Vec::is_empty) || !input.run_on.with(String::is_empty));
    view! {
        <label class="field">
            <span>{DraftField::Name.label()}</span>
            <input
                type="text"
                autofocus
                autocomplete="off"
                spellcheck="false"
                prop:value=move || input.name.get()
                on:input:target=move |event| input.name.set(event.target().value())
            />
        </label>
        <label class="field">
            <span>{DraftField::Description.label()}</span>
            <input
                type="text"
                autocomplete="off"
                placeholder="optional"
                prop:value=move || input.description.get()
                on:input:target=move |event| input.description.set(event.target().value())
            />
        </label>
        <Cloud input=input />
        {move || input.family.get().map(|family| view! { <What family=family input=input /> })}
        <Rhythm run_at=input.run_at />
        <div class="field-row">
            <EndsOn ends_on=input.ends_on mistakes=mistakes />
            <Shown when=has_nodes>
                <label class="field">
                    <span>{DraftField::RunOn.label()}</span>
                    <select on:change:target=move |event| input.run_on.set(event.target().value())>
                        <option value="" selected=move || input.run_on.with(String::is_empty)>"Any node"</option>
                        {move || {
                            let mut names = nodes.get();
                            let own = input.run_on.get();
                            if !own.is_empty() && !names.contains(&own) {
                                names.push(own);
                            }
                            names.into_iter().map(|name| {
                                let value = name.clone();
                                view! { <option value=name.clone() selected=move || input.run_on.with(|own| *own == value)>{name.clone()}</option> }
                            }).collect_view()
                        }}
                    </select>
                    <small class="quiet">"Nodes that the scheduler has named. A hosted server may refuse one."</small>
                </label>
            </Shown>
        </div>
        {move || draft.with(|draft| draft.disabled).then(|| view! { <p class="quiet">"This schedule is disabled, and stays so."</p> })}
    }
}

fn wrong(mistakes: Signal<Vec<Mistake>>, field: DraftField) -> Option<String> {
    mistakes.with(|all| all.iter().find(|mistake| mistake.field == field).map(|mistake| mistake.text.clone()))
}

#[component]
fn EndsOn(ends_on: RwSignal<String>, mistakes: Signal<Vec<Mistake>>) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    // An unfinished date is not written back: the value of its field is empty, which would clear it.
    Effect::new(move |_| {
        let date = ends_on.get();
        if let Some(field) = node.get()
            && date != UNFINISHED
        {
            field.set_value(&date);
        }
    });
    // Also by keys and on leaving: without a whole date before and after it, a browser fires no `input`.
    let read = move || {
        let Some(field) = node.get_untracked() else { return };
        // The field has no limits, so only what is no date is invalid.
        let now = if field.check_validity() { field.value() } else { UNFINISHED.to_owned() };
        if ends_on.with_untracked(|known| *known != now) {
            ends_on.set(now);
        }
    };
    view! {
        <label class="field">
            <span>{DraftField::EndsOn.label()}</span>
            <input
                type="date"
                node_ref=node
                aria-describedby="ends-on-about"
                aria-invalid=move || wrong(mistakes, DraftField::EndsOn).is_some().to_string()
                on:input=move |_| read()
                on:keyup=move |_| read()
                on:blur=move |_| read()
            />
            <small class="quiet" id="ends-on-about">
                {move || wrong(mistakes, DraftField::EndsOn).map_or_else(
                    || view! { "Optional: the last day, in UTC." }.into_any(),
                    |why| view! { <span class="field-error"><Icon name="failed" />{why}</span> }.into_any(),
                )}
            </small>
        </label>
    }
}

#[component]
fn Cloud(input: Input) -> impl IntoView {
    let choices = families(input.family.get_untracked()).map(|family| {
        view! {
            <option value=family.slug selected=move || input.family.get() == Some(family)>{family.title()}</option>
        }
    });
    view! {
        <label class="field">
            <span>{DraftField::Cloud.label()}</span>
            <select on:change:target=move |event| input.family.set(cckm::family::by_slug(&event.target().value()))>
                <option value="" disabled selected=move || input.family.get().is_none()>"Choose a cloud"</option>
                {choices.collect_view()}
            </select>
        </label>
    }
}

/// What is synchronized of a family, by the controls of the start form.
#[component]
fn What(family: &'static Family, input: Input) -> impl IntoView {
    let containers = expect_context::<ContainerLists>();
    containers.again(family.containers);
    let form = input.form(family);
    let effective = effective_form(family, form);
    // No client sends regions in a schedule. One that has some keeps them, and they can be changed.
    let has_regions = form.with_untracked(|form| !form.regions.is_empty());
    view! {
        <div class="schedule-what">
            <ContainerSelection family=family form=form effective=effective with_regions=has_regions />
            {(family.regions.is_some() && !has_regions).then(|| view! {
                <p class="quiet hint">{["A schedule synchronizes all regions of the chosen ", family.containers.many, "."].concat()}</p>
            })}
        </div>
    }
}
