//! One row of the table of jobs: its nodes, and what changes in them. See `rows.rs` for why it is not a view.
//!
//! A translator puts elements of its own in the place of texts. A row in which one of those would have to change is filled
//! anew, so that it never says one thing of this job and another of the last.

use super::cells::{Cells, duration};
use super::groups;
use super::outcome::OutcomeMark;
use super::watch::WatchToggle;
use crate::dom::*;
use crate::families::Family;
use crate::model::job::Job;
use crate::model::outcome::Outcome;
use crate::panel::panel;
use crate::reactive::*;
use crate::route::JobLinks;
use crate::rows::Row;
use crate::time::Stamp;
use leptos::reactive::owner::Owner;
use std::mem;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node, Text};

/// What every row is copied from. Its texts and titles are empty, but for the outcome, which is unknown.
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
            // Not to be dragged: its text can be marked.
            <td role="cell" class="c-job"><a draggable="false"><code>{empty()}</code></a></td>
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
    family: &'static Family,
    job: Arc<Job>,
    cells: Cells,
    href: String,
    is_open: bool,
    row: Element,
    /// The parts that change, in the order of the way through it.
    nodes: Vec<Node>,
    live: Option<Live>,
}

/// How a part of a row is shown.
enum How {
    Text,
    /// What the pointer is told.
    Title,
    Attribute(&'static str),
}

/// The way through a row: to the first child, the next sibling or the parent; a point names a part that changes.
const OUTCOME: &str = "f.f.ff.pnf.ppnf.pnf.pp";
const CONTAINERS: &str = "n.ff.pnf.pp";
const REST: &str = "n.f.pn.f.nnf.nf.pppnf..ff.";
/// From the row again, where the table tells clouds apart.
const CLOUD: &str = "fnf.nnf.";

/// How the parts are shown, in the order of that way.
const SHOWN: [How; PARTS] = [
    How::Title,
    How::Attribute("class"),
    How::Attribute("d"),
    How::Text,
    How::Text,
    How::Text,
    How::Title,
    How::Text,
    How::Text,
    How::Title,
    How::Text,
    How::Title,
    How::Text,
    How::Text,
    How::Text,
    How::Title,
    How::Attribute("aria-label"),
    How::Text,
    How::Text,
    How::Text,
];
const PARTS: usize = 20;

/// What the parts say, in the same order.
fn parts(cells: &Cells) -> [&str; PARTS] {
    let longer = if cells.times.is_empty() { "" } else { " longer than usual" };
    [
        &cells.changed,
        &cells.mark,
        cells.icon,
        cells.outcome.word(),
        &cells.beside,
        &cells.still,
        &cells.containers.whole,
        &cells.containers.short,
        &cells.more,
        &cells.started_at,
        &cells.started,
        &cells.longer,
        &cells.duration,
        &cells.times,
        longer,
        &cells.id,
        &cells.id,
        &cells.short,
        cells.cloud,
        cells.scope,
    ]
}

/// Where the running time stands among the parts, and the cells in which a running job has something to press.
const DURATION: usize = 12;
const FIRST_CELL: usize = 0;
const MARK: usize = 1;
const LINK: usize = 15;

/// What only a running job has, to be pressed.
struct Live {
    owner: Owner,
    job: RwSignal<Arc<Job>>,
    parts: [Mounted; 2],
}

impl Line {
    /// A row that says nothing yet, copied from `blank`; it is for `row`.
    pub fn new(blank: &Element, row: &Row) -> Box<Self> {
        let copy = blank.clone_node_with_deep(true).map_or_else(|_| blank.clone(), JsCast::unchecked_into);
        let nodes = nodes(&copy);
        Box::new(Self {
            key: row.key.clone(),
            family: row.family,
            job: row.job.clone(),
            cells: Cells::default(),
            href: String::new(),
            is_open: false,
            row: copy,
            nodes,
            live: None,
        })
    }

    /// Its place in the document.
    pub fn element(&self) -> &Element {
        &self.row
    }

    /// It is about the job of that `key` from now on, whatever it still says.
    pub fn is_for(&mut self, key: &str) {
        if self.key != key {
            self.leave();
            key.clone_into(&mut self.key);
        }
    }

    fn leave(&mut self) {
        self.live.take().into_iter().for_each(Live::end);
    }

    pub fn remove(mut self: Box<Self>) {
        self.leave();
        groups::remove(&self.row);
    }

    pub fn runs(&self) -> bool {
        self.cells.outcome.is_running()
    }

    /// How long it has run by `now`. `around` as in [`Line::say`].
    pub fn count_on(&mut self, now: Stamp, around: (&Element, &Owner)) {
        let lasted = duration(&self.job, now);
        if self.cells.duration == lasted {
            return;
        }
        if self.nodes.get(DURATION).is_some_and(|node| !self.row.contains(Some(node))) {
            self.fill(around);
        }
        if let Some(node) = self.nodes.get(DURATION) {
            How::Text.show(node, &lasted);
        }
        self.cells.duration = lasted;
    }

    pub fn family(&self) -> &'static Family {
        self.family
    }

