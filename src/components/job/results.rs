//! The table of a job's results: container, verdict, and the server's text. Errors are listed first. Of many results
//! one portion is in the document; the counts and the search are of all.

use crate::components::controls::copy::Refused;
use crate::components::controls::icon::Icon;
use crate::components::controls::portion::{ITEMS, Portion, PortionPager};
use crate::components::controls::shown::{Keyed, Shown};
use crate::components::job::comparison::{Compared, Earlier};
use crate::components::job::container_label::{ContainerName, container_label};
use crate::components::job::explanation::Explanation;
use crate::components::job::unknown_texts::UnknownTexts;
use crate::state::containers::ContainerLists;
use cckm::comparison;
use cckm::family::Family;
use cckm::job::Job;
use cckm::outcome::Outcome;
use cckm::text;
use cckm::verdict::Verdict;
use leptos::prelude::*;
use std::sync::Arc;

/// The number of rows from which on a search box is shown.
const MANY: usize = 20;

/// A verdict as a word, an icon and a colour.
#[component]
pub fn VerdictMark(verdict: Verdict) -> impl IntoView {
    view! {
        <span class=["outcome ", verdict.class()].concat()>
            <Icon name=verdict.class() />
            <span class="word">{verdict.word()}</span>
        </span>
    }
}

#[component]
pub fn Results(family: &'static Family, job: Memo<Arc<Job>>, refused: Refused) -> impl IntoView {
    let containers = expect_context::<ContainerLists>();
    let search = RwSignal::new(String::new());
    let reported = Memo::new(move |_| job.with(|job| job.results(family).len()));
    let tally = Memo::new(move |_| job.with(|job| tally(family, job)));
    let searched = Memo::new(move |_| reported.get() > MANY);
    let found = Memo::new(move |_| {
        let wanted = if searched.get() { search.get() } else { String::new() };
        // Only a search needs the names.
        let directory = (!wanted.trim().is_empty()).then(|| containers.get(family.containers)).flatten();
        job.with(|job| {
            let holds = |key: &str, result_text: &str| {
                let name =
                    container_label(directory.as_deref(), family.containers, key).name.unwrap_or_default();
                [key, result_text, &name].iter().any(|part| text::holds(part, &wanted))
            };
            let all = job.results(family).into_iter();
            all.filter(|(key, result_text, _)| wanted.is_empty() || holds(key, result_text))
                .map(|(key, _, _)| key.to_owned())
                .collect::<Vec<_>>()
        })
    });
    let portion = Portion::new(Signal::derive(move || found.with(Vec::len)));
    let keys = Memo::new(move |_| {
        let first = portion.first();
        found.with(|found| found.iter().skip(first).take(ITEMS).cloned().collect::<Vec<_>>())
    });
    let shown = Memo::new(move |_| caption(&portion.range(), reported.get(), found.with(Vec::len)));
    let earlier = Earlier::of(family, job);
    let compared = Memo::new(move |_| earlier.with(|earlier| earlier.is_some()));
    let row = Callback::new(move |key: String| {
        let is_named = !key.is_empty();
        let before = {
            let key = key.clone();
            Memo::new(move |_| {
                earlier.with(|earlier| earlier.map(|earlier| comparison::before(earlier, &key)))
            })
        };
        let called = {
            let key = key.clone();
            Memo::new(move |_| {
                container_label(containers.get(family.containers).as_deref(), family.containers, &key)
            })
        };
        // A row that is about to be removed keeps its last text.
        let result = Memo::new(move |last: Option<&(String, Verdict)>| {
            let result = job.with(|job| job.result_of(&key).map(|one| (one.text.clone(), one.verdict)));
            result.or_else(|| last.cloned()).unwrap_or_else(|| (String::new(), Verdict::NotKnown))
        });
        let result_text = Memo::new(move |_| result.with(|(text, _)| text.clone()));
        let is_empty = Memo::new(move |_| result_text.with(|result_text| result_text.trim().is_empty()));
        let verdict = Memo::new(move |_| result.with(|(_, verdict)| *verdict));
        let meaning = move || {
            let is_fine = matches!(verdict.get(), Verdict::Good | Verdict::Running);
            (!is_fine).then(|| view! { <Explanation words=result_text.get() otherwise=None /> })
        };
        view! {
            <tr>
                <th scope="row">
                    <Shown when=move || is_named fallback=|| view! { "All that this job synchronizes" }>
                        <ContainerName called=called />
                    </Shown>
                </th>
                <td>{move || view! { <VerdictMark verdict=verdict.get() /> }}</td>
                {move || before.get().map(|before| view! { <Before now=verdict.get() before=before /> })}
                <td class="said-of">
                    <span class="words-of" dir="auto">{result_text}</span>
                    <Shown when=is_empty>
                        <span class="quiet">{text::or_empty("")}</span>
                    </Shown>
                    {meaning}
                </td>
            </tr>
        }
        .into_any()
    });
    view! {
        <div class="part results">
            <div class="part-head">
                <h3>"Results by container"</h3>
                <span class="tally">
                    <span class="bad">{move || tally.get().0}</span>
                    {move || tally.get().1}
                </span>
                <Shown when=searched>
                    <label class="search">
                        <span class="unseen">"Search results"</span>
                        <Icon name="search" />
                        <input
                            type="search"
                            placeholder="Search"
                            prop:value=search
                            on:input:target=move |event| {
                                portion.restart();
                                search.set(event.target().value());
                            }
                        />
                    </label>
                </Shown>
            </div>
            <Shown
                when=move || reported.get() != 0
                fallback=move || view! { <p class="quiet">{move || job.with(|job| silence(job))}</p> }
            >
                <Bar family=family job=job />
                <Compared family=family job=job earlier=earlier />
                <UnknownTexts job=job refused=refused />
                <PortionPager portion=portion many="results" words=shown />
                <table class="results-table" class:is-compared=compared aria-label="Results by container">
                    <Shown when=move || portion.is_part()>
                        <caption class="unseen">{shown}</caption>
                    </Shown>
                    <thead>
                        <tr>
                            <th scope="col" class="r-container">"Container"</th>
                            <th scope="col" class="r-result">"Result"</th>
                            <Shown when=compared>
                                <th scope="col" class="r-before">"Before"</th>
                            </Shown>
                            <th scope="col">"What the server says"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <Keyed keys=keys item=row />
                    </tbody>
                </table>
                <Shown when=move || keys.with(Vec::is_empty)>
                    <p class="quiet nothing">"No container matches the search."</p>
                </Shown>
            </Shown>
        </div>
    }
}

