//! Builds the emulator from its options: the initial state and the router. No other module imports this one.

use std::sync::Arc;

use anyhow::{Context, ensure};
use axum::Router;
use axum::middleware::from_fn_with_state;

use crate::auth::{Auth, PRINTED_TOKEN_SECONDS, administrator};
use crate::clock::Clock;
use crate::faults::Faults;
use crate::options::{ClockKind, Options};
use crate::order::Orders;
use crate::random::Ids;
use crate::request_log::RequestLog;
use crate::schedules::Settings;
use crate::state::AppState;
use crate::{api, control, control_schedules, data, middleware, pages};

/// An emulator that does not listen yet.
#[derive(Debug)]
pub struct App(AppState);

impl App {
    /// Builds the initial state.
    ///
    /// # Errors
    /// Fails where the data file cannot be read or has another shape, and where there is no panel to serve.
    pub fn new(options: Options) -> anyhow::Result<Self> {
        if let Some(dist) = &options.dist {
            ensure!(
                dist.join("index.html").is_file(),
                "{} holds no built panel: no index.html",
                dist.display()
            );
        }
        let clock = Clock::new(options.now, options.clock == ClockKind::Frozen);
        let store = data::store(&options.data, options.key_sources, options.seed, clock.now())
            .context("the data to start with")?;
        Ok(Self(AppState {
            store,
            auth: Auth::new(options.token_seconds, options.open),
            ids: Ids::with_seed(options.seed ^ 0x5eed),
            requests: RequestLog::default(),
            faults: Faults::default(),
            orders: Orders::new(&options),
            scheduler: Settings::new(&options),
            clock,
            options: Arc::new(options),
        }))
    }

    /// Issues a long-lived token of the administrator.
    pub fn long_token(&self) -> String {
        let Self(state) = self;
        state.auth.issue(administrator(), &state.ids.next(), state.clock.now(), PRINTED_TOKEN_SECONDS)
    }

    /// The router of the whole server: the API and, unless they are switched off, the control API and the panel.
    pub fn router(self) -> Router {
        let Self(state) = self;
        let options = &state.options;
        let mut router = api::router();
        if let Some(dist) = &options.dist {
            router = router.merge(pages::router(dist, &options.below, options.config.clone()));
        }
        router = router.layer(from_fn_with_state(state.clone(), middleware::log_and_fault));
        if !options.api_only {
            router = router.nest("/__emulator", control::router().merge(control_schedules::router()));
        }
        router.with_state(state)
    }
}
