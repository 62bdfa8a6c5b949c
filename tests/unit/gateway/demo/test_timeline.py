from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from gateway.demo.timeline import Chronicle, counted, day, span
from validators.agreement.load import load_agreements
from validators.agreement.terms import Agreement
from validators.bundled import bundled_path


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    """Give the agreement that the demo is played by."""
    return load_agreements(bundled_path("config") / "agreements")["template"]


def _clock(order: str, clock: str = "foc-72-hours-facility-check", **more: Any) -> dict[str, Any]:
    return {
        "id": f"clk_{order}_{clock}",
        "clock": clock,
        "order": order,
        "section": "9.2.4.3.1.2",
        "owed_by": "ILEC",
        "due_at": "2026-11-24T02:30:00Z",
        "breached_at": None,
        "stopped_at": None,
        "arithmetic": "72 hours after receipt",
        **more,
    }


def _accepted(order: str) -> dict[str, Any]:
    at = "2026-11-21T02:30:00Z"
    return {"id": f"evt_{order}", "type": "order.accepted", "at": at, "section": "9.2.4.4", "data": {"ver": "01"}}


def test_decision_is_told_with_its_way_its_notice_and_its_clause(agreement: Agreement) -> None:
    """A decision is told at local time, with the way it came, its notice, and the clause of both."""
    at = "2026-11-23T17:15:00Z"
    decision = {"decision": "confirm", "ver": "01", "due_date": "2026-12-01"}
    events: list[Mapping[str, Any]] = [
        {"id": "1", "type": "order.confirmed", "at": at, "section": "9.2.4.4.1", "data": {"decision": decision}},
        {"id": "2", "type": "notice.issued", "at": at, "section": "9.2.4.4.1", "data": {"notice": "n"}},
    ]
    notices = [{"id": "n", "kind": "foc", "content": {"due_date": "2026-12-01"}}]
    lines = Chronicle(agreement).news(events, [], notices, {"confirm": "redis"})

    assert [
        ("back end", "confirms VER 01 for Tue 2026-12-01, over the decision stream"),
        ("gateway", "sends the CLEC its FOC (firm order confirmation): due date Tue 2026-12-01"),
    ] == [(line.who, line.what) for line in lines]
    assert ["2026-11-23T10:15:00-07:00"] * 2 == [line.at.isoformat() for line in lines]
    assert {"9.2.4.4.1"} == {line.section for line in lines}


def test_nothing_is_told_twice(agreement: Agreement) -> None:
    """What was told once is no news later, and of a clock only its end is."""
    chronicle = Chronicle(agreement)
    events = [_accepted("a")]
    first = chronicle.news(events, [_clock("a")], [], {})
    again = chronicle.news(events, [_clock("a")], [], {})
    stopped = chronicle.news(events, [_clock("a", stopped_at="2026-11-23T17:15:00Z")], [], {})

    assert ["starts: FOC within 72 hours of receipt, due Mon 2026-11-23 19:30"] == [line.what for line in first]
    assert [] == again
    assert ["stops: FOC within 72 hours of receipt, 9 h 15 min left"] == [line.what for line in stopped]


def test_how_a_deadline_is_reckoned_is_told_once_for_its_kind(agreement: Agreement) -> None:
    """The arithmetic of a clock stands at the first of its kind, and not at those of later orders."""
    chronicle = Chronicle(agreement)
    details = [chronicle.news([_accepted(order)], [_clock(order)], [], {})[0].details for order in "ab"]
    assert [("owed by the ILEC: 72 hours after receipt",), ()] == details


def test_measuring_clock_is_told_of_one_order(agreement: Agreement) -> None:
    """A clock that only measures is shown with the first order, from start to end, and then no more."""
    chronicle = Chronicle(agreement)
    told = []
    for order in "ab":
        events = [_accepted(order)]
        clock = _clock(order, "loop-foc-time-section-20")
        ended = {**clock, "stopped_at": "2026-11-23T17:15:00Z"}
        told.append(len(chronicle.news(events, [clock], [], {}) + chronicle.news(events, [ended], [], {})))
    assert [2, 0] == told


def test_warning_and_breach_name_the_clock(agreement: Agreement) -> None:
    """A warning says how long is left, a breach who did not do what was owed."""
    data = {"clock": "foc-72-hours-facility-check", "due_at": "2026-11-24T02:30:00+00:00", "owed_by": "ILEC"}
    events = [
        {"id": "1", "type": "clock.warning", "at": "2026-11-23T22:30:00Z", "section": "9.2.4.3.1.2", "data": data},
        {"id": "2", "type": "clock.breached", "at": "2026-11-24T02:30:00Z", "section": "9.2.4.3.1.2", "data": data},
    ]
    assert [
        "warns the ILEC: FOC within 72 hours of receipt, 4 h left",
        "runs out: FOC within 72 hours of receipt; breach by the ILEC recorded",
    ] == [line.what for line in Chronicle(agreement).news(events, [], [], {})]


def test_finding_of_a_reject_is_told_whole(agreement: Agreement) -> None:
    """A reject by the back end shows rule, clause, path, value, what is wrong and the cure."""
    finding = {
        "code": "N1",
        "rule": "conditioning",
        "section": "9.2.4.3.1.1",
        "path": "/LSR/SCA",
        "text": "Coils",
        "cure": "SCA Y",
    }
    data = {"decision": {"decision": "reject", "ver": "01", "findings": [finding]}}
    event = {"id": "1", "type": "order.rejected", "at": "2026-11-24T02:30:00Z", "section": "9.2.4.3.1.1", "data": data}
    (line,) = Chronicle(agreement).news([event], [], [], {})
    assert (
        "N1  conditioning  [9.2.4.3.1.1]",
        "  at    /LSR/SCA = absent",
        "  what  Coils",
        "  cure  SCA Y",
    ) == line.details


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (timedelta(hours=9, minutes=15), "9 h 15 min"),
        (timedelta(days=3, hours=13, minutes=45), "3 d 13 h"),
        (timedelta(days=1), "1 d"),
        (timedelta(seconds=2), "less than 1 min"),
    ],
)
def test_span_has_its_two_largest_units(length: timedelta, expected: str) -> None:
    """A length of time is told to two units."""
    assert expected == span(length)


def test_days_and_counts_in_words() -> None:
    """A day carries its weekday, and one finding is not plural."""
    assert ("Tue 2026-12-01", "1 finding", "3 findings") == (
        day("2026-12-01"),
        counted(1, "finding"),
        counted(3, "finding"),
    )
