//! The server's interface as functions: lists, one job, start, cancel, containers, sign-in.
//! Knows paths and shapes; the only user of `http`. Keeps nothing.

use crate::ahead;
use crate::begun;
use crate::config::Config;
use crate::failure::Failure;
use crate::families::{Containers, Family};
pub use crate::http::Reply;
use crate::http::{self, Request};
use crate::model::Json;
use crate::model::answer::{self, Wrong};
use crate::model::container::Container;
use crate::model::job::Job;
use crate::model::page::{FromJson, Page};
use crate::model::session::Token;
use crate::model::sign_in::{Credentials, Domain, Renewal, User, revocation};
use crate::query;
use crate::session::Session;
use crate::shared;
use crate::text;
use std::rc::Rc;

/// How many containers are asked for at once; the server's own default is 10.
const CONTAINERS_AT_ONCE: u64 = 100;

const REVOKE: &str = "/auth/revoke";

/// What whoever hosts the panel has set, taken into use; the error is a sentence.
pub async fn config() -> Result<Config, String> {
    let text = match http::own_file("config.json", begun::settings(), "load config.json").await {
        Ok(text) => text,
        Err(failure) => return Err(format!("{} ({}).", failure.title(), failure.kind())),
    };
    let config = text.map_or_else(|| Ok(Config::default()), |text| Config::read(&text))?;
    http::set_base(config.api.clone());
    Ok(config)
}

/// The jobs of `family` that `pairs` ask for, as the text of the answer, so that an unchanged one need not be read.
pub fn jobs(session: Session, family: &Family, pairs: &[(String, String)]) -> Reply {
    let (path, doing) = (jobs_path(family, pairs), doing_jobs(family));
    let send = ahead::take(&path).unwrap_or_else(|| call(session, path.clone(), None, doing.clone()));
    shared::ask(path, doing, send)
}

/// Sends at once what the next call of [`jobs`] is expected to ask.
pub fn jobs_ahead(session: Session, family: &Family, pairs: &[(String, String)]) {
    let path = jobs_path(family, pairs);
    ahead::send(path.clone(), call(session, path, None, doing_jobs(family)));
}

fn jobs_path(family: &Family, pairs: &[(String, String)]) -> String {
    [family.root, "?", &query::encode(pairs)].concat()
}

fn doing_jobs(family: &Family) -> String {
    ["load the jobs of ", &family.title()].concat()
}

/// Reads what [`jobs`] brought.
pub fn read_jobs(family: &Family, text: &str) -> Result<Page<Job>, Failure> {
    let page = answer::list(text, Job::from_json);
    page.map_err(|wrong| Failure::wrong(&doing_jobs(family), &wrong, text))
}

/// One job. `GET root/{id}`.
pub async fn job(session: Session, family: &Family, id: &str) -> Result<Job, Failure> {
    read_job(family, id, &job_text(session, family, id).await?)
}

/// The same as the text of the answer, so that an unchanged one need not be read.
pub fn job_text(session: Session, family: &Family, id: &str) -> Reply {
    ask(session, job_path(family, id), doing_job(family))
}

/// Reads what [`job_text`] brought of the job `id`.
pub fn read_job(family: &Family, id: &str, text: &str) -> Result<Job, Failure> {
    answer::job(text, id).map_err(|wrong| Failure::wrong(&doing_job(family), &wrong, text))
}

/// Where a job is found, as all of the path after the origin.
pub fn job_address(family: &Family, id: &str) -> String {
    http::address(&job_path(family, id))
}

fn job_path(family: &Family, id: &str) -> String {
    [family.root, "/", &query::segment(id)].concat()
}

fn doing_job(family: &Family) -> String {
    ["load this job of ", &family.title()].concat()
}

/// Starts a synchronization. `None` where the server accepts without saying which job it made.
pub async fn start(session: Session, family: &Family, body: &Json) -> Result<Option<Job>, Failure> {
    let doing = ["start a synchronization of ", &family.title()].concat();
    send(session, family.root.to_owned(), body.to_string(), doing).await
}

/// Where a synchronization is started, as all of the path after the origin.
pub fn start_address(family: &Family) -> String {
    http::address(family.root)
}

/// Asks the server to cancel a job. `None` where it accepts without telling how the job is.
pub async fn cancel(session: Session, family: &Family, id: &str) -> Result<Option<Job>, Failure> {
    let path = [&job_path(family, id), "/cancel"].concat();
    let job = send(session, path, String::new(), "cancel this job".to_owned()).await?;
    Ok(job.filter(|job| job.id.eq_ignore_ascii_case(id)))
}

