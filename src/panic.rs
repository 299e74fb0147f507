//! What happens at a panic: the console gets the message, and the page is replaced by one with a report and **Reload**.
//!
//! `stopped.js` makes that page, because after a panic the program's memory may be inconsistent. It shows the page at the
//! trap that follows each panic, and takes from here where the panic came from.

use std::panic::{self, PanicHookInfo};
use web_sys::{CustomEvent, CustomEventInit};

/// Installs the hook. Call it before anything else.
pub fn install() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        announce(&report(info));
    }));
}

/// Describes the panic in three lines: version, place, cause. The cause is included only if it is a literal: a formatted
/// message may contain names, ids, or what a server sent.
fn report(info: &PanicHookInfo) -> String {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let cause = info.payload().downcast_ref::<&'static str>();
    [env!("CARGO_PKG_VERSION"), &place, cause.unwrap_or(&"the browser's console says more")].join("\n")
}

/// Dispatches the event `panic` with `detail`. Nothing else can be done where that fails.
fn announce(detail: &str) {
    let init = CustomEventInit::new();
    init.set_detail(&detail.into());
    if let (Some(window), Ok(event)) =
        (web_sys::window(), CustomEvent::new_with_event_init_dict("panic", &init))
    {
        _ = window.dispatch_event(&event);
    }
}

#[cfg(test)]
mod tests {
    use super::report;
    use std::panic;
    use std::sync::{Arc, Mutex};

    /// The reports of panics with a literal and with a formatted message.
    #[test]
    fn a_report_has_literal_messages_only() {
        let reports = Arc::new(Mutex::new(Vec::new()));
        let (log, own) = (Arc::clone(&reports), std::thread::current().id());
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if std::thread::current().id() == own {
                log.lock().expect("no panic in here").push(report(info));
            } else {
                before(info);
            }
        }));
        let secret = String::from("eyJhbGciOi");
        assert!(panic::catch_unwind(|| panic!("the slot is empty")).is_err());
        assert!(panic::catch_unwind(|| panic!("cannot read {secret}")).is_err());
        _ = panic::take_hook();
        let reports = reports.lock().expect("no panic in there");
        let [literal, formatted] = reports.as_slice() else { panic!("two reports, not {}", reports.len()) };
        assert!(literal.contains("the slot is empty") && literal.contains("src/panic.rs:"), "{literal}");
        assert!(!formatted.contains(&secret) && formatted.contains("src/panic.rs:"), "{formatted}");
    }
}
