//! Start requests whose response was lost: looks in the list for the job that the server may have created all the
//! same.
//!
//! Owns the rules by which a job matches a start request. It never sends a start: the person decides what to do with
//! the result.

use crate::api::failure::Failure;
use crate::auth::Session;
use crate::clock;
use crate::state::capabilities::ServerCapabilities;
use crate::state::containers::ContainerLists;
use crate::state::family_jobs::Part;
use crate::state::feed::{self, Question};
use crate::state::known_jobs::KnownJobs;
use crate::state::latest_jobs::LatestJobs;
use crate::state::sent_starts::SentStart;
use cckm::container::Directory;
use cckm::family::Family;
use cckm::job::Job;
use cckm::time::Stamp;
use leptos::prelude::expect_context;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The clock difference that is tolerated where only the creation time distinguishes new jobs from old ones, in
/// milliseconds.
const CLOCKS: i64 = 2 * 60 * 1000;
/// How long after a start was sent its job may have been created, in milliseconds.
const LATE: i64 = 5 * 60 * 1000;

/// What the panel knew about a family's jobs immediately before a start was sent.
#[derive(Clone, PartialEq)]
pub struct Before {
    /// The ids of the known jobs.
    known: BTreeSet<String>,
    /// When the newest known job was created.
    newest: Option<Stamp>,
    /// Whether `known` contains the newest jobs, by the last response.
    whole: bool,
    at: Stamp,
}

impl Before {
    fn new(latest: LatestJobs, jobs: KnownJobs, family: &'static Family) -> Self {
        let mut before = Self { known: BTreeSet::new(), newest: None, whole: false, at: clock::now() };
        latest.with_untracked(|all| {
            if let Some(known) = all.iter().find(|known| known.family == family) {
                before.whole = known.failure.is_none() && !known.sample;
                before.add(&known.jobs);
            }
        });
        before.add(&jobs.in_view(family));
        before.add(&jobs.running(family));
        before
    }

    /// Adds jobs that are known too.
    pub fn add<'a>(&mut self, jobs: impl IntoIterator<Item = &'a Arc<Job>>) {
        for job in jobs {
            self.known.insert(job.id.clone());
            self.newest = self.newest.max(job.created);
        }
    }

    /// When the newest known job was created.
    pub fn newest(&self) -> Option<Stamp> {
        self.newest
    }

    /// Whether `job` may have been created after this.
    fn is_since(&self, job: &Job) -> bool {
        if job.id.is_empty() || self.known.contains(&job.id) {
            return false;
        }
        // Both times are the server's own, so a wrong clock on this computer does not matter here.
        job.created >= self.newest
            && (self.whole
                || job.created.is_some_and(|created| created.millis() >= self.at.millis() - CLOCKS))
    }
}

/// The result of a search for the job of a lost start.
#[derive(Clone, PartialEq)]
pub enum Found {
    Job(Arc<Job>),
    /// A new job, of which nobody can tell whether it has the same selection.
    Maybe(Arc<Job>),
    Nothing,
    /// The list could not be read completely, for this reason.
    Unknown(Failure),
}

impl Found {
    /// The job of which nobody can tell.
    pub fn maybe(&self) -> Option<Arc<Job>> {
        if let Self::Maybe(job) = self { Some(job.clone()) } else { None }
    }
}

/// Whether a new job has the selection of a start, as far as the panel can tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fit {
    Yes,
    /// The texts of both cannot be compared without the container list, or the job does not say what it synchronizes.
    Maybe,
    No,
}

impl Fit {
    fn surely(fits: bool) -> Self {
        if fits { Self::Yes } else { Self::No }
    }
}

/// Searches for the jobs of lost starts, with the contexts that this needs.
#[derive(Clone, Copy)]
pub struct LostStarts {
    session: Session,
    capabilities: ServerCapabilities,
    containers: ContainerLists,
    latest: LatestJobs,
    known: KnownJobs,
}

impl LostStarts {
    pub fn from_context() -> Self {
        Self {
            session: expect_context(),
            capabilities: expect_context(),
            containers: expect_context(),
            latest: expect_context(),
            known: KnownJobs::from_context(),
        }
    }

