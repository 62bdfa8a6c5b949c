from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from lxml import etree

from gateway.lifecycle import decisions
from gateway.lifecycle.happenings import LossKind
from gateway.lifecycle.vocabulary import Cause, NoticeKind
from gateway.notices import content
from gateway.notices.document import NAMESPACE, OrderHeader, as_json, render
from gateway.notices.happenings import loss
from gateway.notices.notice import NoticeContent
from tests.unit.gateway.notices.strategies import CONTENTS, INSTANTS
from validators.bundled import bundled_path
from validators.messages.service_place import ServicePlace
from validators.verdict import Finding, Severity

_ID = "ntc_0193f2a1b4c5_9f86d081884c7d65"
_ORDER = OrderHeader("ord_0193f2a1b4c5_0123456789abcdef", "LSR900000001", "SLT26A000001", "01", "ZQF", "9Z7A")
_BOISE = ZoneInfo("America/Boise")
_ISSUED = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
_EXAMPLES = bundled_path("schemas") / "r1" / "examples" / "notice"


def _text(document: bytes, path: str) -> str | None:
    return etree.fromstring(document).findtext(path, namespaces={None: NAMESPACE})


def _head(document: etree._Element) -> list[str]:
    """Give what of a notice names its order, without the codes that a request may lack."""
    named = ("ORDER_ID", "LSR_NO", "ASR_NO", "COLLO_NO", "PON", "VER")
    return [str(child.tag).rpartition("}")[2] for child in document if str(child.tag).rpartition("}")[2] in named]


@given(built=CONTENTS, issued_at=INSTANTS)
def test_every_notice_fits_the_schema(
    notice_schema: etree.XMLSchema, built: NoticeContent, issued_at: datetime
) -> None:
    """Whatever a decision or a rule brings, control characters included, the document is valid."""
    document = etree.fromstring(render(_ID, _ORDER, built, issued_at, _BOISE))

    assert notice_schema.validate(document), notice_schema.error_log
    assert ["ORDER_ID", "LSR_NO", "PON", "VER"] == _head(document)


@given(built=CONTENTS, issued_at=INSTANTS)
def test_both_forms_say_the_same(built: NoticeContent, issued_at: datetime) -> None:
    """Kind, section and number of findings are the same in XML and JSON, and never empty."""
    document = etree.fromstring(render(_ID, _ORDER, built, issued_at, _BOISE))
    shown = as_json(_ID, _ORDER, built, issued_at, _BOISE)

    assert shown["section"] == document.findtext("SECTION", namespaces={None: NAMESPACE}) != ""
    assert shown["kind"].upper() == document.findtext("KIND", namespaces={None: NAMESPACE})
    assert len(shown.get("findings", [])) == len(document.findall(".//FINDING", namespaces={None: NAMESPACE}))


@pytest.mark.upholds("def-foc")
@pytest.mark.upholds("loop-foc-content")
def test_a_foc_reads_as_the_field_expects_it() -> None:
    """The FOC carries its due date as MM-DD-CCYY, and the head carries instants in the agreement's zone."""
    confirm = decisions.Confirm(None, date(2026, 12, 1), order_number="C123", circuit_ids=("07/LXFU/1",))

    document = render(_ID, _ORDER, content.firm_order_confirmation(confirm, "9.2.4.4.1"), _ISSUED, _BOISE)

    expected = (
        f'<Notice xmlns="{NAMESPACE}"><ID>{_ID}</ID><KIND>FOC</KIND><SECTION>9.2.4.4.1</SECTION>'
        "<ISSUED_AT>2026-11-23T19:30:00-07:00</ISSUED_AT><ORDER_ID>ord_0193f2a1b4c5_0123456789abcdef</ORDER_ID>"
        "<LSR_NO>LSR900000001</LSR_NO><CCNA>ZQF</CCNA><CC>9Z7A</CC><PON>SLT26A000001</PON><VER>01</VER>"
        "<FOC><DD>12-01-2026</DD><ORD>C123</ORD><ECCKT>07/LXFU/1</ECCKT></FOC></Notice>"
    )
    assert expected.encode() == document


def test_a_foc_as_json_has_readable_names() -> None:
    """The same content as JSON names its fields in words and writes dates as CCYY-MM-DD."""
    confirm = decisions.Confirm(None, date(2026, 12, 1), order_number="C123", coordinated=True)

    shown = as_json(_ID, _ORDER, content.firm_order_confirmation(confirm, "9.2.4.4.1"), _ISSUED, _BOISE)

    expected = {
        "id": _ID,
        "kind": "foc",
        "section": "9.2.4.4.1",
        "issued_at": "2026-11-23T19:30:00-07:00",
        "order_id": "ord_0193f2a1b4c5_0123456789abcdef",
        "number": "LSR900000001",
        "ccna": "ZQF",
        "cc": "9Z7A",
        "pon": "SLT26A000001",
        "ver": "01",
        "due_date": "2026-12-01",
        "order_number": "C123",
        "coordinated": True,
    }
    assert expected == shown


def test_a_request_without_codes_gets_a_notice_without_them(notice_schema: etree.XMLSchema) -> None:
    """CCNA and CC are left out where the request had none, and the notice is valid still."""
    order = OrderHeader("ord_0193f2a1b4c5_0123456789abcdef", "LSR900000001", "SLT26A000001", "01")
    built = content.cancelled(Cause.CLEC, "Cancelled by supplement", "9.1.12")

    document = etree.fromstring(render(_ID, order, built, _ISSUED, _BOISE))

    assert notice_schema.validate(document), notice_schema.error_log
    assert document.find("CCNA", namespaces={None: NAMESPACE}) is None


