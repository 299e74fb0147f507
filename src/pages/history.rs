//! A family's jobs over time: jobs and outcomes per day, durations, and the same data as a table.

use crate::auth::Session;
use crate::clock::Clock;
use crate::clock::locale::zone_words;
use crate::components::charts::history_charts::{Days, Durations, shape};
use crate::components::controls::notice::{FailureNotice, Note, Problems, Unread};
use crate::components::controls::portion::{ITEMS, Portion, PortionPager};
use crate::components::controls::shown::Shown;
use crate::components::job::outcome::OutcomeMark;
use crate::components::job_table::load_more::LoadMore;
use crate::components::page::reading_progress::ReadingProgress;
use crate::query::Poller;
use crate::query::interval::Need;
use crate::query::use_query;
use crate::routing::address::Address;
use crate::routing::route::{Route, View as RouteView};
use crate::state::capabilities::ServerCapabilities;
use crate::state::family_jobs::Part;
use crate::state::feed::{Question, newest};
use crate::state::preferences::Preferences;
use crate::state::refresh_trigger::RefreshTrigger;
use cckm::family::Family;
use cckm::history::{History as Facts, OUTCOMES};
use cckm::text;
use cckm::time::{self, Stamp, TimeFormat};
use leptos::prelude::*;
use std::sync::Arc;

/// Feed steps in one step of this view: 100 jobs.
const STEP: u64 = 4;

/// The largest number of steps: one request of at most 1000 jobs.
const STEPS: u64 = 10;

#[component]
pub fn History(family: &'static Family) -> impl IntoView {
    let session = expect_context::<Session>();
    let address = expect_context::<Address>();
    let clock = expect_context::<Clock>();
    let capabilities = expect_context::<ServerCapabilities>();
    let refresh = expect_context::<RefreshTrigger>();
    let preferences = expect_context::<Preferences>();
    let poller = Poller::new(1);
    let depth = Memo::new(move |last: Option<&u64>| {
        address.with(|route| match route.view {
            RouteView::History(open) if open == family => route.depth.min(STEPS),
            // While the address changes to another view, this view sends no new request.
            _ => last.copied().unwrap_or(1),
        })
    });
    let query = use_query(
        poller,
        move || Some((depth.get(), refresh.count())),
        move |(depth, tick), last: Option<Arc<Part>>| async move {
            let question = Question::newest(depth * STEP, tick);
            let known = Part::empty(family);
            let part = newest(session, capabilities, &known, &question, || false).await?;
            Ok((!last.is_some_and(|last| last.is_same(&part))).then(|| Arc::new(part)))
        },
    );
    let part = query.answer;
    Effect::new(move |_| {
        let runs = part.with(|part| part.as_ref().is_some_and(|part| part.is_running()));
        // Requests for more than the first step are too expensive to repeat every few seconds.
        poller.set_need(0, Need::of(runs && depth.get() == 1));
    });
    let today = Memo::new(move |_| preferences.times().wall(clock.minute()).div_euclid(time::DAY));
    let facts = Memo::new(move |_| {
        let times = preferences.times();
        part.with(|part| {
            let (jobs, total) = part.as_ref().map_or((&[][..], 0), |part| (&part.jobs, part.total));
            Arc::new(Facts::of(jobs, jobs.len() as u64 >= total, today.get(), |at| times.wall(at)))
        })
    });
    let some = Memo::new(move |_| facts.with(|facts| facts.jobs() > 0));
    let none = Memo::new(move |_| {
        query.failure.with(Option::is_none)
            && part.with(|part| part.as_ref().is_some_and(|part| part.jobs.is_empty()))
    });
    let sampled =
        Memo::new(move |_| part.with(|part| part.as_ref().and_then(|part| part.sampled(capabilities))));
    let more = Memo::new(move |_| {
        let is_left = |part: &Part| !part.is_sample() && part.jobs.len() as u64 + part.unread < part.total;
        let left = part.with(|part| part.as_deref().is_some_and(is_left));
        left && depth.get() < STEPS
    });
    let reach = Memo::new(move |_| {
        if query.slow.get() {
            return "Loading…".to_owned();
        }
        let oldest = facts.with(|facts| facts.oldest);
        let times = preferences.times();
        part.with(|part| part.as_ref().map_or(String::new(), |part| reach(part, oldest, &times)))
    });
    let link = Callback::new(move |id: String| Route::of(family).with_job(family, &id).hash());
    view! {
        <Problems />
        <div class="history" aria-busy=move || query.is_first().to_string()>
            {move || {
                query.failure.get().map(|failure| {
                    view! { <FailureNotice failure=failure again=Callback::new(move |()| refresh.trigger()) /> }
                })
            }}
            <ReadingProgress />
            {move || sampled.get().map(|sentence| view! { <Note><p>{sentence}</p></Note> })}
            <Unread count=move || part.with(|part| part.as_ref().map_or(0, |part| part.unread)) one="job" many="jobs" />
            {move || facts.with(|facts| left_out(facts)).map(|sentence| view! { <Note><p>{sentence}</p></Note> })}
            <Shown when=some>
                <div class="charts">
                    <Legend facts=facts />
                    <Days facts=facts />
                    <Durations facts=facts link=link />
                    <Table facts=facts />
                </div>
            </Shown>
            <Shown when=none>
                <div class="empty">
                    <p class="empty-title">{["There are no jobs of ", &family.title(), " yet"].concat()}</p>
                    <p>"With the first jobs, this view shows how many there are each day, how they end, and how long they take."</p>
                </div>
            </Shown>
            <Shown when=move || query.is_first() && query.slow.get()>
                <p class="quiet">"Loading the history…"</p>
            </Shown>
            <div class="pager">
                <span class="range">{move || reach.get()}</span>
                <LoadMore more=more />
            </div>
        </div>
    }
}

