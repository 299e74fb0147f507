//! The screen Needs attention: jobs of all clouds that failed or no longer make progress.

use crate::clock::{self, Clock};
use crate::components::controls::notice::Problems;
use crate::components::controls::refresh::Refresh;
use crate::components::controls::shown::Shown;
use crate::components::job::same_texts::SameTexts;
use crate::components::job_table::load_more::LoadMore;
use crate::components::job_table::new_items::{NewItemsBanner, held};
use crate::components::job_table::table::{JobTable, is_read};
use crate::components::page::cloud_failures::CloudFailures;
use crate::pages::job_detail::OpenJob;
use crate::query::use_query::late;
use crate::routing::address::Address;
use crate::routing::route::View;
use crate::routing::views::ATTENTION;
use crate::state::dialog::{ExportedJobs, OpenDialog};
use crate::state::family_jobs::Part;
use crate::state::feed::{Feed, Question};
use crate::state::open_list::OpenList;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::rows::Rows;
use cckm::attention::{Case, SameText, by_text, cases};
use cckm::family::Family;
use cckm::job::Job;
use cckm::text;
use cckm::time::Stamp;
use leptos::prelude::*;
use std::sync::Arc;

/// The result of the search: how many jobs were found, how far back the view looked, and which families are missing.
#[derive(Clone, PartialEq)]
struct Summary {
    needing: usize,
    mended: usize,
    looked: usize,
    /// Every job since this time was looked at; `None` if all jobs were.
    back: Option<Stamp>,
    waiting: bool,
    /// Whether newer jobs may exist that the responses do not contain.
    sample: bool,
    /// The titles of the families whose request failed, separated by commas.
    failed: String,
    /// Whether at least one family's request succeeded.
    any: bool,
}

#[component]
pub fn Attention() -> impl IntoView {
    let address = expect_context::<Address>();
    let clock = expect_context::<Clock>();
    let open_list = expect_context::<OpenList>();
    let refresh = expect_context::<RefreshTrigger>();
    let question = Memo::new(move |last: Option<&Question>| {
        let (depth, here) = address.with(|route| (route.depth, route.view == View::Attention));
        match last {
            // While the address changes to another view, this screen sends no new request.
            Some(last) if !here => last.clone(),
            _ => Question::newest(depth, refresh.count()),
        }
    });
    let feed = Feed::new(is_read, move || question.get());
    // One memo per family: its cases are computed again only when its jobs change.
    let found = feed
        .each()
        .into_iter()
        .map(|part| (part, Memo::new(move |_| part.with(|part| cases(part.family, &part.jobs)))));
    let found = StoredValue::new(found.collect::<Vec<_>>());
    let summary = Memo::new(move |_| {
        let now = clock.minute();
        found.with_value(|found| summary(now, found))
    });
    let with_resolved = RwSignal::new(false);
    // The list of mended jobs closes when there are none left.
    let mended = Memo::new(move |_| with_resolved.get() && summary.with(|summary| summary.mended > 0));
    let wanted = Memo::new_with_compare(
        move |last: Option<&Arc<Rows>>| {
            let (now, mended) = (clock.minute(), mended.get());
            let rows = found.with_value(|found| Rows::new(gather(found, now, mended).0));
            // A new minute in which no job crosses a threshold notifies nothing.
            last.filter(|last| last.iter().eq(rows.iter())).cloned().unwrap_or_else(|| Arc::new(rows))
        },
        |old: Option<&Arc<Rows>>, new| match (old, new) {
            (Some(old), Some(new)) => !Arc::ptr_eq(old, new),
            _ => true,
        },
    );
    let same = Memo::new(move |_| {
        let (now, mended) = (clock.minute(), mended.get());
        found.with_value(|found| gather(found, now, mended).1)
    });
    let (rows, newer) = held(feed, wanted);
    Effect::new(move |_| rows.with(|rows| open_list.show(rows)));
    on_cleanup(move || open_list.clear());
    let dialog = expect_context::<OpenDialog>();
    // Also the jobs that stand below a text that they share.
    let export = move |_| {
        let mended = mended.get_untracked();
        let name = if mended { "Needs attention, mended" } else { ATTENTION };
        let jobs = found.with_value(|found| wanted_jobs(found, clock::now(), mended));
        dialog.export(ExportedJobs { name, rows: Arc::new(Rows::new(jobs)) });
    };
    let late = late();

    let waiting = Memo::new(move |_| summary.with(|summary| summary.waiting && summary.needing == 0));
    let empty =
        Memo::new(move |_| !waiting.get() && rows.with(|rows| rows.is_empty()) && same.with(Vec::is_empty));
    let more = Memo::new(move |_| summary.with(|summary| summary.back.is_some()));
    view! {
        <section class="screen">
            <div class="head">
                <h1>"Needs attention"</h1>
                <div class="tools">
                    <Refresh />
                    <Shown when=move || !empty.get() && !waiting.get()>
                        <button type="button" class="button" on:click=export>"Export"</button>
                    </Shown>
                </div>
            </div>
            <Problems />
            <div class="split" class:has-detail=move || address.with(|route| route.job.is_some())>
                <div class="list">
                    <CloudFailures feed=feed />
                    <NewItemsBanner count=newer show=Callback::new(move |()| refresh.trigger()) />
                    <Shown when=mended>
                        <h2>"Mended by a later job"</h2>
                    </Shown>
                    <SameTexts groups=same />
                    <JobTable
                        rows=rows
                        with_cloud=true
                        first=waiting
                        slow=Signal::derive(move || late.get() && waiting.get())
                        sortable=true
                    />
                    <Shown when=empty>
                        <div class="empty calm">
                            <p class="empty-title">{move || summary.with(title)}</p>
                            <p>{move || summary.with(nothing)}</p>
                        </div>
                    </Shown>
                    <div class="pager">
                        // An empty list has its own text.
                        <span class="range">{move || (!empty.get()).then(|| summary.with(reach))}</span>
                        <Shown when=move || summary.with(|summary| summary.mended > 0)>
                            <span class="mended">{move || summary.with(|summary| others(summary, mended.get()))}</span>
                            <button
                                type="button"
                                class="button"
                                on:click=move |_| with_resolved.set(!mended.get_untracked())
                            >
                                {move || if mended.get() { "Show what needs attention" } else { "Show the mended" }}
                            </button>
                        </Shown>
                        <LoadMore more=more />
                    </div>
                </div>
                <OpenJob />
            </div>
        </section>
    }
}