def test_characters_that_xml_cannot_carry_keep_their_place() -> None:
    """A control character in what the sender wrote shows as a replacement character, markup as itself."""
    finding = Finding("schema", "12.2.1.1.6", "E204", Severity.REJECT, "", "A\x00<B>&\ud800\r", "Bad", "Mend it")

    document = render(_ID, _ORDER, content.reject((finding,)), _ISSUED, _BOISE)

    assert "A\ufffd<B>&\ufffd\r" == _text(document, "REJECT/FINDING/VALUE")


def test_the_same_notice_has_the_same_bytes() -> None:
    """A notice that is written again is identical, so it can be compared and signed."""
    built = content.billing_completion(decisions.Bill(None, date(2026, 12, 3)), "12.2.1.1.5")

    assert render(_ID, _ORDER, built, _ISSUED, _BOISE) == render(_ID, _ORDER, built, _ISSUED, _BOISE)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"<SECTION>9.2.4.4.1</SECTION>", b"<SECTION></SECTION>"),
        (b"<SECTION>9.2.4.4.1</SECTION>", b""),
        (b"12-01-2026", b"13-01-2026"),
        (b"-07:00", b""),
        (b"<DD>12-01-2026</DD>", b""),
        (b"<VER>01</VER>", b"<VER>1</VER>"),
    ],
)
def test_the_schema_refuses_what_no_notice_may_be(notice_schema: etree.XMLSchema, good: bytes, bad: bytes) -> None:
    """A notice without section, due date, offset or proper version is not valid."""
    built = content.firm_order_confirmation(decisions.Confirm(None, date(2026, 12, 1)), "9.2.4.4.1")
    document = render(_ID, _ORDER, built, _ISSUED, _BOISE)

    assert good in document
    assert not notice_schema.validate(etree.fromstring(document.replace(good, bad)))


@pytest.mark.parametrize("example", sorted(_EXAMPLES.glob("*.xml")), ids=lambda path: path.stem)
def test_the_examples_are_valid(notice_schema: etree.XMLSchema, example: Path) -> None:
    """Every example document of the release is a valid notice."""
    document = etree.parse(example)

    assert notice_schema.validate(document), notice_schema.error_log
    # The schema leaves the head open for the one notice that names no order of the CLEC's own.
    order_id, number, *version = _head(document.getroot()) or ["ORDER_ID", "LSR_NO", "PON", "VER"]
    assert ("ORDER_ID", ["PON", "VER"]) == (order_id, version)
    assert number in {"LSR_NO", "ASR_NO", "COLLO_NO"}
    assert bool(_head(document.getroot())) == (example.stem != "loss-by-another-carrier")


def test_there_is_an_example_of_each_kind() -> None:
    """A reader finds each kind of notice among the examples."""
    kinds = {_text(path.read_bytes(), "KIND") for path in _EXAMPLES.glob("*.xml")}

    assert {kind.name for kind in NoticeKind} == kinds


@pytest.mark.parametrize(("response", "shown"), [(1, "01"), (12, "12"), (99, "99"), (100, "99")])
def test_each_response_has_its_number(notice_schema: etree.XMLSchema, response: int, shown: str) -> None:
    """EC VER has two digits in both forms, and stays at the last when they are used up."""
    order = replace(_ORDER, response=response)
    told = content.cancelled(Cause.CLEC, "As asked", "9.1.12")

    document = render(_ID, order, told, _ISSUED, _BOISE)

    assert notice_schema.validate(etree.fromstring(document)), notice_schema.error_log
    assert (shown, shown) == (_text(document, "EC_VER"), as_json(_ID, order, told, _ISSUED, _BOISE)["ec_ver"])


def test_a_notice_by_anothers_order_has_no_head(notice_schema: etree.XMLSchema) -> None:
    """Nothing of the order that brought a loss stands in its notice, and it is valid still."""
    service = ServicePlace("HENRY OAKES", None, "2085550160", ("208-555-0160",))
    built = loss(LossKind.PORT, service, date(2026, 3, 9), None)

    document = render(_ID, None, built, _ISSUED, _BOISE)
    shown = as_json(_ID, None, built, _ISSUED, _BOISE)

    assert notice_schema.validate(etree.fromstring(document)), notice_schema.error_log
    told = {"loss_type", "completion_date", "account", "service_name", "lost_lines"}
    assert {"id", "kind", "section", "issued_at"} | told == set(shown)


def test_lines_and_entries_stand_in_both_forms() -> None:
    """What stands several times is a list in JSON and repeated elements in XML."""
    lines = (decisions.ConfirmedLine("00001", "07/LXFU/1"), decisions.ConfirmedLine("00002", switch="BOISIDMADS0"))
    built = content.firm_order_confirmation(decisions.Confirm(None, date(2026, 12, 1), lines=lines), "9.2.4.4.1")

    document = render(_ID, _ORDER, built, _ISSUED, _BOISE)

    assert [{"line": "00001", "circuit_id": "07/LXFU/1"}, {"line": "00002", "switch": "BOISIDMADS0"}] == as_json(
        _ID, _ORDER, built, _ISSUED, _BOISE
    )["lines"]
    assert b"<LINE><LNUM>00002</LNUM><LST>BOISIDMADS0</LST></LINE>" in document
