"""The time line of an order."""

from datetime import UTC, datetime
from typing import Any

from gateway.portal.orders.timeline import timeline
from gateway.record.rows import Event

NOON = datetime(2026, 3, 2, 19, tzinfo=UTC)


def event(type_: str, **data: Any) -> Event:
    """Give an event."""
    return Event(f"evt_{type_}", "ord_1", "clec", type_, NOON, "9.2.4.4.1", data)


def test_the_latest_stands_first_with_what_belongs_to_it() -> None:
    """A decision's values are facts of the event, instants are instants, and what nobody reads is left out."""
    decided = {"ver": "01", "due_date": "2026-03-12", "granted": True, "lines": ["1", "2"]}
    (confirmed, received) = timeline(
        [
            event("order.received", ver="01", digest="0" * 64, application_at="2026-03-02T19:00:00+00:00"),
            event("order.confirmed", decision=decided, **{"from": "ACCEPTED", "to": "CONFIRMED"}),
        ],
        [],
    )

    assert ("Confirmed", ("ACCEPTED", "CONFIRMED"), "9.2.4.4.1") == (
        confirmed.title,
        confirmed.moved,
        confirmed.section,
    )
    assert [("VER", "01"), ("Due date", "2026-03-12"), ("Granted", "yes"), ("Lines", "1, 2")] == list(confirmed.facts)
    assert [("VER", "01"), ("Application at", NOON)] == list(received.facts)


def test_what_a_clock_did_is_named_as_the_clocks() -> None:
    """An event that is no step of the order says whose it is."""
    (warned,) = timeline([event("clock.warning", clock="loop-foc-time-section-20")], [])

    assert "Clock warning" == warned.title
