"""After a deployment: setting what the engine's CloudFormation drops, and comparing what exists with what was asked.

What exists is read back over the same interfaces as on AWS, in the shape of the template. Every property that the
template sets is compared, or stands in `NOT_COMPARED` with the reason; a property or a type unknown to this module is a
difference too.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from botocore.exceptions import ClientError

from local.stack import Stack

Properties = dict[str, Any]
Reader = Callable[[Stack, str, Properties], Properties]

# (type, property): why it is not compared.
NOT_COMPARED = {
    ("AWS::KMS::Key", "PendingWindowInDays"): "says how a later deletion goes; no interface tells it",
    ("AWS::Lambda::Function", "Code"): "where the zip was read from; the functions' own tests run it",
    ("AWS::Lambda::LayerVersion", "Content"): "where the zip was read from",
    ("AWS::Lambda::EventInvokeConfig", "Qualifier"): "part of the address it is read from",
    ("AWS::ApiGatewayV2::Stage", "DefaultRouteSettings"): "the engine keeps no throttling",
    ("AWS::ApiGatewayV2::Stage", "RouteSettings"): "the engine keeps no throttling",
    ("AWS::ApiGatewayV2::Stage", "Description"): "the engine keeps no description of a stage",
    ("AWS::S3::Bucket", "LifecycleConfiguration"): "compared on the ids of the rules: the engine words them anew",
    ("AWS::SES::ConfigurationSet", "ReputationOptions"): "there is no reputation to measure here",
    ("AWS::SES::ConfigurationSet", "DeliveryOptions"): "nothing is delivered anywhere from here",
    ("AWS::SES::ConfigurationSet", "SendingOptions"): "sending cannot be turned off here",
    ("AWS::SES::ConfigurationSet", "SuppressionOptions"): "there is no suppression list here",
    ("AWS::DynamoDB::Table", "PointInTimeRecoverySpecification.RecoveryPeriodInDays"): "the engine keeps 35 days",
}


class Differences(Exception):
    """What exists is not what the template asks; the message lists every difference."""


def settle(stack: Stack) -> None:
    """Set what the engine's CloudFormation dropped. Raises botocore's ClientError when the engine refuses."""
    for resource in stack.wanted.values():
        repairs = {prop: REPAIRS[kind, prop] for kind, prop in REPAIRS if kind == resource["type"]}
        have = (_read(stack, resource) or {}) if repairs else {}
        for prop, repair in repairs.items():
            wanted = resource["wants"].get(prop)
            if wanted is not None and not _covers(wanted, have.get(prop)):
                repair(stack, resource["id"], wanted)


def compare(stack: Stack) -> None:
    """Raise `Differences` unless everything is as the template asks."""
    wanted = stack.wanted.items()
    found = [difference for name, resource in wanted for difference in _differences(stack, name, resource)]
    if found:
        message = "What exists is not what template.yaml asks:\n" + "\n".join(f"  {text}" for text in found)
        raise Differences(message)


def _read(stack: Stack, resource: dict[str, Any]) -> Properties | None:
    """Return what exists of a resource in the shape of the template; None for a type that nobody reads."""
    reader = READERS.get(resource["type"])
    return reader(stack, resource["id"], resource["wants"]) if reader else None


def _differences(stack: Stack, name: str, resource: dict[str, Any]) -> Iterator[str]:
    """Yield in words what differs of one resource."""
    kind = resource["type"]
    try:
        have = _read(stack, resource)
    except (ClientError, LookupError) as error:
        yield f"{name} ({kind}) is not there: {error}"
        return
    if have is None:
        yield f"{name}: nothing is known of resources of the type {kind}; add a reader to local/settling.py"
        return
    for prop, wanted in resource["wants"].items():
        if (kind, prop) not in NOT_COMPARED and not _covers(wanted, have.get(prop), (kind, prop)):
            yield f"{name} ({kind}) {prop}: asked {json.dumps(wanted)}, found {json.dumps(have.get(prop), default=str)}"


def _covers(wanted: Any, have: Any, where: tuple[str, str] = ("", "")) -> bool:
    """Say whether what exists holds all that is asked: numbers and truth values as text too, lists in any order."""
    if isinstance(wanted, dict):
        inner = {key: (where[0], f"{where[1]}.{key}") for key in wanted}
        return isinstance(have, dict) and all(
            inner[key] in NOT_COMPARED or _covers(value, have.get(key), inner[key]) for key, value in wanted.items()
        )
    if isinstance(wanted, list):
        have = have if isinstance(have, list) else [have]
        return len(wanted) == len(have) and all(any(_covers(item, other, where) for other in have) for item in wanted)
    if isinstance(have, list) and len(have) == 1:
        have = have[0]
    return _as_text(wanted) == _as_text(have)


def _as_text(value: Any) -> str:
    """Return a plain value as text, truth values in lower case, whole numbers without a fraction."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _table(stack: Stack, name: str, _: Properties) -> Properties:
    dynamodb = stack.client("dynamodb")
    table: Properties = dynamodb.describe_table(TableName=name)["Table"]
    recovery = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    expiry = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    point_in_time = recovery["PointInTimeRecoveryDescription"]
    return table | {
        "BillingMode": table.get("BillingModeSummary", {}).get("BillingMode"),
        "PointInTimeRecoverySpecification": {
            "PointInTimeRecoveryEnabled": point_in_time["PointInTimeRecoveryStatus"] == "ENABLED",
        },
        "SSESpecification": {"SSEEnabled": table.get("SSEDescription", {}).get("Status") == "ENABLED"},
        "TimeToLiveSpecification": {
            "Enabled": expiry["TimeToLiveStatus"] == "ENABLED",
            "AttributeName": expiry.get("AttributeName"),
        },
    }


