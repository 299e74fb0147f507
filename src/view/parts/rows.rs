//! The rows of the table of jobs. Drawn by hand, from one row that is copied, and changed text by text: a turn of the page
//! changes up to a thousand of them at once, where a view and its signals for each row took several times as long
//! (bench/README.md has the figures). What only a running job has, to be pressed, is a view as everywhere else.

use super::cells::{Around, Cells};
use super::line::{Line, blank};
use crate::dom::*;
use crate::listing::Rows;
use crate::panel::{Panel, panel};
use crate::reactive::*;
use crate::route::JobLinks;
use crate::text::Names;
use leptos::reactive::owner::Owner;
use std::cell::RefCell;
use std::mem;
use std::rc::Rc;
use std::sync::Arc;
use web_sys::{Element, Node};

/// The body of the table.
#[component]
pub fn JobRows(rows: Memo<Arc<Rows>>, with_cloud: bool) -> impl IntoView {
    let panel = panel();
    let Some(body) = element(view! { <tbody role="rowgroup"></tbody> }) else { return View::None };
    let Some(blank) = blank(with_cloud) else { return View::None };
    // Not the effect's owner, which ends with each run.
    let around = Owner::current().unwrap_or_default();
    let table = Rc::new(RefCell::new(Table { body: body.clone(), blank, around, lines: Vec::new() }));
    let shown = table.clone();
    let runs = RwSignal::new(false);
    watch(Box::new(move || {
        let running = rows.with(|rows| {
            let mut table = shown.borrow_mut();
            table.keep(rows);
            table.tell(panel, rows)
        });
        if runs.get_untracked() != running {
            runs.set(running);
        }
    }));
    let linked = table.clone();
    watch(Box::new(move || linked.borrow_mut().link(panel)));
    watch(Box::new(move || {
        if runs.get() {
            table.borrow_mut().count_on(panel);
        }
    }));
    View::Node(body.into())
}

struct Table {
    body: Element,
    blank: Element,
    /// The owner of what belongs to single rows.
    around: Owner,
    lines: Vec<Line>,
}

impl Table {
    /// Brings the lines in step with the keys of `rows`.
    fn keep(&mut self, rows: &Rows) {
        if self.lines.iter().map(|line| &line.key).eq(rows.iter().map(|row| &row.key)) {
            return;
        }
        if self.lines.iter().any(|line| rows.get(&line.key).is_some()) {
            self.move_lines(rows);
        } else {
            self.take_over(rows);
        }
    }

    /// Another page: its jobs take over the lines of the last, each in its place.
    fn take_over(&mut self, rows: &Rows) {
        let focused = document().active_element().and_then(|active| active.closest("tr").ok().flatten());
        for gone in self.lines.drain(rows.len().min(self.lines.len())..) {
            gone.remove();
        }
        for (line, row) in self.lines.iter_mut().zip(rows.iter()) {
            // Whoever is about to press Enter shall not meet another job.
            if focused.as_ref() == Some(line.element()) {
                let new = Line::new(&self.blank, row);
                _ = self.body.replace_child(new.element(), line.element());
                mem::replace(line, new).remove();
            }
            line.key.clone_from(&row.key);
            line.leave();
        }
        for row in rows.iter().skip(self.lines.len()) {
            let line = Line::new(&self.blank, row);
            _ = self.body.append_child(line.element());
            self.lines.push(line);
        }
    }

    /// The same page, in which some jobs are new or gone: what stays keeps its line, and the focus in it.
    fn move_lines(&mut self, rows: &Rows) {
        let mut places = Names::default();
        for (at, line) in self.lines.iter().enumerate() {
            places.insert(&line.key, at);
        }
        let mut old: Vec<_> = mem::take(&mut self.lines).into_iter().map(Some).collect();
        for row in rows.iter() {
            let kept = places.get(&row.key).and_then(|at| old.get_mut(at)).and_then(Option::take);
            self.lines.push(kept.unwrap_or_else(|| Line::new(&self.blank, row)));
        }
        for gone in old.into_iter().flatten() {
            gone.remove();
        }
        // From the last to the first, and none is touched that stands right.
        let mut next: Option<Node> = None;
        for row in self.lines.iter().rev().map(Line::element) {
            if row.parent_node().is_none() || row.next_sibling() != next {
                _ = self.body.insert_before(row, next.as_ref());
            }
            next = Some(row.clone().into());
        }
    }

    /// Brings the lines in step with what `rows` say, and whether any of them runs.
    fn tell(&mut self, panel: Panel, rows: &Rows) -> bool {
        let now = panel.clock.minute();
        let mut families: Vec<Around> = Vec::new();
        let mut runs = false;
        for (line, row) in self.lines.iter_mut().zip(rows.iter()) {
            let family = row.family;
            if !families.iter().any(|around| around.family == family) {
                let directory = panel.directories.get(family.containers);
                families.push(Around { family, directory, usual: panel.usual(family) });
            }
            if let Some(around) = families.iter().find(|around| around.family == family) {
                line.say(Cells::of(around, &row.job, now), row, &self.around);
                runs |= line.runs();
            }
        }
        // Another address alone says nothing new of the jobs.
        untrack(|| self.link(panel));
        runs
    }

    /// Leads from each line to its job, from where the panel is now.
    fn link(&mut self, panel: Panel) {
        panel.address.with(|route| {
            let mut all: Vec<JobLinks> = Vec::new();
            for line in &mut self.lines {
                let family = line.family();
                if !all.iter().any(|links| links.family == family) {
                    all.push(route.job_links(family));
                }
                if let Some(links) = all.iter().find(|links| links.family == family) {
                    line.lead(links, route.job.as_ref());
                }
            }
        });
    }

    /// How long the running ones have run by now.
    fn count_on(&mut self, panel: Panel) {
        let now = panel.clock.second();
        self.lines.iter_mut().filter(|line| line.runs()).for_each(|line| line.count_on(now));
    }
}
