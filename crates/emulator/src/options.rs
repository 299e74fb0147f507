//! The command line: the options and the help text. Doc comments of options are the text of `--help`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use clap::builder::PossibleValuesParser;
use clap::{Parser, ValueEnum};

use crate::families;

const ALL: &str = "all";

const ABOUT: &str =
    "A local stand-in for a CipherTrust Manager's synchronization-job API, for development and tests.";

const MORE: &str = "\
Sign in as `admin`, `viewer` or `auditor` with the password `emulator`, in the domain `root` or `payments`. `viewer` may see jobs, \
and may neither list containers nor start or cancel a job; `auditor` sees all of it and is in no group that may start or \
cancel. The first line of the standard output is JSON: \
{\"address\",\"user\",\"password\",\"token\"}; that token lasts 30 days, whatever --token-seconds says.

What it does as the vendor's documentation shows it, odd as it is:
  - SAP jobs run as `in progress`, with a space; all others as `in_progress`. The filter finds both by `in_progress`.
  - Google jobs have the cloud `gcp`.
  - Salesforce has three names for one thing: the filter `organizations`, the body's `organization_ids`, and the job's \
`kms`, which holds Salesforce's own organization ids.
  - AWS jobs hold KMS names in `kms`, and `account/region` as the keys of `detailed_status`. Without `regions` all \
regions of the KMS are synchronized.
  - The start answer has times of nine fraction digits and no `detailed_status`; every other answer has six, and has it.
  - A page has 10 entries unless `limit` says otherwise; -1 is everything. Arrays repeat the key: `kms=a&kms=b`.
  - A cancelled job answers `abort: true` and stays in progress; 10 s later it ends as `completed`, with `abort: true`.
  - `completed` is not success: a Salesforce job is completed when every organization failed.
  - A second start while a job of the family runs is refused with 409, and the message names the running job. A job \
