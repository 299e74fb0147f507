//! Where the API of a server is, and what the server says about itself.

use crate::lenient;
use serde::Deserialize;
use serde_json::Value;

/// The base path of the API, without a slash at the end; `None` where `text` is no path of one origin.
///
/// Only characters of a path that is written out are allowed: browsers read a backslash as a slash and skip tabs and
/// line breaks, so that `/\host` and `/<tab>/host` would be other hosts.
///
/// ```
/// use cckm::server::base_path;
///
/// assert_eq!(base_path("/api/v1/"), Some("/api/v1"));
/// for other in ["", "api/v1", "https://host/api", "//host", "/\\host", "/\t/host", "/api?x=", "/api#x", "/a b"] {
///     assert_eq!(base_path(other), None, "{other}");
/// }
/// ```
pub fn base_path(text: &str) -> Option<&str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte);
    let is_own = text.starts_with('/') && !text.starts_with("//") && text.bytes().all(is_plain);
    is_own.then(|| text.trim_end_matches('/'))
}

/// The response to `GET system/info`. The fields are those that third-party clients read; a field may be missing.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct ServerInfo {
    /// The name of the server; empty where the response has none.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// The version, such as `2.22.0+15632`; empty where the response has none.
    #[serde(default, deserialize_with = "lenient::text")]
    pub version: String,
}

impl ServerInfo {
    /// Reads the information. A value that is no object is an information without any field.
    ///
    /// ```
    /// use cckm::server::ServerInfo;
    /// use serde_json::json;
    ///
    /// let info = ServerInfo::from_value(&json!({"name": "cm-1", "version": "2.22.0+15632", "model": "k170v"}));
    /// assert_eq!(info.version, "2.22.0+15632");
    /// assert_eq!(ServerInfo::from_value(&json!({"version": null})), ServerInfo::default());
    /// ```
    pub fn from_value(value: &Value) -> Self {
        lenient::object(value).unwrap_or_default()
    }
}
