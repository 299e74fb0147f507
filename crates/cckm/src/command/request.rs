//! A request, where it is sent, and the program for which it is written.

use crate::family::Family;
use crate::list_query::{Query, encode, job_path};
use serde_json::Value;

/// What a request does.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Lists the jobs that the query selects.
    List(Query),
    /// Loads the job with this id.
    Job(String),
    /// Starts a synchronization with this body.
    Start(Value),
    /// Cancels the job with this id.
    Cancel(String),
}

/// A request to the API.
#[derive(Debug, Clone)]
pub struct Request {
    /// The family whose jobs the request concerns.
    pub family: &'static Family,
    /// What the request does.
    pub action: Action,
}

/// Where requests are sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// Scheme, host and port: `https://cm.example.com`.
    pub origin: String,
    /// The base path of the API, usually [`Server::API`].
    pub api: String,
}

impl Server {
    /// The base path of the API of a `CipherTrust` Manager without a proxy before it.
    pub const API: &str = "/api/v1";
}

/// The program for which a command is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// curl in a POSIX shell.
    Curl,
    /// The vendor's command line tool in a POSIX shell.
    Ksctl,
    /// A task of an Ansible playbook.
    Ansible,
    /// curl in `PowerShell`.
    CurlForPowerShell,
}

impl Format {
    /// All formats, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Curl, Self::Ksctl, Self::Ansible, Self::CurlForPowerShell];

    /// The name in the menu.
    pub fn name(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Ksctl => "ksctl",
            Self::Ansible => "Ansible",
            Self::CurlForPowerShell => "curl for PowerShell",
        }
    }
}

impl Request {
    /// The method of HTTP.
    pub fn method(&self) -> &'static str {
        match self.action {
            Action::List(_) | Action::Job(_) => "GET",
            Action::Start(_) | Action::Cancel(_) => "POST",
        }
    }

    /// The path below the base path of the API, with the query.
    pub fn path(&self) -> String {
        let root = self.family.root;
        match &self.action {
            Action::List(query) if query.is_empty() => root.to_owned(),
            Action::List(query) => [root, "?", &encode(query)].concat(),
            Action::Job(id) => job_path(self.family, id),
            Action::Start(_) => root.to_owned(),
            Action::Cancel(id) => [job_path(self.family, id).as_str(), "/cancel"].concat(),
        }
    }

    /// The body; `None` for a request without one.
    pub fn body(&self) -> Option<&Value> {
        if let Action::Start(body) = &self.action { Some(body) } else { None }
    }

    pub(super) fn url(&self, server: &Server) -> String {
        [&server.origin, &server.api, &self.path()].map(String::as_str).concat()
    }
}
