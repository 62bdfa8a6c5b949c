"""The adapter to the ILEC's system against one that answers, is slow, is dead, or talks nonsense."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from gateway.clock import ManualClock
from gateway.preorder.caller import Caller
from gateway.preorder.ilec_system import IlecSystem, IlecTerms
from gateway.preorder.port import SourceSilent
from gateway.preorder.queries.files import REFERENCE_FILES
from gateway.preorder.queries.query import Query
from gateway.preorder.queries.table import ADDRESS_VALIDATION, CFA_VALIDATION, REFERENCE_QUERIES
from tests.rig.court import MONDAY
from tests.rig.preorder import shipped_territory

QUERIES = (*REFERENCE_QUERIES, *(file.query for file in REFERENCE_FILES))
CALLER = Caller("sawtooth", ("ZQF",))
ADDRESS = ADDRESS_VALIDATION.question.model_validate(ADDRESS_VALIDATION.example)
CFA = CFA_VALIDATION.question.model_validate(CFA_VALIDATION.example)
SECONDS = 2.0
"""Long enough for a busy machine; the tests of a system that hangs wait this long."""


@dataclass(slots=True)
class Ilec:
    """An ILEC's system that keeps to the contract, until it is told to do otherwise."""

    status: int = 200
    body: bytes | None = None
    hangs: bool = False
    heard: list[tuple[str, str | None, dict[str, Any]]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer from the shipped territory."""
        asked = await request.json()
        name = request.match_info["query"]
        self.heard.append((name, request.headers.get("Authorization"), asked["caller"]))
        if self.hangs:
            await asyncio.Event().wait()
        if self.body is not None or self.status != 200:
            return web.Response(status=self.status, body=self.body)
        query: Query[Any, Any] = next(query for query in QUERIES if query.name == name)
        caller = Caller(asked["caller"]["partner"], tuple(asked["caller"]["ccna"]))
        told = query.find(shipped_territory(), query.question.model_validate(asked["question"]), caller)
        return web.json_response(json.loads(told.model_dump_json(exclude={"as_of", "age_seconds"})))


@pytest.fixture
def ilec() -> Ilec:
    """Give the ILEC's system, its data read."""
    shipped_territory()
    return Ilec()


@pytest.fixture
def clock() -> ManualClock:
    """Give the machine's clock, moved by hand."""
    return ManualClock(MONDAY)


@pytest.fixture
async def system(ilec: Ilec, clock: ManualClock) -> AsyncIterator[IlecSystem]:
    """Give the adapter, connected to it over loopback."""
    app = web.Application()
    app.router.add_post("/reference/{query}", ilec.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    terms = IlecTerms(f"http://127.0.0.1:{port}/reference/", "secret", SECONDS, timedelta(minutes=15))
    adapter = IlecSystem(terms, clock)
    yield adapter
    await adapter.close()
    await runner.cleanup()


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
async def test_the_system_is_asked_and_its_answer_given(system: IlecSystem, ilec: Ilec, query: Query[Any, Any]) -> None:
    """Each query by its name, with the key and who asks; the answer is as from the territory itself."""
    asked = query.question.model_validate(query.example)
    told = await system.answer(query, asked, CALLER)

    assert ("ilec", timedelta()) == (told.source, told.age)
    assert query.find(shipped_territory(), asked, CALLER) == told.answer
    assert [(query.name, "Bearer secret", {"partner": "sawtooth", "ccna": ["ZQF"]})] == ilec.heard


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, None), (404, None), (302, None), (200, b"nonsense"), (200, b'{"found": "maybe"}'), (200, b"{}")],
)
async def test_whatever_is_no_answer_counts_as_silence(
    system: IlecSystem, ilec: Ilec, status: int, body: bytes | None
) -> None:
    """A failure, a redirect, another shape: nothing is made of it."""
    ilec.status, ilec.body = status, body

    with pytest.raises(SourceSilent):
        await system.answer(CFA_VALIDATION, CFA, CALLER)


async def test_an_answer_without_end_is_cut_off(system: IlecSystem, ilec: Ilec) -> None:
    """No more than four megabytes are read."""
    ilec.body = b" " * 5_000_000

    with pytest.raises(SourceSilent, match="more than is read"):
        await system.answer(CFA_VALIDATION, CFA, CALLER)


