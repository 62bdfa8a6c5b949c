"""The test environment's door: a CLEC reads and moves its own clock, and sees the test accounts."""

from aiohttp import web

from gateway.doors.models import ClockMove, ClockStands, SuiteResult, SuiteResults, TestAccount, TestAccounts
from gateway.doors.problems import Kind, Problem
from gateway.doors.reading import Limits, clock_target, json_body
from gateway.doors.representation import answer_json
from gateway.doors.roles import CLECS
from gateway.doors.routes import Answer, Principal, Route
from gateway.sandbox.certificate import certificate_page
from gateway.sandbox.examination import Examination
from gateway.sandbox.script import Script
from gateway.sandbox.travel import PartnerTravel

_JSON = ("application/json",)


class SandboxDoor:
    """Handlers and routes that only the test environment has."""

    def __init__(self, travel: PartnerTravel, script: Script, examination: Examination, limits: Limits) -> None:
        self._travel = travel
        self._script = script
        self._examination = examination
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

    async def certification(self, request: web.Request, principal: Principal) -> web.Response:
        """Tell how far the partner is with each suite."""
        del request
        results = await self._examination.results(principal.partner)
        release = self._examination.suites.release
        return answer_json(SuiteResults(release=release, suites=[SuiteResult.of(result) for result in results]))

    async def certificate(self, request: web.Request, principal: Principal) -> web.Response:
        """Give the same as a page to be read or printed."""
        del request
        day = self._travel.stands(principal.partner).date()
        results = await self._examination.results(principal.partner)
        page = certificate_page(principal.partner, self._examination.suites.release, day, results)
        return web.Response(text=page, content_type="text/html")

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
            Route(
                "GET",
                "/v1/sandbox/certification",
                "certificationProgress",
                "How far you are with the suites of test scenarios",
                self.certification,
                CLECS,
                (Answer(200, "Each suite and product.", SuiteResults, _JSON),),
            ),
            Route(
                "GET",
                "/v1/sandbox/certificate",
                "certificate",
                "The same as a page to be read or printed",
                self.certificate,
                CLECS,
                (Answer(200, "The page.", None, ("text/html",)),),
            ),
        )