def _key(stack: Stack, key: str, _: Properties) -> Properties:
    kms = stack.client("kms")
    found = dict(kms.describe_key(KeyId=key)["KeyMetadata"])
    found["KeyPolicy"] = json.loads(kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"])
    with suppress(ClientError):
        found["EnableKeyRotation"] = kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"]
    return found


def _function(stack: Stack, name: str, _: Properties) -> Properties:
    found = stack.client("lambda").get_function(FunctionName=name)
    configuration = dict(found["Configuration"])
    configuration["Layers"] = [layer["Arn"] for layer in configuration.get("Layers", ())]
    own = {key: value for key, value in found.get("Tags", {}).items() if not key.startswith("aws:")}
    configuration["Tags"] = [{"Key": key, "Value": value} for key, value in own.items()]
    configuration["ReservedConcurrentExecutions"] = found.get("Concurrency", {}).get("ReservedConcurrentExecutions")
    return configuration


def _layer(stack: Stack, arn: str, wants: Properties) -> Properties:
    found = stack.client("lambda").get_layer_version_by_arn(Arn=arn)
    return dict(found) | {"LayerName": found["LayerArn"].rpartition(":")[2], "LicenseInfo": wants.get("LicenseInfo")}


def _invoke_config(stack: Stack, _: str, wants: Properties) -> Properties:
    found = stack.client("lambda").get_function_event_invoke_config(
        FunctionName=wants["FunctionName"], Qualifier=wants["Qualifier"]
    )
    return dict(found) | {"FunctionName": found["FunctionArn"].split(":")[6]}


def _mapping(stack: Stack, uuid: str, _: Properties) -> Properties:
    found = stack.client("lambda").get_event_source_mapping(UUID=uuid)
    return dict(found) | {"FunctionName": found["FunctionArn"].split(":")[6]}


def _permission(stack: Stack, _: str, wants: Properties) -> Properties:
    policy = json.loads(stack.client("lambda").get_policy(FunctionName=wants["FunctionName"])["Policy"])
    found = [_as_permission(statement, wants["FunctionName"]) for statement in policy["Statement"]]
    return next((permission for permission in found if _covers(wants, permission)), found[0])


def _as_permission(statement: Properties, function: str) -> Properties:
    conditions = statement.get("Condition", {})
    return {
        "FunctionName": function,
        "Action": statement["Action"],
        "Principal": statement["Principal"]["Service"],
        "SourceArn": conditions.get("ArnLike", {}).get("AWS:SourceArn"),
        "SourceAccount": conditions.get("StringEquals", {}).get("AWS:SourceAccount"),
    }


def _role(stack: Stack, name: str, wants: Properties) -> Properties:
    iam = stack.client("iam")
    policies = [
        iam.get_role_policy(RoleName=name, PolicyName=policy)
        for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]
    ]
    attached = [p["PolicyArn"] for p in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]]
    return dict(iam.get_role(RoleName=name)["Role"]) | {
        "Policies": policies,
        "ManagedPolicyArns": attached if "ManagedPolicyArns" in wants or attached else None,
    }


def _log_group(stack: Stack, name: str, _: Properties) -> Properties:
    groups = stack.client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    found = next(group for group in groups if group["logGroupName"] == name)
    return {"RetentionInDays": found.get("retentionInDays"), "LogGroupName": name}


def _queue(stack: Stack, url: str, _: Properties) -> Properties:
    found = stack.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return dict(found) | ({"RedrivePolicy": json.loads(found["RedrivePolicy"])} if "RedrivePolicy" in found else {})


