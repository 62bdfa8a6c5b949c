"""Collocation forecasts are for those of the ILEC who are named, and for the CLEC whose they are (8.4.1.4.1)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gateway.doors.routes import Principal
from gateway.record.rows import Family, Order, Role
from gateway.services.confidence import named_readers
from tests.rig.office import OTHER_PARTNER, PARTNER, Office
from validators.registers.confidence import FORECAST_READERS

AT = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
FORECAST = Order(
    *("ord_1", PARTNER, "template", Family.COLLOCATION, "F1", "00", "COL1", "forecast", "N", "ON_FILE", 1, AT),
    *(None, None, None, None, "sub_1", AT),
)


@pytest.mark.upholds("collocation-forecast-confidential")
async def test_who_is_named_reads_until_the_entry_is_withdrawn(office: Office) -> None:
    """By the id of person or key; nobody else of the ILEC does, whatever the role, and another CLEC never."""
    reads = named_readers(office.registers)
    entry = await office.enter("forecast-readers", "2026-03-01", key="prs_1", partner=None, name="Kim", need="space")

    def may(role: Role, partner: str | None, reader: str) -> bool:
        return Principal("x", role, partner, reads_forecasts=reads(reader)).may_read(FORECAST)

    assert {role: False for role in Role if not role.of_partner} == {
        role: may(role, None, "prs_2") for role in Role if not role.of_partner
    }
    assert [True, True, False] == [
        may(Role.OPERATIONS, None, "prs_1"),
        may(Role.CLEC, PARTNER, "prs_2"),
        may(Role.CLEC, OTHER_PARTNER, "prs_1"),
    ]
    await office.registers.withdraw(FORECAST_READERS, entry, "an operator", "has moved on")
    assert not may(Role.OPERATIONS, None, "prs_1")


def test_other_orders_are_read_as_ever() -> None:
    """Only what is forecast is kept from the ILEC's people."""
    somebody = Principal("x", Role.REPRESENTATIVE, None)

    assert somebody.may_read(replace(FORECAST, product="caged"))
    assert "forecast" == somebody.hidden_product
    assert None is Principal("x", Role.CLEC, PARTNER).hidden_product
