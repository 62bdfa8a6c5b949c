"""`python -m benchmarks`: measures intake and clocks, prints a table, and saves it as JSON under `var/bench`."""

import argparse
import asyncio
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import psutil

from benchmarks.contestants import Contestant, Field, Store
from benchmarks.full_record import FullRecord, full_record
from benchmarks.intake import Course, Sample
from benchmarks.report import Line, full_record_words, lines, save, table, verdicts
from tests.rig.documents import PON_MARK, new_loops, today
from tests.rig.postgres_server import PostgresServer

_RESULTS = Path("var/bench")
_LOOPS = 12
"""Loops in the order that is sent: 3.6 KB, the size that the baseline was measured with."""


@dataclass(frozen=True, slots=True)
class Programme:
    """How much is measured."""

    processes: tuple[int, ...]
    connections: tuple[int, ...]
    repetitions: int
    stored: int
    seconds: float
    warm_up: float


_FULL = Programme(
    processes=(1, 2), connections=(1, 16, 64, 256), repetitions=3, stored=1_000_000, seconds=1.0, warm_up=0.3
)
_QUICK = Programme(processes=(1,), connections=(64,), repetitions=2, stored=0, seconds=1.5, warm_up=0.5)
_STORES: tuple[Store, ...] = ("sqlite", "postgres")


async def intake(programme: Programme, field: Field, course: Course) -> list[Sample]:
    """Measure every contestant at every setting, in interleaved repetitions."""
    samples = []
    for processes in programme.processes:
        contestants = await _line_up(field, processes)
        try:
            for repetition in range(programme.repetitions):
                for connections in programme.connections:
                    _say(f"{processes} process(es), {connections} connections, repetition {repetition + 1}")
                    samples += [await course.measure(contestant, connections) for contestant in contestants]
        finally:
            for contestant in contestants:
                contestant.stop()
    return samples


async def _on_full_records(programme: Programme, field: Field, course: Course) -> list[FullRecord]:
    full = []
    for store in _STORES if programme.stored else ():
        _say(f"{store} with {programme.stored:,} stored orders")
        full.append(await full_record(field, course, store, programme.stored, programme.repetitions))
    return full


async def _line_up(field: Field, processes: int) -> list[Contestant]:
    contestants = [await field.bare(processes)]
    for store in _STORES:
        contestants += [await field.smallest(store, processes), await field.gateway(store, processes)]
    return contestants


def _say(words: str) -> None:
    sys.stderr.write(f"  {words}\n")


async def main() -> int:
    """Give 0 if the gateway met its targets, 1 if not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="64 connections and one process only")
    programme = _QUICK if parser.parse_args().quick else _FULL
    started = monotonic()
    machine = _machine()
    postgres = PostgresServer()
    try:
        await postgres.start()
        with TemporaryDirectory(prefix="bench-") as folder:
            measured, stored = await _measure(programme, Path(folder), postgres)
    finally:
        postgres.stop()
    judged = verdicts(measured, stored)
    for good, words in judged:
        _print(f"{'met   ' if good else 'MISSED'} {words}")
    seconds = monotonic() - started
    path = save(_RESULTS, "intake", {"machine": machine, "seconds": seconds, "lines": measured, "full": stored})
    _print(f"\nsaved as {path}; {seconds:.0f} s")
    return 0 if all(good for good, _ in judged) else 1


async def _measure(programme: Programme, folder: Path, postgres: PostgresServer) -> tuple[list[Line], list[FullRecord]]:
    """Measure what the programme says, and print each part as soon as it is there."""
    body = folder / "order.xml"
    body.write_bytes(new_loops(PON_MARK, today(), loops=_LOOPS))
    field = Field(folder, postgres)
    course = Course(body, programme.seconds, programme.warm_up)
    measured = lines(await intake(programme, field, course))
    _print(table(measured) + "\n")
    stored = await _on_full_records(programme, field, course)
    for full in stored:
        _print(full_record_words(full))
    return measured, stored


def _print(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _machine() -> dict[str, object]:
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": psutil.cpu_count(),
        "load_before": psutil.getloadavg()[0],
    }


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
