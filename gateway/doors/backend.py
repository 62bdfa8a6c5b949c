"""The back end's door: claim work, settle it, decide. The same can be done over Redis; see `/asyncapi.yaml`."""

from typing import Any

from aiohttp import web

from gateway.doors.models import (
    ClaimAcknowledged,
    ClaimedWork,
    ClaimRequest,
    Claims,
    DecisionRequest,
    DecisionTakenView,
)
from gateway.doors.parameters import IDEMPOTENCY_KEY
from gateway.doors.problems import Kind, Problem
from gateway.doors.reading import Limits, idempotency_key, json_body, json_object
from gateway.doors.representation import answer_json
from gateway.doors.roles import DECIDERS
from gateway.doors.routes import Answer, Principal, Route
from gateway.queue.claims import WorkClaims
from gateway.record.rows import Family, Role
from gateway.services.decisions import Decisions

_BACKEND = frozenset({Role.BACKEND})
_JSON = ("application/json",)


class BackendDoor:
    """Handlers and routes for the ILEC's back end."""

    def __init__(self, claims: WorkClaims, decisions: Decisions, limits: Limits) -> None:
        self._claims = claims
        self._decisions = decisions
        self._limits = limits

    async def claim(self, request: web.Request, principal: Principal) -> web.Response:
        """Hand out work."""
        del principal
        asked = await json_body(request, ClaimRequest, self._limits)
        events = await self._claims.claim(Family(asked.family), asked.consumer, asked.limit)
        return answer_json(Claims(claims=[ClaimedWork(id=event["id"], event=dict(event)) for event in events]))

    async def acknowledge(self, request: web.Request, principal: Principal) -> web.Response:
        """Settle a work item."""
        del principal
        work_id = request.match_info["id"]
        if not await self._claims.acknowledge(work_id):
            raise Problem(Kind.NOT_FOUND, f"there is no work item {work_id[:60]!r}")
        return answer_json(ClaimAcknowledged(id=work_id, state="settled"))

    async def decide(self, request: web.Request, principal: Principal) -> web.Response:
        """Carry out a decision."""
        body: dict[str, Any] = await json_object(request, self._limits)
        key = idempotency_key(request)
        identity = f"{principal.credential_id}:{key}" if key else None
        done = await self._decisions.take(request.match_info["id"], body, identity)
        return answer_json(DecisionTakenView.model_validate(done))

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (
            Route(
                "POST",
                "/v1/backend/claims",
                "claimWork",
                "Claim work; what is neither settled nor decided in time is handed out again",
                self.claim,
                _BACKEND,
                (Answer(200, "The work, oldest first; none if none waits.", Claims, _JSON),),
                (Kind.UNSUPPORTED_MEDIA_TYPE, Kind.TOO_LARGE, Kind.REQUEST_TIMEOUT),
                ClaimRequest,
            ),
            Route(
                "POST",
                "/v1/backend/claims/{id}/ack",
                "settleWork",
                "Confirm that the back end has a work item for good",
                self.acknowledge,
                _BACKEND,
                (Answer(200, "It is settled; a second time changes nothing.", ClaimAcknowledged, _JSON),),
                (Kind.NOT_FOUND,),
            ),
            Route(
                "POST",
                "/v1/backend/orders/{id}/decisions",
                "decideOrder",
                "Decide an order: confirm, reject, jeopardy, complete, bill, cancel, …",
                self.decide,
                DECIDERS,
                (
                    Answer(
                        200, "Carried out and recorded; the notice is in the CLEC's mailbox.", DecisionTakenView, _JSON
                    ),
                ),
                (
                    Kind.NOT_FOUND,
                    Kind.STATE_FORBIDS,
                    Kind.CONTENT_REJECTED,
                    Kind.IDEMPOTENCY_KEY_REUSED,
                    Kind.UNSUPPORTED_MEDIA_TYPE,
                    Kind.TOO_LARGE,
                    Kind.REQUEST_TIMEOUT,
                ),
                DecisionRequest,
                (IDEMPOTENCY_KEY,),
            ),
        )
