"""`python -m benchmarks.month_report`: how long the report of a month takes, by the orders that the month has.

The record is filled in bulk with orders as a month has them, not through intake. Each report runs in a process of its
own, whose greatest memory is measured.
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import asyncpg
import sqlalchemy as sa

from gateway.record import tables
from gateway.record.engine import open_engine, sqlite_opener
from gateway.record.schema import upgrade_schema
from gateway.record.sql import open_record
from gateway.record.types import dumps, instant_text
from gateway.reports.desk import Reports
from gateway.reports.measures.month import Month
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.pid.as_html import PidPage
from gateway.reports.pid.as_json import report_json
from gateway.reports.pid.record_file import RecordFile
from gateway.reports.pid.shown_records import ShownRecords
from gateway.reports.pid.trend import Trend
from gateway.reports.workers import Workers
from tests.rig.postgres_server import PostgresServer
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path

_MONTH = Month(2026, 11)
_STARTS = datetime(2026, 10, 20, 15, 0, tzinfo=UTC)
_SPREAD = timedelta(days=40)
"""Receipts are spread over these, so that most orders are answered and completed in the month, and some pend."""
_CLECS = tuple(f"clec{n:02}" for n in range(20))
_PRODUCTS = ("loop-2w-nonloaded", "loop-xdsl-i", "loop-ds1", "subloop", "lnp")
_RESULTS = Path("var/bench/month-report.json")
_MADE = 20_000
"""Orders that are made one by one; a greater month has copies of them, which the database makes far faster."""
_KEPT = 17
"""Characters of an id that say of what kind it is and from when; four after them tell the copies apart."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Seeded:
    """One order with its history, as rows of the two tables that the report reads."""

    order: Row
    events: Sequence[Row]


def seeded(count: int) -> Iterator[Seeded]:
    """Make orders as a month has them: most in time, some late, some in jeopardy, some pending, some rejected."""
    chance = Random(20261101)  # noqa: S311 - the same orders on every machine
    for n in range(count):
        yield _order(n, _STARTS + _SPREAD * n / count, chance)


def _order(n: int, received: datetime, chance: Random) -> Seeded:
    order_id = f"ord_{int(received.timestamp() * 1000):012x}_{n:016x}"
    clec, product = chance.choice(_CLECS), chance.choice(_PRODUCTS)
    due = (received + timedelta(days=9)).date()
    told: list[tuple[str, datetime, dict[str, Any]]] = []

    def tell(type_: str, at: datetime, **data: Any) -> None:
        told.append((type_, at, {"ver": "01", **data}))

    request = {
        "product": product,
        "activity": "N",
        "quantity": chance.randint(1, 4),
        "desired_due_date": due.isoformat(),
        "project": False,
        "flow_through": False,
    }
    tell("order.received", received, outcome="accepted", digest="0" * 64, request=request)
    tell("order.accepted", received, outcome="accepted")
    state = "ACCEPTED"
    foc_at = received + timedelta(hours=chance.choice((2, 5, 12, 30, 70, 140)))
    if chance.random() < 0.05:
        tell("order.rejected", foc_at, decision={"decision": "reject", "findings": []}, to="REJECTED")
        state = "REJECTED"
    else:
        decision = {"decision": "confirm", "due_date": due.isoformat(), "frame_due_time": "1000AM"}
        tell("order.confirmed", foc_at, decision=decision, due_date=due.isoformat())
        tell("notice.issued", foc_at, notice=f"ntc_{n}", kind="foc")
        state = _installed(due, chance, tell)
    events = [
        (f"evt_{order_id[4:16]}_{n:015x}{k:x}", order_id, clec, type_, at, "9.2.4.4.1", dumps(data))
        for k, (type_, at, data) in enumerate(told)
    ]
    return Seeded(
        (
            *(order_id, clec, "template", "lsr", f"B{n:09}", "01", f"LSR{n:09}", product, "N", state, 1, received),
            *(received, due, due, None if state in {"REJECTED", "ACCEPTED"} else due, "", received, "{}"),
        ),
        events,
    )


