//! The requests of the open list, for other programs.

use crate::routing::address::Address;
use crate::routing::route::{DEPTH_ROWS, Route};
use crate::state::capabilities::ServerCapabilities;
use crate::state::latest_jobs::LatestJobs;
use crate::state::sorted_jobs::Question;
use cckm::command::{Action, Request};
use cckm::family::Family;
use leptos::prelude::*;

/// Returns the request of the page that is shown, and in All clouds, where `family` is `None`, one for each family.
///
/// Where the server does not sort, the panel reads its list in other ways. Then the request is for the same window in
/// the server's own order.
pub fn list_requests(family: Option<&'static Family>) -> Callback<(), Vec<Request>> {
    let address = expect_context::<Address>();
    let known = expect_context::<ServerCapabilities>();
    let latest = expect_context::<LatestJobs>();
    Callback::new(move |()| {
        let route = address.get_untracked();
        match family {
            Some(family) => {
                let rows = known.rows(route.rows);
                let skip = Route { rows, ..route.clone() }.skip();
                vec![request(known, &Question::of(family, &route), skip, rows)]
            }
            None => {
                let newest = |family| Question::newest(family, route.status, &route.id);
                let limit = route.depth * DEPTH_ROWS;
                let shown = untrack(|| latest.families());
                shown.into_iter().map(|family| request(known, &newest(family), 0, limit)).collect()
            }
        }
    })
}

fn request(known: ServerCapabilities, question: &Question, skip: u64, limit: u64) -> Request {
    Request { family: question.family, action: Action::List(question.plain(known, skip, limit)) }
}
