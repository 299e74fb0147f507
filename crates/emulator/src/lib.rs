//! An emulator of the synchronization-job API of a `CipherTrust` Manager, for development and tests. It is a program,
//! and a library with which tests can [`start()`] it on a free port with their own data, clock and faults. It
//! implements only what is documented of this API, holds no keys, and is no replacement for the product.
//!
//! # Quirks
//!
//! The emulator reproduces what the vendor's documentation and client code show, including its irregularities.
//! [`families::FAMILIES`] holds everything that differs between clouds.
//!
//! - **A space in SAP's status**: `in progress`, where all others have `in_progress`. The filter
//!   `overall_status=in_progress` matches both (whether the server does so is not documented).
//! - **Google is `gcp`** in a job's `cloud`, and its jobs hold full resource names.
//! - **Salesforce's three names**: the filter `organizations`, the body's `organization_ids`, the job's `kms`, which
//!   holds Salesforce's own organization ids.
//! - **AWS names and regions**: jobs hold KMS names, `detailed_status` is by `account/region`, and without `regions`
//!   all regions of the KMS are synchronized.
//! - **SAP returns what was sent**: a resource id or a group id. `detailed_status` is by group id.
//! - **Nine fraction digits and no `detailed_status`** in the response to a start; six digits everywhere else.
//! - **A page of ten** by default, `limit=-1` for the whole list, repeated keys for arrays (a comma is part of a
//!   name).
//! - **Cancelled looks completed**: the response to a cancel has `abort: true` and is still in progress; ten seconds
//!   later the job ends as `completed`, with `abort: true`. The container it was working on still has `in_progress`.
//! - **Completed is not success**: a Salesforce job whose containers all failed is `completed`. Elsewhere it is
//!   `failed`, in OCI `error`, a status from the vendor's client.
//! - **One at a time**: a start while a job of the family runs is refused with 409, and the message names the running
//!   job. Jobs older than a day do not count, because the documented ones would block their families since 2020.
//! - **`synchronize_all` or a selection**: both is 400, neither is 400, and `synchronize_all: false` beside a
//!   selection is harmless. An unknown container is 404.
//! - **A missing license is a 403** like a missing permission; a family that this version does not have is a 404.
//! - **The error envelope** `{"code","codeDesc","message","requestID"}`, with the cause as `Validation errors:` and
//!   lines `field: text`.
//! - **`auth/tokens/`** works with and without its slash. The response to a renewal has no `refresh_token`; a refresh
//!   token that is used for another domain is revoked.
//!
//! - **The scheduler's words**: parameters are sent as `cckm_synchronization_params` and answered as
//!   `job_config_params`, with `oci_vaults` and `organizations` where start requests say `vaults` and
//!   `organization_ids`. `sync_items` takes `key` alone. Dates are whole seconds with `Z`.
//!
//! # The emulator's own choices
//!
//! Where the server's behaviour is not documented, the emulator makes these choices, on which no other code may rely:
//! an unsorted list is in the order of creation, oldest first, unless another order is chosen; all families accept
//! `sort` unless it is switched off; a start is accepted with 201; a job that cannot be cancelled is refused with
//! 400; the numbers `code` of 400, 405 and 409; a started job takes 20 to 90 seconds; certificates and custom key
//! stores have the `cloud` of their family's keys. Schedules run at their times only once they are told to, because a
//! job that starts by itself would refuse others; a change replaces parameters as a whole; `null` takes a date away; a run
//! names its configuration but not its job, and a run that finds a job of its family in progress fails.
//!
//! # The control API
//!
//! All paths are below `/__emulator` and need no token. Bodies are JSON with the content type `application/json`.
//!
//! | request | does |
//! |---|---|
//! | `GET clock` | `{"now","frozen"}` |
//! | `POST clock {"advance_seconds":60}` | moves the clock, and all jobs and tokens with it; answers like `GET` |
//! | `GET requests` | the API's requests so far: `[{"method","path","query","body","status","authorized"}]`; `status` is `null` while one is being answered |
//! | `DELETE requests` | forgets them |
//! | `POST faults {…}` | orders a fault, see [`faults::Fault`]: `method`, `path` (a `*` at its end fits any rest), `query_contains`, `times`, `delay_ms`, `hold`, `status`, `body`, `content_type`, `headers`, `carried_out`, `body_is` (`"cut"`, `"dropped"` or `{"slow":"name"}`); all may be left out |
//! | `GET faults` | `{"faults":[…],"held":{"name":1}}`: what is ordered, and how many answers, or halves of them, each name holds |
//! | `DELETE faults` | takes all away and lets go what is held |
//! | `POST release {"hold":"name"}` | lets go what is held now: `{"released":1}` |
//! | `GET jobs/<slug>` | every job as it is now |
//! | `PUT jobs/<slug> […]` | replaces a family's jobs by objects as given, which may be odd; they change only by a cancel |
//! | `POST jobs/<slug> […]` or `{…}` | adds jobs |
//! | `GET`, `PUT containers/<list>` | a list such as `aws-kms`; a member `emulator_trouble` is the text that the container's synchronization ends with, and is not served |
//! | `PUT order/<slug> {"natural":"none","sort":"ignored"}` | how a family's list is ordered: `natural` is `newest`, `oldest` or `none`, `sort` is `honoured`, `ignored` or `refused`; each may be left out |
//! | `PUT scheduler {"feature":"absent","run_on":"refused","runs":true}` | `feature` is `present`, `absent` (404, as in the Community Edition), `forbidden` or `unlicensed`; `run_on` is `accepted` or `refused`, as the hosted service does; `runs` says whether schedules run at their times; each may be left out |
//! | `GET`, `PUT`, `POST schedules` | all configurations of the scheduler, replaces them by objects as given, or adds some |
//! | `PATCH schedules/<id> {…}` | sets members of one as another administrator would |
//! | `GET`, `PUT`, `POST runs` | the same for the runs of the scheduler |
//! | `POST revoke` | makes every token invalid; with `{"keep_refresh_tokens":true}` renewal still works |
//! | `POST open {"open":true}` | accepts requests without a token |
//!
//! `jobs`, `containers`, `schedules` and `runs` are those of the domain `root`; `?domain=payments` selects the other domain.
//!
//! A fault applies before all other checks, including that of the token, and on any path, including the panel's
//! files. The first fault that matches is used. With `carried_out` the request is processed all the same, and only
//! its response is lost. A fault that only delays or holds lets the normal response be computed first, so a held
//! response has old data.
//!
//! # Time
//!
//! A job is a plan made once ([`jobs::Plan`]), and its state is that plan at the clock's current time. There are no
//! background tasks, so a frozen clock is exact. The `Date` header of the API's responses has the clock's time; a
//! fault may set it to another time or to an invalid value.

