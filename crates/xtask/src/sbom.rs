//! Writes the software bill of materials in `CycloneDX` 1.5. Nothing in it depends on time, place or chance: its
//! serial number is derived from its content. `docs/decisions/release-documents.md` explains why no tool is used for
//! this.

use crate::dependencies::{Dependencies, Dependency, Id, PANEL};
use crate::tools;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The document as text that ends with a line feed.
pub fn write(all: &Dependencies, tools: &[(String, String)]) -> Result<String> {
    let panel = all.keys().find(|(name, _)| name == PANEL).context("the panel is not among its own parts")?;
    let rust = tools.iter().find(|(name, _)| name == tools::RUSTC).map(|(_, version)| version);
    let mut components: Vec<Value> =
        all.iter().filter(|(id, _)| *id != panel).map(|(id, dependency)| component(id, dependency)).collect();
    if let Some(version) = rust {
        // No crate depends on the standard library explicitly, but every program contains it.
        components.push(json!({
            "type": "library",
            "bom-ref": format!("rust-std@{version}"),
            "name": "rust-std",
            "version": version,
            "scope": "required",
            "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        }));
    }
    let mut main = component(panel, &all[panel]);
    main["type"] = "application".into();
    let mut document = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": main,
            "tools": {
                "components": tools.iter().map(|(name, version)| {
                    json!({ "type": "application", "name": name, "version": version })
                }).collect::<Vec<_>>(),
            },
        },
        "components": components,
        "dependencies": all.iter().map(|(id, dependency)| json!({
            "ref": purl(id),
            "dependsOn": dependency.uses.iter().map(purl).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    });
    document["serialNumber"] = serial(&serde_json::to_vec(&document)?).into();
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn component(id: &Id, dependency: &Dependency) -> Value {
    let (name, version) = id;
    let mut component = json!({
        "type": "library",
        "bom-ref": purl(id),
        "name": name,
        "version": version,
        // A crate that only the build uses is in no published file.
        "scope": if dependency.shipped { "required" } else { "excluded" },
        "purl": purl(id),
    });
    if let Some(license) = &dependency.license {
        component["licenses"] = json!([{ "expression": license }]);
    }
    if let Some(checksum) = &dependency.checksum {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    if let Some(repository) = &dependency.repository {
        component["externalReferences"] = json!([{ "type": "vcs", "url": repository }]);
    }
    component
}

/// The package URL (purl). A `+` begins the build metadata, which is not part of the version's order, and is escaped.
fn purl((name, version): &Id) -> String {
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

/// A UUID of version 8, whose bits are application-defined: here those of the hash of the content.
fn serial(content: &[u8]) -> String {
    let mut bits = [0; 16];
    bits.copy_from_slice(&Sha256::digest(content)[..16]);
    Uuid::new_v8(bits).urn().to_string()
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::dependencies::{Dependencies, Dependency, PANEL};
    use cyclonedx_bom::models::bom::Bom;
    use cyclonedx_bom::validation::Validate;
    use serde_json::Value;
    use std::path::PathBuf;

    fn all() -> Dependencies {
        let id = |name: &str, version: &str| (name.to_owned(), version.to_owned());
        let one = |uses: &[(&str, &str)], checksum: Option<&str>, shipped| Dependency {
            license: Some("MIT OR Apache-2.0".to_owned()),
            repository: Some("https://example.com/code".to_owned()),
            checksum: checksum.map(str::to_owned),
            shipped,
            uses: uses.iter().map(|(name, version)| id(name, version)).collect(),
            folder: PathBuf::from("/somewhere"),
        };
        let hash = "0123456789abcdef".repeat(4);
        [
            (id(PANEL, "0.1.0"), one(&[("a", "1.0.0+b"), ("m", "2.0.0")], None, true)),
            (id("a", "1.0.0+b"), one(&[], Some(&hash), true)),
            (id("m", "2.0.0"), one(&[("a", "1.0.0+b")], Some(&hash), false)),
        ]
        .into()
    }

    fn tools() -> Vec<(String, String)> {
        vec![("rustc".to_owned(), "1.95.0".to_owned())]
    }

    #[test]
    fn another_implementation_reads_it_and_finds_it_valid() {
        for parts in [all(), crate::dependencies::of_panel().expect("Cargo says it")] {
            let text = write(&parts, &tools()).expect("written");
            let bom = Bom::parse_from_json_v1_5(text.as_bytes()).expect("CycloneDX 1.5");
            let result = bom.validate();
            assert!(result.passed(), "{result:?}");
            assert_eq!(
                bom.components.map(|components| components.0.len()),
                Some(parts.len()),
                "with rust-std"
            );
        }
    }

    #[test]
    fn each_part_is_named_as_all_such_documents_name_it() {
        let text = write(&all(), &tools()).expect("written");
        let document: Value = serde_json::from_str(&text).expect("JSON");
        let part = &document["components"][0];
        assert_eq!(part["purl"], "pkg:cargo/a@1.0.0%2Bb");
        assert_eq!(part["hashes"][0]["alg"], "SHA-256");
        assert_eq!(part["scope"], "required");
        assert_eq!(document["components"][1]["scope"], "excluded");
        assert_eq!(document["metadata"]["component"]["bom-ref"], "pkg:cargo/key-sync@0.1.0");
        assert!(!text.contains("/somewhere"), "no place of this machine");
    }

    #[test]
    fn the_serial_number_follows_from_the_content() {
        let serial = |parts: &Dependencies| {
            let text = write(parts, &tools()).expect("written");
            serde_json::from_str::<Value>(&text).expect("JSON")["serialNumber"].clone()
        };
        assert_eq!(serial(&all()), serial(&all()));
        let mut other = all();
        other.pop_first();
        assert_ne!(serial(&all()), serial(&other));
    }
}