def _installed(due: date, chance: Random, tell: Any) -> str:
    noon = datetime(due.year, due.month, due.day, 19, tzinfo=UTC)
    if chance.random() < 0.1:
        tell("order.jeopardy", noon - timedelta(days=2), cause="ilec", decision={"decision": "jeopardy", "rcode": "1D"})
        later = due + timedelta(days=3)
        moved = {"decision": "confirm", "due_date": later.isoformat()}
        tell("order.confirmed", noon - timedelta(days=1), decision=moved, due_date=later.isoformat())
        due = later
    if chance.random() < 0.05:
        return "CONFIRMED"
    done = due + timedelta(days=chance.choice((0, 0, 0, 0, 0, 0, 0, 0, 1, 4)))
    at = datetime(done.year, done.month, done.day, 22, tzinfo=UTC)
    told = {
        "decision": "complete",
        "completed_on": done.isoformat(),
        "zone": chance.choice((1, 2)),
        "dispatched": False,
    }
    tell("order.port-trigger-set", at - timedelta(hours=20))
    tell("order.completed", at, decision=told)
    tell("notice.issued", at, notice="ntc", kind="soc")
    tell("order.billed", at + timedelta(days=2), decision={"decision": "bill"})
    return "BILLED"


_ORDER_COLUMNS = [column.name for column in tables.orders.columns]
_EVENT_COLUMNS = [column.name for column in tables.events.columns if column.name != "seq"]
_COPIED = {
    "id": f"substr(id, 1, {_KEPT}) || {{copy}} || substr(id, {_KEPT + 5})",
    "order_id": f"substr(order_id, 1, {_KEPT}) || {{copy}} || substr(order_id, {_KEPT + 5})",
    "pon": "pon || {copy}",
    "number": "number || {copy}",
}
"""What a copy of an order has otherwise than the order itself; all ids and numbers differ, so do the copies'."""
_COPIES = {
    "sqlite": (
        "(WITH RECURSIVE n(copy) AS (VALUES (1) UNION ALL SELECT copy + 1 FROM n WHERE copy < {last}) SELECT * FROM n)",
        "printf('%04x', copy)",
    ),
    "postgres": ("generate_series(1, {last}) AS copies(copy)", "lpad(to_hex(copy), 4, '0')"),
}


def _copying(store: str, count: int) -> Iterator[str]:
    """Give the statements that copy the orders made one by one until there are `count`, within the database."""
    copies, digits = _COPIES[store]
    last = count // _MADE - 1
    for table, columns in (("orders", _ORDER_COLUMNS), ("events", _EVENT_COLUMNS)):
        names = ", ".join(columns)
        changed = ", ".join(_COPIED.get(name, name).format(copy=digits) for name in columns)
        yield f"CREATE TEMP TABLE made AS SELECT {names} FROM {table}"  # noqa: S608 - names of our own tables
        # The copies of a row follow it, so that rows which lie together in an index are written together.
        yield f"INSERT INTO {table} ({names}) SELECT {changed} FROM made CROSS JOIN {copies.format(last=last)}"  # noqa: S608 - names of our own tables
        yield "DROP TABLE made"


def fill_sqlite(file: Path, count: int) -> None:
    """Fill an empty record on SQLite."""
    connection = sqlite_opener(sa.make_url(f"sqlite:///{file}"))()
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    for table, columns, rows in _both(seeded(min(count, _MADE))):
        marks = ", ".join("?" * len(columns))
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - names of our own tables
            (tuple(_as_text(value) for value in row) for row in rows),
        )
    for statement in _copying("sqlite", count) if count > _MADE else ():
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()


async def fill_postgres(url: str, count: int) -> None:
    """Fill an empty record on PostgreSQL."""
    connection = await asyncpg.connect(url)
    for table, columns, rows in _both(seeded(min(count, _MADE))):
        await connection.copy_records_to_table(table, records=rows, columns=columns)
    for statement in _copying("postgres", count) if count > _MADE else ():
        await connection.execute(statement)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


