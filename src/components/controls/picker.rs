//! A list of checkboxes with a search box. Only part of a long list is in the document.

use crate::components::controls::composing::is_composing;
use crate::components::controls::icon::Icon;
use crate::components::controls::shown::{Keyed, Shown};
use cckm::text::{self, number};
use leptos::html;
use leptos::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// How many checkboxes are rendered at first, and how many more on each request: four times what is visible. Each key
/// press in the search box may render all of them anew.
const DRAWN: usize = 40;

/// How many characters at the end of a name always stay visible. If there is too little room, the middle is cut.
const END: usize = 24;

/// A checkbox: its value, its name, and the facts that distinguish it from choices of the same name.
#[derive(Clone, PartialEq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub facts: String,
}

impl Choice {
    /// All of its texts: a choice with another name is drawn anew.
    fn key(&self) -> String {
        [&self.value, "\n", &self.label, "\n", &self.facts].concat()
    }

    fn has_key(&self, key: &str) -> bool {
        let rest = key.strip_prefix(&self.value).and_then(|rest| rest.strip_prefix('\n'));
        let rest = rest.and_then(|rest| rest.strip_prefix(&self.label)?.strip_prefix('\n'));
        rest == Some(&self.facts)
    }
}

/// `name` is the accessible name of the group. `whole` adds **Select all** and the count `3 of 27 chosen`.
#[component]
pub fn Picker(
    name: &'static str,
    #[prop(into)] choices: Signal<Arc<Vec<Choice>>>,
    #[prop(into)] chosen: Signal<Vec<String>>,
    on_change: Callback<Vec<String>>,
    whole: bool,
) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let drawn = RwSignal::new(DRAWN);
    let set = Memo::new(move |_| Arc::new(chosen.get().into_iter().collect::<HashSet<String>>()));
    // Indices of the choices that match the search, so that the choices are not cloned.
    let found = Memo::new(move |_| {
        let search = search.get();
        choices.with(|choices| {
            let holds =
                |choice: &Choice| text::holds(&choice.label, &search) || text::holds(&choice.facts, &search);
            (0..choices.len()).filter(|at| holds(&choices[*at])).collect::<Vec<_>>()
        })
    });
    let found_values = move || {
        choices.with_untracked(|choices| {
            found.with_untracked(|found| {
                found.iter().filter_map(|at| choices.get(*at)).map(|c| c.value.clone()).collect::<Vec<_>>()
            })
        })
    };
    let all_on = Memo::new(move |_| {
        let set = set.get();
        choices.with(|choices| {
            found.with(|found| {
                !found.is_empty()
                    && found.iter().filter_map(|at| choices.get(*at)).all(|c| set.contains(&c.value))
            })
        })
    });
    let toggle_all = move |on: bool| {
        let shown = found_values();
        let mut chosen = chosen.get_untracked();
        if on {
            let set = set.get_untracked();
            chosen.extend(shown.into_iter().filter(|value| !set.contains(value)));
        } else {
            let shown: HashSet<String> = shown.into_iter().collect();
            chosen.retain(|value| !shown.contains(value));
        }
        on_change.run(chosen);
    };
    let toggle = move |value: &str, on: bool| {
        let mut chosen = chosen.get_untracked();
        chosen.retain(|known| known != value);
        if on {
            chosen.push(value.to_owned());
        }
        on_change.run(chosen);
    };
    let visible = Memo::new(move |_| {
        choices.with(|choices| {
            found.with(|found| {
                found
                    .iter()
                    .take(drawn.get())
                    .filter_map(|at| choices.get(*at))
                    .map(Choice::key)
                    .collect::<Vec<_>>()
            })
        })
    });
    let rest = move || found.with(Vec::len).saturating_sub(drawn.get());
    let options = NodeRef::<html::Div>::new();
    let show_more = move |_| {
        let first = drawn.get_untracked();
        drawn.set(first + DRAWN);
        if untrack(rest) == 0 {
            // The button that had the focus is gone.
            request_animation_frame(move || _ = focus_option(options, first as u32));
        }
    };
    view! {
        <div class="picker" role="group" aria-label=name>
            <label class="search">
                <Icon name="search" />
                <input
                    type="search"
                    aria-label="Search"
                    placeholder="Search"
                    spellcheck="false"
                    autocomplete="off"
                    prop:value=move || search.get()
                    on:input:target=move |event| {
                        search.set(event.target().value());
                        drawn.set(DRAWN);
                    }
                    on:keydown=move |event| {
                        if is_composing(&event) {
                            return;
                        }
                        let clears = event.key() == "Escape" && search.with_untracked(|search| !search.is_empty());
                        // Enter would submit the surrounding form. Escape first clears the search box; only the next
                        // Escape closes the surrounding dialog or filter.
                        if event.key() == "Enter" || clears {
                            event.prevent_default();
                        }
                        if clears {
                            event.stop_propagation();
                            search.set(String::new());
                        }
                    }
                />
            </label>
            {whole.then(|| view! {
                <div class="picker-bar">
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=move || all_on.get()
                            prop:indeterminate=move || !all_on.get() && set.with(|set| !set.is_empty())
                            on:change:target=move |event| toggle_all(event.target().checked())
                        />
                        <span>"Select all"</span>
                    </label>
                    <span class="quiet count">
                        {move || [&number(set.with(|set| set.len()) as u64), " of ", &number(choices.with(|choices| choices.len()) as u64), " chosen"].concat()}
                    </span>
                </div>
            })}
            <div class="options" node_ref=options>
                <Keyed keys=visible item=Callback::new(move |key: String| {
                    let choice = choices.with_untracked(|all| all.iter().find(|choice| choice.has_key(&key)).cloned());
                    let Some(Choice { value, label, facts }) = choice else { return ().into_any() };
                    let mine = value.clone();
                    let (begin, end) = split(&label);
                    view! {
                        <label class="check option" title=label.clone()>
                            <input
                                type="checkbox"
                                aria-label=label.clone()
                                prop:checked=move || set.with(|set| set.contains(&mine))
                                on:change:target=move |event| toggle(&value, event.target().checked())
                            />
                            <bdi class="label">
                                <span>{begin.to_owned()}</span>
                                <span class="end">{end.to_owned()}</span>
                            </bdi>
                            {(!facts.is_empty()).then(|| view! { <small class="quiet" aria-hidden="true">{facts}</small> })}
                        </label>
                    }
                    .into_any()
                }) />
                <Shown when=move || found.with(Vec::is_empty)>
                    <p class="quiet nothing">
                        {move || if search.with(|search| search.trim().is_empty()) { "There are none.".to_owned() } else { format!("Nothing matches “{}”.", search.get().trim()) }}
                    </p>
                </Shown>
            </div>
            <Shown when=move || rest() != 0>
                <button type="button" class="button plain more-options" on:click=show_more>
                    {move || ["Show more (", &number(rest() as u64), " not shown; search to narrow)"].concat()}
                </button>
            </Shown>
        </div>
    }
}

