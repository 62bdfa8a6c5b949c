"""Reads the log of pre-order queries, as many as a month has, a page at a time."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.record.engine import AWAY, in_transactions
from gateway.record.port import RecordUnavailable
from gateway.record.preorder import QueryEntry, preorder_log

_PAGE: Final = 500


async def logged_queries(
    engine: AsyncEngine, first: datetime, before: datetime, partner_id: str | None = None
) -> AsyncIterator[QueryEntry]:
    """Give the queries from one instant until just before another, by id, of one partner or of all, page by page.

    Raises:
        RecordUnavailable: the database cannot be reached.
    """
    statement = sa.select(preorder_log).where(preorder_log.c.at >= first, preorder_log.c.at < before)
    if partner_id is not None:
        statement = statement.where(preorder_log.c.partner_id == partner_id)
    try:
        async with in_transactions(engine).connect() as connection:
            in_order = statement.order_by(preorder_log.c.id)
            rows = await connection.stream(in_order, execution_options={"yield_per": _PAGE})
            async for row in rows:
                yield QueryEntry(*row)
    except AWAY as away:
        raise RecordUnavailable(f"the database cannot be reached: {away}") from away