pub mod api;
pub mod app;
pub mod auth;
pub mod broken_body;
pub mod clock;
mod container_lists;
pub mod control;
pub mod control_schedules;
pub mod data;
pub mod errors;
pub mod families;
pub mod faults;
pub mod jobs;
pub mod list;
pub mod middleware;
pub mod options;
pub mod order;
pub mod pages;
pub mod random;
pub mod request_log;
pub mod scheduler;
pub mod schedules;
pub mod start;
pub mod state;
pub mod store;

use std::net::SocketAddr;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use app::App;
pub use options::Options;

/// A running emulator. It ends when this value is dropped.
#[derive(Debug)]
pub struct Running {
    pub address: SocketAddr,
    /// A token of the administrator in the root domain, valid for 30 days of the emulator's clock.
    pub token: String,
    server: JoinHandle<std::io::Result<()>>,
}

impl Running {
    /// Waits until the server ends, which happens only on an error of the listening socket.
    pub async fn wait(mut self) -> anyhow::Result<()> {
        (&mut self.server).await.context("the server")?.context("the listening socket")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A graceful shutdown would wait for held responses for ever.
        self.server.abort();
    }
}

/// Starts an emulator in the current runtime; it accepts requests once this returns.
///
/// # Errors
/// Fails where the address is in use or the data cannot be read.
pub async fn start(options: Options) -> anyhow::Result<Running> {
    let listen = options.listen;
    let app = App::new(options)?;
    let listener = TcpListener::bind(listen).await.with_context(|| format!("listening at {listen}"))?;
    let address = listener.local_addr()?;
    let token = app.long_token();
    let server = tokio::spawn(axum::serve(listener, app.router()).into_future());
    Ok(Running { address, token, server })
}
