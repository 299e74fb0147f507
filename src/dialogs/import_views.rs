//! The import of saved views from a file: what is wrong with it, and the question what becomes of names that exist.

use crate::components::controls::icon::Icon;
use crate::dialogs::save_view::with_keeping;
use crate::state::announcer::Announcer;
use crate::state::saved_views::{MOST, Same, SavedView, SavedViews, clashes, import, merged};
use cckm::text;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

/// The largest file that is read, in bytes: more than the most views need.
const LARGEST: f64 = 1_000_000.0;

/// The state of an import.
#[derive(Clone)]
pub enum Import {
    /// Nothing of the file was taken.
    Refused(Vec<String>),
    Read(Vec<SavedView>),
}

impl Import {
    /// Reads `file` and stores the result in `place`.
    pub fn read(file: File, place: RwSignal<Option<Self>>) {
        if file.size() > LARGEST {
            place.set(Some(Self::Refused(vec!["The file is too large for saved views.".to_owned()])));
            return;
        }
        spawn_local(async move {
            let text = file.text().await.ok().and_then(|text| text.as_string());
            let result = match text.as_deref().map(import) {
                Some(Ok(views)) => Self::Read(views),
                Some(Err(wrong)) => Self::Refused(wrong),
                None => Self::Refused(vec!["The browser could not read the file.".to_owned()]),
            };
            _ = place.try_set(Some(result));
        });
    }
}

/// `focus` is called where the button that was pressed leaves the page.
#[component]
pub fn ImportViews(import: RwSignal<Option<Import>>, focus: Callback<()>) -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let saved = expect_context::<SavedViews>();
    let take = move |views: Vec<SavedView>, same: Same| {
        let known = saved.get_untracked();
        let count = views.len();
        let all = merged(&known, views, same);
        if all.len() > MOST {
            let why = format!(
                "With the {count} views of the file there would be {}; {MOST} are the most.",
                all.len()
            );
            import.set(Some(Import::Refused(vec![why])));
            return;
        }
        let kept = saved.set(all);
        announcer.announce(with_keeping([&text::count(count, "view", "views"), " imported"].concat(), kept));
        import.set(None);
    };
    let leave = move |_| {
        import.set(None);
        focus.run(());
    };
    let choose = move |views: Vec<SavedView>, same: Same| {
        take(views, same);
        focus.run(());
    };
    // Without a name that exists there is nothing to ask.
    Effect::new(move |_| {
        if let Some(Import::Read(views)) = import.get()
            && clashes(&saved.get_untracked(), &views).is_empty()
        {
            take(views, Same::Number);
        }
    });
    move || {
        match import.get() {
        None => ().into_any(),
        Some(Import::Refused(wrong)) => view! {
            <div class="notice error" role="alert">
                <Icon name="failed" />
                <div class="notice-text">
                    <p class="notice-title">"Nothing was imported"</p>
                    <ul class="import-problems">{wrong.into_iter().map(|wrong| view! { <li>{wrong}</li> }).collect_view()}</ul>
                </div>
                <button type="button" class="button" on:click=leave>"Dismiss"</button>
            </div>
        }
        .into_any(),
        Some(Import::Read(views)) => {
            let names = clashes(&saved.get(), &views);
            if names.is_empty() {
                return ().into_any();
            }
            let views = StoredValue::new(views);
            let listed = names.iter().map(|name| ["“", name, "”"].concat()).collect::<Vec<_>>().join(", ");
            let verb = if names.len() == 1 { "This name exists already: " } else { "These names exist already: " };
            view! {
                <div class="notice info" role="alert">
                    <Icon name="info" />
                    <div class="notice-text">
                        <p class="notice-title">{[verb, &listed, "."].concat()}</p>
                        <p>"Nothing is imported before you choose."</p>
                    </div>
                    <div class="notice-steps">
                        <button type="button" class="button" on:click=move |_| choose(views.get_value(), Same::Replace)>"Replace them"</button>
                        <button type="button" class="button" on:click=move |_| choose(views.get_value(), Same::Number)>"Keep both, with a number"</button>
                        <button type="button" class="button plain" on:click=leave>"Import nothing"</button>
                    </div>
                </div>
            }
            .into_any()
        }
    }
    }
}
