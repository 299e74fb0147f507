//! Reading requests, whose response may be another tab's or a prefetched one.
//!
//! Requests that change something on the server do not go through here: [`Session::send`] always sends them.

use super::{cross_tab, prefetch};
use crate::api::failure::Failure;
use crate::api::{Reply, Request};
use crate::auth::Session;
use cckm::page::Page;

/// Returns the decoded response to `request`.
pub async fn fetch<T>(session: Session, request: Request<T>) -> Result<T, Failure> {
    request.decode(&fetch_text(session, &request).await?)
}

/// Returns the text of the response to `request`, so that the caller can skip decoding an unchanged one.
pub fn fetch_text<T>(session: Session, request: &Request<T>) -> Reply {
    cross_tab::share(&request.parts, session.send_parts(request.parts.clone()))
}

/// Like [`fetch_text`], for a list, which may have been prefetched. The first call drops a prefetched response that
/// it cannot use.
pub fn fetch_list_text<T>(session: Session, request: &Request<T>) -> Reply {
    let prefetched = prefetch::take(&request.parts.path);
    cross_tab::share(&request.parts, prefetched.unwrap_or_else(|| session.send_parts(request.parts.clone())))
}

/// All items of a list, page by page, and how many of them could not be decoded. `page` makes the request for the
/// page after a number of items.
pub async fn fetch_all<T: PartialEq>(
    session: Session,
    page: impl Fn(u64) -> Request<Page<T>>,
) -> Result<(Vec<T>, u64), Failure> {
    let mut items = Vec::new();
    let (mut seen, mut unread) = (0, 0);
    loop {
        let page = session.send(page(seen)).await?;
        seen += page.sent();
        unread += page.unread;
        let ends = page.sent() == 0 || seen >= page.total;
        // A server that does not say how long its list is may also return the same page again and again.
        if page.is_open && items.ends_with(&page.resources) {
            return Ok((items, unread - page.unread));
        }
        items.extend(page.resources);
        if ends {
            return Ok((items, unread));
        }
    }
}
