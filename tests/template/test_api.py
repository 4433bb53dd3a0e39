"""Addresses: which exist, who may call them, and that nobody's calls are written down."""

import json
from typing import Any

import pytest

from tests.template.source import of_type

PUBLIC = {
    "POST /{site}/enquiries": "ContactForm",
    "OPTIONS /{site}/enquiries": "ContactForm",
    "GET /{site}/enquiries": "ContactForm",
    "GET /{site}/enquiries/received": "ContactForm",
    "GET /{site}/{page}": "Statement",
    "GET /{site}/rights": "Rights",
    "POST /{site}/rights": "Rights",
    "GET /{site}/rights/{case}": "Rights",
    "POST /{site}/rights/code": "Rights",
    "POST /{site}/rights/status": "Rights",
    "POST /{site}/rights/withdraw": "Rights",
    "POST /{site}/rights/undo": "Rights",
    "POST /{site}/rights/confirm": "Rights",
    "POST /{site}/rights/download": "Rights",
    "POST /{site}/rights/provider": "Rights",
    "POST /{site}/rights/phrase": "Rights",
    "POST /{site}/rights/stop": "Rights",
    "POST /{site}/rights/fetch": "Rights",
    "POST /{site}/visits": "Visits",
    "OPTIONS /{site}/visits": "Visits",
    "GET /{site}/visits.gif": "Visits",
    "GET /{site}/visits.js": "Visits",
    "GET /openapi.json": "Desk",
    "HEAD /{site}/enquiries": "ContactForm",
    "HEAD /{site}/{page}": "Statement",
    "HEAD /{site}/rights": "Rights",
    "HEAD /{site}/rights/{case}": "Rights",
    "HEAD /desk": "DeskPage",
    "GET /desk": "DeskPage",
    "GET /desk/config.json": "DeskPage",
    "GET /desk/page/{file}": "DeskPage",
}
STAFF = {
    "GET /desk/enquiries",
    "POST /desk/enquiries",
    "GET /desk/enquiries/{id}",
    "GET /desk/enquiries/{id}/raw",
    "POST /desk/enquiries/{id}/handled",
    "POST /desk/enquiries/{id}/answer",
    "GET /desk/cases",
    "POST /desk/cases",
    "GET /desk/cases/{id}",
    "GET /desk/cases/{id}/raw",
    "POST /desk/cases/{id}/answer",
    "POST /desk/cases/{id}/rights",
    "POST /desk/cases/{id}/received",
    "POST /desk/cases/{id}/close",
    "GET /desk/cases/{id}/progress",
    "POST /desk/cases/{id}/decide",
    "POST /desk/cases/{id}/extend",
    "POST /desk/cases/{id}/pause",
    "POST /desk/cases/{id}/resume",
    "POST /desk/cases/{id}/assign",
    "POST /desk/cases/{id}/told",
    "POST /desk/cases/{id}/lift",
    "POST /desk/cases/{id}/stop",
    "POST /desk/cases/{id}/advertising",
    "GET /desk/restrictions",
    "POST /desk/restrictions/{id}/keep",
    "POST /desk/restrictions/{id}/lift",
    "GET /desk/cases/{id}/plan",
    "GET /desk/cases/{id}/history",
    "GET /desk/cases/{id}/dossier",
    "GET /desk/incidents",
    "POST /desk/incidents",
    "GET /desk/incidents/{id}",
    "GET /desk/incidents/{id}/draft",
    "POST /desk/incidents/{id}/add",
    "POST /desk/incidents/{id}/scope",
    "POST /desk/incidents/{id}/reported",
    "POST /desk/incidents/{id}/persons-told",
    "POST /desk/incidents/{id}/close",
    "POST /desk/cases/{id}/corrections",
    "POST /desk/cases/{id}/identity",
    "POST /desk/cases/{id}/forget-attachment",
    "GET /desk/inbox",
    "GET /desk/inbox/{id}",
    "GET /desk/inbox/{id}/raw",
    "POST /desk/inbox/{id}/case",
    "POST /desk/inbox/{id}/dismiss",
    "GET /desk/letters",
    "POST /desk/letters/{id}/retry",
    "GET /desk/retention",
    "GET /desk/evidence",
    "GET /desk/evidence/bundle",
    "GET /desk/evidence/proof",
    "GET /desk/promises",
    "GET /desk/sites",
    "GET /desk/statistics",
    "POST /security/visits/search",
    "POST /security/visits/delete",
}
OTHERS = {"POST /security/visits/search": "Security", "POST /security/visits/delete": "Security"}
"""Staff routes that another function than the desk answers."""


@pytest.fixture(scope="module")
def routes(resources: dict[str, Any]) -> dict[str, Any]:
    """Return the routes by method and path."""
    return {properties["RouteKey"]: properties for _, properties in of_type(resources, "AWS::ApiGatewayV2::Route")}


def test_the_routes_are_these(routes: dict[str, Any]) -> None:
    """There is a route per address and no catch-all."""
    assert routes.keys() == PUBLIC.keys() | STAFF
    assert not [route for route in routes if "+" in route or "$default" in route or "ANY" in route]


def test_everything_that_gives_data_needs_a_token_with_our_scope(routes: dict[str, Any]) -> None:
    """Each staff route asks for a JWT with the scope of the desk; a token of another purpose does not do."""
    for route in STAFF:
        assert routes[route]["AuthorizationType"] == "JWT"
        assert routes[route]["AuthorizerId"] == {"Ref": "StaffAuthorizer"}
        assert routes[route]["AuthorizationScopes"] == ["nakoming/desk"]
    for route in PUBLIC:
        assert "AuthorizationType" not in routes[route]


