//! The dialog that saves the open view under a name.

use crate::components::controls::dialog::Dialog;
use crate::components::controls::icon::Icon;
use crate::components::job_table::views_menu::lasting;
use crate::routing::address::Address;
use crate::routing::route::Route;
use crate::state::announcer::Announcer;
use crate::state::columns::ListColumns;
use crate::state::dialog::OpenDialog;
use crate::state::saved_views::{MOST, SavedViews, is_same, refusal};
use leptos::prelude::*;

/// Said where the browser does not keep what is saved.
const NOT_KEPT: &str = "This browser keeps nothing for this page: the views are there until it closes.";

/// The sentence `said` about a change of the views, with what has to be known where the browser has not `kept` it.
pub fn with_keeping(said: String, kept: bool) -> String {
    if kept { said } else { [&said, ". ", NOT_KEPT].concat() }
}

#[component]
pub fn SaveView() -> impl IntoView {
    let address = expect_context::<Address>();
    let announcer = expect_context::<Announcer>();
    let dialog = expect_context::<OpenDialog>();
    let saved = expect_context::<SavedViews>();
    let columns = ListColumns::of(address.with_untracked(Route::family));
    let hash = StoredValue::new(lasting(address, columns).hash());
    let name = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    // The existing name that the person may replace.
    let taken = RwSignal::new(None::<String>);
    let save = move |replace: bool| {
        let name = name.get_untracked().trim().to_owned();
        let views = saved.get_untracked();
        let same = views.iter().find(|view| is_same(&view.name, &name)).map(|view| view.name.clone());
        taken.set(None);
        let why = match (refusal(&name), same) {
            (Some(why), _) => Some(why.to_owned()),
            (None, Some(same)) if !replace => {
                let why = ["A view named “", &same, "” exists already. Replace it, or choose another name."]
                    .concat();
                taken.set(Some(same));
                Some(why)
            }
            (None, None) if views.len() >= MOST => {
                Some(format!("{MOST} views are saved already, which is the most."))
            }
            _ => None,
        };
        if let Some(why) = why {
            error.set(Some(why));
            return;
        }
        let kept = saved.save(&name, hash.get_value());
        announcer.announce(with_keeping(["The view “", &name, "” is saved"].concat(), kept));
        dialog.close();
    };
    view! {
        <Dialog name="Save this view" on_close=Callback::new(move |()| dialog.close())>
            <form
                class="dialog-form"
                on:submit=move |event| {
                    event.prevent_default();
                    save(false);
                }
            >
                <div class="dialog-body views-save">
                    <label class="field">
                        <span>"Name"</span>
                        <input
                            type="text"
                            autofocus=true
                            autocomplete="off"
                            aria-describedby="view-keeps view-refusal"
                            aria-invalid=move || error.with(Option::is_some).to_string()
                            prop:value=move || name.get()
                            on:input:target=move |event| {
                                name.set(event.target().value());
                                error.set(None);
                                taken.set(None);
                            }
                        />
                    </label>
                    <div id="view-refusal" role="alert">
                        {move || error.get().map(|why| view! { <p class="field-error"><Icon name="failed" /> {why}</p> })}
                    </div>
                    <p class="quiet" id="view-keeps">
                        "Keeps the cloud, the filters, the order, the rows per page and the columns; not the page number, and no jobs. "
                        "It is kept in this browser."
                    </p>
                    <p class="views-address"><code>{hash.get_value()}</code></p>
                </div>
                <footer class="dialog-foot">
                    <button type="button" class="button" on:click=move |_| dialog.close()>"Cancel"</button>
                    {move || taken.with(Option::is_some).then(|| view! {
                        <button type="button" class="button" on:click=move |_| save(true)>"Replace it"</button>
                    })}
                    <button type="submit" class="button primary">"Save"</button>
                </footer>
            </form>
        </Dialog>
    }
}
