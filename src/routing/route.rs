//! The route: parses the part of the address after `#` into a view with its filters, and formats it again.
//!
//! Pure. Owns the grammar, and must not access the browser's location. A wrong value never breaks the page: it is
//! replaced by the default and reported in `problems`.

use crate::routing::columns::Columns;
use crate::routing::view::BESIDE;
pub use crate::routing::view::{Opens, View};
use cckm::family::{self, Family};
use cckm::filter::{Sort, Status, Within};
use cckm::outcome::Outcome;
use cckm::text;
use std::sync::OnceLock;

/// Rows per page where neither the address nor the operator's configuration sets them.
pub const ROWS: u64 = 25;
static DEFAULT_ROWS: OnceLock<u64> = OnceLock::new();

/// Sets the rows per page for addresses without them. Call it once, before the first address is parsed.
pub fn set_default_rows(rows: u64) {
    _ = DEFAULT_ROWS.set(rows);
}

fn default_rows() -> u64 {
    *DEFAULT_ROWS.get().unwrap_or(&ROWS)
}
pub const ROWS_MOST: u64 = 1000;
/// How many jobs of each family one step of depth shows.
pub const DEPTH_ROWS: u64 = 25;
/// The depth at which each family needs one request of 1000 jobs.
pub const DEPTH_MOST: u64 = 40;
/// The age in days from which a container counts as out of date, where the address does not set it.
pub const DAYS: u64 = 7;
pub const DAYS_MOST: u64 = 3650;
pub(super) const PAGE_MOST: u64 = 1_000_000_000;

