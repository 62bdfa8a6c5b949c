"""What operators enter: who may be concerned, how long it holds, and how other processes come to know it."""

import asyncio
from datetime import date

import pytest

from gateway.record.registers import RegisterQuery, RegisterRow
from gateway.services.refusals import NotFound
from gateway.services.registers import AlreadyWithdrawn, Registers, register_named
from gateway.services.taken import Taken
from tests.rig.court import LOOP, MONDAY
from tests.rig.office import OTHER_PARTNER, PARTNER, Office
from validators.registers.buildings import WIRE_CENTERS
from validators.registers.conversions import CONVERSIONS

SWITCH = {"kind": "switch", "conversion_date": "2026-06-15"}
SUBLOOP = {"NC": "UA--", "DDD": "03-30-2026"}


async def test_an_entry_for_all_is_in_every_dossier_and_one_for_a_partner_in_its_own(office: Office) -> None:
    """A dossier holds what concerns its partner, from the moment it was entered."""
    await office.enter("conversions", "2026-03-01", partner=None, key="BOISIDMA", **SWITCH)
    await office.enter("conversions", "2026-03-01", partner=OTHER_PARTNER, key="NAMPIDMA", **SWITCH)

    keys = {
        name: sorted(entry.key for entry in office.registers.dossier(name).entries(CONVERSIONS))
        for name in (PARTNER, OTHER_PARTNER, "nobody")
    }

    assert {PARTNER: ["BOISIDMA"], OTHER_PARTNER: ["BOISIDMA", "NAMPIDMA"], "nobody": ["BOISIDMA"]} == keys


async def test_an_entry_holds_on_its_days_and_by_its_key(office: Office) -> None:
    """The first and the last day are included; another key has nothing."""
    await office.enter("conversions", "2026-03-01", key="BOISIDMA", until="2026-03-09", **SWITCH)
    dossier = office.registers.dossier(PARTNER)

    def holds(day: date, key: str | None = None) -> bool:
        return any(dossier.in_force(CONVERSIONS, day, key))

    assert [False, True, True, False] == [
        holds(date(2026, 2, 28)),
        holds(date(2026, 3, 1)),
        holds(date(2026, 3, 9), "BOISIDMA"),
        holds(date(2026, 3, 10)),
    ]
    assert not holds(date(2026, 3, 5), "NAMPIDMA")
    assert not dossier.has(WIRE_CENTERS)


async def test_a_withdrawn_entry_holds_no_more_and_stays_on_record(office: Office) -> None:
    """Who withdrew it, when and why can be read; a second withdrawal is refused."""
    entry_id = await office.enter("conversions", "2026-03-01", key="BOISIDMA", **SWITCH)

    row = await office.registers.withdraw(CONVERSIONS, entry_id, "an operator", "put off")

    assert not office.registers.dossier(PARTNER).has(CONVERSIONS)
    assert ("an operator", "put off", MONDAY) == (row.withdrawn_by, row.withdrawn_because, row.withdrawn_at)
    assert [] == await office.registers.page(RegisterQuery())
    assert [row] == await office.registers.page(RegisterQuery(withdrawn=True))
    with pytest.raises(AlreadyWithdrawn, match=entry_id):
        await office.registers.withdraw(CONVERSIONS, entry_id, "an operator", "again")
    acts = [(act.actor, act.action, act.subject) for act in await office.record.audit.after(0, 10)]
    assert [("a test", "register.enter", entry_id), ("an operator", "register.withdraw", entry_id)] == acts[-2:]


async def test_what_there_is_not_is_told(office: Office) -> None:
    """A register, a partner, an entry, an entry of another register."""
    entry_id = await office.enter("conversions", "2026-03-01", key="BOISIDMA", **SWITCH)

    with pytest.raises(NotFound, match="register 'convertions'"):
        register_named("convertions")
    with pytest.raises(NotFound, match="partner nobody"):
        await office.enter("conversions", "2026-03-01", partner="nobody", key="BOISIDMA", **SWITCH)
    with pytest.raises(NotFound, match="entry reg_0"):
        await office.registers.withdraw(CONVERSIONS, "reg_0", "an operator", "put off")
    with pytest.raises(NotFound, match="of wire-centers"):
        await office.registers.entry(WIRE_CENTERS, entry_id)


async def test_what_another_process_enters_holds_after_the_next_look(office: Office) -> None:
    """A look that finds nothing new reads nothing."""
    other = Registers(office.record, office.clock, office.desk.ids)
    assert await other.refresh()
    assert not await other.refresh()

    entry_id = await office.enter("conversions", "2026-03-01", key="BOISIDMA", **SWITCH)
    assert not other.dossier(PARTNER).has(CONVERSIONS)
    assert await other.refresh()
    assert other.dossier(PARTNER).has(CONVERSIONS)

    await office.registers.withdraw(CONVERSIONS, entry_id, "an operator", "put off")
    assert await other.refresh()
    assert not other.dossier(PARTNER).has(CONVERSIONS)


async def test_rules_that_lack_a_fact_are_noted_on_the_order(office: Office) -> None:
    """A subloop whose connection point nobody knows says so in its history; an ordinary loop has no such event."""
    taken = await office.submit(office.document(LOOP, SUBLOOP))
    ordinary = await office.order_loop({"PON": "SLT26A000002"})
    assert isinstance(taken, Taken)

    (noted,) = [event for event in await office.history(taken.order_id) if event.type == "order.not-asked"]

    assert [{"rule": "subloop-fcp-in-place", "section": "9.3.1.4.1", "fact": "field connection point"}] == (
        noted.data["rules"]
    )
    assert "order.not-asked" not in await office.happened(ordinary)


class _Slow:
    """Entries that take a while to read, and have always changed since."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def state(self) -> tuple[int, int]:
        self.asked.append("state")
        await asyncio.sleep(0)
        return len(self.asked), 0

    async def page(self, query: RegisterQuery) -> list[RegisterRow]:
        del query
        await asyncio.sleep(0)
        self.asked.append("page")
        return []


async def test_readings_follow_one_another(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading that began before an entry cannot end after one that saw it, and so take it out of the dossiers."""
    slow = _Slow()
    monkeypatch.setattr(office.registers, "_entries", slow)

    await asyncio.gather(office.registers.refresh(), office.registers.refresh())

    assert ["state", "page", "state", "page"] == slow.asked