async def test_a_slow_system_is_waited_for_no_longer_than_its_time(system: IlecSystem, ilec: Ilec) -> None:
    """Then it counts as silent."""
    ilec.hangs = True

    async with asyncio.timeout(SECONDS + 30):
        with pytest.raises(SourceSilent):
            await system.answer(CFA_VALIDATION, CFA, CALLER)


async def test_a_dead_system_is_silent(clock: ManualClock) -> None:
    """Nobody listens there."""
    adapter = IlecSystem(IlecTerms("http://127.0.0.1:9", None, SECONDS, timedelta()), clock)

    with pytest.raises(SourceSilent):
        await adapter.answer(CFA_VALIDATION, CFA, CALLER)
    await adapter.close()


async def test_after_five_failures_it_is_left_alone_for_half_a_minute(
    system: IlecSystem, ilec: Ilec, clock: ManualClock
) -> None:
    """Questions are refused at once then; after the rest one tries, and if it is answered all is well again."""
    ilec.status = 500
    for _ in range(8):
        with pytest.raises(SourceSilent):
            await system.answer(CFA_VALIDATION, CFA, CALLER)
    assert 5 == len(ilec.heard)

    clock.advance(timedelta(seconds=30))
    for _ in range(3):
        with pytest.raises(SourceSilent):
            await system.answer(CFA_VALIDATION, CFA, CALLER)
    assert 6 == len(ilec.heard)

    clock.advance(timedelta(seconds=30))
    ilec.status = 200
    assert (await system.answer(CFA_VALIDATION, CFA, CALLER)).answer.found
    assert (await system.answer(CFA_VALIDATION, CFA, CALLER)).answer.found


async def test_a_query_that_it_does_not_have_says_nothing_against_it(system: IlecSystem, ilec: Ilec) -> None:
    """However often it is asked for, the others are asked on."""
    for status in (404, 404, 404, 404, 404, 404, 200):
        ilec.status = status
        await asyncio.gather(system.answer(CFA_VALIDATION, CFA, CALLER), return_exceptions=True)

    assert 7 == len(ilec.heard)


async def test_four_failures_and_an_answer_are_forgiven(system: IlecSystem, ilec: Ilec) -> None:
    """Only failures in a row count."""
    for status in (500, 500, 500, 500, 200, 500, 500, 500, 500, 200):
        ilec.status = status
        await asyncio.gather(system.answer(CFA_VALIDATION, CFA, CALLER), return_exceptions=True)

    assert 10 == len(ilec.heard)


async def test_a_kept_answer_stands_in_with_its_age(system: IlecSystem, ilec: Ilec, clock: ManualClock) -> None:
    """An address does not move while the system is away; after a quarter of an hour nothing is said any more."""
    before = await system.answer(ADDRESS_VALIDATION, ADDRESS, CALLER)
    ilec.hangs = True
    clock.advance(timedelta(minutes=14))
    told = await system.answer(ADDRESS_VALIDATION, ADDRESS, CALLER)

    assert (before.answer, timedelta(minutes=14), "kept") == (told.answer, told.age, told.source)
    clock.advance(timedelta(minutes=1))
    with pytest.raises(SourceSilent):
        await system.answer(ADDRESS_VALIDATION, ADDRESS, CALLER)


async def test_what_changes_by_the_minute_is_never_kept(system: IlecSystem, ilec: Ilec) -> None:
    """Whether a facility is free is asked anew, or not said."""
    assert (await system.answer(CFA_VALIDATION, CFA, CALLER)).answer.found
    ilec.status = 500

    with pytest.raises(SourceSilent):
        await system.answer(CFA_VALIDATION, CFA, CALLER)


async def test_a_kept_answer_is_for_those_it_was_given_to(system: IlecSystem, ilec: Ilec) -> None:
    """Another carrier's question is another one."""
    await system.answer(ADDRESS_VALIDATION, ADDRESS, CALLER)
    ilec.status = 500

    with pytest.raises(SourceSilent):
        await system.answer(ADDRESS_VALIDATION, ADDRESS, Caller("bitterroot", ("ZQX",)))
