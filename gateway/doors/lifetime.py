"""The headers that tell a client how long its release lives: Deprecation (RFC 9745), Sunset (RFC 8594)."""

from collections.abc import Mapping
from datetime import UTC
from email.utils import format_datetime

from gateway.services.releases import Support

HEADERS = ("Deprecation", "Sunset")


def lifetime_headers(support: Support) -> Mapping[str, str]:
    """Give the headers for an answer in the release that a partner is on; none while there is no later one."""
    headers: dict[str, str] = {}
    if support.deprecated_at is not None:
        headers["Deprecation"] = f"@{int(support.deprecated_at.timestamp())}"
    if support.ends_at is not None:
        headers["Sunset"] = format_datetime(support.ends_at.astimezone(UTC), usegmt=True)
    return headers
