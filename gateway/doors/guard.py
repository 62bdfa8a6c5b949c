"""What stands before each handler: who calls, may they, and every failure as a problem object."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import structlog
from aiohttp import web

from gateway.doors.gatekeeper import Gatekeeper
from gateway.doors.problems import Kind, Problem
from gateway.doors.refusals import problem_of
from gateway.doors.routes import OpenRoute, Principal, Route
from gateway.lifecycle.decisions import DecisionInvalid
from gateway.preorder.port import SourceSilent
from gateway.queue.streams import QueueUnavailable
from gateway.record.port import RecordUnavailable
from gateway.services.refusals import Refused

_SURROGATE: Final = re.compile("[\ud800-\udfff]")

log = structlog.get_logger("gateway.doors")


def guarded(route: Route, gatekeeper: Gatekeeper) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Give the aiohttp handler of `route`: authenticates, checks the role, and turns failures into problems."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            principal = await gatekeeper.principal(request)
            counted = gatekeeper.count(principal)
            _check_role(route, principal)
            check_address(request)
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
    """Give the answer that explains `error`."""
    problem = problem_for(error, request)
    body, content_type = problem.render(request.headers.get("Accept", ""))
    return web.Response(body=body, status=problem.kind.status, content_type=content_type, headers=problem.headers)


def problem_for(error: Exception, request: web.Request) -> Problem:
    """Give the problem that stands for `error`; what is not foreseen is logged with its trace and becomes a 500."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Refused | DecisionInvalid):
        return problem_of(error)
    if isinstance(error, web.HTTPException):
        return _of_aiohttp(error)
    if isinstance(error, RecordUnavailable):
        log.warning("record unavailable", path=request.path, error=str(error))
    for kind, silent in _SILENT.items():
        if isinstance(error, kind):
            return silent(error)
    log.error("unforeseen failure", path=request.path, exc_info=error)
    return Problem(Kind.INTERNAL, "this is a fault of the gateway, it has been logged; sending again is safe")


_AT_ONCE, _SOON = {"Retry-After": "1"}, {"Retry-After": "5"}
_SILENT: Final[Mapping[type[Exception], Callable[[Exception], Problem]]] = {
    RecordUnavailable: lambda _: Problem(
        Kind.UNAVAILABLE, "nothing was recorded; send the same message again", headers=_AT_ONCE
    ),
    QueueUnavailable: lambda _: Problem(Kind.UNAVAILABLE, "the queue does not answer; ask again", headers=_AT_ONCE),
    SourceSilent: lambda error: Problem(Kind.SOURCE_SILENT, str(error), headers=_SOON),
}
"""What to say when something behind the gateway does not answer."""


def _check_role(route: Route, principal: Principal) -> None:
    if principal.role not in route.admitted:
        allowed = " or ".join(sorted(role.value for role in route.admitted))
        raise Problem(Kind.FORBIDDEN, f"this address is for keys of role {allowed}; yours is {principal.role.value}")
    if principal.scopes and route.scope not in principal.scopes:
        challenge = f'Bearer realm="oss-gateway", error="insufficient_scope", scope="{route.scope}"'
        raise Problem(
            Kind.FORBIDDEN,
            f"your token is not for {route.scope}, but for {', '.join(principal.scopes)}",
            headers={"WWW-Authenticate": challenge},
        )


def check_address(request: web.Request) -> None:
    """Refuse what no database takes as text: NUL, and bytes that are not UTF-8 (aiohttp carries them as surrogates)."""
    address = request.path + request.rel_url.query_string
    if "\0" in address or (not address.isascii() and _SURROGATE.search(address)):
        raise Problem(Kind.MALFORMED_REQUEST, "the address holds a character that stands in no identifier")


def _of_aiohttp(error: web.HTTPException) -> Problem:
    if isinstance(error, web.HTTPMethodNotAllowed):
        allowed = ", ".join(sorted(error.allowed_methods))
        return Problem(Kind.METHOD_NOT_ALLOWED, f"allowed here: {allowed}", headers={"Allow": allowed})
    if isinstance(error, web.HTTPRequestEntityTooLarge):
        return Problem(Kind.TOO_LARGE, "send a smaller message", headers={"Connection": "close"})
    kinds = {kind.status: kind for kind in reversed(Kind)}
    return Problem(kinds.get(error.status, Kind.MALFORMED_REQUEST), error.reason or "the request cannot be served")
