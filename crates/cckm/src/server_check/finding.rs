//! A finding, and the text in which names are marked.

use crate::text;

/// The groups of findings, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Who is signed in, and what the server says about itself.
    Session,
    /// Whether each family's list answers.
    Families,
    /// Sorting, page sizes, containers and schedules.
    Lists,
    /// Fields and texts that the panel does not know.
    Texts,
    /// What the proxy passes.
    Proxy,
    /// Features of the browser.
    Browser,
}

impl Group {
    /// All groups, in their order.
    pub const ALL: [Self; 6] =
        [Self::Session, Self::Families, Self::Lists, Self::Texts, Self::Proxy, Self::Browser];

    /// The heading of the group.
    pub fn title(self) -> &'static str {
        match self {
            Self::Session => "Session",
            Self::Families => "Families",
            Self::Lists => "Lists",
            Self::Texts => "Texts",
            Self::Proxy => "Proxy",
            Self::Browser => "Browser",
        }
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Known to be as the panel needs it.
    Fine,
    /// Different from other servers, without harm.
    Note,
    /// Something does not work, or is not safe.
    Problem,
    /// The answer does not decide it.
    NotKnown,
}

impl Severity {
    /// All severities, the worst first.
    pub const ALL: [Self; 4] = [Self::Problem, Self::Note, Self::NotKnown, Self::Fine];

    /// A number of findings of this severity, in words.
    pub fn counted(self, count: usize) -> String {
        match self {
            Self::Problem => text::count(count, "problem", "problems"),
            Self::Note => text::count(count, "note", "notes"),
            Self::NotKnown => text::count(count, "not known", "not known"),
            Self::Fine => text::count(count, "fine", "fine"),
        }
    }

    /// The severity in words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fine => "Fine",
            Self::Note => "Note",
            Self::Problem => "Problem",
            Self::NotKnown => "Not known",
        }
    }

    /// The name in class names and in JSON.
    pub fn class(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Note => "note",
            Self::Problem => "problem",
            Self::NotKnown => "not-known",
        }
    }
}

/// A text in which names are marked, so that a report can leave them out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text(Vec<(String, Option<String>)>);

impl Text {
    /// A text without a name.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![(text.into(), None)])
    }

    /// The text, and then `text`, which holds no name.
    pub fn and(mut self, text: &str) -> Self {
        self.0.push((text.to_owned(), None));
        self
    }

    /// The text, and then a name.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.name_or(name, LEFT_OUT)
    }

    /// The text, and then `name`, in whose place `instead` stands where names are left out.
    pub fn name_or(mut self, name: impl Into<String>, instead: impl Into<String>) -> Self {
        self.0.push((name.into(), Some(instead.into())));
        self
    }

    /// The text, and then another with its names.
    pub fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The text with its names, or without them.
    pub fn shown(&self, with_names: bool) -> String {
        let parts = self.0.iter().map(|(text, instead)| match instead {
            Some(instead) if !with_names => instead.as_str(),
            _ => text.as_str(),
        });
        parts.collect()
    }
}

/// Stands in place of a name.
const LEFT_OUT: &str = "(name left out)";

/// What was found, and what it means for the person.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Where the finding belongs.
    pub group: Group,
    /// What was looked at.
    pub what: String,
    /// What was found.
    pub finding: Text,
    /// What follows from it for the person.
    pub means: String,
    /// How much it matters.
    pub severity: Severity,
}

impl Finding {
    /// A finding without names in `finding`; [`Finding::saying`] sets another text.
    pub fn new(group: Group, severity: Severity, what: &str, finding: &str, means: &str) -> Self {
        Self {
            group,
            what: what.to_owned(),
            finding: Text::plain(finding),
            means: means.to_owned(),
            severity,
        }
    }

    /// The same with another text.
    pub fn saying(self, finding: Text) -> Self {
        Self { finding, ..self }
    }

    /// Whether what was looked at is known to be as the panel needs it.
    pub fn is_fine(&self) -> bool {
        self.severity == Severity::Fine
    }
}
