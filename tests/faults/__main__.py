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

from tests.faults.held_fsync import HeldFsync, NoCompilerError
from tests.faults.house import House, Setting, Store, Where
from tests.faults.report import HEAD, STALL_HEAD, line, stall_line, told
from tests.faults.run import Outcome, run
from tests.faults.stall import Stalled, stall
from tests.rig.postgres_server import PostgresServer
from tests.rig.redis_server import PROGRAMS, Fsync, Kind, binary

_FULL_FAULTS_EACH = 6
_QUICK_FAULTS_EACH = 4
_STALLS_EACH = 5


def _full(seed: int) -> Iterator[Setting]:
    """Every store with every fsync, on the embedded server and on redis-server (or Valkey given as a server)."""
    servers: list[tuple[Where, Kind]] = [("embedded", "valkey"), ("server", _server())]
    for number, (store, (where, kind), fsync) in enumerate(product(get_args(Store), servers, get_args(Fsync))):
        yield Setting(store, where, kind, fsync, _FULL_FAULTS_EACH, seed + number)


def _quick(seed: int) -> Iterator[Setting]:
    """Both stores and both servers once, the ways of fsync mixed."""
    yield Setting("sqlite", "embedded", "valkey", "everysec", _QUICK_FAULTS_EACH, seed)
    yield Setting("postgres", "server", _server(), "off", _QUICK_FAULTS_EACH, seed + 1)


def _stall(seed: int) -> Iterator[Setting]:
    """Both stores on both servers, `everysec` as the name says."""
    yield Setting("sqlite", "embedded", "valkey", "everysec", _STALLS_EACH, seed)
    yield Setting("sqlite", "server", _server(), "everysec", _STALLS_EACH, seed + 1)
    yield Setting("postgres", "embedded", "valkey", "everysec", _STALLS_EACH, seed + 2)
    yield Setting("postgres", "server", _server(), "everysec", _STALLS_EACH, seed + 3)


def _server() -> Kind:
    return "redis" if binary("redis") else "valkey"


class Site:
    """Where houses are built: a folder of this run and one PostgreSQL server for all of them."""

    def __init__(self, folder: Path, postgres: PostgresServer) -> None:
        self._folder = folder
        self._postgres = postgres

    async def house(self, setting: Setting) -> House:
        """Build a house with an empty database."""
        folder = self._new_folder(setting)
        if setting.store == "sqlite":
            return House(setting, folder, None, None)
        return House(setting, folder, self._postgres, await self._new_database(folder))

    async def house_on_slow_disk(self, setting: Setting) -> tuple[House, HeldFsync]:
        """Build a house whose Redis can be made to wait for its disk."""
        folder = self._new_folder(setting)
        held = HeldFsync(folder, PROGRAMS[setting.redis])
        if setting.store == "sqlite":
            return House(setting, folder, None, None, held.environment), held
        database = await self._new_database(folder)
        return House(setting, folder, self._postgres, database, held.environment), held

    def _new_folder(self, setting: Setting) -> Path:
        folder = self._folder / f"{setting.store}-{setting.where}-{setting.redis}-{setting.fsync}-{setting.seed}"
        folder.mkdir()
        return folder

    async def _new_database(self, folder: Path) -> str:
        name = folder.name.replace("-", "_")
        await self._postgres.create(name)
        return self._postgres.url(name, driver="+asyncpg")


async def _run_all(settings: Sequence[Setting], site: Site) -> bool:
    """Carry out runs with faults at random moments; give whether every promise was kept."""
    sys.stdout.write(HEAD + "\n")
    outcomes: list[Outcome] = []
    for number, setting in enumerate(settings, 1):
        _say(f"{number} of {len(settings)}: {setting}, {setting.faults} faults")
        outcomes.append(await run(setting, await site.house(setting)))
        _print(line(outcomes[-1]))
    broken = [outcome for outcome in outcomes if outcome.violations]
    for outcome in broken:
        _print(told(outcome))
    faults = sum((outcome.faults for outcome in outcomes), Counter())
    happened = ", ".join(f"{count} {fault}" for fault, count in sorted(faults.items()))
    _print(f"\n{faults.total()} faults: {happened}")
    _print(f"fault runs: {len(outcomes) - len(broken)} passed, {len(broken)} failed")
    return not broken


async def _stall_all(settings: Sequence[Setting], site: Site) -> bool:
    """Carry out kills of Redis during a held fsync; give whether every promise was kept."""
    sys.stdout.write(STALL_HEAD + "\n")
    broken = 0
    for setting in settings:
        house, held = await site.house_on_slow_disk(setting)

        def tell(stalled: Stalled, setting: Setting = setting) -> None:
            _print(stall_line(setting, stalled))

        violations = await stall(house, held, setting.faults, setting.seed, tell)
        broken += bool(violations)
        for violation in violations:
            _print(f"  {violation.invariant}: {violation.text}")
    _print(f"\n{sum(setting.faults for setting in settings)} kills of Redis while its fsync was held up")
    _print(f"fault runs: {len(settings) - broken} passed, {broken} failed")
    return not broken


def _say(words: str) -> None:
    sys.stderr.write(f"  {words}\n")


def _print(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


_PLANS = {"full": (_full, _run_all), "quick": (_quick, _run_all), "stall": (_stall, _stall_all)}


async def _carry_out(what: str, seed: int) -> bool:
    settings, carry_out = _PLANS[what]
    postgres = PostgresServer()
    try:
        await postgres.start()
        with TemporaryDirectory(prefix="faults-") as folder:
            return await carry_out(list(settings(seed)), Site(Path(folder), postgres))
    finally:
        postgres.stop()


def main() -> int:
    """Give 0 if no promise was broken, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("what", choices=sorted(_PLANS))
    parser.add_argument("--seed", type=int, default=20260302, help="of the schedule of faults")
    options = parser.parse_args()
    started = monotonic()
    try:
        kept = asyncio.run(_carry_out(options.what, options.seed))
    except NoCompilerError as error:
        _print(f"skipped: {error}")
        return 0
    _print(f"{monotonic() - started:.0f} s, seed {options.seed}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
