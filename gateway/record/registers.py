"""The registers in the record: entries of operators, which are entered and withdrawn, and never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from gateway.record.audit import Reads
from gateway.record.rows import Json
from gateway.record.tables import metadata
from gateway.record.types import Instant, JsonObject

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One entry as it stands in the record: what it says, who entered it when, and who withdrew it when and why."""

    id: str
    register: str
    partner_id: str | None
    key: str
    data: Json
    section: str
    valid_from: date
    valid_until: date | None
    entered_by: str
    entered_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_because: str | None = None


register_entries = sa.Table(
    "register_entries",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("register", sa.Text, nullable=False),
    sa.Column("partner_id", sa.Text, sa.ForeignKey("partners.id")),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("data", JsonObject, nullable=False),
    sa.Column("section", sa.Text, nullable=False),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_until", sa.Date),
    sa.Column("entered_by", sa.Text, nullable=False),
    sa.Column("entered_at", Instant, nullable=False),
    sa.Column("withdrawn_at", Instant),
    sa.Column("withdrawn_by", sa.Text),
    sa.Column("withdrawn_because", sa.Text),
    sa.Index(None, "register", "id"),
)


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """A page of a register, by id, which is by time of entry; `after` is the last id of the page before."""

    register: str | None = None
    partner_id: str | None = None
    key: str | None = None
    withdrawn: bool = False
    """Whether withdrawn entries are given too."""
    after: str | None = None
    limit: int = _MOST


State = tuple[int, int]
"""How many entries were ever entered, and how many withdrawn: it differs whenever anything was changed."""


class RegisterRecord:
    """Reads the registers. All methods may raise `RecordUnavailable`; a command writes rows in `Changes.beside`."""

    def __init__(self, record: Reads) -> None:
        self._record = record

    async def entry(self, entry_id: str) -> RegisterRow | None:
        """Give one entry."""
        one = sa.select(register_entries).where(register_entries.c.id == entry_id)
        found = await self._record.read(RegisterRow, one)
        return found[0] if found else None

    async def page(self, query: RegisterQuery) -> Sequence[RegisterRow]:
        """Give a page of entries, by id."""
        columns = register_entries.c
        statement = sa.select(register_entries).order_by(columns.id).limit(query.limit)
        for column, value in (
            (columns.register, query.register),
            (columns.partner_id, query.partner_id),
            (columns.key, query.key),
        ):
            if value is not None:
                statement = statement.where(column == value)
        if not query.withdrawn:
            statement = statement.where(columns.withdrawn_at.is_(None))
        if query.after is not None:
            statement = statement.where(columns.id > query.after)
        return await self._record.read(RegisterRow, statement)

    async def counts(self) -> dict[str, State]:
        """Count the entries of each register that has any, and those of them that were withdrawn."""
        columns = register_entries.c
        counted: tuple[Any, ...] = (sa.func.count(), sa.func.count(columns.withdrawn_at))
        found = await self._record.read(_named, sa.select(columns.register, *counted).group_by(columns.register))
        return dict(found)

    async def state(self) -> State:
        """Count the entries, and those that were withdrawn: neither number ever falls."""
        counted: tuple[Any, ...] = (sa.func.count(), sa.func.count(register_entries.c.withdrawn_at))
        found = await self._record.read(_pair, sa.select(*counted).select_from(register_entries))
        return _pair(*found[0])


def _named(register: str, entered: int, withdrawn: int) -> tuple[str, State]:
    return register, (entered, withdrawn)


def _pair(entered: int, withdrawn: int) -> State:
    return entered, withdrawn
