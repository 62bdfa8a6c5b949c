"""`python -m tests.lives.requests --lives 5000 --seed 1`: plays a year of random requests and checks what must hold."""

import argparse
import asyncio
import logging
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import structlog

from gateway.record.engine import database_url
from tests.lives.__main__ import database
from tests.lives.requests.invariants import broken_requests, count_of
from tests.lives.requests.year import play_requests
from tests.lives.year import YEAR_BEGINS
from tests.rig.office import open_office
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.rules import rule_book
from validators.schema import Schemas

_SHOWN = 20


def _tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


async def _run(store: str, folder: Path, lives: int, seed: int) -> int:
    schemas = Schemas()
    judge = Judge(schemas, load_agreements(bundled_path("config") / "agreements"), rule_book())
    began = monotonic()
    async with database(store, folder) as url, open_office(url, judge, schemas, start=YEAR_BEGINS) as office:
        evidence = await play_requests(office, str(database_url(url)), lives, seed, _tell)
    _tell(f"played in {monotonic() - began:.0f} s")
    for name, counted in zip(("requests", "notices"), count_of(evidence), strict=True):
        _tell(f"{name}: " + ", ".join(f"{count} {what}" for what, count in counted.most_common()))
    found = broken_requests(evidence)
    for one in found[:_SHOWN]:
        _tell(f"BROKEN {one.invariant}: {one.order}: {one.text}")
    _tell(f"{len(found)} broken promises in {lives} lives of requests (seed {seed}, {store})")
    return 1 if found else 0


def main() -> int:
    """Give 0 if everything holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.lives.requests", description=__doc__)
    parser.add_argument("--lives", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--folder", type=Path, help="where the database is made; a folder in memory is faster")
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with TemporaryDirectory(prefix="lives-", dir=asked.folder) as folder:
        return asyncio.run(_run(asked.store, Path(folder), asked.lives, asked.seed))


if __name__ == "__main__":
    sys.exit(main())
