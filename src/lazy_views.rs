//! The second part of the program: every view that appears only after a press, or when the address names more than a
//! list. In a release, the code that only `draw` uses is in a WebAssembly file of its own (`cargo xtask build`
//! splits it off); in other builds `draw` is an ordinary function.

use crate::background::BackgroundTasks;
use crate::components::controls::lazy_view::{Draw, LazyView, LoadError};
use crate::components::job::explanation::Explanation;
use crate::components::job_table::address_filters::AddressFilters;
use crate::components::job_table::chosen_rows::ChosenRows;
use crate::components::job_table::column_widths::ColumnWidths;
use crate::components::job_table::list_tools::ListTools;
use crate::components::job_table::selection_bar::SelectionBar;
use crate::components::page::account::{Countdown, DomainChoice, NoDomains, StillThere};
use crate::components::page::cloud_failures::AllCloudFailures;
use crate::components::page::header_tools::HeaderTools;
use crate::components::page::notices::PastNotices;
use crate::components::page::permissions::Permissions;
use crate::components::page::to_server_check::ToServerCheck;
use crate::components::page::unknown_fields::UnknownFields;
use crate::components::start::container_choice::ContainerChoice;
use crate::dialogs::about::About;
use crate::dialogs::cancel_selected::CancelSelected;
use crate::dialogs::export::Export;
use crate::dialogs::find::Find;
use crate::dialogs::manage_views::ManageViews;
use crate::dialogs::outcomes::Outcomes;
use crate::dialogs::save_view::SaveView;
use crate::dialogs::schedule::schedule_dialog;
use crate::dialogs::shortcuts::Shortcuts;
use crate::dialogs::start::StartForm;
use crate::dialogs::start_several::StartSeveral;
use crate::pages::attention::Attention;
use crate::pages::freshness::Freshness;
use crate::pages::history::History;
use crate::pages::job_detail::JobDetail;
use crate::pages::job_list::{PastTheEnd, Shorten};
use crate::pages::not_found::NotFound;
use crate::pages::outdated::Outdated;
use crate::pages::schedules::Schedules;
use crate::pages::server_check::ServerCheck;
use crate::pages::sign_in::{SignInAgain, SignInPage};
use crate::state::dialog::Dialog;
use leptos::prelude::*;

fn draw(view: LazyView) -> AnyView {
    match view {
        LazyView::Freshness(family) => view! { <Freshness family=family /> }.into_any(),
        LazyView::History(family) => view! { <History family=family /> }.into_any(),
        LazyView::Schedules(family) => view! { <Schedules family=family /> }.into_any(),
        LazyView::Job { family, id, pressed } => {
            view! { <JobDetail family=family id=id pressed=pressed /> }.into_any()
        }
        LazyView::Attention => view! { <Attention /> }.into_any(),
        LazyView::Outdated => view! { <Outdated /> }.into_any(),
        LazyView::Check => view! { <ServerCheck /> }.into_any(),
        LazyView::ChosenRows { rows, columns, with_cloud, sortable } => {
            view! { <ChosenRows rows=rows columns=columns with_cloud=with_cloud sortable=sortable /> }
                .into_any()
        }
        LazyView::ColumnWidths(columns) => view! { <ColumnWidths columns=columns /> }.into_any(),
        LazyView::AddressFilters => view! { <AddressFilters /> }.into_any(),
        LazyView::BackgroundTasks => view! { <BackgroundTasks /> }.into_any(),
        LazyView::Start(draft) => view! { <StartForm draft=draft /> }.into_any(),
        LazyView::Dialog(Dialog::About) => view! { <About /> }.into_any(),
        LazyView::Dialog(Dialog::Outcomes) => view! { <Outcomes /> }.into_any(),
        LazyView::Dialog(Dialog::CancelSelected) => view! { <CancelSelected /> }.into_any(),
        LazyView::Dialog(Dialog::StartSeveral) => view! { <StartSeveral /> }.into_any(),
        LazyView::Dialog(Dialog::SaveView) => view! { <SaveView /> }.into_any(),
        LazyView::Dialog(Dialog::ManageViews) => view! { <ManageViews /> }.into_any(),
        LazyView::Dialog(Dialog::Shortcuts) => view! { <Shortcuts /> }.into_any(),
        LazyView::Dialog(Dialog::Find) => view! { <Find /> }.into_any(),
        LazyView::Dialog(Dialog::Schedule(opened)) => schedule_dialog(opened.get_value()),
        LazyView::Dialog(Dialog::Export) => view! { <Export jobs=None /> }.into_any(),
        LazyView::Dialog(Dialog::ExportJobs(jobs)) => view! { <Export jobs=Some(jobs.get_value()) /> }.into_any(),
        LazyView::ListTools { family, rows } => view! { <ListTools family=family rows=rows /> }.into_any(),
        LazyView::HeaderTools => view! { <HeaderTools /> }.into_any(),
        LazyView::Selection => view! { <SelectionBar /> }.into_any(),
        LazyView::Containers { family, chosen, choose, typed } => {
            view! { <ContainerChoice family=family chosen=chosen choose=choose typed=typed /> }.into_any()
        }
        LazyView::CloudFailures(feed) => view! { <AllCloudFailures feed=feed /> }.into_any(),
        LazyView::PastNotices => view! { <PastNotices /> }.into_any(),
        LazyView::Permissions => view! { <Permissions /> }.into_any(),
        LazyView::Shorten(family) => view! { <Shorten family=family /> }.into_any(),
        LazyView::PastTheEnd(last) => view! { <PastTheEnd last=last /> }.into_any(),
        LazyView::NotFound(word) => view! { <NotFound word=word /> }.into_any(),
        LazyView::UnknownFields(sentence) => view! { <UnknownFields sentence=sentence /> }.into_any(),
        LazyView::DomainChoice { name } => view! { <DomainChoice name=name /> }.into_any(),
        LazyView::NoDomains => view! { <NoDomains /> }.into_any(),
        LazyView::Countdown(ends) => view! { <Countdown ends=ends /> }.into_any(),
        LazyView::Explanation { words, otherwise, is_reading } => {
            view! { <Explanation words=words otherwise=otherwise /> {is_reading.then(|| view! { <ToServerCheck /> })} }
                .into_any()
        }
        LazyView::SignIn { why, failure } => view! { <SignInPage why=why failure=failure /> }.into_any(),
        LazyView::SignInAgain(again) => view! { <SignInAgain again=again /> }.into_any(),
        LazyView::StillThere { left, stay } => view! { <StillThere left=left stay=stay /> }.into_any(),
    }
}

impl From<leptos::wasm_split::SplitLoaderError> for LoadError {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// The only entry point of the second part: the split moves all code that is reachable only from here.
#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
#[expect(clippy::unnecessary_wraps, reason = "the macro makes the error of a file that does not come")]
fn rest() -> Result<Draw, LoadError> {
    Ok(draw)
}

#[cfg(not(feature = "split"))]
fn rest() -> std::future::Ready<Result<Draw, LoadError>> {
    std::future::ready(Ok(draw))
}

/// Loads the second part.
pub fn load() -> std::pin::Pin<Box<dyn Future<Output = Result<Draw, LoadError>>>> {
    Box::pin(rest())
}
