//! The requests for container lists, such as key vaults, key rings and regions.

use super::request::Request;
use cckm::container::Container;
use cckm::decode;
use cckm::family::Containers;
use cckm::page::Page;

/// How many containers are requested at once; the server's own default is 10. These lists also return everything at
/// once (`limit=-1`), but decoding thousands of containers would be one long task.
const PAGE_SIZE: u64 = 1000;

/// The page of `list` after the first `skip` containers.
pub fn page(list: &'static Containers, skip: u64) -> Request<Page<Container>> {
    let path = format!("{}?skip={skip}&limit={PAGE_SIZE}", list.path);
    let purpose = ["load the ", list.many].concat();
    Request::get(path, purpose, move |text| {
        decode::page(text, (skip, PAGE_SIZE), |value| Container::from_value(&value, list))
    })
}
