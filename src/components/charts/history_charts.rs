//! The charts of a family's history, as plain SVG: jobs per day, and durations. Horizontal positions are percentages,
//! so that a chart is as wide as its container without stretching its text. If the days would become too narrow, the
//! chart scrolls.

use crate::clock::locale::zone_words;
use crate::state::preferences::Preferences;
use cckm::history::{Drawn, History, OUTCOMES, height, scale, steps};
use cckm::outcome::Outcome;
use cckm::text;
use cckm::time::{self, TimeFormat};
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// In pixels: the height of a chart, the space above and below it, and the smallest and largest width of a day.
const HEIGHT: f64 = 150.0;
const ABOVE: f64 = 16.0;
const BELOW: f64 = 24.0;
const NARROWEST: i64 = 14;
const WIDEST: i64 = 120;

/// In pixels: the smallest distance between the dates below a chart, and the width of a chart on a narrow page.
const DATE: i64 = 64;
const NARROW: i64 = 280;

/// The SVG path of a job's marker. Outcomes differ in shape, not only in colour.
pub fn shape(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z",
        Outcome::CompletedWithErrors => "M0-5L5 4H-5z",
        Outcome::Failed => "M-4-5.4L0-1.4L4-5.4L5.4-4L1.4 0L5.4 4L4 5.4L0 1.4L-4 5.4L-5.4 4L-1.4 0L-5.4-4z",
        Outcome::Cancelled => "M-5-1.5H5V1.5H-5z",
        Outcome::Unknown => "M0-5L5 0L0 5L-5 0z",
        Outcome::InProgress | Outcome::Cancelling => "M-4-4H4V4H-4z",
    }
}

/// The number of jobs per day, by outcome.
#[component]
pub fn Days(facts: Memo<Arc<History>>) -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let most = Memo::new(move |_| {
        facts.with(|facts| facts.bars().map(|(_, day)| day.jobs()).max().unwrap_or_default())
    });
    let scale = Memo::new(move |_| {
        let steps = steps(most.get());
        let top = steps.last().copied().unwrap_or(1) as f64;
        steps.into_iter().map(|step| (step as f64 / top, step.to_string())).collect()
    });
    let words = Signal::derive(move || {
        let times = preferences.times();
        let zone = zone_words(times.zone);
        facts.with(|facts| [&facts.days_in_words(&times), " Days are in ", &zone, "."].concat())
    });
    // Parsed as an integer: parsing a floating-point number adds tables of 14 kB to the program.
    let top = move || {
        scale
            .with(|scale: &Scale| scale.last().and_then(|(_, top)| top.parse::<u32>().ok()))
            .map_or(1.0, f64::from)
    };
    let bars = Callback::new(move |()| facts.with(|facts| bars(facts, top(), &preferences.times())));
    view! { <Picture title="Jobs per day" facts=facts words=words scale=scale draw=bars over=None>
        <span class="note">{move || ["days in ", &zone_words(preferences.zone())].concat()}</span>
    </Picture> }
}

/// The durations of the jobs that have ended, each at the time at which it began.
#[component]
pub fn Durations(facts: Memo<Arc<History>>, link: Callback<String, String>) -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let lines = Memo::new(move |_| {
        let lasted = facts.with(|facts| facts.lasted);
        lasted.map_or(&[][..], |(shortest, _, longest)| scale(shortest, longest))
    });
    let scale = Memo::new(move |_| {
        let lines = lines.get();
        lines.iter().map(|line| (height(lines, *line), time::duration(*line))).collect()
    });
    let words = Signal::derive(move || facts.with(|facts| facts.durations_in_words()));
    let median = Callback::new(move |()| {
        let median = facts.with(|facts| facts.lasted.map(|(_, median, _)| median));
        median
            .map(|median| {
                let at = down(height(lines.get(), median));
                view! { <line class="median" x1="0" x2="100%" y1=px(at) y2=px(at)></line> }
            })
            .into_any()
    });
    let marks = Callback::new(move |()| {
        let times = preferences.times();
        facts.with(|facts| {
            let drawn = facts.drawn_marks();
            drawn.iter().map(|one| draw_mark(one, link, &times)).collect_view().into_any()
        })
    });
    let note = Memo::new(move |_| {
        let median = facts.with(|facts| facts.lasted.map(|(_, median, _)| median));
        median.map(|median| ["median ", &time::duration(median)].concat())
    });
    let note = move || {
        note.get().map(|words| {
            view! {
                <span class="note">
                    <svg width="24" height="2" aria-hidden="true">
                        <line class="median" x1="0" x2="24" y1="1" y2="1"></line>
                    </svg>
                    {words}
                </span>
            }
        })
    };
    view! {
        <Picture title="How long they took" facts=facts words=words scale=scale draw=median over=Some(marks)>
            {note}
        </Picture>
    }
}

