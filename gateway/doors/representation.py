"""Answers in the representation that the caller asked for: XML by default, JSON by Accept."""

from collections.abc import Mapping

from aiohttp import web
from pydantic import BaseModel

from gateway.doors.problems import prefers_xml, to_xml

NAMESPACE = "urn:oss-gateway:r1:api"


def answer(
    request: web.Request, shape: BaseModel, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Give `shape` as JSON or as XML (root element = name of the shape)."""
    if prefers_xml(request.headers.get("Accept", "")):
        members = shape.model_dump(mode="json")
        body = to_xml(type(shape).__name__, members, NAMESPACE)
        return web.Response(body=body, status=status, content_type="application/xml", headers=headers)
    return answer_json(shape, status=status, headers=headers)


def prefers_text(accept: str) -> bool:
    """Tell whether an Accept header names plain text before XML and JSON."""
    for part in accept.split(","):
        media = part.split(";")[0].strip().lower()
        if media == "text/plain":
            return True
        if media.endswith(("json", "xml")):
            return False
    return False


def answer_json(shape: BaseModel, *, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """Give `shape` as JSON whatever was asked for: the back end's and the operators' doors speak JSON only."""
    return web.Response(
        body=shape.model_dump_json().encode(), status=status, content_type="application/json", headers=headers
    )