    /// What the panel knows about the jobs of `family` immediately before a start is sent.
    pub fn before(self, family: &'static Family) -> Before {
        Before::new(self.latest, self.known, family)
    }

    /// Searches once for the job of a start request with `body`.
    pub async fn look(self, family: &'static Family, before: &Before, body: &Value) -> Found {
        let directory = self.containers.get(family.containers);
        let fits = |job: &Job| {
            if before.is_since(job) { fits(family, job, body, directory.as_deref()) } else { Fit::No }
        };
        self.find(family, None, &fits).await
    }

    /// Searches once for the job of a start that an earlier page has sent, and whose response it did not await.
    pub async fn look_back(self, sent: &SentStart) -> Found {
        let directory = self.containers.get(sent.family.containers);
        self.find(sent.family, Some(sent.at - CLOCKS), &|job| may_be(job, sent, directory.as_deref())).await
    }

    /// Searches the newest jobs of `family` for one that `fits`. With `since`, the search is complete only if it
    /// reaches back to that time, in milliseconds.
    async fn find(self, family: &'static Family, since: Option<i64>, fits: &dyn Fn(&Job) -> Fit) -> Found {
        let (empty, question) = (Part::empty(family), Question::newest(1, 0));
        let part = match feed::newest(self.session, self.capabilities, &empty, &question, || false).await {
            Ok(part) => part,
            Err(failure) => return Found::Unknown(failure),
        };
        let is_short = part.horizon().is_some_and(|last| since.is_some_and(|since| last.millis() > since));
        let first = |fit| part.jobs.iter().find(|job| fits(job) == fit).cloned();
        if let Some(job) = first(Fit::Yes) {
            return Found::Job(job);
        }
        match first(Fit::Maybe) {
            Some(job) => Found::Maybe(job),
            None if part.unread > 0 || part.is_sample() || is_short => {
                let why = if part.unread > 0 {
                    "Some of the server's list cannot be read."
                } else if is_short {
                    "There are too many newer ones."
                } else {
                    "The server lists its jobs in no order, and there are too many to look at all of them."
                };
                Found::Unknown(Failure::unreadable("look at all of its jobs", why, ""))
            }
            None => Found::Nothing,
        }
    }
}

/// Whether `job` may be that of `sent`, of which only the time and the number of containers are known.
fn may_be(job: &Job, sent: &SentStart, directory: Option<&Directory>) -> Fit {
    let family = sent.family;
    let in_time = |at: i64| {
        (sent.at - CLOCKS..=sent.at + LATE).contains(&at) && sent.newest.is_none_or(|newest| at > newest)
    };
    if !job.created.is_some_and(|created| in_time(created.millis())) {
        return Fit::No;
    }
    let Some(count) = sent.containers else { return is_everything(family, job, directory) };
    match job.containers(family).len() {
        _ if job.is_of_everything(family) => Fit::No,
        0 => Fit::Maybe,
        reported => Fit::surely(count == reported),
    }
}

/// Whether `job` covers all containers. It is not documented whether such a job lists each of them, so both are accepted.
fn is_everything(family: &Family, job: &Job, directory: Option<&Directory>) -> Fit {
    let reported: BTreeSet<_> = job.containers(family).iter().map(|key| id(directory, key)).collect();
    match directory {
        _ if job.is_of_everything(family) => Fit::Yes,
        Some(all) if !reported.is_empty() => {
            Fit::surely(all.all().iter().all(|container| reported.contains(container.id.as_str())))
        }
        _ => Fit::Maybe,
    }
}

/// The id of the container `key`, or `key` where it is not known: a job may name containers differently from a
/// request, by id rather than by name, or the other way round.
fn id<'a>(directory: Option<&'a Directory>, key: &'a str) -> &'a str {
    directory.and_then(|directory| directory.find(key)).map_or(key, |container| &container.id)
}

