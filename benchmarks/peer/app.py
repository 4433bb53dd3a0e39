"""The peer: the same form post as the guides to boto3 and AWS Lambda Powertools write it. Only the benchmark runs this.

A resource and a client, Logger, Metrics, Tracer, the resolver with validation, the idempotency layer; the form is sealed
with a data key of KMS and put into DynamoDB.
"""

import os
import uuid

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, IdempotencyConfig, idempotent
from aws_lambda_powertools.utilities.typing import LambdaContext
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, Field

logger = Logger()
metrics = Metrics()
tracer = Tracer()
app = APIGatewayHttpResolver(enable_validation=True)
table = boto3.resource("dynamodb").Table(os.environ["RECORDS_TABLE"])
kms = boto3.client("kms")
persistence = DynamoDBPersistenceLayer(
    table_name=os.environ["TRAFFIC_TABLE"], key_attr="pk", sort_key_attr="sk", static_pk_value="once"
)
config = IdempotencyConfig(event_key_jmespath="powertools_json(body)")


class Enquiry(BaseModel):
    """What a visitor posts."""

    name: str = Field(min_length=1, max_length=200)
    email: str = Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    phone: str | None = Field(None, max_length=40)
    company: str | None = Field(None, max_length=200)
    message: str = Field(min_length=1, max_length=5000)


class Receipt(BaseModel):
    """What the visitor is told."""

    reference: str


@app.post("/<site>/enquiries", status_code=201)
@tracer.capture_method
def post(site: str, enquiry: Enquiry) -> Receipt:
    """Seal and store one enquiry."""
    reference, nonce = uuid.uuid4().hex, os.urandom(12)
    key = kms.generate_data_key(KeyId=os.environ["PEER_KEY"], KeySpec="AES_256", EncryptionContext={"site": site})
    sealed = nonce + AESGCM(key["Plaintext"]).encrypt(nonce, enquiry.model_dump_json().encode(), reference.encode())
    table.put_item(
        Item={"pk": reference, "sk": "main", "site": site, "key": key["CiphertextBlob"], "sealed": sealed},
        ConditionExpression="attribute_not_exists(pk)",
    )
    metrics.add_metric(name="Enquiries", unit=MetricUnit.Count, value=1)
    logger.info("received", extra={"reference": reference})
    return Receipt(reference=reference)


@logger.inject_lambda_context
@tracer.capture_lambda_handler
@metrics.log_metrics(capture_cold_start_metric=True)
@idempotent(config=config, persistence_store=persistence)
def handler(event: dict[str, object], context: LambdaContext) -> dict[str, object]:
    """Answer one request."""
    config.register_lambda_context(context)
    return app.resolve(event, context)
