//! The screen Server check: what this server and the proxy before it can do, as findings and as a report.

use crate::clock::Clock;
use crate::components::controls::choice::Choice;
use crate::components::controls::copy::{CopyButton, CopyByHand};
use crate::components::controls::icon::Icon;
use crate::components::controls::notice::Problems;
use crate::components::controls::save_file::save_file;
use crate::components::controls::shown::Shown;
use crate::pages::browser_features::browser_features;
use crate::state::announcer::Announcer;
use crate::state::check_run::CheckRun;
use crate::state::preferences::Preferences;
use cckm::server_check::{Check, Finding, Group, Severity};
use cckm::{export, text};
use leptos::html;
use leptos::prelude::*;

/// The choices of **Format**: name, end of the file, and type.
const FORMATS: [(&str, &str, &str); 2] =
    [("Text", "txt", "text/plain"), ("JSON", "json", "application/json")];

#[component]
pub fn ServerCheck() -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let begin = NodeRef::<html::Button>::new();
    let summary = StoredValue::new(None::<Callback<(), String>>);
    let run = CheckRun::new(Callback::new(move |()| {
        if let Some(words) = summary.get_value() {
            announcer.announce(["The check is complete: ", &words.run(())].concat());
        }
    }));
    summary.set_value(Some(Callback::new(move |()| {
        run.read_untracked(|check| check.report().summary()).unwrap_or_default()
    })));
    let running = Memo::new(move |_| run.is_running());
    let any = Memo::new(move |_| run.read(|_| ()).is_some());
    let press = move |_| {
        if !run.is_running_untracked() {
            run.start(browser_features());
        }
    };
    let stop = Callback::new(move |()| {
        run.cancel();
        announcer.announce("The check was cancelled. What it has found stays.");
        // The button that was pressed leaves the page.
        if let Some(begin) = begin.get_untracked() {
            _ = begin.focus();
        }
    });
    view! {
        <section class="screen">
            <div class="head">
                <h1>"Server check"</h1>
                <div class="tools">
                    <button
                        type="button"
                        class="button primary"
                        node_ref=begin
                        aria-disabled=move || running.get().to_string()
                        on:click=press
                    >
                        "Run the check"
                    </button>
                </div>
            </div>
            <Problems />
            <div class="server-check">
                <p class="quiet">
                    "Asks the server, one request after the other, what it and a proxy before it can do for this user. Nothing is changed."
                </p>
                <Shown when=running>
                    <Progress run=run stop=stop />
                </Shown>
                <Shown when=any>
                    <Shown when=move || !running.get()>
                        <Report run=run />
                    </Shown>
                    <Findings run=run running=running />
                </Shown>
            </div>
        </section>
    }
}

/// How far the check is, and the button that ends it.
#[component]
fn Progress(run: CheckRun, stop: Callback<()>) -> impl IntoView {
    let progress = Memo::new(move |_| run.read(Check::progress).unwrap_or_default());
    let words = move || {
        let (done, all) = progress.get();
        [&text::number(done as u64), " of ", &text::number(all as u64)].concat()
    };
    view! {
        <div class="export-reading check-progress">
            <progress
                aria-label="Progress"
                aria-valuetext=words
                max=move || progress.get().1.to_string()
                value=move || progress.get().0.to_string()
            ></progress>
            <p>{words}<span class="quiet">{move || ["Looking at ", &run.purpose(), "…"].concat()}</span></p>
            <button type="button" class="button" on:click=move |_| stop.run(())>"Cancel"</button>
        </div>
    }
}

