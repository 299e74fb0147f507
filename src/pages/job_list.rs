//! The job list of one family: its filters, its pages and the open job.

use crate::auth::Session;
use crate::components::controls::lazy::lazy;
use crate::components::controls::lazy_view::LazyView;
use crate::components::controls::notice::{FailureNotice, Note, Problems, Unread};
use crate::components::controls::shown::Shown;
use crate::components::job_table::filters::Filters;
use crate::components::job_table::new_items::NewItemsBanner;
use crate::components::job_table::pager::Pager;
use crate::components::job_table::table::{JobTable, is_read};
use crate::components::page::reading_progress::ReadingProgress;
use crate::config::config;
use crate::pages::job_detail::OpenJob;
use crate::query::Poller;
use crate::query::interval::Need;
use crate::query::use_query;
use crate::routing::address::Address;
use crate::routing::route::Route;
use crate::state::capabilities::ServerCapabilities;
use crate::state::columns::ListColumns;
use crate::state::containers::ContainerLists;
use crate::state::followed_job::FollowedJob;
use crate::state::latest_jobs::LatestJobs;
use crate::state::list_page::{self, Listing};
use crate::state::local_jobs::LocalJobs;
use crate::state::open_list::OpenList;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::rows::Rows;
use cckm::family::Family;
use cckm::list_order::{self, Arrangement};
use cckm::list_query;
use leptos::prelude::*;
use std::sync::Arc;

/// The filters, the list and the pages of `family`.
#[component]
pub fn JobList(family: &'static Family) -> impl IntoView {
    let session = expect_context::<Session>();
    let address = expect_context::<Address>();
    let containers = expect_context::<ContainerLists>();
    let capabilities = expect_context::<ServerCapabilities>();
    let local_jobs = expect_context::<LocalJobs>();
    let followed = expect_context::<FollowedJob>();
    let latest = expect_context::<LatestJobs>();
    let open_list = expect_context::<OpenList>();
    let refresh = expect_context::<RefreshTrigger>();
    let poller = Poller::new(1);
    // The value of `refresh` whose request was sent last: a new value means that the user pressed a button.
    let served = StoredValue::new(None);
    let asked = use_query(
        poller,
        move || {
            let route = address.get();
            // The open job, the columns and the problems of the address do not affect the list.
            (route.family() == Some(family))
                .then(|| (Route { job: None, columns: None, problems: Vec::new(), ..route }, refresh.count()))
        },
        move |(route, tick), last| {
            // Rows that the user requested are shown even while the table is being read.
            let wished = served.get_value() != Some(tick);
            served.set_value(Some(tick));
            let first = route.page == 1;
            async move {
                let known = last.clone();
                let may_move = || wished || first && !is_read();
                let answer = list_page::load(session, capabilities, family, route, last, may_move).await;
                let answer = answer.inspect_err(|failure| latest.fail(family, failure))?;
                // The poller skips the next background refresh of this family.
                if let Some(now) = answer.as_ref().or(known.as_ref())
                    && let Some(jobs) = now.newest()
                {
                    latest.learn(family, &jobs, !now.more, false);
                }
                local_jobs
                    .follow(session, family, |id| answer.as_ref().is_some_and(|listing| listing.has(id)))
                    .await;
                Ok(answer)
            }
        },
    );
    let newer =
        Memo::new(move |_| asked.answer.with(|listing| listing.as_ref().map_or(0, |listing| listing.shift)));
    let show_newer = Callback::new(move |()| {
        served.set_value(None);
        let route = address.get_untracked();
        if route.page == 1 { refresh.trigger() } else { address.go(&route.with_page(1)) }
    });
    let listing = asked.answer;
    let rows = Memo::new_with_compare(
        move |_| shown(address, local_jobs, followed, listing.get().as_deref(), family),
        |old: Option<&Arc<Rows>>, new| match (old, new) {
            (Some(old), Some(new)) => !Arc::ptr_eq(old, new),
            _ => true,
        },
    );
    Effect::new(move |_| {
        if let Some(listing) = listing.get() {
            local_jobs.forget_listed(|id| listing.has(id));
            open_list.set_pages(listing.pages());
            go_on(address, open_list, &listing);
        }
    });
    Effect::new(move |_| {
        if asked.failure.with(Option::is_some) {
            open_list.take_step();
        }
    });
    // Container names are requested after the jobs, so that they do not delay the first rows.
    let first = Signal::derive(move || asked.is_first());
    Effect::new(move |_| {
        if !first.get() {
            open_list.settle();
            containers.need(family.containers);
        }
    });
    Effect::new(move |_| {
        let runs = rows.with(|rows| {
            open_list.show(rows);
            rows.iter().any(|row| followed.is_left_to_list(family, &row.job))
        });
        poller.set_need(0, Need::of(runs));
    });
    on_cleanup(move || open_list.clear());

    let own_order = Memo::new(move |_| {
        let own = listing.with(|listing| {
            let listing = listing.as_ref().filter(|listing| listing.arrangement != Arrangement::Sorted)?;
            Some(listing.total)
        });
        own.map(|total| {
            list_order::words::own_order(total, config().sorted_jobs, capabilities.is_stopped(family))
        })
    });
    let past_the_end = Memo::new(move |_| {
        listing.with(|listing| listing.as_ref().filter(|l| l.is_past_the_end()).map(|l| l.pages()))
    });
    // After a failed request only the rows of the previous response are shown, and nothing that they imply.
    let failed = Memo::new(move |_| asked.failure.with(Option::is_some));
    let nothing = Memo::new(move |_| {
        !failed.get() && listing.with(Option::is_some) && rows.with(|rows| rows.is_empty())
    });
    let paged = move || listing.get().filter(|listing| !failed.get() || listing.rows.iter().next().is_some());
    view! {
        <Filters family=Some(family) rows=rows />
        <Problems />
        <div class="split" class:has-detail=move || address.with(|route| route.job.is_some())>
            <div class="list">
                {move || {
                    asked.failure.get().map(|failure| {
                        let too_long = failure.is_too_long();
                        view! {
                            <FailureNotice failure=failure again=Callback::new(move |()| refresh.trigger()) />
                            {too_long.then(|| lazy(LazyView::Shorten(family)))}
                        }
                    })
                }}
                <ReadingProgress />
                {move || own_order.get().map(|sentence| view! { <Note><p>{sentence}</p></Note> })}
                <Unread count=move || listing.with(|listing| listing.as_ref().map_or(0, |listing| listing.unread)) one="job" many="jobs" />
                <NewItemsBanner count=newer show=show_newer />
                <JobTable
                    rows=rows
                    with_cloud=false
                    first=first
                    slow=asked.slow
                    sortable=Signal::derive(move || own_order.with(Option::is_none))
                    columns=ListColumns::of(Some(family))
                />
                {move || match past_the_end.get() {
                    Some(last) if !failed.get() => lazy(LazyView::PastTheEnd(last)),
                    None if nothing.get() => view! { <Nothing family=family /> }.into_any(),
                    _ => ().into_any(),
                }}
                <Pager listing=paged />
            </div>
            <OpenJob />
        </div>
    }
}