/// Whether `job` matches a start request with `body`: the same containers and regions.
fn fits(family: &Family, job: &Job, body: &Value, directory: Option<&Directory>) -> Fit {
    let wanted = |name: &str| -> Vec<&str> {
        let texts = body.get(name).and_then(Value::as_array).into_iter().flatten();
        texts.filter_map(Value::as_str).collect()
    };
    let requested = wanted(family.selector);
    if requested.is_empty() {
        return is_everything(family, job, directory);
    }
    let regions = family.regions.map(wanted).unwrap_or_default();
    let reported = job.regions(family);
    // A job may list all regions where the request listed none, and may list no regions at all.
    let same_regions = regions.is_empty()
        || reported.is_empty()
        || regions.iter().copied().collect::<BTreeSet<_>>() == reported.iter().map(String::as_str).collect();
    if job.is_of_everything(family) || !same_regions {
        return Fit::No;
    }
    let reported: Vec<&str> = job.containers(family).iter().map(String::as_str).collect();
    if reported.is_empty() {
        return Fit::Maybe;
    }
    let ids =
        |keys: &[&'_ str]| keys.iter().map(|key| id(directory, key).to_owned()).collect::<BTreeSet<_>>();
    if ids(&requested) == ids(&reported) {
        return Fit::Yes;
    }
    // A text that the list does not contain may be another name of a container that both have.
    let is_known = |key: &&str| directory.is_some_and(|directory| directory.find(key).is_some());
    let differ = requested.iter().chain(&reported).all(is_known) || requested.len() != reported.len();
    if differ { Fit::No } else { Fit::Maybe }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cckm::container::Container;
    use cckm::family::FAMILIES;
    use serde_json::json;

    fn job(family: &Family, id: &str, minute: u32, containers: &[&str]) -> Job {
        let created = format!("2026-03-02T09:{minute:02}:00Z");
        Job::from_value(json!({"id": id, "createdAt": created, family.job_field: containers})).expect("a job")
    }

    fn before(known: &[Arc<Job>], whole: bool) -> Before {
        let at = Stamp::parse("2026-03-02T09:30:00Z").expect("a time");
        let mut before = Before { known: BTreeSet::new(), newest: None, whole, at };
        before.add(known);
        before
    }

    #[test]
    fn only_what_was_not_there_before_can_be_the_job() {
        let family = &FAMILIES[0];
        let before = before(
            &[("old", 10), ("older", 5)].map(|(id, minute)| Arc::new(job(family, id, minute, &[]))),
            true,
        );
        for (id, minute, since) in [("old", 10, false), ("older", 40, false), ("new", 30, true)] {
            assert_eq!(before.is_since(&job(family, id, minute, &[])), since, "{id}");
        }
        assert!(!before.is_since(&job(family, "of another page", 4, &[])), "older than the newest");
        assert!(
            before.is_since(&job(family, "by a clock that is slow", 11, &[])),
            "no clock but the server's counts"
        );
    }

    #[test]
    fn where_the_newest_are_not_known_the_time_decides() {
        let family = &FAMILIES[0];
        let before = before(&[], false);
        assert!(
            before.is_since(&job(family, "new", 29, &[])) && !before.is_since(&job(family, "old", 27, &[]))
        );
        assert!(!before.is_since(&Job::from_value(json!({"id": "timeless"})).expect("a job")));
    }

    #[test]
    fn the_selection_decides_whatever_the_containers_are_called() {
        for family in FAMILIES {
            let directory = Directory::new(
                ["1", "2", "3"]
                    .map(|number| Container {
                        id: ["id ", number].concat(),
                        aliases: vec![["name ", number].concat()],
                        ..Container::default()
                    })
                    .to_vec(),
            );
            let of = |containers: &[&str]| job(family, "j", 1, containers);
            let chosen = json!({family.selector: ["id 1", "id 2"]});
            let all = json!({"synchronize_all": true});
            let fits = |job: &Job, body| fits(family, job, body, Some(&directory)) == Fit::Yes;
            assert!(fits(&of(&["name 2", "id 1"]), &chosen));
            for other in [&["name 1"][..], &["id 1", "id 3"], &["id 1", "id 2", "id 3"], &[]] {
                assert!(!fits(&of(other), &chosen), "{other:?}");
            }
            assert!(fits(&of(&[]), &all) && !fits(&of(&["id 1"]), &all));
            // A job that covers everything may list every container.
            assert!(fits(&of(&["name 1", "id 3", "id 2"]), &all) && !fits(&of(&["id 1", "id 2"]), &all));
            for other in [&of(&["id 1", "id 3"]), &of(&["id 1", "id 2", "id 3"])] {
                assert_eq!(super::fits(family, other, &chosen, Some(&directory)), Fit::No);
            }
            // Without the container list, or where it lacks one, names and ids cannot be compared, so only the count is.
            assert_eq!(super::fits(family, &of(&["x"]), &all, None), Fit::Maybe);
            assert_eq!(super::fits(family, &of(&[]), &all, None), Fit::Yes);
            assert_eq!(super::fits(family, &of(&["id 2", "id 1"]), &chosen, None), Fit::Yes);
            assert_eq!(super::fits(family, &of(&["x", "y"]), &chosen, None), Fit::Maybe);
            assert_eq!(super::fits(family, &of(&["id 1", "y"]), &chosen, Some(&directory)), Fit::Maybe);
            assert_eq!(super::fits(family, &of(&["x"]), &chosen, None), Fit::No);
        }
    }

    #[test]
    fn the_job_of_an_earlier_page_was_created_about_then_and_has_as_many_containers() {
        let family = &FAMILIES[0];
        let millis = |text| Stamp::parse(text).expect("a time").millis();
        let sent = |newest: Option<i64>, containers| SentStart {
            family,
            at: millis("2026-03-02T09:30:00Z"),
            newest,
            containers,
        };
        let may_be = |job: Job, sent: &SentStart| may_be(&job, sent, None);
        let two = sent(None, Some(2));
        for (minute, fit) in [(27, Fit::No), (28, Fit::Yes), (35, Fit::Yes), (36, Fit::No)] {
            assert_eq!(may_be(job(family, "j", minute, &["a", "b"]), &two), fit, "{minute}");
        }
        let known = sent(Some(millis("2026-03-02T09:29:00Z")), Some(2));
        assert_eq!(may_be(job(family, "known", 29, &["a", "b"]), &known), Fit::No);
        assert_eq!(may_be(job(family, "new", 30, &["a", "b"]), &known), Fit::Yes);
        for containers in [&[][..], &["a"], &["a", "b", "c"]] {
            assert_eq!(may_be(job(family, "j", 30, containers), &two), Fit::No, "{containers:?}");
        }
    }

    #[test]
    fn the_job_of_everything_of_an_earlier_page_may_name_every_container() {
        let family = &FAMILIES[0];
        let at = Stamp::parse("2026-03-02T09:30:00Z").expect("a time").millis();
        let sent = SentStart { family, at, newest: None, containers: None };
        let container = |id: &str| Container { id: id.to_owned(), ..Container::default() };
        let directory = Directory::new(["a", "b"].map(container).to_vec());
        let known = Some(&directory);
        for (containers, directory, fit) in [
            (&[][..], known, Fit::Yes),
            (&["b", "a"], known, Fit::Yes),
            (&["a"], known, Fit::No),
            (&[], None, Fit::Yes),
            (&["a"], None, Fit::Maybe),
        ] {
            assert_eq!(may_be(&job(family, "j", 30, containers), &sent, directory), fit, "{containers:?}");
        }
        assert_eq!(may_be(&job(family, "j", 20, &["a"]), &sent, None), Fit::No);
    }

    #[test]
    fn other_regions_are_another_selection() {
        for family in FAMILIES {
            let Some(regions) = family.regions else { continue };
            let job = |reported: &[&str]| {
                Job::from_value(json!({"id": "j", family.job_field: ["a"], regions: reported}))
                    .expect("a job")
            };
            let body = json!({family.selector: ["a"], regions: ["x", "y"]});
            let fits = |job: &Job| fits(family, job, &body, None) == Fit::Yes;
            assert!(fits(&job(&["y", "x"])) && fits(&job(&[])) && !fits(&job(&["x"])));
        }
    }
}