/// Every container of a list, all of its pages, and how many of them cannot be read.
pub async fn containers(session: Session, list: &Containers) -> Result<(Vec<Container>, u64), Failure> {
    let doing = ["load the ", list.many].concat();
    let mut found = Vec::new();
    let (mut seen, mut unread) = (0, 0);
    loop {
        let path = format!("{}?skip={seen}&limit={CONTAINERS_AT_ONCE}", list.path);
        let text = call(session, path, None, doing.clone()).await?;
        let page = answer::list(&text, |value| Container::from_value(&value, list));
        let page = page.map_err(|wrong| Failure::wrong(&doing, &wrong, &text))?;
        seen += page.sent();
        unread += page.unread;
        let ends = page.sent() == 0 || seen >= page.total;
        found.extend(page.resources);
        if ends {
            return Ok((found, unread));
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

async fn token(body: &Json, doing: &'static str) -> Result<Token, Failure> {
    let text = send_alone("/auth/tokens", body, doing).await?;
    // The answer may hold a token in whatever form, so none of it is ever shown but an error, and that it is a page.
    match answer::object(&text) {
        Ok(value) => Token::from_value(&value).ok_or(""),
        Err(Wrong::Error) => return Err(Failure::wrong(doing, &Wrong::Error, &text)),
        Err(Wrong::Page) => Err("<…>"),
        Err(_) => Err(""),
    }
    .map_err(|begins| Failure::unreadable(doing, "The answer holds no token.", begins))
}

/// Makes a refresh token worthless.
pub fn revoke(refresh_token: &str, client_id: Option<&str>) -> Reply {
    send_alone(REVOKE, &revocation(refresh_token, client_id), "sign out")
}

/// The same from a page that is going away, which hears of no answer.
pub fn revoke_at_last(refresh_token: &str, client_id: Option<&str>) {
    http::send_at_last(REVOKE, &revocation(refresh_token, client_id).to_string());
}

/// The domains that the person may work in, and why these are not all, where some cannot be read.
pub async fn domains(session: Session) -> Result<(Vec<Domain>, Option<Failure>), Failure> {
    let doing = "load the domains";
    let path = "/auth/self/domains?limit=1000".to_owned();
    let text = call(session, path, None, doing.to_owned()).await?;
    match answer::list(&text, |value| Domain::from_value(&value)) {
        Ok(page) => {
            let unread = text::unread(page.unread, "domain", "domains");
            let failure = (page.unread > 0).then(|| Failure::unreadable(doing, &unread, ""));
            Ok((page.resources, failure))
        }
        Err(wrong) => Err(Failure::wrong(doing, &wrong, &text)),
    }
}

/// Who is signed in, by `token`, or by what a proxy or a cookie adds where it is `None`.
pub async fn user(token: Option<String>) -> Result<User, Failure> {
    let doing = "ask who is signed in";
    let text = match begun::user().filter(|_| token.is_none()) {
        Some(answer) => http::begun(answer, doing).await?,
        None => {
            let path = "/auth/self/user".to_owned();
            http::send(Rc::new(Request { path, body: None, doing: doing.to_owned() }), token).await?
        }
    };
    match answer::object(&text) {
        Ok(value) => Ok(User::from_value(&value)),
        Err(wrong) => Err(Failure::wrong(doing, &wrong, &text)),
    }
}

/// Sends without a token.
fn send_alone(path: &'static str, body: &Json, doing: &'static str) -> Reply {
    let request = Request { path: path.to_owned(), body: Some(body.to_string()), doing: doing.to_owned() };
    http::send(Rc::new(request), None)
}

/// Sends what changes something: accepted, with the job that the answer holds, or why not.
async fn send(session: Session, path: String, body: String, doing: String) -> Result<Option<Job>, Failure> {
    let text = call(session, path, Some(body), doing.clone()).await?;
    answer::accepted(&text).map_err(|wrong| Failure::wrong(&doing, &wrong, &text))
}

/// What may have been answered to another tab.
fn ask(session: Session, path: String, doing: String) -> Reply {
    let send = call(session, path.clone(), None, doing.clone());
    shared::ask(path, doing, send)
}

/// Every request of a signed-in person passes here: with a pass that is still good, and once more with the next one
/// after a 401, by which the server says that it has done nothing.
fn call(session: Session, path: String, body: Option<String>, doing: String) -> Reply {
    let request = Rc::new(Request { path, body, doing });
    Box::pin(async move {
        let mut pass = session.pass().await?;
        let mut first = true;
        loop {
            let answer = http::send(request.clone(), pass.token.clone()).await;
            // A page with this status is a proxy's, which no token of the server's can satisfy.
            let is_over =
                answer.as_ref().is_err_and(|failure| failure.status() == Some(401) && !failure.is_page());
            if !first || !is_over {
                return answer;
            }
            first = false;
            match session.another(&pass).await {
                Some(next) => pass = next,
                None => return answer,
            }
        }
    })
}
