"""Entries of registers on both databases: entered, withdrawn, never changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from gateway.record.port import Changes, RecordUnavailable
from gateway.record.registers import RegisterQuery, RegisterRow
from gateway.record.rows import Partner
from gateway.record.sql import SqlRecord
from gateway.services.keys import Write

ENTERED = datetime(2026, 3, 2, 16, 30, 0, 5, tzinfo=UTC)
ROW = RegisterRow(
    id="reg_1",
    register="conversions",
    partner_id=None,
    key="BOISIDMA",
    data={"kind": "switch", "conversion_date": "2026-03-15", "exchanges": ["208555"]},
    section="12.3.24.3",
    valid_from=date(2026, 3, 1),
    valid_until=None,
    entered_by="an operator",
    entered_at=ENTERED,
)


@pytest.fixture
async def partner(record: SqlRecord, samples: Any) -> str:
    """Give a partner that is on record."""
    row = Partner("clec", "CLEC", "template", {"ccna": [], "cc": []}, ENTERED)
    await record.commit(samples.write(partners=[row]))
    return row.id


async def test_an_entry_is_read_as_it_was_entered(record: SqlRecord, partner: str) -> None:
    """Every member comes back, days and instants and what the entry says included."""
    rows = [ROW, replace(ROW, id="reg_2", partner_id=partner, key="", valid_until=date(2026, 4, 1))]

    await _enter(record, *rows)

    assert rows == await record.registers.page(RegisterQuery())
    assert rows[1] == await record.registers.entry("reg_2")
    assert await record.registers.entry("reg_3") is None


async def test_a_page_has_what_was_asked_for(record: SqlRecord, partner: str) -> None:
    """By register, partner, key and place; withdrawn entries only where they are asked for."""
    rows = [
        ROW,
        replace(ROW, id="reg_2", key="NAMPIDMA"),
        replace(ROW, id="reg_3", partner_id=partner),
        replace(ROW, id="reg_4", register="wire-centers"),
    ]
    await _enter(record, *rows)
    await _enter(record, _withdrawn(rows[1], "another"))

    async def ids(**asked: Any) -> list[str]:
        return [row.id for row in await record.registers.page(RegisterQuery(**asked))]

    assert ["reg_1", "reg_3", "reg_4"] == await ids()
    assert ["reg_1", "reg_3"] == await ids(register="conversions")
    assert ["reg_2"] == await ids(key="NAMPIDMA", withdrawn=True)
    assert ["reg_3"] == await ids(partner_id=partner)
    assert ["reg_2", "reg_3"] == await ids(withdrawn=True, after="reg_1", limit=2)


async def test_a_withdrawn_entry_stays_on_record(record: SqlRecord) -> None:
    """Who withdrew it, and why, stands with it; the state differs after each change."""
    states = [await record.registers.state()]
    await _enter(record, ROW)
    states.append(await record.registers.state())

    await _enter(record, _withdrawn(ROW, "one"))
    states.append(await record.registers.state())

    assert _withdrawn(ROW, "one") == await record.registers.entry("reg_1")
    assert [(0, 0), (1, 0), (1, 1)] == states


async def test_an_entry_is_withdrawn_once(record: SqlRecord) -> None:
    """Of two processes that withdraw it at once, the second is refused by the database."""
    await _enter(record, ROW)
    await _enter(record, _withdrawn(ROW, "one"))

    with pytest.raises(RecordUnavailable, match="withdrawn, not changed"):
        await _enter(record, _withdrawn(ROW, "two"))

    assert _withdrawn(ROW, "one") == await record.registers.entry("reg_1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register_entries SET key = 'OTHER'",
        "UPDATE register_entries SET valid_until = '2026-05-01'",
        "UPDATE register_entries SET partner_id = 'clec'",
        "DELETE FROM register_entries",
    ],
)
async def test_the_database_itself_refuses_to_change_an_entry(record: SqlRecord, partner: str, statement: str) -> None:
    """What an operator has said stands as it was said."""
    assert partner
    await _enter(record, ROW)

    with pytest.raises(sa.exc.DBAPIError, match="withdrawn, not changed"):
        await _execute(record, statement)

    assert [ROW] == await record.registers.page(RegisterQuery())


async def test_a_withdrawal_is_not_taken_back(record: SqlRecord) -> None:
    """A withdrawn entry is entered anew, by whoever answers for it."""
    await _enter(record, ROW)
    await _enter(record, _withdrawn(ROW, "one"))

    with pytest.raises(sa.exc.DBAPIError, match="withdrawn, not changed"):
        await _execute(record, "UPDATE register_entries SET withdrawn_at = NULL")


async def test_of_several_entries_all_are_entered_or_none(record: SqlRecord) -> None:
    """One that the database refuses takes the others with it."""
    with pytest.raises(RecordUnavailable, match="refuses to write"):
        await _enter(record, ROW, replace(ROW, id="reg_2", partner_id="nobody"))

    assert [] == await record.registers.page(RegisterQuery())


async def test_another_process_sees_what_was_entered(open_records: Callable[[], SqlRecord]) -> None:
    """The state that it looks at differs, and the entry is there."""
    here, there = open_records(), open_records()
    before = await there.registers.state()

    await _enter(here, ROW)

    assert before != await there.registers.state()
    assert [ROW] == await there.registers.page(RegisterQuery())


def _withdrawn(row: RegisterRow, by: str) -> RegisterRow:
    return replace(row, withdrawn_at=ENTERED, withdrawn_by=by, withdrawn_because="an error")


async def _enter(record: SqlRecord, *rows: RegisterRow) -> None:
    await record.commit(Write(Changes(beside=[*rows])))


async def _execute(record: SqlRecord, statement: str) -> None:
    async with record.engine.begin() as connection:
        await connection.exec_driver_sql(statement)
