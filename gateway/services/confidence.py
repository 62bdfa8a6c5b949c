"""What of the record is kept from people of the ILEC who have no need to know it."""

from collections.abc import Callable
from typing import Final

from gateway.record.rows import Family, Order
from gateway.services.registers import Registers
from validators.registers.confidence import FORECAST_READERS

FORECAST: Final = "forecast"
"""The product of an order that is a CLEC's collocation forecast."""

ReadsForecasts = Callable[[str], bool]
"""Tells by the id of a person or key whether it is named to read forecasts."""


def is_forecast(order: Order) -> bool:
    """Tell whether an order is a collocation forecast (8.4.1.4)."""
    return order.family is Family.COLLOCATION and order.product == FORECAST


def named_readers(registers: Registers) -> ReadsForecasts:
    """Give what tells who is named today (8.4.1.4.1, 5.16.9.1); an entry that is withdrawn names nobody any more."""

    def reads(reader_id: str) -> bool:
        return any(registers.common().in_force(FORECAST_READERS, registers.today, reader_id))

    return reads
