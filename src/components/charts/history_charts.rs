//! The pictures of a family's history, as plain SVG: jobs per day, and how long they took. Across they count in parts of the
//! width, so they are as wide as their place and their letters are never stretched; where days get too narrow they scroll.

use cckm::history::{History, Mark, OUTCOMES, height, scale, steps};
use cckm::outcome::Outcome;
use cckm::time;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// In pixels: of the pictures, above and below it, and of a day at least and at most.
const HEIGHT: f64 = 150.0;
const ABOVE: f64 = 16.0;
const BELOW: f64 = 24.0;
const NARROWEST: i64 = 14;
const WIDEST: i64 = 120;

/// The least that the dates below a picture are apart, in pixels, and the width in which few days have to do.
const DATE: i64 = 64;
const NARROW: i64 = 280;

/// A job's mark: outcomes differ in shape too.
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

/// How many jobs there were each day, by what became of them.
#[component]
pub fn Days(facts: Memo<Arc<History>>) -> impl IntoView {
    let most = Memo::new(move |_| {
        facts.with(|facts| facts.bars().map(|(_, day)| day.jobs()).max().unwrap_or_default())
    });
    let scale = Memo::new(move |_| {
        let steps = steps(most.get());
        let top = steps.last().copied().unwrap_or(1) as f64;
        steps.into_iter().map(|step| (step as f64 / top, step.to_string())).collect()
    });
    let words = Signal::derive(move || facts.with(|facts| facts.days_in_words()));
    // As a whole number: to read any other brings tables of 14 kB.
    let top = move || {
        scale
            .with(|scale: &Scale| scale.last().and_then(|(_, top)| top.parse::<u32>().ok()))
            .map_or(1.0, f64::from)
    };
    let bars = Callback::new(move |()| facts.with(|facts| bars(facts, top())));
    view! { <Picture title="Jobs per day" facts=facts words=words scale=scale draw=bars over=None>""</Picture> }
}

/// How long those took that have ended, each where it began.
#[component]
pub fn Durations(facts: Memo<Arc<History>>, link: Callback<String, String>) -> impl IntoView {
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
        facts.with(|facts| {
            let mark = |mark: &Mark| {
                let (across, up) = (facts.across(mark)?, height(lines.get(), mark.lasted));
                Some(draw_mark(mark, across, up, link))
            };
            facts.marks.iter().filter_map(mark).collect_view().into_any()
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

/// The lines across a picture: how high each is, from 0 to 1, and its words.
type Scale = Vec<(f64, String)>;

/// The frame of a picture: its scale, its days, and between them what `draw` draws, and `over` it what a pointer can press.
#[component]
fn Picture(
    title: &'static str,
    facts: Memo<Arc<History>>,
    words: Signal<String>,
    scale: Memo<Scale>,
    draw: Callback<(), AnyView>,
    over: Option<Callback<(), AnyView>>,
    /// What stands beside its title.
    children: Children,
) -> impl IntoView {
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
        dates(first, drawn)
    };
    let place = NodeRef::<html::Div>::new();
    Effect::new(move |_: Option<()>| {
        if let Some(place) = place.get() {
            // The newest stand at the end, and are what one looks for.
            request_animation_frame(move || place.set_scroll_left(i32::MAX));
        }
    });
    let over = over.map(|over| {
        view! {
            // Each leads to its job, which the list has too: a thousand stops of the keyboard would be in the way.
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

/// One day's jobs above each other, what needs a look first at the bottom, where days are easy to compare.
fn bars(facts: &History, top: f64) -> AnyView {
    let mut all = Vec::new();
    for (at, day) in facts.bars() {
        let mut base = ABOVE + HEIGHT;
        for (outcome, count) in OUTCOMES.into_iter().zip(day.counts).filter(|(_, count)| *count > 0) {
            // However many others there are, one failed job is seen.
            let high = (count as f64 / top * HEIGHT).max(2.0);
            base -= high;
            let words = [&time::date(day.number), ": ", &count.to_string(), " ", outcome.word()].concat();
            let (x, wide) = (part(at as f64 + 0.15, facts.drawn), part(0.7, facts.drawn));
            let gap = if high > 4.0 { 1.0 } else { 0.0 };
            all.push(view! {
                <rect class=outcome.class() x=x width=wide y=px(base) height=px(high - gap)>
                    <title>{words}</title>
                </rect>
            });
        }
    }
    all.into_any()
}

fn draw_mark(mark: &Mark, across: f64, up: f64, link: Callback<String, String>) -> impl IntoView + use<> {
    let words =
        [mark.outcome.word(), ", ", &time::duration(mark.lasted), ", begun ", &time::local(mark.created)]
            .concat();
    view! {
        <svg class=["mark ", mark.outcome.class()].concat() x=part(across, 1) y=px(down(up)) width="1" height="1">
            <a href=link.run(mark.id.clone()) tabindex="-1">
                <circle r="7"></circle>
                <path d=shape(mark.outcome)></path>
                <title>{words}</title>
            </a>
        </svg>
    }
}

/// As many dates as there is room for, counted from the last.
fn dates(first: i64, drawn: i64) -> impl IntoView {
    let narrow = (NARROW / drawn.max(1)).max(NARROWEST);
    let apart = (DATE + narrow - 1) / narrow;
    let shown = (0..drawn).rev().step_by(apart.max(1) as usize);
    let date = |at: i64| {
        view! {
            <text class="date" x=part(at as f64 + 0.5, drawn) y=px(ABOVE + HEIGHT + 17.0)>
                {time::short_date(first + at)}
            </text>
        }
    };
    shown.map(date).collect_view()
}

/// How far down a height from 0 to 1 is.
fn down(up: f64) -> f64 {
    ABOVE + (1.0 - up) * HEIGHT
}

/// So many of `all` as a part of the width.
fn part(some: f64, all: i64) -> String {
    let hundredths = (some / all.max(1) as f64 * 1e4) as i64;
    [&decimal(hundredths), "%"].concat()
}

fn px(pixels: f64) -> String {
    decimal((pixels * 100.0) as i64)
}

/// Of hundredths. Printing floating point numbers brings tables.
fn decimal(hundredths: i64) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    [whole.to_string().as_str(), if rest < 10 { ".0" } else { "." }, &rest.to_string()].concat()
}
