//! The questions put to a list, as names and values, and their encoding.
//!
//! Pure. It owns which parameters are sent; it sends nothing.

use crate::families::Family;
use crate::route::{Route, Sort, Status};

/// Names and values in the order sent; a name may come again.
pub type Query = Vec<(String, String)>;

/// What a route asks of its family's list, `shift` jobs further down. Nothing empty is sent.
pub fn list(family: &Family, route: &Route, shift: u64) -> Query {
    let mut query = base(route.skip() + shift, route.rows, route.sort, route.status, &route.id);
    query.extend(route.containers.iter().map(|value| pair(family.filter, value)));
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

/// The newest jobs of a family, for the view of all clouds.
pub fn newest(_family: &Family, limit: u64, skip: u64, status: Option<Status>, id: &str) -> Query {
    base(skip, limit, Sort::NEWEST, status, id)
}

/// The same question for a server that refuses to sort.
pub fn without_sort(query: &[(String, String)]) -> Query {
    query.iter().filter(|(name, _)| name != "sort").cloned().collect()
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

fn base(skip: u64, limit: u64, sort: Sort, status: Option<Status>, id: &str) -> Query {
    let mut query =
        vec![pair("skip", &skip.to_string()), pair("limit", &limit.to_string()), pair("sort", &sort.api())];
    if let Some(status) = status {
        query.push(pair("overall_status", status.api()));
    }
    if !id.is_empty() {
        query.push(pair("id", id));
    }
    query
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_string(), value.to_string())
}
