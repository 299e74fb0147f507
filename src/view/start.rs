//! The dialog that starts a synchronization.

use leptos::prelude::*;

/// The start form, open while `Panel::starting` holds one.
#[component]
pub fn Start() -> impl IntoView {}