/// The rows of `listing`, plus the jobs started here that the server's first page does not contain yet.
fn shown(
    address: Address,
    local_jobs: LocalJobs,
    followed: FollowedJob,
    listing: Option<&Listing>,
    family: &'static Family,
) -> Arc<Rows> {
    let Some(listing) = listing else { return Arc::default() };
    let mut rows = Arc::new(listing.rows.clone());
    if listing.skip == 0 && address.with(|route| !route.is_filtered()) {
        rows = local_jobs.merged_into(rows, Some(family));
    }
    followed.merged_into(rows)
}

/// Opens the job at the end of a page if a step from the open job has turned to that page.
fn go_on(address: Address, open_list: OpenList, listing: &Listing) {
    let Some(last) = open_list.take_step() else { return };
    if let Some(row) = listing.rows.at_end(last) {
        address.replace(&address.get_untracked().with_job(row.family, &row.job.id));
    }
}

/// Offers shorter filters when the container filter is too long for one request. The address keeps all chosen
/// containers until one of the buttons is pressed.
#[component]
pub fn Shorten(family: &'static Family) -> impl IntoView {
    let address = expect_context::<Address>();
    // The number of chosen containers, and how many of them fit into a request.
    let counts = Memo::new(move |_| {
        address.with(|route| (route.containers.len(), list_query::fitting(family, &route.containers)))
    });
    let less = move |count: usize| {
        let route = address.get_untracked();
        let containers = route.containers.iter().take(count).cloned().collect();
        address.go(&route.with_containers(containers));
    };
    view! {
        <div class="notice-steps">
            {move || {
                let (chosen, keep) = counts.get();
                (0 < keep && keep < chosen).then(|| {
                    let words = format!("Keep the first {keep} of {chosen}");
                    view! { <button type="button" class="button" on:click=move |_| less(keep)>{words}</button> }
                })
            }}
            <Shown when=move || counts.with(|(chosen, _)| *chosen > 0)>
                <button type="button" class="button" on:click=move |_| less(0)>
                    {["Show all ", family.containers.many].concat()}
                </button>
            </Shown>
        </div>
    }
}

/// The notice for a page number past the end. `last` is the number of the last page.
#[component]
pub fn PastTheEnd(last: u64) -> impl IntoView {
    let address = expect_context::<Address>();
    view! {
        <div class="empty">
            <p class="empty-title">"This page is past the end"</p>
            <p>{if last == 1 { "There is one page.".to_owned() } else { format!("There are {last} pages.") }}</p>
            <a class="button" href=move || address.with(|route| route.with_page(last).hash())>
                "Go to the last page"
            </a>
        </div>
    }
}

/// An empty list: there are no jobs at all, or none match the filters.
#[component]
fn Nothing(family: &'static Family) -> impl IntoView {
    let address = expect_context::<Address>();
    let filtered = Memo::new(move |_| address.with(Route::is_filtered));
    move || {
        if filtered.get() {
            view! {
                <div class="empty">
                    <p class="empty-title">"No job matches these filters"</p>
                    <p>"Jobs that do not match are still there."</p>
                    <a class="button" href=move || address.with(|route| route.cleared().hash())>"Show all jobs"</a>
                </div>
            }
            .into_any()
        } else {
            view! {
                <div class="empty">
                    <p class="empty-title">{["There are no jobs of ", &family.title(), " yet"].concat()}</p>
                    <p>
                        "A synchronization (called Refresh in the console) brings the keys of "
                        {family.containers.many} " into the manager. Its job will appear here."
                    </p>
                </div>
            }
            .into_any()
        }
    }
}
