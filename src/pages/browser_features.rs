//! What the browser has of what the panel uses, as findings of the server check.

use cckm::server_check::{Finding, Group, Severity, Text};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::js_sys::Reflect;

/// A feature that the panel does without, and what is missing then.
struct Feature {
    name: &'static str,
    is_there: fn() -> bool,
    means: &'static str,
    otherwise: &'static str,
}

const FEATURES: &[Feature] = &[
    Feature {
        name: "Trusted Types",
        is_there: || has(&window(), "trustedTypes"),
        means: "The browser lets no text become HTML but that of the panel's own views.",
        otherwise: "The browser ignores this part of the policy. The rest of it guards the page.",
    },
    Feature {
        name: "Clipboard",
        is_there: || !window().navigator().clipboard().is_undefined(),
        means: "Texts are copied by a press.",
        otherwise: "Texts have to be selected and copied by hand.",
    },
    Feature {
        name: "Storage",
        is_there: || window().local_storage().ok().flatten().is_some(),
        means: "Preferences and saved views stay for the next visit.",
        otherwise: "Preferences and saved views are forgotten when the page closes.",
    },
    Feature {
        name: "Notifications",
        is_there: || has(&window(), "Notification"),
        means: "Where you allow it, the browser tells when a watched job ends.",
        otherwise: "The end of a watched job is told in the page only.",
    },
    Feature {
        name: "Channels between tabs",
        is_there: || has(&window(), "BroadcastChannel"),
        means: "Several tabs ask the server once.",
        otherwise: "Each tab asks the server by itself.",
    },
    Feature {
        name: "Last requests",
        is_there: || has(&window().navigator(), "sendBeacon"),
        means: "Closing the page ends the session at the server.",
        otherwise: "A session whose page is closed lasts until its own limit.",
    },
    Feature {
        name: "Lists drawn in parts",
        is_there: || document().body().is_some_and(|body| has(&get(&body, "style"), "contentVisibility")),
        means: "A page of 1000 rows scrolls smoothly.",
        otherwise: "A page of 1000 rows may scroll slowly. Choose fewer rows.",
    },
];

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}

fn has(object: &JsValue, name: &str) -> bool {
    Reflect::has(object, &JsValue::from_str(name)).unwrap_or_default()
}

/// The findings about this browser.
pub fn browser_features() -> Vec<Finding> {
    let found = |severity, name, said: &str, means| Finding::new(Group::Browser, severity, name, said, means);
    let here = window();
    let agent = get(&here.navigator(), "userAgent").as_string().unwrap_or_default();
    let mut all = vec![
        found(
            Severity::Fine,
            "Panel",
            ["Version ", env!("CARGO_PKG_VERSION")].concat().as_str(),
            "Name it where you report a problem.",
        ),
        // The page asks for them before the program starts (`boot.js`).
        found(
            Severity::Fine,
            "What the panel cannot do without",
            "",
            "WebAssembly with reference types, <dialog>, :has(), nested rules, layers and light-dark() are there, or nothing would be shown.",
        )
        .saying(Text::plain("All there: ").and(&agent)),
        if get(&here, "isSecureContext").is_truthy() {
            let means = "Nobody on the way reads passwords, and the browser offers all of its features.";
            found(Severity::Fine, "Encrypted page", "The browser trusts the connection", means)
        } else {
            let means = "Whoever is on the way can read passwords, and the browser offers neither clipboard nor notifications. Serve the panel by HTTPS.";
            found(Severity::Problem, "Encrypted page", "Plain HTTP", means)
        },
    ];
    all.extend(FEATURES.iter().map(|feature| {
        if (feature.is_there)() {
            found(Severity::Fine, feature.name, "There", feature.means)
        } else {
            found(Severity::Note, feature.name, "Missing", feature.otherwise)
        }
    }));
    all
}
