//! The server's interface as functions: lists, one job, start, cancel, containers, sign-in.
//! Knows paths and shapes; the only user of `http`. Keeps nothing.

use crate::config::Config;
use crate::failure::Failure;
use crate::families::{Containers, Family};
use crate::http::{self, Request};
use crate::model::container::Container;
use crate::model::error::ApiError;
use crate::model::job::Job;
use crate::model::page::Page;
use crate::model::session::Token;
use crate::model::sign_in::{Credentials, Domain, Renewal, User, revocation};
use crate::query;
use crate::session::Session;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How many containers are asked for at once; the server's own default is 10.
const CONTAINERS_AT_ONCE: u64 = 100;

const REVOKE: &str = "/auth/revoke";

/// What whoever hosts the panel has set, taken into use; the error is a sentence.
pub async fn config() -> Result<Config, String> {
    let text = match http::own_file("config.json", "load config.json").await {
        Ok(text) => text,
        Err(failure) => return Err(format!("{} ({}).", failure.title(), failure.kind())),
    };
    let config = text.map_or_else(|| Ok(Config::default()), |text| Config::read(&text))?;
    http::set_base(config.api.clone());
    Ok(config)
}

/// The jobs of `family` that `pairs` ask for, as the text of the answer, so that an unchanged one need not be read.
pub async fn jobs(session: Session, family: &Family, pairs: &[(String, String)]) -> Result<String, Failure> {
    let doing = format!("load the jobs of {}", family.title());
    ask(session, &format!("{}?{}", family.root, query::encode(pairs)), &doing).await
}

/// Reads what [`jobs`] brought.
pub fn read_jobs(family: &Family, text: &str) -> Result<Page<Job>, Failure> {
    read(text, &format!("load the jobs of {}", family.title()))
}

/// One job. `GET root/{id}`.
pub async fn job(session: Session, family: &Family, id: &str) -> Result<Job, Failure> {
    read_job(family, &job_text(session, family, id).await?)
}

/// The same as the text of the answer, so that an unchanged one need not be read.
pub async fn job_text(session: Session, family: &Family, id: &str) -> Result<String, Failure> {
    ask(session, &job_path(family, id), &doing_job(family)).await
}

/// Reads what [`job_text`] brought.
pub fn read_job(family: &Family, text: &str) -> Result<Job, Failure> {
    read(text, &doing_job(family))
}

/// Where a job is found, as all of the path after the origin.
pub fn job_address(family: &Family, id: &str) -> String {
    http::address(&job_path(family, id))
}

fn job_path(family: &Family, id: &str) -> String {
    [family.root, "/", &query::segment(id)].concat()
}

fn doing_job(family: &Family) -> String {
    format!("load this job of {}", family.title())
}

/// Starts a synchronization. `None` where the server accepts without saying which job it made.
pub async fn start(session: Session, family: &Family, body: &Value) -> Result<Option<Job>, Failure> {
    let doing = format!("start a synchronization of {}", family.title());
    let text = send(session, family.root, body, &doing).await?;
    Ok(job_in(&text))
}

/// Where a synchronization is started, as all of the path after the origin.
pub fn start_address(family: &Family) -> String {
    http::address(family.root)
}

/// Asks the server to cancel a job. `None` where it accepts with an empty answer.
pub async fn cancel(session: Session, family: &Family, id: &str) -> Result<Option<Job>, Failure> {
    let path = [&job_path(family, id), "/cancel"].concat();
    let text = send(session, &path, &Value::Null, "cancel this job").await?;
    Ok(job_in(&text))
}

/// Every container of a list, all of its pages.
pub async fn containers(session: Session, list: &Containers) -> Result<Vec<Container>, Failure> {
    let doing = format!("load the {}", list.many);
    let mut found = Vec::new();
    let mut seen = 0;
    loop {
        let path = format!("{}?skip={seen}&limit={CONTAINERS_AT_ONCE}", list.path);
        let page: Page<Value> = read(&ask(session, &path, &doing).await?, &doing)?;
        let got = page.resources.len() as u64;
        seen += got;
        found.extend(page.resources.iter().filter_map(|value| Container::from_value(value, list)));
        if got == 0 || seen >= page.total {
            return Ok(found);
        }
    }
}

