"""Makes the schemas of release r2 out of those of r1, so that both say the same where nothing was changed."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lxml import etree

from validators.bundled import bundled_path
from validators.releases import FIRST, SECOND

_XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_FAMILIES: Final = ("common.xsd", "lsr.xsd", "notice.xsd")
_ISO: Final = "a date as CCYY-MM-DD (ISO 8601)"
_ISO_BEGINS: Final = "(19|20)[0-9]{2}-"
_EACH: Final = "A section of the agreement that the notice rests on; one element for each."
_TEXT: Final = "The notice in plain words, for people to read: what GET with Accept: text/plain gives."


def schemas() -> Mapping[str, str]:
    """Give the files of release r2 by their names below `schemas/r2`."""
    return {name: _changed(name) for name in _files()}


def _files() -> Iterator[str]:
    folder = bundled_path("schemas") / FIRST
    yield from _FAMILIES
    yield from sorted(str(path.relative_to(folder)) for path in (folder / "lsr").glob("*.xsd"))


def _changed(name: str) -> str:
    tree = etree.parse(bundled_path("schemas") / FIRST / name)
    _CHANGES.get(name, _nothing)(tree.getroot())
    text = etree.tostring(tree, encoding="unicode").replace(f"urn:oss-gateway:{FIRST}:", f"urn:oss-gateway:{SECOND}:")
    for attribute in ("version", "fixed"):
        text = text.replace(f'{attribute}="{FIRST}"', f'{attribute}="{SECOND}"')
    note = f"<!-- Made from schemas/{FIRST}/{name} by `make docs`; change that, or docs/second_release.py. -->"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{note}\n{text}\n'


def _nothing(schema: etree._Element) -> None:
    del schema


def _iso_dates(schema: etree._Element) -> None:
    (date,) = (kind for kind in schema.iter(f"{_XS}simpleType") if kind.get("name") == "Date")
    _say(date, _ISO)
    for pattern in list(date.iter(f"{_XS}pattern")):
        if not str(pattern.get("value")).startswith(_ISO_BEGINS):
            pattern.getparent().remove(pattern)  # type: ignore[union-attr] # a pattern stands in a restriction


def _plainer_notices(schema: etree._Element) -> None:
    (notice,) = (one for one in schema.iterchildren(f"{_XS}element") if one.get("name") == "Notice")
    (parts,) = notice.iterchildren(f"{_XS}complexType")
    (sequence,) = parts.iterchildren(f"{_XS}sequence")
    (section,) = (one for one in sequence.iterchildren(f"{_XS}element") if one.get("name") == "SECTION")
    section.set("maxOccurs", "unbounded")
    _say(section, _EACH)
    text = etree.SubElement(sequence, f"{_XS}element", {"name": "TEXT", "type": "xs:string"})
    said = etree.SubElement(etree.SubElement(text, f"{_XS}annotation"), f"{_XS}documentation")
    said.text = _TEXT


def _say(element: etree._Element, words: str) -> None:
    (documentation,) = element.iterchildren(f"{_XS}annotation")
    (said,) = documentation.iterchildren(f"{_XS}documentation")
    said.text = words


_CHANGES: Final[Mapping[str, Callable[[etree._Element], None]]] = {
    "common.xsd": _iso_dates,
    "notice.xsd": _plainer_notices,
}
"""What r2 changes, by file."""
