"""The Access Service Request in the words of its fields."""

from datetime import date
from pathlib import Path

import pytest

from validators.messages.asr import AccessServiceRequest, read_asr
from validators.messages.compose import ComposeError, compose
from validators.schema import Schemas
from validators.xml import parse

_SAMPLES = Path(__file__).parents[3] / "samples" / "asr"


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    """The schemas that say where a field stands."""
    return Schemas()


def _message(schemas: Schemas, name: str) -> AccessServiceRequest:
    text = (_SAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    return read_asr(parse(compose(text, schemas=schemas)))


def test_a_trunk_order_is_read_in_its_fields(schemas: Schemas) -> None:
    """Head, service form and quantity of an order for trunks."""
    message = _message(schemas, "01-lis-new-two-way-24-ds0")

    assert ("LISBOI0001", "01", "MD", "N", "C") == (
        message.pon,
        message.ver,
        message.requisition_type,
        message.activity,
        message.group_activity,
    )
    assert date(2027, 2, 8) == message.desired_due_date
    assert 24 == message.quantity
    assert "TRUNKING" == (message.service and message.service.form)
    assert "SH-D" == message.nc
    assert not message.unbundled


def test_a_disconnect_has_no_service_form(schemas: Schemas) -> None:
    """What is not sent is absent, not empty."""
    message = _message(schemas, "05-udit-disconnect")

    assert message.service is None
    assert message.nc is None
    assert message.unbundled


def test_further_circuits_keep_their_reference_numbers(schemas: Schemas) -> None:
    """`ACI.0002` names a circuit by its reference number; the first one stands on the service form."""
    message = _message(schemas, "08-lis-over-240-trunks-icb")

    assert [f"{number:04d}" for number in range(2, 12)] == [circuit.fields["REF_NUM"] for circuit in message.circuits]
    assert "/AccessServiceRequest/ACI/DETAILS/DETAIL[1]/CFA" == message.circuits[0].path_of("CFA")


def test_a_reference_number_is_for_forms_that_have_them(schemas: Schemas) -> None:
    """A number of four digits names no service detail of a loop."""
    with pytest.raises(ComposeError, match="the details of LS have no reference numbers"):
        compose("LS.0002.CFA=X", schemas=schemas)
