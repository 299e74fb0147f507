//! What a server says about itself.

use crate::lenient;
use serde::Deserialize;
use serde_json::Value;

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
