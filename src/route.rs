//! The address after `#`: what is looked at, how it is filtered, and back to text.
//!
//! Pure. It owns the grammar; it must not touch the browser's location. A wrong value never breaks
//! the page: it falls to the default and is named in `problems`.

use crate::families::{self, Family};
use crate::model::Job;
use std::sync::OnceLock;

/// Rows per page where neither the address nor whoever hosts the panel says.
pub const ROWS: u64 = 25;
static DEFAULT_ROWS: OnceLock<u64> = OnceLock::new();

/// Says how many rows a page has where the address does not; once, before the first address is read.
pub fn set_default_rows(rows: u64) {
    _ = DEFAULT_ROWS.set(rows);
}

fn default_rows() -> u64 {
    *DEFAULT_ROWS.get().unwrap_or(&ROWS)
}
pub const ROWS_MOST: u64 = 1000;
/// How many jobs of each family one step of depth shows.
pub const DEPTH_ROWS: u64 = 25;
/// One request of at most 1000 jobs for each family.
pub const DEPTH_MOST: u64 = 40;
const PAGE_MOST: u64 = 1_000_000_000;

#[derive(Clone, PartialEq)]
#[must_use]
pub struct Route {
    pub view: View,
    /// The open job; in a family's view it is one of that family.
    pub job: Option<(&'static Family, String)>,
    pub status: Option<Status>,
    pub id: String,
    /// Values of the family's container filter.
    pub containers: Vec<String>,
    /// From 1.
    pub page: u64,
    pub rows: u64,
    pub sort: Sort,
    /// How far all clouds look back, in steps of [`DEPTH_ROWS`].
    pub depth: u64,
    /// What of the address could not be followed, a sentence each.
    pub problems: Vec<String>,
}

#[derive(Clone, PartialEq)]
pub enum View {
    All,
    Family(&'static Family),
    /// A word that names no family.
    Unknown(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Status {
    InProgress,
    Completed,
    Failed,
}

impl Status {
    pub const ALL: [Self; 3] = [Self::InProgress, Self::Completed, Self::Failed];

    /// The value in requests and in the address.
    pub fn api(self) -> &'static str {
        match self {
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::InProgress => "In progress",
            Self::Completed => "Completed",
            Self::Failed => "Failed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.api() == text)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// `createdAt` or `updatedAt`.
    pub field: &'static str,
    pub descending: bool,
}

impl Sort {
    pub const NEWEST: Self = Self { field: "createdAt", descending: true };
    const FIELDS: [&'static str; 2] = ["createdAt", "updatedAt"];

    /// The value in requests and in the address.
    pub fn api(self) -> String {
        [if self.descending { "-" } else { "" }, self.field].concat()
    }

    /// Whether `first` may stand before `second`. A job that does not say its time may stand anywhere.
    pub fn in_order(self, first: &Job, second: &Job) -> bool {
        let time = |job: &Job| if self.field == Self::NEWEST.field { job.created } else { job.updated };
        match (time(first), time(second)) {
            (Some(first), Some(second)) if self.descending => first >= second,
            (Some(first), Some(second)) => first <= second,
            _ => true,
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let field = Self::FIELDS.into_iter().find(|field| *field == name)?;
        Some(Self { field, descending })
    }
}

impl Default for Route {
    fn default() -> Self {
        Self::new(View::All)
    }
}

impl Route {
    pub fn new(view: View) -> Self {
        Self {
            view,
            job: None,
            status: None,
            id: String::new(),
            containers: Vec::new(),
            page: 1,
            rows: default_rows(),
            sort: Sort::NEWEST,
            depth: 1,
            problems: Vec::new(),
        }
    }

    pub fn of(family: &'static Family) -> Self {
        Self::new(View::Family(family))
    }

    /// From `location.hash`. A hash that is no path (such as a jump to an element) is the first view.
    pub fn parse(hash: &str) -> Self {
        let Some(text) = hash.trim_start_matches('#').strip_prefix('/') else { return Self::default() };
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let mut words = path.split('/').filter(|word| !word.is_empty()).map(decode);
        let mut route = match words.next() {
            None => Self::default(),
            Some(word) if word == "all" => Self::default(),
            Some(word) => match families::by_slug(&word) {
                Some(family) => Self::of(family),
                None => return Self::new(View::Unknown(word)),
            },
        };
        let family = match route.view {
            View::Family(family) => Some(family),
            _ => words.next().and_then(|word| {
                let family = families::by_slug(&word);
                if family.is_none() {
                    route.problems.push(["There is no view named “", &word, "”."].concat());
                }
                family
            }),
        };
        if let (Some(family), Some(id)) = (family, words.next()) {
            route.job = Some((family, id));
        }
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            route.take(&name, value.trim());
        }
        route
    }

    fn take(&mut self, name: &str, value: &str) {
        let family = self.family();
        let right = match name {
            "status" => {
                self.status = Status::parse(value);
                self.status.is_some() || value.is_empty()
            }
            "id" => {
                self.id = value.to_string();
                true
            }
            "depth" if family.is_none() => number(&mut self.depth, value, 1, DEPTH_MOST),
            "page" if family.is_some() => number(&mut self.page, value, 1, PAGE_MOST),
            "rows" if family.is_some() => number(&mut self.rows, value, default_rows(), ROWS_MOST),
            "sort" if family.is_some() => {
                let sort = Sort::parse(value);
                self.sort = sort.unwrap_or(Sort::NEWEST);
                sort.is_some()
            }
            _ => {
                if family.is_some_and(|family| family.filter == name) {
                    push_once(&mut self.containers, value);
                }
                true
            }
        };
        if !right {
            self.problems.push(
                ["The address says “", name, "=", value, "”, which the panel does not know and leaves out."]
                    .concat(),
            );
        }
    }

    /// The address of this route, in its one canonical form.
    pub fn hash(&self) -> String {
        let mut text = String::from("#/");
        text.push_str(&match &self.view {
            View::All => String::from("all"),
            View::Family(family) => family.slug.to_string(),
            View::Unknown(word) => encode(word),
        });
        if let Some((family, id)) = &self.job {
            if self.view == View::All {
                text.push('/');
                text.push_str(family.slug);
            }
            text.push('/');
            text.push_str(&encode(id));
        }
        let mut mark = '?';
        let mut add = |name: &str, value: &str| {
            text.push(mark);
            text.push_str(name);
            text.push('=');
            text.push_str(&encode(value));
            mark = '&';
        };
        if let Some(status) = self.status {
            add("status", status.api());
        }
        if !self.id.is_empty() {
            add("id", &self.id);
        }
        if let Some(family) = self.family() {
            for value in &self.containers {
                add(family.filter, value);
            }
            if self.page != 1 {
                add("page", &self.page.to_string());
            }
            if self.rows != default_rows() {
                add("rows", &self.rows.to_string());
            }
            if self.sort != Sort::NEWEST {
                add("sort", &self.sort.api());
            }
        } else if self.depth != 1 {
            add("depth", &self.depth.to_string());
        }
        text
    }

    pub fn family(&self) -> Option<&'static Family> {
        if let View::Family(family) = self.view { Some(family) } else { None }
    }

    /// How many rows lie before this page.
    pub fn skip(&self) -> u64 {
        (self.page - 1) * self.rows
    }

    pub fn is_filtered(&self) -> bool {
        self.status.is_some() || !self.id.is_empty() || !self.containers.is_empty()
    }

    pub fn with_status(&self, status: Option<Status>) -> Self {
        Self { status, page: 1, ..self.sound() }
    }

    pub fn with_id(&self, id: &str) -> Self {
        Self { id: id.trim().to_string(), page: 1, ..self.sound() }
    }

    pub fn with_containers(&self, containers: Vec<String>) -> Self {
        Self { containers, page: 1, ..self.sound() }
    }

    pub fn with_page(&self, page: u64) -> Self {
        Self { page: page.clamp(1, PAGE_MOST), ..self.sound() }
    }

    /// The page that holds the row which is first now.
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

    /// With a job open; one of another family is opened in that family's own view.
    pub fn with_job(&self, family: &'static Family, id: &str) -> Self {
        let base = match self.view {
            View::All => self.sound(),
            View::Family(own) if own == family => self.sound(),
            _ => Self::of(family),
        };
        Self { job: Some((family, id.to_string())), ..base }
    }

    pub fn without_job(&self) -> Self {
        Self { job: None, ..self.sound() }
    }

    /// Without filters and on the first page; rows, sort and the open job stay.
    pub fn cleared(&self) -> Self {
        Self { status: None, id: String::new(), containers: Vec::new(), page: 1, ..self.sound() }
    }

    /// A step onwards leaves the complaints about the old address behind.
    fn sound(&self) -> Self {
        Self { problems: Vec::new(), ..self.clone() }
    }
}

/// Takes a number from 1 to `most`, or the default and `false`.
fn number(place: &mut u64, value: &str, default: u64, most: u64) -> bool {
    let number = value.parse().ok().filter(|number| (1..=most).contains(number));
    *place = number.unwrap_or(default);
    number.is_some()
}

fn push_once(list: &mut Vec<String>, value: &str) {
    if !value.is_empty() && !list.iter().any(|known| known == value) {
        list.push(value.to_string());
    }
}

fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// One word of the path: the decoder of queries, kept from seeing a query's own marks.
fn decode(word: &str) -> String {
    let safe = word.replace('&', "%26").replace('=', "%3D");
    form_urlencoded::parse(safe.as_bytes()).next().map(|(text, _)| text.into_owned()).unwrap_or_default()
}
