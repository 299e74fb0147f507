//! A local stand-in for the synchronization-job API of a `CipherTrust` Manager, for development and tests: a library, so
//! that tests can [`start()`] it on a free port with their own data, clock and faults, and a program. It must not be taken
//! for the product: it knows what is documented of this one API, and keeps no keys.
//!
//! # The quirks, by name
//!
//! What the vendor's documentation and client code show is kept as it is, odd as it is. [`families::FAMILIES`] holds
//! all that differs between clouds.
//!
//! - **A space in SAP's status**: `in progress`, where all others have `in_progress`. The filter
//!   `overall_status=in_progress` finds both (nobody documents whether it does).
//! - **Google is `gcp`** in a job's `cloud`, and its jobs hold full resource names.
//! - **Salesforce's three names**: the filter `organizations`, the body's `organization_ids`, the job's `kms`, which holds
//!   Salesforce's own organization ids.
//! - **AWS names and regions**: jobs hold KMS names, `detailed_status` is by `account/region`, and without `regions` all
//!   regions of the KMS are synchronized.
//! - **SAP gives back what was sent**: a resource id or a group id. `detailed_status` is by group id.
//! - **Nine fraction digits and no `detailed_status`** in the start answer; six digits everywhere else.
//! - **A page of ten** by default, `limit=-1` for everything, repeated keys for arrays (a comma is part of a name).
//! - **Cancelled looks completed**: the answer has `abort: true` and is still in progress; ten seconds later the job ends as
//!   `completed`, with `abort: true`. What it had begun still says `in_progress`.
//! - **Completed is not success**: a Salesforce job of which everything failed is `completed`. Elsewhere it is `failed`, in
//!   OCI `error`, a word of the vendor's client.
//! - **One at a time**: a second start while a job of the family runs is refused with 409, naming the running job. Jobs
//!   created more than a day ago do not count, or the documented ones would block their families since 2020.
//! - **`synchronize_all` or a selection**: both is 400, neither is 400, and `synchronize_all: false` beside a selection is
//!   harmless. An unknown container is 404.
//! - **A missing license is a 403** like a missing permission; a family that this version does not have is a 404.
//! - **The error envelope** `{"code","codeDesc","message","requestID"}`, with the cause as `Validation errors:` and lines
//!   `field: text`.
//! - **`auth/tokens/`** is answered with and without its slash. A renewal leaves `refresh_token` out; a refresh token used
//!   for another domain is revoked.
//!
//! # Its own choices
//!
//! Where nobody says how the server behaves, these are the emulator's, and nothing may rely on them elsewhere: an
//! unsorted list comes in creation order, oldest first, unless another is chosen; `sort` is known to all families unless switched off; a start
//! answers 201; a job that cannot be cancelled answers 400; the numbers `code` of 400, 405 and 409; a started job takes
//! 20 to 90 seconds; certificates and custom key stores have the `cloud` of their family's keys.
//!
//! # The control API
//!
//! Below `/__emulator`, without a token. Bodies are JSON with the content type that says so.
//!
//! | request | does |
//! |---|---|
//! | `GET clock` | `{"now","frozen"}` |
//! | `POST clock {"advance_seconds":60}` | moves the clock, and all jobs and tokens with it; answers like `GET` |
//! | `GET requests` | the API's requests so far: `[{"method","path","query","body","status","authorized"}]`; `status` is `null` while one is being answered |
//! | `DELETE requests` | forgets them |
//! | `POST faults {…}` | orders a fault, see [`faults::Fault`]: `method`, `path` (a `*` at its end fits any rest), `query_contains`, `times`, `delay_ms`, `hold`, `status`, `body`, `content_type`, `headers`, `carried_out`; all may be left out |
//! | `GET faults` | `{"faults":[…],"held":{"name":1}}`: what is ordered, and how many answers each name holds |
//! | `DELETE faults` | takes all away and lets go what is held |
//! | `POST release {"hold":"name"}` | lets go what is held now: `{"released":1}` |
//! | `GET jobs/<slug>` | every job as it is now |
//! | `PUT jobs/<slug> […]` | replaces a family's jobs by objects as given, which may be odd; they change only by a cancel |
//! | `POST jobs/<slug> […]` or `{…}` | adds jobs |
//! | `GET`, `PUT containers/<list>` | a list such as `aws-kms`; a member `emulator_trouble` is the text that the container's synchronization ends with, and is not served |
//! | `PUT order/<slug> {"natural":"none","sort":"ignored"}` | how a family's list is ordered: `natural` is `newest`, `oldest` or `none`, `sort` is `honoured`, `ignored` or `refused`; each may be left out |
//! | `POST revoke` | makes every token invalid; with `{"keep_refresh_tokens":true}` renewal still works |
//! | `POST open {"open":true}` | accepts requests without a token |
//!
//! `jobs` and `containers` are those of the domain `root`; `?domain=payments` means the other.
//!
//! A fault comes before everything else, the token too, and on any path, the panel's files too. The first that fits is
//! used; with `carried_out` the request is carried out all the same, and only its answer is lost. One that only delays or
//! holds lets the normal answer be made first: what is held is an old answer.
//!
//! # Time
//!
//! A job is a plan made once ([`jobs::Plan`]); its state is that plan at the clock's present time. Nothing runs in the
//! background, so a frozen clock is exact. Answers of the interface tell it in their header `Date`, which a fault may set to
//! another time, or to nothing that is one.

pub mod api;
pub mod app;
pub mod auth;
pub mod clock;
pub mod control;
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
pub mod start;
pub mod state;
pub mod store;

use std::net::SocketAddr;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use app::App;
pub use options::Options;

/// An emulator that runs. It ends when this is dropped.
#[derive(Debug)]
pub struct Running {
    pub address: SocketAddr,
    /// The administrator's, in the root domain; it lasts 30 days of the emulator's clock.
    pub token: String,
    server: JoinHandle<std::io::Result<()>>,
}

impl Running {
    /// Waits until the server ends, which it does by itself only on an error of the listening socket.
    pub async fn wait(mut self) -> anyhow::Result<()> {
        (&mut self.server).await.context("the server")?.context("the listening socket")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Held answers would keep a graceful end waiting for ever.
        self.server.abort();
    }
}

/// Starts an emulator in the present runtime; it answers when this returns.
///
/// # Errors
/// When the address is taken or the data cannot be read.
pub async fn start(options: Options) -> anyhow::Result<Running> {
    let listen = options.listen;
    let app = App::new(options)?;
    let listener = TcpListener::bind(listen).await.with_context(|| format!("listening at {listen}"))?;
    let address = listener.local_addr()?;
    let token = app.long_token();
    let server = tokio::spawn(axum::serve(listener, app.router()).into_future());
    Ok(Running { address, token, server })
}
