"""One problem object for every refusal (RFC 9457), rendered as JSON or XML, and the closed list of its kinds."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Any

from gateway.notices.xml_text import xml_text
from validators.verdict import Finding

_NAMESPACE = "urn:ietf:rfc:7807"  # RFC 9457 appendix B keeps the namespace of its forerunner
_NAME = re.compile(r"[^\W\d][\w.-]*")
_NOT_PLAIN = re.compile("[^\t\n\x20-%'-;=?-~]")
"""What must be escaped, or looked at more closely."""
_MARKUP = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}


class Kind(Enum):
    """What went wrong: HTTP status and title. The member's name is the last part of the problem's `type`."""

    MALFORMED_MESSAGE = (400, "The message cannot be read")
    MALFORMED_REQUEST = (400, "The request cannot be read")
    UNAUTHENTICATED = (401, "A valid key is needed")
    FORBIDDEN = (403, "This key may not do that")
    NOT_FOUND = (404, "There is no such thing")
    METHOD_NOT_ALLOWED = (405, "This address does not take that method")
    NOT_ACCEPTABLE = (406, "No representation that you accept exists")
    REQUEST_TIMEOUT = (408, "The request came in too slowly")
    DUPLICATE = (409, "This PON and VER were already used")
    OUT_OF_SEQUENCE = (409, "The version does not follow the one on record")
    STATE_FORBIDS = (409, "The order's state does not allow that")
    GONE = (410, "Its personal data were purged")
    PRECONDITION_FAILED = (412, "The order has changed since you read it")
    TOO_LARGE = (413, "The message is too large")
    UNSUPPORTED_MEDIA_TYPE = (415, "This content type is not taken here")
    CONTENT_REJECTED = (422, "The message is rejected")
    IDEMPOTENCY_KEY_REUSED = (422, "This Idempotency-Key belongs to another message")
    TOO_MANY_REQUESTS = (429, "Too many requests in too short a time")
    INTERNAL = (500, "The gateway failed")
    UNAVAILABLE = (503, "The gateway cannot record anything now; send it again")
    SOURCE_SILENT = (504, "The ILEC's system does not answer; ask again")

    @property
    def status(self) -> int:
        """HTTP status code."""
        return self.value[0]

    @property
    def title(self) -> str:
        """Short sentence, the same for each problem of this kind."""
        return self.value[1]

    @property
    def type_uri(self) -> str:
        """Stable identifier, e.g. `urn:oss-gateway:problem:content-rejected`."""
        return f"urn:oss-gateway:problem:{self.name.lower().replace('_', '-')}"


@dataclass(eq=False)
class Problem(Exception):  # noqa: N818 - RFC 9457 calls it a problem
    """Raised by a door to answer with a problem object.

    Attributes:
        kind: which of the closed list.
        detail: what happened this time and how to cure it, in plain words.
        errors: single findings, as `Finding.as_json` gives them.
        more: further members, e.g. `order` with its URL.
        headers: HTTP headers of the answer.
    """

    kind: Kind
    detail: str
    errors: Sequence[Mapping[str, Any]] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_findings(cls, kind: Kind, findings: Iterable[Finding], **more: Any) -> "Problem":
        """Give a problem whose detail counts the findings and whose `errors` list each."""
        errors = tuple(finding.as_json() for finding in findings)
        count = "one thing" if len(errors) == 1 else f"{len(errors)} things"
        return cls(kind, f"{count} to mend; see errors, each with path, rule, section and cure.", errors, more)

    def as_json(self) -> dict[str, Any]:
        """Give the members in the order a person reads them."""
        return {
            "type": self.kind.type_uri,
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail,
            **{name: value for name, value in self.more.items() if value is not None},
            **({"errors": list(self.errors)} if self.errors else {}),
        }

    def render(self, accept: str) -> tuple[bytes, str]:
        """Give body and content type: XML for who prefers XML, else JSON."""
        if prefers_xml(accept):
            return to_xml("problem", self.as_json(), _NAMESPACE), "application/problem+xml"
        return json.dumps(self.as_json()).encode(), "application/problem+json"


@lru_cache(maxsize=256)
def prefers_xml(accept: str) -> bool:
    """Tell whether an Accept header leaves XML as the answer: it is, unless JSON weighs more or is named before it.

    RFC 9110, 12.5.1: a type's own weight counts before a wildcard's, 0 refuses it, and what cannot be read weighs 1.
    """
    named: dict[str, float] = {}
    for part in accept.split(","):
        media, *parameters = part.split(";")
        kind = _representation(media.strip().lower())
        if kind is not None:
            named[kind] = max(named.get(kind, 0.0), _weight(parameters))
    other = named.pop("any", 0.0)
    xml, json_ = named.get("xml", other), named.get("json", other)
    if xml == json_:
        return next(iter(named), "xml") == "xml"
    return xml > json_


def _representation(media: str) -> str | None:
    for kind in ("json", "xml"):
        if media.endswith(kind):
            return kind
    return "any" if media in {"*/*", "application/*"} else None


def _weight(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 1.0
    return 1.0


def to_xml(root: str, members: Mapping[str, Any], namespace: str) -> bytes:
    """Give a JSON-like mapping as XML: a member is an element, a list holds `item` elements, None is left out.

    Written as text, since a tree would take several times as long as the answer in it.

    Raises:
        ValueError: a member's name is no name in XML.
    """
    content = _content(members)
    return f"<?xml version='1.0' encoding='UTF-8'?>\n<{_tag(root)} xmlns=\"{namespace}\">{content}</{root}>".encode()


def _content(value: Any) -> str:
    if isinstance(value, str):
        return xml_text(value).translate(_MARKUP) if _NOT_PLAIN.search(value) else value
    if isinstance(value, dict):  # before other mappings: an abstract class takes long to ask
        return "".join([_element(name, member) for name, member in value.items() if member is not None])
    if isinstance(value, list | tuple):
        return "".join([_element("item", member) for member in value])
    if isinstance(value, bool):
        return "true" if value else "false"
    return _content(dict(value) if isinstance(value, Mapping) else str(value))


def _element(name: str, value: Any) -> str:
    tag, content = _tag(name), _content(value)
    return f"<{tag}>{content}</{tag}>" if content else f"<{tag}/>"


@lru_cache(maxsize=4096)
def _tag(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name in XML")
    return name