    /// Leads to its job, and looks open where that is the `open` one.
    pub fn lead(&mut self, links: &JobLinks, open: Option<&(&'static Family, String)>) {
        let href = links.to(&self.job.id);
        let is_open = open.is_some_and(|(family, id)| *family == self.family && *id == self.job.id);
        self.show_link(href, is_open);
    }

    fn show_link(&mut self, href: String, is_open: bool) {
        let Some(link) = self.nodes.get(LINK) else { return };
        if self.href != href {
            How::Attribute("href").show(link, &href);
            self.href = href;
        }
        if self.is_open != is_open {
            let yes = |word| if is_open { word } else { "" };
            How::Attribute("class").show(&self.row, yes("open"));
            How::Attribute("aria-current").show(link, yes("true"));
            self.is_open = is_open;
        }
    }

    /// Says `new`, which is about `row`; what it says already is not touched. `around` is what rows are copied from, and the
    /// owner of what belongs to single rows.
    pub fn say(&mut self, new: Cells, row: &Row, around: (&Element, &Owner)) {
        if self.is_torn(&new) {
            self.fill(around);
        }
        self.show(new);
        (self.family, self.job) = (row.family, row.job.clone());
        match &self.live {
            Some(live) if self.runs() => live.learn(row),
            None if self.runs() => self.live = Live::begin(&self.nodes, self.family, &self.job, around.1),
            _ => self.leave(),
        }
    }

    fn show(&mut self, new: Cells) {
        let says = parts(&self.cells).into_iter().zip(parts(&new));
        for (((old, new), how), node) in says.zip(&SHOWN).zip(&self.nodes) {
            if old != new {
                how.show(node, new);
            }
        }
        self.cells = new;
    }

    /// Whether a text that `new` changes is not in the row any more: somebody has put another in its place.
    fn is_torn(&self, new: &Cells) -> bool {
        let says = parts(&self.cells).into_iter().zip(parts(new));
        says.zip(&SHOWN).zip(&self.nodes).any(|(((old, new), how), node)| {
            old != new && matches!(how, How::Text) && !self.row.contains(Some(node))
        })
    }

    /// Fills the row anew with what it says.
    fn fill(&mut self, (blank, around): (&Element, &Owner)) {
        let Ok(copy) = blank.clone_node_with_deep(true) else { return };
        let active = document().active_element();
        let had_focus = active.is_some_and(|active| self.nodes.get(LINK) == Some(active.as_ref()));
        let was_live = self.live.is_some();
        self.leave();
        self.row.set_text_content(None);
        self.nodes = nodes(copy.unchecked_ref());
        while let Some(cell) = copy.first_child() {
            _ = self.row.append_child(&cell);
        }
        let (cells, href) = (mem::take(&mut self.cells), mem::take(&mut self.href));
        let is_open = mem::take(&mut self.is_open);
        self.show(cells);
        self.show_link(href, is_open);
        if was_live {
            self.live = Live::begin(&self.nodes, self.family, &self.job, around);
        }
        if let Some(link) = self.nodes.get(LINK).filter(|_| had_focus) {
            _ = link.unchecked_ref::<HtmlElement>().focus();
        }
    }
}

impl How {
    fn show(&self, node: &Node, text: &str) {
        match self {
            Self::Text => node.unchecked_ref::<Text>().set_data(text),
            Self::Title if text.is_empty() => _ = node.unchecked_ref::<Element>().remove_attribute("title"),
            // As a property: a name that is not handed over each time.
            Self::Title => node.unchecked_ref::<HtmlElement>().set_title(text),
            Self::Attribute(name) if text.is_empty() => {
                _ = node.unchecked_ref::<Element>().remove_attribute(name);
            }
            Self::Attribute(name) => _ = node.unchecked_ref::<Element>().set_attribute(name, text),
        }
    }
}

/// The parts of a copy of [`blank`] that change.
fn nodes(row: &Element) -> Vec<Node> {
    let mut nodes = Vec::new();
    let is_told_apart = row.child_element_count() == 6;
    walk(row, &[OUTCOME, if is_told_apart { "n" } else { "" }, CONTAINERS, REST], &mut nodes);
    if is_told_apart {
        walk(row, &[CLOUD], &mut nodes);
    }
    nodes
}

fn walk(row: &Node, ways: &[&str], nodes: &mut Vec<Node>) {
    let mut node = row.clone();
    for step in ways.iter().flat_map(|way| way.bytes()) {
        let next = match step {
            b'f' => node.first_child(),
            b'n' => node.next_sibling(),
            b'p' => node.parent_node(),
            _ => {
                nodes.push(node.clone());
                continue;
            }
        };
        let Some(next) = next else { return };
        node = next;
    }
}

impl Live {
    fn begin(nodes: &[Node], family: &'static Family, job: &Arc<Job>, around: &Owner) -> Option<Self> {
        let owner = around.with(Owner::new);
        let (job, parts) = untrack(|| {
            owner.with(|| {
                let id = job.id.clone();
                let job = RwSignal::new(job.clone());
                let watch = view! { <WatchToggle family=family id=id job=job class="watch" /> };
                (job, [mount(pick(family, job)), mount(watch)])
            })
        });
        let [pick, watch] = &parts;
        pick.insert(nodes.get(FIRST_CELL)?, nodes.get(MARK));
        watch.insert(&nodes.get(LINK)?.parent_node()?, None);
        Some(Self { owner, job, parts })
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
