//! The label of a container: its name if the container list contains it, and always an id that can be copied.

use cckm::container::Directory;
use cckm::family::Containers;
use leptos::prelude::*;

#[derive(Clone, PartialEq)]
pub struct ContainerLabel {
    /// `None` if only the key is known.
    pub name: Option<String>,
    /// The container's id, or the key that the server used for it.
    pub id: String,
}

/// The label for a key of a job's selection or results.
pub fn container_label(directory: Option<&Directory>, list: &Containers, key: &str) -> ContainerLabel {
    let bare = ContainerLabel { name: None, id: key.to_owned() };
    let Some(directory) = directory else { return bare };
    match directory.find(key) {
        // The key is the name, so the id comes from the list.
        Some(found) if found.label == key => {
            let name = (found.id != key).then(|| key.to_owned());
            ContainerLabel { name, id: found.id.clone() }
        }
        Some(found) => ContainerLabel { name: Some(found.label.clone()), ..bare },
        None => {
            let name = Some(directory.describe(list, key)).filter(|name| name != key);
            ContainerLabel { name, ..bare }
        }
    }
}

/// The name and the id.
#[component]
pub fn ContainerName(#[prop(into)] called: Signal<ContainerLabel>) -> impl IntoView {
    move || {
        let ContainerLabel { name, id } = called.get();
        view! {
            {name.map(|name| view! { <bdi class="name">{worded(name)}</bdi> " " })}
            <code class="id">{worded(id)}</code>
        }
    }
}

/// Emphasizes the last segment of a resource path, which is the part that people chose.
fn worded(mut path: String) -> impl IntoView {
    let word = path.split_off(path.rfind('/').map_or(0, |at| at + 1));
    let path = (!path.is_empty()).then(|| view! { <span class="path">{path}</span> });
    (path, word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cckm::container::Container;
    use cckm::family;
    use serde_json::json;

    fn calls(slug: &str, value: serde_json::Value, key: &str) -> (Option<String>, String) {
        let list = family::by_slug(slug).expect("a family").containers;
        let directory = Directory::new(vec![Container::from_value(&value, list).expect("a container")]);
        let called = container_label(Some(&directory), list, key);
        (called.name, called.id)
    }

    #[test]
    fn a_name_never_hides_the_id() {
        let kms = json!({"id": "k-1", "name": "prod", "account_id": "42", "regions": ["eu-west-1"]});
        let is = |name: Option<&str>, id: &str| (name.map(str::to_owned), id.to_owned());
        assert_eq!(calls("aws", kms.clone(), "prod"), is(Some("prod"), "k-1"));
        assert_eq!(calls("aws", kms.clone(), "k-1"), is(Some("prod"), "k-1"));
        assert_eq!(calls("aws", kms.clone(), "42/eu-west-1"), is(Some("prod · eu-west-1"), "42/eu-west-1"));
        assert_eq!(calls("aws", kms, "43/eu-west-1"), is(None, "43/eu-west-1"));
        assert_eq!(calls("aws", json!({"id": "k-2"}), "k-2"), is(None, "k-2"));
    }

    #[test]
    fn without_a_list_the_key_stands_alone() {
        let list = family::by_slug("sap").expect("a family").containers;
        assert!(container_label(None, list, "g") == ContainerLabel { name: None, id: "g".to_owned() });
    }
}