/// Which of the results the table has: "1–200 of 20,000", or "1–200 of 1,111 that match the search, of 20,000".
fn caption(range: &str, reported: usize, found: usize) -> String {
    if found == reported {
        [range, ", errors first"].concat()
    } else {
        [range, " that match the search, of ", &text::number(reported as u64)].concat()
    }
}

/// The container's verdict in the previous job, emphasized if it differs.
#[component]
fn Before(now: Verdict, before: Option<Verdict>) -> impl IntoView {
    let word = before.map_or("Not in it", Verdict::word);
    let class = if before == Some(now) { "quiet" } else { "changed" };
    view! { <td class="r-before"><span class=class><span class="before-word">"Before: "</span>{word}</span></td> }
}

/// The shares of the verdicts as a bar. The text beside it contains the same figures.
#[component]
fn Bar(family: &'static Family, job: Memo<Arc<Job>>) -> impl IntoView {
    let count = move |wanted: Verdict| {
        job.with(|job| job.results(family).iter().filter(|(_, _, verdict)| *verdict == wanted).count())
    };
    let share = move |wanted: Verdict| {
        let count = Memo::new(move |_| count(wanted));
        view! { <span class=wanted.class() style:flex-grow=move || count.get().to_string()></span> }
    };
    let unreported = Memo::new(move |_| job.with(|job| total(family, job) - job.results(family).len()));
    view! {
        <div class="bar" aria-hidden="true">
            {[Verdict::Error, Verdict::Good, Verdict::NotKnown, Verdict::Running].map(share)}
            <span style:flex-grow=move || unreported.get().to_string()></span>
        </div>
    }
}

