//! The operator's configuration: `config.json` beside `index.html`. Pure: parses and validates its text.
//!
//! Without the file, the defaults apply. A wrong value is an error that names the field and the allowed values, and
//! the panel does not start: silently ignoring a setting would mislead the operator. An unknown field is reported and
//! otherwise ignored, because an older panel may run with a newer file.

use cckm::family::{self, FAMILIES, Family};
use cckm::server;
use cckm::verdict::KnownResults;
use serde_json::{Map, Value};
use std::sync::OnceLock;

#[derive(Clone, PartialEq)]
pub struct Config {
    /// The base path of the server's API, on the panel's own origin.
    pub api: String,
    /// The title in the header and in the document title.
    pub title: String,
    /// The names of the clouds that are shown; empty for all that are not optional.
    pub views: Vec<String>,
    /// Seconds between two refreshes: while a job in view is running, and otherwise.
    pub running_seconds: u64,
    pub quiet_seconds: u64,
    /// Minutes without input after which the panel signs out; 0 for never.
    pub idle_minutes: u64,
    /// Rows per page where the address does not set them.
    pub rows: u64,
    /// How many jobs of a family are read at most to sort them here, where the server does not sort them.
    pub sorted_jobs: u64,
    /// A sentence that is shown above every view.
    pub banner: String,
    /// Minutes that a refresh token is valid, and that it may stay unused. Each sign-in requests these limits.
    pub refresh_token_minutes: u64,
    pub refresh_token_unused_minutes: u64,
    /// The meaning of texts in job results, in addition to those that the panel has built in.
    pub results: KnownResults,
    /// The names of the fields that the panel does not support. They have no effect.
    pub unknown: Vec<String>,
}

static CONFIG: OnceLock<Config> = OnceLock::new();

/// Sets the configuration. Call it once, before anything is mounted.
pub fn set_config(config: Config) {
    config.results.clone().set();
    _ = CONFIG.set(config);
}

/// The configuration, or the defaults where none has been set.
pub fn config() -> &'static Config {
    CONFIG.get_or_init(Config::default)
}

impl Default for Config {
    fn default() -> Self {
        Self {
            api: "/api/v1".to_owned(),
            title: "Key sync".to_owned(),
            views: Vec::new(),
            running_seconds: 4,
            quiet_seconds: 45,
            idle_minutes: 0,
            rows: crate::routing::route::ROWS,
            sorted_jobs: 2000,
            banner: String::new(),
            refresh_token_minutes: 12 * 60,
            refresh_token_unused_minutes: 30,
            results: KnownResults::default(),
            unknown: Vec::new(),
        }
    }
}

impl Config {
    /// Whether the views of `cloud` are shown: those that the file names, or all that are not optional.
    pub fn shows(&self, cloud: &str) -> bool {
        if self.views.is_empty() {
            family::of_cloud(cloud).any(|family| !family.optional)
        } else {
            self.views.iter().any(|view| view == cloud)
        }
    }

