//! What is found about each family: whether its list answers, sorts, how many jobs a page gives, and what of its jobs
//! the panel does not know.

use super::ask::{Answer, Ask, Class, Step, ask};
use super::finding::{Finding, Group, Severity, Text};
use super::session::FOREIGN;
use super::words;
use crate::family::Family;
use crate::job::{FIELDS, Job};
use crate::outcome::{Outcome, Tally, outcome};
use crate::page::Page;
use crate::text;
use crate::time::Stamp;
use crate::verdict::{KnownResults, Verdict};
use serde_json::Value;

/// How many jobs a page is asked for.
const MANY: u64 = 1000;

/// What the lists have shown so far.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Whether the list of any family has answered.
    answers: bool,
    jobs: usize,
    /// What is not known, each with how often it was seen.
    fields: Vec<(String, usize)>,
    statuses: Vec<(String, usize)>,
    results: Vec<(String, usize)>,
    newest: Vec<Stamp>,
}

impl Seen {
    /// Takes the answer to a step of a family. Returns what was found, and the family's next request.
    pub(super) fn take(&mut self, step: &Step, answer: &Answer) -> (Vec<Finding>, Option<Ask>) {
        match step {
            Step::First(family) => {
                self.answers |= answer.list().is_some();
                first(family, answer)
            }
            Step::Newest(family) if answer.status == 400 && answer.class() == Class::Refused => {
                let found = failed(family, "sorting", answer, Severity::Note, ORDER);
                (vec![found], Some(newest(family, false)))
            }
            Step::Newest(family) | Step::Unsorted(family) => {
                let Some(page) = answer.list() else {
                    return (vec![failed(family, "page size", answer, Severity::Problem, LARGE)], None);
                };
                let sorts = matches!(step, Step::Newest(_));
                self.newest = times(&page);
                let next = sorts.then(|| {
                    let path = [family.root, "?sort=createdAt&limit=2"].concat();
                    ask(Step::Oldest(family), path, &[&family.title(), ", oldest first"].concat())
                });
                let found = size(family, &page);
                self.look_at(family, page.resources);
                (vec![found], next)
            }
            Step::Oldest(family) => (vec![self.sorting(family, answer)], None),
            _ => (Vec::new(), None),
        }
    }

    fn sorting(&self, family: &Family, answer: &Answer) -> Finding {
        let Some(page) = answer.list() else {
            return failed(family, "sorting", answer, Severity::Note, ORDER);
        };
        let (newest, oldest) = (&self.newest, times(&page));
        let (Some(first), Some(last)) = (newest.first(), oldest.first()) else {
            return finding(family, "sorting", Severity::NotKnown, "No two jobs to compare", FEW);
        };
        let is_down = newest.is_sorted_by(|one, next| one >= next);
        if is_down && oldest.is_sorted() && last < first {
            finding(
                family,
                "sorting",
                Severity::Fine,
                "The server sorts",
                "The newest jobs come first with one request.",
            )
        } else if newest.iter().chain(&oldest).all(|time| time == first) {
            finding(family, "sorting", Severity::NotKnown, "No two times to compare", FEW)
        } else {
            finding(family, "sorting", Severity::Note, "The server ignores the sort order", ORDER)
        }
    }

    fn look_at(&mut self, family: &Family, jobs: Vec<Value>) {
        let regions = family.regions.unwrap_or_default();
        let own = [family.job_field, family.selector, family.filter.unwrap_or_default(), regions];
        for value in jobs {
            self.jobs += 1;
            let fields = value.as_object().into_iter().flat_map(|object| object.keys());
            let switches = |field: &str| family.switches.iter().any(|switch| switch.field == field);
            let unknown = fields.filter(|field| {
                !FIELDS.contains(&field.as_str()) && !own.contains(&field.as_str()) && !switches(field)
            });
            for field in unknown {
                words::count(&mut self.fields, field, 1);
            }
            let Some(job) = Job::read(value, KnownResults::get()) else { continue };
            if outcome(&job.status, Tally::default(), false, false) == Outcome::Unknown {
                words::count(&mut self.statuses, &job.status, 1);
            }
            for (text, times) in job.texts(&[Verdict::NotKnown]) {
                words::count(&mut self.results, text, times);
            }
        }
    }

    /// The finding where not one family's list has answered; `None` where one has.
    pub fn nothing(&self) -> Option<Finding> {
        let means = "There is nothing that the panel can show to this user.";
        let found =
            || Finding::new(Group::Families, Severity::Problem, "All families", "No list answers", means);
        (!self.answers).then(found)
    }

