//! Compares a Content-Security-Policy with the one that the panel is published with.

use super::ask::Answer;
use super::finding::Text;

/// The policy of `deploy/`, as directives with their sources.
const OURS: &[(&str, &[&str])] = &[
    ("default-src", &["'none'"]),
    ("script-src", &["'self'", "'wasm-unsafe-eval'"]),
    ("style-src", &["'self'"]),
    ("img-src", &["'self'", "data:"]),
    ("font-src", &["'self'"]),
    ("connect-src", &["'self'"]),
    ("base-uri", &["'none'"]),
    ("form-action", &["'none'"]),
    ("frame-ancestors", &["'none'"]),
    ("require-trusted-types-for", &["'script'"]),
    ("trusted-types", &["default"]),
];

/// Directives beside ours, each with the one of ours that holds where it is missing. Any other directive cannot allow
/// anything that ours forbids.
const INSTEAD: &[(&str, &str)] = &[
    ("script-src-elem", "script-src"),
    ("script-src-attr", "script-src"),
    ("style-src-elem", "style-src"),
    ("style-src-attr", "style-src"),
    ("child-src", "default-src"),
    ("fenced-frame-src", "default-src"),
    ("frame-src", "default-src"),
    ("manifest-src", "default-src"),
    ("media-src", "default-src"),
    ("object-src", "default-src"),
    ("prefetch-src", "default-src"),
    ("worker-src", "default-src"),
];

/// Sources that are no names.
const KEYWORDS: &[&str] = &[
    "'none'",
    "'self'",
    "'unsafe-inline'",
    "'unsafe-eval'",
    "'unsafe-hashes'",
    "'wasm-unsafe-eval'",
    "'strict-dynamic'",
    "'report-sample'",
    "'inline-speculation-rules'",
    "'allow-duplicates'",
    "'script'",
    "data:",
    "blob:",
    "http:",
    "https:",
    "ws:",
    "wss:",
    "filesystem:",
    "mediastream:",
    "*",
    "default",
];

/// What a policy is, compared with ours.
#[derive(Debug, Clone, PartialEq)]
pub enum Policy {
    Missing,
    /// More than one policy. Each of them forbids what it forbids.
    Several,
    Same,
    /// It allows something that ours forbids: which.
    Looser(Text),
    /// It forbids something that ours allows: which.
    Stricter(Text),
    /// It allows and forbids the same, and has these directives besides.
    Longer(Text),
}

/// A directive with its sources, in lower case.
type Directive = (String, Vec<String>);

fn directives(policy: &str) -> Vec<Directive> {
    let mut all: Vec<Directive> = Vec::new();
    for directive in policy.split(';') {
        let mut words = directive.split_ascii_whitespace().map(str::to_ascii_lowercase);
        // Browsers ignore a second directive of the same name.
        if let Some(name) = words.next()
            && !all.iter().any(|(own, _)| *own == name)
        {
            all.push((name, words.collect()));
        }
    }
    all
}

/// The sources of `all` that `others` does not have. `'none'` is no source.
fn beyond<'a>(all: impl Iterator<Item = &'a str>, others: &[&str]) -> Vec<&'a str> {
    all.filter(|source| *source != "'none'" && !others.contains(source)).collect()
}

/// Sources in words, of which unknown ones may be names.
fn listed(name: &str, sources: &[&str]) -> Text {
    sources.iter().fold(Text::plain(name), |text, source| {
        let text = text.and(" ");
        if KEYWORDS.contains(source) { text.and(source) } else { text.name_or(*source, "another source") }
    })
}

fn joined(parts: Vec<Text>) -> Text {
    parts.into_iter().reduce(|all, part| all.and("; ").then(part)).unwrap_or_default()
}

/// Compares the policy of an answer with ours.
pub fn compare(answer: &Answer) -> Policy {
    // A comma stands between policies and nowhere else.
    match answer.list_of("content-security-policy")[..] {
        [] => Policy::Missing,
        [one] => compare_one(&directives(one)),
        _ => Policy::Several,
    }
}

fn compare_one(theirs: &[Directive]) -> Policy {
    let find = |name: &str| theirs.iter().find(|(own, _)| own == name);
    let (mut looser, mut stricter, mut longer) = (Vec::new(), Vec::new(), Vec::new());
    for (name, ours) in OURS {
        let Some((_, sources)) = find(name) else {
            // `default-src 'none'` holds where a directive for files is missing, so the panel cannot load them.
            let falls_back =
                name.ends_with("-src") && *name != "default-src" && find("default-src").is_some();
            let missing = Text::plain(*name).and(" is missing");
            if falls_back {
                stricter.push(missing);
            } else {
                looser.push(missing);
            }
            continue;
        };
        let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
        let more = beyond(sources.iter().copied(), ours);
        let less = beyond(ours.iter().copied(), &sources);
        if *name == "require-trusted-types-for" {
            // Here a word forbids.
            if !less.is_empty() {
                looser.push(listed(name, &less).and(" is missing"));
            }
        } else {
            if !more.is_empty() {
                looser.push(listed(name, &more));
            }
            if !less.is_empty() {
                stricter.push(listed(name, &less).and(" is missing"));
            }
        }
    }
    for (name, sources) in theirs.iter().filter(|(name, _)| !OURS.iter().any(|(own, _)| own == name)) {
        let of = INSTEAD.iter().find(|(own, _)| own == name);
        let ours = of.and_then(|(_, of)| OURS.iter().find(|(own, _)| own == of)).map(|(_, sources)| *sources);
        let sources = sources.iter().map(String::as_str);
        match ours {
            Some(ours) => {
                let all: Vec<&str> = sources.collect();
                let more = beyond(all.iter().copied(), ours);
                let less = beyond(ours.iter().copied(), &all);
                if !more.is_empty() {
                    looser.push(listed(name, &more));
                } else if less.is_empty() {
                    longer.push(Text::plain(name));
                } else {
                    stricter.push(Text::plain(name));
                }
            }
            None => longer.push(Text::plain("").name_or(name, "another directive")),
        }
    }
    if !looser.is_empty() {
        Policy::Looser(joined(looser))
    } else if !stricter.is_empty() {
        Policy::Stricter(joined(stricter))
    } else if !longer.is_empty() {
        Policy::Longer(joined(longer))
    } else {
        Policy::Same
    }
}

