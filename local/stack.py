"""The deployed template in one account of the local engine: deploying it, and reaching what it made."""

import contextlib
import functools
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError

from local import template
from local.engine import REGION, SECRET, Engine
from nakoming import build

RUN_ACCOUNT = "000000000000"
CODE_BUCKET = "nakoming-code-ACCOUNT"
_REAL_TIME = time.time  # a test that plays a function moves the other one


class DeploymentFailed(Exception):
    """The stack was not made as the template asks; the message says what failed."""


@dataclass(frozen=True)
class Package:
    """What is deployed: the zips, and the template that names them."""

    functions: bytes
    web: bytes
    layer: bytes
    template: dict[str, Any]
    left_out: tuple[str, ...]

    @property
    def keys(self) -> dict[str, str]:
        """The keys of the zips in the bucket of code: other contents have other keys."""
        return {
            "functions": f"{build.fingerprint(self.functions)}.zip",
            "web": f"{build.fingerprint(self.web)}.zip",
            "layer": f"{build.fingerprint(self.layer)}.zip",
        }


def package(path: Path = template.TEMPLATE) -> Package:
    """Read and pack the template and the code beside it. The layer is `privacy` alone: the rest is installed here."""
    zips = (build.functions(), build.web(), build.package())
    keys = Package(*zips, {}, ()).keys
    translated, left_out = template.for_the_engine(template.read(path), CODE_BUCKET, keys, REGION)
    return Package(*zips, translated, left_out)


class Stack:
    """The template, deployed in one account."""

    def __init__(self, engine: Engine, account: str) -> None:
        """Take an account; nothing is deployed yet."""
        self.engine = engine
        self.account = account
        # Names of buckets are unique over all accounts, and the engine makes them from the name of the stack.
        self.name = "nakoming" if account == RUN_ACCOUNT else f"nakoming-{account}"
        self._session = boto3.Session(aws_access_key_id=account, aws_secret_access_key=SECRET, region_name=REGION)
        self._clients: dict[str, BaseClient] = {}
        self._ahead = float(engine.ask("clock", account)["offset"])

    def client(self, service: str) -> Any:
        """Return a client of a service with all rights in the account."""
        if service not in self._clients:
            config = Config(s3={"addressing_style": "path"}, retries={"max_attempts": 2}, max_pool_connections=32)
            self._clients[service] = self._session.client(service, endpoint_url=self.engine.endpoint, config=config)
        return self._clients[service]

    def now(self) -> float:
        """Return the seconds since 1970 by the account's clock, which may be ahead of the real one."""
        return _REAL_TIME() + self._ahead

    def moment(self) -> str:
        """Return the account's time as ISO 8601 in UTC."""
        return datetime.fromtimestamp(self.now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def move_clock_to(self, moment: float) -> None:
        """Set the account's clock; items whose time-to-live has come are deleted."""
        self._ahead = moment - _REAL_TIME()
        self.engine.ask("clock", self.account, {"offset": self._ahead})

    def deploy(self, packed: Package, parameters: dict[str, str]) -> None:
        """Make the stack, or bring it up to date; its data stay. Raises `DeploymentFailed`."""
        formation = self.client("cloudformation")
        arguments = {
            "StackName": self.name,
            "TemplateURL": self._upload(packed),
            "Parameters": [{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
            "Capabilities": ["CAPABILITY_IAM"],
        }
        waiter = "stack_update_complete" if self._can_be_updated() else "stack_create_complete"
        try:
            if waiter == "stack_update_complete":
                formation.update_stack(**arguments)
            else:
                formation.create_stack(**arguments)
            formation.get_waiter(waiter).wait(StackName=self.name, WaiterConfig={"Delay": 0.2, "MaxAttempts": 600})
        except ClientError as error:
            if "No updates are to be performed" not in str(error):
                raise DeploymentFailed(str(error)) from error
        except WaiterError as error:
            raise DeploymentFailed(f"The stack is {self._status()}: " + "; ".join(self._failures())) from error
        for read_once in ("resources", "wanted"):
            self.__dict__.pop(read_once, None)

    def _upload(self, packed: Package) -> str:
        """Put the code and the template into the bucket of code; return the template's address."""
        s3 = self.client("s3")
        bucket = CODE_BUCKET.replace("ACCOUNT", self.account)
        with contextlib.suppress(s3.exceptions.BucketAlreadyOwnedByYou):
            s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_object(Bucket=bucket, Key=packed.keys["functions"], Body=packed.functions)
        s3.put_object(Bucket=bucket, Key=packed.keys["web"], Body=packed.web)
        s3.put_object(Bucket=bucket, Key=packed.keys["layer"], Body=packed.layer)
        text = json.dumps(packed.template).replace(CODE_BUCKET, bucket)
        s3.put_object(Bucket=bucket, Key="template.json", Body=text.encode())
        return f"{self.engine.endpoint}/{bucket}/template.json"

    def _can_be_updated(self) -> bool:
        """Say whether the stack is there; one that was never made complete is taken away first."""
        status = self._status()
        if status in {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "CREATE_IN_PROGRESS"}:
            self.client("cloudformation").delete_stack(StackName=self.name)
            return False
        return status is not None and status != "DELETE_COMPLETE"

    def _status(self) -> str | None:
        """Return the stack's status, or None when it is not there."""
        try:
            return str(self.client("cloudformation").describe_stacks(StackName=self.name)["Stacks"][0]["StackStatus"])
        except ClientError:
            return None

    def _failures(self) -> list[str]:
        """Return what CloudFormation says of the resources that failed."""
        events = self.client("cloudformation").describe_stack_events(StackName=self.name)["StackEvents"]
        return [
            f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}"
            for event in events
            if event["ResourceStatus"].endswith("FAILED")
        ]

    @functools.cached_property
    def resources(self) -> dict[str, str]:
        """The physical id of every resource, by its name in the template."""
        pages = self.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=self.name)
        return {
            resource["LogicalResourceId"]: resource["PhysicalResourceId"]
            for page in pages
            for resource in page["StackResourceSummaries"]
        }

    @functools.cached_property
    def wanted(self) -> dict[str, dict[str, Any]]:
        """What the template asks for, by name: `type`, `id`, and its properties resolved as `wants`."""
        return dict(self.engine.ask("wanted", self.account))

    def wants(self, name: str) -> dict[str, Any]:
        """Return the properties that the template asks for a resource."""
        return dict(self.wanted[name]["wants"])

    def environment(self, function: str) -> dict[str, str]:
        """Return the environment in which a function runs, `function` being its name in the template.

        With these variables a handler may be called in this process, with the rights of its role and no more.
        """
        variables = {str(name): str(value) for name, value in self.wants(function)["Environment"]["Variables"].items()}
        credentials: dict[str, str] = self.engine.ask(
            "credentials", self.account, {"function": self.resources[function]}
        )
        runtime = {
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ENDPOINT_URL": self.engine.endpoint,
            "AWS_LAMBDA_FUNCTION_NAME": self.resources[function],
        }
        return variables | credentials | runtime

    def outputs(self) -> dict[str, str]:
        """Return the outputs of the stack."""
        stack = self.client("cloudformation").describe_stacks(StackName=self.name)["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
