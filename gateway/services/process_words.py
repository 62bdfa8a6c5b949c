"""The words of notices: dates, amounts and values of decisions, put into the texts of the agreement file."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from gateway.notices.content import NO_NOTICE_ADDRESS
from validators.agreement.words import on, when

if TYPE_CHECKING:
    from gateway.services.process_entry import ProcessEntry

_ENDS: Final = {
    "cure_by": "deficiency-cure-10d",
    "quotation_until": "quote-honoured-30d",
    "timely_until": "accept-timely-7d",
}
"""Names that texts use for the ends of clocks."""


class _Blank(dict[str, str]):
    """Words of a text; what is not known is left out of it."""

    def __missing__(self, key: str) -> str:
        return ""


def filled(text: str, words: Mapping[str, str]) -> str:
    """Give a text of the agreement file with its words in place; what is not known is left out."""
    return " ".join(text.format_map(_Blank(words)).split())


def spoken_of(entry: "ProcessEntry") -> dict[str, str]:
    """Give the dates and amounts on record of a request as notices say them."""
    order = entry.order
    spoken = {"paid": str(entry.paid), "received_at": when(entry.local(order.received_at))}
    spoken["notice_address"] = entry.facts.get("notice_address") or NO_NOTICE_ADDRESS
    if order.application_at is not None:
        spoken["application_date"] = entry.local_day(order.application_at)
    if order.due_date is not None:
        spoken["due_date"] = on(order.due_date)
    for clock, end in entry.facts.get("deadlines", {}).items():
        spoken[f"until {clock}"] = entry.local_day(datetime.fromisoformat(end))
    for name, clock in _ENDS.items():
        due = entry.deadline(clock)
        if due is not None:
            spoken[name] = entry.local_day(due)
    for name in ("required_payment", "nonrecurring", "recurring", "owed_anyway"):
        if entry.facts.get(name) is not None:
            spoken[name] = str(entry.facts[name])
    if entry.facts.get("nonrecurring") is not None:
        owed = Decimal(entry.facts["nonrecurring"]) - Decimal(entry.facts.get("credit", "0.00")) - entry.paid
        spoken["balance"] = str(max(owed, Decimal("0.00")))
    return spoken


def shown(values: Mapping[str, Any]) -> dict[str, str]:
    """Give the values of a decision as notices say them; lists stand in the lines of a notice."""
    return {
        name: on(value) if hasattr(value, "weekday") and not hasattr(value, "hour") else str(value)
        for name, value in values.items()
        if value is not None and not isinstance(value, list | dict)
    }
