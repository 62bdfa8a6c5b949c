"""Reading a small XML document as the JSON-like value of a shape, and writing one: the way of pre-order questions."""

from collections.abc import Mapping
from typing import Any, TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from gateway.doors.problems import Kind, Problem, to_xml
from gateway.doors.reading import Limits, json_body, unreadable, xml_body
from validators.xml import XmlRefused, parse

Model = TypeVar("Model", bound=BaseModel)

NAMESPACE = "urn:oss-gateway:r1:preorder"
_ITEM = "item"


async def json_or_xml_body(request: web.Request, model: type[Model], limits: Limits) -> Model:
    """Give the body read as `model`: from XML where the content type says so, else from JSON.

    In XML the root element has the model's name, a member is an element, and a list holds `item` elements.

    Raises:
        Problem: neither JSON nor XML, or a member is missing, unknown or wrong; each is listed with its path.
    """
    if not request.content_type.endswith("xml"):
        return await json_body(request, model, limits)
    body = await xml_body(request, limits)
    try:
        return model.model_validate(_members(body, model.__name__))
    except ValidationError as error:
        raise unreadable(error) from None


def example_xml(model: type[BaseModel], members: Mapping[str, Any]) -> str:
    """Give `members` as the XML body that `json_or_xml_body` reads as `model`."""
    return to_xml(model.__name__, members, NAMESPACE).decode()


def _members(body: bytes, name: str) -> Any:
    try:
        root = parse(body)
    except XmlRefused as refused:
        raise Problem(Kind.MALFORMED_REQUEST, refused.finding.text, [refused.finding.as_json()]) from None
    if root.tag != f"{{{NAMESPACE}}}{name}":
        raise Problem(Kind.MALFORMED_REQUEST, f"the root element must be {name} in {NAMESPACE}")
    return members_of(root, NAMESPACE)


def members_of(root: Any, namespace: str) -> Any:
    """Give the members that an element's children in `namespace` are."""
    value = _value(root, f"{{{namespace}}}")
    return {} if value == "" else value


def _value(element: Any, prefix: str) -> Any:
    if not len(element):  # the truth of an element is deprecated
        return (element.text or "").strip()
    children = list(element)
    names = [child.tag.removeprefix(prefix) for child in children]
    values = [_value(child, prefix) for child in children]
    return values if names.count(_ITEM) == len(names) else dict(zip(names, values, strict=True))
