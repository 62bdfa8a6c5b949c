"""Who plays: the CLEC and the operator by HTTP, and the back end as the demo sees its process."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Self
from urllib.parse import urlsplit

import aiohttp

from gateway.demo.processes import ProcessFailed, Running

_PATIENCE_SECONDS: Final = 15.0
_STEP_SECONDS: Final = 0.01


class StoryBroken(Exception):  # noqa: N818 - it says what is so
    """Raised when a story cannot go on: something did not come about, or came about otherwise."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer."""

    status: int
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body, read."""
        read: dict[str, Any] = json.loads(self.body)
        return read


class Caller:
    """Calls the gateway with one bearer key."""

    def __init__(self, http: aiohttp.ClientSession, key: str) -> None:
        self._http = http
        self.headers = {"Authorization": f"Bearer {key}", "Accept": "application/json"}

    async def call(self, method: str, path: str, **request: Any) -> Reply:
        """Give what the gateway answers, whatever its status."""
        headers = {**self.headers, **request.pop("headers", {})}
        async with self._http.request(method, path, headers=headers, **request) as reply:
            return Reply(reply.status, await reply.read())

    async def read(self, path: str) -> dict[str, Any]:
        """Give the JSON at `path`.

        Raises:
            StoryBroken: the status is not 200.
        """
        reply = await self.call("GET", path)
        if reply.status != 200:
            raise StoryBroken(f"GET {path} was answered {reply.status}: {reply.body.decode(errors='replace')}")
        return reply.json


class Clec(Caller):
    """The trading partner: sends orders, follows them, empties its mailbox."""

    def __init__(self, http: aiohttp.ClientSession, url: str, key: str) -> None:
        super().__init__(http, key)
        self._url = url

    async def send(self, document: bytes) -> Reply:
        """Send an LSR."""
        return await self.call("POST", "/v1/lsr", data=document, headers={"Content-Type": "application/xml"})

    async def send_and_hang_up(self, document: bytes, recorded: Callable[[], Awaitable[None]]) -> None:
        """Send an LSR and hang up without reading the answer, once `recorded` says that the order was taken."""
        address = urlsplit(self._url)
        head = [
            "POST /v1/lsr HTTP/1.1",
            f"Host: {address.netloc}",
            *(f"{name}: {value}" for name, value in self.headers.items()),
            "Content-Type: application/xml",
            f"Content-Length: {len(document)}",
        ]
        _, line = await asyncio.open_connection(address.hostname, address.port)
        line.write("\r\n".join(head).encode() + b"\r\n\r\n" + document)
        try:
            await line.drain()
            await recorded()
        finally:
            line.close()
            await line.wait_closed()

    async def orders(self, pon: str) -> list[dict[str, Any]]:
        """Give its orders under a PON."""
        found: list[dict[str, Any]] = (await self.read(f"/v1/orders?pon={pon}"))["orders"]
        return found

    async def part(self, order_id: str, name: str) -> list[dict[str, Any]]:
        """Give the `events`, `clocks` or `notices` of an order."""
        paths = {"events": "history", "clocks": "clocks", "notices": "notices"}
        found: list[dict[str, Any]] = (await self.read(f"/v1/orders/{order_id}/{paths[name]}"))[name]
        return found

    async def acknowledge(self, notice_id: str) -> Reply:
        """Say that a notice was taken."""
        return await self.call("POST", f"/v1/notices/{notice_id}/ack")


class Operator(Caller):
    """Moves the clock."""

    async def move_clock(self, to: datetime) -> None:
        """Have the gateway's clock stand at `to`; what is due on the way fires at its own time.

        Raises:
            StoryBroken: it does not move.
        """
        reply = await self.call("POST", "/v1/operations/clock", json={"to": to.isoformat()})
        if reply.status != 200:
            raise StoryBroken(f"the clock does not move to {to}: {reply.body.decode(errors='replace')}")


@dataclass(slots=True)
class BackEndAtWork:
    """The back end's process as the demo sees it: what it took, when it will answer, what it answered."""

    running: Running
    taken: list[tuple[str, str]] = field(default_factory=list)
    """Order id and version of each work item, as often as it was taken."""
    pons: set[str] = field(default_factory=set)
    """The PONs among them."""
    plans: list[datetime] = field(default_factory=list)
    answered: list[Mapping[str, Any]] = field(default_factory=list)
    """Each answer that was sent: `order`, `ver`, `by`, `decision`; `why` if it was refused."""
    _ended: ProcessFailed | None = None

    async def listen(self) -> None:
        """Take in what the process says until cancelled."""
        try:
            while True:
                self._hear(json.loads(await self.running.line(patience=None)))
        except ProcessFailed as failure:
            self._ended = failure

    def _hear(self, said: Mapping[str, Any]) -> None:
        if said["did"] == "took":
            self.taken.append((said["order"], said["ver"]))
            self.pons.add(said["pon"])
            self.plans = sorted([*self.plans, *map(datetime.fromisoformat, said["answers_at"])])
        elif said["did"] in ("answered", "refused"):
            self.answered.append(said)

    async def has_taken(self, order_id: str, ver: str) -> None:
        """Return when it has taken that version.

        Raises:
            StoryBroken: it has not in time.
        """
        await self._until(f"the back end takes {order_id} VER {ver}", lambda: (order_id, ver) in self.taken)

    async def has_taken_pon(self, pon: str) -> None:
        """Return when it has taken a version under that PON.

        Raises:
            StoryBroken: it has not in time.
        """
        await self._until(f"the back end takes {pon}", lambda: pon in self.pons)

    def tell(self, now: datetime) -> None:
        """Tell it what time it is."""
        self.running.write(json.dumps({"now": now.isoformat()}))

    async def answers(self, now: datetime) -> list[Mapping[str, Any]]:
        """Tell it that it is `now`, a time of its plan, and give what it answers then.

        Raises:
            StoryBroken: it does not answer in time, or the gateway refuses what it answers.
        """
        due = [at for at in self.plans if at <= now]
        self.plans = [at for at in self.plans if at > now]
        before = len(self.answered)
        self.tell(now)
        await self._until(f"the back end answers at {now}", lambda: len(self.answered) >= before + len(due))
        answers = self.answered[before:]
        for answer in answers:
            if answer["did"] == "refused":
                raise StoryBroken(f"the gateway refused the decision {answer['decision']}: {answer['why']}")
        return answers

    async def _until(self, what: str, holds: Callable[[], bool]) -> None:
        async def held() -> bool:
            if self._ended is not None:
                raise self._ended
            return holds()

        await until(what, held)


async def until(what: str, holds: Callable[[], Awaitable[bool]], patience: float = _PATIENCE_SECONDS) -> None:
    """Return once `holds` gives true; `patience` is real time, in seconds.

    Raises:
        StoryBroken: it did not in time.
    """
    try:
        async with asyncio.timeout(patience):
            while not await holds():  # noqa: ASYNC110 - other processes set no event
                await asyncio.sleep(_STEP_SECONDS)
    except TimeoutError:
        raise StoryBroken(f"{what}: not within {patience:g} s") from None


@dataclass(frozen=True, slots=True)
class Players:
    """Everybody on the stage."""

    clec: Clec
    operator: Operator
    back_end: BackEndAtWork

    @classmethod
    def of(cls, http: aiohttp.ClientSession, url: str, keys: Mapping[str, str], back_end: Running) -> Self:
        """Give the players their keys (by role) and lines."""
        return cls(Clec(http, url, keys["clec"]), Operator(http, keys["operations"]), BackEndAtWork(back_end))
