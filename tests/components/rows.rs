//! The rows of the job table: which element shows which job, and where the focus stays.

use crate::{Mounted, family, mount, page, rendered, text};
use key_sync::auth::Session;
use key_sync::clock::Clock;
use key_sync::components::controls::lazy_view::{LoadError, Loader};
use key_sync::components::job_table::table::JobTable;
use key_sync::routing::address::Address;
use key_sync::state::containers::ContainerLists;
use key_sync::state::preferences::Preferences;
use key_sync::state::rows::Rows;
use key_sync::state::selection::Selection;
use key_sync::state::usual_durations::UsualDurations;
use key_sync::state::watched_jobs::WatchedJobs;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

struct Table {
    mounted: Mounted,
    rows: ArcRwSignal<Arc<Rows>>,
    selected: ArcRwSignal<usize>,
}

fn rows(ids: &[&str], status: &str) -> Arc<Rows> {
    let jobs = page(ids, status, ids.len() as u64).resources.into_iter();
    Arc::new(Rows::new(jobs.map(|job| (family(), Arc::new(job)))))
}

impl Table {
    async fn of(ids: &[&str]) -> Self {
        let rows = ArcRwSignal::new(rows(ids, "completed"));
        let (shown, selected) = (rows.clone(), ArcRwSignal::new(0));
        let count = selected.clone();
        let mounted = mount(move || {
            provide_context(Address::follow());
            provide_context(Clock::start());
            Preferences::provide();
            provide_context(ContainerLists::new(Session::begin()));
            provide_context(UsualDurations::default());
            provide_context(WatchedJobs::default());
            let selection = Selection::default();
            provide_context(selection);
            Effect::new(move |_| count.set(selection.len()));
            // The bar over the selected jobs is in the second part of the program.
            Loader::provide(|| Box::pin(async { Err(LoadError) }));
            let rows = Memo::new_with_compare(move |_| shown.get(), |_, _| true);
            view! { <JobTable rows=rows with_cloud=false first=false slow=false sortable=true /> }
        })
        .await;
        Self { mounted, rows, selected }
    }

    async fn show(&self, ids: &[&str], status: &str) {
        self.rows.set(rows(ids, status));
        rendered().await;
    }

    fn elements(&self) -> Vec<HtmlElement> {
        self.mounted.all("tbody tr")
    }

    fn ids(&self) -> Vec<String> {
        let links = self.mounted.all("tbody a");
        links.iter().filter_map(|link| link.get_attribute("aria-label")).collect()
    }

    fn focus(&self, id: &str) -> HtmlElement {
        let link = self.mounted.one(&format!("tbody a[aria-label='{id}']"));
        link.focus().expect("it takes the focus");
        link
    }
}

fn focused() -> Option<HtmlElement> {
    document().active_element().map(JsCast::unchecked_into)
}

#[wasm_bindgen_test]
async fn a_page_turn_reuses_the_elements() {
    let table = Table::of(&["a", "b", "c"]).await;
    assert_eq!(table.ids(), ["a", "b", "c"]);
    let before = table.elements();
    table.show(&["x", "y", "z"], "failed").await;
    assert_eq!(table.ids(), ["x", "y", "z"]);
    assert!(table.elements() == before, "the rows that stood there");
    assert!(text(&before[0]).contains("Failed"));
}

#[wasm_bindgen_test]
async fn a_job_that_stays_keeps_its_element_and_the_focus() {
    let table = Table::of(&["a", "b", "c"]).await;
    let (before, link) = (table.elements(), table.focus("b"));
    table.show(&["new", "a", "b"], "completed").await;
    assert_eq!(table.ids(), ["new", "a", "b"]);
    let after = table.elements();
    assert!(after[1] == before[0] && after[2] == before[1]);
    assert!(focused() == Some(link));
}

#[wasm_bindgen_test]
async fn however_many_come_between_the_focused_one_keeps_the_focus() {
    let table = Table::of(&["a", "b", "c"]).await;
    let link = table.focus("b");
    table.show(&["x", "y", "a", "u", "v", "w", "b", "c"], "completed").await;
    assert_eq!(table.ids(), ["x", "y", "a", "u", "v", "w", "b", "c"]);
    assert!(focused() == Some(link));
}

#[wasm_bindgen_test]
async fn a_focused_row_is_never_given_to_another_job() {
    let table = Table::of(&["a", "b"]).await;
    let link = table.focus("b");
    table.show(&["x", "y"], "completed").await;
    assert_eq!(table.ids(), ["x", "y"]);
    assert!(!link.is_connected(), "it has gone with its job");
    assert!(focused() != Some(link));
}

#[wasm_bindgen_test]
async fn what_runs_can_be_pressed_and_keeps_the_focus_until_it_ends() {
    let table = Table::of(&["a"]).await;
    assert!(table.mounted.all(".pick input, .watch").is_empty());
    table.show(&["a"], "in_progress").await;
    let watch = table.mounted.one(".watch");
    watch.focus().expect("it takes the focus");
    table.mounted.one(".pick input").click();
    rendered().await;
    assert_eq!(table.selected.get_untracked(), 1);
    table.show(&["a"], "in_progress").await;
    assert!(focused() == Some(watch), "another answer of the same job");
    table.show(&["a"], "completed").await;
    assert!(table.mounted.all(".pick input, .watch").is_empty());
}

#[wasm_bindgen_test]
async fn rows_stand_in_groups_of_ten() {
    let ids: Vec<String> = (0..25).map(|number| format!("job-{number}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let table = Table::of(&ids).await;
    let counts: Vec<u32> =
        table.mounted.all("tbody").iter().map(|group| group.child_element_count()).collect();
    assert_eq!(counts, [10, 10, 5]);
}
