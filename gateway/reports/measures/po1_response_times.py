"""PO-1: pre-order and order query response times, in seconds (Exhibit B PO-1)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from fractions import Fraction
from typing import Literal

from gateway.reports.measures.outcome import Excluded, Measured


class QueryType(IntEnum):
    """The exhibit's transaction numbers; 8 is left blank there."""

    APPOINTMENT_SCHEDULING = 1
    SERVICE_AVAILABILITY = 2
    FACILITY_AVAILABILITY = 3
    ADDRESS_VALIDATION = 4
    CUSTOMER_SERVICE_RECORD = 5
    TELEPHONE_NUMBER = 6
    LOOP_QUALIFICATION = 7
    CONNECTING_FACILITY = 9
    MEET_POINT = 10


QueryPart = Literal["total", "request_screen", "response", "accept_screen"]
"""What is timed: the whole, or where there are screens (a) the request screen, (b) the reply, (c) the accept screen."""


@dataclass(frozen=True, slots=True)
class Query:
    """One query and its answer."""

    record_id: str
    clec: str
    type: QueryType
    sent_at: datetime
    received_at: datetime | None
    """None if it timed out."""
    error: bool = False
    part: QueryPart = "total"


def judge_queries(
    queries: Iterable[Query], query_type: QueryType, part: QueryPart = "total"
) -> Iterator[Measured | Excluded]:
    """Give the seconds from query to response for one transaction type; errors and time-outs are left out."""
    for query in queries:
        if query.type is not query_type or query.part != part:
            continue
        reason = _exclusion(query)
        if reason or query.received_at is None:
            yield Excluded(query.record_id, query.clec, reason or "timed_out")
            continue
        run = (query.received_at - query.sent_at) // timedelta(microseconds=1)
        yield Measured(query.record_id, query.clec, Fraction(run, 1_000_000))


def _exclusion(query: Query) -> str | None:
    if query.error:
        return "rejected_or_error"
    if query.received_at is None:
        return "timed_out"
    if query.type is not QueryType.TELEPHONE_NUMBER and query.part == "accept_screen":
        return "no_such_part"
    return "invalid_start_stop" if query.received_at < query.sent_at else None