/// The horizontal lines of a chart: the height of each, from 0 to 1, and its label.
type Scale = Vec<(f64, String)>;

/// The frame of a chart: its scale and its days. `draw` renders the contents; `over` renders the parts above them
/// that react to the pointer.
#[component]
fn Picture(
    title: &'static str,
    facts: Memo<Arc<History>>,
    words: Signal<String>,
    scale: Memo<Scale>,
    draw: Callback<(), AnyView>,
    over: Option<Callback<(), AnyView>>,
    /// Shown beside the title.
    children: Children,
) -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let days = Memo::new(move |_| facts.with(|facts| (facts.first, facts.drawn)));
    let wide = move |day: i64, least: i64| {
        [&(days.with(|(_, drawn)| drawn * day).max(least)).to_string(), "px"].concat()
    };
    let whole = px(ABOVE + HEIGHT + BELOW);
    let lines = move || {
        let line = |(at, _): &(f64, String)| {
            view! { <line class="line" x1="0" x2="100%" y1=px(down(*at)) y2=px(down(*at))></line> }
        };
        scale.with(|scale| scale.iter().map(line).collect_view())
    };
    let labels = move || {
        let label = |(at, words): &(f64, String)| {
            view! { <text x="56" y=px(down(*at) + 4.0)>{words.clone()}</text> }
        };
        scale.with(|scale| scale.iter().map(label).collect_view())
    };
    let dates = move || {
        let (first, drawn) = days.get();
        dates(first, drawn, preferences.times())
    };
    let place = NodeRef::<html::Div>::new();
    Effect::new(move |_: Option<()>| {
        if let Some(place) = place.get() {
            // Scrolled to the end, where the newest days are.
            request_animation_frame(move || place.set_scroll_left(i32::MAX));
        }
    });
    let over = over.map(|over| {
        view! {
            // Hidden from the keyboard and from screen readers, because the list has the same links, and hundreds of tab
            // stops would be in the way.
            <svg class="picture over" aria-hidden="true" height=whole.clone() style:min-width=move || wide(NARROWEST, 0) style:max-width=move || wide(WIDEST, 320)>
                {move || over.run(())}
            </svg>
        }
    });
    view! {
        <figure class="chart">
            <figcaption>
                <h2>{title}</h2>
                {children()}
            </figcaption>
            <div class="plot" tabindex="0" role="group" aria-label=title node_ref=place>
                <svg class="scale" aria-hidden="true" width="64" height=whole.clone()>{labels}</svg>
                <svg
                    class="picture"
                    role="img"
                    aria-label=words
                    height=whole
                    style:min-width=move || wide(NARROWEST, 0)
                    style:max-width=move || wide(WIDEST, 320)
                >
                    {lines}
                    {move || draw.run(())}
                    {dates}
                </svg>
                {over}
            </div>
        </figure>
    }
}

