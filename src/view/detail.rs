//! One job: what became of it, container by container, and what can be done about it.

use crate::families::Family;
use crate::panel::panel;
use leptos::prelude::*;

/// The job that the address names, if it names one.
#[component]
pub fn OpenJob() -> impl IntoView {
    let address = panel().address;
    let open = Memo::new(move |_| address.with(|route| route.job.clone()));
    move || open.get().map(|(family, id)| view! { <Detail family=family id=id /> })
}

/// The job `id` of `family`.
#[component]
pub fn Detail(family: &'static Family, id: String) -> impl IntoView {
    _ = (family, id);
}
