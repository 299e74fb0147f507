//! Finds out whether another version of the panel has been published than the one that runs here, by the page itself:
//! `index.html` names its files, and a name contains a hash of the file's content.

use super::transport;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The number of hexadecimal digits in the name of a file.
const DIGITS: usize = 16;

/// Requests the published page, and returns whether it names other files than the page that runs. Returns `false` where
/// that is not known.
pub async fn has_other_version() -> bool {
    match transport::own_file("./", None, "look for a new version").await {
        Ok(Some(page)) => replaces(&page, &own_files()),
        Ok(None) | Err(_) => false,
    }
}

/// The names of the files with which this page was loaded.
fn own_files() -> Vec<String> {
    let Ok(found) = document().query_selector_all("[integrity]") else { return Vec::new() };
    let elements = (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<Element>().ok());
    let address = |element: Element| element.get_attribute("href").or_else(|| element.get_attribute("src"));
    let name = |address: String| address.rsplit('/').next().unwrap_or_default().to_owned();
    elements.filter_map(address).map(name).collect()
}

/// Whether `page` names a file of the same kind as one of `own`, and not that one itself. The page of a proxy, which
/// names none of them, replaces nothing.
fn replaces(page: &str, own: &[String]) -> bool {
    own.iter().any(|name| !page.contains(name.as_str()) && names_kind(page, name))
}

/// Whether `page` contains a name that equals `name` but for its hash.
fn names_kind(page: &str, name: &str) -> bool {
    let Some((start, ending)) = name.rsplit_once('.') else { return false };
    let Some((stem, hash)) = start.rsplit_once('-') else { return false };
    if !is_hash(hash) {
        return false;
    }
    let stem = ["/", stem, "-"].concat();
    page.match_indices(stem.as_str()).any(|(at, _)| {
        let rest = page.get(at + stem.len()..).unwrap_or_default();
        rest.get(..DIGITS).is_some_and(is_hash)
            && rest
                .get(DIGITS..)
                .and_then(|rest| rest.strip_prefix('.'))
                .is_some_and(|rest| rest.starts_with(ending))
    })
}

fn is_hash(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::replaces;

    const PAGE: &str = "<link rel=stylesheet href=./style-ccc665bd57dc1ede.css integrity=sha384-x>\
        <script type=module src=./key-sync-af46798d69227f92.js></script>\
        <link rel=preload href=./key-sync-a67a48204dd45898.wasm>";

    fn own(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_same_page_replaces_nothing() {
        let same = own(&[
            "style-ccc665bd57dc1ede.css",
            "key-sync-af46798d69227f92.js",
            "key-sync-a67a48204dd45898.wasm",
        ]);
        assert!(!replaces(PAGE, &same));
    }

    #[test]
    fn one_other_file_is_another_version() {
        for changed in
            ["style-0123456789abcdef.css", "key-sync-0123456789abcdef.js", "key-sync-0123456789abcdef.wasm"]
        {
            let mut names = own(&[
                "style-ccc665bd57dc1ede.css",
                "key-sync-af46798d69227f92.js",
                "key-sync-a67a48204dd45898.wasm",
            ]);
            let ending = changed.rsplit('.').next().unwrap_or_default();
            names.retain(|name| !name.ends_with(ending));
            names.push(changed.to_owned());
            assert!(replaces(PAGE, &names), "{changed}");
        }
    }

    #[test]
    fn a_page_that_is_not_the_panels_replaces_nothing() {
        let names = own(&["style-0123456789abcdef.css", "key-sync-0123456789abcdef.js"]);
        for page in [
            "",
            "<html>Sign in to the proxy<script src=/login-0123456789abcdef.js>",
            "/key-sync-",
            "/key-sync-abc.js /key-sync-0123456789abcdeg.js /style-0123456789abcdeé.css",
            "/key-sync-fedcba9876543210.wasm",
            "my-key-sync-fedcba9876543210.js",
        ] {
            assert!(!replaces(page, &names), "{page}");
        }
    }

    #[test]
    fn a_file_that_only_this_page_has_says_nothing() {
        // The stylesheet of the second part, which the script adds to the page, and files of a build without hashes.
        assert!(!replaces(
            PAGE,
            &own(&["style-rest-0123456789abcdef.css", "boot.js", "", "é-0123456789abcdef"])
        ));
        assert!(!replaces(PAGE, &[]));
    }
}
