//! Routes made of other routes: what a changed filter, a turn of the page or an opened job makes of an address.

use crate::routing::columns::Columns;
use crate::routing::route::{DAYS_MOST, DEPTH_MOST, PAGE_MOST, ROWS_MOST, Route, View};
use cckm::family::Family;
use cckm::filter::{Sort, Status, Within};
use cckm::outcome::Outcome;

impl Route {
    pub fn with_status(&self, status: Option<Status>) -> Self {
        Self { status, page: 1, ..self.sound() }
    }

    pub fn with_id(&self, id: &str) -> Self {
        Self { id: id.trim().to_string(), page: 1, ..self.sound() }
    }

    /// The view with this container filter; without one where the family's list has none.
    pub fn with_containers(&self, mut containers: Vec<String>) -> Self {
        if self.family().is_some_and(|family| family.filter.is_none()) {
            containers.clear();
        }
        Self { containers, page: 1, ..self.sound() }
    }

    pub fn with_page(&self, page: u64) -> Self {
        Self { page: page.clamp(1, PAGE_MOST), ..self.sound() }
    }

    /// Changes the rows per page, and goes to the page that contains the row that is first now.
    pub fn with_rows(&self, rows: u64) -> Self {
        let rows = rows.clamp(1, ROWS_MOST);
        Self { rows, ..self.with_page(self.skip() / rows + 1) }
    }

    pub fn with_sort(&self, sort: Sort) -> Self {
        Self { sort, page: 1, ..self.sound() }
    }

    pub fn with_depth(&self, depth: u64) -> Self {
        Self { depth: depth.clamp(1, DEPTH_MOST), ..self.sound() }
    }

    pub fn with_days(&self, days: u64) -> Self {
        Self { days: days.clamp(1, DAYS_MOST), ..self.sound() }
    }

    pub fn with_outcomes(&self, outcomes: Vec<Outcome>) -> Self {
        Self { outcomes, ..self.sound() }
    }

    pub fn with_within(&self, within: Option<Within>) -> Self {
        Self { within, ..self.sound() }
    }

    pub fn with_columns(&self, columns: Option<Columns>) -> Self {
        Self { columns, ..self.sound() }
    }

    /// The view without what belongs to a moment: the open job, the page and the problems of the address.
    pub fn lasting(&self) -> Self {
        Self { job: None, schedule: None, page: 1, ..self.sound() }
    }

    /// Opens a job. A job of another family is opened in the view of that family.
    pub fn with_job(&self, family: &'static Family, id: &str) -> Self {
        let base = match self.view {
            View::All | View::Attention => self.sound(),
            View::Family(own) if own == family => self.sound(),
            _ => Self::of(family),
        };
        Self { job: Some((family, id.to_string())), ..base }
    }

    /// Opens a schedule. A view of anything else becomes that of the schedules of all clouds.
    pub fn with_schedule(&self, id: &str) -> Self {
        let base = match self.view {
            View::AllSchedules | View::Schedules(_) => self.sound(),
            _ => Self::new(View::AllSchedules),
        };
        Self { schedule: Some(id.to_string()), ..base }
    }

    pub fn without_schedule(&self) -> Self {
        Self { schedule: None, ..self.sound() }
    }

    pub fn without_job(&self) -> Self {
        Self { job: None, ..self.sound() }
    }

    /// Removes the filters and goes to the first page. Rows, sort order and the open job stay.
    pub fn cleared(&self) -> Self {
        Self {
            status: None,
            outcomes: Vec::new(),
            within: None,
            id: String::new(),
            containers: Vec::new(),
            page: 1,
            ..self.sound()
        }
    }
}
