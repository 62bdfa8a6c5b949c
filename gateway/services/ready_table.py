"""Which row of the ready-for-service table applies to a request, which still may, and why the others do not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from gateway.record.rows import OpenClock
from gateway.services.process_entry import ProcessEntry
from validators.agreement.clock_terms import ClockTerm
from validators.agreement.clocks import deadline
from validators.agreement.process_terms import ProcessTerm
from validators.agreement.terms import Agreement

_APPLICATION: Final = "application"
_COMPLETE: Final = "complete"
"""The event at which the gateway works out what it knows of forecasts and of the volume of a week."""


class RowStanding(StrEnum):
    """What is known of a row."""

    APPLIES = "applies"
    POSSIBLE = "possible"
    RULED_OUT = "ruled out"


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact that a row asks for, or that takes it away (`wanted` is False); `met` is None while it is not decided."""

    fact: str
    wanted: bool
    met: bool | None


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """One row of the table.

    Attributes:
        conditions: what decides whether it applies.
        ready_on: its ready date; None while what it counts from has not happened.
        arithmetic: how that follows, in words; empty without it.
    """

    term: ClockTerm
    standing: RowStanding
    conditions: Sequence[Condition]
    ready_on: date | None
    arithmetic: str


def ready_table(entry: ProcessEntry, agreement: Agreement, clocks: Iterable[OpenClock]) -> tuple[ReadyRow, ...]:
    """Give the rows for the kind of a request: the one that applies, those that may, the others (8.4.2.4, 8.4.3.4).

    Args:
        entry: the request as it stands.
        agreement: whose table it is.
        clocks: all of the request's clocks, ended ones too.
    """
    ran = {clock.clock: clock for clock in clocks}
    order = list(RowStanding)
    rows = [
        _row(term, entry, agreement, ran.get(term.id))
        for term in agreement.clocks.values()
        if term.sets_due_date and entry.order.product in agreement.products_named(term.products)
    ]
    return tuple(sorted(rows, key=lambda row: order.index(row.standing)))


def _row(term: ClockTerm, entry: ProcessEntry, agreement: Agreement, clock: OpenClock | None) -> ReadyRow:
    wanted = [_condition(str(fact), entry, wanted=True) for fact in term.when]
    barring = [_condition(str(fact), entry, wanted=False) for fact in term.unless]
    conditions = (*wanted, *barring)
    standing = RowStanding.POSSIBLE
    if any(one.met is False for one in conditions):
        standing = RowStanding.RULED_OUT
    elif clock is not None:
        standing = RowStanding.APPLIES
    if standing is RowStanding.RULED_OUT:
        return ReadyRow(term, standing, conditions, None, "")
    reckoned = _reckoned(term, entry, agreement, clock)
    return ReadyRow(term, standing, conditions, *(reckoned or (None, "")))


def _condition(fact: str, entry: ProcessEntry, *, wanted: bool) -> Condition:
    if fact in entry.held:
        return Condition(fact, wanted, wanted)
    if not wanted:
        return Condition(fact, wanted, None)  # what takes a row away may still happen
    decided = _decided(fact, entry.process, entry.held, entry.facts.get("instants", {}))
    return Condition(fact, wanted, False if decided else None)


def _decided(fact: str, process: ProcessTerm, held: frozenset[str], instants: Mapping[str, str]) -> bool:
    """Say whether the event that brings a fact has gone by without it."""
    for step in process.steps:
        for choice in step.by_clock.values():
            if fact in (choice.in_time, choice.late) and not held.isdisjoint((choice.in_time, choice.late)):
                return True
    if fact not in process.facts:
        return _COMPLETE in instants
    return any(step.on in instants for step in process.steps for ask in step.asks.values() if fact in ask.facts)


def _reckoned(
    term: ClockTerm, entry: ProcessEntry, agreement: Agreement, clock: OpenClock | None
) -> tuple[date, str] | None:
    """Give the ready date of a row and how it follows; None while what it counts from is not known."""
    instants = {name: datetime.fromisoformat(at) for name, at in entry.facts.get("instants", {}).items()}
    if entry.order.application_at is not None:
        instants[_APPLICATION] = entry.order.application_at
    start = clock.starts_at if clock is not None else instants.get(term.start)
    if start is None:
        return None
    end = deadline(
        term,
        start,
        agreement,
        agreement.product(entry.order.product),
        wire_center=entry.facts.get("wire_center"),
        others=instants,
    )
    return entry.zone_date(end.due_at), end.arithmetic
