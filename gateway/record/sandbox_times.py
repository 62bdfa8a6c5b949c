"""Where the clocks of a test environment's partners stand: kept, so that a restart does not turn time back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.record.engine import AWAY
from gateway.record.port import RecordUnavailable
from gateway.record.tables import sandbox_times

_INSERT: Final[Mapping[str, Any]] = {"postgresql": postgres_insert, "sqlite": sqlite_insert}


class KeptTimes:
    """One row a partner: where its clock stands."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def all(self) -> Mapping[str, datetime]:
        """Give where each partner's clock stands that was ever set.

        Raises:
            RecordUnavailable: the database cannot be reached.
        """
        try:
            async with self._engine.connect() as connection:
                found = await connection.execute(sa.select(sandbox_times.c.partner_id, sandbox_times.c.at))
                return {row.partner_id: row.at for row in found}
        except AWAY as away:
            raise RecordUnavailable(f"the database cannot be reached: {away}") from away

    async def keep(self, partner_id: str, at: datetime) -> None:
        """Keep where a partner's clock stands from now on.

        Raises:
            RecordUnavailable: the database cannot be reached; it stands where it stood.
        """
        row = _INSERT[self._engine.dialect.name](sandbox_times).values(partner_id=partner_id, at=at)
        kept = row.on_conflict_do_update(index_elements=["partner_id"], set_={"at": row.excluded.at})
        try:
            async with self._engine.connect() as connection:
                await connection.execute(kept)
        except AWAY as away:
            raise RecordUnavailable(f"the database cannot be reached: {away}") from away
