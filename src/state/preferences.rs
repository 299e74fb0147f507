//! What a person prefers on this page: the zone of times, the theme, the height of rows, and the keyboard shortcuts.
//!
//! The browser keeps them ([`local_storage`]), never the server. Without storage they last until the page closes. A
//! change in another tab takes effect here too.

use crate::clock::locale;
use crate::state::local_storage;
use cckm::time::{TimeFormat, Zone};
use leptos::prelude::*;
use serde_json::{Value, json};

/// The name of the stored object. `preboot.js` reads its `theme`.
const NAME: &str = "preferences";

/// The colours of the page.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Theme {
    /// Those of the reader's system.
    #[default]
    System,
    Light,
    Dark,
}

/// The height of the rows of a list.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Density {
    #[default]
    Comfortable,
    Compact,
}

#[derive(Clone, Copy)]
pub struct Preferences {
    zone: RwSignal<Zone>,
    theme: RwSignal<Theme>,
    density: RwSignal<Density>,
    shortcuts: RwSignal<bool>,
}

impl Preferences {
    /// Reads the stored preferences and provides them as a context. Call it once, from the root component.
    pub fn provide() -> Self {
        let preferences = Self {
            zone: RwSignal::default(),
            theme: RwSignal::default(),
            density: RwSignal::default(),
            shortcuts: RwSignal::new(true),
        };
        preferences.read();
        provide_context(preferences);
        let handle = window_event_listener(leptos::ev::storage, move |_| preferences.read());
        on_cleanup(move || handle.remove());
        Effect::new(move |_| {
            if let Some(root) = document().document_element() {
                _ = root.set_attribute("data-theme", preferences.theme.get().word());
                _ = root.set_attribute("data-rows", preferences.density.get().word());
            }
        });
        preferences
    }

    /// The zone in which times are shown.
    pub fn zone(self) -> Zone {
        self.zone.get()
    }

    /// How times are written in that zone.
    pub fn times(self) -> TimeFormat {
        locale::times(self.zone.get())
    }

    pub fn theme(self) -> Theme {
        self.theme.get()
    }

    pub fn density(self) -> Density {
        self.density.get()
    }

    /// Whether the keyboard shortcuts work.
    pub fn shortcuts(self) -> bool {
        self.shortcuts.get()
    }

    pub fn set_zone(self, zone: Zone) {
        self.zone.set(zone);
        self.keep();
    }

    pub fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        self.keep();
    }

    pub fn set_density(self, density: Density) {
        self.density.set(density);
        self.keep();
    }

    pub fn set_shortcuts(self, on: bool) {
        self.shortcuts.set(on);
        self.keep();
    }

    fn keep(self) {
        let time = if self.zone.get_untracked() == Zone::Utc { "utc" } else { "local" };
        local_storage::write(
            NAME,
            &json!({
                "time": time,
                "theme": self.theme.get_untracked().word(),
                "rows": self.density.get_untracked().word(),
                "shortcuts": self.shortcuts.get_untracked(),
            }),
        );
    }

    /// Takes over what is stored. A missing or unknown word stands for the default.
    fn read(self) {
        let Some(stored) = local_storage::read::<Value>(NAME) else { return };
        let word = |name: &str| stored.get(name).and_then(Value::as_str).unwrap_or_default();
        set(self.zone, if word("time") == "utc" { Zone::Utc } else { Zone::Local });
        let theme = [Theme::Light, Theme::Dark].into_iter().find(|theme| theme.word() == word("theme"));
        set(self.theme, theme.unwrap_or_default());
        let compact = word("rows") == Density::Compact.word();
        set(self.density, if compact { Density::Compact } else { Density::Comfortable });
        set(self.shortcuts, stored.get("shortcuts").and_then(Value::as_bool).unwrap_or(true));
    }
}

/// Notifies subscribers only if the value has changed.
fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}

impl Theme {
    /// The word in the storage and in the style sheets.
    fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Density {
    /// The word in the storage and in the style sheets.
    fn word(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }
}