/// The jobs of each day as stacked bars. Outcomes that need attention are at the bottom, where days compare easily.
/// There is one path for an outcome and one target of the pointer for a day, so a year has few elements.
fn bars(facts: &History, top: f64, times: &TimeFormat) -> AnyView {
    let mut paths: [String; OUTCOMES.len()] = Default::default();
    let mut days = Vec::new();
    for (at, day) in facts.bars() {
        let mut base = ABOVE + HEIGHT;
        for (path, count) in paths.iter_mut().zip(day.counts).filter(|(_, count)| *count > 0) {
            // At least 2 px high, so that a single failed job is visible among many others.
            let high = (count as f64 / top * HEIGHT).max(2.0);
            base -= high;
            let gap = if high > 4.0 { 1.0 } else { 0.0 };
            let (left, high) = ((at * 100 + 15).to_string(), px(high - gap));
            *path += &["M", &left, " ", &px(base), "h70v", &high, "h-70z"].concat();
        }
        days.push(view! {
            <rect class="day" x=part(at as f64, facts.drawn) width=part(1.0, facts.drawn) y=px(base) height=px(ABOVE + HEIGHT - base)>
                <title>{day.in_words(times)}</title>
            </rect>
        });
    }
    let paths = paths.into_iter().zip(OUTCOMES).filter(|(path, _)| !path.is_empty());
    let paths =
        paths.map(|(path, outcome)| view! { <path class=outcome.class() d=path></path> }).collect_view();
    // A day is 100 wide, whatever the width of the chart. Only bars may be stretched.
    let (wide, high) = ((facts.drawn * 100).to_string(), px(ABOVE + HEIGHT + BELOW));
    let all = ["0 0 ", &wide, " ", &high].concat();
    view! {
        <svg class="bars" viewBox=all preserveAspectRatio="none" width="100%" height=high>{paths}</svg>
        {days}
    }
    .into_any()
}

fn draw_mark(drawn: &Drawn, link: Callback<String, String>, times: &TimeFormat) -> impl IntoView + use<> {
    let Drawn { mark, at: (across, up), others } = *drawn;
    let mut words =
        [mark.outcome.word(), ", ", &time::duration(mark.lasted), ", begun ", &times.zoned(mark.created)]
            .concat();
    if others > 0 {
        words += &[", and ", &text::number(others as u64), " more near it"].concat();
    }
    view! {
        <svg class=["mark ", mark.outcome.class()].concat() x=part(across, 1) y=px(down(up)) width="1" height="1">
            <a href=link.run(mark.id.clone()) tabindex="-1">
                <path d=shape(mark.outcome)></path>
                <title>{words}</title>
            </a>
        </svg>
    }
}

/// As many dates as there is room for, counted from the last day.
fn dates(first: i64, drawn: i64, times: TimeFormat) -> impl IntoView {
    let narrow = (NARROW / drawn.max(1)).max(NARROWEST);
    let apart = (DATE + narrow - 1) / narrow;
    // A date that has no room before its middle would lose its first figure.
    let has_room = |at: &i64| (2 * at + 1) * narrow >= DATE;
    let shown = (0..drawn).rev().step_by(apart.max(1) as usize).filter(has_room);
    let date = move |at: i64| {
        view! {
            <text class="date" x=part(at as f64 + 0.5, drawn) y=px(ABOVE + HEIGHT + 17.0)>
                {times.short_date(first + at)}
            </text>
        }
    };
    shown.map(date).collect_view()
}

/// The vertical position, in pixels, of a height from 0 to 1.
fn down(up: f64) -> f64 {
    ABOVE + (1.0 - up) * HEIGHT
}

/// The share of `some` in `all`, as a percentage of the width.
fn part(some: f64, all: i64) -> String {
    let hundredths = (some / all.max(1) as f64 * 1e4) as i64;
    [&decimal(hundredths), "%"].concat()
}

fn px(pixels: f64) -> String {
    decimal((pixels * 100.0) as i64)
}

/// Formats hundredths as a decimal number. Formatting floating-point numbers would add tables to the program.
fn decimal(hundredths: i64) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    [whole.to_string().as_str(), if rest < 10 { ".0" } else { "." }, &rest.to_string()].concat()
}
