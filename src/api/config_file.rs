//! Loads `config.json`, the operator's configuration, which is beside the page.

use super::transport;
use crate::config::Config;
use crate::preboot;

/// Returns the operator's configuration, or the defaults where there is no file. The error is a sentence.
pub async fn load() -> Result<Config, String> {
    match transport::own_file("config.json", preboot::settings(), "load config.json").await {
        Ok(Some(text)) => Config::read(&text),
        Ok(None) => Ok(Config::default()),
        Err(failure) => Err(format!("{} ({}).", failure.title(), failure.kind())),
    }
}
