"""`python -m tests.faults full|quick|stall`: hurts a real gateway under load, then checks every promise."""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import get_args

from tests.faults.house import House, Setting, Store
from tests.faults.report import HEAD, line, told
from tests.faults.run import Outcome, folder_of, run
from tests.rig.postgres_server import PostgresServer
from tests.rig.redis_server import Fsync, Kind, binary

_FULL_FAULTS_EACH = 6
_QUICK_FAULTS_EACH = 4


def _full(seed: int) -> Iterator[Setting]:
    """Every store on every server with every fsync."""
    for number, (store, kind, fsync) in enumerate(product(get_args(Store), _servers(), get_args(Fsync))):
        faults = _FULL_FAULTS_EACH if len(_servers()) > 1 else 2 * _FULL_FAULTS_EACH
        yield Setting(store, kind, fsync, faults, seed + number)


def _quick(seed: int) -> Iterator[Setting]:
    """Both stores and every server once, the ways of fsync mixed."""
    servers = _servers()
    yield Setting("sqlite", servers[0], "everysec", _QUICK_FAULTS_EACH, seed)
    yield Setting("postgres", servers[-1], "off", _QUICK_FAULTS_EACH, seed + 1)


def _servers() -> list[Kind]:
    return [kind for kind in get_args(Kind) if binary(kind)]


async def _all(settings: Sequence[Setting]) -> list[Outcome]:
    outcomes = []
    postgres = PostgresServer()
    try:
        await postgres.start()
        with TemporaryDirectory(prefix="faults-") as parent:
            for number, setting in enumerate(settings, 1):
                sys.stderr.write(f"  {number} of {len(settings)}: {setting}, {setting.faults} faults\n")
                outcomes.append(await _one(setting, Path(parent), postgres))
                sys.stdout.write(line(outcomes[-1]) + "\n")
                sys.stdout.flush()
    finally:
        postgres.stop()
    return outcomes


async def _one(setting: Setting, parent: Path, postgres: PostgresServer) -> Outcome:
    folder = folder_of(setting, parent)
    if setting.store == "sqlite":
        return await run(setting, House(setting, folder, None, f"sqlite+aiosqlite:///{folder / 'record.sqlite'}"))
    name = folder.name.replace("-", "_")
    await postgres.create(name)
    return await run(setting, House(setting, folder, postgres, postgres.url(name, driver="+asyncpg")))


def main() -> int:
    """Give 0 if no promise was broken, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("what", choices=["full", "quick", "stall"])
    parser.add_argument("--seed", type=int, default=20260302, help="of the schedule of faults")
    options = parser.parse_args()
    started = monotonic()
    settings = list({"full": _full, "quick": _quick}[options.what](options.seed))
    sys.stdout.write(HEAD + "\n")
    outcomes = asyncio.run(_all(settings))
    broken = [outcome for outcome in outcomes if outcome.violations]
    for outcome in broken:
        sys.stdout.write(told(outcome))
    faults = sum((outcome.faults for outcome in outcomes), Counter())
    happened = ", ".join(f"{count} {fault}" for fault, count in sorted(faults.items()))
    sys.stdout.write(f"\n{faults.total()} faults ({happened}) in {monotonic() - started:.0f} s, seed {options.seed}\n")
    sys.stdout.write(f"fault runs: {len(outcomes) - len(broken)} passed, {len(broken)} failed\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
