//! A local stand-in for a `CipherTrust` Manager's synchronization-job API, as a library so that tests can start it on a
//! free port with their own data, clock and faults.
//!
//! TODO-DOC

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
pub mod options;
pub mod pages;
pub mod requests;
pub mod start;
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
