//! The rows of the table of jobs. Drawn by hand, from one row that is copied, and changed text by text: a turn of the page
//! changes up to a thousand of them at once, where a view and its signals for each row took several times as long
//! (bench/README.md has the figures). What only a running job has, to be pressed, is a view as everywhere else.

use super::cells::{Around, Cells};
use super::groups;
use super::line::{Line, blank};
use crate::panel::{Panel, panel};
use crate::reactive::*;
use crate::route::JobLinks;
use crate::rows::Rows;
use leptos::reactive::owner::Owner;
use std::cell::RefCell;
use std::mem;
use std::rc::Rc;
use std::sync::Arc;
use web_sys::Element;

/// Draws `rows` into the `table`, which ends with an empty group.
pub fn draw(table: Element, rows: Memo<Arc<Rows>>, with_cloud: bool) {
    let panel = panel();
    let Some(blank) = blank(with_cloud) else { return };
    // Not the effect's owner, which ends with each run.
    let around = Owner::current().unwrap_or_default();
    let table = Rc::new(RefCell::new(Table { place: table, blank, around, lines: Vec::new() }));
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
}

struct Table {
    place: Element,
    blank: Element,
    /// The owner of what belongs to single rows.
    around: Owner,
    /// In boxes, which are moved with less code.
    #[expect(clippy::vec_box)]
    lines: Vec<Box<Line>>,
}

impl Table {
    /// Brings the lines in step with the keys of `rows`. A job that stays keeps its line, and the focus in it. Where none
    /// stays, on another page, the lines are taken over each in its place.
    fn keep(&mut self, rows: &Rows) {
        if self.lines.iter().map(|line| &line.key).eq(rows.iter().map(|row| &row.key)) {
            return;
        }
        let stays = self.lines.iter().any(|line| rows.place(&line.key).is_some());
        let focused = document().active_element().and_then(|active| active.closest("tr").ok().flatten());
        let mut lines: Vec<Option<Box<Line>>> = rows.iter().map(|_| None).collect();
        let mut spare = Vec::new();
        for line in mem::take(&mut self.lines) {
            match rows.place(&line.key).and_then(|at| lines.get_mut(at)) {
                Some(place) => *place = Some(line),
                // What stays would have to move around it, and lose the focus; and whoever is about to press Enter shall not
                // meet another job.
                None if stays || focused.as_ref() == Some(line.element()) => line.remove(),
                None => spare.push(line),
            }
        }
        let mut spare = spare.into_iter();
        for (kept, row) in lines.into_iter().zip(rows.iter()) {
            let mut line = kept.or_else(|| spare.next()).unwrap_or_else(|| Line::new(&self.blank, row));
            line.is_for(&row.key);
            self.lines.push(line);
        }
        spare.for_each(Line::remove);
        // From the last to the first, and none is touched that stands right.
        let mut next = None;
        for row in self.lines.iter().rev().map(|line| line.element()) {
            groups::place(&self.place, row, next);
            next = Some(row);
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
                line.say(Cells::of(around, &row.job, now), row, (&self.blank, &self.around));
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
        let around = (&self.blank, &self.around);
        self.lines.iter_mut().filter(|line| line.runs()).for_each(|line| line.count_on(now, around));
    }
}
