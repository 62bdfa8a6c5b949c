"""Eighty random requests on every run of the tests; `python -m tests.lives.requests` plays five thousand."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gateway.record.engine import database_url
from gateway.record.places import OFFERED, WAITING
from tests.lives.requests.invariants import REQUEST_INVARIANTS, RequestEvidence, broken_requests
from tests.lives.requests.year import play_requests
from tests.lives.year import YEAR_BEGINS
from tests.rig.office import copy_database, empty_database, open_office
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.rules import rule_book
from validators.schema import Schemas

_LIVES, _SEED = 80, 5
Row = dict[str, Any]


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> RequestEvidence:
    """Give what is on record after a year of requests; played once."""
    folder = tmp_path_factory.mktemp("requests")

    async def played() -> RequestEvidence:
        schemas = Schemas()
        judge = Judge(schemas, load_agreements(bundled_path("config") / "agreements"), rule_book())
        url = copy_database(await empty_database(folder / "empty.sqlite"), folder)
        async with open_office(url, judge, schemas, start=YEAR_BEGINS) as office:
            return await play_requests(office, str(database_url(url)), _LIVES, _SEED, lambda _: None)

    return asyncio.run(played())


def test_a_year_of_requests_breaks_no_promise(evidence: RequestEvidence) -> None:
    """Legal steps, one outcome, ranks and queues in order, no clock in what is over, sections, counted notices."""
    assert [] == broken_requests(evidence)


def test_requests_reach_most_life_cycles_and_the_denial_queue(evidence: RequestEvidence) -> None:
    """The lives are not so tame that the promises hold by themselves."""
    states = {event["data"]["to"] for events in evidence.record.events.values() for event in events if _moves(event)}
    kinds = {notice["kind"] for notice in evidence.record.notices}

    assert {"COMPLETE", "QUOTED", "IN_CONSTRUCTION", "DENIED_SPACE", "CANCELLED", "EXPIRED", "IN_SERVICE"} <= states
    assert {"deficiency", "feasibility", "denial", "quotation", "acceptance", "queue", "cancelled", "expired"} <= kinds
    assert any(life.refusals for life in evidence.lives)


def _moves(event: Mapping[str, Any]) -> bool:
    return "to" in event["data"]


def _with(evidence: RequestEvidence, **changed: Any) -> RequestEvidence:
    return replace(evidence, record=replace(evidence.record, **changed))


def _orders(evidence: RequestEvidence, change: Callable[[Row], Row]) -> RequestEvidence:
    return _with(evidence, orders={one: change(dict(order)) for one, order in evidence.record.orders.items()})


def _clocks(evidence: RequestEvidence, change: Callable[[Row], Row]) -> RequestEvidence:
    return _with(evidence, clocks=[change(dict(clock)) for clock in evidence.record.clocks])


def _events(evidence: RequestEvidence, change: Callable[[Row], list[Row]]) -> RequestEvidence:
    changed = {
        order: [one for event in events for one in change(dict(event))]
        for order, events in evidence.record.events.items()
    }
    return _with(evidence, events=changed)


def _all_wait(evidence: RequestEvidence) -> RequestEvidence:
    return replace(evidence, places=[replace(p, queue="denied", status=WAITING) for p in evidence.places])


def _ranked_anew(evidence: RequestEvidence) -> RequestEvidence:
    return replace(evidence, places=[replace(p, rank_at=p.rank_at + timedelta(days=1)) for p in evidence.places])


def _told_first(evidence: RequestEvidence) -> RequestEvidence:
    """Have the last who was told of space stand behind somebody who was not."""
    freed = [e for events in evidence.record.events.values() for e in events if e["type"] == "order.space-freed"]
    behind = freed[-1]["order_id"]
    late = [
        replace(p, rank_at=p.rank_at + timedelta(days=9000), status=OFFERED) if p.id == behind else p
        for p in evidence.places
    ]

    def waits(event: Row) -> list[Row]:
        premises = evidence.record.orders[event["order_id"]]["facts"]["premises"]
        same = premises == evidence.record.orders[behind]["facts"]["premises"] and event["order_id"] != behind
        return [event | {"data": event["data"] | {"to": "DENIED_SPACE"}}] if same and _moves(event) else [event]

    moved = _events(replace(evidence, places=late), waits)
    plain = {**freed[-1]["data"], "decision": {"decision": "space-freed", "space": "another"}}
    return _events(moved, lambda e: [e | {"data": plain}] if e["id"] == freed[-1]["id"] else [e])


def _live_on(evidence: RequestEvidence) -> RequestEvidence:
    """Have nothing fall with its job: the requests that did stand as they stood before."""
    fallen = {
        order
        for order, events in evidence.record.events.items()
        if any(event["type"] == "order.parent-cancelled" for event in events)
    }
    alive = _orders(evidence, lambda row: row | {"state": "COMPLETE"} if row["id"] in fallen else row)
    return _events(alive, lambda event: [] if event["type"] == "order.parent-cancelled" else [event])


_DAMAGE: dict[str, Callable[[RequestEvidence], RequestEvidence]] = {
    "every_step_is_in_the_file": lambda e: _orders(e, lambda row: row | {"state": "NOWHERE"}),
    "a_request_has_one_outcome": lambda e: _events(e, lambda event: [event, event]),
    "nothing_runs_in_a_request_that_is_over": lambda e: _clocks(e, lambda row: row | {"state": "open"}),
    "nobody_who_is_over_stands_in_a_queue": _all_wait,
    "the_rank_is_the_first_receipt_or_the_late_cure": _ranked_anew,
    "freed_space_goes_round_in_the_order_of_the_queue": _told_first,
    "no_right_is_used_after_its_time": lambda e: _events(
        e, lambda event: [event | {"at": event["at"] + timedelta(days=400)}]
    ),
    "what_was_sent_is_kept": lambda e: _with(e, submissions=e.record.submissions[1:]),
    "what_falls_with_a_job_has_fallen": _live_on,
    "a_clock_stops_once": lambda e: _clocks(e, lambda row: row | {"stopped_by": None}),
    "every_clock_has_fired": lambda e: _clocks(
        e, lambda row: row | {"breached_at": row["due_at"] - timedelta(hours=1)} if row["breached_at"] else row
    ),
    "every_notice_has_its_section": lambda e: _with(e, notices=[dict(n) | {"section": " "} for n in e.record.notices]),
    "every_notice_is_told_once": lambda e: _with(e, notices=e.record.notices[1:]),
}


@pytest.mark.parametrize("invariant", REQUEST_INVARIANTS, ids=lambda invariant: invariant.__name__)
def test_every_promise_about_requests_can_be_broken(evidence: RequestEvidence, invariant: Callable[..., Any]) -> None:
    """A record that is damaged in the right place is found out by the promise that speaks of it."""
    damaged = _DAMAGE[invariant.__name__](evidence)

    assert {invariant.__name__} == {one.invariant for one in broken_requests(damaged, [invariant])}
