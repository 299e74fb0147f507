//! Bodies that do not arrive as they were sent: cut, slow, or lost with their connection.

use std::io;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};

use crate::faults::{Broken, Faults};

type Part = io::Result<Bytes>;

/// The same response with a body that breaks. Its `Content-Length` is that of the whole.
pub async fn of(response: Response, how: Broken, faults: Faults) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(whole) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.headers.insert(CONTENT_LENGTH, whole.len().into());
    let middle = whole.len() / 2;
    let (first, second) = (whole.slice(..middle), whole.slice(middle..));
    let body = match how {
        // An error closes the connection, and what has not been flushed until then is never sent, the head included.
        Broken::Dropped => Body::from_stream(stream::once(async { closed() })),
        Broken::Cut => {
            let end = stream::once(async {
                // A pause in which the first half is flushed.
                tokio::task::yield_now().await;
                closed()
            });
            Body::from_stream(beginning(first).chain(end))
        }
        Broken::Slow(name) => {
            let rest = stream::once(async move {
                faults.wait(&name).await;
                Part::Ok(second)
            });
            Body::from_stream(beginning(first).chain(rest))
        }
    };
    Response::from_parts(parts, body)
}

fn beginning(half: Bytes) -> impl stream::Stream<Item = Part> {
    stream::iter([Part::Ok(half)])
}

fn closed() -> Part {
    Err(io::ErrorKind::ConnectionAborted.into())
}
