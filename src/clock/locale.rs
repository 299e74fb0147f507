//! The reader's time zone, and dates and numbers as the reader's locale writes them, by the browser's `Intl`.
//!
//! Each formatter is made once, because making one takes far longer than a format. Digits are Latin in every locale,
//! because the words around them are English.

use cckm::text;
use cckm::time::{Stamp, Style, TimeFormat, Zone};
use leptos::prelude::{ArcTrigger, Notify, Track};
use std::cell::OnceCell;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::js_sys::{Date, JSON};

// Not the bindings of `js_sys`, whose `format` returns a function that has to be called through another binding.
#[wasm_bindgen]
extern "C" {
    type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locales: &JsValue, options: &JsValue) -> DateTimeFormat;
    #[wasm_bindgen(method)]
    fn format(this: &DateTimeFormat, millis: f64) -> String;
    #[wasm_bindgen(method, js_name = resolvedOptions)]
    fn resolved_options(this: &DateTimeFormat) -> Options;

    type Options;
    #[wasm_bindgen(method, getter, js_name = timeZone)]
    fn time_zone(this: &Options) -> Option<String>;

    type NumberFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locales: &JsValue, options: &JsValue) -> NumberFormat;
    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, number: f64) -> String;
}

/// The formatter of each [`Style`]. They write wall clock times, whose zone is UTC for them. The month is a word, so
/// that no date can be read in two ways.
const OPTIONS: [&str; 3] = [
    r#"{"numberingSystem":"latn","timeZone":"UTC","day":"numeric","month":"short"}"#,
    r#"{"numberingSystem":"latn","timeZone":"UTC","day":"numeric","month":"short","year":"numeric"}"#,
    r#"{"numberingSystem":"latn","timeZone":"UTC","day":"numeric","month":"short","year":"numeric","hour":"2-digit","minute":"2-digit","second":"2-digit"}"#,
];

/// The furthest time from 1970 that a `Date` can hold, in milliseconds.
const FURTHEST: f64 = 8.64e15;

thread_local! {
    static FORMATS: [OnceCell<DateTimeFormat>; OPTIONS.len()] = Default::default();
    static NUMBERS: OnceCell<NumberFormat> = const { OnceCell::new() };
    /// Updates the texts with numbers that were written before [`prepare_numbers`].
    static ARE_PREPARED: ArcTrigger = ArcTrigger::new();
}

/// Writes times in `zone`.
pub fn times(zone: Zone) -> TimeFormat {
    TimeFormat { zone, offset: if zone == Zone::Utc { |_| 0 } else { local_offset }, write }
}

/// Numbers are written by the locale once [`prepare_numbers`] was called, and as plain digits until then. Call it once,
/// before the first view.
pub fn use_numbers() {
    text::set_number_format(number);
}

/// Makes the formatter of numbers. The first formatter of a page keeps the browser busy for 15 to 20 ms, so this is
/// called when nobody waits for the first rows.
pub fn prepare_numbers() {
    NUMBERS.with(|numbers| {
        numbers.get_or_init(|| {
            let options = JSON::parse(r#"{"numberingSystem":"latn"}"#).unwrap_or_default();
            NumberFormat::new(&JsValue::UNDEFINED, &options)
        });
    });
    ARE_PREPARED.with(Notify::notify);
}

/// The name of a zone for a heading, above times whose offsets may differ: "UTC", "local time (Europe/Berlin)".
pub fn zone_words(zone: Zone) -> String {
    if zone == Zone::Utc {
        return "UTC".to_owned();
    }
    let format = DateTimeFormat::new(&JsValue::UNDEFINED, &JsValue::UNDEFINED);
    match format.resolved_options().time_zone() {
        Some(name) => ["local time (", &name, ")"].concat(),
        None => "local time".to_owned(),
    }
}

fn local_offset(stamp: Stamp) -> i32 {
    let date = Date::new(&JsValue::from_f64(stamp.millis() as f64));
    (date.get_timezone_offset() * -60.0) as i32
}

fn write(wall: i64, style: Style) -> String {
    let at = style as usize;
    FORMATS.with(|formats| {
        let (Some(format), Some(options)) = (formats.get(at), OPTIONS.get(at)) else { return String::new() };
        let format = format.get_or_init(|| {
            DateTimeFormat::new(&JsValue::UNDEFINED, &JSON::parse(options).unwrap_or_default())
        });
        // A time beyond is an exception.
        format.format((wall as f64).clamp(-FURTHEST, FURTHEST))
    })
}

fn number(number: u64) -> String {
    NUMBERS.with(|numbers| match numbers.get() {
        Some(format) => format.format(number as f64),
        None => {
            ARE_PREPARED.with(Track::track);
            number.to_string()
        }
    })
}
