//! Sends the requests. Follows no redirect, so that a token goes to no other address, and trusts no certificate that this
//! computer, or the file of `--ca`, does not.

use crate::Options;
use anyhow::{Context, Result, bail};
use cckm::server::base_path;
use cckm::server_check::{Answer, Place};
use std::error::Error as _;
use std::fs;
use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use ureq::http::{Method, Request, Uri};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// As long as the panel waits.
const PATIENCE: Duration = Duration::from_secs(60);

/// How much of an answer is read. A page of 1000 jobs has about 2 MB.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Where the panel is.
#[derive(Debug, Clone)]
struct Address {
    /// The scheme and the host, without a slash at the end.
    origin: String,
    /// The folder of the page, with a slash at both ends.
    folder: String,
    /// Whether it is this computer, to which no proxy of the environment leads.
    is_own: bool,
}

/// Reads the address of the panel. An error does not repeat it, in case it holds a secret.
fn address(text: &str) -> Result<Address> {
    let uri: Uri = text.trim().parse().ok().context("the address is none")?;
    let (Some(scheme), Some(host)) = (uri.scheme_str(), uri.authority()) else {
        bail!("the address must begin with https://");
    };
    if host.as_str().contains('@') {
        bail!("the address must hold no user and no password: set KEY_SYNC_USER and KEY_SYNC_PASSWORD");
    }
    if uri.query().is_some() || text.contains('#') {
        bail!("the address must have no ? and no #: a tenant goes into KEY_SYNC_AUTH_DOMAIN");
    }
    let is_own = matches!(host.host(), "localhost" | "127.0.0.1" | "[::1]");
    match scheme {
        "https" => {}
        "http" if is_own => {}
        "http" => bail!("the address must begin with https://, because a password goes over it"),
        _ => bail!("the address must begin with https://"),
    }
    let path = uri.path().trim_end_matches("index.html").trim_matches('/');
    let folder = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
    Ok(Address { origin: format!("{scheme}://{host}"), folder, is_own })
}

/// Reads the path of the interface, by the rule of `config.json`.
pub fn api(text: &str) -> Result<String, &'static str> {
    base_path(text).map(str::to_owned).ok_or("must be a path of the same host, such as /api/v1")
}

pub struct Client {
    agent: ureq::Agent,
    address: Address,
    api: String,
}

impl Client {
    pub fn new(options: &Options) -> Result<Self> {
        let address = address(&options.address)?;
        // Ignored where one is there already: there is only this one.
        _ = rustls::crypto::ring::default_provider().install_default();
        let mut trusted: Vec<Certificate<'static>> = rustls_native_certs::load_native_certs()
            .certs
            .iter()
            .map(|own| Certificate::from_der(own.as_ref()).to_owned())
            .collect();
        if let Some(file) = &options.ca {
            let before = trusted.len();
            let text = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
            for item in parse_pem(&text) {
                if let PemItem::Certificate(one) =
                    item.with_context(|| format!("reading {}", file.display()))?
                {
                    trusted.push(one);
                }
            }
            if trusted.len() == before {
                bail!("{} holds no certificate", file.display());
            }
        }
        let tls = TlsConfig::builder().root_certs(RootCerts::Specific(Arc::new(trusted))).build();
        let proxy = if address.is_own { None } else { ureq::Proxy::try_from_env() };
        let agent = ureq::Agent::config_builder()
            .proxy(proxy)
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(PATIENCE))
            .user_agent(concat!("key-sync-check/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        Ok(Self { agent, address, api: options.api.clone() })
    }

    /// Sends a GET request. `is_bare` says that the body of the answer is not needed.
    pub fn get(&self, place: Place, path: &str, token: Option<&str>, is_bare: bool) -> Answer {
        let request = Request::builder().method(Method::GET).uri(match place {
            Place::Api => [&self.address.origin, &self.api, path].concat(),
            Place::Page => [&self.address.origin, &self.address.folder, path].concat(),
        });
        // Of a file it is seen how it is sent to a browser; a body that is read comes as it is.
        let encodings = if is_bare { "br, gzip" } else { "identity" };
        let accepted = if place == Place::Api { "application/json" } else { "*/*" };
        let mut request = request.header("Accept", accepted).header("Accept-Encoding", encodings);
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        match request.body(()) {
            Ok(request) => answered(is_bare, || self.agent.run(request)),
            Err(error) => Answer::lost(&error.to_string()),
        }
    }

    /// Sends a POST request to the API: only for a sign-in and a sign-out.
    pub fn post(&self, path: &str, body: &str) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri([&self.address.origin, &self.api, path].concat())
            .header("Accept", "application/json")
            .header("Accept-Encoding", "identity")
            .header("Content-Type", "application/json");
        match request.body(body) {
            Ok(request) => answered(false, || self.agent.run(request)),
            Err(error) => Answer::lost(&error.to_string()),
        }
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn answered(
    is_bare: bool,
    ask: impl FnOnce() -> Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Answer {
    let sent = now();
    let response = match ask() {
        Ok(response) => response,
        Err(error) => return Answer::lost(&in_words(&error)),
    };
    let received = now();
    let (head, mut body) = response.into_parts();
    let header = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let mut bytes = Vec::new();
    if !is_bare && let Err(error) = body.as_reader().take(LARGEST).read_to_end(&mut bytes) {
        return Answer::lost(&error.to_string());
    }
    Answer {
        status: head.status.as_u16(),
        headers: head.headers.iter().map(header).collect(),
        body: cckm::text::of_bytes(bytes),
        sent,
        received,
        ..Answer::default()
    }
}

/// The error with its causes, of which one alone often says nothing.
fn in_words(error: &ureq::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let text = next.to_string();
        if !words.contains(&text) {
            words = [&words, ": ", &text].concat();
        }
        cause = next.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{address, api};

    #[test]
    fn an_address_is_that_of_the_panel() {
        let read = |text| address(text).map(|own| (own.origin, own.folder)).ok();
        let own = |origin: &str, folder: &str| Some((origin.to_owned(), folder.to_owned()));
        assert_eq!(read("https://cm.example.com"), own("https://cm.example.com", "/"));
        assert_eq!(read(" https://a.example:8443/key-sync "), own("https://a.example:8443", "/key-sync/"));
        assert_eq!(read("https://a.example/x/index.html"), own("https://a.example", "/x/"));
        assert_eq!(read("http://127.0.0.1:8700/"), own("http://127.0.0.1:8700", "/"));
        for wrong in [
            "cm.example.com",
            "ftp://cm.example.com",
            "http://cm.example.com",
            "https://user:secret@cm.example.com",
            "https://cm.example.com/?tenant=acme",
            "https://cm.example.com/#/aws",
            "",
        ] {
            let error = address(wrong).expect_err(wrong).to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn the_interface_is_of_the_same_host() {
        assert_eq!(api("/api/v1/").as_deref(), Ok("/api/v1"));
        for wrong in ["api", "//evil.example", "/\\evil.example", "/a?b"] {
            assert!(api(wrong).is_err(), "{wrong}");
        }
    }
}
