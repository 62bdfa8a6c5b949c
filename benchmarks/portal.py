"""`python -m benchmarks.portal`: how long pages about orders take with a million orders in PostgreSQL.

One order is taken and confirmed by a gateway, and copied in the database: over twenty CLECs and eight months, in states
and products of which some are rare. Then pages are opened one after another over HTTP, as a person of a CLEC with a
twentieth of the orders, and as a representative of the ILEC.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

import aiohttp
import asyncpg
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.stored import multiply
from gateway.app.commands import open_partners
from gateway.record import tables
from gateway.record.rows import Role
from gateway.settings import Settings
from tests.rig.documents import new_loops, today
from tests.rig.gateway_server import KEYS, PARTNER, GatewayServer
from tests.rig.people import add_people, person_of, session_of
from tests.rig.postgres_server import PostgresServer

_RESULTS = Path("var/bench/portal.json")
_TARGET_MS = 100
_WARM = 3
_FIRST_MS, _APART_MS = 1_760_000_000_000, 20_000
"""When the first copy came in, in milliseconds since 1970, and how long after each the next one did."""
_ID = f"'ord_' || lpad(to_hex({_FIRST_MS} + n::bigint * {_APART_MS}), 12, '0') || '_' || lpad(n::text, 16, '0')"
_RECEIVED = f"to_timestamp({_FIRST_MS // 1000} + n::bigint * {_APART_MS // 1000})"
_PARTNER = f"CASE n / 7 % 20 WHEN 0 THEN '{PARTNER}' ELSE 'clec' || (n / 7 % 20) END"
_STATE = (
    "CASE WHEN n % 10007 = 0 THEN 'JEOPARDY' WHEN n % 100 < 80 THEN 'BILLED' WHEN n % 100 < 92 THEN 'CONFIRMED' "
    "WHEN n % 100 < 98 THEN 'ACCEPTED' ELSE 'CANCELLED' END"
)
_OPEN = "n % 100 BETWEEN 80 AND 97"
_RARE_PRODUCT = 5003
_OTHERWISE = {
    tables.orders: {
        "id": _ID,
        "partner_id": _PARTNER,
        "state": _STATE,
        "product": f"CASE WHEN n % {_RARE_PRODUCT} = 0 THEN 'udit' WHEN n % 3 = 0 THEN 'lnp' ELSE product END",
        "received_at": _RECEIVED,
        "updated_at": _RECEIVED,
    },
    tables.submissions: {"order_id": _ID, "partner_id": _PARTNER, "received_at": _RECEIVED, "body": "body"},
    tables.events: {"order_id": _ID, "partner_id": _PARTNER, "at": _RECEIVED},
    tables.notices: {
        "order_id": _ID,
        "partner_id": _PARTNER,
        "issued_at": _RECEIVED,
        "acknowledged_at": f"CASE WHEN n % 100 < 98 THEN {_RECEIVED} END",
    },
    tables.clocks: {
        "order_id": _ID,
        "partner_id": _PARTNER,
        "state": f"CASE WHEN {_OPEN} THEN 'open' ELSE 'stopped' END",
        "stopped_at": f"CASE WHEN {_OPEN} THEN NULL ELSE {_RECEIVED} END",
        "stopped_by": f"CASE WHEN {_OPEN} THEN NULL ELSE 'completed' END",
    },
    tables.outbox: {"order_id": _ID, "partner_id": _PARTNER},
}
_NUMBERS = (
    "INSERT INTO order_numbers (id, number, order_id) "  # noqa: S608 - our own SQL
    f"SELECT '208' || lpad(n::text, 7, '0') || '/' || {_ID}, '208' || lpad(n::text, 7, '0'), {_ID} "
    "FROM generate_series(1, $1::int) AS n"
)

Figure = dict[str, object]


def _number_of(orders: int) -> int:
    """Give the number of a copy of the rig's CLEC, about in the middle."""
    return orders // 2 // 140 * 140 + 1


def _id_of(number: int) -> str:
    return f"ord_{_FIRST_MS + number * _APART_MS:012x}_{number:016}"


