"""`python -m tests.lives --lives 20000 --seed 1`: plays a year of random lives and checks what must hold."""

import argparse
import asyncio
import logging
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import structlog

from gateway.record.engine import database_url, open_engine
from gateway.record.schema import upgrade_schema
from tests.faults.snapshot import read
from tests.lives.invariants import Evidence, broken
from tests.lives.year import YEAR_BEGINS, Played, add_carriers, play
from tests.rig.office import open_office
from tests.rig.postgres_server import PostgresServer
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.rules import rule_book
from validators.schema import Schemas

_SHOWN = 20


def _tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@asynccontextmanager
async def database(store: str, folder: Path) -> AsyncIterator[str]:
    """Give the URL of an empty database: a SQLite file, or one on a PostgreSQL server that is started for it."""
    if store == "sqlite":
        yield await _with_tables(f"sqlite:///{folder / 'lives.sqlite'}")
        return
    server = PostgresServer()
    try:
        await server.start()
        await server.create("lives")
        yield await _with_tables(server.url("lives"))
    finally:
        server.stop()


async def _with_tables(url: str) -> str:
    engine = open_engine(url)
    await upgrade_schema(engine)
    await engine.dispose()
    return url


async def _run(store: str, folder: Path, lives: int, seed: int) -> int:
    schemas = Schemas()
    judge = Judge(schemas, load_agreements(bundled_path("config") / "agreements"), rule_book())
    began = monotonic()
    async with database(store, folder) as url:
        async with open_office(url, judge, schemas, start=YEAR_BEGINS) as office:
            await add_carriers(office)
            played = await play(office, lives, seed, _tell)
        record = await read(str(database_url(url)), played.ended_at)
    evidence = Evidence(played.lives, record, judge.agreements["template"])
    found = broken(evidence)
    _sum_up(played, evidence, monotonic() - began)
    for one in found[:_SHOWN]:
        _tell(f"BROKEN {one.invariant}: {one.order}: {one.text}")
    _tell(f"{len(found)} broken promises in {lives} lives (seed {seed}, {store})")
    return 1 if found else 0


def _sum_up(played: Played, evidence: Evidence, seconds: float) -> None:
    record = evidence.record
    states = Counter(order["state"] for order in record.orders.values())
    kinds = Counter(notice["kind"] for notice in record.notices)
    _tell(f"{played.acts} acts in {seconds:.0f} s, {sum(life.refusals for life in played.lives)} refused")
    _tell("orders: " + ", ".join(f"{count} {state}" for state, count in states.most_common()))
    _tell("notices: " + ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))
    breached = sum(clock["breached_at"] is not None for clock in record.clocks)
    _tell(f"versions: {len(record.submissions)}, clocks: {len(record.clocks)}, of them {breached} breached")


def main() -> int:
    """Give 0 if everything holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.lives", description=__doc__)
    parser.add_argument("--lives", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--folder", type=Path, help="where the database is made; a folder in memory is faster")
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with TemporaryDirectory(prefix="lives-", dir=asked.folder) as folder:
        return asyncio.run(_run(asked.store, Path(folder), asked.lives, asked.seed))


if __name__ == "__main__":
    sys.exit(main())
