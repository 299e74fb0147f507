//! The table of families is complete and has no duplicates.

use cckm::family::{FAMILIES, by_slug, clouds, of_cloud};

/// The documented names of every family, written down independently: slug, root, filter, selector, job field,
/// regions. A family without a filter has an empty one.
const DOCUMENTED: &[(&str, &str, &str, &str, &str, bool)] = &[
    ("aws", "aws/synchronization-jobs", "kms", "kms", "kms", true),
    ("aws-custom-key-stores", "aws/custom-key-stores/synchronization-jobs", "kms", "kms", "kms", true),
    ("azure", "azure/synchronization-jobs", "key_vaults", "key_vaults", "key_vaults", false),
    (
        "azure-certificates",
        "azure/certificates/synchronization-jobs",
        "key_vaults",
        "key_vaults",
        "key_vaults",
        false,
    ),
    ("azure-secrets", "azure/secrets/synchronization-jobs", "key_vaults", "key_vaults", "key_vaults", false),
    ("google", "google/synchronization-jobs", "key_rings", "key_rings", "key_rings", false),
    ("oci", "oci/synchronization-jobs", "vaults", "vaults", "vaults", false),
    ("sap", "sap/synchronization-jobs", "groups", "groups", "groups", false),
    ("salesforce", "sfdc/keys/synchronization-jobs", "organizations", "organization_ids", "kms", false),
    (
        "salesforce-certificates",
        "sfdc/certificates/synchronization-jobs",
        "organizations",
        "organization_ids",
        "kms",
        false,
    ),
    ("dsm", "dsm/refresh", "", "domains", "domains", false),
    ("luna", "hsm/luna/refresh", "", "partitions", "partitions", false),
    ("luna-synchronize", "hsm/luna/synchronize", "", "partitions", "partitions", false),
    ("external-cm", "external-cm/refresh", "", "domains", "domains", false),
];

#[test]
fn every_documented_family_is_a_row() {
    assert_eq!(FAMILIES.len(), DOCUMENTED.len());
    for (family, (slug, root, filter, selector, job_field, regions)) in FAMILIES.iter().zip(DOCUMENTED) {
        assert_eq!(family.slug, *slug);
        assert_eq!(family.root, format!("/cckm/{root}"), "{slug}");
        assert_eq!(family.filter.unwrap_or_default(), *filter, "{slug}");
        assert_eq!(family.selector, *selector, "{slug}");
        assert_eq!(family.job_field, *job_field, "{slug}");
        assert_eq!(family.regions.is_some(), *regions, "{slug}");
        assert_eq!(family.containers.regions.is_some(), *regions, "{slug}");
    }
}

#[test]
fn every_row_is_filled() {
    for family in FAMILIES {
        let slug = family.slug;
        let list = family.containers;
        let texts = [
            slug,
            family.cloud,
            family.scope,
            family.root,
            family.selector,
            family.job_field,
            family.filter_by,
            list.path,
            list.title,
            list.many,
            list.one,
        ];
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{slug} has an empty column");
        assert!(family.filter != Some(""), "{slug} has an empty filter");
        for names in [list.label, list.aliases, list.facts] {
            assert!(!names.is_empty() && names.iter().all(|name| !name.is_empty()), "{slug}");
        }
        assert!(family.filter_by == "id" || list.label.contains(&family.filter_by), "{slug}");
        assert!(family.switches.iter().all(|s| !s.field.is_empty() && !s.label.is_empty()), "{slug}");
        assert!(family.notes.iter().all(|note| note.ends_with('.')), "{slug}: a note is a sentence");
        assert!(family.root.starts_with("/cckm/") && list.path.starts_with("/cckm/"), "{slug}");
        assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{slug} needs encoding");
        assert!(family.title().starts_with(family.cloud), "{slug}");
    }
}

#[test]
fn slugs_roots_and_scopes_are_unique() {
    for (at, family) in FAMILIES.iter().enumerate() {
        for other in &FAMILIES[..at] {
            assert_ne!(family.slug, other.slug);
            assert_ne!(family.root, other.root);
            assert!(family.cloud != other.cloud || family.scope != other.scope, "{}", family.slug);
            assert!(family != other);
        }
        assert!(by_slug(family.slug).is_some_and(|found| found == family));
    }
    assert!(by_slug("all").is_none() && by_slug("").is_none() && by_slug("AWS").is_none());
}

#[test]
fn clouds_come_once_in_the_order_of_the_navigation() {
    let all: Vec<_> = clouds().collect();
    assert_eq!(
        all,
        [
            "AWS",
            "Azure",
            "Google Cloud",
            "OCI",
            "SAP",
            "Salesforce",
            "DSM",
            "Luna HSM",
            "External CipherTrust"
        ]
    );
    let scopes = |cloud| of_cloud(cloud).map(|family| family.scope).collect::<Vec<_>>();
    assert_eq!(scopes("AWS"), ["Keys", "Custom key stores"]);
    assert_eq!(scopes("Azure"), ["Keys", "Certificates", "Secrets"]);
    assert_eq!(scopes("Salesforce"), ["Tenant secrets", "Certificates"]);
    assert_eq!(scopes("SAP"), ["Keys"]);
    assert_eq!(scopes("Luna HSM"), ["Keys", "Synchronization"]);
    let optional: Vec<_> = clouds().filter(|cloud| of_cloud(cloud).all(|family| family.optional)).collect();
    assert_eq!(optional, ["DSM", "Luna HSM", "External CipherTrust"]);
    assert_eq!(of_cloud("Nimbus").count(), 0);
    // The table is grouped by cloud: `clouds` and `of_cloud` return its order.
    let regrouped: Vec<_> = clouds().flat_map(of_cloud).map(|family| family.slug).collect();
    assert_eq!(regrouped, FAMILIES.iter().map(|family| family.slug).collect::<Vec<_>>());
}
