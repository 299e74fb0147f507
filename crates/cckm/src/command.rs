//! Requests as commands for other programs: curl, `ksctl` and Ansible.
//!
//! Pure. It owns the texts and their quoting. Whatever stands in a name or an id, a command sends the same request as
//! the panel and does nothing else: `shell` quotes for shells, and `ansible` for YAML and Ansible's templates. The
//! token is never part of a command, which reads the environment variable `JWT` instead.

mod ansible;
mod ksctl;
mod request;
mod shell;

pub use request::{Action, Format, Request, Server};

/// Writes `requests` as one text of commands, one after the other. `None` where none of them can be written in this
/// format: `ksctl` does not have every request, and only some of its commands are known ([`crate::ksctl`]). Of several
/// requests, those that cannot be written are named in a comment.
///
/// ```
/// use cckm::command::{Action, Format, Request, Server, text};
/// use cckm::family::by_slug;
///
/// let server = Server { origin: "https://cm.example.com".to_owned(), api: Server::API.to_owned() };
/// let job = Request { family: by_slug("aws").expect("a family"), action: Action::Job("j-1".to_owned()) };
/// let curl = text(Format::Curl, &server, &[job]).expect("curl has every request");
/// assert!(curl.starts_with("curl 'https://cm.example.com/api/v1/cckm/aws/synchronization-jobs/j-1'"));
/// assert!(curl.contains("$JWT"));
/// ```
pub fn text(format: Format, server: &Server, requests: &[Request]) -> Option<String> {
    let write = |request: &Request| match format {
        Format::Curl => Some(shell::curl(request, server)),
        Format::CurlForPowerShell => Some(shell::curl_for_powershell(request, server)),
        Format::Ansible => Some(ansible::task(request, server)),
        Format::Ksctl => ksctl::command(request, server),
    };
    let written: Vec<_> = requests.iter().map(write).collect();
    if written.iter().all(Option::is_none) {
        return None;
    }
    let lines = written.into_iter().zip(requests).map(|(written, request)| {
        written.unwrap_or_else(|| {
            ["# ", &request.family.title(), ": no ", format.name(), " command is known"].concat()
        })
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}
