from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gateway.notices.acknowledgement import NAMESPACE, AcknowledgedClock, Acknowledgement
from tests.unit.gateway.notices.strategies import FINDINGS, INSTANTS, SECTIONS
from validators.bundled import bundled_path
from validators.verdict import Finding, Outcome, Severity

_ORDER_ID = "ord_0193f2a1b4c5_0123456789abcdef"
_MOUNTAIN = timezone(timedelta(hours=-7))
_RECEIVED = datetime(2026, 11, 21, 2, 30, tzinfo=UTC).astimezone(_MOUNTAIN)
_EXAMPLES = bundled_path("schemas") / "r1" / "examples" / "acknowledgement"
_CLOCKS = st.builds(
    AcknowledgedClock,
    id=st.from_regex(r"[a-z0-9\-]{1,60}", fullmatch=True),
    section=SECTIONS,
    due_at=INSTANTS,
    owed_by=st.sampled_from(["ILEC", "CLEC", "both Parties"]),
)
_ACKNOWLEDGEMENTS = st.builds(
    Acknowledgement,
    order_id=st.just(_ORDER_ID),
    number=st.from_regex(r"[A-Z0-9]{1,18}", fullmatch=True),
    order_url=st.just(f"/v1/orders/{_ORDER_ID}") | st.just(f"https://gateway.example/v1/orders/{_ORDER_ID}?a=1&b=2"),
    pon=st.from_regex(r"[A-Z0-9]{1,16}", fullmatch=True),
    ver=st.from_regex(r"[A-Z0-9]{2}", fullmatch=True),
    outcome=st.sampled_from(Outcome),
    received_at=INSTANTS.map(lambda at: at.astimezone(_MOUNTAIN)),
    application_date=st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    application_section=SECTIONS,
    findings=st.lists(FINDINGS, max_size=3).map(tuple),
    clocks=st.lists(_CLOCKS, max_size=4).map(tuple),
)


def _accepted() -> Acknowledgement:
    due_at = datetime(2026, 11, 23, 19, 30, tzinfo=_MOUNTAIN)
    return Acknowledgement(
        order_id=_ORDER_ID,
        number="LSR900000001",
        order_url=f"/v1/orders/{_ORDER_ID}",
        pon="SLT26A000001",
        ver="01",
        outcome="accepted",
        received_at=_RECEIVED,
        application_date=date(2026, 11, 23),
        application_section="9.2.4.4",
        clocks=(AcknowledgedClock("foc-72-hours-facility-check", "9.2.4.3.1.2", due_at, "ILEC"),),
    )


@given(_ACKNOWLEDGEMENTS)
def test_every_acknowledgement_fits_the_schema(
    acknowledgement_schema: etree.XMLSchema, acknowledgement: Acknowledgement
) -> None:
    """Whatever was found in the message, the document is valid."""
    document = etree.fromstring(acknowledgement.as_xml())

    assert acknowledgement_schema.validate(document), acknowledgement_schema.error_log


@given(_ACKNOWLEDGEMENTS)
def test_what_was_answered_once_is_answered_again(acknowledgement: Acknowledgement) -> None:
    """The acknowledgement that is kept with a submission gives the very same bytes when the message comes again."""
    assert acknowledgement.as_xml() == Acknowledgement.from_json(acknowledgement.as_json()).as_xml()


def test_an_accepted_order_is_told_its_application_date_and_clocks() -> None:
    """The acknowledgement names the day intervals count from and each clock, with their sections."""
    expected = (
        f'<Acknowledgement xmlns="{NAMESPACE}"><ORDER_ID>{_ORDER_ID}</ORDER_ID><LSR_NO>LSR900000001</LSR_NO>'
        f"<ORDER_URL>/v1/orders/{_ORDER_ID}</ORDER_URL><PON>SLT26A000001</PON><VER>01</VER>"
        "<OUTCOME>accepted</OUTCOME><RECEIVED_AT>2026-11-20T19:30:00-07:00</RECEIVED_AT>"
        '<APPLICATION_DATE SECTION="9.2.4.4">2026-11-23</APPLICATION_DATE>'
        "<CLOCK><ID>foc-72-hours-facility-check</ID><SECTION>9.2.4.3.1.2</SECTION>"
        "<DUE_AT>2026-11-23T19:30:00-07:00</DUE_AT><OWED_BY>ILEC</OWED_BY></CLOCK></Acknowledgement>"
    )
    assert expected.encode() == _accepted().as_xml()


def test_as_json_it_says_the_same() -> None:
    """The JSON form carries the same values by readable names."""
    expected = {
        "order_id": _ORDER_ID,
        "family": "lsr",
        "number": "LSR900000001",
        "order_url": f"/v1/orders/{_ORDER_ID}",
        "pon": "SLT26A000001",
        "ver": "01",
        "outcome": "accepted",
        "received_at": "2026-11-20T19:30:00-07:00",
        "application_date": "2026-11-23",
        "application_section": "9.2.4.4",
        "findings": [],
        "clocks": [
            {
                "id": "foc-72-hours-facility-check",
                "section": "9.2.4.3.1.2",
                "due_at": "2026-11-23T19:30:00-07:00",
                "owed_by": "ILEC",
            }
        ],
    }
    assert expected == _accepted().as_json()


def test_a_rejected_version_has_findings_and_no_application_date() -> None:
    """Markup in what was sent is carried as text; intervals of a rejected version count from nowhere."""
    finding = Finding("schema", "12.2.1.1.6", "E204", Severity.REJECT, "/a", '<"&', "Bad", "Mend it", also=("/b", "/c"))
    answer = Acknowledgement(_ORDER_ID, "LSR1", "/v1", "P1", "01", "rejected", _RECEIVED, findings=(finding,))

    document = etree.fromstring(answer.as_xml())

    assert document.find("APPLICATION_DATE", namespaces={None: NAMESPACE}) is None
    assert '<"&' == document.findtext("FINDING/VALUE", namespaces={None: NAMESPACE})
    assert ["/b", "/c"] == [also.text for also in document.iterfind("FINDING/ALSO", namespaces={None: NAMESPACE})]


@pytest.mark.parametrize("example", sorted(_EXAMPLES.glob("*.xml")), ids=lambda path: path.stem)
def test_the_examples_are_valid(acknowledgement_schema: etree.XMLSchema, example: Path) -> None:
    """Every example document of the release is a valid acknowledgement."""
    assert acknowledgement_schema.validate(etree.parse(example)), acknowledgement_schema.error_log


def test_there_is_an_example_of_each_outcome() -> None:
    """A reader finds an accepted, a deferred and a rejected order among the examples."""
    outcomes = {etree.parse(path).findtext("OUTCOME", namespaces={None: NAMESPACE}) for path in _EXAMPLES.glob("*.xml")}

    assert {outcome.value for outcome in Outcome} == outcomes