    /// The families whose views are shown.
    pub fn families(&self) -> impl Iterator<Item = &'static Family> {
        FAMILIES.iter().filter(|family| self.shows(family.cloud))
    }

    /// Parses the text of the file. The error is a sentence that names the field, its value, and the allowed values.
    pub fn read(text: &str) -> Result<Self, String> {
        let value =
            serde_json::from_str(text).map_err(|error| format!("config.json is not JSON: {error}."))?;
        let Value::Object(mut fields) = value else {
            return Err("config.json must be an object.".to_owned());
        };
        let mut config = Self::default();
        take_text(&mut fields, "api", &mut config.api)?;
        take_text(&mut fields, "title", &mut config.title)?;
        take_text(&mut fields, "banner", &mut config.banner)?;
        take_number(&mut fields, "running_seconds", 2..=60, &mut config.running_seconds)?;
        take_number(&mut fields, "quiet_seconds", 5..=3600, &mut config.quiet_seconds)?;
        take_number(&mut fields, "idle_minutes", 0..=1440, &mut config.idle_minutes)?;
        take_number(&mut fields, "rows", 1..=crate::routing::route::ROWS_MOST, &mut config.rows)?;
        take_number(&mut fields, "sorted_jobs", 100..=20_000, &mut config.sorted_jobs)?;
        take_number(&mut fields, "refresh_token_minutes", 5..=525_600, &mut config.refresh_token_minutes)?;
        take_number(
            &mut fields,
            "refresh_token_unused_minutes",
            5..=525_600,
            &mut config.refresh_token_unused_minutes,
        )?;
        take_views(&mut fields, &mut config.views)?;
        take_results(&mut fields, &mut config.results)?;
        let Some(api) = server::base_path(&config.api).map(str::len) else {
            return Err(wrong(
                "api",
                &Value::String(config.api),
                "a path of this origin such as \"/api/v1\"",
            ));
        };
        config.api.truncate(api);
        config.unknown = fields.into_iter().map(|(name, _)| name).collect();
        Ok(config)
    }

    /// A sentence for the operator that names the unknown fields; `None` where there are none.
    pub fn unknown_fields(&self) -> Option<String> {
        let quoted: Vec<_> = self.unknown.iter().map(|name| ["\"", name, "\""].concat()).collect();
        let (what, them) = match quoted.len() {
            0 => return None,
            1 => (" has a field that this version of the panel does not know: ", "It changes"),
            _ => (" has fields that this version of the panel does not know: ", "They change"),
        };
        Some(
            ["config.json", what, &quoted.join(", "), ". ", them, " nothing. The README lists the fields."]
                .concat(),
        )
    }
}

fn wrong(name: &str, value: &Value, may: &str) -> String {
    format!("The field \"{name}\" of config.json is {value}. It must be {may}.")
}

fn take_text(fields: &mut Map<String, Value>, name: &str, into: &mut String) -> Result<(), String> {
    match fields.remove(name) {
        None => Ok(()),
        Some(Value::String(text)) => {
            *into = text;
            Ok(())
        }
        Some(value) => Err(wrong(name, &value, "a text")),
    }
}

fn take_number(
    fields: &mut Map<String, Value>,
    name: &str,
    may: std::ops::RangeInclusive<u64>,
    into: &mut u64,
) -> Result<(), String> {
    let Some(value) = fields.remove(name) else { return Ok(()) };
    match value.as_u64().filter(|number| may.contains(number)) {
        Some(number) => {
            *into = number;
            Ok(())
        }
        None => Err(wrong(name, &value, &format!("a whole number from {} to {}", may.start(), may.end()))),
    }
}

fn take_views(fields: &mut Map<String, Value>, into: &mut Vec<String>) -> Result<(), String> {
    let Some(value) = fields.remove("views") else { return Ok(()) };
    let names = value.as_array().into_iter().flatten().map(Value::as_str).collect::<Option<Vec<_>>>();
    match names {
        Some(names)
            if matches!(value, Value::Array(_))
                && names.iter().all(|name| family::clouds().any(|cloud| cloud == *name)) =>
        {
            *into = names.into_iter().map(str::to_owned).collect();
            Ok(())
        }
        _ => {
            let clouds = family::clouds().collect::<Vec<_>>().join(", ");
            Err(wrong("views", &value, &format!("a list of names among {clouds}")))
        }
    }
}