created more than a day ago counts as dead and refuses nothing.
  - `synchronize_all` and a selection exclude each other; `synchronize_all: false` beside a selection is harmless.
  - An unsorted list comes in creation order, oldest first, unless --newest-first or --unordered says otherwise.
  - Errors come as {\"code\",\"codeDesc\",\"message\",\"requestID\"}; a missing license is a 403 like a missing permission.
  - `auth/tokens` is answered with and without a slash at the end; a refresh answer leaves `refresh_token` out; a \
refresh token used for another domain is revoked.

Tests steer it under /__emulator/: clock, requests, faults, release, jobs/<slug>, containers/<list>, revoke, open, order/<slug>, \
scheduler, schedules, runs. The \
documentation of the crate describes them.";

/// The command line.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Clone, Parser)]
#[command(name = "emulator", version, about = ABOUT, long_about = None, after_long_help = MORE, max_term_width = 100)]
pub struct Options {
    /// The address to listen at; port 0 picks a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8700")]
    pub listen: SocketAddr,

    /// Serve a built panel from this folder too, under a strict Content-Security-Policy. Files ending in .br or .gz are
    /// sent in place of those beside them.
    #[arg(long, value_name = "DIR")]
    pub dist: Option<PathBuf>,

    /// Serve the panel below this path instead of at the root. The API stays at /api/v1.
    #[arg(long, value_name = "PATH", default_value = "", value_parser = below, requires = "dist")]
    pub below: String,

    /// Answer this JSON as the panel's config.json, instead of the file that lies in --dist.
    #[arg(long, value_name = "JSON", requires = "dist")]
    pub config: Option<String>,

    /// The data to start with: believable (hundreds of jobs of the last weeks, and the documented ones), documented
    /// (nothing else), empty, large (2 200 containers a list, 1 500 jobs a family), huge (5 000 containers a list, 200 000
    /// jobs, of which 155 000 are of the first family), or a JSON file
    /// {"containers":{"aws-kms":[…]},"jobs":{"aws":[…]},"schedules":[…],"runs":[…]}.
    #[arg(long, value_name = "DATA", default_value = "believable")]
    pub data: Data,

    /// The seed of the generated data; the same seed gives the same ids, names and outcomes.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,

    /// Whether time runs. A frozen clock is moved by POST /__emulator/clock.
    #[arg(long, value_name = "CLOCK", default_value = "real")]
    pub clock: ClockKind,

    /// The time at the start, such as 2026-03-01T12:00:00Z, instead of the present.
    #[arg(long, value_name = "RFC3339")]
    pub now: Option<DateTime<Utc>>,

    /// How long a token lasts.
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub token_seconds: u32,

    /// Accept requests without a token, as though a proxy had signed `admin` in.
    #[arg(long)]
    pub open: bool,

    /// The largest page: a larger `limit` is cut to it, and the answer's `limit` says so.
    #[arg(long, value_name = "NUMBER")]
    pub max_limit: Option<u32>,

    /// Families whose lists come newest first where they are not sorted; all others come oldest first.
    #[arg(long, value_name = "SLUG", num_args = 1.., value_delimiter = ',', value_parser = slugs(true))]
    pub newest_first: Vec<String>,

    /// Families whose lists come in no order (by id) where they are not sorted.
    #[arg(long, value_name = "SLUG", num_args = 1.., value_delimiter = ',', value_parser = slugs(true))]
    pub unordered: Vec<String>,

    /// Families whose lists refuse `sort` with 400.
    #[arg(long, value_name = "SLUG", num_args = 1.., value_delimiter = ',', value_parser = slugs(true))]
    pub no_sort: Vec<String>,

    /// Families whose lists ignore `sort`.
    #[arg(long, value_name = "SLUG", num_args = 1.., value_delimiter = ',', value_parser = slugs(true))]
    pub sort_ignored: Vec<String>,

    /// Families without a license: 403.
    #[arg(long, value_name = "SLUG", num_args = 1.., value_delimiter = ',', value_parser = slugs(true))]
    pub unlicensed: Vec<String>,

    /// Families that this version does not have: 404.
    #[arg(long, value_name = "SLUG", num_args = 1.., value_delimiter = ',', value_parser = slugs(true))]
    pub unknown: Vec<String>,

    /// What the scheduler answers: everything, 404 as in the Community Edition, or 403.
    #[arg(long, value_name = "ANSWER", default_value = "present")]
    pub scheduler: Feature,

    /// Start the synchronizations of schedules at their times.
    #[arg(long)]
    pub run_schedules: bool,

    /// Have the families of key sources too (DSM, Luna HSM, other managers); without it, their paths answer 404.
    #[arg(long)]
    pub key_sources: bool,

    /// Serve nothing but /api/v1: no control API and no panel.
    #[arg(long, conflicts_with = "dist")]
    pub api_only: bool,

    /// End when the standard input closes, so that the emulator does not outlive what started it.
    #[arg(long)]
    pub until_stdin_closes: bool,
}

impl Default for Options {
    /// What an empty command line gives.
    fn default() -> Self {
        Self::parse_from(["emulator"])
    }
}

/// Whether time runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ClockKind {
    Real,
    Frozen,
}

/// What the scheduler answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Feature {
    Present,
    Absent,
    Forbidden,
    Unlicensed,
}

/// The data to start with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    Believable,
    Documented,
    Empty,
    Large,
    Huge,
    File(PathBuf),
}

impl FromStr for Data {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "believable" => Self::Believable,
            "documented" => Self::Documented,
            "empty" => Self::Empty,
            "large" => Self::Large,
            "huge" => Self::Huge,
            file => Self::File(file.into()),
        })
    }
}

/// Whether an option that takes slugs names this family.
pub fn names(slugs: &[String], slug: &str) -> bool {
    slugs.iter().any(|one| one == slug || one == ALL)
}

fn slugs(all: bool) -> PossibleValuesParser {
    families::all().map(|family| family.slug).chain(all.then_some(ALL)).collect::<Vec<_>>().into()
}

/// Normalizes a path: `/panel/` and `panel` become `/panel`, and `/` becomes empty.
fn below(text: &str) -> Result<String, String> {
    let path = text.trim_matches('/');
    if path.is_empty() {
        return Ok(String::new());
    }
    if path
        .split('/')
        .any(|part| part.is_empty() || part == "." || part == ".." || part.contains(['{', '}', '?', '#']))
    {
        return Err("must be a plain path such as /panel".into());
    }
    if ["api", "__emulator"].contains(&path.split('/').next().unwrap_or_default()) {
        return Err("is taken by the API or the control API".into());
    }
    Ok(format!("/{path}"))
}
