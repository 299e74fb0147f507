//! Owns the emulator's state, put together from the options, and the router over it. It must not answer anything.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, ensure};
use axum::Router;
use axum::middleware::from_fn_with_state;
use fastrand::Rng;

use crate::auth::{Auth, PRINTED_TOKEN_SECONDS, administrator};
use crate::clock::Clock;
use crate::faults::Faults;
use crate::options::{ClockKind, Options};
use crate::order::Orders;
use crate::requests::Requests;
use crate::store::Store;
use crate::{api, control, data, pages, requests};

/// Everything a request can touch.
#[derive(Debug)]
pub struct App {
    pub options: Options,
    pub clock: Clock,
    pub store: Mutex<Store>,
    pub auth: Mutex<Auth>,
    /// Chance for jobs that are started while the emulator runs.
    pub rng: Mutex<Rng>,
    pub requests: Requests,
    pub faults: Faults,
    pub orders: Orders,
}

impl App {
    /// The state at the start.
    ///
    /// # Errors
    /// When the data file cannot be read or has another shape, and when there is no panel to serve.
    pub fn new(options: Options) -> anyhow::Result<Arc<Self>> {
        if let Some(dist) = &options.dist {
            ensure!(
                dist.join("index.html").is_file(),
                "{} holds no built panel: no index.html",
                dist.display()
            );
        }
        let clock = Clock::new(options.now, options.clock == ClockKind::Frozen);
        let store =
            data::store(&options.data, options.seed, clock.now()).context("the data to start with")?;
        Ok(Arc::new(Self {
            store: Mutex::new(store),
            auth: Mutex::new(Auth::new(options.token_seconds, options.open)),
            rng: Mutex::new(Rng::with_seed(options.seed ^ 0x5eed)),
            requests: Requests::default(),
            faults: Faults::default(),
            orders: Orders::new(&options),
            clock,
            options,
        }))
    }

    /// A token of the administrator that lasts long.
    pub fn long_token(&self) -> String {
        let client = data::random::uuid(&mut lock(&self.rng));
        lock(&self.auth).issue(administrator(), &client, self.clock.now(), PRINTED_TOKEN_SECONDS)
    }

    /// The whole server: the API, and unless switched off the control API and the panel.
    pub fn router(self: Arc<Self>) -> Router {
        let mut served = api::router();
        if let Some(dist) = &self.options.dist {
            served = served.merge(pages::router(dist, &self.options.below, self.options.config.clone()));
        }
        let served = served.layer(from_fn_with_state(self.clone(), requests::watch));
        let all = if self.options.api_only { served } else { served.nest("/__emulator", control::router()) };
        all.with_state(self)
    }
}

/// What a mutex holds. Nothing is left half done when a holder panics, so a poisoned one is as good.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
