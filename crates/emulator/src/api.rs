//! The paths and methods of `/api/v1`, and the order of the checks of a request: token, license, family, permission,
//! body. Creating jobs, sorting lists and checking passwords is left to other modules.

use std::collections::HashSet;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::auth::{Caller, Grant, REALMS, Realm};
use crate::errors::ApiError;
use crate::families::{self, ContainerList, Family};
use crate::jobs::{Job, same_status};
use crate::list::{self, Query, Sorting, Window};
use crate::options::names;
use crate::order::Natural;
use crate::state::AppState;
use crate::store::{Container, Domain};
use crate::{scheduler, start};

type Answer = Result<Response, ApiError>;

pub fn router() -> Router<AppState> {
    Router::new().route("/api/{*path}", any(answer))
}

fn no_such_path() -> ApiError {
    ApiError::not_found("no such path")
}

async fn answer(
    State(state): State<AppState>,
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    // The vendor's list of operations has a slash at the end of some paths; its clients send none.
    let path = path.trim_end_matches('/').strip_prefix("v1/").unwrap_or_default();
    let query = Query::parse(query.as_deref().unwrap_or_default());
    match (path, method.as_str()) {
        ("auth/tokens", "POST") => return sign_in(&state, &body),
        ("auth/revoke", "POST") => return revoke(&state, &body),
        ("auth/banners/pre-auth", "GET") => {
            return ok(json!({"name": "pre-auth", "value": "This is an emulator. Its keys are made up."}));
        }
        ("auth/id-providers", "GET") => {
            return ok(Window::parse(&query, None)?.envelope::<Value>(&[], Value::clone));
        }
        _ => {}
    }
    let caller = state.auth.caller(&headers, state.clock.now())?;
    scheduler::catch_up(&state, caller.realm);
    match (path, method.as_str()) {
        ("auth/self/user", "GET") => ok(self_user(caller)),
        ("auth/self/domains", "GET") => {
            let realms: Vec<&Realm> = REALMS.iter().collect();
            ok(Window::parse(&query, None)?.envelope(
                &realms,
                |realm| json!({"id": realm.id, "name": realm.name, "account": realm.account}),
            ))
        }
        ("system/info", "GET") => ok(json!({
            "name": "emulator",
            "version": concat!("0.0.0+emulator.", env!("CARGO_PKG_VERSION")),
            "model": "Emulator",
        })),
        ("licensing/features", "GET") => {
            let features = ["CCKM", "CCKM_AWS"].map(|name| json!({"name": name, "status": "active"}));
            ok(Window::parse(&query, None)?.envelope(&features, Value::clone))
        }
        _ => {
            if let Some(path) = path.strip_prefix("scheduler/") {
                let body = || json_body(&body);
                return scheduler::answer(&state, caller, path, &method, &query, body);
            }
            let path = path.strip_prefix("cckm/").ok_or_else(no_such_path)?;
            if let Some((family, rest)) = families::by_path(path) {
                jobs(&state, caller, family, &rest, &method, &query, &body)
            } else if let Some((list, rest)) = families::list_by_path(path)
                .filter(|(list, _)| state.options.key_sources || !list.is_of_key_source())
            {
                containers(&state, caller, list, &rest, &method, &query)
            } else {
                Err(no_such_path())
            }
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every arm of the paths above answers the same type")]
fn ok(value: Value) -> Answer {
    Ok(Json(value).into_response())
}

fn json_body(body: &[u8]) -> Result<Value, ApiError> {
    serde_json::from_slice(body)
        .map_err(|error| ApiError::bad_request(format!("the body is not JSON: {error}")))
}

fn sign_in(state: &AppState, body: &[u8]) -> Answer {
    let grant: Grant = serde_json::from_value(json_body(body)?)
        .map_err(|error| ApiError::bad_request(format!("the body is not a grant: {error}")))?;
    ok(state.auth.grant(&grant, state.clock.now())?)
}

fn revoke(state: &AppState, body: &[u8]) -> Answer {
    let body = json_body(body)?;
    let token = body["token"].as_str().ok_or_else(|| ApiError::validation(&["token: is required".into()]))?;
    state.auth.revoke(token);
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn self_user(caller: Caller) -> Value {
    json!({
        "user_id": format!("local|{}", caller.user.id),
        "username": caller.user.name,
        "name": caller.user.name,
        "email": format!("{}@example.com", caller.user.name),
        "connection": "local_account",
        "groups": caller.user.groups,
        "account": caller.realm.account,
        "current_domain": {"id": caller.realm.id, "name": caller.realm.name},
    })
}

fn jobs(
    state: &AppState,
    caller: Caller,
    family: &'static Family,
    rest: &[&str],
    method: &Method,
    query: &Query,
    body: &[u8],
) -> Answer {
    if names(&state.options.unlicensed, family.slug) {
        return Err(ApiError::unlicensed(family.feature));
    }
    if names(&state.options.unknown, family.slug) || family.key_source && !state.options.key_sources {
        return Err(no_such_path());
    }
    let now = state.clock.now();
    let missing = |id: &str| ApiError::not_found(format!("Synchronization job {id} not found"));
    let permitted = || {
        caller
            .user
            .synchronizes
            .then_some(())
            .ok_or_else(|| ApiError::forbidden("Insufficient permissions: keysynchronize is required"))
    };
    let mut domain = state.store.domain(caller.realm.name);
    match (rest, method.as_str()) {
        ([], "GET") => ok(job_list(state, family, &domain, query)?),
        ([], "POST") => {
            permitted()?;
            let plan = start::plan(family, &domain, caller.realm.account, &json_body(body)?, now, || {
                state.ids.next()
            })?;
            if let Some(running) = domain.jobs(family).iter().find(|job| job.blocks(family, now)) {
                return Err(ApiError::conflict(format!(
                    "A synchronization job is already in progress: {}",
                    running.id()
                )));
            }
            let job = Job::planned(plan);
            let answer = job.start_answer(family);
            domain.add_jobs(family, [job]);
            Ok((StatusCode::CREATED, Json(answer)).into_response())
        }
        ([id], "GET") => {
            let job = domain.jobs(family).iter().find(|job| job.id() == *id).ok_or_else(|| missing(id))?;
            ok(job.at(family, now))
        }
        ([id, "cancel"], "POST") => {
            permitted()?;
            let job = domain.job_mut(family, id).ok_or_else(|| missing(id))?;
            if !job.runs(family, now) {
                return Err(ApiError::bad_request("Only a synchronization job in progress can be cancelled"));
            }
            job.cancel(now);
            ok(job.at(family, now))
        }
        ([] | [_] | [_, "cancel"], _) => Err(ApiError::method_not_allowed()),
        _ => Err(no_such_path()),
    }
}

fn job_list(state: &AppState, family: &Family, domain: &Domain, query: &Query) -> Result<Value, ApiError> {
    let now = state.clock.now();
    let window = Window::parse(query, state.options.max_limit)?;
    let ids = query.all("id");
    let statuses = query.all("overall_status");
    let wanted = family.filter.map_or_else(Vec::new, |filter| query.all(filter));
    // The filter matches a container by its id or any other name, whichever of them the job holds.
    let names: HashSet<&str> = wanted
        .iter()
        .copied()
        .chain(wanted.iter().flat_map(|name| {
            domain.named(family.containers, name).flat_map(|container| container.names(family.containers))
        }))
        .collect();
    let order = state.orders.of(family);
    // Borrowed, and without reading what nobody asks for: only the jobs of the window become JSON.
    let mut found: Vec<&Job> = match order.natural {
        Natural::Oldest => domain.jobs(family).iter().collect(),
        Natural::Newest => domain.jobs(family).iter().rev().collect(),
        Natural::None => domain.jobs_by_id(family).collect(),
    };
    found.retain(|job| {
        let is_own = |status: &&str| same_status(status, job.status(family, now));
        (ids.is_empty() || ids.contains(&job.id()))
            && (wanted.is_empty() || job.containers(family).iter().any(|own| names.contains(*own)))
            && (statuses.is_empty() || statuses.iter().any(is_own))
    });
    let known = ["id", "createdAt", "updatedAt", "completed_at", "overall_status"];
    list::sort(&mut found, query, order.sorting, &known, |job, property| match property {
        "createdAt" => Key::Time(job.created),
        "updatedAt" => Key::Time(job.updated(family, now)),
        "completed_at" => Key::Time(job.completed(family, now)),
        "overall_status" => Key::Text(job.status(family, now)),
        _ => Key::Text(job.id()),
    })?;
    Ok(window.envelope(&found, |job| job.at(family, now)))
}

/// The value of a property by which jobs are sorted. All values of one property are of the same kind.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'job> {
    Time(Option<DateTime<Utc>>),
    Text(&'job str),
}

fn containers(
    state: &AppState,
    caller: Caller,
    list: &'static ContainerList,
    rest: &[&str],
    method: &Method,
    query: &Query,
) -> Answer {
    if !caller.user.sees_containers {
        return Err(ApiError::forbidden("Insufficient permissions: a view permission is required"));
    }
    if method != Method::GET {
        return Err(ApiError::method_not_allowed());
    }
    let domain = state.store.domain(caller.realm.name);
    if let [id, ..] = rest {
        let found = domain.containers(list).iter().find(|container| container.text("id") == *id);
        return found
            .map(|container| Json(container.value.clone()).into_response())
            .ok_or_else(|| ApiError::not_found(format!("{} {id} not found", list.noun)));
    }
    let window = Window::parse(query, state.options.max_limit)?;
    let mut found: Vec<&Container> = domain.containers(list).iter().collect();
    let known: Vec<&str> = list.names.iter().copied().chain(["createdAt", "updatedAt"]).collect();
    list::sort(&mut found, query, Sorting::Known, &known, |container, property| container.text(property))?;
    ok(window.envelope(&found, |container| container.value.clone()))
}
