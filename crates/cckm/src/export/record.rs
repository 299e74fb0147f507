//! The facts of a job that a file holds, as they are before they are written.

use super::about::{About, Row};
use super::time::{iso, name};
use serde::Serialize;

/// The columns of a CSV file, in their order.
pub const COLUMNS: [&str; 20] = [
    "cloud",
    "scope",
    "job_id",
    "outcome",
    "server_status",
    "abort",
    "everything",
    "container_names",
    "container_ids",
    "regions",
    "created",
    "updated",
    "completed",
    "time_zone",
    "duration_seconds",
    "failed",
    "not_known",
    "total",
    "results",
    "uri",
];

/// The facts of one job. The names of its fields are those of the columns, but for the lists, which a column joins.
#[derive(Debug, Serialize)]
pub(super) struct Record<'a> {
    pub cloud: &'static str,
    pub scope: &'static str,
    pub job_id: &'a str,
    /// The outcome by the panel.
    pub outcome: &'static str,
    /// `overall_status`, unchanged.
    pub server_status: &'a str,
    pub abort: bool,
    pub everything: bool,
    pub containers: Vec<ContainerName<'a>>,
    pub regions: &'a [String],
    pub created: Option<String>,
    pub updated: Option<String>,
    pub completed: Option<String>,
    pub time_zone: &'static str,
    /// From the creation to the end, or to the time of the export while the job runs.
    pub duration_seconds: Option<i64>,
    /// The numbers of results by container: errors, those that are not known, and all.
    pub failed: usize,
    pub not_known: usize,
    pub total: usize,
    pub results: Vec<ResultLine<'a>>,
    pub uri: &'a str,
}

/// A container of the job's selection.
#[derive(Debug, Serialize)]
pub(super) struct ContainerName<'a> {
    /// The text by which the job names the container.
    pub key: &'a str,
    /// The name and the id by the container list; `None` where that does not know the container.
    pub name: Option<&'a str>,
    pub id: Option<&'a str>,
}

/// The result of a container.
#[derive(Debug, Serialize)]
pub(super) struct ResultLine<'a> {
    /// The key in `detailed_status`; empty for a result that stands for everything.
    pub key: &'a str,
    /// The container's name, with the region where the key has one; the key where the name is not known.
    pub container: String,
    /// The panel's verdict.
    pub result: &'static str,
    /// The server's text.
    pub text: &'a str,
}

impl<'a> Record<'a> {
    pub(super) fn of(row: &Row<'a>, about: &About) -> Self {
        let Row { family, job, directory } = *row;
        let written = |stamp| iso(stamp, &about.times);
        let (failed, _, total) = job.progress();
        let container = |key: &'a String| {
            let found = directory.and_then(|directory| directory.find(key));
            ContainerName {
                key,
                name: found.map(|container| container.label.as_str()),
                id: found.map(|container| container.id.as_str()),
            }
        };
        let results = job.results(family).into_iter().map(|(key, text, verdict)| ResultLine {
            key,
            container: match directory {
                Some(directory) => directory.describe(family.containers, key),
                None => key.to_owned(),
            },
            result: verdict.word(),
            text,
        });
        Self {
            cloud: family.cloud,
            scope: family.scope,
            job_id: &job.id,
            outcome: job.outcome().word(),
            server_status: &job.status,
            abort: job.abort,
            everything: job.is_of_everything(family),
            containers: job.containers(family).iter().map(container).collect(),
            regions: job.regions(family),
            created: job.created.map(written),
            updated: job.updated.map(written),
            completed: job.completed.map(written),
            time_zone: name(&about.times),
            duration_seconds: job.lasted(about.now).map(|millis| millis / 1000),
            failed,
            not_known: job.not_known(),
            total,
            results: results.collect(),
            uri: &job.uri,
        }
    }
}
