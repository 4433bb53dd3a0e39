"""N5: what faces the internet holds public keys only, and the eraser cannot read either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from tests.conftest import TestStack
    from tests.firm import Firm

NEVER_DECRYPT = ("ContactForm", "Statement", "PrivacyMail", "Retention")


def client(stack: TestStack, function: str, service: str) -> Any:
    """Return a client with the rights of a function and no more."""
    environment = stack.environment(function)
    return boto3.client(
        service,
        endpoint_url=environment["AWS_ENDPOINT_URL"],
        region_name=environment["AWS_REGION"],
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
        aws_session_token=environment["AWS_SESSION_TOKEN"],
        config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
    )


@pytest.mark.parametrize("function", NEVER_DECRYPT)
@pytest.mark.parametrize("wall", ["WallEnquiries", "WallCases"])
def test_n05_they_cannot_unwrap_a_key(shared_firm: Firm, function: str, wall: str) -> None:
    """With the function's own credentials KMS refuses to decrypt, on every wall."""
    entry = shared_firm.entry(shared_firm.ask(message="write only"))
    assert entry is not None
    kms = client(shared_firm.stack, function, "kms")
    with pytest.raises(ClientError, match="AccessDenied"):
        kms.decrypt(
            KeyId=shared_firm.stack.resources[wall],
            CiphertextBlob=entry["key"]["B"],
            EncryptionAlgorithm="RSAES_OAEP_SHA_256",
        )


def test_n05_the_form_cannot_read_what_it_wrote(shared_firm: Firm) -> None:
    """With the form's own credentials no table can be read, queried or scanned, and nothing deleted."""
    stack, reference = shared_firm.stack, shared_firm.ask(message="cannot read")
    dynamodb, key = client(stack, "ContactForm", "dynamodb"), {"pk": {"S": f"entry#{reference}"}, "sk": {"S": "entry"}}
    for table in ("VaultTable", "RecordsTable", "TrafficTable", "EvidenceTable"):
        name = stack.resources[table]
        condition = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": key["pk"]}}
        operations: dict[str, dict[str, Any]] = {
            "get_item": {"Key": key},
            "query": condition,
            "scan": {},
            "delete_item": {"Key": key},
            "update_item": {"Key": key},
        }
        for operation, asked in operations.items():
            with pytest.raises(ClientError, match="AccessDenied"):
                getattr(dynamodb, operation)(TableName=name, **asked)


def test_n05_a_sealed_entry_opens_with_the_walls_key_only(shared_firm: Firm) -> None:
    """The wrapped key in the vault, unwrapped by KMS for the desk, is the key that opens the record: and staff read it."""
    reference = shared_firm.ask(message="de muur")
    assert shared_firm.open(reference)["fields"]["message"] == "de muur"
    entry = shared_firm.entry(reference)
    assert entry is not None
    unwrapped = client(shared_firm.stack, "Desk", "kms").decrypt(
        KeyId=shared_firm.stack.resources["WallEnquiries"],
        CiphertextBlob=entry["key"]["B"],
        EncryptionAlgorithm="RSAES_OAEP_SHA_256",
    )
    assert len(unwrapped["Plaintext"]) == 32
