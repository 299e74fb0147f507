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
#[derive(Clone, Copy, PartialEq)]
pub enum Theme {
    /// Those of the reader's system.
    System,
    Light,
    Dark,
}

/// The height of the rows of a list.
#[derive(Clone, Copy, PartialEq)]
pub enum Density {
    Comfortable,
    Compact,
}

/// The signals are of types of which the program has signals anyway: those of the enums would be several kB more in the
/// first part.
#[derive(Clone, Copy)]
pub struct Preferences {
    utc: RwSignal<bool>,
    /// The position in [`Theme::ALL`].
    theme: RwSignal<usize>,
    compact: RwSignal<bool>,
    shortcuts: RwSignal<bool>,
}

impl Preferences {
    /// Reads the stored preferences and provides them as a context. Call it once, from the root component.
    pub fn provide() -> Self {
        let preferences = Self {
            utc: RwSignal::new(false),
            theme: RwSignal::new(0),
            compact: RwSignal::new(false),
            shortcuts: RwSignal::new(true),
        };
        preferences.read();
        provide_context(preferences);
        Effect::new(move |_: Option<()>| {
            if let Some(root) = document().document_element() {
                _ = root.set_attribute("data-theme", preferences.theme().word());
                _ = root.set_attribute("data-rows", preferences.density().word());
            }
        });
        preferences
    }

    /// Follows changes in other tabs, as long as the component that calls it. Not part of [`Preferences::provide`], so
    /// that it comes with the second part of the program.
    pub fn follow(self) {
        // Another tab may have changed them since this page was loaded.
        local_storage::follow(NAME, move || self.read());
    }

    /// The zone in which times are shown.
    pub fn zone(self) -> Zone {
        if self.utc.get() { Zone::Utc } else { Zone::Local }
    }

    /// How times are written in that zone.
    pub fn times(self) -> TimeFormat {
        locale::times(self.zone())
    }

    pub fn theme(self) -> Theme {
        Theme::ALL.get(self.theme.get()).copied().unwrap_or(Theme::System)
    }

    pub fn density(self) -> Density {
        if self.compact.get() { Density::Compact } else { Density::Comfortable }
    }

    /// Whether the keyboard shortcuts work.
    pub fn shortcuts(self) -> bool {
        self.shortcuts.get()
    }

    pub fn set_zone(self, zone: Zone) {
        self.utc.set(zone == Zone::Utc);
        self.keep();
    }

    pub fn set_theme(self, theme: Theme) {
        self.theme.set(Theme::ALL.iter().position(|one| *one == theme).unwrap_or_default());
        self.keep();
    }

    pub fn set_density(self, density: Density) {
        self.compact.set(density == Density::Compact);
        self.keep();
    }

    pub fn set_shortcuts(self, on: bool) {
        self.shortcuts.set(on);
        self.keep();
    }

    fn keep(self) {
        let stored = untrack(|| {
            json!({
                "time": if self.zone() == Zone::Utc { UTC } else { "local" },
                "theme": self.theme().word(),
                "rows": self.density().word(),
                "shortcuts": self.shortcuts(),
            })
        });
        local_storage::write(NAME, &stored);
    }

    /// Takes over what is stored. A missing or unknown word stands for the default.
    fn read(self) {
        let Some(stored) = local_storage::read::<Value>(NAME) else { return };
        let is = |name: &str, word: &str| stored.get(name).and_then(Value::as_str) == Some(word);
        self.utc.set(is("time", UTC));
        self.theme.set(Theme::ALL.iter().position(|theme| is("theme", theme.word())).unwrap_or_default());
        self.compact.set(is("rows", Density::Compact.word()));
        self.shortcuts.set(stored.get("shortcuts").and_then(Value::as_bool).unwrap_or(true));
    }
}

/// The word of [`Zone::Utc`] in the storage.
const UTC: &str = "utc";

impl Theme {
    /// The default first.
    const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

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
