"""Hardened parsing: bytes become a tree or a refusal in plain words. Nothing is fetched, expanded or guessed."""

import re
import threading
from typing import Final

from lxml import etree

from validators.codes import Code
from validators.verdict import Finding, Severity

MAX_BYTES: Final = 262_144
"""Greatest size of a document unless a door sets another: 256 KiB takes at most 8 MB and a few milliseconds."""

_SECTION: Final = "12.2.1.1.6"  # an order is refused electronically, with its reason
_MOST_ATTRIBUTES: Final = 32  # of one element, namespace declarations counted; our schemas know one
_MOST_CHILDREN: Final = 2_000  # of one element; 256 KiB hold some 1,500 real service details
_EQUAL_SIGNS_WORTH_A_LOOK: Final = 512
_TAGS_WORTH_A_LOOK: Final = 4_000
_MOST_TAGS: Final = 40_000  # start and end tags; 256 KiB of real forms hold some 24,000
_BOMS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_UTF8_BOM: Final = b"\xef\xbb\xbf"
_DECLARED_ENCODING: Final = re.compile(rb"<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([^\"'<>]{0,60})")
_SPACE: Final = b" \t\r\n"
_SKIPPED: Final = ((b"<?", b"?>"), (b"<!--", b"-->"))  # what may stand before a document type declaration

_PLAIN_WORDS: Final[dict[int, str]] = {
    etree.ErrorTypes.ERR_TAG_NAME_MISMATCH: "an end tag does not match its start tag",
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED: "the document ends before all elements are closed",
    etree.ErrorTypes.ERR_DOCUMENT_END: "something follows the end of the document, or the document is cut off",
    etree.ErrorTypes.ERR_DOCUMENT_EMPTY: "the document does not begin with an element",
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: "an entity is used that XML does not know",
    etree.ErrorTypes.ERR_ENTITYREF_SEMICOL_MISSING: "a bare & stands in the text, or an entity lacks its semicolon",
    etree.ErrorTypes.ERR_NAME_REQUIRED: "a bare & or < stands in the text",
    etree.ErrorTypes.ERR_LT_REQUIRED: "a tag is not opened properly",
    etree.ErrorTypes.ERR_GT_REQUIRED: "a tag is not closed with >",
    etree.ErrorTypes.ERR_ATTRIBUTE_REDEFINED: "an attribute is given twice",
    etree.ErrorTypes.ERR_ATTRIBUTE_NOT_STARTED: "the value of an attribute is not in quotation marks",
    etree.ErrorTypes.ERR_INVALID_CHAR: "a control character stands in the text",
    etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE: "a prefix is used that no namespace was declared for",
}


class XmlRefused(Exception):  # noqa: N818 - a refusal is the sender's news, not an error of the gateway
    """Raised by `parse` for bytes that are not taken as a document; `finding` says why and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.text)
        self.finding = finding


def parse(body: bytes, *, max_bytes: int = MAX_BYTES) -> etree._Element:
    """Give the root element of the document in `body`, without comments and processing instructions.

    Dropping these keeps one reading of a value: `AB<!-- -->CD` is `ABCD` for the schema and for readers of `.text`.

    Raises:
        XmlRefused: too large, empty, not UTF-8, with a document type declaration, not well-formed, too deep, or flooded
            with attributes or elements. Nothing else is raised, whatever the bytes.
    """
    _refuse_by_size(body, max_bytes)
    _refuse_by_encoding(body)
    if body.count(b"<") > _MOST_TAGS:
        raise _too_many("elements")
    if _has_doctype(body):
        raise _refusal(
            Code.DOCTYPE, "The document has a document type declaration (DOCTYPE).", "Send it without DOCTYPE."
        )
    try:
        root = etree.fromstring(body, _OWN.parser)
    except etree.XMLSyntaxError:
        raise _explained(body) from None
    _refuse_floods(body, root)
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


class _Own(threading.local):
    """Each thread's own parser, which takes a third of the time of a new one for each document."""

    def __init__(self) -> None:
        self.parser = _parser()


_OWN: Final = _Own()


