//! One row of the table of jobs: its nodes, and what changes in them. See `rows.rs` for why it is not a view.

use super::cells::{Cells, duration};
use super::outcome::OutcomeMark;
use super::watch::WatchToggle;
use crate::dom::*;
use crate::families::Family;
use crate::listing::Row;
use crate::model::job::Job;
use crate::model::outcome::Outcome;
use crate::panel::panel;
use crate::reactive::*;
use crate::time::Stamp;
use leptos::reactive::owner::Owner;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, HtmlElement, Text};

/// What every row is copied from. It says what `Cells::default()` says.
pub fn blank(with_cloud: bool) -> Option<Element> {
    let empty = String::new;
    let row = element(view! {
        <tr role="row">
            <td role="cell" class="c-outcome">
                <OutcomeMark outcome=Outcome::default() />
                <span class="beside">{empty()}</span>
                <span class="beside still">{empty()}</span>
            </td>
            <td role="cell" class="c-containers"><bdi>{empty()}</bdi><span class="more">{empty()}</span></td>
            <td role="cell" class="c-started">{empty()}</td>
            <td role="cell" class="c-duration">
                {empty()} " " <span class="more">{empty()}<span class="unseen">{empty()}</span></span>
            </td>
            <td role="cell" class="c-job"><a><code>{empty()}</code></a></td>
        </tr>
    })?;
    if with_cloud {
        let cell =
            view! { <td role="cell" class="c-cloud">{empty()} " " <span class="quiet">{empty()}</span></td> };
        let containers = row.first_child()?.next_sibling();
        _ = row.insert_before(&element(cell)?.into(), containers.as_ref());
    }
    Some(row)
}

/// One row, and what it says now.
pub struct Line {
    pub key: String,
    job: Arc<Job>,
    cells: Cells,
    nodes: Nodes,
    live: Option<Live>,
}

/// The nodes of a row that change.
struct Nodes {
    row: Element,
    outcome: HtmlElement,
    mark: Element,
    icon: Element,
    word: Text,
    beside: Text,
    still: Text,
    containers: HtmlElement,
    names: Text,
    more: Text,
    started: HtmlElement,
    ago: Text,
    lasted: HtmlElement,
    duration: Text,
    times: Text,
    longer: Text,
    cell: Element,
    link: HtmlAnchorElement,
    id: Text,
    /// Where the table tells clouds apart: their name, and what of them the family is.
    cloud: Option<(Text, Text)>,
}

/// What only a running job has, to be pressed.
struct Live {
    owner: Owner,
    job: RwSignal<Arc<Job>>,
    parts: [Mounted; 2],
}

impl Line {
    /// A row that says nothing yet, copied from `blank`; it is for `row`.
    pub fn new(blank: &Element, row: &Row) -> Self {
        let copy = blank.clone_node_with_deep(true).ok();
        let nodes = copy.and_then(|copy| Nodes::of(copy.unchecked_into()));
        Self {
            key: row.key.clone(),
            job: row.job.clone(),
            cells: Cells::default(),
            nodes: nodes.expect("a copy of the blank row has its nodes"),
            live: None,
        }
    }

    /// Its place in the document.
    pub fn element(&self) -> &Element {
        &self.nodes.row
    }

    /// It is about another job from now on.
    pub fn leave(&mut self) {
        self.live.take().into_iter().for_each(Live::end);
    }

    pub fn remove(mut self) {
        self.leave();
        self.nodes.row.remove();
    }

    pub fn runs(&self) -> bool {
        self.cells.outcome.is_running()
    }

    /// How long it has run by `now`.
    pub fn count_on(&mut self, now: Stamp) {
        let lasted = duration(&self.job, now);
        say(&self.nodes.duration, &self.cells.duration, &lasted);
        self.cells.duration = lasted;
    }

    /// Says `new`, which is about `row`; what it says already is not touched. `around` owns what belongs to single rows.
    pub fn say(&mut self, new: Cells, row: &Row, around: &Owner) {
        let (nodes, old) = (&self.nodes, &self.cells);
        if let Some((cloud, scope)) = &nodes.cloud {
            say(cloud, old.cloud, new.cloud);
            say(scope, old.scope, new.scope);
        }
        if old.outcome != new.outcome {
            let class = new.outcome.class();
            _ = nodes.mark.set_attribute("class", &["outcome ", class].concat());
            _ = nodes.icon.set_attribute("href", &["#i-", class].concat());
            nodes.word.set_data(new.outcome.word());
        }
        say(&nodes.beside, &old.beside, &new.beside);
        say(&nodes.still, &old.still, &new.still);
        entitle(&nodes.outcome, &old.changed, &new.changed);
        say(&nodes.names, &old.containers.short, &new.containers.short);
        say(&nodes.more, &old.more, &new.more);
        entitle(&nodes.containers, &old.containers.whole, &new.containers.whole);
        say(&nodes.ago, &old.started, &new.started);
        entitle(&nodes.started, &old.started_at, &new.started_at);
        say(&nodes.duration, &old.duration, &new.duration);
        say(&nodes.times, &old.times, &new.times);
        if old.times.is_empty() != new.times.is_empty() {
            nodes.longer.set_data(if new.times.is_empty() { "" } else { " longer than usual" });
        }
        entitle(&nodes.lasted, &old.longer, &new.longer);
        if old.id != new.id {
            entitle(&nodes.link, &old.id, &new.id);
            _ = nodes.link.set_attribute("aria-label", &new.id);
            say(&nodes.id, &old.short, &new.short);
        }
        if old.href != new.href {
            nodes.link.set_href(&new.href);
        }
        if old.is_open != new.is_open {
            _ = nodes.row.class_list().toggle_with_force("open", new.is_open);
            if new.is_open {
                _ = nodes.link.set_attribute("aria-current", "true");
            } else {
                _ = nodes.link.remove_attribute("aria-current");
            }
        }
        self.cells = new;
        self.job = row.job.clone();
        match &self.live {
            Some(live) if self.runs() => live.learn(row),
            None if self.runs() => self.live = Some(Live::begin(&self.nodes, row, around)),
            _ => self.leave(),
        }
    }
}

