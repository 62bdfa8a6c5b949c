"""Orders meet the reference data and the holds at intake: found, rejected, or taken unchecked and looked at again."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from time import perf_counter
from typing import Any

import pytest

from gateway.preorder.caller import Caller
from gateway.preorder.port import Answered, BundledTerritory, ReferenceData, SourceSilent
from gateway.preorder.queries.orders import ORDER_CHECK, OrderAnswer
from gateway.preorder.queries.query import Query
from gateway.record.holds import Hold, HoldBook, HoldKind
from gateway.record.preorder import PreOrderReads
from gateway.record.rows import Family
from gateway.services.intake import Intake
from gateway.services.rechecks import Rechecks
from gateway.services.reference_checks import ReferenceChecks
from gateway.services.taken import Taken
from tests.rig.court import CONDITIONED_LOOP, LOOP, LOOPS_24, sample
from tests.rig.office import OTHER_PARTNER, PARTNER, PON, Office
from tests.rig.preorder import shipped_territory
from validators.messages.compose import compose

BUSY = {"LS[1].CFA": "0109/TIE/001/BOISIDMAF01/BOISIDMAH7Z"}
LOADED = {"EU.SANO": "88"}
RESALE_NUMBER = "9865550700"
BUDGET = 0.2
_OF_LOOPS = ("LS.", "LS[", "LSR.NC", "LSR.SECNCI", "LSR.REQTYP")


@dataclass(slots=True)
class Source:
    """The shipped territory, which may be slow, or say nothing, for a while."""

    territory: ReferenceData = field(default_factory=lambda: BundledTerritory(shipped_territory()))
    silent: bool = False
    hangs: bool = False
    short: bool = False
    asked: int = 0

    async def answer(self, query: Query[Any, Any], asked: Any, caller: Caller) -> Answered[Any]:
        """Answer, or do not."""
        self.asked += 1
        if self.hangs:
            await asyncio.Event().wait()
        if self.silent:
            raise SourceSilent("away")
        told = await self.territory.answer(query, asked, caller)
        return Answered(OrderAnswer(found=True)) if self.short else told

    async def close(self) -> None:
        """Nothing is open."""


@dataclass(slots=True)
class Counter:
    """Intake with reference data."""

    office: Office
    source: Source
    book: HoldBook
    reads: PreOrderReads
    intake: Intake
    rechecks: Rechecks

    async def send(self, name: str, sets: dict[str, str], drops: tuple[str, ...] = ()) -> Taken:
        """Send a sample order and give what became of it."""
        body = compose(sample(name), sets, drops, schemas=self.office.schemas)
        taken = await self.intake.submit(PARTNER, Family.LSR, body, idempotency_key=None, if_match=None)
        assert isinstance(taken, Taken)
        return taken


@pytest.fixture
def counter(office: Office) -> Counter:
    """Give intake on the shipped territory."""
    source, book, reads = Source(), HoldBook(office.record), PreOrderReads(office.record)
    checks = ReferenceChecks(source, book, BUDGET)
    intake = Intake(office.record, office.desk, office.judge, office.clock, lambda: None, checks)
    rechecks = Rechecks(office.record, reads, office.desk, office.judge, checks, office.clock)
    return Counter(office, source, book, reads, intake, rechecks)


def found(taken: Taken) -> list[tuple[str, str]]:
    """Give rule and section of each finding."""
    return [(finding.rule, finding.section) for finding in taken.acknowledgement.findings]


@pytest.mark.parametrize("name", [LOOP, CONDITIONED_LOOP, LOOPS_24])
async def test_the_samples_order_what_is_there(counter: Counter, name: str) -> None:
    """Places, facilities, codes and accounts of the sample orders are in the shipped territory."""
    taken = await counter.send(name, {})

    assert ("accepted", []) == (taken.acknowledgement.outcome, found(taken))


async def test_a_loop_on_a_busy_facility_is_rejected_at_intake(counter: Counter) -> None:
    """The finding cites 12.2.1.1.4.8, and the reject notice is in the mailbox."""
    taken = await counter.send(LOOP, BUSY)

    assert ("rejected", [("order-cfa-busy", "12.2.1.1.4.8")]) == (taken.acknowledgement.outcome, found(taken))
    assert ["reject"] == await counter.office.told(taken.order_id)


async def test_load_coils_without_approved_conditioning_are_rejected_at_intake(counter: Counter) -> None:
    """9.2.4.3.1.2.2; a version that approves conditioning is taken."""
    taken = await counter.send(CONDITIONED_LOOP, LOADED, ("LSR.SCA", "LSR.REMARKS"))
    cured = await counter.send(CONDITIONED_LOOP, {**LOADED, "LSR.VER": "02"})

    assert ("rejected", [("conditioning-not-approved-reject", "9.2.4.3.1.2.2")]) == (
        taken.acknowledgement.outcome,
        found(taken),
    )
    assert "accepted" == cured.acknowledgement.outcome


async def test_what_the_territory_does_not_know_is_told_and_taken(counter: Counter) -> None:
    """A warning each, at its field."""
    sets = {
        "EU.SASN": "NO SUCH",
        "LSR.LST": "BOISIDXXDS0",
        "LSR.BAN1": "2085550100102",
        "LS[1].CFA": "7777/TIE/001/BOISIDMAF01/BOISIDMAH7Z",
    }
    taken = await counter.send(LOOP, sets)

    assert "accepted" == taken.acknowledgement.outcome
    assert {
        "order-address-unconfirmed",
        "order-ban-unconfirmed",
        "order-cfa-unconfirmed",
        "order-clli-unconfirmed",
    } == {rule for rule, _ in found(taken)}


async def test_every_mistake_is_told_at_once(counter: Counter) -> None:
    """What is wrong in the order itself, and what the reference data say of it."""
    taken = await counter.send(LOOP, {**BUSY, "LSR.DDD": "02-20-2026"})

    assert {"12.2.1.1.4.8", "9.2.4.4"} == {section for _, section in found(taken)}


def number_order(counter: Counter, ver: str = "01") -> Callable[[], Awaitable[Taken]]:
    """Give the order of a line with a number of the pool, as a version of one PON."""
    text = "\n".join(
        [
            *(line for line in sample(LOOP).splitlines() if not line.startswith(_OF_LOOPS)),
            "LSR.REQTYP=FB",
            "PS.PQTY=00001",
            "PS[1].LOCNUM=001",
            "PS[1].LNUM=00001",
            "PS[1].LNA=N",
            f"PS[1].TNS={RESALE_NUMBER}",
        ]
    )
    body = compose(text, {"LSR.VER": ver}, ("LSR.NCI",), schemas=counter.office.schemas)

    async def send() -> Taken:
        taken = await counter.intake.submit(PARTNER, Family.LSR, body, idempotency_key=None, if_match=None)
        assert isinstance(taken, Taken)
        return taken

    return send


async def hold(counter: Counter, partner: str = PARTNER, pon: str = "") -> Hold:
    """Hold the number for a partner for an hour."""
    now = counter.office.clock.now()
    held = Hold(HoldKind.NUMBER, RESALE_NUMBER, f"hld_{partner}", partner, pon, now, now + timedelta(hours=1))
    assert await counter.book.take(held)
    return held


async def test_an_expired_number_hold_is_found_at_intake(counter: Counter) -> None:
    """12.2.1.1.4.3; whether the keeper has let it go yet makes no difference."""
    held = await hold(counter)
    counter.office.clock.move_to(held.until)

    assert ("order-number-hold", "12.2.1.1.4.3") in found(await number_order(counter)())
    assert 1 == await counter.book.release_due(counter.office.clock.now())
    assert ("order-number-hold", "12.2.1.1.4.3") in found(await number_order(counter, "02")())


async def test_a_number_of_another_clec_is_found_at_intake(counter: Counter) -> None:
    """Whoever holds it, it is not told."""
    await hold(counter, OTHER_PARTNER)

    (finding,) = [one for one in (await number_order(counter)()).acknowledgement.findings if one.code == "E440"]
    assert OTHER_PARTNER not in finding.text


async def test_a_reserved_appointment_serves_the_order_of_its_pon(counter: Counter) -> None:
    """From then on time does not let it go; the cancellation of the order does."""
    now = counter.office.clock.now()
    slot = "BOISIDMA/2026-03-09/0800-1200/01"
    until = now + timedelta(minutes=30)
    assert await counter.book.take(Hold(HoldKind.APPOINTMENT, slot, "hld_1", PARTNER, PON, now, until))
    await counter.send(LOOP, {})
    counter.office.clock.move_to(until)

    assert 0 == await counter.book.release_due(until)
    assert [f"lsr/{PON}"] == [row.used_by for row in await counter.book.of_pon(HoldKind.APPOINTMENT, PARTNER, PON)]
    await counter.send(LOOP, {"LSR.VER": "02", "LSR.SUP": "1"})
    (row,) = await counter.book.of_pon(HoldKind.APPOINTMENT, PARTNER, PON)
    assert row.released_at is not None


@pytest.mark.parametrize("trouble", ["silent", "hangs", "short"])
async def test_a_silent_system_rejects_no_order_and_delays_it_by_its_budget_at_most(
    counter: Counter, trouble: str
) -> None:
    """The order is taken, and what was not checked stands in its history."""
    setattr(counter.source, trouble, True)
    began = perf_counter()
    taken = await counter.send(LOOP, BUSY)

    assert perf_counter() - began < BUDGET + 2
    assert ("accepted", []) == (taken.acknowledgement.outcome, found(taken))
    unchecked = [one for one in await counter.office.history(taken.order_id) if one.type == "order.unchecked"]
    assert [{"ver": "01", "checks": ["reference data"]}] == [event.data for event in unchecked]


async def test_an_unchecked_order_is_looked_at_again_and_rejected_then(counter: Counter) -> None:
    """As soon as the system answers; each silence makes the wait longer."""
    counter.source.silent = True
    taken = await counter.send(LOOP, BUSY)
    clock = counter.office.clock

    assert 1 == await counter.rechecks.run_due()
    assert 0 == await counter.rechecks.run_due()
    clock.advance(timedelta(minutes=1))
    assert 1 == await counter.rechecks.run_due()
    counter.source.silent = False
    clock.advance(timedelta(minutes=2))
    assert 1 == await counter.rechecks.run_due()

    assert "REJECTED" == (await counter.office.order(taken.order_id)).state
    assert ["reject"] == await counter.office.told(taken.order_id)
    (event,) = [one for one in await counter.office.history(taken.order_id) if one.type == "order.rechecked"]
    assert ["order-cfa-busy"] == [finding["rule"] for finding in event.data["findings"]]
    clock.advance(timedelta(days=1))
    assert 0 == await counter.rechecks.run_due()


async def test_an_unchecked_order_that_is_good_stays_as_it_is(counter: Counter) -> None:
    """Its history says that it was looked at."""
    counter.source.silent = True
    taken = await counter.send(LOOP, {})
    counter.source.silent = False
    await counter.rechecks.run_due()

    assert "ACCEPTED" == (await counter.office.order(taken.order_id)).state
    assert "order.rechecked" in await counter.office.happened(taken.order_id)


async def test_an_order_that_is_confirmed_meanwhile_is_not_rejected(counter: Counter) -> None:
    """The back end knew; the finding stands in the history."""
    counter.source.silent = True
    taken = await counter.send(LOOP, BUSY)
    await counter.office.decide(taken.order_id, "confirm", due_date="2026-03-09")
    counter.source.silent = False
    await counter.rechecks.run_due()

    assert "CONFIRMED" == (await counter.office.order(taken.order_id)).state
    assert "order.rechecked" in await counter.office.happened(taken.order_id)


async def test_the_order_check_asks_the_same_functions_as_the_queries(counter: Counter) -> None:
    """What a query calls busy, an order is told to be busy."""
    asked = ORDER_CHECK.question.model_validate({"family": "lsr", "cfas": [BUSY["LS[1].CFA"]], "cllis": ["X"]})
    told = ORDER_CHECK.find(shipped_territory(), asked, Caller("sawtooth", ("ZQF",)))

    assert (["busy"], ["unknown"]) == (told.cfas, told.cllis)
    assert 0 == counter.source.asked
