//! The requests for synchronization jobs: a page of a list, one job, a start and a cancel.

use super::request::Request;
use cckm::decode;
use cckm::family::Family;
use cckm::job::Job;
use cckm::list_query;
use cckm::page::Page;
use serde_json::Value;

/// The page of the jobs of `family` that `query` selects; `asked` are its `skip` and `limit`.
pub fn list(family: &Family, query: &[(String, String)], asked: (u64, u64)) -> Request<Page<Job>> {
    let path = [family.root, "?", &list_query::encode(query)].concat();
    let purpose = ["load the jobs of ", &family.title()].concat();
    Request::get(path, purpose, move |text| decode::page(text, asked, Job::from_value))
}

/// One job.
pub fn job(family: &Family, id: &str) -> Request<Job> {
    let purpose = ["load this job of ", &family.title()].concat();
    let id = id.to_owned();
    Request::get(list_query::job_path(family, &id), purpose, move |text| decode::job(text, &id))
}

/// Starts a synchronization. Decodes to `None` where the response is good but does not contain the new job.
pub fn start(family: &Family, body: &Value) -> Request<Option<Job>> {
    let purpose = ["start a synchronization of ", &family.title()].concat();
    Request::post(family.root.to_owned(), body.to_string(), purpose, decode::accepted)
}

/// Cancels a job. Decodes to `None` where the response is good but does not contain the job.
pub fn cancel(family: &Family, id: &str) -> Request<Option<Job>> {
    let path = [list_query::job_path(family, id).as_str(), "/cancel"].concat();
    let id = id.to_owned();
    Request::post(path, String::new(), "cancel this job", move |text| {
        Ok(decode::accepted(text)?.filter(|job| job.id.eq_ignore_ascii_case(&id)))
    })
}
