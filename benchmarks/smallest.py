"""Yardstick 2: the smallest honest pipeline. aiohttp, hardened parse, XSD gate, one group commit, 202.

Whatever arrives while a commit runs goes into the next ("natural" batching). One row a message, its PON unique.
Written apart from the gateway on purpose: it shares none of its code, only the schema.
"""

import argparse
import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

import asyncpg
import uvloop
from aiohttp import web
from lxml import etree

from benchmarks.tuning import settle_collector
from validators.bundled import bundled_path

Row = tuple[str, str, bytes]
Store = Callable[[list[Row]], Awaitable[None]]

_TABLE = "CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, pon TEXT NOT NULL UNIQUE, body {} NOT NULL)"
_INSERT = "INSERT INTO messages (id, pon, body) VALUES (?, ?, ?)"
_INSERT_MANY = "INSERT INTO messages (id, pon, body) SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[])"


class GroupCommit:
    """Hands rows to `store` in groups: the next group is what gathered while the last was stored."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[tuple[Row, asyncio.Future[None]]] = []
        self._arrived = asyncio.Event()

    async def add(self, row: Row) -> None:
        """Return once `row` is durable."""
        stored = asyncio.get_running_loop().create_future()
        self._waiting.append((row, stored))
        self._arrived.set()
        await stored

    async def run(self) -> None:
        """Store group after group, for ever."""
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            group, self._waiting = self._waiting, []
            try:
                await self._store([row for row, _ in group])
            except (sqlite3.Error, asyncpg.PostgresError, OSError) as error:
                for _, stored in group:
                    stored.set_exception(error)
            else:
                for _, stored in group:
                    stored.set_result(None)


def sqlite_store(path: str) -> Store:
    """Give a store on a SQLite file: WAL, synced on every commit, one writer thread."""
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(_TABLE.format("BLOB"))

    def write(rows: list[Row]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(_INSERT, rows)
        connection.execute("COMMIT")

    async def store(rows: list[Row]) -> None:
        await asyncio.get_running_loop().run_in_executor(None, write, rows)

    return store


async def postgres_store(url: str) -> Store:
    """Give a store on PostgreSQL: one statement a group, on one connection."""
    connection = await asyncpg.connect(url)
    await connection.execute(_TABLE.format("BYTEA"))

    async def store(rows: list[Row]) -> None:
        await connection.execute(_INSERT_MANY, *map(list, zip(*rows, strict=True)))

    return store


def handler(schema: etree.XMLSchema, commit: GroupCommit) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Give the handler of one message."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    pon_of = etree.XPath("string(/l:LocalServiceRequest/l:LSR/l:PON)", namespaces={"l": "urn:oss-gateway:r1:lsr"})

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        try:
            tree = etree.fromstring(body, parser)
        except etree.XMLSyntaxError as error:
            return web.Response(status=400, text=str(error))
        if tree.getroottree().docinfo.doctype or not schema.validate(tree):
            return web.Response(status=400, text=str(schema.error_log.last_error))
        pon = str(pon_of(tree))
        del tree
        message_id = uuid4().hex
        await commit.add((message_id, pon, body))
        return web.Response(status=202, headers={"Location": f"/v1/orders/{message_id}"})

    return take


async def application(database: str) -> web.Application:
    """Give the whole pipeline on `database`: a path of SQLite, or a URL of PostgreSQL."""
    store = await postgres_store(database) if database.startswith("postgresql:") else sqlite_store(database)
    commit = GroupCommit(store)
    schema = etree.XMLSchema(etree.parse(str(Path(bundled_path("schemas")) / "r1" / "lsr.xsd")))
    app = web.Application()
    app.router.add_post("/v1/lsr", handler(schema, commit))
    app["writer"] = asyncio.create_task(commit.run())
    settle_collector()
    return app


def main() -> None:
    """Serve on the port, and store in the database, that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.smallest", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--database", required=True)
    options = parser.parse_args()
    uvloop.install()
    web.run_app(application(options.database), host="127.0.0.1", port=options.port, print=None, access_log=None)


if __name__ == "__main__":
    main()
