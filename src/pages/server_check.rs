//! The screen Server check: what this server and the proxy before it can do, as findings and as a report.

use crate::auth::Session;
use crate::components::controls::copy::{CopyButton, CopyByHand};
use crate::components::controls::notice::Problems;
use crate::components::controls::save_file::save_file;
use crate::components::controls::shown::Shown;
use crate::config::config;
use cckm::family::{FAMILIES, Family};
use cckm::server_check::{Check, Finding, Group, Severity};
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use wasm_bindgen::JsValue;
use web_sys::js_sys::Reflect;

/// Features of the browser that the panel uses where they exist, each with what is missing without it.
const FEATURES: &[(&str, &str)] = &[
    ("BroadcastChannel", "Several tabs ask the server separately."),
    ("Notification", "The panel cannot notify when a job ends."),
    ("trustedTypes", "The browser does not enforce the part of the policy about HTML made from text."),
];

#[component]
pub fn ServerCheck() -> impl IntoView {
    let session = expect_context::<Session>();
    let check = RwSignal::new(None::<Check>);
    let purpose = RwSignal::new(None::<String>);
    let with_names = RwSignal::new(false);
    let refused = RwSignal::new(None);
    // The number of the last run; an answer to an earlier one is dropped.
    let run = RwSignal::new(0_u32);
    let running = Memo::new(move |_| purpose.with(Option::is_some));
    let start = move || {
        let number = run.get_untracked() + 1;
        run.set(number);
        let shown: Vec<&'static Family> =
            FAMILIES.iter().filter(|family| config().shows(family.cloud)).collect();
        let mut begun = Check::new(&shown);
        for finding in browser() {
            begun.add(finding);
        }
        check.set(Some(begun.clone()));
        spawn_local_scoped_with_cancellation(async move {
            let mut now = begun;
            while let Some(ask) = now.next().cloned() {
                purpose.set(Some(ask.purpose.clone()));
                let answer = session.probe(&ask).await;
                if run.get_untracked() != number {
                    return;
                }
                now.take(&answer);
                check.set(Some(now.clone()));
            }
            purpose.set(None);
        });
    };
    let owner = Owner::current();
    // The event handler has no reactive owner of its own.
    let press = move |_| {
        if let Some(owner) = &owner {
            owner.with(start);
        }
    };
    let cancel = move |_| {
        run.update(|run| *run += 1);
        purpose.set(None);
    };
    let text = Callback::new(move |()| {
        check
            .with_untracked(|check| {
                check.as_ref().map(|check| check.report().text(with_names.get_untracked()))
            })
            .unwrap_or_default()
    });
    let download = move |_| {
        let json = check.with_untracked(|check| {
            check.as_ref().map(|check| format!("{:#}", check.report().json(with_names.get_untracked())))
        });
        if let Some(json) = json
            && !save_file("server-check.json", "application/json", &json)
        {
            refused.set(Some(json));
        }
    };
    let progress = move || check.with(|check| check.as_ref().map(Check::progress).unwrap_or_default());
    let any = Memo::new(move |_| check.with(Option::is_some));
    view! {
        <section class="screen">
            <div class="head"><h1>"Server check"</h1></div>
            <Problems />
            <p class="quiet">"Asks the server, one request after the other, what it can do. The check changes nothing."</p>
            <div class="check-run">
                <button type="button" class="button primary" disabled=running on:click=press>"Run the check"</button>
                <Shown when=running>
                    <progress aria-label="Progress" max=move || progress().1 value=move || progress().0></progress>
                    <button type="button" class="button" on:click=cancel>"Cancel"</button>
                </Shown>
                <span class="quiet" role="status">{move || match purpose.get() {
                    Some(purpose) => ["Looking at ", &purpose, "…"].concat(),
                    None => check.with(|check| check.as_ref().map(|check| check.report().summary()).unwrap_or_default()),
                }}</span>
            </div>
            <Shown when=any>
                <div class="check-run">
                    <CopyButton label="Copy report" text=text refused=refused />
                    <button type="button" class="button" on:click=download>"Download report"</button>
                    <label><input type="checkbox" prop:checked=with_names on:change=move |event| with_names.set(event_target_checked(&event)) />" With names"</label>
                </div>
                <CopyByHand refused=refused />
                <div class="table-region">
                    <table class="fresh-table check-table" aria-label="Findings" aria-busy=move || running.get().to_string()>
                        <thead><tr>
                            <th scope="col">"What"</th>
                            <th scope="col">"Finding"</th>
                            <th scope="col">"What it means"</th>
                        </tr></thead>
                        {move || check.with(|check| check.as_ref().map(|check| {
                            let all = check.findings();
                            Group::ALL.into_iter().map(|group| {
                                let rows = all.iter().filter(|one| one.group == group).map(|one| row(one)).collect::<Vec<_>>();
                                (!rows.is_empty()).then(|| view! {
                                    <tbody>
                                        <tr class="check-group"><th scope="rowgroup">{group.title()}</th><td></td><td></td></tr>
                                        {rows}
                                    </tbody>
                                })
                            }).collect_view()
                        }))}
                    </table>
                </div>
            </Shown>
        </section>
    }
}

/// The person who runs the check sees all names; only a report leaves them out.
fn row(finding: &Finding) -> impl IntoView + use<> {
    let Finding { what, finding: said, means, severity, .. } = finding.clone();
    view! {
        <tr class=["check-", severity.class()].concat()>
            <th scope="row">{what}</th>
            <td><span class="check-word">{severity.word()}</span>" · "<bdi>{said.shown(true)}</bdi></td>
            <td>{means}</td>
        </tr>
    }
}

/// What of the browser is missing, as far as the page can see it.
fn browser() -> Vec<Finding> {
    let here = window();
    let each = FEATURES.iter().map(|(name, means)| {
        let has = Reflect::has(&here, &JsValue::from_str(name)).unwrap_or_default();
        if has {
            Finding::new(Group::Browser, Severity::Fine, name, "There", "The browser has it.")
        } else {
            Finding::new(Group::Browser, Severity::Note, name, "Missing", means)
        }
    });
    let mut all: Vec<Finding> = each.collect();
    let has_clipboard = !here.navigator().clipboard().is_undefined();
    all.push(if has_clipboard {
        Finding::new(Group::Browser, Severity::Fine, "Clipboard", "There", "Texts can be copied by a press.")
    } else {
        let means = "Texts have to be copied by hand. Browsers have no clipboard for pages over plain HTTP.";
        Finding::new(Group::Browser, Severity::Note, "Clipboard", "Missing", means)
    });
    all
}