def _explained(body: bytes) -> XmlRefused:
    """Give why a document does not parse, from a new parser, whose log holds nothing of another partner's document."""
    try:
        etree.fromstring(body, _parser())
    except etree.XMLSyntaxError as error:
        return _not_well_formed(error)
    raise AssertionError("a document parses or it does not")


def _refuse_by_size(body: bytes, max_bytes: int) -> None:
    if len(body) > max_bytes:
        text = f"The document has {len(body):,} bytes; at most {max_bytes:,} are taken."
        raise _refusal(Code.TOO_LARGE, text, "Split the request, or leave out what its forms do not need.")
    if not body.strip(_SPACE):
        raise _refusal(Code.EMPTY_DOCUMENT, "There is no document.", "Send one XML document as the body.")


def _refuse_by_encoding(body: bytes) -> None:
    if body.startswith(_BOMS) or body[:2] in {b"<\x00", b"\x00<"}:
        raise _bad_encoding("The document is in UTF-16 or UTF-32.")
    if b"\x00" in body:
        raise _bad_encoding("The document holds a NUL character.")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise _bad_encoding(f"The document holds bytes that are not UTF-8, first in line {line}.") from None
    start = len(_UTF8_BOM) if body.startswith(_UTF8_BOM) else 0
    declared = _DECLARED_ENCODING.match(body, start)
    if declared and declared[1].lower() not in {b"utf-8", b"utf8"}:
        raise _bad_encoding(f"The document declares the encoding {declared[1].decode('utf-8')}.")


def _has_doctype(body: bytes) -> bool:
    """Tell whether a document type declaration stands before the root element, so that none ever reaches the parser."""
    if b"<!DOCTYPE" not in body:
        return False
    at = len(_UTF8_BOM) if body.startswith(_UTF8_BOM) else 0
    while True:
        while body[at : at + 1] and body[at : at + 1] in _SPACE:
            at += 1
        ending = next((end for start, end in _SKIPPED if body.startswith(start, at)), None)
        if ending is None:
            return body.startswith(b"<!DOCTYPE", at)
        found = body.find(ending, at)
        if found < 0:
            return False
        at = found + len(ending)


def _refuse_floods(body: bytes, root: etree._Element) -> None:
    """Refuse what would make the schema's error list long: libxml2 takes errors times siblings of time."""
    if body.count(b"=") > _EQUAL_SIGNS_WORTH_A_LOOK:
        for element in root.iter():
            if len(element.attrib) > _MOST_ATTRIBUTES or len(element.nsmap) > _MOST_ATTRIBUTES:
                raise _too_many("attributes")
    if body.count(b"<") > _TAGS_WORTH_A_LOOK:
        for element in root.iter():
            if len(element) > _MOST_CHILDREN:
                raise _too_many("elements")


def _not_well_formed(error: etree.XMLSyntaxError) -> XmlRefused:
    if "depth" in error.msg:
        return _refusal(
            Code.TOO_DEEP, "Elements are nested more than 255 deep.", "Send the forms as the schema lays them out."
        )
    line = error.lineno or 1
    what = _PLAIN_WORDS.get(error.code, "it breaks the rules of XML")
    said = error.msg.split(", line ")[0][:160]
    text = f"The document is not well-formed XML: in line {line} {what} ({said})."
    return _refusal(Code.NOT_WELL_FORMED, text, f"Correct the document at line {line} and send it again.")


def _bad_encoding(text: str) -> XmlRefused:
    return _refusal(Code.BAD_ENCODING, text, "Send the document in UTF-8.")


def _too_many(what: str) -> XmlRefused:
    text = f"The document has more {what} than any form needs."
    return _refusal(Code.TOO_MANY_PARTS, text, "Send the forms as the schema lays them out.")


def _refusal(code: Code, text: str, cure: str) -> XmlRefused:
    return XmlRefused(
        Finding(
            rule="xml",
            section=_SECTION,
            code=code,
            severity=Severity.REJECT,
            path="/",
            value=None,
            text=text,
            cure=cure,
        )
    )
