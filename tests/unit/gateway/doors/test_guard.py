"""What stands before each handler, with handlers that fail in every way."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from structlog.testing import capture_logs

from gateway.clock import ManualClock
from gateway.doors.gatekeeper import Gatekeeper, Rates
from gateway.doors.guard import guarded, opened
from gateway.doors.problems import Kind, Problem
from gateway.doors.rates import Rate
from gateway.doors.routes import OpenRoute, Principal, Route
from gateway.lifecycle.decisions import BadField, DecisionInvalid
from gateway.queue.streams import QueueUnavailable
from gateway.record.port import RecordUnavailable
from gateway.record.rows import Credential, Role
from gateway.services.keys import hash_key
from gateway.services.refusals import (
    DecisionRefused,
    KeyReused,
    NoAgreement,
    NotFound,
    StaleRevision,
    StateForbids,
    Unreadable,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
KEY = "a-key"
RATES = Rates(Rate(1, 3), Rate(1, 2), 0.0)


class Keys:
    """Holds one credential and counts how often it was looked up."""

    def __init__(self, **more: Any) -> None:
        self.credential: Credential | None = Credential("key_1", hash_key(KEY), Role.CLEC, "sawtooth", "", NOON, **more)
        self.asked = 0

    async def credential_of(self, key_hash: str) -> Credential | None:
        """Give it for its hash."""
        self.asked += 1
        return self.credential if key_hash == hash_key(KEY) else None


def gatekeeper(keys: Keys, clock: ManualClock) -> Gatekeeper:
    """Give a gatekeeper over these keys."""

    class Looked:
        credential = staticmethod(keys.credential_of)

    return Gatekeeper(Looked(), clock, RATES, lambda _: False)  # type: ignore[arg-type] # it asks a record for nothing but credentials


def route(handler: Callable[[web.Request, Principal], Awaitable[web.StreamResponse]], *roles: Role) -> Route:
    """Give a route with this handler."""
    return Route("GET", "/x", "x", "", handler, frozenset(roles or {Role.CLEC}), ())


def failing(error: Exception) -> Callable[[web.Request, Principal], Awaitable[web.StreamResponse]]:
    """Give a handler that fails."""

    async def handle(request: web.Request, principal: Principal) -> web.StreamResponse:
        del request, principal
        raise error

    return handle


async def good(request: web.Request, principal: Principal) -> web.StreamResponse:
    """Tell who called."""
    del request
    return web.Response(text=f"{principal.role.value} {principal.partner_id}")


async def called(
    one: Route, keys: Keys | None = None, clock: ManualClock | None = None, path: str = "/x", key: str = KEY
) -> web.Response:
    """Call a route as a request with a key would."""
    request = make_mocked_request("GET", path, {"Authorization": f"Bearer {key}", "Accept": "application/json"})
    handle = guarded(one, gatekeeper(keys or Keys(), clock or ManualClock(NOON)))
    answer = await handle(request)
    assert isinstance(answer, web.Response)
    return answer


def problem(answer: web.Response) -> Any:
    """Read the problem object of an answer."""
    assert isinstance(answer.body, bytes)
    return json.loads(answer.body)


FAILURES = [
    (RecordUnavailable("gone"), 503, "unavailable"),
    (QueueUnavailable("gone"), 503, "unavailable"),
    (NotFound("order x"), 404, "not-found"),
    (StaleRevision("o", 3), 412, "precondition-failed"),
    (KeyReused("k"), 422, "idempotency-key-reused"),
    (StateForbids("o", "It is over.", "9.1.12"), 409, "state-forbids"),
    (DecisionRefused("o", ()), 422, "content-rejected"),
    (NoAgreement("p", "a"), 503, "unavailable"),
    (Unreadable(()), 400, "malformed-message"),
    (DecisionInvalid((BadField("a.b", "is wrong", "x"),)), 400, "malformed-request"),
    (Problem(Kind.FORBIDDEN, "no"), 403, "forbidden"),
    (web.HTTPNotFound(), 404, "not-found"),
    (web.HTTPRequestEntityTooLarge(1, 2), 413, "too-large"),
    (ValueError("a bug"), 500, "internal"),
]


@pytest.mark.parametrize(("error", "status", "kind"), FAILURES, ids=lambda value: type(value).__name__)
async def test_every_failure_is_a_problem_object(error: Exception, status: int, kind: str) -> None:
    """Whatever a handler raises, the caller gets status, type, title and detail in the form it reads."""
    with capture_logs():
        answer = await called(route(failing(error)))

    told = problem(answer)
    assert (status, f"urn:oss-gateway:problem:{kind}", status) == (answer.status, told["type"], told["status"])
    assert told["title"]
    assert told["detail"]


@pytest.mark.parametrize("error", [RecordUnavailable("gone"), QueueUnavailable("gone")])
async def test_who_cannot_be_served_now_is_told_when_to_come_back(error: Exception) -> None:
    """503 carries Retry-After."""
    with capture_logs():
        assert "1" == (await called(route(failing(error)))).headers["Retry-After"]


async def test_an_unforeseen_failure_is_logged_and_not_told() -> None:
    """The caller learns nothing of the inside; the log has the trace and never the key."""
    with capture_logs() as lines:
        answer = await called(route(failing(ValueError("password of the database"))))

    assert "password" not in json.dumps(problem(answer))
    (line,) = lines
    assert ("error", "/x") == (line["log_level"], line["path"])
    assert isinstance(line["exc_info"], ValueError)
    assert KEY not in repr(line)


async def test_an_open_route_fails_in_the_same_words() -> None:
    """Routes without a key are guarded against failures too."""

    async def fail(request: web.Request) -> web.StreamResponse:
        del request
        raise RecordUnavailable("gone")

    with capture_logs():
        answer = await opened(OpenRoute("/y", "y", "", fail, ()))(make_mocked_request("GET", "/y"))

    assert 503 == answer.status


async def test_the_handler_knows_who_calls() -> None:
    """Role and partner come from the key, not from the request."""
    answer = await called(route(good))

    assert (200, "clec sawtooth") == (answer.status, answer.text)


async def test_a_key_is_looked_up_at_most_once_a_second() -> None:
    """Within a second it is remembered; after that a revoked one is refused."""
    keys, clock = Keys(), ManualClock(NOON)
    handle = guarded(route(good), gatekeeper(keys, clock))
    request = make_mocked_request("GET", "/x", {"Authorization": f"Bearer {KEY}"})
    statuses = [(await handle(request)).status, (await handle(request)).status]
    keys.credential = None
    clock.advance(timedelta(seconds=1))
    statuses.append((await handle(request)).status)

    assert [200, 200, 401] == statuses
    assert 2 == keys.asked


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"expires_at": NOON}, 401),
        ({"expires_at": NOON + timedelta(microseconds=1)}, 200),
        ({"revoked_at": NOON - timedelta(days=1)}, 401),
    ],
)
async def test_a_key_ends_at_its_instant(more: dict[str, datetime], status: int) -> None:
    """Expired or revoked keys are as unknown as any other."""
    assert status == (await called(route(good), Keys(**more))).status


async def test_a_key_that_is_no_text_is_unknown() -> None:
    """Bytes outside of ASCII are in no key of ours."""
    assert 401 == (await called(route(good), key="\u00e9")).status


async def test_another_role_is_told_which_keys_may() -> None:
    """403 names the roles."""
    answer = await called(route(good, Role.BACKEND, Role.OPERATIONS))

    assert 403 == answer.status
    assert "backend or operations" in problem(answer)["detail"]


@pytest.mark.parametrize("path", ["/x%00", "/x?pon=%00"])
async def test_an_address_that_no_database_takes_is_refused(path: str) -> None:
    """NUL never reaches the record."""
    assert 400 == (await called(route(good), path=path)).status


async def test_a_partner_that_asks_too_much_is_told_when_to_come_back() -> None:
    """Each answer says what is left; beyond it 429 with Retry-After, until time has filled it up again."""
    keys, clock = Keys(), ManualClock(NOON)
    handle = guarded(route(good), gatekeeper(keys, clock))
    request = make_mocked_request("GET", "/x", {"Authorization": f"Bearer {KEY}", "Accept": "application/json"})
    answers = [await handle(request) for _ in range(4)]
    clock.advance(timedelta(seconds=1))
    answers.append(await handle(request))

    assert [200, 200, 200, 429, 200] == [answer.status for answer in answers]
    assert ['"partner";r=2;t=1', '"partner";r=0;t=3'] == [answers[at].headers["RateLimit"] for at in (0, 3)]
    assert {'"partner";q=3;w=3'} == {answer.headers["RateLimit-Policy"] for answer in answers}
    assert "1" == answers[3].headers["Retry-After"]


async def test_the_ilecs_own_keys_are_not_limited() -> None:
    """Only partners are."""
    keys = Keys()
    assert keys.credential is not None
    keys.credential = replace(keys.credential, role=Role.BACKEND, partner_id=None)
    handle = guarded(route(good, Role.CLEC, Role.BACKEND), gatekeeper(keys, ManualClock(NOON)))
    request = make_mocked_request("GET", "/x", {"Authorization": f"Bearer {KEY}"})

    answers = [await handle(request) for _ in range(5)]

    assert {200} == {answer.status for answer in answers}
    assert not [answer for answer in answers if "RateLimit" in answer.headers]


async def test_a_flood_of_unknown_keys_is_put_off_before_they_are_looked_up() -> None:
    """From the third on the record is not asked; a key that was good is let in all the while."""
    keys, clock = Keys(), ManualClock(NOON)
    handle = guarded(route(good), gatekeeper(keys, clock))

    async def status(key: str) -> int:
        return (await handle(make_mocked_request("GET", "/x", {"Authorization": f"Bearer {key}"}))).status

    seen = [await status(KEY)] + [await status(f"unknown-{number}") for number in range(4)]
    clock.advance(timedelta(milliseconds=999))
    seen += [await status("unknown-5"), await status(KEY)]
    clock.advance(timedelta(milliseconds=1))
    seen.append(await status("unknown-6"))

    assert [200, 401, 401, 429, 429, 429, 200, 401] == seen
    assert 4 == keys.asked
