"""Two releases of the messages at once: which one a document is written in, and what it says in the other.

Release r2 says what r1 says, with three things made plainer: dates are ISO 8601 only (CCYY-MM-DD; r1 takes MM-DD-CCYY,
too, and writes that), a notice names each section that it rests on by itself, and carries its reading in plain words.
Inside the gateway everything is r1: what comes in is translated once it is valid by its own schema, and notices are
translated on their way out. Orders (LSR) and notices have a release r2; everything else is as it was.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from lxml import etree

from validators.bundled import bundled_path
from validators.xml import XmlRefused, parse

FIRST, SECOND = "r1", "r2"
RELEASES: Final = (FIRST, SECOND)
"""The releases that are held, oldest first."""

_XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_NAMED: Final = re.compile(rb"urn:oss-gateway:(r[1-9][0-9]*):")
_AMERICAN: Final = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})")
_NOTICE: Final = "urn:oss-gateway:r1:notice"


def release_of(body: bytes) -> str:
    """Give the release that a document names by our namespaces, the first release if it names none.

    A document that names several, as one does that stood in an envelope of another, is of that of its root.
    """
    named = _NAMED.findall(body)
    if len(set(named)) > 1:
        return _release_of_root(body) or str(named[0].decode())
    return named[0].decode() if named else FIRST


def _release_of_root(body: bytes) -> str | None:
    try:
        namespace = etree.QName(parse(body)).namespace or ""
    except XmlRefused:
        return None
    found = _NAMED.match(namespace.encode())
    return found and found[1].decode()


def to_first(root: etree._Element) -> etree._Element:
    """Give a valid order of release r2 as one of r1, which takes the same fields and takes ISO dates, too."""
    return _renamed(root, SECOND, FIRST)


def notice_in(release: str, document: bytes, reading: Callable[[bytes], str]) -> bytes:
    """Give a notice of release r1 in `release`, canonical (C14N), so that the same notice has the same bytes each time.

    Args:
        release: r1 gives the document as it is.
        document: the notice as it was issued.
        reading: gives the notice as plain text for people.
    """
    if release == FIRST:
        return document
    root = etree.fromstring(document)
    dates = _date_elements()
    for element in root.iter(etree.Element):
        if etree.QName(element).localname in dates and element.text:
            element.text = _AMERICAN.sub(r"\3-\1-\2", element.text)
    _one_by_one(root)
    words = etree.SubElement(root, f"{{{_NOTICE}}}TEXT")
    words.text = reading(document)
    return etree.tostring(_renamed(root, FIRST, SECOND), method="c14n")


def _one_by_one(root: etree._Element) -> None:
    """Put one SECTION for each that the head of a notice names with commas between."""
    section = root.find(f"{{{_NOTICE}}}SECTION")
    if section is None or not section.text:
        return
    first, *others = (name.strip() for name in section.text.split(","))
    section.text = first
    for name in reversed(others):
        following = etree.Element(section.tag)
        following.text = name
        section.addnext(following)


def _renamed(root: etree._Element, old: str, new: str) -> etree._Element:
    """Give a copy of a document with the namespaces of another release."""
    namespace = etree.QName(root).namespace or ""
    copy = etree.Element(_in(str(root.tag), old, new), nsmap={None: namespace.replace(f":{old}:", f":{new}:")})
    for name, value in root.attrib.items():
        copy.set(name, new if name == "release" else value)
    copy.text = root.text
    for child in root.iterchildren(etree.Element):
        _copy_into(copy, child, old, new)
    return copy


def _copy_into(parent: etree._Element, element: etree._Element, old: str, new: str) -> None:
    copy = etree.SubElement(parent, _in(str(element.tag), old, new), dict(element.attrib))
    children = list(element.iterchildren(etree.Element))
    # A value may be cut in two by a comment; its text is all of it.
    copy.text = element.text if children else str(element.xpath("string()")) or None
    for child in children:
        _copy_into(copy, child, old, new)


def _in(tag: str, old: str, new: str) -> str:
    return tag.replace(f"urn:oss-gateway:{old}:", f"urn:oss-gateway:{new}:", 1)


@cache
def _date_elements() -> frozenset[str]:
    """Give the names of the elements of notices that hold a date and nothing else."""
    schema = etree.parse(bundled_path("schemas") / FIRST / "notice.xsd")
    kinds = {"c:Date", "c:OptionalDate"}
    return frozenset(str(one.get("name")) for one in schema.iter(f"{_XS}element") if one.get("type") in kinds)
