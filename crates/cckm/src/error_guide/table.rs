//! The table of known causes, with the source of each text.

use super::explanation::Explanation;

/// The known causes. The first row that applies is used, so a special text stands before a general one.
pub const GUIDE: &[Explanation] = &[
    // CipherTrust Manager: a 403 with "License not installed yet for feature …"; after a license has ended CCKM is
    // read-only. https://thalesdocs.com/ctp/cm/latest/admin/cckm_ag/overview/index.html (a licensed component)
    Explanation {
        texts: &[&["license", "install"], &["license", "expired"], &["unlicensed"], &["not licensed"]],
        cause: "The CCKM license for this is not installed, or it has ended.",
        next_step: "Have the license installed or renewed in CipherTrust Manager, then try again.",
    },
    // The manager's own sign-in: tests/fixtures/errors_auth_401_wrong_password.json.
    Explanation {
        texts: &[&["wrong username or password"]],
        cause: "Name, password and domain do not belong together.",
        next_step: "Check them; a user of a directory needs its connection too. Then sign in again.",
    },
    // The manager's own answer to a request without a valid token ("Invalid or revoked token."), not a cloud's.
    Explanation {
        texts: &[&["ncerrunauthorizedaccess"], &["revoked token"]],
        cause: "CipherTrust Manager does not accept what was sent to sign in, or not any more.",
        next_step: "Sign in again with a user name and password, or with a new token.",
    },
    // Wrong clocks.
    // https://docs.aws.amazon.com/mgn/latest/APIReference/CommonErrors.html (RequestExpired: 15 minutes)
    // https://github.com/EngineerBetter/control-tower/issues/51 (AWS: "Signature expired", a wrong clock)
    // https://httpfixer.dev/blog/oauth/fix-google-oauth-invalid-grant/ (Google: a short-lived token)
    // https://www.gitmemories.com/Azure/azure-cli/issues/28708 (700024: outside of its valid time range)
    Explanation {
        texts: &[
            &["signature expired"],
            &["signature not yet current"],
            &["requestexpired"],
            &["requesttimetooskewed"],
            &["short-lived token"],
            &["aadsts700024"],
            &["clock skew"],
        ],
        cause: "The clock of CipherTrust Manager differs too much from the cloud's.",
        next_step: "Check the NTP servers of CipherTrust Manager and the time on each node, then retry.",
    },
    // https://docs.aws.amazon.com/mgn/latest/APIReference/CommonErrors.html (ExpiredTokenException)
    Explanation {
        texts: &[&["expiredtoken"], &["security token", "expired"]],
        cause: "The temporary AWS credentials of the connection have expired.",
        next_step: "Renew the credentials of the AWS connection and test it, then retry.",
    },
    // https://docs.aws.amazon.com/emr/latest/APIReference/CommonErrors.html (InvalidClientTokenId, IncompleteSignature)
    // https://docs.aws.amazon.com/botocore/latest/reference/services/logs/client/exceptions/UnrecognizedClientException.html
    // https://docs.amazonaws.cn/en_us/IAM/latest/UserGuide/reference_sigv-troubleshooting.md (SignatureDoesNotMatch)
    Explanation {
        texts: &[
            &["invalidclienttokenid"],
            &["unrecognizedclient"],
            &["security token", "invalid"],
            &["signaturedoesnotmatch"],
            &["incompletesignature"],
        ],
        cause: "AWS does not accept the access key of the connection: it was deleted, deactivated or mistyped, or it belongs to another partition (China, GovCloud).",
        next_step: "Enter an active access key and its secret in the AWS connection and test it, then retry.",
    },
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
    // https://docs.datadoghq.com/integrations/faq/error-datadog-not-authorized-sts-assume-role (with the external ID)
    Explanation {
        texts: &[&["sts:assumerole"], &["assume role"], &["assumerole"]],
        cause: "The AWS connection may not assume the role of this KMS.",
        next_step: "Allow sts:AssumeRole to the connection's user in the role's trust policy, with the external ID that the KMS has.",
    },
    // https://docs.aws.amazon.com/emr/latest/APIReference/CommonErrors.html (OptInRequired)
    // https://docs.amazonaws.cn/en_us/accounts/latest/reference/manage-acct-regions.html
    Explanation {
        texts: &[
            &["optinrequired"],
            &["region", "not enabled"],
            &["region", "disabled"],
            &["region", "not supported"],
        ],
        cause: "The region is not enabled for this AWS account, or it is the wrong one.",
        next_step: "Enable the region in the account, or take it out of the regions of the KMS.",
    },
    // https://docs.aws.amazon.com/kms/latest/APIReference/API_CustomKeyStoresListEntry.html
    Explanation {
        texts: &[&["xks_proxy"], &["xksproxy"], &["xks proxy"]],
        cause: "AWS KMS cannot reach the external key store's proxy, or the proxy refuses it.",
        next_step: "Check the proxy's address, certificate and credentials in the custom key store, then connect the store again.",
    },
    // https://docs.aws.amazon.com/kms/latest/APIReference/API_CustomKeyStoresListEntry.html
    // https://docs.rs/aws-sdk-kms/latest/aws_sdk_kms/operation/connect_custom_key_store/enum.ConnectCustomKeyStoreError.html
    Explanation {
        texts: &[
            &["customkeystoreinvalidstate"],
            &["cloudhsmcluster"],
            &["key store", "disconnected"],
            &["key store", "not connected"],
            &["keystore", "disconnected"],
        ],
        cause: "The custom key store is disconnected, or its HSM cluster is not active.",
        next_step: "Check the cluster and connect the custom key store again, then retry.",
    },
    // https://docs.aws.amazon.com/kms/latest/developerguide/connect-keystore.html (needs an active HSM)
    // https://thalesgroup.github.io/CDSP-Orchestration-Ansible/collections/thalesgroup/ciphertrust/connection_manager_luna_hsm_module.html
    // (the server's connections to HSMs and their partitions)
    Explanation {
        texts: &[
            &["hsm", "disconnected"],
            &["hsm", "not connected"],
            &["hsm", "unavailable"],
            &["partition", "not connected"],
        ],
        cause: "The HSM that holds these keys is disconnected.",
        next_step: "Check the HSM and its connection in CipherTrust Manager, then retry.",
    },
    // https://aws.amazon.com/premiumsupport/knowledge-center/kms-throttlingexception-error/ (the words, and the quotas)
    Explanation {
        texts: &[&["throttlingexception"], &["rate at which you may call"], &["rate exceeded"]],
        cause: "AWS slows the account down: it asks KMS more often than its request quota allows.",
        next_step: "Retry later with fewer KMS or regions at once, or have the AWS KMS request quotas raised.",
    },
    // https://docs.aws.amazon.com/kms/latest/developerguide/customer-managed-policies.html
    Explanation {
        texts: &[
            &["accessdeniedexception"],
            &["not authorized to perform", "kms:"],
            &["access denied", "kms:"],
        ],
        cause: "The AWS user or role of the connection lacks a permission, or a key's own policy leaves it out.",
        next_step: "Allow it kms:ListKeys, kms:ListAliases, kms:DescribeKey, kms:GetKeyPolicy, kms:GetKeyRotationStatus and kms:ListResourceTags.",
    },
    // https://aztokenwatch.com/blog/fix-aadsts7000222-client-secret-expired
    Explanation {
        texts: &[&["aadsts7000222"], &["client secret", "expired"]],
        cause: "The client secret of the Azure connection has expired.",
        next_step: "Create a new client secret for the app registration in Microsoft Entra ID, enter its value in the connection, then retry.",
    },
    // https://github.com/MicrosoftDocs/entra-docs docs/identity-platform/reference-error-codes.md (7000215, 700027,
    // invalid_client)
    Explanation {
        texts: &[&["aadsts7000215"], &["aadsts700027"], &["invalid client secret"], &["invalid_client"]],
        cause: "The client secret or certificate of the connection is not one of the app registration.",
        next_step: "Enter the secret's value (not its ID) or upload the certificate again in the connection, then retry.",
    },
    // https://github.com/MicrosoftDocs/entra-docs docs/identity-platform/reference-error-codes.md (700016, 90002,
    // unauthorized_client)
    Explanation {
        texts: &[&["aadsts700016"], &["aadsts90002"], &["unauthorized_client"]],
        cause: "The app registration is not in the tenant that the connection names.",
        next_step: "Check tenant ID, client ID and the kind of Azure cloud in the connection.",
    },
    // https://github.com/MicrosoftDocs/azure-docs articles/key-vault/general/rest-error-codes.md (403: firewall)
    Explanation {
        texts: &[
            &["forbiddenbyfirewall"],
            &["client address is not authorized"],
            &["public network access", "disabled"],
        ],
        cause: "The firewall of the key vault does not let CipherTrust Manager in.",
        next_step: "Add the address from which CipherTrust Manager leaves your network to the vault's networking settings.",
    },
    // https://github.com/MicrosoftDocs/azure-docs articles/key-vault/general/rbac-guide.md (the roles)
    // https://devopsaitoolkit.com/blog/azure-error-authorizationfailed/
    Explanation {
        texts: &[&["forbiddenbyrbac"], &["microsoft.keyvault/vaults"], &["authorizationfailed"]],
        cause: "The Azure connection's application has no role on the vault that lets it read.",
        next_step: "Assign it Key Vault Crypto Officer (keys), Key Vault Certificates Officer or Key Vault Secrets Officer on the vault.",
    },
    // https://github.com/MicrosoftDocs/azure-docs articles/key-vault/general/rest-error-codes.md (403: access policy)
    Explanation {
        texts: &[
            &["forbiddenbypolicy"],
            &["does not have", "list permission"],
            &["does not have", "get permission"],
            &["does not have", "backup permission"],
        ],
        cause: "The access policy of the key vault does not allow this to the connection's application.",
        next_step: "Grant it Get and List for keys, certificates and secrets in the vault's access policy, and Backup where keys are backed up.",
    },
    // https://github.com/MicrosoftDocs/azure-docs articles/key-vault/general/soft-delete-overview.md
    Explanation {
        texts: &[
            &["vaultnotfound"],
            &["no such host", "vault."],
            &["soft-deleted"],
            &["vault", "was deleted"],
            &["vault", "disabled"],
        ],
        cause: "The vault was deleted or disabled in the cloud.",
        next_step: "Recover or enable it in the cloud, or remove it in CipherTrust Manager so that it is not synchronized any more.",
    },
    // https://errorreference.com/errors/azure/SubscriptionNotFound (canceled, or no role Reader)
    Explanation {
        texts: &[&["subscriptionnotfound"], &["disabledsubscription"], &["subscription", "disabled"]],
        cause: "The Azure subscription is disabled, or the connection cannot see it.",
        next_step: "Enable the subscription, or give the connection's application the role Reader on it.",
    },
    // https://github.com/kubernetes/k8s.io/pull/6403 (the words, with SERVICE_DISABLED)
    Explanation {
        texts: &[&["service_disabled"], &["has not been used in project"], &["accessnotconfigured"]],
        cause: "The Cloud Key Management Service API is not enabled in the Google Cloud project.",
        next_step: "Enable cloudkms.googleapis.com in the project, wait a few minutes, then retry.",
    },
    // https://docs.cloud.google.com/kms/quotas and the vendor's page on Google Cloud keys: 800 to 1000 operations
    // https://cloud.google.com/kms/docs/monitor-adjust-quotas (RESOURCE_EXHAUSTED)
    Explanation {
        texts: &[
            &["resource_exhausted"],
            &["resourceexhausted"],
            &["quota", "cloudkms"],
            &["quota exceeded"],
        ],
        cause: "The quota of the Google Cloud project for KMS operations is used up.",
        next_step: "Raise its read and write requests per minute to 800–1000, or synchronize fewer key rings at once.",
    },
    // https://docs.cloud.google.com/kms/docs/view-keys-by-project (roles/cloudkms.viewer)
    // https://docs.cloud.google.com/iam/docs/roles-permissions/cloudkms
    Explanation {
        texts: &[&["permission_denied"], &["permissiondenied"], &["permission", "cloudkms."]],
        cause: "The service account of the Google Cloud connection lacks a permission on the key ring.",
        next_step: "Grant it Cloud KMS Viewer, or cloudkms.keyRings.list, cloudkms.cryptoKeys.list and cloudkms.cryptoKeyVersions.list.",
    },
    // https://codegive.com/blog/invalid_jwt_signature_google_api.php
    Explanation {
        texts: &[
            &["invalid jwt signature"],
            &["service account", "disabled"],
            &["service account", "deleted"],
        ],
        cause: "The key of the Google service account was deleted or disabled.",
        next_step: "Create a new key for the service account, upload it to the connection, then retry.",
    },
    // https://docs.cloud.oracle.com/Content/API/References/apierrors.htm
    // https://docs.oracle.com/iaas/Content/Identity/Reference/keypolicyreference.htm
    Explanation {
        texts: &[&["notauthorizedornotfound"]],
        cause: "OCI does not say which: the connection's user may not see the vault or its keys, or they do not exist any more.",
        next_step: "Allow its group to “read vaults” and “read keys” in the compartment, and check that the vault is still there.",
    },
    // https://docs.cloud.oracle.com/iaas/Content/API/Concepts/signingrequests.htm (401, the clock)
    Explanation {
        texts: &[&["notauthenticated"]],
        cause: "OCI does not accept the API key of the connection, or the clock of CipherTrust Manager is more than five minutes off.",
        next_step: "Check user OCID, tenancy, fingerprint and private key in the connection, and the server's time.",
    },
    // https://docs.oracle.com/en-us/iaas/Content/KeyManagement/Tasks/managingvaults_topic-To_delete_a_vault.htm
    // https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-cancelling-key-deletion.html
    Explanation {
        texts: &[
            &["pending_deletion"],
            &["pendingdeletion"],
            &["pending deletion"],
            &["scheduled for deletion"],
        ],
        cause: "The vault or key is scheduled for deletion in the cloud.",
        next_step: "Cancel the deletion in the cloud while there is time, or remove it in CipherTrust Manager.",
    },
    // https://salesforcedictionary.com/errors/invalid-session-id
    Explanation {
        texts: &[&["invalid_session_id"], &["session expired or invalid"]],
        cause: "Salesforce does not accept the session of the connection: it ended, or the address of the server is not allowed.",
        next_step: "Test the Salesforce connection, check the login IP ranges of its user, then retry.",
    },
    // https://salesforcedictionary.com/errors/api-disabled-for-org
    Explanation {
        texts: &[&["api_disabled_for_org"], &["api is not enabled"], &["api_currently_disabled"]],
        cause: "The Salesforce organization or the connection's user has no API access.",
        next_step: "Give the user the permission API Enabled, and check that the organization's edition includes the API.",
    },
    // https://developer.salesforce.com/docs/platform/api-rest/guide/errorcodes.html (403, REQUEST_LIMIT_EXCEEDED)
    Explanation {
        texts: &[&["request_limit_exceeded"]],
        cause: "The Salesforce organization has used up the API requests that it may make.",
        next_step: "Retry later, or have the limit raised.",
    },
    // https://developer.salesforce.com/docs/atlas.en-us.220.0.change_data_capture.meta/change_data_capture/cdc_security_shield_create_secret.htm
    Explanation {
        texts: &[&["insufficient_access"], &["manage encryption keys"]],
        cause: "The Salesforce user of the connection may not manage tenant secrets.",
        next_step: "Give it the permission Manage Encryption Keys.",
    },
    // The API's example of a job that is completed and has failed: GET /v1/cckm/sfdc/keys/synchronization-jobs
    Explanation {
        texts: &[&["listing keys from sfdc"]],
        cause: "Salesforce did not give CipherTrust Manager the list of keys, and said no more.",
        next_step: "Test the Salesforce connection, and check that its user has the permissions API Enabled and Manage Encryption Keys.",
    },
    // https://rfc-editor.org/errata/eid4745 (RFC 6749, section 5.2: invalid_grant)
    // https://workos.com/blog/invalid-grant-oauth-errors-by-provider
    // https://www.cdatablog.jp/entry/salesforceapidisabledfororg (INVALID_LOGIN)
    Explanation {
        texts: &[&["invalid_grant"], &["invalid_login"], &["password", "expired"]],
        cause: "The cloud does not accept the user, key or password of the connection any more.",
        next_step: "Enter valid credentials in the connection and test it, then retry.",
    },
    // The API's documentation: groups admin, CCKM Admins, or CCKM Users with keysynchronize for the container.
    Explanation {
        texts: &[&["ncerrinsufficientpermissions"], &["keysynchronize"], &["insufficient permission"]],
        cause: "Your user of CipherTrust Manager lacks a CCKM permission.",
        next_step: "Ask for the group CCKM Admins, or for CCKM Users with keysynchronize and view in the permissions of the container.",
    },
    // The API's documentation: a start while another job runs is refused; NCERRConflict
    Explanation {
        texts: &[&["ncerrconflict"], &["already running"], &["already in progress"]],
        cause: "A synchronization of the same containers is still running.",
        next_step: "Wait until it has ended, or cancel it, then start again.",
    },
    // https://github.com/golang/go/issues/40370 and 46937 (an intercepting proxy's authority, a self-signed one)
    Explanation {
        texts: &[
            &["unknown authority"],
            &["certificate_verify_failed"],
            &["self-signed certificate"],
            &["self signed certificate"],
        ],
        cause: "A proxy between CipherTrust Manager and the cloud shows a certificate that CipherTrust Manager does not trust.",
        next_step: "Add the proxy's certificate authority to CipherTrust Manager, or let the cloud's addresses pass unopened.",
    },
    // https://github.com/golang/go src/crypto/x509/verify.go (Expired)
    Explanation {
        texts: &[&["certificate", "expired"], &["certificate", "not yet valid"]],
        cause: "A certificate on the way to the cloud has expired, or the clock of CipherTrust Manager is wrong.",
        next_step: "Check the server's time first, then the certificates of the connection and of a proxy in between.",
    },
    // https://github.com/mubeng/mubeng/issues/229 (proxyconnect), https://developer.mozilla.org/docs/Web/HTTP/Status/407
    Explanation {
        texts: &[&["proxyconnect"], &["proxy authentication required"], &["<html"], &["<!doctype"]],
        cause: "A proxy answered in place of the cloud or of the server.",
        next_step: "Check the proxy settings of CipherTrust Manager and what the proxy lets pass; a sign-in page may be in between.",
    },
    // https://github.com/golang/go src/net/net.go (DNSError), https://github.com/golang/go/issues/44208
    Explanation {
        texts: &[&["no such host"], &["name resolution"], &["server misbehaving"]],
        cause: "CipherTrust Manager cannot resolve the name of the cloud's service: DNS, or a wrong region or cloud in the connection.",
        next_step: "Check the DNS servers of CipherTrust Manager, and region and cloud of the connection.",
    },
    // https://man.archlinux.org/man/connect.2.en.txt (ECONNREFUSED, ENETUNREACH)
    Explanation {
        texts: &[&["connection refused"], &["unreachable"], &["no route to host"], &["connection reset"]],
        cause: "CipherTrust Manager has no connection to the cloud's service: a firewall or proxy is in between.",
        next_step: "Allow outgoing HTTPS (port 443) to the cloud's addresses, or set the proxy in CipherTrust Manager.",
    },
    // https://github.com/golang/go src/context/context.go (DeadlineExceeded)
    Explanation {
        texts: &[&["deadline exceeded"], &["timeout"], &["timed out"]],
        cause: "The cloud's service did not answer in time.",
        next_step: "Retry later, with fewer containers; if it stays so, check proxy and firewall in between.",
    },
    // https://developer.mozilla.org/docs/Web/HTTP/Status/429
    // https://github.com/MicrosoftDocs/azure-docs articles/key-vault/general/rest-error-codes.md (429)
    Explanation {
        texts: &[&["too many requests"], &["toomanyrequests"], &["throttl"], &["http 429"], &["rate limit"]],
        cause: "The cloud asks for fewer requests.",
        next_step: "Retry later, and synchronize fewer containers at once.",
    },
    // https://datatracker.ietf.org/doc/html/rfc9110.html, sections 15.6.3 to 15.6.5
    Explanation {
        texts: &[&["bad gateway"], &["service unavailable"], &["serviceunavailable"], &["gateway time"]],
        cause: "The cloud's service, or a proxy before it, is out of order for the moment.",
        next_step: "Look at the status page of the cloud, and retry later.",
    },
    // https://docs.aws.amazon.com/mgn/latest/APIReference/CommonErrors.html: all other expired credentials
    Explanation {
        texts: &[
            &["credential", "expired"],
            &["secret", "expired"],
            &["token", "expired"],
            &["key", "expired"],
        ],
        cause: "The credentials of the connection have expired.",
        next_step: "Renew them in the connection and test it, then retry.",
    },
    // https://datatracker.ietf.org/doc/html/rfc9110.html, sections 15.5.2 and 15.5.4: all other refusals
    Explanation {
        texts: &[&["denied"], &["forbidden"], &["unauthorized"], &["not authorized"], &["notauthorized"]],
        cause: "The cloud refuses this to the user or application of the connection.",
        next_step: "Check that it may list and read the keys of this container, then retry.",
    },
];
