"""Notices about ASRs in their own forms: CN and C/NR."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gateway.lifecycle import decisions
from gateway.lifecycle.access import AccessCircuit, AccessConfirmation, AccessError, Clarify
from gateway.lifecycle.vocabulary import Cause, NoticeKind
from gateway.notices import access, content
from gateway.notices.document import NAMESPACE, OrderHeader, render
from gateway.notices.notice import NoticeContent
from gateway.notices.plain_text import plain_text
from gateway.record.rows import Family
from tests.rig.court import TRANSPORT, TRUNKS, TRUNKS_264, Court
from tests.unit.gateway.notices.strategies import CONTENTS, INSTANTS
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.messages.access_echo import AccessEcho, CircuitEcho, access_echo
from validators.messages.asr import AccessServiceRequest
from validators.rules import rule_book
from validators.schema import Schemas

_ID = "ntc_0193f2a1b4c5_9f86d081884c7d65"
_ORDER = OrderHeader(
    "ord_0193f2a1b4c5_0123456789abcdef", "ASR900000001", "LISBOI0001", "01", "ZQX", "X9Z1", family=Family.ASR
)
_BOISE = ZoneInfo("America/Boise")
_ISSUED = datetime(2027, 1, 12, 17, 0, tzinfo=UTC)
_ECHO = AccessEcho("D MERRIWEATHER", "QX05", "OWN/1", 24, (CircuitEcho("0001", 24, "00001-00024"),))
_FIRST = access.AccessOrder(_ECHO, confirmed=False, number=1)
_LATER = access.AccessOrder(_ECHO, confirmed=True, number=2, answer_due=date(2027, 2, 10))
_ERROR = AccessError("CFA", "The channel is in use", reference="0001")
_JEOPARDY = decisions.Jeopardy(None, "1A", "Too few facilities between offices", date(2027, 2, 1), Cause.ILEC)


@pytest.fixture(scope="module")
def court() -> Court:
    """A court to read the samples in."""
    schemas = Schemas()
    return Court(Judge(schemas, load_agreements(bundled_path("config") / "agreements"), rule_book()), schemas)


def _in_danger_and_wrong() -> NoticeContent:
    return access.with_access(content.jeopardy(_JEOPARDY, "9.9"), replace(_JEOPARDY, errors=(_ERROR,)))


def _parts(shaped: NoticeContent) -> dict[str, object]:
    return {field.name: value for field, value in shaped.fields}


@given(built=CONTENTS, issued_at=INSTANTS, order=st.sampled_from([_FIRST, _LATER]))
def test_every_form_fits_the_schema(
    notice_schema: etree.XMLSchema, built: NoticeContent, issued_at: datetime, order: access.AccessOrder
) -> None:
    """Whatever is told of an ASR, its form is valid, and can be read as text."""
    document = render(_ID, _ORDER, access.in_access_form(built, order), issued_at, _BOISE)

    assert notice_schema.validate(etree.fromstring(document)), notice_schema.error_log
    assert "This notice" in plain_text(document)


def test_a_confirmation_repeats_the_request_and_tells_what_was_assigned(notice_schema: etree.XMLSchema) -> None:
    """RT F, dates, TSC, and circuit by circuit TRKQTY and TCIC with what was assigned to it."""
    told = AccessConfirmation(
        "AA100001", date(2027, 1, 25), point_code="244-010-005", circuits=(AccessCircuit("0001", "1/2/A/M-/B", 24),)
    )
    confirm = decisions.Confirm(None, date(2027, 2, 8), order_number="C1", access=told)
    echo = content.Echo("01-04-2027-0915AM", "01-12-2027-1000AM", date(2027, 1, 4), None)
    built = access.with_access(content.firm_order_confirmation(confirm, "12.2.1.2.4", echo), confirm)
    document = etree.fromstring(render(_ID, _ORDER, access.in_access_form(built, _FIRST), _ISSUED, _BOISE))

    assert notice_schema.validate(document), notice_schema.error_log
    form = document.find(f"{{{NAMESPACE}}}CN")
    assert form is not None
    flat = {etree.QName(child).localname: child.text for child in form.iter() if not len(child)}
    assert {
        "RT": "F",
        "INIT": "D MERRIWEATHER",
        "ICSC": "QX05",
        "D_TSENT": "01-04-2027-0915AM",
        "CD_TSENT": "01-12-2027-1000AM",
        "APP": "01-04-2027",
        "DLRD": "01-25-2027",
        "DD": "02-08-2027",
        "ECSPC": "244-010-005",
        "ORD": "C1",
        "TSC": "AA100001",
        "CKR": "OWN/1",
        "REF_NUM": "0001",
        "ECCKT": "1/2/A/M-/B",
        "TRKQTY": "24",
        "TCIC": "00001-00024",
    } == flat


def test_an_inquiry_is_answered_without_dates(notice_schema: etree.XMLSchema) -> None:
    """RT S has the interval, and neither DD nor APP."""
    confirm = decisions.Confirm(None, None, access=AccessConfirmation(provisioning_days=9))
    echo = content.Echo(None, "01-12-2027-1000AM", date(2027, 1, 4), None, inquiry=True)
    built = access.with_access(content.firm_order_confirmation(confirm, "12.2.1.2.4", echo), confirm)
    shaped = access.in_access_form(built, replace(_FIRST, echo=AccessEcho(None, None, None, None, ())))

    assert {"RT": "S", "CD_TSENT": "01-12-2027-1000AM", "PROVINT": "9"} == _parts(shaped)
    assert notice_schema.validate(etree.fromstring(render(_ID, _ORDER, shaped, _ISSUED, _BOISE)))


@pytest.mark.parametrize(
    ("cnt", "build", "order"),
    [
        ("A", lambda: content.completion(decisions.Complete(None, date(2027, 2, 8)), "9.9"), _LATER),
        ("B", lambda: content.jeopardy(_JEOPARDY, "9.9"), _LATER),
        ("C", lambda: access.cleared("9.9"), _LATER),
        ("D", lambda: access.clarification(Clarify(None, "The room is told as 2")), _LATER),
        ("D", lambda: content.negotiation(decisions.Negotiate(None, "Which facility", "7.4.1"), "7.4.1"), _LATER),
        ("E", lambda: access.clarification(Clarify(None, "See the errors", (_ERROR,))), _FIRST),
        (
            "F",
            _in_danger_and_wrong,
            _LATER,
        ),
        ("G", lambda: content.jeopardy(_JEOPARDY, "9.9"), _FIRST),
        (
            "H",
            _in_danger_and_wrong,
            _FIRST,
        ),
        ("K", lambda: content.cancelled(Cause.ILEC, "No supplement came", "9.9"), _LATER),
        ("L", lambda: access.clarification(Clarify(None, "As it is", address=(("SASN", "ELM"),))), _LATER),
    ],
)
def test_each_happening_has_its_code(
    cnt: str, build: Callable[[], NoticeContent], order: access.AccessOrder, notice_schema: etree.XMLSchema
) -> None:
    """CNT A to L, the version of the C/NR beside it; a jeopardy before the first confirmation is another."""
    shaped = access.in_access_form(build(), order)

    assert (cnt, f"{order.number:02}") == (_parts(shaped)["CNT"], _parts(shaped)["C_NR_VER"])
    assert notice_schema.validate(etree.fromstring(render(_ID, _ORDER, shaped, _ISSUED, _BOISE)))


def test_a_supplement_that_is_asked_for_has_its_day() -> None:
    """SUPR comes with CRDD; a jeopardy of the ILEC's own making asks for nothing."""
    asked = access.in_access_form(access.clarification(Clarify(None, "See the errors", (_ERROR,))), _LATER)
    told = access.in_access_form(content.jeopardy(_JEOPARDY, "9.9"), _LATER)

    assert (True, date(2027, 2, 10)) == (_parts(asked)["SUPR"], _parts(asked)["CRDD"])
    assert not {"SUPR", "CRDD"} & set(_parts(told))


