"""One form of a message, or one service detail in it, as plain field values."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lxml import etree

DETAILS = "DETAILS"
"""The child of a form that holds its repeating service details."""


class Section(NamedTuple):
    """A form or a service detail. An element without text counts as absent; text stands here without blanks around it.

    A named tuple and no dataclass, since an order of many lines makes many and tuples are made three times as fast.

    Attributes:
        form: name of the form (`LS`); a service detail has that of its form.
        path: readable place in the document, e.g. `/LocalServiceRequest/LS/DETAILS/DETAIL[2]`.
        fields: XML-safe field name to text.
        details: the service details of a form, in the order of the document.
    """

    form: str
    path: str
    fields: Mapping[str, str]
    details: tuple["Section", ...] = ()

    def get(self, field: str) -> str | None:
        """Give the text of `field`, None where it is absent or empty."""
        return self.fields.get(field)

    def path_of(self, field: str) -> str:
        """Give the readable path of `field`, present or not."""
        return f"{self.path}/{field}"

    def items(self) -> Iterator[tuple[str, str]]:
        """Give path and text of every field, service details last."""
        for field, text in self.fields.items():
            yield f"{self.path}/{field}", text
        for detail in self.details:
            yield from detail.items()


_Node = Any  # the stubs allow QName and bytes as a tag; the elements of a parsed document carry only str


def read_sections(root: etree._Element) -> dict[str, Section]:
    """Read each form under `root` in one pass; the sections hold nothing of the tree.

    The parser must have dropped comments and processing instructions, as `validators.xml.parse` does.
    A form that stands twice is read once, the last one: the schema refuses it before anything asks.
    """
    node: _Node = root
    cut = node.tag.rfind("}") + 1
    top = f"/{node.tag[cut:]}/"
    forms: dict[str, Section] = {}
    for element in node:
        form = element.tag[cut:]
        forms[form] = _read_form(element, cut, form, top + form)
    return forms


def _read_form(element: _Node, cut: int, form: str, path: str) -> Section:
    fields: dict[str, str] = {}
    details: tuple[Section, ...] = ()
    for child in element:
        name = child.tag[cut:]
        if name == DETAILS:
            details = _read_details(child, cut, form, f"{path}/{DETAILS}/")
        elif text := child.text:
            fields[name] = text.strip()
    return Section(form, path, _without_empty(fields), details)


def _read_details(parent: _Node, cut: int, form: str, path: str) -> tuple[Section, ...]:
    # One detail alone has no index in its path: an index stands only where siblings repeat.
    alone = len(parent) == 1
    details: list[Section] = []
    for number, detail in enumerate(parent, 1):
        fields = {field.tag[cut:]: text.strip() for field in detail if (text := field.text)}
        place = path + detail.tag[cut:]
        details.append(Section(form, place if alone else f"{place}[{number}]", _without_empty(fields)))
    return tuple(details)


def _without_empty(fields: dict[str, str]) -> dict[str, str]:
    # Blank elements are rare: the copy is made only where there is one.
    return {name: text for name, text in fields.items() if text} if "" in fields.values() else fields
