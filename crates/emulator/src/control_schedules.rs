//! The part of the control API that concerns the scheduler.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, put};
use axum::{Json, Router};
use serde_json::{Map, Value, json};

use crate::clock::{Clock, micros};
use crate::control::{DomainQuery, UnknownName, done, unknown};
use crate::schedules::{Change, Run, Settings};
use crate::state::AppState;
use crate::store::Store;

type Answer = Result<Response, UnknownName>;

pub fn router() -> Router<AppState> {
    Router::new()
        .route("/scheduler", put(behave))
        .route("/schedules", get(schedules).put(replace_schedules).post(add_schedules))
        .route("/schedules/{id}", patch(edit))
        .route("/runs", get(runs).put(replace_runs).post(add_runs))
}

async fn behave(State(settings): State<Settings>, Json(change): Json<Change>) -> Response {
    settings.change(&change);
    done()
}

async fn schedules(State(store): State<Store>, Query(query): Query<DomainQuery>) -> Answer {
    Ok(Json(&store.domain(query.realm()?).schedules.configs).into_response())
}

async fn replace_schedules(
    State(store): State<Store>,
    Query(query): Query<DomainQuery>,
    Json(configs): Json<Vec<Value>>,
) -> Answer {
    store.domain(query.realm()?).schedules.configs = configs;
    Ok(done())
}

async fn add_schedules(
    State(store): State<Store>,
    Query(query): Query<DomainQuery>,
    Json(more): Json<Value>,
) -> Answer {
    store.domain(query.realm()?).schedules.configs.extend(several(more));
    Ok(done())
}

fn several(value: Value) -> Vec<Value> {
    match value {
        Value::Array(all) => all,
        one => vec![one],
    }
}

/// Sets members of a configuration without any check, as of another administrator.
async fn edit(
    State(store): State<Store>,
    State(clock): State<Clock>,
    Path(id): Path<String>,
    Query(query): Query<DomainQuery>,
    Json(members): Json<Map<String, Value>>,
) -> Answer {
    let mut domain = store.domain(query.realm()?);
    let config = domain.schedules.configs.iter_mut().find(|config| config["id"] == *id);
    let config = config.ok_or_else(|| unknown("schedule", &id))?;
    config["updatedAt"] = json!(micros(clock.now()));
    for (name, value) in members {
        config[name] = value;
    }
    Ok(done())
}

async fn runs(
    State(store): State<Store>,
    State(clock): State<Clock>,
    Query(query): Query<DomainQuery>,
) -> Answer {
    let now = clock.now();
    let all: Vec<Value> = store.domain(query.realm()?).schedules.runs.iter().map(|run| run.at(now)).collect();
    Ok(Json(all).into_response())
}

async fn replace_runs(
    State(store): State<Store>,
    Query(query): Query<DomainQuery>,
    Json(runs): Json<Vec<Value>>,
) -> Answer {
    store.domain(query.realm()?).schedules.runs = runs.into_iter().map(Run::given).collect();
    Ok(done())
}

async fn add_runs(
    State(store): State<Store>,
    Query(query): Query<DomainQuery>,
    Json(more): Json<Value>,
) -> Answer {
    store.domain(query.realm()?).schedules.runs.extend(several(more).into_iter().map(Run::given));
    Ok(done())
}
