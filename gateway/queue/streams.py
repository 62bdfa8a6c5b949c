"""A thin adapter over redis-py: the few things that the gateway does with streams, in the gateway's words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from importlib.resources import files
from typing import Any, Final

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError

from gateway.queue.envelope import FIELD
from gateway.queue.names import GROUPS
from gateway.record.rows import Json

MARKER: Final = "oss-gateway"
"""A consumer that never reads. The gateway puts it into each group it makes: a group without it was made by somebody
else, or anew after a loss, and where that one began to read is unknown."""
_CLAIM_TURNS: Final = 20
_BLOCK_ROOM: Final = 5.0


class QueueUnavailable(Exception):  # noqa: N818 - the name says what is so, as design.md words it
    """Raised when Redis cannot be reached, is loading, or refuses to write. Whether it wrote is then unknown."""


class EntryState(StrEnum):
    """Where one entry stands in its stream's group."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entry stands; `deliveries` and `idle` (since the last one) only while it is delivered."""

    state: EntryState
    deliveries: int = 0
    idle: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as read: `text` is its envelope as JSON text, not parsed."""

    stream: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Generation:
    """Which Redis answers: a new `run_id` is a restart or failover; not `intact`: a group is lost or not ours."""

    run_id: str
    intact: bool


def connect(url: str) -> Redis:
    """Give a client that tries once and answers within seconds; trying again is the relay's own decision."""
    return Redis.from_url(
        url, decode_responses=True, retry=Retry(NoBackoff(), 0), socket_timeout=_BLOCK_ROOM, socket_connect_timeout=2.0
    )


@contextmanager
def _reaching() -> Iterator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        raise QueueUnavailable(f"{type(error).__name__}: {error}") from error


