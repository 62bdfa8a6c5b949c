"""The CLEC's door to its webhook: set, look, test, send again."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from aiohttp import web

from gateway.doors.parameters import MOST_CURSOR, at_most, from_cursor
from gateway.doors.problems import Kind, Problem
from gateway.doors.reading import Limits, json_body, whole_number
from gateway.doors.representation import answer
from gateway.doors.roles import CLECS
from gateway.doors.routes import Answer, Parameter, Principal, Route
from gateway.doors.webhook_models import (
    AttemptList,
    AttemptView,
    DeliveryPage,
    DeliveryView,
    PingResult,
    ReplayQueued,
    ReplayRequest,
    WebhookRequest,
    WebhookSecret,
    WebhookView,
)
from gateway.record.webhooks import DeliveryState, WebhookEndpoint
from gateway.services.webhook_endpoints import WebhookEndpoints

_BODY_PROBLEMS = (Kind.UNSUPPORTED_MEDIA_TYPE, Kind.TOO_LARGE, Kind.REQUEST_TIMEOUT)
_STATES = [state.value for state in DeliveryState]
_MOST_REPLAYED = 1000
_MOST_LISTED = 1000


class EndpointKey(Protocol):
    """What an endpoint's messages are signed with, as its partner is shown it."""

    @property
    def secret(self) -> str:
        """The symmetric secret."""

    @property
    def public_key(self) -> str:
        """The public key."""


class Pinged(Protocol):
    """What came of a test message."""

    status: int | None
    error: str | None
    milliseconds: int

    @property
    def delivered(self) -> bool:
        """Whether the receiver took it."""


class WebhookTools(Protocol):
    """What the door needs of those who send webhooks."""

    def check_url(self, text: str) -> str:
        """Give the URL as it will be called; raises ValueError that says what is wrong with it."""

    def key(self, partner_id: str, generation: int) -> EndpointKey:
        """Give the key of an endpoint."""

    async def ping(self, endpoint: WebhookEndpoint) -> Any:
        """Send a test message, and give what came of it (`Pinged`)."""