/// A sentence that describes how far back the view looks.
fn reach(part: &Part, oldest: Option<Stamp>, times: &TimeFormat) -> String {
    let count = part.jobs.len();
    let [shown, total] = [count as u64, part.total].map(text::number);
    let jobs = match (count, count as u64 >= part.total) {
        (0, _) => return String::new(),
        (1, true) => "The only job".to_owned(),
        (_, true) => format!("All {shown} jobs"),
        // The note above says how many cannot be read.
        (_, false) if count as u64 + part.unread >= part.total => format!("{shown} of {total} jobs"),
        // The note above describes the sample. How far back a sample reaches without a gap is unknown.
        (_, false) if part.is_sample() => return format!("{shown} of {total} jobs"),
        (_, false) => format!("The last {shown} of {total} jobs"),
    };
    oldest.map_or(jobs.clone(), |oldest| [&jobs, ", back to ", &times.zoned(oldest)].concat())
}

/// A sentence that describes the jobs that the charts leave out, if any.
fn left_out(facts: &Facts) -> Option<String> {
    let mut sentence = match facts.timeless {
        0 => String::new(),
        1 => "One of these jobs does not say when it began, and is left out. ".to_owned(),
        many => format!("{many} of these jobs do not say when they began, and are left out. "),
    };
    if facts.is_cut() {
        sentence.push_str("The pictures show one year; the table below has all days.");
    }
    (!sentence.is_empty()).then_some(sentence)
}

/// The outcomes that occur: marker shape, icon, word and count.
#[component]
fn Legend(facts: Memo<Arc<Facts>>) -> impl IntoView {
    let counts = Memo::new(move |_| facts.with(|facts| facts.counts));
    let items = move || {
        let present = OUTCOMES.into_iter().zip(counts.get()).filter(|(_, count)| *count > 0);
        let item = |(outcome, count): (cckm::outcome::Outcome, usize)| {
            view! {
                <li>
                    <svg class=["mark ", outcome.class()].concat() width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
                        <path d=shape(outcome)></path>
                    </svg>
                    <OutcomeMark outcome=outcome />
                    <span class="count">{count}</span>
                </li>
            }
        };
        present.map(item).collect_view()
    };
    view! {
        <ul class="legend" aria-label="Outcomes">
            {items}
        </ul>
    }
}

/// The same data as a table, of which a long one shows one portion.
#[component]
fn Table(facts: Memo<Arc<Facts>>) -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let open = RwSignal::new(false);
    let toggle = move |event| open.set(event_target::<web_sys::Element>(&event).has_attribute("open"));
    let portion = Portion::new(Memo::new(move |_| facts.with(|facts| facts.days.len())));
    let shown = Memo::new(move |_| [&portion.range(), ", the newest first"].concat());
    view! {
        <details class="as-table" on:toggle=toggle>
            <summary>"Show as table"</summary>
            // The table is built only while it is open.
            <Shown when=open>
                <PortionPager portion=portion many="days" words=shown />
                {move || facts.with(|facts| table(facts, portion.first(), &preferences.times()))}
            </Shown>
        </details>
    }
}

fn table(facts: &Facts, first: usize, times: &TimeFormat) -> impl IntoView + use<> {
    let is_there = |at: usize| facts.counts.get(at).is_some_and(|count| *count > 0);
    let present: Vec<_> = (0..OUTCOMES.len()).filter(|at| is_there(*at)).collect();
    let heads = present
        .iter()
        .filter_map(|at| OUTCOMES.get(*at))
        .map(|outcome| view! { <th scope="col">{outcome.word()}</th> })
        .collect_view();
    let rows = facts.days.iter().rev().skip(first).take(ITEMS).map(|day| {
        let cells = present
            .iter()
            .filter_map(|at| day.counts.get(*at))
            .map(|count| view! { <td class=(*count == 0).then_some("quiet")>{text::number(*count as u64)}</td> })
            .collect_view();
        view! {
            <tr>
                <th scope="row">{times.date(day.number)}</th>
                <td>{text::number(day.jobs() as u64)}</td>
                {cells}
                <td>{day.median.map_or_else(|| "none has ended".to_owned(), time::duration)}</td>
            </tr>
        }
    });
    view! {
        <div class="scrolls" tabindex="0" role="group" aria-label="Jobs per day, as a table">
            <table>
                <caption class="unseen">"Jobs per day"</caption>
                <thead>
                    <tr>
                        <th scope="col">{["Day, ", &zone_words(times.zone)].concat()}</th>
                        <th scope="col">"Jobs"</th>
                        {heads}
                        <th scope="col">"Median duration"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