/// A family's newest jobs, and the cases found among them.
type Found = (RwSignal<Part>, Memo<Vec<Case>>);

fn summary(now: Stamp, found: &[Found]) -> Summary {
    let mut summary = Summary {
        needing: 0,
        mended: 0,
        looked: 0,
        back: None,
        waiting: false,
        sample: false,
        failed: String::new(),
        any: false,
    };
    for (part, cases) in found {
        cases.with(|cases| {
            summary.needing += cases.iter().filter(|case| case.needs(now)).count();
            summary.mended += cases.iter().filter(|case| case.mended).count();
        });
        part.with(|part| {
            summary.looked += part.jobs.len();
            summary.back = summary.back.max(part.horizon());
            summary.sample |= part.is_partial();
            summary.waiting |= part.waiting;
            if part.failure.is_some() {
                if !summary.failed.is_empty() {
                    summary.failed.push_str(", ");
                }
                summary.failed.push_str(&part.family.title());
            } else {
                summary.any |= !part.waiting;
            }
        });
    }
    summary
}

type Jobs = Vec<(&'static Family, Arc<Job>)>;

/// The jobs that need attention, or those that were `mended`; and the texts that several of them share.
fn gather(found: &[Found], now: Stamp, mended: bool) -> (Jobs, Vec<SameText>) {
    let jobs = wanted_jobs(found, now, mended);
    if mended { (jobs, Vec::new()) } else { by_text(jobs) }
}

/// The jobs that need attention, or those that were `mended`, newest first.
fn wanted_jobs(found: &[Found], now: Stamp, mended: bool) -> Jobs {
    let wanted = |case: &Case| if mended { case.mended } else { case.needs(now) };
    let mut jobs: Jobs = Vec::new();
    for (part, cases) in found {
        let family = part.with_untracked(|part| part.family);
        cases.with(|cases| {
            for case in cases.iter().filter(|case| wanted(case)) {
                let at = jobs.partition_point(|(_, other)| other.created >= case.job.created);
                jobs.insert(at, (family, case.job.clone()));
            }
        });
    }
    jobs
}

/// The heading of an empty list. It claims no more than was looked at.
fn title(summary: &Summary) -> &'static str {
    if !summary.any {
        "Nothing could be looked at"
    } else if summary.failed.is_empty() && !summary.sample {
        "Nothing needs attention"
    } else {
        "No job that the panel could look at needs attention"
    }
}

fn nothing(summary: &Summary) -> String {
    let jobs = text::count(summary.looked, "job", "jobs");
    let seen = match (summary.any, summary.looked, summary.back) {
        (false, ..) => String::new(),
        (true, 0, _) if summary.failed.is_empty() => "There are no synchronization jobs yet.".to_owned(),
        (true, 0, _) => "The clouds that answered have no jobs yet.".to_owned(),
        (true, ..) if summary.sample => [
            "None failed without being mended, and none stands still, among the ",
            &jobs,
            " that were looked at.",
        ]
        .concat(),
        (true, _, None) => {
            ["None failed without being mended, and none stands still: all ", &jobs, " were looked at."]
                .concat()
        }
        (true, _, Some(_)) => {
            ["None failed without being mended, and none stands still, among the last ", &jobs, "."].concat()
        }
    };
    [seen, unseen(summary)].concat()
}

fn unseen(summary: &Summary) -> String {
    if summary.failed.is_empty() {
        String::new()
    } else {
        [" Not looked at: ", &summary.failed, "."].concat()
    }
}

/// A sentence that describes how far back the view has looked.
fn reach(summary: &Summary) -> String {
    let jobs = text::count(summary.looked, "job", "jobs");
    let looked = match (summary.waiting, summary.looked, summary.back) {
        (true, ..) => "Looking…".to_owned(),
        (false, 0, _) => String::new(),
        (false, ..) if summary.sample => ["Looked at ", &jobs, "."].concat(),
        (false, _, None) => ["Looked at all ", &jobs, "."].concat(),
        // Without a date, because each cloud's jobs reach back to a different day.
        (false, _, Some(_)) => ["Looked at the last ", &jobs, ", the newest of each cloud."].concat(),
    };
    [looked, unseen(summary)].concat()
}

fn others(summary: &Summary, shown: bool) -> String {
    match (shown, summary.mended) {
        (true, 1) => "This one was mended by a later job.".to_owned(),
        (true, count) => ["These ", &count.to_string(), " were mended by a later job."].concat(),
        (false, count) => {
            let more = if summary.needing > 0 { " more" } else { "" };
            let were = if count == 1 { " was" } else { " were" };
            [&count.to_string(), more, were, " mended by a later job."].concat()
        }
    }
}
