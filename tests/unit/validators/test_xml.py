"""Hardened parsing."""

import tracemalloc
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validators.codes import Code
from validators.verdict import Severity
from validators.xml import MAX_BYTES, XmlRefused, parse

_FRAGMENTS = [
    b"<",
    b">",
    b"</",
    b"/>",
    b"<a>",
    b"</a>",
    b"<!DOCTYPE a",
    b"[",
    b"]>",
    b"<!ENTITY x 'y'>",
    b"&x;",
    b"&#0;",
]
_MORE_FRAGMENTS = [
    b"<?xml version='1.0' encoding='UTF-7'?>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"\x00",
    b"\xff\xfe",
]


def _refused(body: bytes) -> Code:
    with pytest.raises(XmlRefused) as refusal:
        parse(body)
    finding = refusal.value.finding
    assert (finding.rule, finding.severity) == ("xml", Severity.REJECT)
    assert finding.text
    assert finding.cure
    return Code(finding.code)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", Code.EMPTY_DOCUMENT),
        (b" \r\n", Code.EMPTY_DOCUMENT),
        (b"<a>" + b"x" * MAX_BYTES + b"</a>", Code.TOO_LARGE),
        ("<a/>".encode("utf-16"), Code.BAD_ENCODING),
        ("<a/>".encode("utf-16-le"), Code.BAD_ENCODING),
        ("<a/>".encode("utf-16-be"), Code.BAD_ENCODING),
        ("<a/>".encode("utf-32"), Code.BAD_ENCODING),
        (b'<?xml version="1.0" encoding="UTF-7"?><a/>', Code.BAD_ENCODING),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", Code.BAD_ENCODING),
        ("<a>\N{LATIN SMALL LETTER E WITH ACUTE}</a>".encode("latin-1"), Code.BAD_ENCODING),
        (b"<a>\x00</a>", Code.BAD_ENCODING),
        (b"<!DOCTYPE a><a/>", Code.DOCTYPE),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x -->\n<?pi?><!DOCTYPE a><a/>", Code.DOCTYPE),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///dev/null">]><a>&x;</a>', Code.DOCTYPE),
        (b"<a>" * 300 + b"</a>" * 300, Code.TOO_DEEP),
        (b"<a " + b" ".join(b'a%d=""' % n for n in range(600)) + b"/>", Code.TOO_MANY_PARTS),
        (b"<a " + b" ".join(b'xmlns:a%d="u"' % n for n in range(600)) + b"/>", Code.TOO_MANY_PARTS),
        (b"<a>" + b"<b/>" * 5_000 + b"</a>", Code.TOO_MANY_PARTS),
        (b"<a>" + b"<b/>" * 50_000 + b"</a>", Code.TOO_MANY_PARTS),
        (b"hello", Code.NOT_WELL_FORMED),
        (b"<a>\x01</a>", Code.NOT_WELL_FORMED),
        (b"<a>&nbsp;</a>", Code.NOT_WELL_FORMED),
        (b"<a/><b/>", Code.NOT_WELL_FORMED),
        (b"<?", Code.NOT_WELL_FORMED),
        (b"<!--", Code.NOT_WELL_FORMED),
    ],
)
def test_refusal_has_its_own_code(body: bytes, code: Code) -> None:
    """Each reason for refusing a document has a code of its own."""
    assert code == _refused(body)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<a>\n<b></a>", "in line 2 an end tag does not match its start tag"),
        (b"<a>\n\nx & y</a>", "in line 3 a bare & or < stands in the text"),
        (b"<a>\n<b/>", "in line 2 the document ends before all elements are closed"),
        (b"<a b='1' b='2'/>", "in line 1 an attribute is given twice"),
        (b"<x:a/>", "in line 1 a prefix is used that no namespace was declared for"),
    ],
)
def test_not_well_formed_names_line_and_fault(body: bytes, said: str) -> None:
    """A document that is not well-formed is refused with the line and the fault in plain words."""
    with pytest.raises(XmlRefused) as refusal:
        parse(body)
    assert said in refusal.value.finding.text


def test_size_limit_is_the_callers() -> None:
    """A door may set a smaller limit; a document of exactly that size is taken."""
    assert parse(b"<a/>", max_bytes=4).tag == "a"
    with pytest.raises(XmlRefused, match="5 bytes; at most 4"):
        parse(b"<ab/>", max_bytes=4)


@pytest.mark.parametrize("body", [b"\xef\xbb\xbf<a/>", b'<?xml version="1.0" encoding="utf-8"?><a/>', b"\n<a/>\n"])
def test_utf8_is_taken_with_or_without_mark_and_declaration(body: bytes) -> None:
    """UTF-8 is taken with a byte order mark, with a declaration, or with neither."""
    assert parse(body).tag == "a"


def test_text_has_one_reading() -> None:
    """A comment or CDATA section inside a value does not hide part of it from those who read the element's text."""
    assert parse(b"<a>AB<!-- x --><?pi y?>CD<![CDATA[<!DOCTYPE]]></a>").text == "ABCD<!DOCTYPE"


def test_error_of_one_document_is_not_told_to_the_next() -> None:
    """What was wrong with one partner's document does not appear in the refusal of another's."""
    _refused(b"<secret>\n</other>")
    with pytest.raises(XmlRefused) as refusal:
        parse(b"<a>&b;</a>")
    assert "secret" not in refusal.value.finding.text


def _entity_bomb() -> bytes:
    laughs = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    return b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + laughs + b"]><a>&j;</a>"


_HOSTILE: dict[str, Callable[[], bytes]] = {
    "entity bomb": _entity_bomb,
    "100 MB": lambda: b"<a>" + b"x" * 100_000_000 + b"</a>",
    "10,000 levels": lambda: b"<a>" * 10_000 + b"</a>" * 10_000,
    "1,000,000 attributes": lambda: b"<a " + b" ".join(b'a%d="1"' % n for n in range(1_000_000)) + b"/>",
    "attributes under the cap": lambda: b"<a " + b" ".join(b'a%d=""' % n for n in range(24_000)) + b"/>",
    "namespaces under the cap": lambda: b"<a " + b" ".join(b'xmlns:a%d="u"' % n for n in range(14_000)) + b"/>",
    "elements under the cap": lambda: b"<a>" + b"<b/>" * 64_000 + b"</a>",
    "bad encoding": lambda: b"<a>" + b"\xff" * 200_000 + b"</a>",
    "open comments": lambda: b"<!--" * 60_000,
}


@pytest.mark.parametrize("attack", sorted(_HOSTILE))
def test_hostile_document_is_refused_cheaply(attack: str) -> None:
    """A hostile document is refused within a tenth of a second of work and without building up memory."""
    body = _HOSTILE[attack]()
    started = process_time()
    _refused(body)
    assert process_time() - started < 0.1
    tracemalloc.start()
    _refused(body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000


@given(st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(_FRAGMENTS + _MORE_FRAGMENTS)).map(b"".join)))
def test_any_bytes_give_a_tree_or_a_refusal(body: bytes) -> None:
    """Whatever the bytes, parsing gives a tree or a refusal, never another error."""
    try:
        outcome = type(parse(body).tag).__name__
    except XmlRefused as refusal:
        outcome = refusal.finding.code[:2]
    assert outcome in {"str", "E1"}
