//! The views that a person has saved under names: filters, order and columns of a list as an address. They are kept in
//! the browser and never on the server.

use crate::routing::route::{Route, View};
use crate::state::local_storage;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The name in the storage.
const NAME: &str = "views";
/// What an exported file says that it is.
const FORMAT: &str = "key-sync-views";
const VERSION: u64 = 1;
/// How many views can be saved, and how many characters a name can have.
pub const MOST: usize = 200;
pub const LONGEST: usize = 80;

/// A saved view. `address` is the canonical hash of a route of this panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedView {
    pub name: String,
    pub address: String,
}

/// The form of an exported file.
#[derive(Serialize)]
struct Exported<'a> {
    format: &'static str,
    version: u64,
    views: &'a [SavedView],
}

/// What is to become of an imported view whose name exists already.
#[derive(Clone, Copy, PartialEq)]
pub enum Same {
    Replace,
    /// It gets a number after its name.
    Number,
}

/// The saved views, as a context of the whole page, so that a browser without storage keeps them until it closes.
#[derive(Clone, Copy, Default)]
pub struct SavedViews(RwSignal<Vec<SavedView>>);

impl SavedViews {
    /// Reads the views again whenever another tab changes them. Call it in the body of a component.
    pub fn follow(self) {
        local_storage::follow(NAME, move || self.read());
    }

    fn read(self) {
        if let Some(items) = local_storage::read::<Vec<Value>>(NAME) {
            let views: Vec<_> = items.iter().filter_map(understood).collect();
            if self.0.with_untracked(|known| *known != views) {
                self.0.set(views);
            }
        }
    }

    pub fn get(self) -> Vec<SavedView> {
        self.0.get()
    }

    pub fn get_untracked(self) -> Vec<SavedView> {
        self.0.get_untracked()
    }

    pub fn with<T>(self, read: impl FnOnce(&[SavedView]) -> T) -> T {
        self.0.with(|views| read(views))
    }

    /// Replaces all views. Returns whether the browser has kept them.
    pub fn set(self, views: Vec<SavedView>) -> bool {
        let stored = local_storage::read(NAME).unwrap_or_default();
        let kept = local_storage::write(NAME, &to_store(&views, stored));
        self.0.set(views);
        kept
    }

    /// Saves `address` under `name`, in place of the view of that name if there is one. Returns whether the browser
    /// has kept it.
    pub fn save(self, name: &str, address: String) -> bool {
        let mut views = self.get_untracked();
        let view = SavedView { name: name.to_owned(), address };
        match views.iter_mut().find(|known| is_same(&known.name, name)) {
            Some(known) => *known = view,
            None => views.push(view),
        }
        self.set(views)
    }
}

/// The view that `item` of the storage is to this panel. Whatever stands there, only addresses of this panel are shown
/// as links.
fn understood(item: &Value) -> Option<SavedView> {
    let view = SavedView::deserialize(item).ok()?;
    Some(SavedView { address: canonical(&view.address).ok()?, ..view })
}

/// `views` as they are stored in place of the items `stored`. A view that has not changed stays as it is, and after the
/// views stays what this panel does not understand: a newer one may.
fn to_store(views: &[SavedView], stored: Vec<Value>) -> Vec<Value> {
    let (mut known, mut strange) = (Vec::new(), Vec::new());
    for item in stored {
        match understood(&item) {
            Some(view) => known.push((view, item)),
            None => strange.push(item),
        }
    }
    let item = |view: &SavedView| {
        let same = known.iter().find(|(known, _)| known == view).map(|(_, item)| item.clone());
        same.unwrap_or_else(|| json!(view))
    };
    views.iter().map(item).chain(strange).collect()
}

/// Whether two names are the same to a person.
pub fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Why `name` can't be the name of a view, apart from another view that has it.
pub fn refusal(name: &str) -> Option<&'static str> {
    match name.trim() {
        "" => Some("Type a name, so that the view can be found again."),
        long if long.chars().count() > LONGEST => Some("The name is too long: 80 characters are enough."),
        _ => None,
    }
}

