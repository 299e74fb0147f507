//! The links from the open job to the previous and the next one, in the order and with the filters of the list.

use crate::components::controls::icon::Icon;
use crate::routing::address::Address;
use crate::state::open_list::OpenList;
use crate::state::rows::Row;
use cckm::family::Family;
use leptos::html;
use leptos::prelude::*;
use std::cell::Cell;

/// The direction of a step: up or down in the list.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Previous,
    Next,
}

/// The target of a step.
#[derive(Clone, PartialEq)]
enum Target {
    Job(&'static Family, String),
    /// Another page, of which the first or the last job is opened, whichever is nearer.
    Page(u64),
    None,
}

thread_local! {
    /// The direction of the last step. The same link of the next detail gets the focus, ready for another press.
    static LAST_STEP: Cell<Option<Way>> = const { Cell::new(None) };
}

/// Whether the detail that is about to be mounted was opened by a step.
pub fn is_stepping() -> bool {
    LAST_STEP.get().is_some()
}

/// Links to the jobs above and below the open one.
#[component]
pub fn Steps(family: &'static Family, id: String) -> impl IntoView {
    let last_step = LAST_STEP.take();
    let links = [(Way::Previous, "Previous job", "above"), (Way::Next, "Next job", "down")].map(
        |(way, name, icon)| {
            let id = id.clone();
            view! { <Step family=family id=id way=way name=name icon=icon focus=last_step == Some(way) /> }
        },
    );
    view! { <span class="steps">{links.into_iter().collect_view()}</span> }
}

#[component]
fn Step(
    family: &'static Family,
    id: String,
    way: Way,
    name: &'static str,
    icon: &'static str,
    focus: bool,
) -> impl IntoView {
    let address = expect_context::<Address>();
    let open_list = expect_context::<OpenList>();
    let key = Row::key(family, &id);
    // At the end of a page, the step continues on the adjacent page.
    let target = Memo::new(move |_| {
        let neighbours = open_list.with(|rows| {
            let (above, below) = rows.neighbours(&key)?;
            let row = if way == Way::Next { below } else { above };
            Some(row.map(|row| (row.family, row.job.id.clone())))
        });
        match neighbours {
            None => Target::None,
            Some(Some((family, id))) => Target::Job(family, id),
            Some(None) => {
                let page = address.with(|route| route.page);
                let pages = open_list.pages();
                match way {
                    Way::Next if page < pages => Target::Page(page + 1),
                    Way::Previous if page > 1 => Target::Page(page - 1),
                    _ => Target::None,
                }
            }
        }
    });
    let href = move || {
        address.with(|route| match target.get() {
            Target::Job(family, id) => Some(route.with_job(family, &id).hash()),
            Target::Page(page) => Some(route.with_page(page).hash()),
            Target::None => None,
        })
    };
    let node = NodeRef::<html::A>::new();
    if focus {
        Effect::new(move |_| {
            if let Some(node) = node.get() {
                _ = node.focus();
            }
        });
    }
    let press = move |event: leptos::ev::MouseEvent| {
        let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key();
        if elsewhere {
            return;
        }
        LAST_STEP.set(Some(way));
        if let Target::Page(_) = target.get_untracked() {
            open_list.step_over(way == Way::Previous);
        }
    };
    view! {
        <a
            class="button plain small"
            node_ref=node
            aria-label=name
            title=name
            // Makes the link focusable when it has no `href`, so that it keeps the focus at the end of the list.
            role="link"
            tabindex="0"
            href=href
            aria-disabled=move || (target.get() == Target::None).then_some("true")
            on:click=press
        >
            <Icon name=icon />
        </a>
    }
}
