//! The error guide: each row applies to texts that servers and clouds send, and no earlier row hides it.

use cckm::error_guide::{GUIDE, explain};
use proptest::prelude::*;

/// In the order of the guide: texts for each row, and a word that only its next step contains.
const TEXTS: &[(&[&str], &str)] = &[
    (&["License not installed yet for feature CCKM_AWS", "The license has expired"], "license"),
    (&["NCERRUnauthorizedAccess: Wrong username or password."], "directory"),
    (&["NCERRUnauthorizedAccess: Invalid or revoked token.", "Invalid or revoked token."], "new token"),
    (
        &[
            "SignatureDoesNotMatch: Signature expired: 20261127T120000Z is now earlier than 20261127T121000Z",
            "invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe",
            "AADSTS700024: Client assertion is not within its valid time range.",
        ],
        "NTP",
    ),
    (
        &[
            "ExpiredTokenException: The security token included in the request is expired",
            "ExpiredToken: the provided token",
        ],
        "AWS connection",
    ),
    (
        &[
            "UnrecognizedClientException: The security token included in the request is invalid.",
            "InvalidClientTokenId",
            "SignatureDoesNotMatch: The request signature we calculated does not match",
        ],
        "access key",
    ),
    (&["User: arn:aws:iam::1:user/cm is not authorized to perform: sts:AssumeRole"], "trust policy"),
    (&["OptInRequired: eu-south-1", "Region me-south-1 is not enabled"], "region"),
    (&["XKS_PROXY_NOT_REACHABLE", "XksProxyUriUnreachableException"], "proxy's address"),
    (&["CustomKeyStoreInvalidStateException", "The key store is DISCONNECTED"], "custom key store"),
    (&["Luna HSM is disconnected", "partition 12 not connected"], "HSM"),
    (&["ThrottlingException: You have exceeded the rate at which you may call KMS."], "quotas"),
    (
        &["AccessDeniedException: User: arn:aws:iam::1:user/cm is not authorized to perform: kms:ListKeys"],
        "kms:ListKeys",
    ),
    (&["AADSTS7000222: The provided client secret keys for app 'a' are expired."], "client secret"),
    (&["AADSTS7000215: Invalid client secret provided."], "secret's value"),
    (&["AADSTS700016: Application with identifier 'a' was not found in the directory"], "tenant ID"),
    (
        &["ForbiddenByFirewall: Client address is not authorized and caller is not a trusted service."],
        "networking",
    ),
    (
        &[
            "ForbiddenByRbac: Caller is not authorized to perform action on resource",
            "Action: 'Microsoft.KeyVault/vaults/keys/read'",
        ],
        "Crypto Officer",
    ),
    (
        &["The user, group or application 'appid=a' does not have keys list permission on key vault 'v'"],
        "Get and List",
    ),
    (
        &["VaultNotFound", "dial tcp: lookup old.vault.azure.net: no such host", "The vault is disabled"],
        "Recover",
    ),
    (
        &["SubscriptionNotFound: The subscription 'a' could not be found.", "ReadOnlyDisabledSubscription"],
        "Reader",
    ),
    (
        &["Cloud Key Management Service (KMS) API has not been used in project 1 before or it is disabled."],
        "cloudkms.googleapis.com",
    ),
    (
        &[
            "rpc error: code = ResourceExhausted desc = Quota exceeded for quota metric 'Read requests'",
            "RESOURCE_EXHAUSTED",
        ],
        "800–1000",
    ),
    (
        &[
            "PERMISSION_DENIED: Permission 'cloudkms.cryptoKeys.list' denied on resource",
            "rpc error: code = PermissionDenied",
        ],
        "cloudkms.cryptoKeys.list",
    ),
    (&["invalid_grant: Invalid JWT Signature.", "The service account is disabled"], "service account"),
    (&["NotAuthorizedOrNotFound. Authorization failed or requested resource not found."], "read keys"),
    (
        &["NotAuthenticated: The required information to complete authentication was not provided"],
        "fingerprint",
    ),
    (&["The vault is in state PENDING_DELETION", "Key is pending deletion"], "Cancel the deletion"),
    (&["INVALID_SESSION_ID: Session expired or invalid"], "login IP ranges"),
    (&["API_DISABLED_FOR_ORG: API is not enabled for this Organization or Partner"], "API Enabled"),
    (&["REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded."], "limit raised"),
    (&["INSUFFICIENT_ACCESS: insufficient access rights on cross-reference id"], "Manage Encryption Keys"),
    (&["Error listing keys from SFDC: "], "Salesforce connection"),
    (
        &["invalid_grant: authentication failure", "INVALID_OPERATION_WITH_EXPIRED_PASSWORD"],
        "valid credentials",
    ),
    (&["NCERRInsufficientPermissions: Insufficient permissions"], "keysynchronize"),
    (&["NCERRConflict: a synchronization job is already in progress"], "cancel it"),
    (
        &["tls: failed to verify certificate: x509: certificate signed by unknown authority"],
        "certificate authority",
    ),
    (&["x509: certificate has expired or is not yet valid: current time 2032"], "time first"),
    (&["proxyconnect tcp: dial tcp 10.0.0.1:3128", "<!DOCTYPE html><title>Sign in</title>"], "sign-in page"),
    (&["dial tcp: lookup kms.eu-west-9.amazonaws.com: no such host"], "DNS"),
    (&["dial tcp 10.1.1.1:443: connect: connection refused", "network is unreachable"], "port 443"),
    (&["context deadline exceeded (Client.Timeout exceeded while awaiting headers)"], "fewer containers"),
    (&["429 Too Many Requests", "Throttled by the service"], "fewer containers at once"),
    (&["503 Service Unavailable", "Bad gateway"], "status page"),
    (&["the credentials have expired", "Token is expired"], "Renew them"),
    (&["Access denied", "Forbidden", "401 Unauthorized"], "list and read"),
];

#[test]
fn each_row_is_found_by_its_texts_and_shadowed_by_none() {
    assert!(GUIDE.len() >= 20);
    assert_eq!(TEXTS.len(), GUIDE.len(), "every row has a test");
    for ((texts, word), row) in TEXTS.iter().zip(GUIDE) {
        assert!(row.next_step.contains(word), "{word}: {}", row.next_step);
        for text in *texts {
            assert_eq!(explain(text), Some(row), "{text}");
            assert_eq!(explain(&text.to_uppercase()), Some(row), "{text}");
            assert_eq!(explain(&format!("Error from the cloud: {text} (request 4711)")), Some(row), "{text}");
        }
    }
}

#[test]
fn explanations_are_sentences() {
    for row in GUIDE {
        for sentence in [row.cause, row.next_step] {
            assert!(sentence.ends_with('.') && sentence.starts_with(char::is_uppercase), "{sentence}");
        }
    }
}

#[test]
fn what_is_unknown_and_what_went_well_is_not_explained() {
    for text in [
        "",
        "Success",
        "region synchronized successfully",
        "key ring synchronized successfully",
        "in progress",
        "完了",
        "Error 4711",
        "skipped",
    ] {
        assert_eq!(explain(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_can_be_looked_up(text in ".{0,200}") {
        let _ = explain(&text);
    }
}
