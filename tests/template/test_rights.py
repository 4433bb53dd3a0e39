"""Who may do what: the roles of the functions and the policies of the keys."""

import json
import re
from typing import Any

import pytest

TABLES = ("VaultTable", "RecordsTable", "TrafficTable", "EvidenceTable")
LOGS = {"logs:CreateLogStream", "logs:PutLogEvents"}
READ, PUT, UPDATE, DELETE, CHECK, QUERY = (
    f"dynamodb:{name}" for name in ("GetItem", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem", "Query")
)

# Every right of every function, by what it is a right on. One that is not here fails, and so does one that is missing.
RIGHTS: dict[str, dict[str, set[str]]] = {
    "ContactForm": {
        "ContactFormLogs": LOGS,
        "VaultTable": {PUT},
        "RecordsTable": {PUT},
        "TrafficTable": {PUT},
        "WallEnquiries": {"kms:GetPublicKey"},
        "PointerKey": {"kms:GenerateMac"},
    },
    "Letters": {
        "LettersLogs": LOGS,
        "VaultTable": {READ},
        "RecordsTable": {READ, UPDATE},
        "RecordsTable/index/list": {QUERY},
        "RecordsTable/stream": {"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"},
        "*": {"dynamodb:ListStreams"},
        "TrafficTable": {PUT, UPDATE},
        "WallEnquiries": {"kms:Decrypt"},
        "WallCases": {"kms:Decrypt"},
        "identity": {"ses:SendEmail", "ses:SendRawEmail"},
        "ConfigurationSet": {"ses:SendEmail", "ses:SendRawEmail"},
        "LettersFailures": {"sqs:SendMessage"},
    },
    "Desk": {
        "DeskLogs": LOGS,
        "VaultTable": {DELETE, READ, PUT, QUERY, UPDATE},
        "VaultTable/index/due": {QUERY},
        "RecordsTable": {DELETE, READ, PUT, QUERY, UPDATE},
        "RecordsTable/index/list": {QUERY},
        "TrafficTable": {PUT},
        "EvidenceTable": {READ, PUT, QUERY},
        "StatisticsTable": {QUERY},
        "SealedBucket/entry": {"s3:GetObject"},
        "WallEnquiries": {"kms:Decrypt", "kms:GetPublicKey"},
        "WallCases": {"kms:Decrypt", "kms:GetPublicKey"},
        "PointerKey": {"kms:GenerateMac"},
    },
    "PrivacyMail": {
        "PrivacyMailLogs": LOGS,
        "VaultTable": {READ, PUT, QUERY, UPDATE},
        "RecordsTable": {DELETE, READ, PUT, UPDATE},
        "TrafficTable": {PUT},
        "InboxBucket": {"s3:ListBucket", "s3:ListBucketVersions"},
        "InboxBucket/prefix": {"s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject"},
        "InboxKey": {"kms:Decrypt"},
        "SealedBucket/entry": {"s3:PutObject"},
        "WallEnquiries": {"kms:GetPublicKey"},
        "WallCases": {"kms:GetPublicKey"},
        "PointerKey": {"kms:GenerateMac"},
        "PrivacyMailFailures": {"sqs:SendMessage"},
    },
    "Retention": {
        "RetentionLogs": LOGS,
        "VaultTable": {CHECK, DELETE, READ, QUERY, UPDATE},
        "VaultTable/index/due": {QUERY},
        "RecordsTable": {DELETE, READ, PUT, QUERY, UPDATE},
        "RecordsTable/index/list": {QUERY},
        "EvidenceTable": {PUT},
        "SealedBucket": {"s3:ListBucketVersions"},
        "SealedBucket/entry": {"s3:DeleteObject", "s3:DeleteObjectVersion"},
        "RetentionFailures": {"sqs:SendMessage"},
    },
    "Auditor": {
        "AuditorLogs": LOGS,
        "VaultTable": {QUERY},
        "VaultTable/index/due": {QUERY},
        "RecordsTable": {READ, PUT, QUERY},
        "RecordsTable/index/list": {QUERY},
        "EvidenceTable": {READ, PUT, QUERY},
        "EvidenceKey": {"kms:GetPublicKey", "kms:Sign"},
        "InboxBucket": {"s3:ListBucket"},
        "AuditorFailures": {"sqs:SendMessage"},
    },
    "Visits": {
        "VisitsLogs": LOGS,
        "VaultTable": {PUT},
        "TrafficTable": {PUT},
        "WallVisitors": {"kms:GetPublicKey"},
    },
    "Statistics": {
        "StatisticsLogs": LOGS,
        "VaultTable": {READ},
        "TrafficTable": {QUERY},
        "StatisticsTable": {READ, PUT},
        "WallVisitors": {"kms:Decrypt"},
        "StatisticsFailures": {"sqs:SendMessage"},
    },
    "Security": {
        "SecurityLogs": LOGS,
        "VaultTable": {CHECK, READ, PUT},
        "RecordsTable": {PUT},
        "TrafficTable": {DELETE, QUERY},
        "EvidenceTable": {PUT},
        "WallVisitors": {"kms:Decrypt"},
        "WallCases": {"kms:GetPublicKey"},
    },
    "Rights": {
        "RightsLogs": LOGS,
        "VaultTable": {READ, PUT, UPDATE},
        "RecordsTable": {READ, PUT, QUERY, UPDATE},
        "TrafficTable": {DELETE, READ, PUT, UPDATE},
        "WallCases": {"kms:GetPublicKey"},
        "PointerKey": {"kms:GenerateMac"},
        "Fulfil": {"lambda:InvokeFunction"},
    },
    "Fulfil": {
        "FulfilLogs": LOGS,
        "VaultTable": {CHECK, DELETE, READ, PUT, QUERY, UPDATE},
        "RecordsTable": {CHECK, DELETE, READ, PUT, QUERY, UPDATE},
        "RecordsTable/index/list": {QUERY},
        "RecordsTable/stream": {"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"},
        "*": {"dynamodb:ListStreams"},
        "TrafficTable": {READ},
        "EvidenceTable": {PUT},
        "SealedBucket/entry": {"s3:GetObject", "s3:PutObject"},
        "HandoutBucket": {"s3:DeleteObject", "s3:GetObject", "s3:PutObject"},
        "HandoutKey": {"kms:Decrypt", "kms:GenerateDataKey"},
        "WallEnquiries": {"kms:Decrypt", "kms:GetPublicKey"},
        "WallCases": {"kms:Decrypt", "kms:GetPublicKey"},
        "PointerKey": {"kms:GenerateMac"},
        "FulfilFailures": {"sqs:SendMessage"},
    },
    "DeskPage": {"DeskPageLogs": LOGS},
    "StaffToken": {"StaffTokenLogs": LOGS},
    "Statement": {"StatementLogs": LOGS, "RecordsTable": {READ}, "EvidenceTable": {READ, QUERY}},
}

# The first characters of what a function that reads what strangers send may touch: no other item, whoever takes it over.
LEADING_KEYS = {
    ("ContactForm", "VaultTable", PUT): {"entry#*", "subject#*"},
    ("ContactForm", "RecordsTable", PUT): {"entry#*"},
    ("ContactForm", "TrafficTable", PUT): {"once#*"},
    ("PrivacyMail", "VaultTable", READ): {"asker#*", "subject#*"},
    ("PrivacyMail", "VaultTable", QUERY): {"reply#*"},
    ("PrivacyMail", "VaultTable", PUT): {"asker#*", "entry#*", "reply#*", "subject#*"},
    ("PrivacyMail", "VaultTable", UPDATE): {"entry#*"},
    ("PrivacyMail", "RecordsTable", PUT): {"entry#*", "sweep#*"},
    ("PrivacyMail", "RecordsTable", DELETE): {"sweep#*"},
    ("PrivacyMail", "RecordsTable", READ): {"entry#*"},
    ("PrivacyMail", "RecordsTable", UPDATE): {"entry#*"},
    ("PrivacyMail", "TrafficTable", PUT): {"once#*"},
    ("Rights", "VaultTable", READ): {"asker#*", "entry#*"},
    ("Rights", "VaultTable", PUT): {"asker#*", "entry#*", "reply#*", "subject#*"},
    ("Rights", "VaultTable", UPDATE): {"entry#*"},
    ("Rights", "RecordsTable", READ): {"entry#*"},
    ("Rights", "RecordsTable", PUT): {"entry#*"},
    ("Rights", "RecordsTable", QUERY): {"entry#*"},
    ("Rights", "RecordsTable", UPDATE): {"entry#*"},
    ("Rights", "TrafficTable", READ): {"code#*", "session#*"},
    ("Rights", "TrafficTable", PUT): {"fetch#*", "once#*", "session#*"},
    ("Rights", "TrafficTable", UPDATE): {"code#*", "codes#*", "fetch#*", "requests#*"},
    ("Rights", "TrafficTable", DELETE): {"code#*"},
    **{
        ("Fulfil", "VaultTable", action): {"asker#*", "entry#*", "reply#*", "subject#*", "suppress#*"}
        for action in (CHECK, DELETE, READ, PUT, QUERY, UPDATE)
    },
    **{
        ("Fulfil", "RecordsTable", action): {"entry#*", "handout#*", "sweep#*"}
        for action in (CHECK, DELETE, READ, PUT, QUERY, UPDATE)
    },
    ("Fulfil", "TrafficTable", READ): {"fetch#*", "session#*"},
    ("Fulfil", "EvidenceTable", PUT): {"day#*", "entry#*"},
    ("Visits", "VaultTable", PUT): {"entry#*"},
    ("Visits", "TrafficTable", PUT): {"entry#*", "visits#*"},
    ("Statistics", "VaultTable", READ): {"entry#*"},
    ("Statistics", "TrafficTable", QUERY): {"entry#*", "visits#*"},
    ("Security", "VaultTable", PUT): {"entry#*"},
    ("Security", "RecordsTable", PUT): {"entry#*"},
    ("Security", "TrafficTable", QUERY): {"entry#*", "visits#*"},
    ("Security", "TrafficTable", DELETE): {"entry#*"},
    ("Letters", "VaultTable", READ): {"entry#*"},
    ("Letters", "RecordsTable", READ): {"entry#*"},
    ("Letters", "RecordsTable", UPDATE): {"entry#*"},
    ("Letters", "TrafficTable", PUT): {"once#*"},
    ("Letters", "TrafficTable", UPDATE): {"letters#*"},
    ("Desk", "VaultTable", DELETE): {"asker#*", "subject#*"},
    ("Desk", "VaultTable", QUERY): {"subject#*"},
    ("Desk", "RecordsTable", DELETE): {"entry#*"},
    ("Desk", "TrafficTable", PUT): {"once#*"},
    ("Statement", "RecordsTable", READ): {"verdicts#*"},
    ("Statement", "EvidenceTable", READ): {"sealed#*"},
    ("Statement", "EvidenceTable", QUERY): {"sealed#*"},
    ("Desk", "EvidenceTable", PUT): {"day#*", "entry#*"},
    ("Retention", "EvidenceTable", PUT): {"day#*", "entry#*"},
    ("Auditor", "VaultTable", QUERY): {"entry#*"},
    ("Auditor", "VaultTable/index/due", QUERY): {"due", "restricted"},
    ("Auditor", "RecordsTable", QUERY): {"entry#*"},
    ("Auditor", "RecordsTable", READ): {"run#retention", "verdicts#*"},
    ("Auditor", "RecordsTable", PUT): {"verdicts#*"},
    ("Auditor", "RecordsTable/index/list", QUERY): {
        *("sweeps", "*#cases#open", "tasks#waiting"),
        *("letters#queued", "*#letters#failed"),
    },
    ("Auditor", "EvidenceTable", READ): {"sealed#*"},
    ("Auditor", "EvidenceTable", PUT): {"sealed#*"},
    ("Auditor", "EvidenceTable", QUERY): {"day#*", "sealed#*"},
}

OPENERS = {
    "WallEnquiries": {"letters", "desk", "fulfil"},
    "WallCases": {"letters", "desk", "fulfil"},
    "WallVisitors": {"statistics", "security"},
}
USE = re.compile(r"crypt|Mac$|Sign|Verify|Generate|GetPublicKey|CreateGrant|\*")
NEVER = {"kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:PutKeyPolicy", "kms:CreateGrant"}


def as_list(value: Any) -> list[Any]:
    """Return a policy element that may stand alone as a list."""
    return value if isinstance(value, list) else [value]


def statements(resources: dict[str, Any], function: str) -> list[dict[str, Any]]:
    """Return the statements of a function's role."""
    role = resources[function]["Properties"]["Role"]["Fn::GetAtt"][0]
    policies = resources[role]["Properties"]["Policies"]
    assert "ManagedPolicyArns" not in resources[role]["Properties"]
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def target(resource: Any) -> str:
    """Return what a policy's resource is: the name of a resource of the template, and which part of it."""
    if "Fn::GetAtt" in resource:
        name, attribute = resource["Fn::GetAtt"]
        return f"{name}/stream" if attribute == "StreamArn" else str(name)
    if resource == "*":
        return "*"
    text = as_list(resource["Fn::Sub"])[0]
    if "nakoming-inbox-" in text:
        return "InboxBucket/prefix" if text.endswith("/${InboxPrefix}*") else "InboxBucket"
    if text.endswith(":identity/*"):
        return "identity"
    match = re.search(r"\$\{(\w+?)(?:\.Arn)?\}(/index/\w+|/entry/\*|/\*|:\*)?$", text)
    assert match, text
    return match[1] + (match[2] or "").removesuffix(":*").removesuffix("/*")


def rights(resources: dict[str, Any], function: str) -> dict[str, set[str]]:
    """Return what a function may do, by what it may do it on."""
    granted: dict[str, set[str]] = {}
    for statement in statements(resources, function):
        assert statement["Effect"] == "Allow"
        for resource in as_list(statement["Resource"]):
            granted.setdefault(target(resource), set()).update(as_list(statement["Action"]))
    return granted


def test_every_function_is_in_the_table(functions: dict[str, Any]) -> None:
    """Each function of the template has its rights listed here."""
    assert functions.keys() == RIGHTS.keys()


@pytest.mark.parametrize("function", RIGHTS)
def test_a_function_may_do_exactly_what_is_listed(resources: dict[str, Any], function: str) -> None:
    """A function has the rights of the table, no more and no fewer."""
    assert rights(resources, function) == RIGHTS[function]


@pytest.mark.parametrize("function", RIGHTS)
def test_no_right_is_a_wildcard(resources: dict[str, Any], function: str) -> None:
    """No action holds a star, and only listing streams, for which AWS knows no resource, is on everything."""
    for statement in statements(resources, function):
        actions = as_list(statement["Action"])
        assert not [action for action in actions if "*" in action]
        assert "*" not in as_list(statement["Resource"]) or actions == ["dynamodb:ListStreams"]


def test_sending_is_bound_to_the_sender_addresses(resources: dict[str, Any]) -> None:
    """Mail may go out from any identity of the account, so it must be bound to the From addresses of the firm."""
    [sending] = [s for s in statements(resources, "Letters") if "ses:SendEmail" in s["Action"]]
    assert sending["Condition"] == {"StringLike": {"ses:FromAddress": {"Ref": "SenderAddresses"}}}


@pytest.mark.parametrize("function", RIGHTS)
def test_no_function_can_end_or_change_a_key(resources: dict[str, Any], function: str) -> None:
    """Nobody schedules the deletion of a key, disables it, or changes who may use it."""
    assert not set().union(*rights(resources, function).values()) & NEVER


def test_only_those_of_the_design_open_what_is_sealed(resources: dict[str, Any]) -> None:
    """Three may unwrap keys of people's walls; `privacy_mail` decrypts the mail that just came in, `fulfil` what it hands out."""
    decrypting = {
        (function, on)
        for function in RIGHTS
        for on, actions in rights(resources, function).items()
        if "kms:Decrypt" in actions
    }
    openers = {
        (function, wall) for function in ("Letters", "Desk", "Fulfil") for wall in ("WallEnquiries", "WallCases")
    }
    openers |= {("Statistics", "WallVisitors"), ("Security", "WallVisitors")}
    assert decrypting == openers | {("PrivacyMail", "InboxKey"), ("Fulfil", "HandoutKey")}


def test_the_eraser_cannot_read(resources: dict[str, Any]) -> None:
    """`retention` has no right on any key and knows the name of none."""
    assert not [
        action for actions in rights(resources, "Retention").values() for action in actions if action.startswith("kms:")
    ]
    variables = resources["Retention"]["Properties"]["Environment"]["Variables"]
    assert not [name for name in variables if name.startswith("WALL_") or name == "POINTER_KEY"]


def test_the_auditor_opens_nothing_and_alone_signs(resources: dict[str, Any]) -> None:
    """Of all keys `auditor` uses one, which signs, and no other function may sign; nobody else writes what is sealed."""
    signing = {
        function for function in RIGHTS for actions in rights(resources, function).values() if "kms:Sign" in actions
    }
    assert signing == {"Auditor"}
    used = {action for actions in rights(resources, "Auditor").values() for action in actions if "kms:" in action}
    assert used == {"kms:GetPublicKey", "kms:Sign"}
    variables = resources["Auditor"]["Properties"]["Environment"]["Variables"]
    assert not [name for name in variables if name.startswith("WALL_") or name == "POINTER_KEY"]


@pytest.mark.parametrize(
    "function", ["ContactForm", "Visits", "Statement", "Rights", "Letters", "PrivacyMail", "Fulfil"]
)
def test_who_faces_strangers_touches_only_its_own_kinds_of_items(resources: dict[str, Any], function: str) -> None:
    """Each right on a table of a function that strangers can reach, or write to, is bound to prefixes of the key."""
    for statement in statements(resources, function):
        if any(target(resource) in TABLES for resource in as_list(statement["Resource"])):
            assert "ForAllValues:StringLike" in statement["Condition"]


@pytest.mark.parametrize(("function", "table", "action"), LEADING_KEYS)
def test_the_prefixes_are_those_of_the_design(
    resources: dict[str, Any], function: str, table: str, action: str
) -> None:
    """The prefixes that a function may touch in a table, and how, are the listed ones."""
    allowed = {
        prefix
        for statement in statements(resources, function)
        if table in map(target, as_list(statement["Resource"])) and action in as_list(statement["Action"])
        for prefix in statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
    }
    assert allowed == LEADING_KEYS[function, table, action]


@pytest.mark.parametrize("function", ["ContactForm", "Visits"])
def test_what_faces_the_internet_cannot_read_anything(resources: dict[str, Any], function: str) -> None:
    """`contact_form` and `visits` have no right that reads an item: they put, and that is all."""
    on_tables = {action for on, actions in rights(resources, function).items() if on in TABLES for action in actions}
    assert on_tables == {PUT}


def key_policies(resources: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the statements of every key's policy, by the name of the key."""
    keys = {name: resource for name, resource in resources.items() if resource["Type"] == "AWS::KMS::Key"}
    return {name: key["Properties"]["KeyPolicy"]["Statement"] for name, key in keys.items()}


def test_an_administrator_manages_keys_and_uses_none(resources: dict[str, Any]) -> None:
    """The account's own statement holds no use of a key: every right on KMS alone opens no wall."""
    for name, policy in key_policies(resources).items():
        [administration] = [statement for statement in policy if statement["Sid"] == "AdministrationWithoutUse"]
        assert not [action for action in administration["Action"] if USE.search(action)], name


def test_no_function_manages_a_key(resources: dict[str, Any]) -> None:
    """Every key refuses our functions what would end it or open it to others, whatever their roles say."""
    for name, policy in key_policies(resources).items():
        [denial] = [statement for statement in policy if statement["Effect"] == "Deny"]
        assert set(denial["Action"]) == NEVER, name
        assert "role/${AWS::StackName}/*" in json.dumps(denial["Condition"]["ArnLike"]["aws:PrincipalArn"]), name


def test_a_wall_is_opened_by_those_who_are_named(resources: dict[str, Any]) -> None:
    """Only the roles of `letters` and `desk` may open the wall of enquiries, and nobody the other walls yet."""
    for name, policy in key_policies(resources).items():
        if not name.startswith("Wall"):
            continue
        opening = [statement for statement in policy if "kms:Decrypt" in as_list(statement["Action"])]
        who = set(re.findall(r"role/\$\{AWS::StackName\}/(\w+)/\*", json.dumps(opening)))
        assert who == OPENERS.get(name, set()), name


def test_every_right_on_a_key_is_in_its_policy(resources: dict[str, Any]) -> None:
    """A key's policy and the roles say the same: a right that one of them lacks would only fail once deployed."""
    policies = key_policies(resources)
    for function in RIGHTS:
        path = resources[resources[function]["Properties"]["Role"]["Fn::GetAtt"][0]]["Properties"]["Path"]["Fn::Sub"]
        for on, actions in rights(resources, function).items():
            if on in policies:
                allowing = [
                    s
                    for s in policies[on]
                    if s["Effect"] == "Allow" and f"role{path}*" in json.dumps(s.get("Condition"))
                ]
                assert actions <= {action for s in allowing for action in as_list(s["Action"])}, (function, on)