fn focus_option(options: NodeRef<html::Div>, at: u32) -> Option<()> {
    let inputs = options.try_get_untracked()??.query_selector_all("input").ok()?;
    inputs.item(at)?.unchecked_into::<web_sys::HtmlElement>().focus().ok()
}

/// Splits a name into the part that may be cut and the end that stays visible. The end is the last segment if the
/// name is a path and that segment is not too long.
fn split(label: &str) -> (&str, &str) {
    if label.chars().nth(END).is_none() {
        return ("", label);
    }
    let word = label.rfind('/').map(|at| at + 1);
    let at = word
        .filter(|at| {
            *at < label.len() && label.get(*at..).is_some_and(|word| word.chars().nth(END).is_none())
        })
        .unwrap_or_else(|| label.char_indices().nth_back(END / 2 - 1).map_or(0, |(at, _)| at));
    label.split_at_checked(at).unwrap_or(("", label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_name_stays_whole() {
        assert_eq!(
            split("projects/p/locations/l/keyRings/ring"),
            ("projects/p/locations/l/keyRings/", "ring")
        );
        assert_eq!(split("disaster-recovery-up-to-2019"), ("disaster-recover", "y-up-to-2019"));
        for whole in ["", "kms", "ends/", "a/b", "twenty-four-characters-x"] {
            assert_eq!(split(whole), ("", whole));
        }
        assert_eq!(split("a-path-without-a-word-at-its-end/"), ("a-path-without-a-word", "-at-its-end/"));
        assert_eq!(split(&"é".repeat(30)).1, "é".repeat(12));
        assert_eq!(split("a/this-word-is-far-too-long-for-an-end").1, "g-for-an-end");
    }
}
