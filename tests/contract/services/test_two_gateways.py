"""Two gateway processes on one database, of each kind: what both do at once happens once."""

import asyncio
from datetime import timedelta

from gateway.clock import ManualClock
from gateway.services.refusals import StateForbids
from gateway.services.taken import Taken
from tests.rig.court import CONDITIONED_LOOP, MONDAY
from tests.rig.office import Office, add_partners, open_office
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.rules import rule_book
from validators.schema import Schemas


def _loop(office: Office, pon: str) -> bytes:
    return office.document(CONDITIONED_LOOP, {"PON": pon, "SCA": "N"})


async def test_what_two_gateways_do_at_once_happens_once(database_url: str) -> None:
    """The same orders through both are one order each; so are decisions, and the breach of each clock."""
    schemas = Schemas()
    judge = Judge(schemas, load_agreements(bundled_path("config") / "agreements"), rule_book())
    clock = ManualClock(MONDAY)
    async with (
        open_office(database_url, judge, schemas, clock=clock) as one,
        open_office(database_url, judge, schemas, clock=clock) as two,
    ):
        await add_partners(one)
        bodies = [_loop(one, f"TWO{number:06d}") for number in range(10)]

        answers = await asyncio.gather(*(side.submit(body) for body in bodies for side in (one, two)))

        assert all(isinstance(answer, Taken) for answer in answers)
        orders = sorted({answer.order_id or "" for answer in answers})
        assert 10 == len(orders)

        clock.move_to(MONDAY + timedelta(hours=73))
        await asyncio.gather(*(side.keeper.fire_due() for side in (one, two)))
        assert [["status"]] * 10 == [await one.told(order_id) for order_id in orders]

        decided = await asyncio.gather(
            *(side.decide(order_id, "confirm", due_date="2026-03-23") for order_id in orders for side in (one, two)),
            return_exceptions=True,
        )
        assert 10 == sum(isinstance(answer, StateForbids) for answer in decided), decided
        assert [["status", "foc"]] * 10 == [await two.told(order_id) for order_id in orders]
