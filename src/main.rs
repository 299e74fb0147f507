//! The browser's entry point.

use key_sync::app::App;
use key_sync::panic;

fn main() {
    panic::install();
    leptos::mount::mount_to_body(App);
}