class WebhooksDoor:
    """Handlers and routes for webhooks."""

    def __init__(self, endpoints: WebhookEndpoints, tools: WebhookTools, limits: Limits) -> None:
        self._endpoints = endpoints
        self._tools = tools
        self._limits = limits

    async def read(self, request: web.Request, principal: Principal) -> web.Response:
        """Say where it stands."""
        standing = await self._endpoints.standing(principal.partner)
        key = self._tools.key(principal.partner, standing.endpoint.generation)
        return answer(request, WebhookView.of(standing, key.public_key))

    async def put(self, request: web.Request, principal: Principal) -> web.Response:
        """Set the address."""
        asked = await json_body(request, WebhookRequest, self._limits)
        try:
            url = self._tools.check_url(asked.url)
        except ValueError as wrong:
            raise Problem(Kind.MALFORMED_REQUEST, str(wrong), [{"path": "/url", "text": str(wrong)}]) from None
        return self._shown(request, await self._endpoints.put(principal.credential_id, principal.partner, url))

    async def rotate(self, request: web.Request, principal: Principal) -> web.Response:
        """Begin a new secret."""
        return self._shown(request, await self._endpoints.rotate(principal.credential_id, principal.partner))

    async def remove(self, request: web.Request, principal: Principal) -> web.Response:
        """Send nothing any more."""
        del request
        await self._endpoints.remove(principal.credential_id, principal.partner)
        return web.Response(status=204)

    async def ping(self, request: web.Request, principal: Principal) -> web.Response:
        """Send a test message now."""
        standing = await self._endpoints.standing(principal.partner)
        came: Pinged = await self._tools.ping(standing.endpoint)
        return answer(
            request,
            PingResult(delivered=came.delivered, status=came.status, error=came.error, milliseconds=came.milliseconds),
        )

    async def replay(self, request: web.Request, principal: Principal) -> web.Response:
        """Send notices again."""
        asked = await json_body(request, ReplayRequest, self._limits)
        queued = await self._endpoints.replay(
            principal.credential_id, principal.partner, asked.after, asked.until, _MOST_REPLAYED
        )
        return answer(request, ReplayQueued(queued=queued))

    async def list_deliveries(self, request: web.Request, principal: Principal) -> web.Response:
        """List deliveries, of one state if it is named."""
        named = request.query.get("state")
        if named is not None and named not in _STATES:
            raise Problem(Kind.MALFORMED_REQUEST, f"state takes one of {', '.join(_STATES)}")
        found = await self._endpoints.deliveries(
            principal.partner,
            DeliveryState(named) if named else None,
            whole_number(request, "after", default=0, least=0, most=MOST_CURSOR),
            whole_number(request, "limit", default=100, least=1, most=_MOST_LISTED),
        )
        return answer(request, DeliveryPage(deliveries=[DeliveryView.of(delivery) for delivery in found]))

    async def list_attempts(self, request: web.Request, principal: Principal) -> web.Response:
        """List the attempts to deliver one notice."""
        notice_id = request.match_info["id"]
        attempts = await self._endpoints.attempts(principal.partner, notice_id)
        return answer(
            request, AttemptList(notice=notice_id, attempts=[AttemptView.of(attempt) for attempt in attempts])
        )

    def _shown(self, request: web.Request, endpoint: WebhookEndpoint) -> web.Response:
        key = self._tools.key(endpoint.id, endpoint.generation)
        return answer(request, WebhookSecret(url=endpoint.url, secret=key.secret, public_key=key.public_key))

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (*self._endpoint_routes(), *self._delivery_routes())

    def _endpoint_routes(self) -> tuple[Route, ...]:
        return (
            _route("GET", "", "readWebhook", "Where the webhook stands", self.read, Answer(200, "It.", WebhookView)),
            _route(
                "PUT",
                "",
                "putWebhook",
                "Have notices sent to an address; setting it again enables one that was given up",
                self.put,
                Answer(200, "It is set; the secret is shown.", WebhookSecret),
                WebhookRequest,
            ),
            _route(
                "DELETE",
                "",
                "removeWebhook",
                "Have notices sent no more; they stay in the mailbox",
                self.remove,
                Answer(204, "It is gone.", media_types=()),
            ),
            _route(
                "POST",
                "/secret",
                "rotateWebhookSecret",
                "Begin a new secret; messages are signed with both for a day",
                self.rotate,
                Answer(200, "The new one.", WebhookSecret),
            ),
            _route(
                "POST",
                "/ping",
                "pingWebhook",
                "Send a test message now",
                self.ping,
                Answer(200, "What came of it.", PingResult),
            ),
            _route(
                "POST",
                "/replay",
                "replayNotices",
                f"Send notices of a range of cursors again, {_MOST_REPLAYED} at most",
                self.replay,
                Answer(200, "How many are queued.", ReplayQueued),
                ReplayRequest,
            ),
        )

    def _delivery_routes(self) -> tuple[Route, ...]:
        return (
            Route(
                "GET",
                "/v1/webhook/deliveries",
                "listDeliveries",
                "Deliveries of notices, by cursor",
                self.list_deliveries,
                CLECS,
                (Answer(200, "Them.", DeliveryPage),),
                (),
                None,
                (
                    Parameter("state", "query", "Only those.", {"type": "string", "enum": _STATES}),
                    from_cursor(),
                    at_most(_MOST_LISTED),
                ),
            ),
            Route(
                "GET",
                "/v1/notices/{id}/deliveries",
                "listAttempts",
                "Every attempt to deliver a notice",
                self.list_attempts,
                CLECS,
                (Answer(200, "Them, oldest first.", AttemptList),),
                (Kind.NOT_FOUND,),
            ),
        )


def _route(
    method: Any,
    tail: str,
    name: str,
    summary: str,
    handler: Callable[[web.Request, Principal], Awaitable[web.StreamResponse]],
    good: Answer,
    body: Any = None,
) -> Route:
    problems = (Kind.NOT_FOUND, *(_BODY_PROBLEMS if body else ()))
    return Route(method, f"/v1/webhook{tail}", name, summary, handler, CLECS, (good,), problems, body)