/// Our policy as one text.
pub fn ours() -> String {
    let each = OURS.iter().map(|(name, sources)| [name, " ", &sources.join(" ")].concat());
    each.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(policy: &str) -> Policy {
        let headers = vec![("Content-Security-Policy".to_owned(), policy.to_owned())];
        compare(&Answer { headers, ..Answer::default() })
    }

    fn changed(from: &str, to: &str) -> Policy {
        let policy = ours();
        assert!(policy.contains(from), "{from}");
        compared(&policy.replace(from, to))
    }

    fn words(policy: Policy) -> (&'static str, String) {
        match policy {
            Policy::Missing => ("missing", String::new()),
            Policy::Several => ("several", String::new()),
            Policy::Same => ("same", String::new()),
            Policy::Looser(text) => ("looser", text.shown(true)),
            Policy::Stricter(text) => ("stricter", text.shown(true)),
            Policy::Longer(text) => ("longer", text.shown(true)),
        }
    }

    #[test]
    fn order_case_and_space_do_not_matter() {
        assert_eq!(compared(&ours()), Policy::Same);
        assert_eq!(compared(&ours().to_ascii_uppercase().replace("; ", " ;\t")), Policy::Same);
        let reversed: Vec<String> = ours().split(';').map(|one| one.trim().to_owned()).rev().collect();
        assert_eq!(compared(&reversed.join(";")), Policy::Same);
        assert_eq!(changed("'self' 'wasm-unsafe-eval'", "'wasm-unsafe-eval' 'self'"), Policy::Same);
    }

    #[test]
    fn each_directive_counts() {
        for (name, _) in OURS {
            let less: Vec<String> =
                ours().split("; ").map(str::to_owned).filter(|one| !one.starts_with(name)).collect();
            let (kind, text) = words(compared(&less.join("; ")));
            let is_file = name.ends_with("-src") && *name != "default-src";
            assert_eq!(kind, if is_file { "stricter" } else { "looser" }, "{name}");
            assert!(text.contains(name), "{text}");
        }
    }

    #[test]
    fn what_is_allowed_besides_is_named() {
        for (from, to, said) in [
            ("script-src 'self'", "script-src 'self' 'unsafe-inline'", "script-src 'unsafe-inline'"),
            ("connect-src 'self'", "connect-src 'self' *", "connect-src *"),
            (
                "frame-ancestors 'none'",
                "frame-ancestors https://a.example",
                "frame-ancestors https://a.example",
            ),
            ("trusted-types default", "trusted-types default other", "trusted-types other"),
            ("default-src 'none'", "default-src 'self'", "default-src 'self'"),
            ("trusted-types default", "trusted-types default; frame-src https:", "frame-src https:"),
            (
                "trusted-types default",
                "trusted-types default; script-src-elem 'self' 'unsafe-inline'",
                "script-src-elem 'unsafe-inline'",
            ),
        ] {
            assert_eq!(words(changed(from, to)), ("looser", said.to_owned()));
        }
        // The words of a directive with another name, or of none, are not those of ours.
        assert_eq!(words(compared("x-default-src 'none'; script-src 'self' 'wasm-unsafe-eval'")).0, "looser");
    }

    #[test]
    fn what_is_forbidden_besides_is_named() {
        assert_eq!(
            words(changed(" 'wasm-unsafe-eval'", "")),
            ("stricter", "script-src 'wasm-unsafe-eval' is missing".to_owned())
        );
        assert_eq!(
            words(changed("trusted-types default", "trusted-types default; worker-src 'none'")).0,
            "longer"
        );
        assert_eq!(words(changed("trusted-types default", "trusted-types default; sandbox")).0, "longer");
    }

    #[test]
    fn two_policies_are_seen() {
        assert_eq!(compared(&[ours(), ours()].join(", ")), Policy::Several);
        assert_eq!(compared(""), Policy::Missing);
    }

    #[test]
    fn hosts_are_names() {
        let Policy::Looser(text) = changed("connect-src 'self'", "connect-src 'self' https://alice.example")
        else {
            panic!("looser");
        };
        assert_eq!(text.shown(false), "connect-src another source");
    }
}
