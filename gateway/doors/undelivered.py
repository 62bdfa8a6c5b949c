"""The operators' door to notices that have not reached their partners: which they are, and sending them again."""

from datetime import datetime

from aiohttp import web
from pydantic import Field

from gateway.doors.models import Shape
from gateway.doors.parameters import MOST_CURSOR, at_most, from_cursor
from gateway.doors.problems import Kind, Problem
from gateway.doors.reading import Limits, json_body, whole_number
from gateway.doors.representation import answer_json
from gateway.doors.roles import OPERATORS
from gateway.doors.routes import Answer, Parameter, Principal, Route
from gateway.doors.webhook_models import DeliveryPage, DeliveryView, ReplayQueued, ReplayRequest
from gateway.record.webhooks import DeliveryState
from gateway.services.undelivered import Undelivered, UndeliveredNotices
from gateway.services.webhook_endpoints import WebhookEndpoints

MOST_AGAIN = 1000
"""How many notices are sent again at once."""
_JSON = ("application/json",)
_STATES = [state.value for state in DeliveryState]
_QUEUED = Answer(200, "How many are queued.", ReplayQueued, _JSON)
_OF_PARTNER = "/v1/operations/partners/{id}"


class UndeliveredView(Shape):
    """How a partner's notices stand."""

    partner: str
    unacknowledged: int = Field(description="Notices in its mailbox that it has not acknowledged.")
    oldest_at: datetime | None = Field(description="When the oldest of them was issued.")
    webhook: bool = Field(description="Whether it has its notices sent.")
    disabled: bool = Field(description="Whether its webhook was given up, until it sets it again.")
    reason: str = Field(description="Why it was given up.")
    waiting: int = Field(description="Deliveries that are tried.")
    parked: int = Field(description="Deliveries that were given up.")

    @classmethod
    def of(cls, one: Undelivered) -> "UndeliveredView":
        """Show how one partner's stand."""
        standing = one.webhook
        return cls(
            partner=one.partner_id,
            unacknowledged=one.unacknowledged,
            oldest_at=one.oldest_at,
            webhook=standing is not None,
            disabled=standing is not None and standing.disabled,
            reason=standing.progress.reason if standing is not None and standing.disabled else "",
            waiting=standing.waiting if standing else 0,
            parked=one.parked,
        )


class UndeliveredList(Shape):
    """Partners with notices that wait; those with parked deliveries come first."""

    partners: list[UndeliveredView]


class UndeliveredDoor:
    """Handlers and routes."""

    def __init__(self, undelivered: UndeliveredNotices, endpoints: WebhookEndpoints, limits: Limits) -> None:
        self._undelivered = undelivered
        self._endpoints = endpoints
        self._limits = limits

    async def list(self, request: web.Request, principal: Principal) -> web.Response:
        """List the partners whose notices wait."""
        del request, principal
        found = await self._undelivered.all()
        return answer_json(UndeliveredList(partners=[UndeliveredView.of(one) for one in found]))

    async def deliveries(self, request: web.Request, principal: Principal) -> web.Response:
        """List deliveries to a partner, of one state if it is named."""
        del principal
        named = request.query.get("state")
        if named is not None and named not in _STATES:
            raise Problem(Kind.MALFORMED_REQUEST, f"state takes one of {', '.join(_STATES)}")
        found = await self._endpoints.deliveries(
            request.match_info["id"],
            DeliveryState(named) if named else None,
            whole_number(request, "after", default=0, least=0, most=MOST_CURSOR),
            whole_number(request, "limit", default=100, least=1, most=MOST_AGAIN),
        )
        return answer_json(DeliveryPage(deliveries=[DeliveryView.of(delivery) for delivery in found]))

    async def resume(self, request: web.Request, principal: Principal) -> web.Response:
        """Send a partner again what was parked."""
        queued = await self._endpoints.resume(principal.credential_id, request.match_info["id"], MOST_AGAIN)
        return answer_json(ReplayQueued(queued=queued))

    async def replay(self, request: web.Request, principal: Principal) -> web.Response:
        """Send a partner notices of a range again."""
        asked = await json_body(request, ReplayRequest, self._limits)
        queued = await self._endpoints.replay(
            principal.credential_id, request.match_info["id"], asked.after, asked.until, MOST_AGAIN
        )
        return answer_json(ReplayQueued(queued=queued))

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (
            Route(
                "GET",
                "/v1/operations/undelivered",
                "listUndelivered",
                "Partners with notices that they have not taken, those with parked deliveries first",
                self.list,
                OPERATORS,
                (Answer(200, "Them.", UndeliveredList, _JSON),),
            ),
            Route(
                "GET",
                f"{_OF_PARTNER}/deliveries",
                "listPartnerDeliveries",
                "Deliveries of a partner's notices to its webhook, by cursor",
                self.deliveries,
                OPERATORS,
                (Answer(200, "Them.", DeliveryPage, _JSON),),
                parameters=(
                    Parameter("state", "query", "Only those.", {"type": "string", "enum": _STATES}),
                    from_cursor(),
                    at_most(MOST_AGAIN),
                ),
            ),
            Route(
                "POST",
                f"{_OF_PARTNER}/deliveries/resume",
                "resumePartnerDeliveries",
                f"Send a partner again what was parked, {MOST_AGAIN} at most",
                self.resume,
                OPERATORS,
                (_QUEUED,),
                (Kind.NOT_FOUND,),
            ),
            Route(
                "POST",
                f"{_OF_PARTNER}/deliveries/replay",
                "replayPartnerNotices",
                f"Send a partner notices of a range of cursors again, {MOST_AGAIN} at most",
                self.replay,
                OPERATORS,
                (_QUEUED,),
                (Kind.NOT_FOUND, Kind.UNSUPPORTED_MEDIA_TYPE, Kind.TOO_LARGE, Kind.REQUEST_TIMEOUT),
                ReplayRequest,
            ),
        )
