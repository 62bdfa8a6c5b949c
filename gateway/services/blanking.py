"""Takes personal data out of what is on record, and leaves its shape: pure functions of documents and JSON values.

Whatever is not known to be harmless goes, so that a field nobody thought of is not kept by mistake.
"""

import json
import re
from datetime import datetime
from typing import Any, Final

from lxml import etree

from gateway.record.rows import Json
from gateway.record.types import dumps
from gateway.services.personal_data import PersonalData
from validators.xml import XmlRefused, parse

MARK: Final = "purged"
"""Attribute of the root of a purged document, and member of a purged notice (`purged_at`): when it was purged."""
_HARMLESS: Final = re.compile(
    r"""
    [0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?   # ISO 8601 dates and instants
    | [0-9]{2}-[0-9]{2}-[0-9]{4}(?:-[0-9]{4}[AP]M)?                            # dates as the forms write them
    | [a-z]{3}_[0-9a-f]{12}_[0-9a-f]{16}                                       # ids of the gateway's own
    """,
    re.VERBOSE,
)


class Blanking:
    """Blanks by a list of what may stay; what was blanked before stays as it is."""

    def __init__(self, listed: PersonalData) -> None:
        self._elements = listed.elements
        self._members = listed.members

    def document(self, body: bytes, at: datetime) -> bytes:
        """Give a document whose elements stand, empty where their text is not to be kept; its root says since when."""
        if purged_at(body) is not None:
            return body
        try:
            root = parse(body, max_bytes=len(body))
        except XmlRefused:
            return f'<Purged {MARK}="{at.isoformat()}"/>'.encode()
        for element in root.iter():
            self._blank(element)
        root.set(MARK, at.isoformat())
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True)

    def members(self, value: Any, name: str = "") -> Any:
        """Give a JSON value of the same shape; `name` is the member that it stands in."""
        if isinstance(value, dict):
            return {key: self.members(member, key) for key, member in value.items()}
        if isinstance(value, list | tuple):
            return [self.members(one, name) for one in value]
        if not isinstance(value, str) or name in self._members or _HARMLESS.fullmatch(value):
            return value
        return ""

    def envelope(self, text: str, at: datetime) -> str:
        """Give the text of a CloudEvent whose data are blanked, the document in it as a document."""
        event: Json = json.loads(text)
        data = event.get("data", {})
        blanked: Json = self.members(event)
        if isinstance(data.get("document"), str):
            blanked["data"]["document"] = self.document(data["document"].encode(), at).decode()
        return dumps(blanked)

    def _blank(self, element: etree._Element) -> None:
        text = (element.text or "").strip()
        stays = not len(element) and (etree.QName(element).localname in self._elements or _HARMLESS.fullmatch(text))
        element.text = text if text and stays else None
        element.tail = None
        for name in set(element.attrib) - {"release"}:
            del element.attrib[name]


def purged_at(body: bytes) -> datetime | None:
    """Give since when a document is purged; None if it is as it came."""
    if f" {MARK}=".encode() not in body:
        return None
    try:
        told = parse(body, max_bytes=len(body)).get(MARK)
    except XmlRefused:
        return None
    return None if told is None else datetime.fromisoformat(str(told))