def test_a_long_reason_stands_whole_in_the_remarks() -> None:
    """RDET has room for 60 characters."""
    words = "facilities " * 8
    shaped = access.in_access_form(content.jeopardy(replace(_JEOPARDY, text=words), "9.9"), _LATER)

    assert (words[:60], words) == (_parts(shaped)["RDET"], _parts(shaped)["REMARKS"])


def test_billing_and_clocks_stay_as_they_are() -> None:
    """The industry's forms have none for them."""
    ran_out = content.ClockThatRanOut("asr-electronic-foc", "FOC", "9.9", _ISSUED, "ILEC", "CLEC", "It was due.")
    for built in (
        content.clock_ran_out(ran_out),
        content.billing_completion(decisions.Bill(None, date(2027, 2, 9)), "9.9"),
    ):
        assert built == access.in_access_form(built, _LATER)
        assert built.kind in {NoticeKind.STATUS, NoticeKind.BCN}


@pytest.mark.parametrize(("sample", "rows", "trunks"), [(TRUNKS, 1, 24), (TRUNKS_264, 11, 264), (TRANSPORT, 1, None)])
def test_the_trunks_of_all_circuits_add_up_to_the_quantity(
    court: Court, sample: str, rows: int, trunks: int | None
) -> None:
    """TRKQTY follows from the circuit codes of the request; transport has none."""
    message = court.request(sample)
    assert isinstance(message, AccessServiceRequest)
    echo = access_echo(message)

    assert (rows, trunks) == (len(echo.circuits), echo.trunks)
    assert (trunks or 0) == sum(circuit.trunks or 0 for circuit in echo.circuits)
    assert echo == AccessEcho.from_json(asdict(echo))