/// The canonical form of an address of a view, or why it is none.
fn canonical(address: &str) -> Result<String, String> {
    if !address.starts_with("#/") {
        return Err("its address does not begin with “#/”".to_owned());
    }
    let route = Route::parse(address);
    if let View::Unknown(word) = &route.view {
        return Err(["its address names the view “", word, "”, which this panel does not have"].concat());
    }
    match route.problems.first() {
        Some(problem) => Err(["its address is not sound. ", problem.trim_end_matches('.')].concat()),
        None => Ok(route.lasting().hash()),
    }
}

/// The text of an exported file.
pub fn export(views: &[SavedView]) -> String {
    let file = Exported { format: FORMAT, version: VERSION, views };
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}

/// Reads an exported file as a whole: its views, or everything that is wrong with it, each with its place.
pub fn import(text: &str) -> Result<Vec<SavedView>, Vec<String>> {
    let only = |sentence: &str| Err(vec![sentence.to_owned()]);
    let file: Value = match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(file) => file,
        Err(error) => {
            return Err(vec![format!(
                "The file is no JSON: line {}, column {}.",
                error.line(),
                error.column()
            )]);
        }
    };
    if file.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return only("The file holds no saved views of this panel: its “format” is not “key-sync-views”.");
    }
    if file.get("version").and_then(Value::as_u64) != Some(VERSION) {
        return only("The file is of another version: its “version” is not 1.");
    }
    let Some(items) = file.get("views").and_then(Value::as_array) else {
        return only("The file has no list “views”.");
    };
    if items.is_empty() {
        return only("The file holds no views.");
    }
    if items.len() > MOST {
        return Err(vec![format!("The file holds {} views; {MOST} are the most.", items.len())]);
    }
    let (mut views, mut wrong) = (Vec::<SavedView>::new(), Vec::new());
    for (at, item) in items.iter().enumerate() {
        match view_of(item) {
            Ok(view) if views.iter().any(|known| is_same(&known.name, &view.name)) => {
                wrong.push(format!("View {}: the name “{}” stands in the file twice.", at + 1, view.name));
            }
            Ok(view) => views.push(view),
            Err(why) => wrong.push(format!("View {}{why}.", at + 1)),
        }
    }
    if wrong.is_empty() { Ok(views) } else { Err(wrong) }
}

/// One view of a file, or what is wrong with it, to be read after "View 3".
fn view_of(item: &Value) -> Result<SavedView, String> {
    let text = |name: &str| item.get(name).and_then(Value::as_str);
    let Some(name) = text("name") else { return Err(": it has no text “name”".to_owned()) };
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let name = name.trim();
    if refusal(name).is_some() {
        return Err(": its name is empty or longer than 80 characters".to_owned());
    }
    let of = |why: &str| [" (“", name, "”): ", why].concat();
    let Some(address) = text("address") else { return Err(of("it has no text “address”")) };
    let address = canonical(address).map_err(|why| of(&why))?;
    Ok(SavedView { name: name.to_owned(), address })
}

/// The names of `imported` that `known` has for another view.
pub fn clashes(known: &[SavedView], imported: &[SavedView]) -> Vec<String> {
    let clash = |view: &&SavedView| {
        known.iter().any(|known| is_same(&known.name, &view.name) && known.address != view.address)
    };
    imported.iter().filter(clash).map(|view| view.name.clone()).collect()
}

/// `known` with the views of `imported`, which come after them.
pub fn merged(known: &[SavedView], imported: Vec<SavedView>, same: Same) -> Vec<SavedView> {
    let mut all = known.to_vec();
    for mut view in imported {
        match all.iter_mut().find(|known| is_same(&known.name, &view.name)) {
            Some(known) if known.address == view.address => {}
            Some(known) if same == Same::Replace => *known = view,
            Some(_) => {
                view.name = numbered(&all, &view.name);
                all.push(view);
            }
            None => all.push(view),
        }
    }
    all
}