def _queue_policy(stack: Stack, _: str, wants: Properties) -> Properties:
    policies = [_queue(stack, url, {}).get("Policy") for url in wants["Queues"]]
    document = json.loads(policies[0]) if policies[0] else None
    return {"Queues": wants["Queues"], "PolicyDocument": document if len(set(policies)) == 1 else policies}


def _rule(stack: Stack, name: str, _: Properties) -> Properties:
    events = stack.client("events")
    found = dict(events.describe_rule(Name=name))
    if "EventPattern" in found:
        found["EventPattern"] = json.loads(found["EventPattern"])
    return found | {"Targets": events.list_targets_by_rule(Rule=name)["Targets"]}


def _api(stack: Stack, api: str, _: Properties) -> Properties:
    return dict(stack.client("apigatewayv2").get_api(ApiId=api))


def _stage(stack: Stack, name: str, wants: Properties) -> Properties:
    found = stack.client("apigatewayv2").get_stage(ApiId=wants["ApiId"], StageName=name)
    return dict(found) | {"ApiId": wants["ApiId"]}


def _part_of_api(read: str, key: str) -> Reader:
    """Return what reads one kind of part of an API."""

    def reader(stack: Stack, part: str, wants: Properties) -> Properties:
        ask = getattr(stack.client("apigatewayv2"), read)
        return dict(ask(**{"ApiId": wants["ApiId"], key: part.rpartition("/")[2]})) | {"ApiId": wants["ApiId"]}

    return reader


def _configuration_set(stack: Stack, name: str, _: Properties) -> Properties:
    return dict(stack.client("sesv2").get_configuration_set(ConfigurationSetName=name))


def _event_destination(stack: Stack, _: str, wants: Properties) -> Properties:
    name, destination = wants["ConfigurationSetName"], wants["EventDestination"]["Name"]
    found = stack.client("sesv2").get_configuration_set_event_destinations(ConfigurationSetName=name)
    return {
        "ConfigurationSetName": name,
        "EventDestination": next(d for d in found["EventDestinations"] if d["Name"] == destination),
    }


def _identity(stack: Stack, identity: str, wants: Properties) -> Properties:
    stack.client("sesv2").get_email_identity(EmailIdentity=identity)
    return wants | {"EmailIdentity": identity}


def _bucket(stack: Stack, name: str, wants: Properties) -> Properties:
    s3 = stack.client("s3")
    found: Properties = {"BucketName": name}
    readers: dict[str, Callable[[], Any]] = {
        "OwnershipControls": lambda: s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"],
        "PublicAccessBlockConfiguration": lambda: s3.get_public_access_block(Bucket=name)[
            "PublicAccessBlockConfiguration"
        ],
        "BucketEncryption": lambda: _as_bucket_encryption(s3.get_bucket_encryption(Bucket=name)),
        "VersioningConfiguration": lambda: s3.get_bucket_versioning(Bucket=name),
        "LifecycleConfiguration": lambda: s3.get_bucket_lifecycle_configuration(Bucket=name),
        "NotificationConfiguration": lambda: _as_notifications(s3.get_bucket_notification_configuration(Bucket=name)),
        "Tags": lambda: s3.get_bucket_tagging(Bucket=name)["TagSet"],
    }
    s3.head_bucket(Bucket=name)
    for prop in set(wants) & set(readers):
        with suppress(ClientError):
            found[prop] = readers[prop]()
    return found


def _as_bucket_encryption(found: Properties) -> Properties:
    rules = [
        {
            "BucketKeyEnabled": rule.get("BucketKeyEnabled", False),
            "ServerSideEncryptionByDefault": dict(rule["ApplyServerSideEncryptionByDefault"]),
        }
        for rule in found["ServerSideEncryptionConfiguration"]["Rules"]
    ]
    return {"ServerSideEncryptionConfiguration": rules}


def _as_notifications(found: Properties) -> Properties:
    configurations = [
        {
            "Event": configuration["Events"],
            "Function": configuration["LambdaFunctionArn"],
            "Filter": {
                "S3Key": {
                    "Rules": [
                        {"Name": rule["Name"].lower(), "Value": rule["Value"]}
                        for rule in configuration.get("Filter", {}).get("Key", {}).get("FilterRules", ())
                    ]
                }
            },
        }
        for configuration in found.get("LambdaFunctionConfigurations", ())
    ]
    return {"LambdaConfigurations": configurations}


def _bucket_policy(stack: Stack, _: str, wants: Properties) -> Properties:
    document = json.loads(stack.client("s3").get_bucket_policy(Bucket=wants["Bucket"])["Policy"])
    return {"Bucket": wants["Bucket"], "PolicyDocument": document}


def _topic(stack: Stack, arn: str, _: Properties) -> Properties:
    return dict(stack.client("sns").get_topic_attributes(TopicArn=arn)["Attributes"])