/// Returns how many containers failed, and the rest of the sentence: how many are not known once the job has ended,
/// and how many are done while it runs. For example "2 of 14 failed" and " · 1 not known" or " · 9 done".
fn tally(family: &Family, job: &Job) -> (String, String) {
    let (failed, done, reported) = job.progress();
    let total = total(family, job);
    let not_known = if job.whole.is_some() && job.not_known() > 0 { total } else { job.not_known() };
    let n = |count: usize| text::number(count as u64);
    let all = n(total);
    let first = if failed > 0 { format!("{} of {all} failed", n(failed)) } else { String::new() };
    let rest = match (failed, not_known, job.ended()) {
        _ if reported == 0 => String::new(),
        (0, 0, true) => format!("None of {all} failed"),
        (_, 0, true) => String::new(),
        (0, unknown, true) => format!("{} of {all} not known", n(unknown)),
        (_, unknown, true) => format!(" · {} not known", n(unknown)),
        (0, _, false) => format!("{} of {all} done", n(done)),
        (_, _, false) => format!(" · {} done", n(done)),
    };
    (first, rest)
}

/// How many results there are or will be. A running job may report only some of its containers.
fn total(family: &Family, job: &Job) -> usize {
    let reported = job.results(family).len();
    if job.ended() { reported } else { reported.max(job.containers(family).len()) }
}

/// The text for a job without results.
fn silence(job: &Job) -> &'static str {
    if job.outcome() == Outcome::Completed {
        "The server named no results. It says that the whole job has completed, and nothing about single containers."
    } else if job.ended() {
        "The server named no results: it reported nothing about single containers."
    } else {
        "The server has not reported on any container yet."
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cckm::family;
    use serde_json::{Value, json};

    fn job(status: &str, details: Value) -> Job {
        Job::from_value(json!({"id": "j", "overall_status": status, "detailed_status": details}))
            .expect("a job")
    }

    #[test]
    fn the_count_says_what_went_wrong_first() {
        let good = "region synchronized successfully";
        let table = [
            ("completed", json!({"a": good, "b": "Error listing keys"}), "1 of 2 failed"),
            ("completed", json!({"a": good, "b": good}), "None of 2 failed"),
            ("in progress", json!({"a": good, "b": "in progress"}), "1 of 2 done"),
            ("in_progress", json!({"a": good, "b": "denied", "c": "in progress"}), "1 of 3 failed · 2 done"),
            ("completed", json!({"a": good, "b": "skipped"}), "1 of 2 not known"),
            ("completed", json!({"a": good, "b": "in progress", "c": 7}), "2 of 3 not known"),
            ("completed", json!({"a": "denied", "b": null, "c": good}), "1 of 3 failed · 1 not known"),
            ("in_progress", json!({"a": good, "b": "skipped"}), "1 of 2 done"),
            ("completed", json!("skipped"), "1 of 1 not known"),
            ("completed", json!({}), ""),
            ("completed", Value::Null, ""),
        ];
        let family = family::by_slug("google").expect("a family");
        let says = |job: &Job| {
            let (failed, rest) = tally(family, job);
            failed + &rest
        };
        for (status, details, expected) in table {
            assert_eq!(says(&job(status, details)), expected);
        }
        let mut some = job("in_progress", json!({"a": good}));
        some.lists.push((family.job_field.to_owned(), ["a", "b", "c"].map(str::to_owned).to_vec()));
        assert_eq!(says(&some), "1 of 3 done");
    }

    #[test]
    fn no_results_are_reported_in_words() {
        assert!(silence(&job("in_progress", Value::Null)).contains("yet"));
        assert!(silence(&job("completed", Value::Null)).contains("named no results. It says"));
        assert!(silence(&job("failed", Value::Null)).contains("named no results"));
    }
}
