//! What the dialog **Find** finds: views, actions, containers and jobs, ranked by what was typed.

use crate::routing::route::{Route, View};
use crate::routing::views::{CHECK, OUTDATED, views};
use crate::state::dialog::Dialog;
use crate::state::preferences::{Density, Theme};
use cckm::container::{Container, Directory};
use cckm::family::{Containers, Family};
use cckm::find::{self, Rank, rank};
use cckm::job::Job;
use cckm::time::Zone;
use std::sync::Arc;

/// How many entries of each kind are shown.
const MOST: usize = 8;

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Views,
    Actions,
    Containers,
    Jobs,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Views, Self::Actions, Self::Containers, Self::Jobs];

    /// The heading of the group.
    pub fn name(self) -> &'static str {
        match self {
            Self::Views => "Views",
            Self::Actions => "Actions",
            Self::Containers => "Containers",
            Self::Jobs => "Jobs",
        }
    }
}

/// What an entry does when it is chosen.
#[derive(Clone, PartialEq)]
pub enum Target {
    Open(Box<Route>),
    Start(&'static Family),
    Dialog(Dialog),
    Refresh,
    NewSchedule,
    Zone(Zone),
    Theme(Theme),
    Density(Density),
    Shortcuts(bool),
    SignOut,
    /// Asks each family for the job with this id.
    Look(String),
}

#[derive(Clone, PartialEq)]
pub struct Entry {
    pub label: String,
    /// What the label belongs to.
    pub about: String,
    pub target: Target,
}

/// The best entries of one kind.
#[derive(Clone, PartialEq)]
pub struct Group {
    pub kind: Kind,
    pub entries: Vec<Entry>,
}

/// What can be found.
pub struct Sources {
    /// The preferences now: an action offers another one.
    pub zone: Zone,
    pub theme: Theme,
    pub density: Density,
    pub shortcuts: bool,
    /// The families that are shown.
    pub families: Vec<&'static Family>,
    /// The container lists that are loaded, each with the first family that uses it.
    pub lists: Vec<(&'static Family, Arc<Directory>)>,
    /// The jobs that are known.
    pub jobs: Vec<(&'static Family, Arc<Job>)>,
}

/// The container lists of `families`, each with the first family that uses it.
pub fn lists(families: &[&'static Family]) -> Vec<(&'static Family, &'static Containers)> {
    let mut lists: Vec<(&'static Family, &'static Containers)> = Vec::new();
    for family in families.iter().copied() {
        if !lists.iter().any(|(_, known)| known.path == family.containers.path) {
            lists.push((family, family.containers));
        }
    }
    lists
}

/// The groups of entries that fit what was `typed`; the group with the best entry first. While nothing is typed, there
/// are views and actions only.
pub fn find(sources: &Sources, typed: &str) -> Vec<Group> {
    let mut groups: Vec<(Rank, Group)> = Vec::new();
    for kind in Kind::ALL {
        let found = match kind {
            Kind::Views => best(all_views(sources), typed),
            Kind::Actions => best(all_actions(sources), typed),
            Kind::Containers | Kind::Jobs if typed.trim().is_empty() => Vec::new(),
            Kind::Containers => containers(sources, typed),
            Kind::Jobs => jobs(sources, typed),
        };
        if let Some((first, _)) = found.first() {
            let first = *first;
            let at = if typed.trim().is_empty() {
                groups.len()
            } else {
                groups.partition_point(|(other, _)| *other <= first)
            };
            let entries = found.into_iter().map(|(_, entry)| entry).collect();
            groups.insert(at, (first, Group { kind, entries }));
        }
    }
    let mut groups: Vec<Group> = groups.into_iter().map(|(_, group)| group).collect();
    let id = typed.trim();
    let is_known = sources.jobs.iter().any(|(_, job)| job.id.eq_ignore_ascii_case(id));
    if find::is_like_id(id) && !is_known {
        let look = Entry {
            label: ["Look for job ", id, " in each cloud"].concat(),
            about: String::new(),
            target: Target::Look(id.to_owned()),
        };
        match groups.iter_mut().find(|group| group.kind == Kind::Jobs) {
            Some(group) => group.entries.push(look),
            None => groups.push(Group { kind: Kind::Jobs, entries: vec![look] }),
        }
    }
    groups
}

/// An entry with more words by which it is found.
type Named = (Entry, &'static str);

fn best(all: Vec<Named>, typed: &str) -> Vec<(Rank, Entry)> {
    let ranked = all.into_iter().filter_map(|(entry, more)| {
        let rank = rank(&[&entry.label, &entry.about, more], typed)?;
        Some((rank, entry))
    });
    // While nothing is typed, all views are of use.
    let mut all: Vec<_> = ranked.collect();
    if typed.trim().is_empty() {
        return all;
    }
    find::best(all.drain(..), MOST)
}

fn all_views(sources: &Sources) -> Vec<Named> {
    let open = |label: String, about: &str, view: View| {
        let target = Target::Open(Box::new(Route::new(view)));
        (Entry { label, about: about.to_owned(), target }, "")
    };
    let mut all: Vec<Named> = Vec::new();
    for (name, view) in views(|family| sources.families.contains(&family)) {
        let Some(first) = Route::new(view.clone()).scope() else {
            all.push(open(name.to_owned(), "", view));
            continue;
        };
        for family in sources.families.iter().copied().filter(|family| family.cloud == first.cloud) {
            all.push(open(family.title(), "Jobs", View::Family(family)));
            all.push(open([&family.title(), " · Freshness"].concat(), "", View::Freshness(family)));
            all.push(open([&family.title(), " · History"].concat(), "", View::History(family)));
            all.push(open([&family.title(), " · Schedules"].concat(), "", View::Schedules(family)));
        }
    }
    all.push(open(OUTDATED.to_owned(), "", View::Outdated));
    all.push(open(CHECK.to_owned(), "", View::Check));
    all
}

fn all_actions(sources: &Sources) -> Vec<Named> {
    let action = |label: &str, target: Target, more: &'static str| {
        (Entry { label: label.to_owned(), about: String::new(), target }, more)
    };
    let mut all = vec![
        action("Refresh now", Target::Refresh, "reload"),
        action("Start on several clouds", Target::Dialog(Dialog::StartSeveral), "synchronize"),
        action("New schedule", Target::NewSchedule, "cron synchronize"),
    ];
    for family in sources.families.iter().copied() {
        let label = ["Start synchronization of ", &family.title()].concat();
        all.push((
            Entry { label, about: String::new(), target: Target::Start(family) },
            "synchronize refresh",
        ));
    }
    let zones = [("Show local times", Zone::Local), ("Show times in UTC", Zone::Utc)];
    let others = zones.into_iter().filter(|(_, zone)| *zone != sources.zone);
    all.extend(others.map(|(label, zone)| action(label, Target::Zone(zone), "preferences time zone")));
    let themes = [
        ("Use the theme of the system", Theme::System),
        ("Use the light theme", Theme::Light),
        ("Use the dark theme", Theme::Dark),
    ];
    let others = themes.into_iter().filter(|(_, theme)| *theme != sources.theme);
    all.extend(others.map(|(label, theme)| action(label, Target::Theme(theme), "preferences colours")));
    let rows = [("Make rows comfortable", Density::Comfortable), ("Make rows compact", Density::Compact)];
    let others = rows.into_iter().filter(|(_, rows)| *rows != sources.density);
    all.extend(others.map(|(label, rows)| action(label, Target::Density(rows), "preferences density")));
    let switch = if sources.shortcuts {
        "Switch the keyboard shortcuts off"
    } else {
        "Switch the keyboard shortcuts on"
    };
    all.push(action(switch, Target::Shortcuts(!sources.shortcuts), "preferences"));
    all.push(action("Keyboard shortcuts", Target::Dialog(Dialog::Shortcuts), "help keys"));
    all.push(action("What outcomes mean", Target::Dialog(Dialog::Outcomes), "help"));
    all.push(action("Manage views", Target::Dialog(Dialog::ManageViews), "saved"));
    all.push(action("About", Target::Dialog(Dialog::About), "help version licences"));
    all.push(action("Sign out", Target::SignOut, "log out"));
    all
}

fn containers(sources: &Sources, typed: &str) -> Vec<(Rank, Entry)> {
    let all = sources.lists.iter().flat_map(|(family, list)| list.all().iter().map(|one| (*family, one)));
    let ranked = all.filter_map(|(family, one)| Some((rank(&names(one), typed)?, (family, one))));
    let entry = |family: &'static Family, one: &Container| Entry {
        label: one.label.clone(),
        about: [family.cloud, " · ", family.containers.one].concat(),
        target: Target::Open(Box::new(
            Route::of(family).with_containers(vec![one.filter_value(family).to_owned()]),
        )),
    };
    let best = find::best(ranked, MOST);
    best.into_iter().map(|(rank, (family, one))| (rank, entry(family, one))).collect()
}

/// The names of a container: what people call it first.
fn names(container: &Container) -> Vec<&str> {
    let aliases = container.aliases.iter().map(String::as_str);
    [container.label.as_str(), &container.id].into_iter().chain(aliases).collect()
}

fn jobs(sources: &Sources, typed: &str) -> Vec<(Rank, Entry)> {
    let ranked = sources.jobs.iter().filter_map(|(family, job)| {
        Some((rank(&[&job.id, job.outcome().word(), &family.title()], typed)?, (*family, job)))
    });
    let entry = |family: &'static Family, job: &Job| Entry {
        label: job.id.clone(),
        about: [&family.title(), " · ", job.outcome().word()].concat(),
        target: Target::Open(Box::new(Route::of(family).with_job(family, &job.id))),
    };
    let best = find::best(ranked, MOST);
    best.into_iter().map(|(rank, (family, job))| (rank, entry(family, job))).collect()
}