class Streams:
    """The streams of one environment, named short (`work:lsr`). Every method may raise `QueueUnavailable`."""

    def __init__(self, redis: Redis, environment: str) -> None:
        self._redis = redis
        self._environment = environment
        self._standing = _script("entry_standing.lua")
        self._add = _script("add_entries.lua")
        self._trim = _script("trim.lua")

    def key(self, stream: str) -> str:
        """Give the name of `stream` in Redis: `{ENV}:work:lsr`."""
        return f"{self._environment}:{stream}"

    async def ping(self) -> None:
        """Return when Redis answers."""
        with _reaching():
            await self._redis.ping()

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()

    async def generation(self) -> Generation:
        """Tell which Redis answers and whether all groups are those that the gateway made; one round trip."""
        pipe = self._redis.pipeline(transaction=False)
        pipe.info("server")
        for stream, group in GROUPS.items():
            pipe.xinfo_consumers(self.key(stream), group)
        with _reaching():
            server, *groups = await pipe.execute(raise_on_error=False)
            for answer in (server, *groups):
                if isinstance(answer, Exception) and not _is_absence(answer):
                    raise answer
        intact = all(isinstance(group, list) and _has_marker(group) for group in groups)
        return Generation(server["run_id"], intact)

    async def make_groups(self, streams: Iterable[str]) -> None:
        """Make the groups of `streams` that are missing, and set those of unknown origin back to the beginning."""
        for stream in streams:
            with _reaching():
                await self._make_group(self.key(stream), GROUPS[stream])

    async def _make_group(self, key: str, group: str) -> None:
        try:
            consumers = await self._redis.xinfo_consumers(key, group)
        except ResponseError as error:
            if not _is_absence(error):
                raise
            await self._redis.xgroup_create(key, group, id="0", mkstream=True)
        else:
            if _has_marker(consumers):
                return
            await self._redis.xgroup_setid(key, group, id="0")
        await self._redis.xgroup_createconsumer(key, group, MARKER)

    async def add(self, stream: str, events: Sequence[str]) -> list[str]:
        """Add `events`, envelopes as JSON text, in their order and give the entry ids; one fsync for all of them."""
        with _reaching():
            ids: list[str] = await self._redis.eval(self._add, 1, self.key(stream), FIELD, *events)
        return ids

    async def claim(self, stream: str, group: str, consumer: str, count: int, stale_after: timedelta) -> list[Entry]:
        """Give up to `count` entries: first those that any consumer took and left for `stale_after`, then new ones."""
        with _reaching():
            entries = await self._claim_stale(stream, group, consumer, count, stale_after)
            if len(entries) < count:
                read = await self._redis.xreadgroup(
                    group, consumer, {self.key(stream): ">"}, count=count - len(entries)
                )
                entries += _entries(stream, read)
        return entries

    async def _claim_stale(
        self, stream: str, group: str, consumer: str, count: int, stale_after: timedelta
    ) -> list[Entry]:
        entries: list[Entry] = []
        cursor, idle = "0-0", int(stale_after.total_seconds() * 1000)
        for _ in range(_CLAIM_TURNS):
            answer = await self._redis.xautoclaim(
                self.key(stream), group, consumer, idle, cursor, count=count - len(entries)
            )
            cursor = answer[0]
            entries += _entries(stream, [(stream, answer[1])])
            if cursor == "0-0" or len(entries) >= count:
                break
        return entries

    async def read(
        self, stream: str, group: str, consumer: str, count: int, after: str, block: timedelta | None = None
    ) -> list[Entry]:
        """Read new entries (`after` is `>`), waiting up to `block`, or those `consumer` left unacknowledged."""
        wait = None if block is None else max(1, int(block.total_seconds() * 1000))
        with _reaching():
            read = await self._redis.xreadgroup(group, consumer, {self.key(stream): after}, count=count, block=wait)
        return _entries(stream, read)

    async def standing(self, stream: str, group: str, entry_ids: Sequence[str]) -> list[Standing]:
        """Tell where each of `entry_ids` stands, all at one instant."""
        if not entry_ids:
            return []
        with _reaching():
            answer = await self._redis.eval(self._standing, 1, self.key(stream), group, *entry_ids)
        return [_standing(text) for text in answer]

    async def acknowledge(self, stream: str, group: str, entry_ids: Sequence[str]) -> None:
        """Acknowledge entries for the group and take them out of the stream."""
        if not entry_ids:
            return
        pipe = self._redis.pipeline(transaction=True)
        pipe.xack(self.key(stream), group, *entry_ids)
        pipe.xdel(self.key(stream), *entry_ids)
        with _reaching():
            await pipe.execute()

    async def bury(self, stream: str, group: str, entry_id: str, letter: Json) -> None:
        """Put `letter` on the dead-letter stream and take the entry out of its own, in one step."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.xadd(self.key("dead"), {name: str(value) for name, value in letter.items()})
        pipe.xack(self.key(stream), group, entry_id)
        pipe.xdel(self.key(stream), entry_id)
        with _reaching():
            await pipe.execute()

    async def delivered(self, streams: Sequence[str]) -> dict[str, str]:
        """Give for each of `streams` that is there the id of the entry that its group read last."""
        pipe = self._redis.pipeline(transaction=False)
        for stream in streams:
            pipe.xinfo_groups(self.key(stream))
        with _reaching():
            answers = await pipe.execute(raise_on_error=False)
            for answer in answers:
                if isinstance(answer, Exception) and not _is_absence(answer):
                    raise answer
        return {
            stream: group["last-delivered-id"]
            for stream, answer in zip(streams, answers, strict=True)
            for group in (answer if isinstance(answer, list) else ())
            if group["name"] == GROUPS[stream]
        }

    async def trim(self, stream: str, bound: str) -> int:
        """Take out the entries below the id `bound` that no consumer holds, and give their number."""
        with _reaching():
            return int(await self._redis.eval(self._trim, 1, self.key(stream), GROUPS[stream], bound))

    async def length(self, stream: str) -> int:
        """Give the number of entries in `stream`."""
        with _reaching():
            return int(await self._redis.xlen(self.key(stream)))


def _script(name: str) -> str:
    return files("gateway.queue").joinpath(name).read_text("utf-8")


def _is_absence(error: Exception) -> bool:
    text = str(error)
    return isinstance(error, ResponseError) and ("NOGROUP" in text or "no such key" in text)


def _has_marker(consumers: Sequence[Mapping[str, Any]]) -> bool:
    return any(consumer["name"] == MARKER for consumer in consumers)


def _entries(stream: str, read: Any) -> list[Entry]:
    """Flatten an answer of redis-py; an entry that was deleted while pending has no fields and is left out."""
    found = read[0][1] if read else []
    return [Entry(stream, entry_id, fields.get(FIELD, "")) for entry_id, fields in found if fields]


def _standing(text: str) -> Standing:
    state, *rest = text.split(":")
    if not rest:
        return Standing(EntryState(state))
    return Standing(EntryState(state), int(rest[0]), timedelta(milliseconds=int(rest[1])))