def pages(orders: int, role: Role) -> Iterator[tuple[str, str]]:
    """Give the pages that are measured, each with its name."""
    known, deep = _number_of(orders), _id_of(orders // 10)
    listed = "/portal/orders?"
    yield "orders", listed
    yield "orders in a common state", f"{listed}state=BILLED"
    yield "orders in a rare state", f"{listed}state=JEOPARDY"
    yield "orders of a rare product", f"{listed}product=udit"
    yield "orders of a rare product and state", f"{listed}product=udit&state=CANCELLED"
    yield "orders of a family that has none", f"{listed}family=asr"
    yield "order by PON", f"{listed}pon=M{known:09}"
    yield "order by telephone number", f"{listed}number=208{known:07}"
    yield "orders of some days", f"{listed}received_from=2025-10-12&received_until=2025-10-14"
    yield "orders, nine tenths down", f"{listed}after={deep}"
    yield "orders in a common state, nine tenths down", f"{listed}state=BILLED&after={deep}"
    yield "one order", f"/portal/orders/{_id_of(known)}"
    yield "its document", f"/portal/orders/{_id_of(known)}/document"
    if role.of_partner:
        yield "dashboard", "/portal/dashboard"
        yield "mailbox, unread", "/portal/mailbox"
        yield "mailbox, all", "/portal/mailbox?show=all"
    else:
        yield "orders of one partner", f"{listed}partner={PARTNER}"
        yield "orders of one partner in a rare state", f"{listed}partner={PARTNER}&state=JEOPARDY"


async def measure(orders: int, times: int) -> list[Figure]:
    """Fill a record and measure every page on it."""
    server = PostgresServer()
    try:
        await server.start()
        await server.create("portal")
        with TemporaryDirectory() as folder:
            async with _gateway(Path(folder), server.url("portal")) as gateway:
                await _fill(gateway, server.url("portal"), orders)
                return [
                    figure
                    for role in (Role.CLEC, Role.REPRESENTATIVE)
                    for figure in await _measure_as(gateway.url, role, orders, times)
                ]
    finally:
        server.stop()


@asynccontextmanager
async def _gateway(folder: Path, database: str) -> AsyncIterator[GatewayServer]:
    gateway = GatewayServer(folder, {"OSS_GATEWAY_DATABASE": database, "OSS_GATEWAY_PARTNER_RATE": "10000"})
    await gateway.prepare()
    async with open_partners(Settings(data=gateway.data, database=database)) as (record, _):
        roles = (Role.CLEC, Role.REPRESENTATIVE)
        await add_people(record, [person_of(role.value, role, PARTNER if role.of_partner else None) for role in roles])
    await gateway.start()
    try:
        yield gateway
    finally:
        gateway.stop()


async def _fill(gateway: GatewayServer, database: str, orders: int) -> None:
    await _take_one(gateway.url)
    plain = await asyncpg.connect(database)
    for hurry in ("fsync = off", "max_wal_size = '8GB'"):  # what is made up may be lost; pages only read
        await plain.execute(f"ALTER SYSTEM SET {hurry}")
    await plain.execute("SELECT pg_reload_conf()")
    engine = create_async_engine(database.replace("postgresql:", "postgresql+asyncpg:"))  # without the gateway's bounds
    async with engine.connect() as connection:
        await multiply(connection, orders, _OTHERWISE)
    await engine.dispose()
    await plain.execute(_NUMBERS, orders)
    await plain.execute("VACUUM ANALYZE order_numbers")
    await plain.close()


async def _take_one(url: str) -> None:
    """Have the order taken and confirmed that the others are copies of."""
    async with aiohttp.ClientSession(url, headers={"Accept": "application/json"}) as session:
        clec, backend = ({"Authorization": f"Bearer {KEYS[role]}"} for role in ("clec", "backend"))
        body, xml = new_loops("FIRST", today(), loops=4), {"Content-Type": "application/xml"}
        async with session.post("/v1/lsr", data=body, headers={**clec, **xml}) as taken:
            order = taken.headers["Location"]
        async with session.get(order, headers=clec) as read:
            due = (await read.json())["desired_due_date"]
        decision = {"decision": "confirm", "due_date": due, "order_number": "N1"}
        address = order.replace("/v1/", "/v1/backend/") + "/decisions"
        async with session.post(address, json=decision, headers=backend) as decided:
            decided.raise_for_status()


async def _measure_as(url: str, role: Role, orders: int, times: int) -> list[Figure]:
    jar = aiohttp.CookieJar(unsafe=True)
    found: list[Figure] = []
    async with aiohttp.ClientSession(url, cookies={"session": session_of(role.value)}, cookie_jar=jar) as session:
        for name, address in pages(orders, role):
            took = [await _open(session, address) for _ in range(_WARM + times)][_WARM:]
            p99 = quantiles(took, n=100, method="inclusive")[98]
            found.append({"as": role.value, "page": name, "median_ms": round(median(took), 1), "p99_ms": round(p99, 1)})
            _print(found[-1])
    return found


async def _open(session: aiohttp.ClientSession, address: str) -> float:
    began = perf_counter()
    async with session.get(address, allow_redirects=False) as answer:
        body = await answer.text()
    took = 1000 * (perf_counter() - began)
    if answer.status != 200:
        raise AssertionError(f"{address} was answered {answer.status}: {body[-1500:]}")
    return took


def _print(figure: Mapping[str, object]) -> None:
    late = "" if float(str(figure["p99_ms"])) < _TARGET_MS else "  missed"
    sys.stdout.write(f"{figure['as']:>16}  {figure['page']:<44}{figure['median_ms']:>9}{figure['p99_ms']:>9}{late}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure, print a table, save it as JSON under `var/bench`; 1 if a page misses the target."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.portal", description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=100, help="how often each page is opened")
    given = parser.parse_args()
    found = asyncio.run(measure(given.orders, given.times))
    _RESULTS.parent.mkdir(parents=True, exist_ok=True)
    _RESULTS.write_text(json.dumps({"orders": given.orders, "pages": found}, indent=2) + "\n", encoding="utf-8")
    return int(any(float(str(figure["p99_ms"])) >= _TARGET_MS for figure in found))


if __name__ == "__main__":
    sys.exit(main())
