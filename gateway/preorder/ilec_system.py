"""The ILEC's own system as the source of reference data, over HTTP.

The contract: `POST {url}/{query}` with `{"question": {…}, "caller": {"partner": …, "ccna": […]}}` as JSON, answered 200
with the members that `/openapi.json` gives for the answer of that query (without `as_of` and `age_seconds`). Whatever
else comes back, or nothing in time, counts as silence. The names are those of the queries, and `order-check`,
`number-pool`, `appointment-windows` and `customer-service-record`, which the gateway asks by itself; and those of the
files (`street-address-guide`, `feature-list`, `feature-availability`, `carrier-list`), whose rows are asked for page by
page: `{"after": NEXT, "limit": N}` is answered `{"found": …, "rows": […], "next": NEXT}`, on the last without `next`.
"""

import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

import aiohttp
from pydantic import ValidationError

from gateway.clock import Clock
from gateway.preorder.breaker import Breaker
from gateway.preorder.caller import Caller
from gateway.preorder.port import Answered, SourceSilent
from gateway.preorder.queries import table
from gateway.preorder.queries.query import Query
from gateway.preorder.shapes import Answer, Shape

Asked = TypeVar("Asked", bound=Shape)
Told = TypeVar("Told", bound=Answer)

_LARGEST: Final = 4_194_304
_CONNECTIONS: Final = 64
_MOST_KEPT: Final = 10_000
_KEPT: Final = frozenset(
    query.name
    for query in (
        table.ADDRESS_VALIDATION,
        table.FEATURES,
        table.SERVICE_AVAILABILITY,
        table.LOOP_QUALIFICATION,
        table.RAW_LOOP_DATA,
        table.ISDN_QUALIFICATION,
        table.DSL_QUALIFICATION,
        table.NC_NCI_VALIDATION,
        table.CLLI_VALIDATION,
    )
)
"""Queries about what changes slowly: an answer is kept, and given with its age while the system is silent."""


@dataclass(frozen=True, slots=True)
class IlecTerms:
    """How the ILEC's system is asked.

    Attributes:
        url: where it answers, without the query's name.
        key: bearer key that it wants, None without.
        seconds: how long it is waited for.
        keep: how old a kept answer may be.
    """

    url: str
    key: str | None
    seconds: float
    keep: timedelta


class _HasNone(SourceSilent):
    """Raised when the system does not have a query."""


class IlecSystem:
    """`ReferenceData` from the ILEC's system."""

    def __init__(self, terms: IlecTerms, clock: Clock) -> None:
        self._terms = terms
        self._clock = clock
        self._breaker = Breaker(clock)
        self._kept: OrderedDict[str, tuple[datetime, Answer]] = OrderedDict()
        self._session: aiohttp.ClientSession | None = None

    async def answer(self, query: Query[Asked, Told], asked: Asked, caller: Caller) -> Answered[Told]:
        """Ask the system; while it is silent, give what it said before, as long as that is not too old."""
        name = f"{query.name} {asked.model_dump_json()} {caller.ccna}"
        try:
            answer = await self._asked(query, asked, caller)
        except SourceSilent:
            kept = self._kept.get(name)
            age = self._clock.now() - kept[0] if kept else self._terms.keep
            if kept is None or age >= self._terms.keep or not isinstance(kept[1], query.answer):
                raise
            return Answered(kept[1], age, "kept")
        if query.name in _KEPT:
            self._keep(name, answer)
        return Answered(answer, source="ilec")

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _keep(self, name: str, answer: Answer) -> None:
        self._kept[name] = (self._clock.now(), answer)
        self._kept.move_to_end(name)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)

    async def _asked(self, query: Query[Asked, Told], asked: Asked, caller: Caller) -> Told:
        if not self._breaker.admits():
            raise SourceSilent("the ILEC's system has failed several times; it is asked again within half a minute")
        good = False
        try:
            answer = query.answer.model_validate_json(await self._fetched(query.name, asked, caller))
            good = True
        except _HasNone:
            # It is there and answers: a query that it does not have says nothing against it.
            good = True
            raise
        except ValidationError as wrong:
            raise SourceSilent(
                f"the ILEC's system answers {query.name} in another shape: {wrong.error_count()}"
            ) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as failed:
            raise SourceSilent(f"the ILEC's system does not answer: {type(failed).__name__}") from failed
        finally:
            # A caller who gives up waiting counts too: it waited in vain.
            self._breaker.note(good=good)
        return answer

    async def _fetched(self, name: str, asked: Shape, caller: Caller) -> bytes:
        body = {
            "question": asked.model_dump(mode="json"),
            "caller": {"partner": caller.partner_id, "ccna": caller.ccna},
        }
        session = self._session = self._session or self._open()
        address = f"{self._terms.url.rstrip('/')}/{name}"
        async with session.post(address, data=json.dumps(body).encode(), allow_redirects=False) as response:
            if response.status == 404:
                raise _HasNone(f"the ILEC's system has no {name}")
            if response.status != 200:
                raise SourceSilent(f"the ILEC's system answers {response.status}")
            told = bytearray()
            async for chunk in response.content.iter_chunked(65_536):
                told += chunk
                if len(told) > _LARGEST:
                    raise SourceSilent("the ILEC's system answers with more than is read")
            return bytes(told)

    def _open(self) -> aiohttp.ClientSession:
        headers: dict[str, Any] = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._terms.key:
            headers["Authorization"] = f"Bearer {self._terms.key}"
        timeout = aiohttp.ClientTimeout(total=self._terms.seconds)
        return aiohttp.ClientSession(
            timeout=timeout, headers=headers, connector=aiohttp.TCPConnector(limit=_CONNECTIONS)
        )
