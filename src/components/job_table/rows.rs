//! The rows of the job table: assigns jobs to slots and updates the content of each slot. `placement` decides which
//! slot shows which job; `job_row` renders a row.

use crate::clock::Clock;
use crate::components::controls::focus;
use crate::components::job_table::job_row::{JobRow, Slot};
use crate::components::job_table::placement::{Placement, SlotId};
use crate::components::job_table::row_text::{JobRowText, RowContext};
use crate::routing::address::Address;
use crate::routing::columns::Column;
use crate::routing::route::JobLinks;
use crate::state::containers::ContainerLists;
use crate::state::preferences::Preferences;
use crate::state::rows::{Row, Rows};
use crate::state::usual_durations::UsualDurations;
use cckm::time::TimeFormat;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement, HtmlTableRowElement};

/// The rows with the standard columns, in groups that are `tbody` elements.
#[component]
pub fn JobRows(rows: Memo<Arc<Rows>>, with_cloud: bool) -> impl IntoView {
    let groups = follow(rows, &[]);
    view! {
        <For each=move || groups.get() key=Group::key children=move |group| view! {
            <tbody role="rowgroup">
                <For
                    each=move || group.slots.get()
                    key=|(id, _)| *id
                    children=move |(_, slot)| view! { <JobRow shown=slot with_cloud=with_cloud /> }
                />
            </tbody>
        } />
    }
}

/// The groups of slots that show `rows`, updated with them. `columns` are the shown ones where they are not the
/// standard ones.
pub fn follow(rows: Memo<Arc<Rows>>, columns: &[Column]) -> RwSignal<Vec<Group>> {
    let address = expect_context::<Address>();
    let clock = expect_context::<Clock>();
    let containers = expect_context::<ContainerLists>();
    let usual = expect_context::<UsualDurations>();
    let preferences = expect_context::<Preferences>();
    let groups = RwSignal::new(Vec::<Group>::new());
    let further = columns.iter().copied().filter(|column| column.is_further()).collect();
    let table = StoredValue::new(Table { further, ..Table::default() });
    Effect::new(move |_| {
        rows.with(|rows| {
            table.update_value(|table| {
                table.place(rows, groups);
                table.say(clock, preferences.times(), containers, usual, rows);
            });
        });
        // Untracked: a change of the address alone does not change the texts of the rows.
        untrack(|| rows.with(|rows| table.with_value(|table| table.lead(address, rows))));
    });
    Effect::new(move |_| {
        table.with_value(|table| rows.with_untracked(|rows| table.lead(address, rows)));
    });
    groups
}

/// A group with its slots. Reference-counted, because it is created in an effect, whose reactive owner is disposed of
/// when the effect runs again.
#[derive(Clone)]
pub struct Group {
    id: u32,
    pub slots: ArcRwSignal<Vec<(SlotId, Slot)>>,
}

impl Group {
    pub fn key(&self) -> u32 {
        self.id
    }
}

/// The row that contains the focus.
fn focused_row() -> Option<HtmlTableRowElement> {
    let row = document().active_element()?.closest("table.jobs > tbody > tr").ok().flatten()?;
    Some(row.unchecked_into())
}

/// Returns the focus to the element that has it now, or to the link in the row at `place`. Leptos' `For` moves some
/// elements that could stay when several are inserted between others, and an element that is moved or created anew
/// loses the focus.
fn keep_focus(place: usize) {
    let Some(focused) = document().active_element() else { return };
    request_animation_frame(move || {
        if !focus::is_lost() {
            return;
        }
        let element = if focused.is_connected() {
            Some(focused)
        } else {
            let links = document().query_selector_all("table.jobs > tbody > tr a").ok();
            links.and_then(|links| links.item(place as u32)).map(JsCast::unchecked_into)
        };
        if let Some(element) = element {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            _ = element.unchecked_into::<HtmlElement>().focus_with_options(&options);
        }
    });
}

