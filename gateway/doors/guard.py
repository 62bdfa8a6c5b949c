"""What stands before each handler: who calls, may they, and every failure as a problem object."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import structlog
from aiohttp import web

from gateway.clock import Clock
from gateway.doors.problems import Kind, Problem
from gateway.doors.rates import Drawn, Rate, RateLimiter
from gateway.doors.refusals import problem_of
from gateway.doors.routes import OpenRoute, Principal, Route
from gateway.lifecycle.decisions import DecisionInvalid
from gateway.queue.streams import QueueUnavailable
from gateway.record.port import Record, RecordUnavailable
from gateway.services.keys import hash_key
from gateway.services.refusals import Refused
from gateway.services.remembered import Remembered

log = structlog.get_logger("gateway.doors")

_MOST_GOOD = 10_000


@dataclass(frozen=True, slots=True)
class Rates:
    """How much may be asked: by one partner (None: any number), and with unknown keys from one address."""

    partner: Rate | None
    bad_keys: Rate


class Gatekeeper:
    """Finds out who calls. A key is looked up at most once a second, so a revoked one is refused within a second."""

    def __init__(self, record: Record, clock: Clock, rates: Rates) -> None:
        self._clock = clock
        self._credentials = Remembered(record.credential, clock)
        self._partners = None if rates.partner is None else RateLimiter(rates.partner, clock)
        self._bad_keys = RateLimiter(rates.bad_keys, clock)
        self._once_good: set[str] = set()
        """Hashes of keys that were good: they are looked up even from an address that is put off for its bad ones."""

    async def principal(self, request: web.Request) -> Principal:
        """Give the caller of `request`.

        Raises:
            Problem: no key, or one that is unknown, expired or revoked; or its address tried too many of those.
        """
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not key or not key.isascii():
            raise _unauthenticated("send your key in the header: Authorization: Bearer <key>")
        return await self._holder_of(hash_key(key.strip()), request.remote or "")

    async def _holder_of(self, key_hash: str, address: str) -> Principal:
        if key_hash not in self._once_good:
            looked = self._bad_keys.look(address)
            if not looked.allowed:
                raise _too_many("too many unknown keys came from your address; wait a moment", looked.retry_after)
        credential = await self._credentials.get(key_hash)
        if credential is None or not credential.valid_at(self._clock.now()):
            self._once_good.discard(key_hash)
            self._bad_keys.draw(address)
            raise _unauthenticated("this key is unknown, expired or revoked; ask the ILEC's operator for a new one")
        if len(self._once_good) >= _MOST_GOOD:
            self._once_good.clear()
        self._once_good.add(key_hash)
        return Principal(credential.id, credential.role, credential.partner_id)

    def count(self, principal: Principal) -> Mapping[str, str]:
        """Count a request of a partner, and give the headers that tell how many are left.

        Raises:
            Problem: it has none left (429 with Retry-After).
        """
        if self._partners is None or principal.partner_id is None:
            return {}
        drawn = self._partners.draw(principal.partner_id)
        headers = _rate_headers(self._partners.rate, drawn)
        if not drawn.allowed:
            raise _too_many(
                "your partner has used up its requests for now; see RateLimit-Policy", drawn.retry_after, headers
            )
        return headers


def guarded(route: Route, gatekeeper: Gatekeeper) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Give the aiohttp handler of `route`: authenticates, checks the role, and turns failures into problems."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            principal = await gatekeeper.principal(request)
            counted = gatekeeper.count(principal)
            _check_role(route, principal)
            _check_address(request)
            answer = await route.handler(request, principal)
            answer.headers.update(counted)
        except Exception as error:  # noqa: BLE001 - the last line of defence: nothing may leave unexplained
            return answer_for(error, request)
        return answer

    return handle


def opened(route: OpenRoute) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Give the aiohttp handler of a route that needs no key."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await route.handler(request)
        except Exception as error:  # noqa: BLE001 - as above
            return answer_for(error, request)

    return handle


def answer_for(error: Exception, request: web.Request) -> web.Response:
    """Give the problem that stands for `error`; what is not foreseen is logged with its trace and answered 500."""
    if isinstance(error, RecordUnavailable):
        log.warning("record unavailable", path=request.path, error=str(error))
        error = Problem(
            Kind.UNAVAILABLE, "nothing was recorded; send the same message again", headers={"Retry-After": "1"}
        )
    elif isinstance(error, QueueUnavailable):
        error = Problem(Kind.UNAVAILABLE, "the queue does not answer; ask again", headers={"Retry-After": "1"})
    elif isinstance(error, Refused | DecisionInvalid):
        error = problem_of(error)
    elif isinstance(error, web.HTTPException):
        error = _of_aiohttp(error)
    elif not isinstance(error, Problem):
        log.error("unforeseen failure", path=request.path, exc_info=error)
        error = Problem(Kind.INTERNAL, "this is a fault of the gateway, it has been logged; sending again is safe")
    body, content_type = error.render(request.headers.get("Accept", ""))
    return web.Response(body=body, status=error.kind.status, content_type=content_type, headers=error.headers)


def _check_role(route: Route, principal: Principal) -> None:
    if principal.role not in route.admitted:
        allowed = " or ".join(sorted(role.value for role in route.admitted))
        raise Problem(Kind.FORBIDDEN, f"this address is for keys of role {allowed}; yours is {principal.role.value}")


def _check_address(request: web.Request) -> None:
    """Refuse what no database takes as text: NUL, and bytes that are not UTF-8 (aiohttp carries them as surrogates)."""
    address = request.path + request.rel_url.query_string
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in address):
        raise Problem(Kind.MALFORMED_REQUEST, "the address holds a character that stands in no identifier")


def _of_aiohttp(error: web.HTTPException) -> Problem:
    if isinstance(error, web.HTTPMethodNotAllowed):
        allowed = ", ".join(sorted(error.allowed_methods))
        return Problem(Kind.METHOD_NOT_ALLOWED, f"allowed here: {allowed}", headers={"Allow": allowed})
    if isinstance(error, web.HTTPRequestEntityTooLarge):
        return Problem(Kind.TOO_LARGE, "send a smaller message", headers={"Connection": "close"})
    kinds = {kind.status: kind for kind in reversed(Kind)}
    return Problem(kinds.get(error.status, Kind.MALFORMED_REQUEST), error.reason or "the request cannot be served")


def _unauthenticated(detail: str) -> Problem:
    return Problem(Kind.UNAUTHENTICATED, detail, headers={"WWW-Authenticate": 'Bearer realm="oss-gateway"'})


def _too_many(detail: str, wait: int, headers: Mapping[str, str] = MappingProxyType({})) -> Problem:
    return Problem(Kind.TOO_MANY_REQUESTS, detail, headers={**headers, "Retry-After": str(wait)})


def _rate_headers(rate: Rate, drawn: Drawn) -> dict[str, str]:
    """Give the header fields of the IETF's draft `ratelimit-headers`: the policy, and what is left of it."""
    window = max(1, round(rate.burst / rate.per_second))
    return {
        "RateLimit-Policy": f'"partner";q={rate.burst};w={window}',
        "RateLimit": f'"partner";r={drawn.remaining};t={drawn.seconds_to_full}',
    }
