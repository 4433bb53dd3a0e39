"""What API Gateway does between a request and a function: routes, tokens, the event of format 2.0 and the answer.

The engine could do it, but would hide the caller's address. Routes, integrations and authorizers are read from the
deployed API. Shapes: docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import base64
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote

from local.issuer import Issuer, TokenRefused
from local.stack import Stack

BODY_LIMIT = 10 * 1024 * 1024  # bytes, as API Gateway
TEXT_TYPES = {"application/json", "application/javascript", "application/xml"}


@dataclass(frozen=True)
class Request:
    """One request as it came in. Header names are in lower case; a repeated header is joined with commas."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    cookies: list[str]
    body: bytes
    source_ip: str


@dataclass(frozen=True)
class Answer:
    """What goes back to the caller."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(frozen=True)
class Authorizer:
    """Which tokens a route accepts."""

    issuer: str
    audience: tuple[str, ...]


@dataclass(frozen=True)
class Route:
    """One route of the API and the function behind it."""

    key: str
    function: str
    authorizer: Authorizer | None
    scopes: tuple[str, ...]

    def match(self, method: str, path: str) -> tuple[tuple[int, ...], dict[str, str]] | None:
        """Return how exactly the route fits (more is better) and the path parameters, or None when it does not."""
        if self.key == "$default":
            return (), {}
        own_method, _, own_path = self.key.partition(" ")
        if own_method not in ("ANY", method):
            return None
        wanted, given = own_path.strip("/").split("/"), path.strip("/").split("/")
        parameters: dict[str, str] = {}
        fit: list[int] = []
        for index, part in enumerate(wanted):
            if part.endswith("+}"):
                parameters[part[1:-2]] = unquote("/".join(given[index:]))
                return ((*fit, 0), parameters) if given[index:] else None
            if index >= len(given) or (not part.startswith("{") and part != unquote(given[index])):
                return None
            if part.startswith("{"):
                if not given[index]:
                    return None
                parameters[part[1:-1]] = unquote(given[index])
            fit.append(1 if part.startswith("{") else 2)
        return ((*fit, 1 if own_method == method else 0), parameters) if len(wanted) == len(given) else None


def message(status: int, text: str, *headers: tuple[str, str]) -> Answer:
    """Return an answer of API Gateway itself."""
    body = json.dumps({"message": text}, separators=(",", ":")).encode()
    return Answer(status, [("content-type", "application/json"), *headers], body)


NOT_FOUND = message(404, "Not Found")
TOO_LARGE = message(413, "Request Entity Too Large")
FAILED = message(500, "Internal Server Error")
UNAVAILABLE = message(503, "Service Unavailable")
UNAUTHORIZED = message(401, "Unauthorized", ("www-authenticate", "Bearer"))


class Gateway:
    """The deployed API of one stack."""

    def __init__(self, stack: Stack, issuer: Issuer) -> None:
        """Read the API from the engine; `issuer` is the one whose tokens can be checked here."""
        self._stack = stack
        self._issuer = issuer
        api = stack.client("apigatewayv2")
        self._api_id = stack.resources["Api"]
        integrations = {i["IntegrationId"]: i["IntegrationUri"] for i in self._all(api.get_integrations)}
        authorizers = {a["AuthorizerId"]: _authorizer(a) for a in self._all(api.get_authorizers)}
        self._routes = [
            Route(
                key=route["RouteKey"],
                function=integrations[route["Target"].partition("/")[2]],
                authorizer=authorizers.get(route.get("AuthorizerId", "")),
                scopes=tuple(route.get("AuthorizationScopes", ())),
            )
            for route in self._all(api.get_routes)
        ]
        stages = self._all(api.get_stages)
        self._stage_variables = next((s.get("StageVariables") for s in stages if s["StageName"] == "$default"), None)

    def _all(self, read: Any) -> list[dict[str, Any]]:
        """Return all items of one kind of the API."""
        return list(read(ApiId=self._api_id, MaxResults="500")["Items"])

    def answer(self, request: Request) -> Answer:
        """Serve one request: find its route, check its token, call the function, and shape the answer."""
        fits = [(fit, route) for route in self._routes if (fit := route.match(request.method, request.path))]
        if not fits:
            return NOT_FOUND
        (_, parameters), route = max(fits, key=lambda pair: pair[0][0])
        if len(request.body) > BODY_LIMIT:
            return TOO_LARGE
        claims = None
        if route.authorizer is not None:
            try:
                claims = self._issuer.check(request.headers.get("authorization", ""), route.authorizer)
            except TokenRefused:
                return UNAUTHORIZED
            if route.scopes and not set(route.scopes) & set(str(claims.get("scope", "")).split()):
                wanted = f'Bearer scope="{" ".join(route.scopes)}" error="insufficient_scope"'
                return message(403, "Forbidden", ("www-authenticate", wanted))
        return self._call(route, self._event(request, route, parameters, claims))

    def _event(
        self, request: Request, route: Route, parameters: dict[str, str], claims: dict[str, Any] | None
    ) -> dict[str, Any]:
        """Return the event of payload format 2.0."""
        path = unquote(request.path)
        now = datetime.fromtimestamp(self._stack.now(), UTC)
        body, encoded = _event_body(request)
        context: dict[str, Any] = {
            "accountId": self._stack.account,
            "apiId": self._api_id,
            "domainName": request.headers.get("host", ""),
            "domainPrefix": self._api_id,
            "http": {
                "method": request.method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": request.source_ip,
                "userAgent": request.headers.get("user-agent", ""),
            },
            "requestId": uuid.uuid4().hex[:16],
            "routeKey": route.key,
            "stage": "$default",
            "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "timeEpoch": int(now.timestamp() * 1000),
        }
        if claims is not None:
            rendered = {name: _claim(value) for name, value in claims.items()}
            context["authorizer"] = {"jwt": {"claims": rendered, "scopes": list(route.scopes) or None}}
        event: dict[str, Any] = {
            "version": "2.0",
            "routeKey": route.key,
            "rawPath": path,
            "rawQueryString": request.query,
            "headers": request.headers,
            "requestContext": context,
            "isBase64Encoded": encoded,
        }
        optional = {
            "cookies": request.cookies,
            "queryStringParameters": _query(request.query),
            "pathParameters": parameters,
            "stageVariables": self._stage_variables,
            "body": body,
        }
        return event | {name: value for name, value in optional.items() if value}

    def _call(self, route: Route, event: dict[str, Any]) -> Answer:
        """Invoke the function and shape what it returns."""
        lambda_ = self._stack.client("lambda")
        try:
            result = lambda_.invoke(FunctionName=route.function, Payload=json.dumps(event).encode())
        except (lambda_.exceptions.TooManyRequestsException, OSError):
            return UNAVAILABLE
        payload = result["Payload"].read()
        if "FunctionError" in result:
            return FAILED
        return _answer(payload)


def _authorizer(item: dict[str, Any]) -> Authorizer:
    """Return what one authorizer of the API accepts."""
    accepted = item["JwtConfiguration"]
    return Authorizer(accepted["Issuer"], tuple(accepted["Audience"]))


def _event_body(request: Request) -> tuple[str, bool]:
    """Return the body for the event, and whether it is base64: only text is passed as it is."""
    kind = request.headers.get("content-type", "text/plain").partition(";")[0].strip().lower()
    if kind.startswith("text/") or kind in TEXT_TYPES or kind.endswith(("+json", "+xml")):
        try:
            return request.body.decode(), False
        except UnicodeDecodeError:
            pass
    return base64.b64encode(request.body).decode(), bool(request.body)


def _query(query: str) -> dict[str, str]:
    """Return the query parameters; what is given twice is joined with a comma."""
    parameters: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        parameters[name] = f"{parameters[name]},{value}" if name in parameters else value
    return parameters


def _claim(value: Any) -> str:
    """Return a claim as API Gateway passes it on: always text, lists as `[a b]`."""
    if isinstance(value, list):
        return "[" + " ".join(_claim(item) for item in value) + "]"
    if isinstance(value, bool | dict):
        return json.dumps(value)
    return str(value)


def _answer(payload: bytes) -> Answer:
    """Shape what a function returned; without a `statusCode` it is the body itself."""
    try:
        returned = json.loads(payload)
    except ValueError:
        return FAILED
    if not isinstance(returned, dict) or "statusCode" not in returned:
        return Answer(200, [("content-type", "application/json")], payload)
    try:
        headers = [(name.lower(), str(value)) for name, value in (returned.get("headers") or {}).items()]
        headers += [("set-cookie", cookie) for cookie in returned.get("cookies") or ()]
        body = returned.get("body") or ""
        content = base64.b64decode(body, validate=True) if returned.get("isBase64Encoded") else body.encode()
        status = int(returned["statusCode"])
    except (TypeError, ValueError, AttributeError):
        return FAILED
    if not any(name == "content-type" for name, _ in headers):
        headers.append(("content-type", "text/plain;charset=UTF-8"))
    return Answer(status, headers, content)