#[derive(Default)]
struct Table {
    placement: Placement,
    groups: Vec<Group>,
    /// In the order of the rows.
    slots: Vec<(SlotId, Slot)>,
    /// The shown columns beyond the standard ones.
    further: Vec<Column>,
}

impl Table {
    /// Updates the slots and groups to the keys of `rows`.
    fn place(&mut self, rows: &Rows, drawn: RwSignal<Vec<Group>>) {
        let keys: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
        let focused = focused_row().and_then(|row| self.slot_of(&row));
        let key = self.placement.slots().find(|slot| Some(slot.id) == focused).map(|slot| slot.key.clone());
        self.placement.show(&keys, focused);
        let torn = self.torn();
        self.placement.renew(|id| torn.contains(&id));
        if let Some(at) = key.and_then(|key| rows.place(&key)) {
            keep_focus(at);
        }
        self.slots.clear();
        let groups = std::mem::take(&mut self.groups);
        for placed in &self.placement.groups {
            let group = groups.iter().find(|group| group.id == placed.id).cloned();
            let group = group.unwrap_or_else(|| Group { id: placed.id, slots: ArcRwSignal::new(Vec::new()) });
            let old = group.slots.get_untracked();
            if !old.iter().map(|(id, _)| *id).eq(placed.slots.iter().map(|slot| slot.id)) {
                let slot = |id: SlotId| old.iter().find(|(old, _)| *old == id).cloned();
                let slots = placed
                    .slots
                    .iter()
                    .map(|placed| slot(placed.id).unwrap_or_else(|| (placed.id, Slot::default())));
                group.slots.set(slots.collect());
            }
            self.slots.extend(group.slots.get_untracked());
            self.groups.push(group);
        }
        if !groups.iter().map(|group| group.id).eq(self.groups.iter().map(|group| group.id)) {
            drawn.set(self.groups.clone());
        }
    }

    fn slot_of(&self, row: &HtmlTableRowElement) -> Option<SlotId> {
        // `row_index` counts the header row.
        let at = usize::try_from(row.row_index() - 1).ok()?;
        self.slots.get(at).map(|(id, _)| *id)
    }

    /// The slots in whose rows a translation tool has replaced text nodes by its own `<font>` elements. Leptos cannot
    /// update those texts, so such a row would show texts of two different jobs.
    fn torn(&self) -> Vec<SlotId> {
        let Ok(found) = document().query_selector_all("table.jobs > tbody > tr:has(font)") else {
            return Vec::new();
        };
        let rows = (0..found.length()).filter_map(|at| found.item(at));
        rows.filter_map(|row| self.slot_of(&row.unchecked_into())).collect()
    }

    fn slots<'a>(&'a self, rows: &'a Rows) -> impl Iterator<Item = (&'a Slot, &'a Row)> {
        self.slots.iter().map(|(_, slot)| slot).zip(rows.iter())
    }

    /// Updates the texts of all slots to `rows`.
    fn say(
        &self,
        clock: Clock,
        times: TimeFormat,
        containers: ContainerLists,
        usual: UsualDurations,
        rows: &Rows,
    ) {
        let now = clock.minute();
        let further = self.further.as_slice();
        let mut families: Vec<RowContext<'_>> = Vec::new();
        for (slot, row) in self.slots(rows) {
            let family = row.family;
            let at = families.iter().position(|context| context.family == family).unwrap_or_else(|| {
                let directory = containers.get(family.containers);
                families.push(RowContext { family, directory, usual: usual.of(family), further });
                families.len() - 1
            });
            slot.show(row, JobRowText::of(&families[at], &row.job, now, &times));
        }
    }

    /// Updates the links of all slots to `rows` and the current address.
    fn lead(&self, address: Address, rows: &Rows) {
        address.with(|route| {
            let mut families: Vec<JobLinks> = Vec::new();
            for (slot, row) in self.slots(rows) {
                let family = row.family;
                let at = families.iter().position(|links| links.family == family).unwrap_or_else(|| {
                    families.push(route.job_links(family));
                    families.len() - 1
                });
                slot.lead(row, &families[at], route.job.as_ref());
            }
        });
    }
}