    /// The findings about what the panel does not know, once all lists have been read.
    pub fn texts(&self) -> Vec<Finding> {
        let group = Group::Texts;
        let jobs = text::count(self.jobs, "job", "jobs");
        let unknown = |what: &str, means: &str, all: Vec<(String, String)>| {
            if self.jobs == 0 {
                let means = "There was no job to look at.";
                return vec![Finding::new(group, Severity::NotKnown, what, "Nothing seen", means)];
            }
            if all.is_empty() {
                let said = ["All known, in ", &jobs].concat();
                let means = "Holds for the jobs that were looked at; older ones may have others.";
                return vec![Finding::new(group, Severity::Fine, what, &said, means)];
            }
            let each = all.into_iter().map(|(shown, instead)| {
                Finding::new(group, Severity::Note, what, "", means)
                    .saying(Text::plain("Not known: ").name_or(shown, instead))
            });
            each.collect()
        };
        let counted = |all: &[(String, usize)]| {
            let each = all.iter().map(|(shown, count)| {
                let times = [" (", &text::count(*count, "time", "times"), ")"].concat();
                let quoted = |text: &str| ["“", text, "”", &times].concat();
                (quoted(text::or_empty(shown)), quoted(&words::without_names(shown)))
            });
            each.collect()
        };
        let fields = self.fields.iter().map(|(field, _)| (field.clone(), words::shape(field))).collect();
        [
            unknown("Fields of jobs", "The panel does not show this field. Nothing else depends on it.", fields),
            unknown("Status texts", "Jobs with it are shown as Unknown. Report it, so that the panel learns it.", counted(&self.statuses)),
            unknown("Result texts", "Containers with it are shown as not known. Whoever hosts the panel can add it to config.json.", counted(&self.results)),
        ]
        .concat()
    }
}

const ORDER: &str = "The panel finds the newest jobs by itself, with more requests.";
const FEW: &str = "The panel finds out as soon as there are jobs.";
const LARGE: &str = "The panel could not load a large page of this list.";
const CANNOT: &str = "The panel cannot show the jobs of this family. Run the check again in a moment; if that does not help, ask whoever runs the server, with the report.";
const WANTED: &str = "a list of jobs";

fn finding(family: &Family, what: &str, severity: Severity, said: &str, means: &str) -> Finding {
    Finding::new(Group::Lists, severity, &[&family.title(), ", ", what].concat(), said, means)
}

/// The finding for an answer that is no list of jobs.
fn failed(family: &Family, what: &str, answer: &Answer, severity: Severity, means: &str) -> Finding {
    let (severity, means) = match answer.between() {
        Some(between) => (Severity::Problem, between),
        None => (severity, means),
    };
    finding(family, what, severity, "", means).saying(answer.said(WANTED))
}

fn times(page: &Page<Value>) -> Vec<Stamp> {
    page.resources.iter().filter_map(|job| Stamp::parse(job["createdAt"].as_str()?)).collect()
}

fn newest(family: &'static Family, sorts: bool) -> Ask {
    let sort = if sorts { "sort=-createdAt&" } else { "" };
    let step = if sorts { Step::Newest(family) } else { Step::Unsorted(family) };
    ask(step, format!("{}?{sort}limit={MANY}", family.root), &[&family.title(), ", a large page"].concat())
}

fn first(family: &'static Family, answer: &Answer) -> (Vec<Finding>, Option<Ask>) {
    let found = |severity, means: &str| Finding::new(Group::Families, severity, &family.title(), "", means);
    if let Some(page) = answer.list() {
        let said = ["Answers, with ", &text::count(page.total as usize, "job", "jobs")].concat();
        let next = (page.total > 0).then(|| newest(family, true));
        let means = if next.is_some() {
            "Its jobs can be shown. Whether this user may start one is seen only by a start."
        } else {
            "There are no jobs yet, or none that this user may see."
        };
        return (vec![found(Severity::Fine, means).saying(Text::plain(said))], next);
    }
    let (severity, word, means) = match (answer.between(), answer.class()) {
        (Some(between), _) => (Severity::Problem, "", between),
        (None, Class::Unlicensed) => (
            Severity::Note,
            "Not licensed: ",
            "The panel shows no jobs of this family. Whoever manages the server's licenses can add one.",
        ),
        (None, Class::Forbidden) => (
            Severity::Note,
            "Forbidden: ",
            "This user may not see these jobs. An administrator can permit it.",
        ),
        (None, Class::Missing) => {
            (Severity::Note, "Unknown: ", "This version of the server has no such jobs.")
        }
        (None, Class::OtherMethod) => {
            (Severity::Note, "Unknown: ", "This path means something else in this version of the server.")
        }
        (None, Class::Foreign) => (Severity::NotKnown, "", FOREIGN),
        (None, _) => (Severity::Problem, "", CANNOT),
    };
    (vec![found(severity, means).saying(Text::plain(word).then(answer.said(WANTED)))], None)
}

fn size(family: &Family, page: &Page<Value>) -> Finding {
    let sent = page.sent();
    let total = text::count(page.total as usize, "job", "jobs");
    let found = |severity, said: &str, means| finding(family, "page size", severity, said, means);
    if sent < page.total.min(MANY) {
        let said = [&text::number(sent), " of ", &total, " in one page"].concat();
        found(Severity::Note, &said, "A page gives at most this many. The panel asks more often.")
    } else if sent >= MANY {
        let said = [&text::number(sent), " of ", &total, " in one page"].concat();
        found(Severity::Fine, &said, "A page gives as many as the panel ever asks for.")
    } else {
        let said = ["All ", &total, " came in one page"].concat();
        found(Severity::NotKnown, &said, "There are too few to see how many a page gives at most.")
    }
}
