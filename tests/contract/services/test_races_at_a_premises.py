"""What two gateway processes make of one Premises at the same instant, on both databases: one defensible order."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gateway.clock import ManualClock
from gateway.record.places import OFFERED, WAITING, Place
from gateway.record.rows import Family
from gateway.services.refusals import StateForbids
from gateway.services.taken import Taken
from tests.rig.office import Office, open_office
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.messages.compose import compose
from validators.rules import rule_book
from validators.schema import Schemas

_NOON = datetime(2027, 3, 4, 19, 0, tzinfo=UTC)
_CLECS = ("sawtooth", "bitterroot")
_SAMPLE = Path(__file__).parents[2] / "samples" / "collocation" / "caged.txt"
_FREED = {"decision": "space-freed", "space": "Bay 4"}


@pytest.fixture(scope="module")
def judge() -> Judge:
    """The judge of the shipped agreements, made once."""
    return Judge(Schemas(), load_agreements(bundled_path("config") / "agreements"), rule_book())


@pytest.fixture
async def offices(database_url: str, judge: Judge) -> AsyncIterator[Sequence[Office]]:
    """Give two processes on one record, each with a clock of its own, and two CLECs."""
    schemas = Schemas()
    async with AsyncExitStack() as stack:
        both = [
            await stack.enter_async_context(open_office(database_url, judge, schemas, clock=ManualClock(_NOON)))
            for _ in range(2)
        ]
        for clec in _CLECS:
            await both[0].partners.add(clec, clec, "template", ccna=["ZQF"], cc=["9Z7A"])
        yield both


async def _send(office: Office, clec: str, sets: Mapping[str, str], drops: Sequence[str] = ()) -> str:
    body = compose(_SAMPLE.read_text(encoding="utf-8"), dict(sets), tuple(drops), schemas=office.schemas)
    taken = await office.intake.submit(clec, Family.COLLOCATION, body, idempotency_key=None, if_match=None)
    assert isinstance(taken, Taken)
    assert taken.order_id is not None
    return taken.order_id


async def _queue(office: Office) -> list[Place]:
    """Give the places of both CLECs in the order in which they are served."""
    found = [place for clec in _CLECS for place in await office.record.places.of(clec)]
    return sorted(found, key=lambda place: (place.rank_at, place.id))


@pytest.mark.parametrize("round_", range(4))
async def test_of_two_applications_in_one_instant_one_stands_first_for_everybody(
    offices: Sequence[Office], round_: int
) -> None:
    """Both processes offer freed space to both applicants at once: the first in rank alone is told."""
    sets = {"COLLO.PREM": f"BOISID{round_}X"}
    ids = await asyncio.gather(
        *(
            _send(office, clec, {**sets, "COLLO.PON": f"RACE{n}"})
            for n, (office, clec) in enumerate(zip(offices, _CLECS, strict=True))
        )
    )
    await asyncio.gather(
        *(
            office.decide(one, "denied-space", text="No space")
            for office, one in zip(offices, reversed(ids), strict=True)
        )
    )
    first, second = [place.id for place in await _queue(offices[0])]

    answers = await asyncio.gather(
        offices[0].decisions.take(second, _FREED, None),
        offices[1].decisions.take(second, _FREED, None),
        offices[1].decisions.take(first, _FREED, None),
        offices[0].decisions.take(second, _FREED, None),
        return_exceptions=True,
    )

    assert [True, True, False, True] == [isinstance(answer, StateForbids) for answer in answers], answers
    assert [(first, OFFERED), (second, WAITING)] == [(p.id, p.status) for p in await _queue(offices[1])]


async def _deficient(office: Office) -> tuple[str, datetime]:
    """Give an application that was told what it lacks, and the last instant for its cure."""
    order_id = await _send(office, _CLECS[0], {"COLLO.PON": "CURE"}, ["COLLO.BILLCON"])
    await office.decide(order_id, "deficient")
    return order_id, (await office.clock_of(order_id, "deficiency-cure-10d")).due_at


@pytest.mark.parametrize("first", ["together", "the cure", "the deadline"])
@pytest.mark.parametrize(("late", "kept"), [(0, True), (1, False)])
async def test_a_cure_keeps_or_loses_the_rank_by_its_receipt_alone(
    offices: Sequence[Office], first: str, late: int, *, kept: bool
) -> None:
    """The deadline may fire in another process before, while or after the cure is recorded: the outcome is the same."""
    door, keeping = offices
    order_id, due_at = await _deficient(door)
    door.clock.move_to(due_at + timedelta(microseconds=late))
    keeping.clock.move_to(due_at + timedelta(seconds=1))
    cure = _send(door, _CLECS[0], {"COLLO.PON": "CURE", "COLLO.VER": "01"})
    fire = keeping.keeper.fire_due()

    if first == "together":
        await asyncio.gather(cure, fire)
    else:
        for each in (cure, fire) if first == "the cure" else (fire, cure):
            await each

    (place,) = await _queue(door)
    assert ("COMPLETE", kept) == ((await door.order(order_id)).state, place.rank_at == _NOON)
    assert 1 == (await door.told(order_id)).count("complete")
    assert 1 == len([clock for clock in await door.record.clocks(order_id) if clock.clock == "deficiency-cure-10d"])
