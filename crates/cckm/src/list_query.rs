//! The query parameters of a list request, the path of a job, and their encoding.
//!
//! Pure. It owns which parameters a request has; it sends nothing.

use crate::family::Family;
use crate::filter::{Sort, Status};

/// Names and values in the order in which they are sent; a name may occur more than once.
pub type Query = Vec<(String, String)>;

/// The parameters of the filters; empty filters are left out.
pub fn filter(family: &Family, status: Option<Status>, id: &str, containers: &[String]) -> Query {
    let status = status.map(|status| pair("overall_status", status.api()));
    let id = (!id.is_empty()).then(|| pair("id", id));
    let (name, containers) = family.filter.map_or(("", [].as_slice()), |name| (name, containers));
    let containers = containers.iter().map(|value| pair(name, value));
    status.into_iter().chain(id).chain(containers).collect()
}

/// The parameters of a window and its filters; without `sort` the list is in the server's own order.
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

/// The length of a URL that every server and proxy accepts, in bytes.
const SHORT: usize = 4000;

/// Returns how many of `containers`, from the first, fit a short URL. It is always less than all of them, because the
/// function is called after a request with all of them was refused.
pub fn fitting(family: &Family, containers: &[String]) -> usize {
    let mut length = 0;
    let fits = containers.iter().take_while(|value| {
        length += encode(&[pair(family.filter.unwrap_or_default(), value)]).len() + 1;
        length <= SHORT
    });
    // A short URL that was refused all the same is halved.
    fits.count().min(containers.len() / 2)
}

/// Encodes the parameters as `a=1&b=2`, with percent-encoding.
pub fn encode(query: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish()
}

/// Percent-encodes one segment of a path.
pub fn segment(word: &str) -> String {
    if word == "." || word == ".." {
        // Browsers resolve even an encoded dot segment. Encoded twice, it is an id that does not exist.
        return word.replace('.', "%252E");
    }
    let text: String = form_urlencoded::byte_serialize(word.as_bytes()).collect();
    // A plus sign in a path does not stand for a space.
    text.replace('+', "%20")
}

/// The path of one job, below `/api/v1`.
pub fn job_path(family: &Family, id: &str) -> String {
    [family.root, "/", &segment(id)].concat()
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_string(), value.to_string())
}
