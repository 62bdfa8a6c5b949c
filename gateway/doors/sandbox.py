"""The test environment's door: a CLEC reads and moves its own clock, and sees the test accounts."""

from aiohttp import web

from gateway.doors.models import ClockMove, ClockStands, TestAccount, TestAccounts
from gateway.doors.problems import Kind, Problem
from gateway.doors.reading import Limits, clock_target, json_body
from gateway.doors.representation import answer_json
from gateway.doors.roles import CLECS
from gateway.doors.routes import Answer, Principal, Route
from gateway.sandbox.script import Script
from gateway.sandbox.travel import PartnerTravel

_JSON = ("application/json",)


class SandboxDoor:
    """Handlers and routes that only the test environment has."""

    def __init__(self, travel: PartnerTravel, script: Script, limits: Limits) -> None:
        self._travel = travel
        self._script = script
        self._limits = limits

    async def clock(self, request: web.Request, principal: Principal) -> web.Response:
        """Tell where the partner's clock stands."""
        del request
        return answer_json(ClockStands(now=self._travel.stands(principal.partner), fired=0))

    async def move_clock(self, request: web.Request, principal: Principal) -> web.Response:
        """Move the partner's clock; what comes due on the way comes at its own time."""
        move = await json_body(request, ClockMove, self._limits)
        target = clock_target(move, self._travel.stands(principal.partner))
        try:
            fired = await self._travel.to(principal.partner, target)
        except ValueError as error:
            raise Problem(Kind.MALFORMED_REQUEST, str(error)) from None
        return answer_json(ClockStands(now=self._travel.stands(principal.partner), fired=fired))

    async def accounts(self, request: web.Request, principal: Principal) -> web.Response:
        """List what the scripted back end answers."""
        del request, principal
        return answer_json(TestAccounts(accounts=[TestAccount.of(rule) for rule in self._script.rules]))

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (
            Route(
                "GET",
                "/v1/sandbox/clock",
                "sandboxClock",
                "Where your clock of the test environment stands",
                self.clock,
                CLECS,
                (Answer(200, "Where it stands.", ClockStands, _JSON),),
            ),
            Route(
                "POST",
                "/v1/sandbox/clock",
                "moveSandboxClock",
                "Move your clock of the test environment, nobody else's",
                self.move_clock,
                CLECS,
                (Answer(200, "Where it stands.", ClockStands, _JSON),),
                (Kind.UNSUPPORTED_MEDIA_TYPE, Kind.TOO_LARGE, Kind.REQUEST_TIMEOUT),
                ClockMove,
            ),
            Route(
                "GET",
                "/v1/sandbox/accounts",
                "testAccounts",
                "The test accounts: what the scripted back end answers to which orders",
                self.accounts,
                CLECS,
                (Answer(200, "Them.", TestAccounts, _JSON),),
            ),
        )