def _alarm(stack: Stack, name: str, _: Properties) -> Properties:
    return dict(stack.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"][0])


READERS: dict[str, Reader] = {
    "AWS::ApiGatewayV2::Api": _api,
    "AWS::ApiGatewayV2::Authorizer": _part_of_api("get_authorizer", "AuthorizerId"),
    "AWS::ApiGatewayV2::Integration": _part_of_api("get_integration", "IntegrationId"),
    "AWS::ApiGatewayV2::Route": _part_of_api("get_route", "RouteId"),
    "AWS::ApiGatewayV2::Stage": _stage,
    "AWS::CloudWatch::Alarm": _alarm,
    "AWS::DynamoDB::Table": _table,
    "AWS::Events::Rule": _rule,
    "AWS::IAM::Role": _role,
    "AWS::KMS::Key": _key,
    "AWS::Lambda::EventInvokeConfig": _invoke_config,
    "AWS::Lambda::EventSourceMapping": _mapping,
    "AWS::Lambda::Function": _function,
    "AWS::Lambda::LayerVersion": _layer,
    "AWS::Lambda::Permission": _permission,
    "AWS::Logs::LogGroup": _log_group,
    "AWS::S3::Bucket": _bucket,
    "AWS::S3::BucketPolicy": _bucket_policy,
    "AWS::SES::ConfigurationSet": _configuration_set,
    "AWS::SES::ConfigurationSetEventDestination": _event_destination,
    "AWS::SES::EmailIdentity": _identity,
    "AWS::SNS::Topic": _topic,
    "AWS::SQS::Queue": _queue,
    "AWS::SQS::QueuePolicy": _queue_policy,
}


def _set_recovery(stack: Stack, name: str, wanted: Properties) -> None:
    specification = {"PointInTimeRecoveryEnabled": _as_text(wanted["PointInTimeRecoveryEnabled"]) == "true"}
    stack.client("dynamodb").update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=specification)


def _set_expiry(stack: Stack, name: str, wanted: Properties) -> None:
    specification = {"AttributeName": wanted["AttributeName"], "Enabled": _as_text(wanted["Enabled"]) == "true"}
    stack.client("dynamodb").update_time_to_live(TableName=name, TimeToLiveSpecification=specification)


def _set_table_encryption(stack: Stack, name: str, _: Properties) -> None:
    stack.client("dynamodb").update_table(TableName=name, SSESpecification={"Enabled": True, "SSEType": "KMS"})


def _set_bucket_encryption(stack: Stack, name: str, wanted: Properties) -> None:
    rules = [
        {
            "BucketKeyEnabled": _as_text(rule.get("BucketKeyEnabled", False)) == "true",
            "ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"],
        }
        for rule in wanted["ServerSideEncryptionConfiguration"]
    ]
    stack.client("s3").put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": rules})


def _set_lifecycle(stack: Stack, name: str, wanted: Properties) -> None:
    rules = [
        {
            "ID": rule["Id"],
            "Status": rule["Status"],
            "Filter": {"Prefix": rule.get("Prefix", "")},
            **({"Expiration": {"Days": int(rule["ExpirationInDays"])}} if "ExpirationInDays" in rule else {}),
            **{
                key: {inner: int(days) for inner, days in rule[key].items()}
                for key in ("NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload")
                if key in rule
            },
        }
        for rule in wanted["Rules"]
    ]
    stack.client("s3").put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": rules})


def _set_ownership(stack: Stack, name: str, wanted: Properties) -> None:
    stack.client("s3").put_bucket_ownership_controls(Bucket=name, OwnershipControls=wanted)


def _set_concurrency(stack: Stack, name: str, wanted: Any) -> None:
    stack.client("lambda").put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=int(wanted))


def _set_rotation(stack: Stack, key: str, wanted: Any) -> None:
    if _as_text(wanted) == "true":
        stack.client("kms").enable_key_rotation(KeyId=key)


REPAIRS: dict[tuple[str, str], Callable[[Stack, str, Any], None]] = {
    ("AWS::DynamoDB::Table", "PointInTimeRecoverySpecification"): _set_recovery,
    ("AWS::DynamoDB::Table", "SSESpecification"): _set_table_encryption,
    ("AWS::DynamoDB::Table", "TimeToLiveSpecification"): _set_expiry,
    ("AWS::KMS::Key", "EnableKeyRotation"): _set_rotation,
    ("AWS::Lambda::Function", "ReservedConcurrentExecutions"): _set_concurrency,
    ("AWS::S3::Bucket", "BucketEncryption"): _set_bucket_encryption,
    ("AWS::S3::Bucket", "LifecycleConfiguration"): _set_lifecycle,
    ("AWS::S3::Bucket", "OwnershipControls"): _set_ownership,
}
