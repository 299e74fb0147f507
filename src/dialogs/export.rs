//! The dialog that saves the jobs of the open list, or those that a view shows otherwise, as a file.

use crate::api::failure::Failure;
use crate::clock;
use crate::components::controls::choice::Choice;
use crate::components::controls::dialog::Dialog;
use crate::components::controls::notice::{FailureNotice, Note};
use crate::components::controls::save_file::save_file;
use crate::components::controls::shown::Shown;
use crate::routing::address::Address;
use crate::routing::route::Route;
use crate::routing::views::ALL;
use crate::state::all_lists::{AllLists, Progress};
use crate::state::all_pages::AllPages;
use crate::state::containers::ContainerLists;
use crate::state::dialog::{ExportedJobs, OpenDialog};
use crate::state::latest_jobs::LatestJobs;
use crate::state::narrowing::Narrowing;
use crate::state::open_list::OpenList;
use crate::state::preferences::Preferences;
use crate::state::rows::Rows;
use crate::state::sorted_jobs::Question;
use cckm::container::Directory;
use cckm::export::{self, About, Format, Row};
use cckm::family::{FAMILIES, Family};
use cckm::filter::Sort;
use cckm::job::Job;
use cckm::text;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// The choices of **Rows**.
const ROWS: [&str; 2] = ["This page", "All pages"];
const ALL_PAGES: usize = 1;
/// What the file says of the rows of a view without pages.
const ALL_SHOWN: &str = "All that is shown";

/// What became of the last press.
#[derive(Clone, Default, PartialEq)]
struct Saved {
    /// How many jobs the file has, and its name; empty where the browser did not save it.
    sentence: String,
    /// What has to be known of the file.
    notes: Vec<String>,
}

/// `jobs` are those of a view without pages; without them the file has those of the open list.
#[component]
pub fn Export(jobs: Option<ExportedJobs>) -> impl IntoView {
    let dialog = expect_context::<OpenDialog>();
    let latest = expect_context::<LatestJobs>();
    let has_pages = jobs.is_none();
    let sources = Sources::from_context(jobs);
    let (format, rows) = (RwSignal::new(0_usize), RwSignal::new(0_usize));
    let saved = RwSignal::new(None::<Saved>);
    let all = AllLists::new(Callback::new(move |()| {
        // Where one of several lists is complete, those that failed are named in the file and here.
        if sources.is_any_complete() {
            saved.set(Some(sources.save_read(format.get_untracked())));
        }
    }));
    sources.all.set_value(Some(all));
    sources.follow_rows();
    let view = sources.view_name();
    let reading = Memo::new(move |_| all.is_reading());
    let press = move |_| {
        if all.is_reading_untracked() {
            return;
        }
        saved.set(None);
        if rows.get_untracked() == ALL_PAGES {
            all.start(sources.route.with_value(|route| questions(route, latest)).into_iter());
        } else {
            all.cancel();
            saved.set(Some(sources.save_page(format.get_untracked())));
        }
    };
    let again = Callback::new(move |()| {
        saved.set(None);
        all.resume();
    });
    let download = NodeRef::<html::Button>::new();
    // Called where the button that was pressed leaves the page.
    let focus = move || {
        if let Some(download) = download.get_untracked() {
            _ = download.focus();
        }
    };
    let stop = Callback::new(move |()| {
        all.cancel();
        focus();
    });
    // A single list that failed in the middle is not saved by itself.
    let partial = Memo::new(move |_| {
        let failed = !all.failures().is_empty() && saved.with(Option::is_none);
        if failed { all.with(|lists| sources.wanted(lists).len()) } else { 0 }
    });
    let line =
        move || saved.with(|saved| saved.as_ref().map(|saved| saved.sentence.clone()).unwrap_or_default());
    view! {
        <Dialog name="Export" about=view on_close=Callback::new(move |()| dialog.close())>
            <div class="dialog-body export">
                <Choice name="Format" options=Format::ALL.map(Format::name) chosen=format held=reading />
                {has_pages.then(|| view! { <Choice name="Rows" options=ROWS chosen=rows held=reading /> })}
                <Shown when=reading>
                    <Reading all=all stop=stop />
                </Shown>
                {move || {
                    let notice = |failure: Failure| view! { <FailureNotice failure=failure again=again /> };
                    all.failures().into_iter().map(|(_, failure)| notice(failure)).collect_view()
                }}
                {move || {
                    let notes = saved.with(|saved| saved.as_ref().map(|saved| saved.notes.clone()).unwrap_or_default());
                    notes.into_iter().map(|note| view! { <Note><p>{note}</p></Note> }).collect_view()
                }}
                <p class="export-saved" aria-live="polite">{line}</p>
            </div>
            <footer class="dialog-foot">
                <Shown when=move || 0 < partial.get()>
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| {
                            saved.set(Some(sources.save_read(format.get_untracked())));
                            focus();
                        }
                    >
                        {move || ["Download the ", &text::count(partial.get(), "job", "jobs"), " that were read"].concat()}
                    </button>
                </Shown>
                <button
                    type="button"
                    class="button primary"
                    autofocus
                    node_ref=download
                    aria-disabled=move || reading.get().to_string()
                    on:click=press
                >
                    "Download"
                </button>
            </footer>
        </Dialog>
    }
}