#[derive(Clone, PartialEq)]
#[must_use]
pub struct Route {
    pub view: View,
    /// The open job; in a family's view it is one of that family.
    pub job: Option<(&'static Family, String)>,
    /// The id of the open schedule, in a view of schedules.
    pub schedule: Option<String>,
    /// The status, by the server's `overall_status`.
    pub status: Option<Status>,
    /// The outcomes as the panel tells them, of which a job of All clouds has to have one; all of them where this is
    /// empty. In an address `outcome=failed,completed-with-errors`.
    pub outcomes: Vec<Outcome>,
    /// The time in which a job of All clouds was created or has ended. In an address `within=24h` or `within=7d`.
    pub within: Option<Within>,
    pub id: String,
    /// The values of the family's container filter.
    pub containers: Vec<String>,
    /// The page number, from 1.
    pub page: u64,
    pub rows: u64,
    pub sort: Sort,
    /// How many jobs a view of several families loads for each family, in steps of [`DEPTH_ROWS`].
    pub depth: u64,
    /// The age from which a container counts as out of date, in days.
    pub days: u64,
    /// The columns of a list; `None` where the address does not name them. In an address
    /// `columns=outcome,started:120,job`, or `columns=default`.
    pub columns: Option<Columns>,
    /// The parts of the address that are wrong, as one sentence each.
    pub problems: Vec<String>,
}

/// The word of an address in place of a family, where a schedule is open in the view of all clouds.
const ALL_CLOUDS: &str = "-";

/// How many characters of a wrong part of the address are shown.
const WORD: usize = 60;

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
            schedule: None,
            status: None,
            outcomes: Vec::new(),
            within: None,
            id: String::new(),
            containers: Vec::new(),
            page: 1,
            rows: default_rows(),
            sort: Sort::NEWEST,
            depth: 1,
            days: DAYS,
            columns: None,
            problems: Vec::new(),
        }
    }

    pub fn of(family: &'static Family) -> Self {
        Self::new(View::Family(family))
    }

    /// Parses `location.hash`. A hash that is not a path, such as a link to an element, is the first view.
    pub fn parse(hash: &str) -> Self {
        let Some(text) = hash.trim_start_matches('#').strip_prefix('/') else { return Self::default() };
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let mut words = path.split('/').filter(|word| !word.is_empty()).map(decode);
        let mut route = match words.next() {
            None => Self::default(),
            Some(word) if word == "all" => Self::default(),
            Some(word) if word == "attention" => Self::new(View::Attention),
            Some(word) if word == "outdated" => Self::new(View::Outdated),
            Some(word) if word == "check" => Self::new(View::Check),
            Some(word) => {
                let beside = BESIDE.into_iter().find(|(name, _)| *name == word);
                let slug = if beside.is_some() { words.next().unwrap_or_default() } else { word.clone() };
                match (family::by_slug(&slug), beside) {
                    (Some(family), None) => Self::of(family),
                    (Some(family), Some((_, view))) => Self::new(view(family)),
                    (None, Some(_)) if word == "schedules" && matches!(&*slug, "" | ALL_CLOUDS) => {
                        Self::new(View::AllSchedules)
                    }
                    (None, _) if slug.is_empty() => return Self::new(View::Unknown(word)),
                    (None, _) => return Self::new(View::Unknown(slug)),
                }
            }
        };
        let family = match route.view {
            View::Family(family) => Some(family),
            View::Outdated | View::Check | View::Freshness(_) | View::History(_) => None,
            View::AllSchedules | View::Schedules(_) => {
                route.schedule = words.next();
                None
            }
            _ => words.next().and_then(|word| {
                let family = family::by_slug(&word);
                if family.is_none() {
                    route
                        .problems
                        .push(["There is no view named “", &text::middle(&word, WORD), "”."].concat());
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
            "outcome" if !value.is_empty() => {
                let wanted = value.split(',').map(Outcome::parse).collect::<Option<Vec<_>>>();
                let right = self.view == View::All && wanted.is_some();
                self.outcomes = wanted.filter(|_| right).unwrap_or_default();
                right
            }
            "within" if !value.is_empty() => {
                self.within = Within::parse(value).filter(|_| self.view == View::All);
                self.within.is_some()
            }
            "columns" if family.is_some() || self.view == View::All => {
                let (columns, wrong) = Columns::parse(value, family);
                let right = columns.is_some() || !wrong.is_empty();
                self.columns = columns;
                self.problems.extend(wrong.iter().map(|word| {
                    [
                        "The address names a column “",
                        &text::middle(word, WORD),
                        "”, which this list does not have.",
                    ]
                    .concat()
                }));
                right
            }
            "id" => {
                self.id = value.to_string();
                true
            }
            "depth" if family.is_none() => number(&mut self.depth, value, 1, DEPTH_MOST),
            "days" if self.view.has_days() => number(&mut self.days, value, DAYS, DAYS_MOST),
            "page" if family.is_some() => number(&mut self.page, value, 1, PAGE_MOST),
            "rows" if family.is_some() => number(&mut self.rows, value, default_rows(), ROWS_MOST),
            "sort" if family.is_some() => {
                let sort = Sort::parse(value);
                self.sort = sort.unwrap_or(Sort::NEWEST);
                sort.is_some()
            }
            _ => {
                if family.is_some_and(|family| family.filter == Some(name)) {
                    push_once(&mut self.containers, value);
                }
                true
            }
        };
        if !right {
            self.problems.push(
                [
                    "The address says “",
                    &text::middle(name, WORD),
                    "=",
                    &text::middle(value, WORD),
                    "”, which the panel does not know and leaves out.",
                ]
                .concat(),
            );
        }
    }

    /// Whether the view needs the second part of the program, which is loaded lazily: all but the lists do.
    pub fn needs_rest(&self) -> bool {
        self.job.is_some() || !matches!(self.view, View::All | View::Family(_) | View::Unknown(_))
    }

    /// The canonical address of this route.
    pub fn hash(&self) -> String {
        [self.path(), self.query()].concat()
    }

    fn path(&self) -> String {
        let mut text = String::from("#/");
        text.push_str(&match &self.view {
            View::All => String::from("all"),
            View::Attention => String::from("attention"),
            View::Outdated => String::from("outdated"),
            View::Check => String::from("check"),
            View::Family(family) => family.slug.to_string(),
            View::Freshness(family) => ["freshness/", family.slug].concat(),
            View::History(family) => ["history/", family.slug].concat(),
            View::AllSchedules => String::from("schedules"),
            View::Schedules(family) => ["schedules/", family.slug].concat(),
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
        if let Some(id) = &self.schedule {
            if self.view == View::AllSchedules {
                text.push('/');
                text.push_str(ALL_CLOUDS);
            }
            text.push('/');
            text.push_str(&encode(id));
        }
        text
    }

    /// The query string with its `?`, or an empty string.
    fn query(&self) -> String {
        let mut text = String::new();
        let mut mark = '?';
        // Only values that a person or the server has made up need escapes.
        let mut add = |name: &str, value: &str| {
            text.push(mark);
            text.push_str(name);
            text.push('=');
            text.push_str(value);
            mark = '&';
        };
        if let Some(status) = self.status {
            add("status", status.api());
        }
        if !self.outcomes.is_empty() {
            add(
                "outcome",
                &self.outcomes.iter().map(|outcome| outcome.class()).collect::<Vec<_>>().join(","),
            );
        }
        if let Some(within) = self.within {
            add("within", &within.text());
        }
        if !self.id.is_empty() {
            add("id", &encode(&self.id));
        }
        if let Some(family) = self.family() {
            if let Some(filter) = family.filter {
                for value in &self.containers {
                    add(filter, &encode(value));
                }
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
        if let Some(columns) = &self.columns {
            add("columns", &columns.text(self.family().is_none()));
        }
        text
    }

    /// The family whose jobs are listed.
    pub fn family(&self) -> Option<&'static Family> {
        if let View::Family(family) = self.view { Some(family) } else { None }
    }

    /// The family of the view, where it is any view of one family.
    pub fn scope(&self) -> Option<&'static Family> {
        match self.view {
            View::Family(family)
            | View::Freshness(family)
            | View::History(family)
            | View::Schedules(family) => Some(family),
            _ => None,
        }
    }

    /// How many rows come before this page.
    pub fn skip(&self) -> u64 {
        (self.page - 1) * self.rows
    }

    pub fn is_filtered(&self) -> bool {
        self.status.is_some()
            || !self.id.is_empty()
            || !self.containers.is_empty()
            || !self.outcomes.is_empty()
            || self.within.is_some()
    }

    /// The addresses that [`Route::with_job`] makes for the jobs of a family.
    pub fn job_links(&self, family: &'static Family) -> JobLinks {
        let route = self.with_job(family, "");
        JobLinks { family, before: route.path(), after: route.query() }
    }

    /// A copy without the problems of the old address, which do not apply to the next one.
    pub(super) fn sound(&self) -> Self {
        Self { problems: Vec::new(), ..self.clone() }
    }
}

/// The parts of a job's address before and after its id.
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

/// Stores a number from 1 to `most` in `place`; otherwise stores `default` and returns `false`.
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

/// Decodes one segment of the path. `&` and `=` are escaped, because the decoder is the one for query strings.
fn decode(word: &str) -> String {
    let safe = word.replace('&', "%26").replace('=', "%3D");
    form_urlencoded::parse(safe.as_bytes()).next().map(|(text, _)| text.into_owned()).unwrap_or_default()
}