/// `name` with the first number that no view of `all` has after it, shortened where both would be too long.
pub fn numbered(all: &[SavedView], name: &str) -> String {
    let mut number = 2;
    loop {
        let end = format!(" ({number})");
        let begin: String = name.chars().take(LONGEST - end.len()).collect();
        let candidate = [begin.trim_end(), &end].concat();
        if !all.iter().any(|known| is_same(&known.name, &candidate)) {
            return candidate;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::slice;

    fn view(name: &str, address: &str) -> SavedView {
        SavedView { name: name.to_owned(), address: address.to_owned() }
    }

    fn file(views: &str) -> String {
        format!(r#"{{"format": "key-sync-views", "version": 1, "views": [{views}]}}"#)
    }

    #[test]
    fn what_is_exported_can_be_imported() {
        let views = vec![
            view("Nightly “failed”", "#/aws?status=failed&rows=100&columns=outcome,job"),
            view("Alles", "#/all"),
        ];
        assert_eq!(import(&export(&views)), Ok(views));
    }

    #[test]
    fn only_canonical_addresses_are_kept() {
        let read = import(&file(
            r##"{"name": " a\u0007 ", "address": "#/aws/j-1?page=4&colour=red&status=failed"}"##,
        ));
        assert_eq!(read, Ok(vec![view("a", "#/aws?status=failed")]));
    }

    #[test]
    fn everything_that_is_wrong_is_named_with_its_place() {
        let wrong = |text: &str| import(text).expect_err("a refusal").join(" ");
        assert_eq!(wrong("{\n  no"), "The file is no JSON: line 2, column 3.");
        assert!(wrong("[]").contains("format") && wrong("{}").contains("format"));
        assert!(wrong(r#"{"format": "key-sync-views", "version": 2, "views": []}"#).contains("version"));
        assert!(wrong(r#"{"format": "key-sync-views", "version": 1}"#).contains("no list"));
        assert!(wrong(&file("")).contains("no views"));
        let several = wrong(&file(
            r##"{"name": "a", "address": "#/aws"}, {"address": "#/aws"}, {"name": "", "address": "#/aws"},
               {"name": "b"}, {"name": "c", "address": "javascript:alert(1)"}, {"name": "d", "address": "#/nimbus"},
               {"name": "e", "address": "#/aws?rows=0"}, {"name": "A", "address": "#/oci"}, 7"##,
        ));
        for part in [
            "View 2: it has no text “name”.",
            "View 3: its name is empty",
            "View 4 (“b”): it has no text “address”.",
            "View 5 (“c”): its address does not begin with “#/”.",
            "View 6 (“d”): its address names the view “nimbus”",
            "View 7 (“e”): its address is not sound. The address says “rows=0”",
            "View 8: the name “A” stands in the file twice.",
            "View 9: it has no text “name”.",
        ] {
            assert!(several.contains(part), "{part} in {several}");
        }
        let many = vec![r##"{"name": "a", "address": "#/aws"}"##; MOST + 1].join(",");
        assert!(wrong(&file(&many)).contains("201 views"));
    }

    #[test]
    fn what_is_not_understood_stays_in_the_storage() {
        let one = json!({"name": "one", "address": "#/aws", "colour": "red"});
        let strange =
            [json!({"title": "odd"}), json!({"name": "n", "address": "#/aws?sort=-completed_at"}), json!(7)];
        let mut stored = strange.to_vec();
        stored.insert(1, one.clone());
        assert_eq!(stored.iter().filter_map(understood).collect::<Vec<_>>(), [view("one", "#/aws")]);
        let mut expected = vec![json!({"name": "new", "address": "#/all"}), one];
        expected.extend(strange);
        assert_eq!(to_store(&[view("new", "#/all"), view("one", "#/aws")], stored), expected);
    }

    #[test]
    fn the_same_name_is_replaced_or_numbered() {
        let known = [view("a", "#/aws"), view("a (2)", "#/oci")];
        let imported = || vec![view("A", "#/sap"), view("b", "#/all"), view("a (2)", "#/oci")];
        assert_eq!(clashes(&known, &imported()), ["A"]);
        let numbered = merged(&known, imported(), Same::Number);
        assert_eq!(numbered[2..], [view("A (3)", "#/sap"), view("b", "#/all")]);
        let long = view(&"ä".repeat(LONGEST), "#/aws");
        let both = merged(slice::from_ref(&long), vec![view(&long.name, "#/sap")], Same::Number);
        assert_eq!(both[1].name, "ä".repeat(LONGEST - 4) + " (2)");
        assert_eq!(import(&export(&both)), Ok(both));
        let replaced = merged(&known, imported(), Same::Replace);
        assert_eq!(replaced, [view("A", "#/sap"), view("a (2)", "#/oci"), view("b", "#/all")]);
    }
}