/// How much has been read, and the button that stops it.
#[component]
fn Reading(all: AllLists, stop: Callback<()>) -> impl IntoView {
    let progress = Memo::new(move |_| all.progress());
    let words = Memo::new(move |_| {
        progress.with(|Progress { read, total, .. }| {
            [&text::number(*read), " of ", &text::number(*total)].concat()
        })
    });
    let known = Memo::new(move |_| progress.with(|progress| progress.total > 0));
    let at = move || {
        progress.with(|progress| {
            let (family, at, count) = progress.at.as_ref()?;
            Some(format!("{family}, list {at} of {count}"))
        })
    };
    view! {
        <div class="export-reading">
            <progress
                aria-label="Jobs read"
                aria-valuetext=move || known.get().then(|| words.get())
                max=move || progress.with(|progress| progress.total.max(1).to_string())
                value=move || known.get().then(|| progress.with(|progress| progress.read.to_string()))
            ></progress>
            <p>
                {move || if known.get() { words.get() } else { "Asking the server…".to_owned() }}
                {move || at().map(|at| view! { <span class="quiet">{at}</span> })}
            </p>
            <button type="button" class="button" on:click=move |_| stop.run(())>"Cancel"</button>
        </div>
    }
}

/// Where the jobs of a file come from, as handles that outlive a press.
#[derive(Clone, Copy)]
struct Sources {
    address: Address,
    containers: ContainerLists,
    latest: LatestJobs,
    open_list: OpenList,
    preferences: Preferences,
    /// The view in which the dialog was opened. Another one may be open when the file is written.
    route: StoredValue<Route>,
    /// The rows of its list.
    rows: StoredValue<Arc<Rows>>,
    /// The jobs of a view without pages.
    jobs: StoredValue<Option<ExportedJobs>>,
    all: StoredValue<Option<AllLists>>,
}

impl Sources {
    fn from_context(jobs: Option<ExportedJobs>) -> Self {
        let address = expect_context::<Address>();
        Self {
            address,
            containers: expect_context(),
            latest: expect_context(),
            open_list: expect_context(),
            preferences: expect_context(),
            route: StoredValue::new(address.get_untracked().without_job()),
            rows: StoredValue::default(),
            jobs: StoredValue::new(jobs),
            all: StoredValue::new(None),
        }
    }

    /// Takes the rows of the open list as long as it is that of the view in which the dialog was opened.
    fn follow_rows(self) {
        Effect::new(move |left: Option<bool>| {
            if left == Some(true) {
                return true;
            }
            let left = self.route.with_value(|route| self.address.with(|open| open.without_job() != *route));
            if !left {
                self.rows.set_value(self.open_list.rows());
            }
            left
        });
    }

    fn is_any_complete(self) -> bool {
        self.all.get_value().is_some_and(|all| all.with(|lists| lists.iter().any(|list| list.is_done)))
    }

    /// The name of the view, as the file has it.
    fn view_name(self) -> String {
        match self.jobs.with_value(|jobs| jobs.as_ref().map(|jobs| jobs.name)) {
            Some(name) => name.to_owned(),
            None => {
                self.route.with_value(|route| route.family().map_or_else(|| ALL.to_owned(), Family::title))
            }
        }
    }

