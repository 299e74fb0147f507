//! The paths below `/api/v1/scheduler`: the checks of a request, and the runs that start jobs.

use std::borrow::Borrow;

use axum::Json;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::auth::{Caller, Realm};
use crate::clock::micros;
use crate::errors::ApiError;
use crate::families::{self, Family};
use crate::jobs::{Job, same_status};
use crate::list::{self, Query, Sorting, Window};
use crate::options::Feature;
use crate::schedules::{NODES, OPERATIONS, Run, SYNCHRONIZATION, cron, due};
use crate::start;
use crate::state::AppState;
use crate::store::Domain;

type Answer = Result<Response, ApiError>;

/// The members of parameters that are not the selection.
const CLOUD: &str = "cloud_name";
const SENT: &str = "cckm_synchronization_params";
const ANSWERED: &str = "job_config_params";

/// Answers a request below `scheduler/`. `body` reads its body.
pub fn answer(
    state: &AppState,
    caller: Caller,
    path: &str,
    method: &Method,
    query: &Query,
    body: impl Fn() -> Result<Value, ApiError>,
) -> Answer {
    let behaviour = state.scheduler.get();
    match behaviour.feature {
        Feature::Absent => return Err(ApiError::not_found("no such path")),
        Feature::Unlicensed => return Err(ApiError::unlicensed("Scheduler")),
        Feature::Present if caller.user.sees_containers => {}
        Feature::Present | Feature::Forbidden => {
            return Err(ApiError::forbidden("Insufficient permissions: the scheduler is for administrators"));
        }
    }
    if method != Method::GET && !caller.user.synchronizes {
        return Err(ApiError::forbidden("Insufficient permissions: schedules may be read only"));
    }
    let now = state.clock.now();
    let mut domain = state.store.domain(caller.realm.name);
    let rest: Vec<&str> = path.split('/').collect();
    let missing = |what: &str, id: &str| ApiError::not_found(format!("{what} {id} not found"));
    let place = |domain: &Domain, id: &str| {
        domain
            .schedules
            .configs
            .iter()
            .position(|config| config["id"] == id)
            .ok_or_else(|| missing("Job config", id))
    };
    match (rest.as_slice(), method.as_str()) {
        (["job-configs"], "GET") => {
            let mut found: Vec<&Value> = domain.schedules.configs.iter().collect();
            keep(&mut found, query, &["id", "name", "operation"]);
            let known = ["createdAt", "updatedAt", "name", "operation", "run_at"];
            list::sort(&mut found, query, Sorting::Known, &known, |config, name| text(config, name))?;
            let window = Window::parse(query, state.options.max_limit)?;
            Ok(Json(window.envelope(&found, |config| (*config).clone())).into_response())
        }
        (["job-configs"], "POST") => {
            let config =
                created(&body()?, &domain, behaviour.takes_run_on, caller.realm, &state.ids.next(), now)?;
            domain.schedules.configs.push(config.clone());
            Ok((StatusCode::CREATED, Json(config)).into_response())
        }
        (["job-configs", id], "GET") => {
            let at = place(&domain, id)?;
            Ok(Json(&domain.schedules.configs[at]).into_response())
        }
        (["job-configs", id], "PATCH") => {
            let at = place(&domain, id)?;
            let changed =
                changed(&domain.schedules.configs[at], &body()?, &domain, behaviour.takes_run_on, now)?;
            domain.schedules.configs[at] = changed.clone();
            Ok(Json(changed).into_response())
        }
        (["job-configs", id], "DELETE") => {
            let at = place(&domain, id)?;
            domain.schedules.configs.remove(at);
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        (["job-configs", id, "run-now"], "POST") => {
            let config = domain.schedules.configs[place(&domain, id)?].clone();
            let run = run(&mut domain, &config, caller.realm, now, || state.ids.next());
            let answer = run.at(now);
            domain.schedules.runs.push(run);
            Ok((StatusCode::CREATED, Json(answer)).into_response())
        }
        (["jobs"], "GET") => {
            let mut found: Vec<Value> = domain.schedules.runs.iter().map(|run| run.at(now)).collect();
            keep(&mut found, query, &["id", "name", "operation", "status"]);
            let known = ["createdAt", "updatedAt", "name", "operation", "status"];
            list::sort(&mut found, query, Sorting::Known, &known, text)?;
            let window = Window::parse(query, state.options.max_limit)?;
            Ok(Json(window.envelope(&found, Value::clone)).into_response())
        }
        (["jobs", id], "GET") => {
            let run =
                domain.schedules.runs.iter().find(|run| run.id() == *id).ok_or_else(|| missing("Job", id))?;
            Ok(Json(run.at(now)).into_response())
        }
        (["jobs", id], "DELETE") => {
            let runs = &mut domain.schedules.runs;
            let at = runs.iter().position(|run| run.id() == *id).ok_or_else(|| missing("Job", id))?;
            runs.remove(at);
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        (["job-configs" | "jobs"] | ["job-configs" | "jobs", _] | ["job-configs", _, "run-now"], _) => {
            Err(ApiError::method_not_allowed())
        }
        _ => Err(ApiError::not_found("no such path")),
    }
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

/// Keeps the items that have the wanted values.
fn keep<T: Borrow<Value>>(items: &mut Vec<T>, query: &Query, filters: &[&str]) {
    for filter in filters {
        let wanted = query.all(filter);
        if !wanted.is_empty() {
            items.retain(|item| {
                let own = text(item.borrow(), filter);
                wanted.iter().any(|one| same_status(one, &own))
            });
        }
    }
}

/// Makes the runs that have become due in a domain since the last look.
pub fn catch_up(state: &AppState, realm: &Realm) {
    let now = state.clock.now();
    let mut domain = state.store.domain(realm.name);
    let from = domain.schedules.until.replace(now).unwrap_or(now);
    if !state.scheduler.get().runs || from >= now {
        return;
    }
    let mut all: Vec<(DateTime<Utc>, Value)> = Vec::new();
    for config in &domain.schedules.configs {
        all.extend(due(config, from, now).into_iter().map(|time| (time, config.clone())));
    }
    all.sort_by_key(|(time, _)| *time);
    for (time, config) in all {
        let run = run(&mut domain, &config, realm, time, || state.ids.next());
        domain.schedules.runs.push(run);
    }
}

/// Runs a configuration: starts the job of its family, where it synchronizes and nothing is in the way.
fn run(
    domain: &mut Domain,
    config: &Value,
    realm: &Realm,
    at: DateTime<Utc>,
    id: impl Fn() -> String,
) -> Run {
    let status = match synchronization(config) {
        None => "completed",
        Some((family, body)) => match start::plan(family, domain, realm.account, &body, at, &id) {
            Err(_) => "failed",
            Ok(_) if domain.jobs(family).iter().any(|job| job.blocks(family, at)) => "failed",
            Ok(plan) => {
                domain.add_jobs(family, [Job::planned(plan)]);
                "completed"
            }
        },
    };
    Run::of(config, &id(), at, status)
}

/// The family that a configuration synchronizes, and the body of the start request that does the same.
fn synchronization(config: &Value) -> Option<(&'static Family, Value)> {
    if config["operation"] != SYNCHRONIZATION {
        return None;
    }
    let params = &config[ANSWERED];
    let family = families::by_cloud_name(params[CLOUD].as_str()?)?;
    let (_, selector) = family.scheduled?;
    let mut body = Map::new();
    for (name, value) in params.as_object()? {
        match name.as_str() {
            CLOUD | "sync_items" => {}
            own if own == selector => {
                body.insert(family.selector.to_owned(), value.clone());
            }
            _ => {
                body.insert(name.clone(), value.clone());
            }
        }
    }
    Some((family, Value::Object(body)))
}

fn created(
    body: &Value,
    domain: &Domain,
    takes_run_on: bool,
    realm: &Realm,
    id: &str,
    now: DateTime<Utc>,
) -> Result<Value, ApiError> {
    let mut config = json!({
        "id": id,
        "uri": format!("kylo:kylo:scheduler:job-configs:{id}"),
        "account": realm.account,
        "createdAt": micros(now),
        "updatedAt": micros(now),
        "description": "",
        "run_on": "any",
        "disabled": false,
    });
    let mut problems = Vec::new();
    for required in ["name", "operation", "run_at"] {
        if body[required].as_str().is_none_or(str::is_empty) {
            problems.push(format!("{required}: is required"));
        }
    }
    if body["operation"] == SYNCHRONIZATION && !body[SENT].is_object() {
        problems.push(format!("{SENT}: is required for this operation"));
    }
    apply(&mut config, body, takes_run_on, &mut problems)?;
    config["operation"] = body["operation"].clone();
    let operation = text(body, "operation");
    if !operation.is_empty() && !OPERATIONS.contains(&operation.as_str()) {
        problems.push(format!("operation: {operation} is not supported"));
    }
    finish(config, domain, &problems)
}

fn changed(
    old: &Value,
    body: &Value,
    domain: &Domain,
    takes_run_on: bool,
    now: DateTime<Utc>,
) -> Result<Value, ApiError> {
    let mut config = old.clone();
    let mut problems = Vec::new();
    if body.get("operation").is_some_and(|operation| *operation != old["operation"]) {
        problems.push("operation: cannot be changed".to_owned());
    }
    apply(&mut config, body, takes_run_on, &mut problems)?;
    config["updatedAt"] = json!(micros(now));
    finish(config, domain, &problems)
}

/// Refuses a configuration with problems, and one whose name another has.
fn finish(config: Value, domain: &Domain, problems: &[String]) -> Result<Value, ApiError> {
    if !problems.is_empty() {
        return Err(ApiError::validation(problems));
    }
    let is_taken = |own: &&Value| own["name"] == config["name"] && own["id"] != config["id"];
    match domain.schedules.configs.iter().find(is_taken) {
        Some(_) => {
            Err(ApiError::conflict(format!("A job config named {} already exists", text(&config, "name"))))
        }
        None => Ok(config),
    }
}

/// Sets the members of `body` in a configuration, and collects what is wrong with them.
fn apply(
    config: &mut Value,
    body: &Value,
    takes_run_on: bool,
    problems: &mut Vec<String>,
) -> Result<(), ApiError> {
    let Some(body) = body.as_object() else {
        return Err(ApiError::bad_request("the body must be a JSON object"));
    };
    for (name, value) in body {
        let problem = match name.as_str() {
            "name" | "description" => (!value.is_string()).then_some("must be a string"),
            "operation" => continue,
            "run_at" => {
                value.as_str().and_then(cron).is_none().then_some("must be a cron expression of five fields")
            }
            "run_on" if !takes_run_on => Some("is not supported by this service"),
            "run_on" => {
                let is_node = value.as_str().is_some_and(|node| node == "any" || NODES.contains(&node));
                (!is_node).then_some("no such node")
            }
            "disabled" => (!value.is_boolean()).then_some("must be a boolean"),
            "start_date" | "end_date" => (!value.is_null() && !is_date(value))
                .then_some("must be a date of whole seconds with Z, such as 2026-12-31T23:59:59Z"),
            SENT => {
                params(value, problems);
                None
            }
            _ => Some("unknown field"),
        };
        if let Some(problem) = problem {
            problems.push(format!("{name}: {problem}"));
        }
        config[if name == SENT { ANSWERED } else { name }] = value.clone();
    }
    Ok(())
}

fn is_date(value: &Value) -> bool {
    value.as_str().is_some_and(|text| {
        text.len() == "2026-12-31T23:59:59Z".len()
            && text.ends_with('Z')
            && DateTime::parse_from_rfc3339(text).is_ok()
    })
}

fn params(params: &Value, problems: &mut Vec<String>) {
    let field = |name: &str| format!("{SENT}.{name}");
    let name = text(params, CLOUD);
    let Some((family, (_, selector))) =
        families::by_cloud_name(&name).and_then(|family| Some((family, family.scheduled?)))
    else {
        problems.push(format!("{}: {name:?} is not supported", field(CLOUD)));
        return;
    };
    let is_all = params["synchronize_all"] == true;
    let is_some =
        params[selector].as_array().is_some_and(|ids| !ids.is_empty() && ids.iter().all(Value::is_string));
    match (is_all, is_some) {
        (true, true) => problems.push(format!(
            "{}: synchronize_all and {selector} are mutually exclusive",
            field("synchronize_all")
        )),
        (false, false) => {
            problems.push(format!("{}: either {selector} or synchronize_all is required", field(selector)));
        }
        _ => {}
    }
    for other in families::all().filter_map(|other| other.scheduled).map(|(_, other)| other) {
        if other != selector && !params[other].is_null() {
            problems.push(format!("{}: is not for {name}", field(other)));
        }
    }
    if !params["sync_items"].is_null() && params["sync_items"] != json!(["key"]) {
        problems.push(format!("{}: accepts only key", field("sync_items")));
    }
    if !params["take_cloud_key_backup"].is_null() && !family.key_backup {
        problems.push(format!("{}: is not for {name}", field("take_cloud_key_backup")));
    }
}