/// Signs in with a user name and a password; `limits` are those of the refresh token, in minutes.
pub async fn sign_in(credentials: &Credentials, limits: (u64, u64)) -> Result<Token, Failure> {
    token(&credentials.body(limits), "sign in").await
}

/// The next token.
pub async fn renew(renewal: &Renewal) -> Result<Token, Failure> {
    token(&renewal.body(), "renew the session").await
}

async fn token(body: &Value, doing: &str) -> Result<Token, Failure> {
    let request = Request { path: "/auth/tokens", body: Some(body), token: None, doing };
    let text = refused_inside(http::send(request).await?, doing)?;
    // The answer may hold a token in whatever form, so none of it is ever shown.
    let value = serde_json::from_str::<Value>(&text).ok();
    value
        .and_then(|value| Token::from_value(&value))
        .ok_or_else(|| Failure::unreadable(doing, "The answer holds no token.", ""))
}

/// Makes a refresh token worthless.
pub async fn revoke(refresh_token: &str, client_id: Option<&str>) -> Result<(), Failure> {
    let body = revocation(refresh_token, client_id);
    let request = Request { path: REVOKE, body: Some(&body), token: None, doing: "sign out" };
    http::send(request).await.map(|_| ())
}

/// The same from a page that is going away, which hears of no answer.
pub fn revoke_at_last(refresh_token: &str, client_id: Option<&str>) {
    http::send_at_last(REVOKE, &revocation(refresh_token, client_id));
}

/// The domains that the person may work in.
pub async fn domains(session: Session) -> Result<Vec<Domain>, Failure> {
    let doing = "load the domains";
    let page: Page<Value> = read(&ask(session, "/auth/self/domains?limit=1000", doing).await?, doing)?;
    Ok(page.resources.iter().filter_map(Domain::from_value).collect())
}

/// Who is signed in, by `token`, or by what a proxy or a cookie adds where it is `None`.
pub async fn user(token: Option<&str>) -> Result<User, Failure> {
    let doing = "ask who is signed in";
    let text = http::send(Request { path: "/auth/self/user", body: None, token, doing }).await?;
    let value: Value = read(&text, doing)?;
    Ok(User::from_value(&value))
}

async fn ask(session: Session, path: &str, doing: &str) -> Result<String, Failure> {
    call(session, path, None, doing).await
}

async fn send(session: Session, path: &str, body: &Value, doing: &str) -> Result<String, Failure> {
    refused_inside(call(session, path, Some(body), doing).await?, doing)
}

/// Every request of a signed-in person passes here: with a pass that is still good, and once more with the next one
/// after a 401, by which the server says that it has done nothing.
async fn call(session: Session, path: &str, body: Option<&Value>, doing: &str) -> Result<String, Failure> {
    let pass = session.pass().await?;
    let answer = http::send(Request { path, body, token: pass.token.as_deref(), doing }).await;
    if !answer.as_ref().is_err_and(|failure| failure.status() == Some(401)) {
        return answer;
    }
    let Some(pass) = session.another(&pass).await else { return answer };
    http::send(Request { path, body, token: pass.token.as_deref(), doing }).await
}

/// A 2xx answer whose body is an error envelope is a refusal all the same.
fn refused_inside(text: String, doing: &str) -> Result<String, Failure> {
    match ApiError::from_body(&text) {
        Some(error) if !error.code_desc.is_empty() => Err(Failure::refused(doing, 200, &text)),
        _ => Ok(text),
    }
}

fn job_in(text: &str) -> Option<Job> {
    serde_json::from_str::<Job>(text).ok().filter(|job| !job.id.is_empty())
}

fn read<T: DeserializeOwned>(text: &str, doing: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| {
        Failure::unreadable(doing, &format!("It is not the JSON that was expected ({error})."), text)
    })
}
