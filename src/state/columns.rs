//! The columns that a person has chosen for the lists, kept in the browser: one choice for the list of all clouds, and
//! one for the lists of single families. Columns in the address, such as those of a shared link, come before them.

use crate::routing::address::Address;
use crate::routing::columns::Columns;
use crate::routing::route::View;
use crate::state::local_storage;
use cckm::family::Family;
use leptos::prelude::*;

/// A context of the whole page, so that a browser without storage keeps the choice until the page closes.
#[derive(Clone, Copy)]
pub struct KeptColumns {
    all: RwSignal<Option<Columns>>,
    family: RwSignal<Option<Columns>>,
}

/// The name in the storage of the columns of a list with or without the column **Cloud**.
fn name(with_cloud: bool) -> &'static str {
    if with_cloud { "columns.all" } else { "columns.family" }
}

/// What the browser has kept, now and whenever another tab changes it.
fn kept(with_cloud: bool) -> RwSignal<Option<Columns>> {
    let kept = RwSignal::new(None);
    local_storage::follow(name(with_cloud), move || {
        if let Some(text) = local_storage::read::<String>(name(with_cloud)) {
            // The column Regions belongs to some families only, so it is kept also where it is not shown.
            kept.set(Columns::parse_kept(&text, with_cloud));
        }
    });
    kept
}

impl KeptColumns {
    /// Reads what the browser has kept. Call it in the body of a component.
    pub fn read() -> Self {
        Self { all: kept(true), family: kept(false) }
    }

    fn of(self, family: Option<&Family>) -> RwSignal<Option<Columns>> {
        if family.is_some() { self.family } else { self.all }
    }

    /// The columns of the list of `family`, or with `None` of that of all clouds.
    pub fn shown(self, address: Address, family: Option<&'static Family>) -> Memo<Columns> {
        Memo::new(move |last: Option<&Columns>| {
            let of_address = address.with(|route| {
                let is_here = route.family() == family && (family.is_some() || route.view == View::All);
                is_here.then(|| route.columns.clone())
            });
            // While the address changes to another view, the list keeps its columns.
            let Some(of_address) = of_address else {
                return last.cloned().unwrap_or_else(|| Columns::standard(family.is_none()));
            };
            of_address
                .or_else(|| self.of(family).with(|kept| kept.as_ref().map(|kept| kept.fitting(family))))
                .unwrap_or_else(|| Columns::standard(family.is_none()))
        })
    }

    /// Shows `columns` from now on: in the address if that names columns, and else in this browser.
    pub fn choose(self, address: Address, family: Option<&'static Family>, columns: Columns) {
        let route = address.get_untracked();
        if route.columns.is_some() {
            address.replace(&route.with_columns(Some(columns)));
            return;
        }
        let kept = self.of(family);
        let columns = match kept.get_untracked() {
            Some(old) => columns.keeping(&old, family),
            None => columns,
        };
        // Without storage the signal holds the choice.
        _ = local_storage::write(name(family.is_none()), &columns.text(family.is_none()));
        kept.set(Some(columns));
    }

    /// Returns to the columns of a list for which nobody has chosen any.
    pub fn reset(self, address: Address, family: Option<&'static Family>) {
        _ = local_storage::write(name(family.is_none()), &"");
        self.of(family).set(None);
        let route = address.get_untracked();
        if route.columns.is_some() {
            address.replace(&route.with_columns(None));
        }
    }
}

/// The columns of the list of `family`, or with `None` of that of all clouds.
#[derive(Clone, Copy)]
pub struct ListColumns {
    pub family: Option<&'static Family>,
    pub shown: Memo<Columns>,
}

impl ListColumns {
    /// Call it in the body of a component.
    pub fn of(family: Option<&'static Family>) -> Self {
        let shown = expect_context::<KeptColumns>().shown(expect_context::<Address>(), family);
        Self { family, shown }
    }

    pub fn with_cloud(self) -> bool {
        self.family.is_none()
    }
}