fn say(node: &Text, old: &str, new: &str) {
    if old != new {
        node.set_data(new);
    }
}

fn entitle(element: &HtmlElement, old: &str, new: &str) {
    if old != new {
        if new.is_empty() {
            _ = element.remove_attribute("title");
        } else {
            element.set_title(new);
        }
    }
}

impl Nodes {
    /// Those of a copy of [`blank`].
    fn of(row: Element) -> Option<Self> {
        let outcome = row.first_child()?;
        let mark = outcome.first_child()?;
        let svg = mark.first_child()?;
        let beside = mark.next_sibling()?;
        let mut containers = outcome.next_sibling()?;
        let mut cloud = None;
        if !containers.first_child()?.has_child_nodes() {
            let name = containers.first_child()?;
            let scope = name.next_sibling()?.next_sibling()?.first_child()?;
            cloud = Some((name.unchecked_into(), scope.unchecked_into()));
            containers = containers.next_sibling()?;
        }
        let names = containers.first_child()?;
        let started = containers.next_sibling()?;
        let lasted = started.next_sibling()?;
        let duration = lasted.first_child()?;
        let times = duration.next_sibling()?.next_sibling()?.first_child()?;
        let cell = lasted.next_sibling()?;
        let link = cell.first_child()?;
        Some(Self {
            icon: svg.first_child()?.unchecked_into(),
            word: svg.next_sibling()?.first_child()?.unchecked_into(),
            still: beside.next_sibling()?.first_child()?.unchecked_into(),
            beside: beside.first_child()?.unchecked_into(),
            more: names.next_sibling()?.first_child()?.unchecked_into(),
            names: names.first_child()?.unchecked_into(),
            ago: started.first_child()?.unchecked_into(),
            longer: times.next_sibling()?.first_child()?.unchecked_into(),
            id: link.first_child()?.first_child()?.unchecked_into(),
            outcome: outcome.unchecked_into(),
            mark: mark.unchecked_into(),
            containers: containers.unchecked_into(),
            started: started.unchecked_into(),
            lasted: lasted.unchecked_into(),
            duration: duration.unchecked_into(),
            times: times.unchecked_into(),
            cell: cell.unchecked_into(),
            link: link.unchecked_into(),
            cloud,
            row,
        })
    }
}

impl Live {
    fn begin(nodes: &Nodes, row: &Row, around: &Owner) -> Self {
        let owner = around.with(Owner::new);
        let (job, parts) = untrack(|| {
            owner.with(|| {
                let (job, family) = (RwSignal::new(row.job.clone()), row.family);
                let watch =
                    view! { <WatchToggle family=family id=row.job.id.clone() job=job class="watch" /> };
                (job, [mount(pick(family, job)), mount(watch)])
            })
        });
        let [pick, watch] = &parts;
        pick.insert(&nodes.outcome, Some(&nodes.mark));
        watch.insert(&nodes.cell, None);
        Self { owner, job, parts }
    }

    fn learn(&self, row: &Row) {
        if self.job.with_untracked(|job| *job != row.job) {
            self.job.set(row.job.clone());
        }
    }

    fn end(self) {
        self.owner.cleanup();
        self.parts.iter().for_each(Mounted::remove);
    }
}

/// The box by which a job that runs is selected.
fn pick(family: &'static Family, job: RwSignal<Arc<Job>>) -> View {
    let panel = panel();
    let can_be = Memo::new(move |_| job.with(|job| job.outcome()) == Outcome::InProgress);
    let label = job.with_untracked(|job| ["Select job ", &job.id].concat());
    (move || {
        can_be.get().then(|| {
            view! {
                <label class="pick">
                    <input
                        type="checkbox"
                        aria-label=label.clone()
                        prop:checked=move || job.with(|job| panel.is_picked(family, job))
                        on:change=move |_| panel.pick(family, job.get_untracked())
                    />
                </label>
            }
        })
    })
    .into_view()
}
