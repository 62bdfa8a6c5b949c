"""The Local Service Request in the words of its fields."""

from datetime import date

import pytest

from tests.rig.court import CANCEL, LOOP, LOOPS_24, PORT, SIMPLE_PORT, sample
from validators.messages.compose import compose
from validators.messages.counts import read_count
from validators.messages.lsr import LocalServiceRequest, read_lsr
from validators.schema import Schemas
from validators.xml import parse


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    """The schemas that say where a field stands."""
    return Schemas()


def _message(schemas: Schemas, name: str, sets: dict[str, str] | None = None) -> LocalServiceRequest:
    return read_lsr(parse(compose(sample(name), sets, schemas=schemas)))


def test_a_loop_order_reads_in_its_own_words(schemas: Schemas) -> None:
    """The administrative fields stand typed on the message."""
    message = _message(schemas, LOOP)

    assert ("SLT26A000001", "01", "ZQF", "9Z7A") == (message.pon, message.ver, message.ccna, message.cc)
    assert ("AB", "N", None) == (message.requisition_type, message.activity, message.supplement_type)
    assert (date(2026, 3, 9), "LX--", "02QC2.OOF", 1) == (
        message.desired_due_date,
        message.nc,
        message.nci,
        message.quantity,
    )
    assert "BOISE" == message.field("EU", "CITY")
    assert (None, None) == (message.field("EU", "COUNTY"), message.field("DL", "CITY"))
    assert ["0101/TIE/001/BOISIDMAF01/BOISIDMAH7Z"] == [line.get("CFA") for line in message.lines]


@pytest.mark.parametrize(("name", "quantity"), [(LOOPS_24, 24), (PORT, 3), (SIMPLE_PORT, 1), (CANCEL, 1)])
def test_the_quantity_is_what_the_service_form_says(schemas: Schemas, name: str, quantity: int) -> None:
    """LQTY and NPQTY count lines; a request without service form is for one."""
    assert quantity == _message(schemas, name).quantity


def test_a_simple_port_has_its_fields_on_its_own_form(schemas: Schemas) -> None:
    """SPSR stands in for the LSR form."""
    message = _message(schemas, SIMPLE_PORT)

    assert ("SPSR", "SLT26C000005", ()) == (message.head.form, message.pon, message.lines)


def test_a_cancellation_is_known_as_such(schemas: Schemas) -> None:
    """SUP 1 cancels; SUP absent does not."""
    assert (True, False) == (_message(schemas, CANCEL).cancels, _message(schemas, LOOP).cancels)


def test_a_document_without_forms_is_a_message_without_fields() -> None:
    """A draft may lack everything; reading it raises nothing."""
    message = read_lsr(parse(b'<LocalServiceRequest xmlns="urn:oss-gateway:r1:lsr"/>'))

    assert (None, None, 1, []) == (message.pon, message.desired_due_date, message.quantity, list(message.items()))


@pytest.mark.parametrize(
    ("text", "expected"), [("00024", 24), ("0", 0), (None, None), ("2A", None), ("9" * 5000, None), ("-1", None)]
)
def test_a_quantity_is_a_short_number(text: str | None, expected: int | None) -> None:
    """Whatever a draft holds in a quantity field, reading it is harmless."""
    assert expected == read_count(text)
