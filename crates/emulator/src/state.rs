//! The state that the handlers share. Each part is a handle that does its own locking, so no handler holds a mutex,
//! and a handler extracts only the parts that it needs.

use std::sync::Arc;

use axum::extract::FromRef;

use crate::auth::Auth;
use crate::clock::Clock;
use crate::faults::Faults;
use crate::options::Options;
use crate::order::Orders;
use crate::random::Ids;
use crate::request_log::RequestLog;
use crate::schedules::Settings;
use crate::store::Store;

#[derive(Debug, Clone, FromRef)]
pub struct AppState {
    pub options: Arc<Options>,
    pub clock: Clock,
    pub store: Store,
    pub auth: Auth,
    pub ids: Ids,
    pub requests: RequestLog,
    pub faults: Faults,
    pub orders: Orders,
    pub scheduler: Settings,
}
