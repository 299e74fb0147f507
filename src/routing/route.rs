//! The address after `#`: what is looked at, how it is filtered, and back to text.
//!
//! Pure. It owns the grammar; it must not touch the browser's location. A wrong value never breaks
//! the page: it falls to the default and is named in `problems`.

use cckm::family::{self, Family};
use std::sync::OnceLock;

use cckm::filter::{Sort, Status};

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
/// The age in days from which a container counts as out of date, where the address does not say.
pub const DAYS: u64 = 7;
pub const DAYS_MOST: u64 = 3650;
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
    /// How far a view that gathers jobs looks back, in steps of [`DEPTH_ROWS`] for each family.
    pub depth: u64,
    /// From which age a container counts as out of date, in days.
    pub days: u64,
    /// What of the address could not be followed, a sentence each.
    pub problems: Vec<String>,
}

#[derive(Clone, PartialEq)]
pub enum View {
    All,
    /// What went wrong or stands still, of all clouds.
    Attention,
    /// The list of a family's jobs.
    Family(&'static Family),
    /// How old the last good synchronization of each container is.
    Freshness(&'static Family),
    /// A family's jobs over time.
    History(&'static Family),
    /// A word that names no family.
    Unknown(String),
}

impl View {
    /// The same kind of view of another family.
    #[must_use]
    pub fn of_family(&self, family: &'static Family) -> Self {
        match self {
            Self::Freshness(_) => Self::Freshness(family),
            Self::History(_) => Self::History(family),
            _ => Self::Family(family),
        }
    }
}

/// What opens a view of a family.
pub type Opens = fn(&'static Family) -> View;

/// The views beside the list of a family's jobs: the word in the address, and what opens it.
const BESIDE: [(&str, Opens); 2] = [("freshness", View::Freshness), ("history", View::History)];

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
            days: DAYS,
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
            Some(word) if word == "attention" => Self::new(View::Attention),
            Some(word) => {
                let beside = BESIDE.into_iter().find(|(name, _)| *name == word);
                let slug = if beside.is_some() { words.next().unwrap_or_default() } else { word.clone() };
                match (family::by_slug(&slug), beside) {
                    (Some(family), None) => Self::of(family),
                    (Some(family), Some((_, view))) => Self::new(view(family)),
                    (None, _) if slug.is_empty() => return Self::new(View::Unknown(word)),
                    (None, _) => return Self::new(View::Unknown(slug)),
                }
            }
        };
        let family = match route.view {
            View::Family(family) => Some(family),
            View::Freshness(_) | View::History(_) => None,
            _ => words.next().and_then(|word| {
                let family = family::by_slug(&word);
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
            "days" if matches!(self.view, View::Freshness(_)) => {
                number(&mut self.days, value, DAYS, DAYS_MOST)
            }
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

    /// Whether the view at this address needs the second part of the program: all but the lists do.
    pub fn needs_rest(&self) -> bool {
        self.job.is_some() || matches!(self.view, View::Attention | View::Freshness(_) | View::History(_))
    }

    /// The address of this route, in its one canonical form.
    pub fn hash(&self) -> String {
        [self.path(), self.query()].concat()
    }

    fn path(&self) -> String {
        let mut text = String::from("#/");
        text.push_str(&match &self.view {
            View::All => String::from("all"),
            View::Attention => String::from("attention"),
            View::Family(family) => family.slug.to_string(),
            View::Freshness(family) => ["freshness/", family.slug].concat(),
            View::History(family) => ["history/", family.slug].concat(),
            View::Unknown(word) => encode(word),
        });
        if let Some((family, id)) = &self.job {
            if self.family().is_none() {
                text.push('/');
                text.push_str(family.slug);
            }
            text.push('/');
            text.push_str(&encode(id));
        }
        text
    }

    /// With its mark, where there is any.
    fn query(&self) -> String {
        let mut text = String::new();
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
        } else {
            if self.depth != 1 {
                add("depth", &self.depth.to_string());
            }
            if self.days != DAYS {
                add("days", &self.days.to_string());
            }
        }
        text
    }

    /// The family whose jobs are listed.
    pub fn family(&self) -> Option<&'static Family> {
        if let View::Family(family) = self.view { Some(family) } else { None }
    }

    /// The family that a cloud's screen is about, in whichever of its views.
    pub fn scope(&self) -> Option<&'static Family> {
        match self.view {
            View::Family(family) | View::Freshness(family) | View::History(family) => Some(family),
            _ => None,
        }
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

    pub fn with_days(&self, days: u64) -> Self {
        Self { days: days.clamp(1, DAYS_MOST), ..self.sound() }
    }

    /// With a job open; one of another family is opened in that family's own view.
    pub fn with_job(&self, family: &'static Family, id: &str) -> Self {
        let base = match self.view {
            View::All | View::Attention => self.sound(),
            View::Family(own) if own == family => self.sound(),
            _ => Self::of(family),
        };
        Self { job: Some((family, id.to_string())), ..base }
    }

    /// The addresses of `with_job` for many jobs of a family.
    pub fn job_links(&self, family: &'static Family) -> JobLinks {
        let route = self.with_job(family, "");
        JobLinks { family, before: route.path(), after: route.query() }
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

/// What stands before and after the id of a family's job in its address.
pub struct JobLinks {
    pub family: &'static Family,
    before: String,
    after: String,
}

impl JobLinks {
    pub fn to(&self, id: &str) -> String {
        [self.before.as_str(), &encode(id), &self.after].concat()
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
