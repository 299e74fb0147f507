//! The request for what the server says about itself.

use super::request::Request;
use cckm::decode;
use cckm::server::ServerInfo;

/// The name and the version of the server.
pub fn info() -> Request<ServerInfo> {
    Request::get("/system/info".to_owned(), "ask the server for its version", |text| {
        Ok(ServerInfo::from_value(&decode::object(text)?))
    })
}
