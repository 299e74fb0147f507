//! Where the keyboard's focus is.

use leptos::prelude::document;

/// Whether nothing has the focus, as after what had it left the page.
pub fn is_lost() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}
