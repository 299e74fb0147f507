//! The requests for schedules of synchronizations and for the runs of the scheduler.

use super::request::Request;
use cckm::decode;
use cckm::list_query::encode;
use cckm::page::Page;
use cckm::schedule::{self, PATH, RUNS_PATH, Run, Schedule};
use serde_json::Value;

/// How many schedules are requested at once; the server's own default is 10.
const PAGE_SIZE: u64 = 100;
/// How many runs are requested at once.
const RUNS: u64 = 100;

/// The page of all configurations of the scheduler after the first `skip`. It has those of other operations too, which
/// [`Schedule::is_synchronization`] tells apart: no filter for the operation is documented.
pub fn page(skip: u64) -> Request<Page<Schedule>> {
    let path = format!("{PATH}?skip={skip}&limit={PAGE_SIZE}");
    Request::get(path, "load the schedules", move |text| {
        decode::page(text, (skip, PAGE_SIZE), Schedule::from_value)
    })
}

/// One schedule.
pub fn schedule(id: &str) -> Request<Schedule> {
    let id = id.to_owned();
    Request::get(schedule::path(&id), "load this schedule", move |text| Schedule::decode(text, &id))
}

/// Creates a schedule. Decodes to `None` where the response is good but does not contain it.
pub fn create(body: &Value) -> Request<Option<Schedule>> {
    Request::post(PATH.to_owned(), body.to_string(), "create this schedule", Schedule::accepted)
}

/// Changes the fields of a schedule that are in `body`.
pub fn change(id: &str, body: &Value) -> Request<Option<Schedule>> {
    Request::patch(schedule::path(id), body.to_string(), "change this schedule", Schedule::accepted)
}

/// Deletes a schedule.
pub fn delete(id: &str) -> Request<()> {
    Request::delete(schedule::path(id), "delete this schedule", accepted)
}

/// Runs a schedule now.
pub fn run_now(id: &str) -> Request<()> {
    let path = [schedule::path(id).as_str(), "/run-now"].concat();
    Request::post(path, String::new(), "run this schedule now", accepted)
}

/// The newest runs of all configurations. Decodes runs of other operations too.
pub fn runs(skip: u64) -> Request<Page<Run>> {
    let query = [("skip", skip.to_string()), ("limit", RUNS.to_string()), ("sort", "-createdAt".to_owned())];
    let query: Vec<(String, String)> =
        query.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let path = [RUNS_PATH, "?", &encode(&query)].concat();
    Request::get(path, "load the runs of the schedules", move |text| {
        decode::page(text, (skip, RUNS), Run::from_value)
    })
}

fn accepted(text: &str) -> Result<(), decode::DecodeError> {
    Schedule::accepted(text).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::request::Method;
    use serde_json::json;

    #[test]
    fn requests_are_what_the_scheduler_documents() {
        let parts = |request: &std::rc::Rc<crate::api::Parts>| {
            let method = match request.method {
                Method::Get => "GET",
                Method::Post => "POST",
                Method::Patch => "PATCH",
                Method::Delete => "DELETE",
            };
            format!("{method} {} {}", request.path, request.body)
        };
        assert_eq!(parts(&page(100).parts), "GET /scheduler/job-configs?skip=100&limit=100 ");
        assert_eq!(parts(&schedule("a/b").parts), "GET /scheduler/job-configs/a%2Fb ");
        assert_eq!(
            parts(&create(&json!({"name": "n"})).parts),
            r#"POST /scheduler/job-configs {"name":"n"}"#
        );
        assert_eq!(
            parts(&change("s", &json!({"disabled": true})).parts),
            r#"PATCH /scheduler/job-configs/s {"disabled":true}"#
        );
        assert_eq!(parts(&delete("s").parts), "DELETE /scheduler/job-configs/s ");
        assert_eq!(parts(&run_now("s").parts), "POST /scheduler/job-configs/s/run-now ");
        assert_eq!(parts(&runs(0).parts), "GET /scheduler/jobs?skip=0&limit=100&sort=-createdAt ");
    }

    #[test]
    fn an_empty_answer_accepts_and_a_page_does_not() {
        assert!(delete("s").decode("").is_ok());
        assert!(run_now("s").decode("{}").is_ok());
        let page = delete("s").decode("<html>Sign in</html>").err();
        assert!(page.is_some_and(|failure| failure.is_page() && failure.is_lost()));
        let refused = create(&json!({})).decode(r#"{"codeDesc": "NCERRConflict", "message": "name exists"}"#);
        assert_eq!(
            refused.err().map(|failure| failure.title()).as_deref(),
            Some("Could not create this schedule")
        );
        assert!(schedule("s").decode(r#"{"id": "t"}"#).is_err());
    }
}
