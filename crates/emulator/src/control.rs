//! The control API below `/__emulator`, with which tests move the clock, add faults, read the request log and replace
//! data. It needs no token, and the panel does not use it.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::auth::{Auth, REALMS};
use crate::clock::{Clock, micros, seconds};
use crate::families::{self, ContainerList, Family};
use crate::faults::{Fault, Faults};
use crate::jobs::Job;
use crate::order::{Change, Orders};
use crate::request_log::RequestLog;
use crate::state::AppState;
use crate::store::{Container, Store};

type Answer = Result<Response, UnknownName>;

pub fn router() -> Router<AppState> {
    Router::new()
        .route("/clock", get(clock).post(advance))
        .route("/requests", get(requests).delete(forget_requests))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/release", post(release))
        .route("/jobs/{slug}", get(jobs).put(replace_jobs).post(add_jobs))
        .route("/order/{slug}", put(order))
        .route("/containers/{slug}", get(containers).put(replace_containers))
        .route("/revoke", post(revoke))
        .route("/open", post(open))
}

#[derive(Debug, Deserialize)]
pub struct DomainQuery {
    /// The domain whose data the request refers to; `root` where it is missing.
    domain: Option<String>,
}

impl DomainQuery {
    pub fn realm(&self) -> Result<&'static str, UnknownName> {
        let name = self.domain.as_deref().unwrap_or(REALMS[0].name);
        REALMS.iter().map(|realm| realm.name).find(|own| *own == name).ok_or_else(|| unknown("domain", name))
    }
}

/// The error for an unknown name in the path or the query.
pub struct UnknownName(String);

impl IntoResponse for UnknownName {
    fn into_response(self) -> Response {
        (StatusCode::NOT_FOUND, self.0).into_response()
    }
}

pub fn unknown(what: &str, name: &str) -> UnknownName {
    UnknownName(format!("no {what} is called {name}\n"))
}

fn family(slug: &str) -> Result<&'static Family, UnknownName> {
    families::by_slug(slug).ok_or_else(|| unknown("family", slug))
}

fn list(slug: &str) -> Result<&'static ContainerList, UnknownName> {
    families::list_by_slug(slug).ok_or_else(|| unknown("container list", slug))
}

pub fn done() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

async fn clock(State(clock): State<Clock>) -> Json<Value> {
    Json(json!({"now": micros(clock.now()), "frozen": clock.is_frozen()}))
}

#[derive(Debug, Deserialize)]
struct Advance {
    advance_seconds: f64,
}

async fn advance(State(own): State<Clock>, Json(by): Json<Advance>) -> Json<Value> {
    own.advance(seconds(by.advance_seconds));
    clock(State(own)).await
}

async fn requests(State(log): State<RequestLog>) -> Response {
    Json(log.all()).into_response()
}

async fn forget_requests(State(log): State<RequestLog>) -> Response {
    log.clear();
    done()
}

async fn faults(State(faults): State<Faults>) -> Json<Value> {
    Json(json!({"faults": faults.all(), "held": faults.held()}))
}

async fn add_fault(State(faults): State<Faults>, Json(fault): Json<Fault>) -> Response {
    faults.add(fault);
    done()
}

async fn clear_faults(State(faults): State<Faults>) -> Response {
    faults.clear();
    done()
}

#[derive(Debug, Deserialize)]
struct Release {
    hold: String,
}

async fn release(State(faults): State<Faults>, Json(release): Json<Release>) -> Json<Value> {
    Json(json!({"released": faults.release(&release.hold)}))
}

async fn jobs(
    State(store): State<Store>,
    State(clock): State<Clock>,
    Path(slug): Path<String>,
    Query(query): Query<DomainQuery>,
) -> Answer {
    let (family, realm, now) = (family(&slug)?, query.realm()?, clock.now());
    let all: Vec<Value> = store.domain(realm).jobs(family).iter().map(|job| job.at(family, now)).collect();
    Ok(Json(all).into_response())
}

async fn replace_jobs(
    State(store): State<Store>,
    Path(slug): Path<String>,
    Query(query): Query<DomainQuery>,
    Json(jobs): Json<Vec<Value>>,
) -> Answer {
    let (family, realm) = (family(&slug)?, query.realm()?);
    store.domain(realm).replace_jobs(family, jobs.into_iter().map(Job::raw));
    Ok(done())
}

async fn add_jobs(
    State(store): State<Store>,
    Path(slug): Path<String>,
    Query(query): Query<DomainQuery>,
    Json(jobs): Json<Value>,
) -> Answer {
    let (family, realm) = (family(&slug)?, query.realm()?);
    let jobs = match jobs {
        Value::Array(jobs) => jobs,
        one => vec![one],
    };
    store.domain(realm).add_jobs(family, jobs.into_iter().map(Job::raw));
    Ok(done())
}

async fn order(State(orders): State<Orders>, Path(slug): Path<String>, Json(change): Json<Change>) -> Answer {
    orders.change(family(&slug)?, &change);
    Ok(done())
}

async fn containers(
    State(store): State<Store>,
    Path(slug): Path<String>,
    Query(query): Query<DomainQuery>,
) -> Answer {
    let (list, realm) = (list(&slug)?, query.realm()?);
    let all: Vec<Value> =
        store.domain(realm).containers(list).iter().map(|container| container.value.clone()).collect();
    Ok(Json(all).into_response())
}

async fn replace_containers(
    State(store): State<Store>,
    Path(slug): Path<String>,
    Query(query): Query<DomainQuery>,
    Json(containers): Json<Vec<Value>>,
) -> Answer {
    let (list, realm) = (list(&slug)?, query.realm()?);
    let containers = containers.into_iter().map(Container::given).collect();
    store.domain(realm).replace_containers(list, containers);
    Ok(done())
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Revoke {
    /// Keeps refresh tokens valid, so that a renewal works.
    #[serde(default)]
    keep_refresh_tokens: bool,
}

async fn revoke(State(auth): State<Auth>, body: Bytes) -> Response {
    let revoke = if body.is_empty() { Ok(Revoke::default()) } else { serde_json::from_slice(&body) };
    match revoke {
        Ok(revoke) => {
            auth.revoke_all(revoke.keep_refresh_tokens);
            done()
        }
        Err(error) => (StatusCode::BAD_REQUEST, error.to_string()).into_response(),
    }
}

#[derive(Debug, Deserialize)]
struct Open {
    open: bool,
}

async fn open(State(auth): State<Auth>, Json(body): Json<Open>) -> Response {
    auth.set_open(body.open);
    done()
}