    /// Saves the rows that the view shows.
    fn save_page(self, format: usize) -> Saved {
        let own = self.jobs.with_value(|jobs| jobs.as_ref().map(|jobs| jobs.rows.clone()));
        let label = if own.is_some() { ALL_SHOWN } else { ROWS[0] };
        let rows = own.unwrap_or_else(|| self.rows.get_value());
        let jobs: Vec<(&'static Family, &Job)> = rows.iter().map(|row| (row.family, &*row.job)).collect();
        let missing = self.route.with_value(|route| {
            if route.family().is_some() { Vec::new() } else { self.silent(route, &jobs) }
        });
        self.save(format, &jobs, label, (None, None), missing, Vec::new())
    }

    /// What of the jobs that were read passes the filters that the server does not know.
    fn wanted(self, lists: &[AllPages]) -> Vec<(&'static Family, &Job)> {
        let narrowing = self.route.with_value(Narrowing::of);
        let all = lists.iter().flat_map(|list| list.jobs.iter().map(|job| (list.family(), job)));
        all.filter(|(_, job)| narrowing.passes(job, clock::now)).collect()
    }

    /// Saves what has been read of all pages.
    fn save_read(self, format: usize) -> Saved {
        let Some(all) = self.all.get_value() else { return Saved::default() };
        all.with(|lists| {
            let mut jobs = self.wanted(lists);
            if lists.len() > 1 {
                jobs.sort_by_cached_key(|(_, job)| Sort::NEWEST.key(job));
            }
            let mut notes: Vec<String> = lists.iter().filter_map(AllPages::note).collect();
            let unread = lists.iter().map(|list| list.unread).sum();
            notes.extend(Some(text::unread(unread, "job", "jobs")).filter(|note| !note.is_empty()));
            let missing = lists.iter().filter_map(|list| {
                let failure = list.failure.as_ref()?;
                let read = match list.total {
                    Some(total) => {
                        [&text::number(list.read()), " of ", &text::number(total), " jobs were read. "]
                            .concat()
                    }
                    None => String::new(),
                };
                Some((list.family().title(), [&read, &why(failure)].map(String::as_str).concat()))
            });
            // Where the panel narrows the lists itself, no server says how many jobs there are to be.
            let is_counted = self.route.with_value(|route| Narrowing::of(route).is_none());
            let total = is_counted.then(|| lists.iter().filter_map(|list| list.total).sum());
            self.save(format, &jobs, ROWS[ALL_PAGES], (total, Some(unread)), missing.collect(), notes)
        })
    }

    /// The families whose jobs are not among those of a list of all clouds because their requests failed.
    fn silent(self, route: &Route, shown: &[(&'static Family, &Job)]) -> Vec<(String, String)> {
        self.latest.with_untracked(|latest| {
            let failed = latest
                .iter()
                .filter(|latest| !latest.is_absent())
                .filter_map(|latest| Some((latest.family, latest.failure.as_ref()?)));
            // A filtered response does not take back the failure of an earlier one.
            let is_silent =
                |family: &Family| !route.is_filtered() || !shown.iter().any(|(shown, _)| *shown == family);
            failed
                .filter(|(family, _)| is_silent(family))
                .map(|(family, failure)| (family.title(), why(failure)))
                .collect()
        })
    }

    fn save(
        self,
        format: usize,
        jobs: &[(&'static Family, &Job)],
        rows: &str,
        (total, unread): (Option<u64>, Option<u64>),
        missing: Vec<(String, String)>,
        mut notes: Vec<String>,
    ) -> Saved {
        let format = Format::ALL.get(format).copied().unwrap_or_default();
        let (view, address) = (self.view_name(), self.route.with_value(Route::hash));
        let directories: Vec<(&'static Family, Option<Arc<Directory>>)> = untrack(|| {
            FAMILIES.iter().map(|family| (family, self.containers.get(family.containers))).collect()
        });
        let directory = |family: &Family| {
            directories.iter().find(|(known, _)| *known == family).and_then(|(_, known)| known.as_deref())
        };
        let rows_of_file: Vec<Row> =
            jobs.iter().map(|(family, job)| Row { family, job, directory: directory(family) }).collect();
        let (now, times) = (clock::now(), untrack(|| self.preferences.times()));
        let about = About {
            view: &view,
            address: &address,
            rows,
            now,
            times,
            total,
            unread,
            missing: &missing,
            notes: &notes,
        };
        let content = export::text(format, &about, &rows_of_file);
        let name = export::file_name(&view, now, &times, format);
        if !save_file(&name, format.media_type(), &content) {
            notes.insert(0, "The browser did not save the file.".to_owned());
            return Saved { sentence: String::new(), notes };
        }
        notes.extend(
            missing.iter().map(|(list, _)| ["Not in the file, or only in part: ", list, "."].concat()),
        );
        let count = jobs.len();
        let noun = if count == 1 { " job in " } else { " jobs in " };
        let sentence = [text::number(count as u64).as_str(), noun, &name].concat();
        Saved { sentence, notes }
    }
}

/// The queries of all lists that the open view shows.
fn questions(route: &Route, latest: LatestJobs) -> Vec<Question> {
    match route.family() {
        Some(family) => vec![Question::of(family, route)],
        None => untrack(|| latest.families())
            .into_iter()
            .map(|family| Question::newest(family, route.status, &route.id))
            .collect(),
    }
}

fn why(failure: &Failure) -> String {
    let words = failure.words();
    let title = [failure.title(), failure.kind()].join(": ");
    if words.is_empty() { title } else { [title, words].join(". ") }
}
