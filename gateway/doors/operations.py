"""The operators' door: clocks that run out, dead letters, replay, and a clock to move where one is set."""

from datetime import timedelta

from aiohttp import web

from gateway.clock import Clock
from gateway.doors.key_models import AuditPage, AuditView
from gateway.doors.models import ClockList, ClockMove, ClockStands, ClockView, DeadList, DeadView, Replayed
from gateway.doors.parameters import MOST_CURSOR, at_most, from_cursor
from gateway.doors.problems import Kind, Problem
from gateway.doors.reading import Limits, clock_target, json_body, whole_number
from gateway.doors.representation import answer_json
from gateway.doors.roles import OPERATORS
from gateway.doors.routes import Answer, Parameter, Principal, Route
from gateway.queue.sweep import Sweep
from gateway.record.audit import Act
from gateway.record.port import Record
from gateway.services.audit import AuditLog
from gateway.services.time_travel import TimeTravel

_JSON = ("application/json",)
_MOST = 1000


class OperationsDoor:
    """Handlers and routes for the ILEC's operators."""

    def __init__(
        self,
        record: Record,
        sweep: Sweep,
        clock: Clock,
        travel: TimeTravel | None,
        audit: AuditLog,
        limits: Limits,
    ) -> None:
        self._record = record
        self._sweep = sweep
        self._clock = clock
        self._travel = travel
        self._audit = audit
        self._limits = limits

    async def near_clocks(self, request: web.Request, principal: Principal) -> web.Response:
        """List the clocks that run out soon or have run out."""
        hours = whole_number(request, "hours", default=24, least=0, most=8760)
        limit = whole_number(request, "limit", default=100, least=1, most=_MOST)
        until, hidden = self._clock.now() + timedelta(hours=hours), principal.hidden_product
        clocks = await self._record.near_clocks(until, limit, hidden_product=hidden)
        return answer_json(ClockList(clocks=[ClockView.of(clock) for clock in clocks]))

    async def dead_letters(self, request: web.Request, principal: Principal) -> web.Response:
        """List the work that was given up."""
        del principal
        dead = await self._record.dead_work(whole_number(request, "limit", default=100, least=1, most=_MOST))
        return answer_json(DeadList(dead=[DeadView.of(item) for item in dead]))

    async def retry_dead(self, request: web.Request, principal: Principal) -> web.Response:
        """Send a dead letter again."""
        work_id = request.match_info["id"]
        await self._audit.note(Act(principal.credential_id, "work.retry", work_id[:100], {}))
        return answer_json(Replayed(sent_again=await self._sweep.retry_dead([work_id])))

    async def replay(self, request: web.Request, principal: Principal) -> web.Response:
        """Send again all that is not settled."""
        del request
        await self._audit.note(Act(principal.credential_id, "work.replay", "all", {}))
        return answer_json(Replayed(sent_again=await self._sweep.replay()))

    async def read_audit_log(self, request: web.Request, principal: Principal) -> web.Response:
        """Give a page of the audit log."""
        del principal
        after = whole_number(request, "after", default=0, least=0, most=MOST_CURSOR)
        limit = whole_number(request, "limit", default=100, least=1, most=_MOST)
        entries = await self._audit.page(after, limit)
        return answer_json(AuditPage(entries=[AuditView.of(entry) for entry in entries]))

    async def move_clock(self, request: web.Request, principal: Principal) -> web.Response:
        """Move the clock by hand, firing what comes due on the way at its own time."""
        if self._travel is None:
            raise Problem(
                Kind.FORBIDDEN, "this gateway runs on real time; start it with manual_clock to move its clock"
            )
        move = await json_body(request, ClockMove, self._limits)
        target = clock_target(move, self._clock.now())
        await self._audit.note(Act(principal.credential_id, "clock.move", "clock", {"to": target.isoformat()}))
        try:
            fired = await self._travel.to(target)
        except ValueError as error:
            raise Problem(Kind.MALFORMED_REQUEST, str(error)) from None
        return answer_json(ClockStands(now=self._clock.now(), fired=fired))

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (*self._watching(), *self._mending())

    def _watching(self) -> tuple[Route, ...]:
        return (
            Route(
                "GET",
                "/v1/operations/clocks",
                "nearClocks",
                "Clocks that run out within some hours, those already run out first",
                self.near_clocks,
                OPERATORS,
                (Answer(200, "Them.", ClockList, _JSON),),
                (),
                None,
                (
                    Parameter("hours", "query", "How far ahead.", {"type": "integer", "minimum": 0, "maximum": 8760}),
                    at_most(_MOST),
                ),
            ),
            Route(
                "GET",
                "/v1/operations/dead",
                "listDead",
                "Work items that were given up",
                self.dead_letters,
                OPERATORS,
                (Answer(200, "Them.", DeadList, _JSON),),
                parameters=(at_most(_MOST),),
            ),
            Route(
                "GET",
                "/v1/operations/audit",
                "readAuditLog",
                "Every administrative act, oldest first; each entry is sealed with the one before it",
                self.read_audit_log,
                OPERATORS,
                (Answer(200, "The entries after a number.", AuditPage, _JSON),),
                parameters=(
                    from_cursor("Number of the last entry known."),
                    at_most(_MOST),
                ),
            ),
        )

    def _mending(self) -> tuple[Route, ...]:
        return (
            Route(
                "POST",
                "/v1/operations/dead/{id}/retry",
                "retryDead",
                "Send a dead work item again",
                self.retry_dead,
                OPERATORS,
                (Answer(200, "How many are sent again.", Replayed, _JSON),),
            ),
            Route(
                "POST",
                "/v1/operations/replay",
                "replayWork",
                "Send again all work that the back end has not confirmed",
                self.replay,
                OPERATORS,
                (Answer(200, "How many are sent again.", Replayed, _JSON),),
            ),
            Route(
                "POST",
                "/v1/operations/clock",
                "moveClock",
                "Move a clock that is set by hand",
                self.move_clock,
                OPERATORS,
                (Answer(200, "Where it stands.", ClockStands, _JSON),),
                (Kind.UNSUPPORTED_MEDIA_TYPE, Kind.TOO_LARGE, Kind.REQUEST_TIMEOUT),
                ClockMove,
            ),
        )
