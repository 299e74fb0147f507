//! Reading the containers of every list, and finding one by any name that a job may use.

use crate::{family, json, strings};
use cckm::container::{Container, Directory};
use cckm::family::FAMILIES;
use serde_json::{Value, json};

fn read(slug: &str, value: &Value) -> Container {
    Container::from_value(&value.clone(), family(slug).containers)
        .unwrap_or_else(|| panic!("{slug}: {value}"))
}

fn first(slug: &str, name: &str) -> Container {
    read(slug, &json(name)["resources"][0])
}

#[test]
fn every_list_gives_names() {
    let kms = first("aws", "aws_kms_list.json");
    assert_eq!((kms.id.as_str(), kms.label.as_str()), ("2993afdd-a040-4233-8567-8af8fb755897", "kms"));
    assert_eq!(kms.regions, ["ap-south-1", "us-east-1"]);
    assert_eq!(kms.account, "123456789012");
    assert_eq!(kms.facts, ["123456789012", "aws-connection", "active"]);
    let vault = first("azure", "azure_vaults_list.json");
    assert_eq!((vault.label.as_str(), vault.account.as_str()), ("production-vault", ""));
    assert_eq!(vault.facts, ["westeurope", "sub", "azure-connection"]);
    assert!(vault.regions.is_empty());
    let ring = first("google", "google_key_rings_list.json");
    assert_eq!(ring.label, "projects/gemalto-kyloeng/locations/global/keyRings/demo-key-ring");
    assert_eq!(first("oci", "oci_vaults_list.json").label, "vault-1");
    assert_eq!(first("sap", "sap_groups_list.json").label, "TestCCKM");
}

#[test]
fn the_documented_containers_are_read() {
    // The documentation has the group inside an object named after the media type, with the field `Name`.
    let group = read("sap", &json("sap_group_get.json")["application/json"]);
    assert_eq!(group.label, "TestCCKM");
    assert_eq!(group.aliases, ["a42e389b-3d6a-43a6-ab94-9ef13de05785"]);
    let organization = read("salesforce", &json("sfdc_organization_get.json"));
    assert_eq!(organization.label, "Thales");
    assert_eq!(organization.aliases, ["00DB000000040bIMAQ"]);
    assert_eq!(organization.facts, ["00DB000000040bIMAQ", "Regular", "sfdc-connection"]);
}

#[test]
fn only_the_id_is_needed() {
    for family in FAMILIES {
        let bare = read(family.slug, &json!({"id": "a"}));
        assert!(bare == Container { id: "a".into(), label: "a".into(), ..Container::default() });
        assert_eq!(bare.filter_value(family), "a");
        for value in [json!({}), json!({"id": ""}), json!({"id": null, "name": "x"}), Value::Null, json!("a")]
        {
            assert!(Container::from_value(&value.clone(), family.containers).is_none(), "{value}");
        }
        let odd = json!({"id": 7, "name": null, "Name": [], "azure_name": {}, "display_name": null, "regions": "x"});
        let odd = read(family.slug, &odd);
        assert_eq!((odd.id.as_str(), odd.label.as_str(), odd.regions.len()), ("7", "7", 0));
    }
}

#[test]
fn a_filter_asks_by_what_the_family_wants() {
    let ring = first("google", "google_key_rings_list.json");
    assert_eq!(ring.filter_value(family("google")), ring.label);
    let vault = first("oci", "oci_vaults_list.json");
    assert_eq!(vault.filter_value(family("oci")), vault.id);
}

#[test]
fn a_directory_finds_by_id_and_by_every_alias() {
    let all: Vec<Container> = (0..500)
        .map(|at| Container {
            id: format!("id-{at}"),
            label: format!("name {at}"),
            aliases: vec![format!("alias-{at}"), format!("other/{at}")],
            ..Container::default()
        })
        .collect();
    let directory = Directory::new(all);
    assert_eq!(directory.all().len(), 500);
    for at in [0, 1, 9, 10, 99, 250, 499] {
        for key in [format!("id-{at}"), format!("alias-{at}"), format!("other/{at}")] {
            assert_eq!(directory.label_of(&key), Some(format!("name {at}").as_str()), "{key}");
        }
    }
    for key in ["", "id-", "id-500", "name 1", "zzz"] {
        assert!(directory.find(key).is_none(), "{key}");
    }
    assert!(Directory::new(Vec::new()).is_empty() && Directory::default().find("a").is_none());
}

#[test]
fn an_id_outweighs_an_alias_of_the_same_text() {
    let named = |id: &str, alias: &str| Container {
        id: id.into(),
        label: id.into(),
        aliases: strings(&[alias]),
        ..Container::default()
    };
    let directory = Directory::new(vec![named("a", "b"), named("b", "c"), named("d", "c")]);
    assert_eq!(directory.label_of("b"), Some("b"));
    assert_eq!(directory.label_of("c"), Some("b"));
}

#[test]
fn keys_of_results_get_names() {
    let aws = family("aws").containers;
    let kms = |name: &str, account: &str, regions: &[&str]| Container {
        id: format!("id-{name}"),
        label: name.into(),
        aliases: strings(&[name]),
        regions: strings(regions),
        account: account.into(),
        ..Container::default()
    };
    let directory = Directory::new(vec![
        kms("prod", "111", &["eu-west-1", "us-east-1"]),
        kms("prod-us", "111", &["us-east-1"]),
        kms("test", "222", &[]),
    ]);
    let table = [
        ("id-prod", "prod"),
        ("prod", "prod"),
        ("111/eu-west-1", "prod · eu-west-1"),
        // Two containers of the account offer the region, so the key does not tell them apart.
        ("111/us-east-1", "111/us-east-1"),
        ("222/anywhere", "test · anywhere"),
        ("333/eu-west-1", "333/eu-west-1"),
        ("111/", "111/"),
        ("/", "/"),
        ("", ""),
    ];
    for (key, expected) in table {
        assert_eq!(directory.describe(aws, key), expected, "{key}");
    }
    // In families without accounts a slash is part of the name.
    assert_eq!(directory.describe(family("google").containers, "111/eu-west-1"), "111/eu-west-1");
}
