//! The questions put to a list, as names and values, and their encoding.
//!
//! Pure. It owns which parameters are sent; it sends nothing.

use crate::family::Family;
use crate::filter::{Sort, Status};

/// Names and values in the order sent; a name may come again.
pub type Query = Vec<(String, String)>;

/// What a list is narrowed to. Nothing empty is sent.
pub fn filter(family: &Family, status: Option<Status>, id: &str, containers: &[String]) -> Query {
    let status = status.map(|status| pair("overall_status", status.api()));
    let id = (!id.is_empty()).then(|| pair("id", id));
    let containers = containers.iter().map(|value| pair(family.filter, value));
    status.into_iter().chain(id).chain(containers).collect()
}

/// A window of a list; without `sort` in the server's own order.
///
/// ```
/// use cckm::filter::Sort;
/// use cckm::list_query::{encode, window};
///
/// assert_eq!(encode(&window(25, 25, Some(Sort::NEWEST), &[])), "skip=25&limit=25&sort=-createdAt");
/// ```
pub fn window(skip: u64, limit: u64, sort: Option<Sort>, filter: &[(String, String)]) -> Query {
    let mut query = vec![pair("skip", &skip.to_string()), pair("limit", &limit.to_string())];
    query.extend(sort.map(|sort| pair("sort", &sort.api())));
    query.extend_from_slice(filter);
    query
}

/// How long the address of a request may be that every server and proxy takes, in bytes.
const SHORT: usize = 4000;

/// How many of `containers`, from the first on, make a filter that is short; always fewer than all, because all of them have
/// been refused.
pub fn fitting(family: &Family, containers: &[String]) -> usize {
    let mut length = 0;
    let fits = containers.iter().take_while(|value| {
        length += encode(&[pair(family.filter, value)]).len() + 1;
        length <= SHORT
    });
    // What is short and was refused all the same is halved.
    fits.count().min(containers.len() / 2)
}

/// `a=1&b=2`, percent-encoded.
pub fn encode(query: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish()
}

/// One word of a path, percent-encoded.
pub fn segment(word: &str) -> String {
    if word == "." || word == ".." {
        // A browser takes even an encoded dot for a step in the path. Encoded twice it is an id that does not exist.
        return word.replace('.', "%252E");
    }
    let text: String = form_urlencoded::byte_serialize(word.as_bytes()).collect();
    // In a path a plus is a plus.
    text.replace('+', "%20")
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_string(), value.to_string())
}