def _both(made: Iterable[Seeded]) -> Iterator[tuple[str, list[str], list[Row]]]:
    filled = list(made)
    yield "orders", _ORDER_COLUMNS, [one.order for one in filled]
    yield "events", _EVENT_COLUMNS, list(chain.from_iterable(one.events for one in filled))


def _as_text(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant_text(value)
    return value.isoformat() if isinstance(value, date) else value


async def report(url: str, processes: int) -> dict[str, Any]:
    """Make the report as a page and with all its records; give how long each took, and the greatest memory."""
    folder = bundled_path("config") / "agreements"
    record = open_record(url)
    reports = Reports(record, load_agreements(folder), load_measure_terms(), Workers(url, folder, processes))
    began, worked = monotonic(), _worked()
    shown = ShownRecords()
    made = await reports.pid(_MONTH, shown)
    PidPage(made, shown, Trend(), reports.terms).html()
    page, page_work = monotonic() - began, _worked() - worked
    began = monotonic()
    with RecordFile() as records:
        size = sum(len(piece) for piece in report_json(await reports.pid(_MONTH, records), records))
    full = monotonic() - began
    await record.close()
    return {
        "orders": made.orders_read,
        "page_s": round(page, 1),
        "us_an_order": round(page / made.orders_read * 1e6),
        "cpu_us_an_order": round(page_work / made.orders_read * 1e6),
        "all_records_s": round(full, 1),
        "peak_mb": _peak(resource.RUSAGE_SELF),
        "worker_mb": _peak(resource.RUSAGE_CHILDREN),
        "json_mb": size // 1_000_000,
    }


def _worked() -> float:
    """Give the processor time of this process and of those it started, but not the database server's."""
    used = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak(whose: int) -> int:
    return resource.getrusage(whose).ru_maxrss // 1024


def _measured(url: str, processes: int) -> dict[str, Any]:
    run = [sys.executable, "-m", "benchmarks.month_report", "--report", url, "--processes", str(processes)]
    done = subprocess.run(run, check=True, capture_output=True, text=True)  # noqa: S603 - this very module
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


async def _made(url: str) -> None:
    engine = open_engine(url)
    await upgrade_schema(engine)
    await engine.dispose()


def _on_sqlite(count: int, processes: int) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "record.sqlite"
        began = monotonic()
        asyncio.run(_made(f"sqlite:///{file}"))
        fill_sqlite(file, count)
        filled = monotonic() - began
        return {"fill_s": round(filled), **_measured(f"sqlite:///{file}", processes)}


def _on_postgres(count: int, processes: int) -> dict[str, Any]:
    server = PostgresServer()
    try:
        began = monotonic()
        asyncio.run(_filled(server, count))
        filled = monotonic() - began
        return {"fill_s": round(filled), **_measured(server.url("report"), processes)}
    finally:
        server.stop()


async def _filled(server: PostgresServer, count: int) -> None:
    await server.start()
    await server.create("report")
    await _made(server.url("report"))
    await fill_postgres(server.url("report"), count)


def main() -> None:
    """Measure, print a table, and save it as JSON under `var/bench`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.month_report", description=__doc__)
    parser.add_argument("--orders", type=int, nargs="+", default=[20_000, 200_000])
    parser.add_argument("--stores", nargs="+", default=["postgres", "sqlite"], choices=["postgres", "sqlite"])
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--report", metavar="URL", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.report:
        print(json.dumps(asyncio.run(report(given.report, given.processes))))
        return
    if odd := [count for count in given.orders if count > _MADE and count % _MADE]:
        parser.error(f"more than {_MADE} orders are made as whole copies of so many: {odd}")
    found = []
    for store in given.stores:
        for count in given.orders:
            on = _on_sqlite if store == "sqlite" else _on_postgres
            found.append({"store": store, "made": count, **on(count, given.processes)})
            if len(found) == 1:
                print("".join(f"{name:>16}" for name in found[0]))
            print("".join(f"{value!s:>16}" for value in found[-1].values()), flush=True)
    _RESULTS.parent.mkdir(parents=True, exist_ok=True)
    _RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
