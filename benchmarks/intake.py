"""Answers a second and latency of a contestant under a number of connections."""

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contestants import Contestant, Store, until_quiet
from benchmarks.load import Measured

_ORDERS, _ACCEPTED = "/v1/lsr", "202"


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
    longest_ms: float
    cpu_us: float
    """Processor time of the contestant's own processes per answer, in microseconds."""
    rss_mb: float


class NotAcceptedError(Exception):
    """Raised when a contestant answered with another status than it should, so that its rate means nothing."""


class Course:
    """Sends the same body to one contestant after the other, under marks (an order's PON) that are each run's own."""

    def __init__(
        self, body: Path, seconds: float, warm_up: float, *, path: str = _ORDERS, answered: str = _ACCEPTED
    ) -> None:
        """Take what is sent where, for how long, and the status that every answer must have."""
        self._body = body
        self._path = path
        self._answered = answered
        self._seconds = seconds
        self._warm_up = warm_up
        self._runs = 0

    async def measure(self, contestant: Contestant, connections: int) -> Sample:
        """Give one measurement. What the contestant does after its answers (the relay) is waited for and counted.

        Raises:
            NotAcceptedError: not every answer was what it should be.
        """
        self._runs += 1
        before = contestant.cpu_seconds()
        measured = await self._load(contestant, connections)
        await until_quiet(contestant)
        used = contestant.cpu_seconds() - before
        if set(measured["statuses"]) != {self._answered}:
            raise NotAcceptedError(f"{contestant.name} answered {measured['statuses']}")
        return Sample(
            contestant=contestant.name,
            store=contestant.store,
            processes=contestant.processes,
            connections=connections,
            per_second=measured["per_second"],
            p50_ms=measured["p50_ms"],
            p99_ms=measured["p99_ms"],
            longest_ms=measured["longest_ms"],
            cpu_us=1e6 * used / max(1, measured["answers_in_all"]),
            rss_mb=contestant.rss_megabytes(),
        )

    async def _load(self, contestant: Contestant, connections: int) -> Measured:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "benchmarks.load", "--body", str(self._body), "--prefix", f"B{self._runs:04d}"),
            *("--path", self._path),
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
