"""The CLECs: they submit orders, send again what got no answer, now and then what did, and empty their mailbox."""

import asyncio
import itertools
import json
from collections.abc import Callable
from datetime import date
from random import Random

from tests.faults.gateway_client import GatewayClient
from tests.faults.promises import Answer, Promises
from tests.rig.documents import new_loops

_LONGEST_PAUSE_SECONDS = 0.1
_SENT_AGAIN = 0.05
"""Share of answered submissions that are sent again all the same, as after a lost acknowledgement."""
_POLL_SECONDS = 0.2
_XML = {"Content-Type": "application/xml"}


class Clec:
    """One ordering system with one request at a time."""

    def __init__(
        self, name: str, client: GatewayClient, today: Callable[[], date], promises: Promises, random: Random
    ) -> None:
        self._name = name
        self._client = client
        self._today = today
        self._promises = promises
        self._random = random
        self._old: list[tuple[str, str]] = []

    async def order(self) -> None:
        """Submit one order after the other until cancelled."""
        for number in itertools.count():
            key = (f"{self._name}{number:06d}", "01")
            self._promises.sent[key] = new_loops(key[0], self._today())
            await self._submit(key)
            self._old.append(key)
            if self._random.random() < _SENT_AGAIN:
                await self._submit(self._random.choice(self._old))
            await asyncio.sleep(_LONGEST_PAUSE_SECONDS * self._random.random())

    async def _submit(self, key: tuple[str, str]) -> None:
        reply = await self._client.until_answered("POST", "/v1/lsr", data=self._promises.sent[key], headers=_XML)
        if reply.status == 202:
            self._promises.answers[key].append(Answer(reply.headers["Location"], reply.body))
        else:
            self._promises.surprises.append(f"order {key} was answered {reply.status}: {reply.body[:300]!r}")


class Mailbox:
    """The reader of the CLEC's notices: follows its cursor and never looks back."""

    def __init__(self, client: GatewayClient, promises: Promises) -> None:
        self._client = client
        self._promises = promises
        self._cursor = 0

    async def follow(self) -> None:
        """Read until cancelled."""
        while True:
            await self.empty()
            await asyncio.sleep(_POLL_SECONDS)

    async def empty(self) -> None:
        """Read all that waits."""
        more = True
        while more:
            path = f"/v1/notices?after={self._cursor}&limit=500"
            reply = await self._client.until_answered("GET", path, headers={"Accept": "application/json"})
            page = json.loads(reply.body)
            # Noted without an await in between, so that a page counts as read whole or not at all.
            self._promises.mailbox += [notice["id"] for notice in page["notices"]]
            self._cursor, more = page["cursor"], page["more"]