/// The counts of the findings, and the report to copy or to download.
#[component]
fn Report(run: CheckRun) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let preferences = expect_context::<Preferences>();
    let (format, with_names) = (RwSignal::new(0_usize), RwSignal::new(false));
    let refused = RwSignal::new(None);
    let report = move || {
        let (is_json, names) = (format.get_untracked() == 1, with_names.get_untracked());
        let shown = run.read_untracked(|check| {
            let report = check.report();
            if is_json { format!("{:#}\n", report.json(names)) } else { report.text(names) }
        });
        shown.unwrap_or_default()
    };
    let download = move |_| {
        let (_, end, kind) = FORMATS[format.get_untracked()];
        // The time of what the report says, which may be older than the press.
        let Some(at) = run.ended_untracked() else { return };
        let name = export::dated_name("Server check", at, &preferences.times(), end);
        let text = report();
        if !save_file(&name, kind, &text) {
            refused.set(Some(text));
        }
    };
    let counts = move || {
        let counted = run.read(|check| check.report().counts()).unwrap_or_default();
        let shown = counted.into_iter().filter(|(_, count)| *count > 0);
        shown.map(|(severity, count)| view! { <li><Mark severity=severity words=severity.counted(count) /></li> }).collect_view()
    };
    let when = move || {
        let at = run.ended()?;
        let times = preferences.times();
        let partial = run.read(|check| !check.is_whole()).unwrap_or_default();
        let partial = if partial { ". The check was not completed." } else { "." };
        let words = ["Checked ", &times.ago(clock.minute(), at), ", at ", &times.zoned(at), partial].concat();
        Some(view! { <p class="quiet">{words}</p> })
    };
    view! {
        <div class="check-report">
            <ul class="check-counts" aria-label="Counts">{counts}</ul>
            {when}
            <div class="check-tools" role="group" aria-label="Report">
                <Choice name="Format" options=FORMATS.map(|(name, ..)| name) chosen=format />
                <label class="check-names" title="Without it the report has no names of users, servers and containers">
                    <input
                        type="checkbox"
                        prop:checked=with_names
                        on:change=move |event| with_names.set(event_target_checked(&event))
                    />
                    <span>"With names"</span>
                </label>
                <CopyButton label="Copy report" text=Callback::new(move |()| report()) refused=refused />
                <button type="button" class="button" on:click=download>"Download report"</button>
            </div>
            <CopyByHand refused=refused />
        </div>
    }
}

/// The number of columns of the table.
const COLUMNS: &str = "3";

#[component]
fn Findings(run: CheckRun, running: Memo<bool>) -> impl IntoView {
    let all = Memo::new(move |_| run.read(Check::findings).unwrap_or_default());
    let groups = Group::ALL.map(|group| {
        // A group whose findings stay is not drawn anew.
        let own = Memo::new(move |_| {
            all.with(|all| all.iter().filter(|one| one.group == group).cloned().collect::<Vec<_>>())
        });
        move || {
            let rows = own.with(|own| own.iter().map(row).collect::<Vec<_>>());
            (!rows.is_empty()).then(|| {
                view! {
                    <tbody>
                        <tr class="check-group"><th scope="rowgroup" colspan=COLUMNS>{group.title()}</th></tr>
                        {rows}
                    </tbody>
                }
            })
        }
    });
    view! {
        <div class="table-region">
            <table class="check-table" aria-label="Findings" aria-busy=move || running.get().to_string()>
                <thead>
                    <tr>
                        <th scope="col">"What"</th>
                        <th scope="col">"Finding"</th>
                        <th scope="col">"What it means"</th>
                    </tr>
                </thead>
                {groups.into_iter().collect_view()}
            </table>
        </div>
    }
}

/// The person who runs the check sees all names; only a report leaves them out.
fn row(finding: &Finding) -> impl IntoView + use<> {
    let Finding { what, finding: said, means, severity, .. } = finding.clone();
    view! {
        <tr>
            <th scope="row">{what}</th>
            <td>
                <Mark severity=severity words=severity.word().to_owned() />
                " "
                <bdi>{said.shown(true)}</bdi>
            </td>
            <td class="quiet">{means}</td>
        </tr>
    }
}

/// A severity as an icon, a colour and words.
#[component]
fn Mark(severity: Severity, words: String) -> impl IntoView {
    // The colours are those of the outcomes.
    let (icon, class) = match severity {
        Severity::Fine => ("completed", "outcome completed"),
        Severity::Note => ("info", "outcome cancelled"),
        Severity::Problem => ("failed", "outcome failed"),
        Severity::NotKnown => ("unknown", "outcome unknown"),
    };
    view! { <span class=class><Icon name=icon /><span class="word">{words}</span></span> }
}