fn take_results(fields: &mut Map<String, Value>, into: &mut KnownResults) -> Result<(), String> {
    let Some(value) = fields.remove("results") else { return Ok(()) };
    let wrong = || {
        wrong("results", &value, "an object of the lists of texts \"success\" and \"error\", or one of them")
    };
    let Value::Object(mut lists) = value.clone() else { return Err(wrong()) };
    for (name, texts) in [("success", &mut into.success), ("error", &mut into.error)] {
        let Some(list) = lists.remove(name) else { continue };
        let list = list.as_array().ok_or_else(wrong)?;
        *texts = list
            .iter()
            .map(|text| text.as_str().map(str::to_owned))
            .collect::<Option<_>>()
            .ok_or_else(wrong)?;
    }
    if lists.is_empty() { Ok(()) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_values_are_the_defaults() {
        assert!(Config::read("{}").is_ok_and(|config| config == Config::default()));
    }

    #[test]
    fn given_values_are_used() {
        let config = Config::read(
            r#"{"api": "/cm/api/v1/", "title": "Keys", "views": ["AWS"], "rows": 50, "idle_minutes": 15,
                "running_seconds": 2, "quiet_seconds": 3600, "results": {"success": ["skipped"]}}"#,
        );
        let config = config.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((config.api.as_str(), config.title.as_str()), ("/cm/api/v1", "Keys"));
        assert_eq!((config.rows, config.idle_minutes, config.views.len()), (50, 15, 1));
        assert_eq!((config.running_seconds, config.quiet_seconds), (2, 3600));
        assert_eq!((config.results.success, config.results.error), (vec!["skipped".to_owned()], Vec::new()));
    }

    #[test]
    fn a_field_of_a_newer_version_stops_nothing_and_is_named() {
        let read = |text| Config::read(text).unwrap_or_else(|error| panic!("{error}"));
        let config = read(r#"{"colour": "red", "rows": 50}"#);
        assert_eq!(config.rows, 50);
        let sentence = config.unknown_fields().unwrap_or_default();
        assert!(
            sentence.contains("a field")
                && sentence.contains("\"colour\"")
                && sentence.contains("It changes nothing")
        );
        let sentence = read(r#"{"colour": "red", "shape": {}}"#).unknown_fields().unwrap_or_default();
        assert!(sentence.contains("\"colour\", \"shape\"") && sentence.contains("They change nothing"));
        assert_eq!(read("{}").unknown_fields(), None);
        assert!(Config::read(r#"{"colour": "red", "rows": 0}"#).is_err(), "a known field stays strict");
    }

    #[test]
    fn optional_clouds_are_shown_by_name_alone() {
        for family in FAMILIES {
            assert_eq!(Config::default().shows(family.cloud), !family.optional, "{}", family.slug);
            let named = Config { views: vec![family.cloud.to_owned()], ..Config::default() };
            assert!(named.shows(family.cloud), "{}", family.slug);
        }
    }

    #[test]
    fn a_wrong_field_is_named_with_what_it_may_be() {
        for (text, name, may) in [
            (r#"{"rows": "many"}"#, "rows", "whole number from 1 to 1000"),
            (r#"{"rows": 0}"#, "rows", "from 1"),
            (r#"{"idle_minutes": -1}"#, "idle_minutes", "from 0"),
            (r#"{"running_seconds": 1}"#, "running_seconds", "whole number from 2 to 60"),
            (r#"{"running_seconds": 61}"#, "running_seconds", "from 2 to 60"),
            (r#"{"quiet_seconds": 4.5}"#, "quiet_seconds", "whole number from 5 to 3600"),
            (r#"{"quiet_seconds": 3601}"#, "quiet_seconds", "from 5 to 3600"),
            (r#"{"title": 7}"#, "title", "a text"),
            (r#"{"views": ["Nimbus"]}"#, "views", "AWS"),
            (r#"{"views": "AWS"}"#, "views", "a list"),
            (r#"{"api": "https://elsewhere.example/api"}"#, "api", "a path of this origin"),
            (r#"{"api": "//elsewhere.example"}"#, "api", "a path of this origin"),
            (r#"{"api": "/\\elsewhere.example"}"#, "api", "a path of this origin"),
            (r#"{"api": "/\t/elsewhere.example"}"#, "api", "a path of this origin"),
            (r#"{"api": "/api?x="}"#, "api", "a path of this origin"),
            (r#"{"results": ["ok"]}"#, "results", "\"success\" and \"error\""),
            (r#"{"results": {"success": "ok"}}"#, "results", "lists of texts"),
            (r#"{"results": {"error": [7]}}"#, "results", "lists of texts"),
            (r#"{"results": {"good": ["ok"]}}"#, "results", "lists of texts"),
            (r#"{"results": null}"#, "results", "lists of texts"),
            ("[]", "config.json", "an object"),
            ("{", "config.json", "not JSON"),
        ] {
            let error = Config::read(text).err().unwrap_or_default();
            assert!(error.contains(name) && error.contains(may), "{text}: {error}");
        }
    }
}
