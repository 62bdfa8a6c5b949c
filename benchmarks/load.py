"""The load: a process of its own that keeps N connections busy with orders, each under a PON of its own.

It speaks HTTP/1.1 by hand over asyncio protocols, one request at a time on each connection, so that it costs a fraction
of what it measures. It prints one JSON object: answers by status, rate, and latency percentiles in milliseconds.
"""

import argparse
import asyncio
import itertools
import json
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TypedDict, cast

import uvloop

from tests.rig.documents import PON_MARK

_END_OF_HEAD = b"\r\n\r\n"
_LAST_ANSWERS_SECONDS = 15.0
_LENGTH = b"content-length:"


@dataclass(slots=True)
class Tally:
    """What was answered between the end of the warm-up and the end of the measurement."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: "array[float]" = field(default_factory=lambda: array("d"))


class Requests:
    """Gives request after request: the template with the next PON."""

    def __init__(self, host: str, path: str, key: str, body: bytes, prefix: str) -> None:
        before, after = body.split(PON_MARK.encode())
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/xml\r\n"
            f"Authorization: Bearer {key}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._before = head.encode() + before
        self._after = after
        self._pons: Iterator[bytes] = (
            b"%s%0*d" % (prefix.encode(), len(PON_MARK) - len(prefix), n) for n in itertools.count()
        )

    def next(self) -> bytes:
        """Give the next request, whole."""
        return self._before + next(self._pons) + self._after


class Connection(asyncio.Protocol):
    """One connection: sends a request, takes its answer, sends the next, until it is told to stop."""

    def __init__(self, requests: Requests, tally: Callable[[], Tally], lost: Callable[[], None]) -> None:
        self._requests = requests
        self._tally = tally
        self._lost = lost
        self._buffer = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None
        self.stopping = False
        self.closed = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by name
        self._send()

    def data_received(self, data: bytes) -> None:
        """Gather an answer; once it is whole, note it and send the next request."""
        self._buffer += data
        end = self._buffer.find(_END_OF_HEAD)
        if end < 0:
            return
        length = _content_length(self._buffer[:end])
        if len(self._buffer) < end + len(_END_OF_HEAD) + length:
            return
        tally = self._tally()
        tally.seconds.append(perf_counter() - self._sent_at)
        tally.statuses[int(self._buffer[9:12])] += 1
        self._buffer = b""
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell of an end that was not asked for."""
        del exc
        self.closed.set()
        if not self.stopping:
            self._lost()

    def stop(self) -> None:
        """Close after the present answer."""
        self.stopping = True

    def _send(self) -> None:
        if self._transport is None:
            return
        if self.stopping:
            self._transport.close()
            return
        self._sent_at = perf_counter()
        self._transport.write(self._requests.next())


def _content_length(head: bytes) -> int:
    lower = head.lower()
    start = lower.index(_LENGTH) + len(_LENGTH)
    return int(lower[start:].split(b"\r\n", 1)[0])


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run of the load is to do."""

    ports: tuple[int, ...]
    path: str
    key: str
    body: bytes
    prefix: str
    connections: int
    warm_up: float
    seconds: float


class Measured(TypedDict):
    """What a run of the load prints."""

    statuses: dict[str, int]
    per_second: float
    p50_ms: float
    p99_ms: float
    longest_ms: float
    answers_in_all: int


async def run(plan: Plan) -> Measured:
    """Carry out `plan` against servers on the loopback and give what was measured.

    Raises:
        ConnectionError: a server closed a connection, so the measurement means nothing.
    """
    loop = asyncio.get_running_loop()
    warming, measuring = Tally(), Tally()
    tallies = [warming]
    lost: list[str] = []
    requests = Requests("127.0.0.1", plan.path, plan.key, plan.body, plan.prefix)
    connections: list[Connection] = []
    for _, port in zip(range(plan.connections), itertools.cycle(plan.ports), strict=False):
        _, connection = await loop.create_connection(
            lambda: Connection(requests, lambda: tallies[-1], lambda: lost.append("closed")), "127.0.0.1", port
        )
        connections.append(connection)
    await asyncio.sleep(plan.warm_up)
    tallies.append(measuring)
    started = perf_counter()
    await asyncio.sleep(plan.seconds)
    tallies.append(Tally())
    took = perf_counter() - started
    for connection in connections:
        connection.stop()
    async with asyncio.timeout(_LAST_ANSWERS_SECONDS):
        await asyncio.gather(*(connection.closed.wait() for connection in connections))
    if lost:
        raise ConnectionError(f"{len(lost)} connections were closed by the server")
    return _measured(measuring, took, sum(len(tally.seconds) for tally in tallies))


def _measured(tally: Tally, took: float, answers_in_all: int) -> Measured:
    ordered = sorted(tally.seconds)
    return {
        "statuses": {str(status): count for status, count in sorted(tally.statuses.items())},
        "per_second": len(ordered) / took,
        "p50_ms": _percentile(ordered, 0.50),
        "p99_ms": _percentile(ordered, 0.99),
        "longest_ms": _percentile(ordered, 1.0),
        "answers_in_all": answers_in_all,
    }


def _percentile(ordered: list[float], share: float) -> float:
    if not ordered:
        return float("nan")
    return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def main() -> None:
    """Run the load that the command line describes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--ports", required=True, help="comma separated, on the loopback")
    parser.add_argument("--path", default="/v1/lsr")
    parser.add_argument("--key", default="none")
    parser.add_argument("--body", type=Path, required=True, help="template file with the PON mark")
    parser.add_argument("--prefix", required=True, help="start of every PON of this run")
    parser.add_argument("--connections", type=int, required=True)
    parser.add_argument("--warm-up", type=float, default=0.5)
    parser.add_argument("--seconds", type=float, default=2.0)
    options = parser.parse_args()
    plan = Plan(
        ports=tuple(int(port) for port in options.ports.split(",")),
        path=options.path,
        key=options.key,
        body=options.body.read_bytes(),
        prefix=options.prefix,
        connections=options.connections,
        warm_up=options.warm_up,
        seconds=options.seconds,
    )
    sys.stdout.write(json.dumps(uvloop.run(run(plan))) + "\n")


if __name__ == "__main__":
    main()
