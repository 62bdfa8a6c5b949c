"""What is read from an order on record: its appointment, the head of its notices, the fields of a replaced version."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from gateway.notices.document import OrderHeader
from gateway.record.rows import Order
from validators.messages.field_times import read_window


def appointment_of(order: Order) -> time | None:
    """Give the time of day that was agreed for the order's due date, else the one that the CLEC asked for.

    Of a window it is the begin; None where there is no time, or it cannot be read.
    """
    window = read_window(order.facts.get("appointment") or "")
    return window and window[0]


def header_of(order: Order, ver: str) -> OrderHeader:
    """Give what every notice about version `ver` repeats of its order."""
    facts = order.facts
    return OrderHeader(
        order.id, order.number, order.pon, ver, facts.get("ccna"), facts.get("cc"), facts.get("responses"), order.family
    )


_INSTANTS = frozenset({"received_at", "application_at"})
_DATES = frozenset({"desired_due_date"})


def fields_as_json(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give fields of an order as its facts keep them of a version that was replaced."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}


def fields_from_json(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give back what `fields_as_json` made of them."""
    return {name: _read(name, value) for name, value in fields.items()}


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _INSTANTS:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name in _DATES else value
