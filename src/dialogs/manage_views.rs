//! The dialog in which saved views are renamed, deleted, ordered, exported and imported.

use crate::components::controls::composing::is_composing;
use crate::components::controls::copy::{CopyButton, CopyByHand, Refused};
use crate::components::controls::dialog::Dialog;
use crate::components::controls::icon::Icon;
use crate::components::controls::save_file::save_file;
use crate::components::controls::shown::{Keyed, Shown};
use crate::components::job_table::views_menu::link;
use crate::dialogs::import_views::{Import, ImportViews};
use crate::dialogs::save_view::with_keeping;
use crate::state::announcer::Announcer;
use crate::state::dialog::OpenDialog;
use crate::state::saved_views::{SavedView, SavedViews, export, is_same, numbered, refusal};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The name of an exported file.
const FILE: &str = "key-sync-views.json";
/// The id of the button **Import**.
const IMPORT: &str = "import-views";

/// A view that was deleted, and its place.
#[derive(Clone)]
struct Deleted {
    at: usize,
    view: SavedView,
}

/// Focuses the element with this id after the next drawing. Falls back to the dialog's first button.
fn focus_soon(id: String) {
    request_animation_frame(move || {
        let found = document().get_element_by_id(&id);
        let found = found.or_else(|| document().query_selector("dialog.dialog button").ok().flatten());
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            _ = found.focus();
        }
    });
}

#[component]
pub fn ManageViews() -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let dialog = expect_context::<OpenDialog>();
    let saved = expect_context::<SavedViews>();
    saved.follow();
    let deleted = RwSignal::new(None::<Deleted>);
    let import = RwSignal::new(None::<Import>);
    let refused: Refused = RwSignal::new(None);
    let names =
        Memo::new(move |_| saved.with(|all| all.iter().map(|view| view.name.clone()).collect::<Vec<_>>()));
    let none = Memo::new(move |_| names.with(Vec::is_empty));
    let delete = Callback::new(move |name: String| {
        let mut views = saved.get_untracked();
        if let Some(at) = views.iter().position(|view| view.name == name) {
            let view = views.remove(at);
            let kept = saved.set(views);
            announcer.announce(with_keeping(["The view “", &view.name, "” is deleted"].concat(), kept));
            deleted.set(Some(Deleted { at, view }));
            focus_soon("undo-delete".to_owned());
        }
    });
    let undo = move |_| {
        if let Some(Deleted { at, mut view }) = deleted.get_untracked() {
            let mut views = saved.get_untracked();
            let mut said = ["The view “", &view.name, "” is there again"].concat();
            // Another tab may have saved a view of that name meanwhile.
            if views.iter().any(|known| is_same(&known.name, &view.name)) {
                view.name = numbered(&views, &view.name);
                said.push_str(&[", as “", &view.name, "”"].concat());
            }
            let button = ["delete-", &view.name].concat();
            views.insert(at.min(views.len()), view);
            let kept = saved.set(views);
            deleted.set(None);
            announcer.announce(with_keeping(said, kept));
            focus_soon(button);
        }
    };
    let save = move |_| {
        if !save_file(FILE, "application/json", &export(&saved.get_untracked())) {
            announcer.announce("The browser could not make the file");
        }
    };
    view! {
        <Dialog name="Manage views" on_close=Callback::new(move |()| dialog.close())>
            <div class="dialog-body views-manage">
                <Shown when=none>
                    <p class="quiet">"No views are saved. Open a list, set its filters and columns, and choose Save this view."</p>
                </Shown>
                <ul class="saved-views" aria-label="Saved views">
                    <Keyed keys=names item=Callback::new(move |name| {
                        view! { <Line name=name delete=delete refused=refused /> }.into_any()
                    }) />
                </ul>
                {move || deleted.get().map(|Deleted { view, .. }| view! {
                    <div class="notice info">
                        <Icon name="info" />
                        <div class="notice-text"><p>{["“", &view.name, "” is deleted."].concat()}</p></div>
                        <button type="button" class="button" id="undo-delete" on:click=undo>"Undo"</button>
                    </div>
                })}
                <CopyByHand refused=refused />
                <ImportViews import=import focus=Callback::new(move |()| focus_soon(IMPORT.to_owned())) />
            </div>
            <footer class="dialog-foot">
                <ChooseFile import=import />
                <button type="button" class="button" aria-disabled=move || none.get().to_string() on:click=move |event| if !none.get_untracked() { save(event) }>
                    "Export"
                </button>
                <button type="button" class="button primary" on:click=move |_| dialog.close()>"Done"</button>
            </footer>
        </Dialog>
    }
}

/// The button **Import**, which opens the browser's choice of a file.
#[component]
fn ChooseFile(import: RwSignal<Option<Import>>) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    view! {
        <input
            type="file"
            hidden=true
            accept=".json,application/json"
            node_ref=input
            on:change=move |_| {
                let Some(input) = input.get_untracked() else { return };
                let file = input.files().and_then(|files| files.get(0));
                if let Some(file) = file {
                    Import::read(file, import);
                }
                // The same file can be chosen again after it was mended.
                input.set_value("");
            }
        />
        <button type="button" class="button" id=IMPORT on:click=move |_| if let Some(input) = input.get_untracked() { input.click() }>
            "Import"
        </button>
    }
}

