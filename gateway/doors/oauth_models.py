"""The shapes of the token endpoint, as RFC 6749 and RFC 8414 name them."""

from typing import Literal

from gateway.doors.models import Shape


class Token(Shape):
    """An access token."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str


class OAuthError(Shape):
    """Why there is none (RFC 6749, 5.2)."""

    error: Literal["invalid_request", "invalid_client", "invalid_scope", "unsupported_grant_type"]
    error_description: str


class OAuthMetadata(Shape):
    """What there is to know about the token endpoint (RFC 8414)."""

    issuer: str
    token_endpoint: str
    grant_types_supported: list[str]
    response_types_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
    scopes_supported: list[str]
    tls_client_certificate_bound_access_tokens: bool
