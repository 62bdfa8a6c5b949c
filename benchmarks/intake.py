"""Intake: orders a second and latency of a contestant under a number of connections."""

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from benchmarks.contestants import Contestant, Store
from benchmarks.load import Measured

_QUIET_SHARE = 0.1
_LOOK_SECONDS = 0.25
_QUIET_PATIENCE = 5.0
_ACCEPTED = {"202"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One measurement of one contestant."""

    contestant: str
    store: Store | None
    processes: int
    connections: int
    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_us: float
    """Processor time of the contestant's own processes per answer, in microseconds."""
    rss_mb: float


class NotAcceptedError(Exception):
    """Raised when a contestant answered something else than 202, so that its rate means nothing."""


class Course:
    """Sends the same orders to one contestant after the other; each run's PONs are its own."""

    def __init__(self, body: Path, seconds: float, warm_up: float) -> None:
        self._body = body
        self._seconds = seconds
        self._warm_up = warm_up
        self._runs = 0

    async def measure(self, contestant: Contestant, connections: int) -> Sample:
        """Give one measurement. What the contestant does after its answers (the relay) is waited for and counted.

        Raises:
            NotAcceptedError: not every order was accepted.
        """
        self._runs += 1
        before = contestant.cpu_seconds()
        measured = await self._load(contestant, connections)
        await _until_quiet(contestant)
        used = contestant.cpu_seconds() - before
        if set(measured["statuses"]) != _ACCEPTED:
            raise NotAcceptedError(f"{contestant.name} answered {measured['statuses']}")
        return Sample(
            contestant=contestant.name,
            store=contestant.store,
            processes=contestant.processes,
            connections=connections,
            per_second=measured["per_second"],
            p50_ms=measured["p50_ms"],
            p99_ms=measured["p99_ms"],
            cpu_us=1e6 * used / max(1, measured["answers_in_all"]),
            rss_mb=contestant.rss_megabytes(),
        )

    async def _load(self, contestant: Contestant, connections: int) -> Measured:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "benchmarks.load", "--body", str(self._body), "--prefix", f"B{self._runs:04d}"),
            *("--ports", ",".join(map(str, contestant.ports)), "--key", contestant.key),
            *("--connections", str(connections), "--seconds", str(self._seconds), "--warm-up", str(self._warm_up)),
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await process.communicate()
        if process.returncode:
            words = "\n".join(child.last_words() for child in contestant.children)
            raise NotAcceptedError(f"the load on {contestant.name} broke off; its log ends:\n{words}")
        measured: Measured = json.loads(output)
        return measured


async def _until_quiet(contestant: Contestant) -> None:
    started = monotonic()
    while monotonic() - started < _QUIET_PATIENCE:
        before = contestant.cpu_seconds()
        await asyncio.sleep(_LOOK_SECONDS)
        if contestant.cpu_seconds() - before < _LOOK_SECONDS * _QUIET_SHARE:
            return