/// A saved view: its link, and what can be done with it.
#[component]
fn Line(name: String, delete: Callback<String>, refused: Refused) -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let dialog = expect_context::<OpenDialog>();
    let saved = expect_context::<SavedViews>();
    let name = StoredValue::new(name);
    let renaming = RwSignal::new(false);
    let place = Memo::new(move |_| {
        saved.with(|all| (all.iter().position(|view| name.with_value(|name| view.name == *name)), all.len()))
    });
    let address = Memo::new(move |_| {
        saved
            .with(|all| place.get().0.and_then(|at| all.get(at).map(|view| view.address.clone())))
            .unwrap_or_default()
    });
    let step = move |up: bool| {
        let can = Memo::new(move |_| match place.get() {
            (Some(at), count) => {
                if up {
                    at > 0
                } else {
                    at + 1 < count
                }
            }
            _ => false,
        });
        let way = if up { "up" } else { "down" };
        let label = ["Move ", &name.get_value(), " ", way].concat();
        let id = ["move-", way, "-", &name.get_value()].concat();
        let button = id.clone();
        let press = move |_| {
            let (true, Some(at)) = (can.get_untracked(), place.get_untracked().0) else { return };
            let mut views = saved.get_untracked();
            let to = if up { at.saturating_sub(1) } else { at + 1 };
            if at.max(to) < views.len() {
                views.swap(at, to);
            }
            let count = views.len();
            let kept = saved.set(views);
            let said = format!("{} is now view {} of {count}", name.get_value(), to + 1);
            announcer.announce(with_keeping(said, kept));
            // An element that is moved in the document loses the focus.
            focus_soon(button.clone());
        };
        view! {
            <button type="button" class="button plain icon-button" id=id aria-label=label.clone() title=label
                aria-disabled=move || (!can.get()).to_string() on:click=press>
                <Icon name=if up { "above" } else { "down" } />
            </button>
        }
    };
    let rename_id = StoredValue::new(["rename-", &name.get_value()].concat());
    let stop = Callback::new(move |()| {
        renaming.set(false);
        focus_soon(rename_id.get_value());
    });
    view! {
        <li>
            <Shown when=renaming fallback=move || view! {
                <a href=move || address.get() on:click=move |event: leptos::ev::MouseEvent| {
                    if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                        dialog.close();
                    }
                }>{name.get_value()}</a>
                <span class="view-tools">
                    {step(true)}
                    {step(false)}
                    <button type="button" class="button small" id=rename_id.get_value()
                        aria-label=["Rename ", &name.get_value()].concat() on:click=move |_| renaming.set(true)>"Rename"</button>
                    <CopyButton label="Copy link" class="small" refused=refused text=Callback::new(move |()| link(&address.get_untracked())) />
                    <button type="button" class="button small" id=["delete-", &name.get_value()].concat()
                        aria-label=["Delete ", &name.get_value()].concat() on:click=move |_| delete.run(name.get_value())>"Delete"</button>
                </span>
            }>
                <Rename name=name stop=stop />
            </Shown>
        </li>
    }
}

/// The text box for another name of a view.
#[component]
fn Rename(name: StoredValue<String>, stop: Callback<()>) -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let saved = expect_context::<SavedViews>();
    let typed = RwSignal::new(name.get_value());
    let error = RwSignal::new(None::<String>);
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get() {
            _ = node.focus();
            node.select();
        }
    });
    let rename = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (old, new) = (name.get_value(), typed.get_untracked().trim().to_owned());
        let mut views = saved.get_untracked();
        let taken = views.iter().find(|view| view.name != old && is_same(&view.name, &new));
        let why = refusal(&new)
            .map(str::to_owned)
            .or_else(|| taken.map(|taken| ["A view named “", &taken.name, "” exists already."].concat()));
        if why.is_some() {
            error.set(why);
            return;
        }
        if old == new {
            stop.run(());
            return;
        }
        if let Some(view) = views.iter_mut().find(|view| view.name == old) {
            view.name.clone_from(&new);
        }
        // The line is drawn anew under its new name.
        let kept = saved.set(views);
        announcer.announce(with_keeping(["“", &old, "” is now named “", &new, "”"].concat(), kept));
        focus_soon(["rename-", &new].concat());
    };
    view! {
        <form class="rename" on:submit=rename>
            <label class="inline-field">
                <span>"Name"</span>
                <input
                    type="text"
                    autocomplete="off"
                    node_ref=node
                    aria-invalid=move || error.with(Option::is_some).to_string()
                    prop:value=move || typed.get()
                    on:input:target=move |event| {
                        typed.set(event.target().value());
                        error.set(None);
                    }
                    on:keydown=move |event| {
                        // Leaves the name as it is; the dialog stays open.
                        if event.key() == "Escape" && !is_composing(&event) {
                            event.prevent_default();
                            stop.run(());
                        }
                    }
                />
            </label>
            <button type="submit" class="button small">"Save name"</button>
            <button type="button" class="button small plain" on:click=move |_| stop.run(())>"Keep the old name"</button>
            <div class="field-error" role="alert">{move || error.get()}</div>
        </form>
    }
}
