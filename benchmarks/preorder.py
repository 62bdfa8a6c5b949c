"""`python -m benchmarks.preorder`: pre-order answers at 64 connections, and orders beside an ILEC's silent system.

The p99 of an address validation and of an NC/NCI check is to be below 20 ms on two cores, with a gateway's process on
each; one process alone is measured too. A bare handler is measured in turns with them, since it tells how fast the
machine is: the target was set where it took 25 us. No order may wait for the ILEC's system longer than its budget. Exit
status 1 if one of them does not hold.
"""

import asyncio
import sys
from collections.abc import Sequence
from os import getloadavg
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.contestants import Field
from benchmarks.intake import Course, Sample
from gateway.doors.xml_shapes import example_xml
from gateway.preorder.queries.table import ADDRESS_VALIDATION, NC_NCI_VALIDATION, AnyReferenceQuery
from gateway.settings import Settings
from tests.rig.documents import PON_MARK, new_loops, today

_CORES = 2
_CONNECTIONS = 64
_TURNS = 5
_SECONDS, _WARM_UP = 3.0, 0.5
_TARGET_MS = 20.0
_BARE_US = 24.6
"""Processor time of a bare answer on the machine that the target was set on; p99 is reckoned for such a machine."""
_QUERIES: tuple[AnyReferenceQuery, ...] = (ADDRESS_VALIDATION, NC_NCI_VALIDATION)
_ORDERING = 8
"""Connections that order; few, so that an order's time is its own and not its place in a queue."""


async def queries_answered(field: Field, folder: Path, processes: int) -> bool:
    """Measure both queries and a bare handler in turns, print a line each, and say whether each query's p99 is good."""
    courses = {query.name: _course(query, folder) for query in _QUERIES}
    bare_course = Course(folder / f"{_QUERIES[0].name}.xml", _SECONDS, _WARM_UP)
    told: dict[str, list[Sample]] = {name: [] for name in courses}
    bare_told = []
    gateway, bare = await field.gateway("sqlite", processes), await field.bare(processes)
    try:
        for _ in range(_TURNS):
            bare_told.append(await bare_course.measure(bare, _CONNECTIONS))
            for name, course in courses.items():
                told[name].append(await course.measure(gateway, _CONNECTIONS))
    finally:
        gateway.stop()
        bare.stop()
    slower = median(run.cpu_us for run in bare_told) / _BARE_US
    print(f"{_words('a bare handler', processes, bare_told)}, {slower:.1f} times that of the target's machine")
    for name, runs in told.items():
        print(f"{_words(name, processes, runs)}; p99 there {_p99(runs) / slower:.1f} ms")
    return all(_p99(runs) / slower < _TARGET_MS for runs in told.values())


def _words(name: str, processes: int, runs: Sequence[Sample]) -> str:
    ordered = sorted(run.p99_ms for run in runs)
    return (
        f"{name}, {processes} process(es): {median(run.per_second for run in runs):.0f}/s, "
        f"p50 {median(run.p50_ms for run in runs):.1f} ms, "
        f"p99 {median(ordered):.1f} ms ({ordered[0]:.1f} to {ordered[-1]:.1f}), "
        f"CPU {median(run.cpu_us for run in runs):.0f} us"
    )


def _p99(runs: Sequence[Sample]) -> float:
    return median(run.p99_ms for run in runs)


def _course(query: AnyReferenceQuery, folder: Path) -> Course:
    body = folder / f"{query.name}.xml"
    body.write_text(example_xml(query.question, query.example) + f"<!-- {PON_MARK} -->", encoding="utf-8")
    return Course(body, _SECONDS, _WARM_UP, path=f"/v1/preorder/{query.name}", answered="200")


async def orders_beside_silence(field: Field, folder: Path) -> bool:
    """Order beside the territory, and beside a system that never answers; say whether the wait is bounded."""
    budget_ms: float = 1000 * Settings.model_fields["order_check_seconds"].get_default()
    silent = await asyncio.start_server(_say_nothing, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    settings: dict[str, dict[str, str]] = {
        "territory": {},
        "silent system": {"OSS_GATEWAY_ILEC_URL": f"http://127.0.0.1:{port}"},
    }
    longest: dict[str, float] = {}
    body = folder / "order.xml"
    body.write_bytes(new_loops(PON_MARK, today()))
    for name, setting in settings.items():
        contestant = await field.gateway("sqlite", 1, settings=setting)
        try:
            told = await Course(body, _SECONDS, _WARM_UP).measure(contestant, _ORDERING)
        finally:
            contestant.stop()
        longest[name] = told.longest_ms
        print(
            f"orders, {name}: {told.per_second:.0f}/s, p50 {told.p50_ms:.1f} ms, p99 {told.p99_ms:.1f} ms, "
            f"longest {told.longest_ms:.1f} ms"
        )
    silent.close()
    added = longest["silent system"] - longest["territory"]
    print(f"a silent system adds at most {added:.0f} ms to an order; its budget is {budget_ms:.0f} ms")
    return bool(added <= budget_ms)


async def _say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await reader.read(65_536):
        pass
    writer.close()


async def main() -> int:
    """Measure everything, and give the exit status."""
    print(f"load of the machine: {getloadavg()[0]:.1f}")
    with TemporaryDirectory(prefix="oss-gateway-bench-") as name:
        folder = Path(name)
        field = Field(folder, None)
        alone = await queries_answered(field, folder, 1)
        both = await queries_answered(field, folder, _CORES)
        bounded = await orders_beside_silence(field, folder)
    words = {True: "met", False: "missed"}
    print(
        f"p99 below {_TARGET_MS:.0f} ms, reckoned for the target's machine: {words[both]} with a process a core, "
        f"{words[alone]} with one; wait bounded: {words[bounded]}"
    )
    return 0 if both and bounded else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
