//! Serves the built panel: below which path, with which headers, and how long each file may be cached.

use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tower_http::services::ServeDir;

/// The Content-Security-Policy of the panel: scripts, styles and requests of its own origin only, and nothing inline.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default";

/// Denies every feature except the clipboard, which tests read too.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), clipboard-read=(self), \
    clipboard-write=(self), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), \
    hid=(), identity-credentials-get=(), idle-detection=(), keyboard-map=(), local-fonts=(), magnetometer=(), microphone=(), \
    midi=(), otp-credentials=(), payment=(), picture-in-picture=(), publickey-credentials-create=(), \
    publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), sync-xhr=(), usb=(), \
    window-management=(), xr-spatial-tracking=()";

/// The headers of every response, as a well-configured proxy sends them.
pub const ALWAYS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Routes the files of `dist` below the path `below`, which is empty or begins with a slash and does not end with
/// one. `config` replaces the file `config.json`.
pub fn router<S>(dist: &Path, below: &str, config: Option<String>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    // A file `x.br` or `x.gz` beside `x` is sent in its place. Responses are not compressed on the fly: on one
    // machine that takes longer than the saved bytes would.
    let files = ServeDir::new(dist).precompressed_br().precompressed_gzip();
    let router = Router::new();
    let router =
        if below.is_empty() { router.fallback_service(files) } else { router.nest_service(below, files) };
    let router = match config {
        Some(config) => router.route(
            &format!("{below}/config.json"),
            get(move || async { ([(CONTENT_TYPE, "application/json")], config) }),
        ),
        None => router,
    };
    let bare = below.to_owned();
    router.layer(from_fn(move |request, next| headers(bare.clone(), request, next)))
}

async fn headers(bare: String, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = if !bare.is_empty() && path == bare {
        // Without the slash, the relative URLs of the page would miss the folder.
        Redirect::permanent(&format!("{bare}/")).into_response()
    } else {
        next.run(request).await
    };
    let found = response.status() == StatusCode::OK;
    let keep = if found && is_hashed(&path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    for (name, value) in ALWAYS.into_iter().chain([(CACHE_CONTROL, keep)]) {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if found && has_extension(&path, "wasm") {
        // Browsers use streaming compilation only with exactly this type.
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/wasm"));
    }
    response
}

fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|own| own.eq_ignore_ascii_case(extension))
}

/// Whether a file's name contains a hash of its content: `panel-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '_', '.'])
        .any(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
