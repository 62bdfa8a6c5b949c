"""`python -m benchmarks.preorder`: latency of an address validation and of an NC/NCI check at 64 connections.

Exit status 1 if the p99 of one of them is not below 20 ms.
"""

import asyncio
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from benchmarks.load import Measured
from gateway.doors.xml_shapes import example_xml
from gateway.preorder.queries.table import ADDRESS_VALIDATION, NC_NCI_VALIDATION, AnyReferenceQuery
from tests.rig.documents import PON_MARK
from tests.rig.gateway_server import KEYS, GatewayServer

_CONNECTIONS = 64
_TARGET_MS = 20.0
_QUERIES: tuple[AnyReferenceQuery, ...] = (ADDRESS_VALIDATION, NC_NCI_VALIDATION)


async def measured(server: GatewayServer, query: AnyReferenceQuery, folder: Path) -> Measured:
    """Send the query's example over and over. A comment carries the mark that the load numbers its requests with."""
    body = folder / f"{query.name}.xml"
    body.write_text(example_xml(query.question, query.example) + f"<!-- {PON_MARK} -->", encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.load", "--body", str(body), "--prefix", "Q"),
        *("--ports", str(server.port), "--path", f"/v1/preorder/{query.name}", "--key", KEYS["clec"]),
        *("--connections", str(_CONNECTIONS), "--seconds", "3", "--warm-up", "1"),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    told: Measured = json.loads(output)
    return told


def _cpu_seconds(server: GatewayServer) -> float:
    if server.child is None:
        raise RuntimeError("the gateway does not run")
    times = psutil.Process(server.child.pid).cpu_times()
    return float(times.user + times.system)


async def main() -> int:
    """Measure both, print a line each, and give the exit status."""
    missed = 0
    with TemporaryDirectory(prefix="oss-gateway-bench-") as folder:
        server = GatewayServer(Path(folder) / "gateway", {})
        await server.prepare()
        await server.start(patience=120)
        try:
            for query in _QUERIES:
                before = _cpu_seconds(server)
                told = await measured(server, query, Path(folder))
                cpu_us = 1e6 * (_cpu_seconds(server) - before) / max(1, told["answers_in_all"])
                good = set(told["statuses"]) == {"200"} and told["p99_ms"] < _TARGET_MS
                missed += not good
                print(
                    f"{query.name}: {told['per_second']:.0f}/s, p50 {told['p50_ms']:.1f} ms, "
                    f"p99 {told['p99_ms']:.1f} ms, "
                    f"CPU {cpu_us:.0f} us, {told['statuses']}: {'met' if good else 'missed'}"
                )
        finally:
            server.stop()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
