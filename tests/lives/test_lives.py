"""A hundred and twenty random lives on every run of the tests; `python -m tests.lives` plays twenty thousand."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.faults.snapshot import read
from tests.lives.invariants import INVARIANTS, Evidence, broken
from tests.lives.kinds import LOSER
from tests.lives.year import YEAR_BEGINS, add_carriers, play
from tests.rig.office import copy_database, empty_database, open_office
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.rules import rule_book
from validators.schema import Schemas

_LIVES, _SEED = 120, 1996
Row = dict[str, Any]


async def _evidence(database: str) -> Evidence:
    schemas = Schemas()
    judge = Judge(schemas, load_agreements(bundled_path("config") / "agreements"), rule_book())
    async with open_office(database, judge, schemas, start=YEAR_BEGINS) as office:
        await add_carriers(office)
        played = await play(office, _LIVES, _SEED, lambda _: None)
    record = await read(database.replace("sqlite:", "sqlite+aiosqlite:"), played.ended_at)
    return Evidence(played.lives, record, judge.agreements["template"])


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """Give what is on record after a year of lives; played once."""
    folder = tmp_path_factory.mktemp("lives")

    async def played() -> Evidence:
        return await _evidence(copy_database(await empty_database(folder / "empty.sqlite"), folder))

    return asyncio.run(played())


def test_a_year_of_lives_breaks_no_promise(evidence: Evidence) -> None:
    """Legal states, one outcome a version, clocks that stop once, sections, counted notices, and an end or a wait."""
    assert [] == broken(evidence)


def test_lives_reach_every_state_and_notice(evidence: Evidence) -> None:
    """The lives are not so tame that the promises hold by themselves."""
    states = {
        event["data"]["to"] for events in evidence.record.events.values() for event in events if "to" in event["data"]
    }
    kinds = {notice["kind"] for notice in evidence.record.notices}

    assert {
        "REJECTED",
        "ACCEPTED",
        "NEGOTIATING",
        "PENDING_FACILITIES",
        "CONFIRMED",
        "JEOPARDY",
        "COMPLETED",
        "BILLED",
        "CANCELLED",
    } == states
    assert {"foc", "reject", "jeopardy", "soc", "bcn", "status", "cancelled", "facilities", "pson", "loss"} <= kinds
    assert any(life.refusals for life in evidence.lives)


def _orders(evidence: Evidence, change: Callable[[Row], Row]) -> Evidence:
    orders = {order_id: change(dict(order)) for order_id, order in evidence.record.orders.items()}
    return replace(evidence, record=replace(evidence.record, orders=orders))


def _clocks(evidence: Evidence, change: Callable[[Row], Row]) -> Evidence:
    return replace(
        evidence, record=replace(evidence.record, clocks=[change(dict(clock)) for clock in evidence.record.clocks])
    )


def _notices(evidence: Evidence, change: Callable[[Row], Row]) -> Evidence:
    notices = [change(dict(notice)) for notice in evidence.record.notices]
    return replace(evidence, record=replace(evidence.record, notices=notices))


def _fewer(evidence: Evidence, table: str) -> Evidence:
    return replace(evidence, record=replace(evidence.record, **{table: getattr(evidence.record, table)[1:]}))


def _ran_early(clock: Row) -> Row:
    return clock | {"breached_at": clock["due_at"] - timedelta(hours=1)} if clock["breached_at"] else clock


_DAMAGE: dict[str, Callable[[Evidence], Evidence]] = {
    "every_step_is_in_the_table": lambda e: _orders(e, lambda row: row | {"state": "RECEIVED"}),
    "a_version_has_one_outcome": lambda e: _notices(
        e, lambda row: row | {"kind": "reject" if row["kind"] == "soc" else row["kind"]}
    ),
    "every_further_foc_follows_a_jeopardy": lambda e: _notices(
        e, lambda row: row | {"kind": "status" if row["kind"] == "jeopardy" else row["kind"]}
    ),
    "a_clock_stops_once": lambda e: _clocks(e, lambda row: row | {"stopped_by": None}),
    "what_counts_from_receipt_counts_from_its_own": lambda e: _clocks(
        e, lambda row: row | {"starts_at": row["starts_at"] - timedelta(minutes=1)}
    ),
    "no_clock_runs_twice": lambda e: _clocks(e, lambda row: row | {"state": "open"}),
    "nothing_runs_in_an_order_that_is_over": lambda e: _clocks(e, lambda row: row | {"state": "open"}),
    "every_clock_has_fired": lambda e: _clocks(e, _ran_early),
    "every_notice_has_its_section": lambda e: _notices(e, lambda row: row | {"section": " "}),
    "every_notice_is_told_once": lambda e: _fewer(e, "notices"),
    "every_order_ends_or_waits": lambda e: _orders(e, lambda row: row | {"state": "CONFIRMED"}),
    "what_was_sent_is_kept": lambda e: _fewer(e, "submissions"),
    "no_mailbox_has_anothers_notice": lambda e: _notices(e, lambda row: row | {"partner_id": "somebody"}),
    "every_loss_is_told": lambda e: _notices(
        e, lambda row: row | {"partner_id": "somebody" if row["partner_id"] == LOSER else row["partner_id"]}
    ),
}


@pytest.mark.parametrize("invariant", INVARIANTS, ids=lambda invariant: invariant.__name__)
def test_every_promise_can_be_broken(evidence: Evidence, invariant: Callable[..., Any]) -> None:
    """A record that is damaged in the right place is found out by the promise that speaks of it."""
    damaged = _DAMAGE[invariant.__name__](evidence)

    assert {invariant.__name__} == {one.invariant for one in broken(damaged, [invariant])}
