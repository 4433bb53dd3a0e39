"""Tables, keys, the bucket of received mail, and the logs."""

from typing import Any

import pytest

from tests.template.source import of_type

RETAINED = ("AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::S3::Bucket", "AWS::Cognito::UserPool")
MODULES = {
    "WallVisitors": "RecordsVisits",
    "Visits": "RecordsVisits",
    "Statistics": "RecordsVisits",
    "Security": "RecordsVisits",
    "WallUsernames": "KeepsAccounts",
    "WallAccounts": "KeepsAccounts",
    "WallContacts": "KeepsContacts",
}


@pytest.fixture(scope="module")
def tables(resources: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of the tables, by name."""
    return dict(of_type(resources, "AWS::DynamoDB::Table"))


def indexes(table: dict[str, Any]) -> dict[str, tuple[list[str], str]]:
    """Return of each index its keys and what it projects."""
    return {
        index["IndexName"]: (
            [key["AttributeName"] for key in index["KeySchema"]],
            index["Projection"]["ProjectionType"],
        )
        for index in table.get("GlobalSecondaryIndexes", [])
    }


def test_the_vault_forgets_within_days(tables: dict[str, Any]) -> None:
    """The vault can be restored for the days that the policy check counts with, and leaves no trace elsewhere."""
    recovery = tables["VaultTable"]["PointInTimeRecoverySpecification"]
    assert recovery == {"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": {"Ref": "RecoveryDays"}}
    assert "StreamSpecification" not in tables["VaultTable"]
    assert "TimeToLiveSpecification" not in tables["VaultTable"]


def test_the_queue_of_what_is_due_holds_what_is_counted(tables: dict[str, Any]) -> None:
    """The vault's one index is sparse; beside keys it holds which rule an entry falls under, and nothing of its seal."""
    assert indexes(tables["VaultTable"]) == {"due": (["queue", "due_key"], "INCLUDE")}
    [index] = tables["VaultTable"]["GlobalSecondaryIndexes"]
    assert index["Projection"]["NonKeyAttributes"] == ["category", "controller", "site"]


def test_no_index_of_the_records_holds_what_is_sealed(tables: dict[str, Any]) -> None:
    """The lists hold state that is nobody's, never ciphertext."""
    assert indexes(tables["RecordsTable"]) == {"list": (["list", "listed_at"], "INCLUDE")}
    [index] = tables["RecordsTable"]["GlobalSecondaryIndexes"]
    listed = index["Projection"]["NonKeyAttributes"]
    assert {"kind", "site", "controller", "status", "received_at", "erase_by", "attempts", "entry"} <= set(listed)
    assert not {"sealed", "ciphertext", "key", "subjects"} & set(listed)


def test_the_stream_of_the_records_holds_keys_only(tables: dict[str, Any]) -> None:
    """The one stream there is carries keys."""
    streams = {name: table["StreamSpecification"] for name, table in tables.items() if "StreamSpecification" in table}
    assert streams == {"RecordsTable": {"StreamViewType": "KEYS_ONLY"}}


def test_traffic_goes_by_itself_and_has_no_backup(tables: dict[str, Any]) -> None:
    """Traffic expires by TTL, and cannot be restored."""
    expiring = {name for name, table in tables.items() if "TimeToLiveSpecification" in table}
    assert expiring == {"TrafficTable"}
    assert tables["TrafficTable"]["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert tables["TrafficTable"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": False}


@pytest.mark.parametrize("table", ["VaultTable", "RecordsTable", "EvidenceTable", "StatisticsTable"])
def test_what_must_last_can_be_restored(tables: dict[str, Any], table: str) -> None:
    """Every table but traffic has point-in-time recovery."""
    assert tables[table]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True


def test_every_table_is_protected_keyed_alike_and_paid_by_use(tables: dict[str, Any]) -> None:
    """Tables share their key schema, are encrypted, cost nothing idle, and are not deleted by accident."""
    for name, table in tables.items():
        assert [key["AttributeName"] for key in table["KeySchema"]] == ["pk", "sk"], name
        assert table["BillingMode"] == "PAY_PER_REQUEST", name
        assert table["SSESpecification"] == {"SSEEnabled": True}, name
        assert table["DeletionProtectionEnabled"] == {"Fn::If": ["IsProtected", True, False]}, name


def test_what_holds_data_or_keys_outlives_the_stack(resources: dict[str, Any]) -> None:
    """Deleting the stack, or a change that replaces a resource, never deletes data or keys."""
    for name, resource in resources.items():
        if resource["Type"] in RETAINED:
            assert resource["DeletionPolicy"] == "RetainExceptOnCreate", name
            assert resource["UpdateReplacePolicy"] == "Retain", name


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_needs_comes_with_the_module(resources: dict[str, Any], name: str) -> None:
    """A key or table of a module that the policy does not switch on is not made."""
    assert resources[name]["Condition"] == MODULES[name]


def test_each_wall_has_a_key_of_its_own(resources: dict[str, Any]) -> None:
    """There is one RSA key per wall, so that who may open what is a list of keys."""
    walls = {name: key for name, key in of_type(resources, "AWS::KMS::Key") if name.startswith("Wall")}
    expected = {f"Wall{wall}" for wall in ("Visitors", "Enquiries", "Usernames", "Accounts", "Contacts", "Cases")}
    assert walls.keys() == expected
    for key in walls.values():
        assert (key["KeySpec"], key["KeyUsage"], key["PendingWindowInDays"]) == ("RSA_3072", "ENCRYPT_DECRYPT", 30)


def test_pointers_are_made_with_a_key_that_never_leaves(resources: dict[str, Any]) -> None:
    """The key of the subject pointers is an HMAC key of KMS."""
    key = resources["PointerKey"]["Properties"]
    assert (key["KeySpec"], key["KeyUsage"]) == ("HMAC_256", "GENERATE_VERIFY_MAC")


def test_evidence_is_signed_with_a_key_that_never_leaves(resources: dict[str, Any]) -> None:
    """The key that signs evidence is an asymmetric key of KMS, on a curve that everybody can check."""
    key = resources["EvidenceKey"]["Properties"]
    assert (key["KeySpec"], key["KeyUsage"]) == ("ECC_NIST_P256", "SIGN_VERIFY")


def test_received_mail_is_closed_in_and_does_not_stay(resources: dict[str, Any]) -> None:
    """The inbox is private, encrypted with its own key, unversioned, and empties itself when nobody else does."""
    bucket = resources["InboxBucket"]["Properties"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    [rule] = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["KMSMasterKeyID"] == {"Fn::GetAtt": ["InboxKey", "Arn"]}
    assert "VersioningConfiguration" not in bucket
    assert "ObjectLockConfiguration" not in bucket
    [expiry] = bucket["LifecycleConfiguration"]["Rules"]
    assert (expiry["ExpirationInDays"], expiry["NoncurrentVersionExpiration"]) == (14, {"NoncurrentDays": 1})


def test_sealed_objects_have_no_second_copy(resources: dict[str, Any]) -> None:
    """The bucket of large sealed objects is private and keeps no versions: what is deleted there is gone."""
    bucket = resources["SealedBucket"]["Properties"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert "VersioningConfiguration" not in bucket
    assert "ObjectLockConfiguration" not in bucket
    assert "ReplicationConfiguration" not in bucket


def test_what_is_handed_out_is_there_for_a_day_at_most(resources: dict[str, Any]) -> None:
    """The bucket of copies is private, encrypted with its own key, unversioned, taken from over TLS only, and empties itself."""
    bucket = resources["HandoutBucket"]["Properties"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    [rule] = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["KMSMasterKeyID"] == {"Fn::GetAtt": ["HandoutKey", "Arn"]}
    assert "VersioningConfiguration" not in bucket
    assert "ReplicationConfiguration" not in bucket
    [expiry] = bucket["LifecycleConfiguration"]["Rules"]
    assert expiry["ExpirationInDays"] == 1
    [denied] = resources["HandoutBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert (denied["Effect"], denied["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_the_inbox_takes_mail_from_ses_alone(resources: dict[str, Any]) -> None:
    """Only SES, for this account, may put objects, and nothing goes in clear."""
    allowed, denied = resources["InboxBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert (allowed["Principal"], allowed["Action"]) == ({"Service": "ses.amazonaws.com"}, "s3:PutObject")
    assert allowed["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    assert "receipt-rule-set/" in allowed["Condition"]["ArnLike"]["aws:SourceArn"]["Fn::Sub"]
    assert (denied["Effect"], denied["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_every_function_logs_into_a_group_that_forgets(resources: dict[str, Any], functions: dict[str, Any]) -> None:
    """Each function has a log group of its own, made by the template, with a retention."""
    groups = dict(of_type(resources, "AWS::Logs::LogGroup"))
    used = [function["LoggingConfig"]["LogGroup"]["Ref"] for function in functions.values()]
    assert sorted(used) == sorted(groups)
    assert all(group["RetentionInDays"] == {"Ref": "LogRetentionDays"} for group in groups.values())
