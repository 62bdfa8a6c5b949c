"""`python -m tests.faults.batch`: kill -9 of a gateway in the middle of a batch file, then each request is counted.

On SQLite and on PostgreSQL one file of many ASRs is sent; each time a further share of its requests has a result, the
gateway is killed and started again. In the end each request must stand on record once: one order with one submission,
one event of its receipt, one work item for the back end, one result.
"""

import argparse
import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Literal, get_args

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from gateway.record import tables
from gateway.record.batches import batch_results
from gateway.record.rows import Role
from tests.faults.gateway_client import GatewayClient
from tests.faults.house import House, Setting, Store
from tests.rig.batch_files import delimited_batch, fields_of, xml_batch_of
from tests.rig.court import TRUNKS
from tests.rig.documents import today
from tests.rig.gateway_server import KEYS
from tests.rig.postgres_server import PostgresServer

_LOOK_SECONDS = 0.01
_PATIENCE = 1800.0
Form = Literal["delimited", "xml"]


@dataclass(frozen=True, slots=True)
class Counted:
    """What stands on record of a batch in the end."""

    killed_at: tuple[int, ...]
    """How many requests had their result when the gateway was killed, each time."""
    outcomes: dict[str, int]
    orders: int
    submissions: int
    received: int
    """Events of an order's receipt."""
    work: int
    """Work items for the back end."""
    results: int
    seconds: float

    def each_once(self, requests: int) -> bool:
        """Say whether each of so many requests was accepted and is on record once."""
        counts = (self.orders, self.submissions, self.received, self.work, self.results)
        return set(counts) == {requests} and self.outcomes == {"accepted": requests}


def batch_of_trunks(requests: int, form: Form) -> bytes:
    """Give a file of so many orders for trunks, each under a PON of its own."""
    due = f"{today().replace(year=today().year + 1, day=1):%m-%d-%Y}"
    orders = [fields_of(TRUNKS, {"ADMIN.DDD": due, "ADMIN.PON": f"BATCH{number:06d}"}) for number in range(requests)]
    return delimited_batch(orders) if form == "delimited" else xml_batch_of(orders)


async def killed_in_the_middle(house: House, body: bytes, requests: int, kills: int) -> Counted:
    """Send the file to `house`, which is opened and closed here, kill the gateway so often, and count in the end."""
    began = monotonic()
    key = KEYS[Role.CLEC.value]
    async with GatewayClient(house.gateway.url, key) as client, asyncio.timeout(_PATIENCE):
        await house.open(None)
        try:
            sent = await client.until_answered("POST", "/v1/batches", data=body, headers=_OCTETS)
            address = sent.headers["Location"]
            killed_at = []
            for kill in range(1, kills + 1):
                await _progress(client, address, requests * kill // (kills + 1))
                house.gateway.kill()
                killed_at.append(await _results(house.database))
                await house.gateway.start()
            view = await _progress(client, address, requests)
            counts = await _counts(house.database)
        finally:
            # What counts is on record; nothing is left that a clean stop could add.
            house.gateway.kill()
            house.close()
    return Counted(tuple(killed_at), view["outcomes"], *counts, monotonic() - began)


_OCTETS = {"Content-Type": "application/octet-stream"}


async def _progress(client: GatewayClient, address: str, processed: int) -> dict[str, dict[str, int]]:
    while True:
        reply = await client.until_answered("GET", address, headers={"Accept": "application/json"})
        view: dict[str, dict[str, int]] = json.loads(reply.body)
        if sum(view["outcomes"].values()) >= processed:
            return view
        await asyncio.sleep(_LOOK_SECONDS)


async def _results(database: str) -> int:
    return (await _counts(database))[-1]


async def _counts(database: str) -> tuple[int, int, int, int, int]:
    received = sa.select(sa.func.count()).where(tables.events.c.type == "order.received")
    everything = [sa.select(sa.func.count()).select_from(table) for table in (tables.orders, tables.submissions)]
    beside = [sa.select(sa.func.count()).select_from(table) for table in (tables.outbox, batch_results)]
    engine = create_async_engine(database)
    try:
        async with engine.connect() as connection:
            counted = [int(await connection.scalar(query) or 0) for query in (*everything, received, *beside)]
    finally:
        await engine.dispose()
    orders, submissions, receipts, work, results = counted
    return orders, submissions, receipts, work, results


async def _run(options: argparse.Namespace) -> bool:
    body = batch_of_trunks(options.requests, options.form)
    postgres = PostgresServer()
    good = True
    try:
        await postgres.start()
        with TemporaryDirectory(prefix="batch-faults-") as folder:
            for store in options.stores:
                counted = await killed_in_the_middle(
                    await _house(store, Path(folder), postgres), body, options.requests, options.kills
                )
                kept = counted.each_once(options.requests)
                good = good and kept
                sys.stdout.write(f"{store}: {'each request once' if kept else 'BROKEN'}, {counted}\n")
    finally:
        postgres.stop()
    return good


async def _house(store: Store, folder: Path, postgres: PostgresServer) -> House:
    setting = Setting(store, "embedded", "valkey", "everysec", 0, 0)
    if store == "sqlite":
        return House(setting, folder / store, None, None)
    await postgres.create("batch_faults")
    return House(setting, folder / store, postgres, postgres.url("batch_faults", driver="+asyncpg"))


def main() -> int:
    """Give 0 if each request is on record once on every database, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.batch", description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--form", choices=get_args(Form), default="delimited")
    parser.add_argument("--stores", nargs="+", choices=get_args(Store), default=list(get_args(Store)))
    return 0 if asyncio.run(_run(parser.parse_args())) else 1


if __name__ == "__main__":
    sys.exit(main())
