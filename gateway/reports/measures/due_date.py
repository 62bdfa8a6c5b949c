"""The Applicable Due Date and the customer's own delays (Exhibit B OP-3, OP-4 note 2, OP-15 note 1)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gateway.reports.measures.records import DueDateChange, Mover


@dataclass(frozen=True, slots=True)
class DelayPair:
    """An ILEC date and the customer date that followed it: the customer's delay after the Applicable Due Date froze."""

    ilec_date: date
    customer_date: date


@dataclass(frozen=True, slots=True)
class DueDateHistory:
    """Where an order's due date stood when it froze, and what the customer did afterwards."""

    original: date
    applicable: date
    pairs: tuple[DelayPair, ...]


def due_date_history(
    original: date, changes: Sequence[DueDateChange], pairing: Literal["last_date", "first_date"]
) -> DueDateHistory:
    """Follow the changes of a due date in the order of time.

    The Applicable Due Date follows the customer until the ILEC first changes the date, and never moves again. After
    that each ILEC date and the customer dates up to the next ILEC date make one pair (`pairing`: R-PAIR).
    """
    applicable = original
    frozen = False
    for change in changes:
        frozen = frozen or change.by is Mover.ILEC
        if not frozen:
            applicable = change.new_date
    return DueDateHistory(original, applicable, tuple(_pairs(changes, pairing)))


def customer_days(
    spans: Sequence[tuple[date, date]],
    days: Callable[[date, date], int],
    earlier: Literal["floor", "signed"],
) -> int:
    """Add up the days of spans of dates; one that runs backward counts nothing, or negative (R-NEGDELAY)."""
    counts = (days(start, stop) if start <= stop else -days(stop, start) for start, stop in spans)
    return sum(max(0, count) if earlier == "floor" else count for count in counts)


def _pairs(changes: Sequence[DueDateChange], pairing: Literal["last_date", "first_date"]) -> Iterator[DelayPair]:
    ilec_date: date | None = None
    customer_date: date | None = None
    for change in changes:
        if change.by is Mover.ILEC:
            if ilec_date and customer_date:
                yield DelayPair(ilec_date, customer_date)
            ilec_date, customer_date = change.new_date, None
        elif ilec_date and (customer_date is None or pairing == "last_date"):
            customer_date = change.new_date
    if ilec_date and customer_date:
        yield DelayPair(ilec_date, customer_date)
