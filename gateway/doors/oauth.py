"""OAuth 2.0 client credentials (RFC 6749, 4.4), with tokens bound to the client's certificate (RFC 8705)."""

import binascii
from base64 import b64decode
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qs, unquote_plus

from aiohttp import web

from gateway.doors.gatekeeper import Gatekeeper
from gateway.doors.oauth_models import OAuthError, OAuthMetadata, Token
from gateway.doors.problems import Kind, Problem
from gateway.doors.reading import Limits, form_body
from gateway.doors.routes import Answer, OpenRoute, Route
from gateway.doors.tls import Certificate, presented
from gateway.record.rows import Credential, CredentialKind, Role
from gateway.services.tokens import Tokens

_JSON = ("application/json",)
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_FORM = "application/x-www-form-urlencoded"
TOKEN_PATH = "/oauth/token"  # noqa: S105 - an address


class _Refused(Exception):  # noqa: N818 - RFC 6749 calls it an error response
    """Raised to answer with an error of RFC 6749, 5.2."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        self.error = error
        self.description = description
        self.status = status


class OAuthDoor:
    """The token endpoint, and what there is to know about it."""

    def __init__(self, gatekeeper: Gatekeeper, tokens: Tokens, limits: Limits) -> None:
        self._gatekeeper = gatekeeper
        self._tokens = tokens
        self._limits = limits
        self._scopes: Mapping[Role, frozenset[str]] = {}

    def describe(self, routes: Iterable[Route]) -> None:
        """Take the guarded routes of all doors: their scopes are those that can be asked for."""
        routes = tuple(routes)
        self._scopes = {role: frozenset(route.scope for route in routes if role in route.admitted) for role in Role}

    async def token(self, request: web.Request) -> web.Response:
        """Issue an access token."""
        try:
            client, scopes = await self._asked(request)
        except _Refused as refused:
            return _error(refused)
        certificate = presented(request)
        issued = await self._tokens.issue(client, scopes, certificate.thumbprint if certificate else None)
        ends = issued.credential.expires_at
        lasts = int((ends - issued.credential.created_at).total_seconds()) if ends else 0
        told = Token(access_token=issued.key, token_type="Bearer", expires_in=lasts, scope=" ".join(sorted(scopes)))  # noqa: S106 - the kind of token
        return web.Response(body=told.model_dump_json().encode(), content_type="application/json", headers=_NO_STORE)

    async def metadata(self, request: web.Request) -> web.Response:
        """Describe the token endpoint (RFC 8414)."""
        base = f"{request.scheme}://{request.host}"
        told = OAuthMetadata(
            issuer=base,
            token_endpoint=base + TOKEN_PATH,
            grant_types_supported=["client_credentials"],
            response_types_supported=[],
            token_endpoint_auth_methods_supported=["client_secret_basic", "client_secret_post", "tls_client_auth"],
            scopes_supported=sorted(frozenset().union(*self._scopes.values())),
            tls_client_certificate_bound_access_tokens=True,
        )
        return web.Response(body=told.model_dump_json().encode(), content_type="application/json")

    async def _asked(self, request: web.Request) -> tuple[Credential, frozenset[str]]:
        """Give who asks, and for which scopes."""
        form = _single(await form_body(request, self._limits))
        client = await self._client(request, form)
        if form.get("grant_type") != "client_credentials":
            raise _Refused("unsupported_grant_type", "grant_type is client_credentials")
        return client, self._granted(client, form.get("scope"))

    async def _client(self, request: web.Request, form: Mapping[str, str]) -> Credential:
        """Give who asks: by id and key, or by certificate alone."""
        client_id, secret = _basic(request) or (form.get("client_id"), form.get("client_secret"))
        certificate = presented(request)
        try:
            found = await self._authenticated(request, secret, certificate)
        except Problem as problem:
            if problem.kind is not Kind.UNAUTHENTICATED:
                raise
            raise _Refused("invalid_client", "the client is unknown, or its secret is not good", 401) from None
        if client_id not in {found.id, found.partner_id} or found.kind is CredentialKind.TOKEN:
            raise _Refused("invalid_client", "the client is unknown, or its secret is not good", 401)
        return found

    async def _authenticated(
        self, request: web.Request, secret: str | None, certificate: Certificate | None
    ) -> Credential:
        if secret:
            return await self._gatekeeper.by_key(secret, certificate, request.remote or "")
        if certificate is not None:
            return await self._gatekeeper.by_certificate(certificate, request.remote or "")
        raise _Refused("invalid_client", "send client_id and client_secret, or a client certificate", 401)

    def _granted(self, client: Credential, asked: str | None) -> frozenset[str]:
        allowed = self._scopes.get(client.role, frozenset())
        if client.scopes:
            allowed &= frozenset(client.scopes)
        wanted = frozenset((asked or "").split()) or allowed
        if not wanted or not wanted <= allowed:
            raise _Refused("invalid_scope", f"this client may ask for: {' '.join(sorted(allowed))}")
        return wanted

    def routes(self) -> tuple[OpenRoute, ...]:
        """Give what this door offers."""
        return (
            OpenRoute(
                TOKEN_PATH,
                "issueToken",
                "An OAuth access token for a client: its id (of key or partner) and key, or its certificate",
                self.token,
                (
                    Answer(200, "The token, and for how many seconds it is good.", Token, _JSON),
                    Answer(400, "What is wrong with the request.", OAuthError, _JSON),
                    Answer(401, "The client is not known.", OAuthError, _JSON, ("WWW-Authenticate",)),
                ),
                (
                    Kind.REQUEST_TIMEOUT,
                    Kind.TOO_LARGE,
                    Kind.UNSUPPORTED_MEDIA_TYPE,
                    Kind.TOO_MANY_REQUESTS,
                    Kind.UNAVAILABLE,
                ),
                "POST",
                _FORM,
            ),
            OpenRoute(
                "/.well-known/oauth-authorization-server",
                "oauthMetadata",
                "What there is to know about the token endpoint",
                self.metadata,
                (Answer(200, "RFC 8414.", OAuthMetadata, _JSON),),
            ),
        )


def _single(body: bytes) -> dict[str, str]:
    try:
        parsed = parse_qs(body.decode("utf-8"), strict_parsing=bool(body), max_num_fields=20)
    except ValueError:
        raise _Refused("invalid_request", "the body is no form in UTF-8") from None
    if any(len(values) > 1 for values in parsed.values()):
        raise _Refused("invalid_request", "no parameter may come twice")
    return {name: values[0] for name, values in parsed.items()}


def _basic(request: web.Request) -> tuple[str, str] | None:
    scheme, _, coded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, secret = b64decode(coded, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, ValueError):
        raise _Refused("invalid_client", "the Authorization header is not readable", 401) from None
    if not colon:
        raise _Refused("invalid_client", "the Authorization header is not readable", 401)
    return unquote_plus(name), unquote_plus(secret)


def _error(refused: _Refused) -> web.Response:
    told = OAuthError(error=refused.error, error_description=refused.description)
    headers = {**_NO_STORE, **({"WWW-Authenticate": 'Basic realm="oss-gateway"'} if refused.status == 401 else {})}
    return web.Response(
        body=told.model_dump_json().encode(),
        status=refused.status,
        content_type="application/json",
        headers=headers,
    )