def test_each_route_leads_to_its_function(resources: dict[str, Any], routes: dict[str, Any]) -> None:
    """Routes go to the function that answers them, by payload 2.0."""
    for route, properties in routes.items():
        integration = properties["Target"]["Fn::Sub"].removeprefix("integrations/${").removesuffix("}")
        target = resources[integration]["Properties"]
        assert target["IntegrationUri"] == {"Fn::GetAtt": [{**PUBLIC, **OTHERS}.get(route, "Desk"), "Arn"]}
        assert (target["IntegrationType"], target["PayloadFormatVersion"]) == ("AWS_PROXY", "2.0")


def test_nobody_writes_down_who_called(resources: dict[str, Any]) -> None:
    """The API has no access log: callers' addresses belong into the vault or nowhere."""
    [(_, stage)] = of_type(resources, "AWS::ApiGatewayV2::Stage")
    assert "AccessLogSettings" not in stage


def test_the_api_is_throttled(resources: dict[str, Any]) -> None:
    """Somebody who calls without end is refused before it costs."""
    [(_, stage)] = of_type(resources, "AWS::ApiGatewayV2::Stage")
    assert stage["DefaultRouteSettings"] == {
        "ThrottlingRateLimit": {"Ref": "RequestsPerSecond"},
        "ThrottlingBurstLimit": {"Ref": "RequestsPerSecond"},
    }


def test_visits_have_limits_of_their_own(resources: dict[str, Any]) -> None:
    """A flood of visits takes nothing from who fills in a form, asks for a right, or works at the desk."""
    [(_, stage)] = of_type(resources, "AWS::ApiGatewayV2::Stage")
    own = {"ThrottlingRateLimit": {"Ref": "VisitsPerSecond"}, "ThrottlingBurstLimit": {"Ref": "VisitsPerSecond"}}
    routes = {"POST /{site}/visits", "GET /{site}/visits.gif", "GET /{site}/visits.js"}
    assert stage["RouteSettings"]["Fn::If"] == ["RecordsVisits", dict.fromkeys(routes, own), {"Ref": "AWS::NoValue"}]


def test_the_limit_is_described_as_it_is(template: dict[str, Any]) -> None:
    """Who sets the limit reads that it bounds what comes at one moment too: a burst is not twice as large."""
    said = template["Parameters"]["RequestsPerSecond"]["Description"]
    assert "at one moment" in said
    assert "twice" not in said


def test_signing_out_ends_the_renewals(resources: dict[str, Any]) -> None:
    """The page knows where to revoke a refresh token, and the pool's client lets it."""
    revoke = resources["DeskPage"]["Properties"]["Environment"]["Variables"]["SIGN_IN_REVOKE"]["Fn::If"]
    assert revoke[0] == "OwnStaffPool"
    assert revoke[1]["Fn::Sub"].endswith(".amazoncognito.com/oauth2/revoke")
    assert resources["StaffClient"]["Properties"]["EnableTokenRevocation"] is True


def test_the_authorizer_takes_our_pool_or_the_firms_own_issuer(resources: dict[str, Any]) -> None:
    """Issuer and audience come together: both of the pool, or both from the parameters."""
    jwt = resources["StaffAuthorizer"]["Properties"]["JwtConfiguration"]
    pool = {"Fn::Sub": "https://cognito-idp.${AWS::Region}.${AWS::URLSuffix}/${StaffPool}"}
    assert jwt["Issuer"] == {"Fn::If": ["OwnStaffPool", pool, {"Ref": "StaffIssuer"}]}
    assert jwt["Audience"] == {"Fn::If": ["OwnStaffPool", [{"Ref": "StaffClient"}], {"Ref": "StaffAudience"}]}


def test_staff_are_invited_and_use_a_second_factor(resources: dict[str, Any]) -> None:
    """Nobody signs up, everybody needs a one-time code, and claims come into the access token."""
    pool = resources["StaffPool"]["Properties"]
    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert (pool["MfaConfiguration"], pool["EnabledMfas"]) == ("ON", ["SOFTWARE_TOKEN_MFA"])
    assert pool["UserPoolTier"] == "ESSENTIALS"
    trigger = pool["LambdaConfig"]["PreTokenGenerationConfig"]
    assert trigger == {"LambdaArn": {"Fn::GetAtt": ["StaffToken", "Arn"]}, "LambdaVersion": "V2_0"}


def test_signing_in_is_by_code_alone(resources: dict[str, Any]) -> None:
    """The client has no secret, one flow, one scope, and cannot change whose data its user works for."""
    client = resources["StaffClient"]["Properties"]
    assert (client["GenerateSecret"], client["AllowedOAuthFlows"]) == (False, ["code"])
    assert client["ExplicitAuthFlows"] == ["ALLOW_REFRESH_TOKEN_AUTH"]
    assert client["AllowedOAuthScopes"] == ["nakoming/desk"]
    assert client["WriteAttributes"] == ["locale"]
    command_line, page = client["CallbackURLs"]
    assert command_line.startswith("http://localhost:")
    assert page["Fn::Sub"][0] == "${base}/desk"


def test_all_of_the_sign_in_goes_when_the_firm_has_its_own(resources: dict[str, Any]) -> None:
    """With an issuer of the firm no part of the pool is made."""
    for name, resource in resources.items():
        if resource["Type"].startswith("AWS::Cognito::") or "StaffToken" in json.dumps(name):
            assert resource["Condition"] == "OwnStaffPool", name
