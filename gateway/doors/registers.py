"""The operators' door to the registers: what they put on record beside the orders, and what they withdraw."""

from typing import Any

import structlog
from aiohttp import web

from gateway.doors.parameters import at_most
from gateway.doors.problems import Kind, Problem
from gateway.doors.reading import Limits, json_body, whole_number, yes_or_no
from gateway.doors.register_models import EntryPage, EntryView, RegisterList, RegisterView, Withdrawal
from gateway.doors.representation import answer_json
from gateway.doors.roles import OPERATORS, REGISTER_READERS
from gateway.doors.routes import Answer, Parameter, Principal, Route
from gateway.record.registers import RegisterQuery
from gateway.services.registers import Registers, register_named
from validators.registers.given import EntryBody, EntryInvalid, given_entry
from validators.registers.known import REGISTERS

_JSON = ("application/json",)
_BODY_PROBLEMS = (Kind.UNSUPPORTED_MEDIA_TYPE, Kind.TOO_LARGE, Kind.REQUEST_TIMEOUT)
_FILTERS = (
    Parameter("partner", "query", "Only entries that concern this partner alone."),
    Parameter("key", "query", "Only entries of this key."),
    Parameter("withdrawn", "query", "`true` gives withdrawn entries, too.", {"type": "boolean"}),
    Parameter("after", "query", "Id of the last entry of the page before."),
    at_most(1000),
)

log = structlog.get_logger("gateway.doors")


class RegistersDoor:
    """Handlers and routes of the registers."""

    def __init__(self, registers: Registers, limits: Limits) -> None:
        self._registers = registers
        self._limits = limits

    async def known(self, request: web.Request, principal: Principal) -> web.Response:
        """List the registers."""
        del request, principal
        return answer_json(RegisterList(registers=[RegisterView.of(register) for register in REGISTERS.values()]))

    async def page(self, request: web.Request, principal: Principal) -> web.Response:
        """Give a page of a register."""
        del principal
        register = register_named(request.match_info["register"])
        limit = whole_number(request, "limit", default=100, least=1, most=1000)
        query = RegisterQuery(
            register.id,
            partner_id=request.query.get("partner"),
            key=request.query.get("key"),
            withdrawn=yes_or_no(request, "withdrawn"),
            after=request.query.get("after"),
            limit=limit + 1,
        )
        rows = await self._registers.page(query)
        return answer_json(EntryPage(entries=[EntryView.of(row) for row in rows[:limit]], more=len(rows) > limit))

    async def enter(self, request: web.Request, principal: Principal) -> web.Response:
        """Put an entry on record."""
        register = register_named(request.match_info["register"])
        body = await json_body(request, EntryBody, self._limits)
        try:
            given = given_entry(register, body.model_dump(exclude_unset=True))
        except EntryInvalid as invalid:
            errors: list[dict[str, Any]] = [
                {"path": "/" + path.replace(".", "/"), "text": text} for path, text in invalid.errors
            ]
            raise Problem(
                Kind.MALFORMED_REQUEST, f"this is no entry of {register.id}; {register.purpose}", errors
            ) from None
        (row,) = await self._registers.enter([given], principal.credential_id)
        log.info("entered", register=register.id, entry=row.id, partner=row.partner_id, key=row.key, by=row.entered_by)
        return answer_json(
            EntryView.of(row), status=201, headers={"Location": f"/v1/operations/registers/{register.id}/{row.id}"}
        )

    async def entry(self, request: web.Request, principal: Principal) -> web.Response:
        """Give one entry."""
        del principal
        register = register_named(request.match_info["register"])
        return answer_json(EntryView.of(await self._registers.entry(register, request.match_info["id"])))

    async def withdraw(self, request: web.Request, principal: Principal) -> web.Response:
        """Withdraw an entry."""
        register = register_named(request.match_info["register"])
        body = await json_body(request, Withdrawal, self._limits)
        entry_id = request.match_info["id"]
        row = await self._registers.withdraw(register, entry_id, principal.credential_id, body.because)
        log.info("withdrawn", register=register.id, entry=row.id, by=row.withdrawn_by, because=row.withdrawn_because)
        return answer_json(EntryView.of(row))

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (
            Route(
                "GET",
                "/v1/operations/registers",
                "listRegisters",
                "The registers, each with what an entry of it says",
                self.known,
                REGISTER_READERS,
                (Answer(200, "Them.", RegisterList, _JSON),),
            ),
            Route(
                "GET",
                "/v1/operations/registers/{register}",
                "listRegisterEntries",
                "Entries of a register, by time of entry",
                self.page,
                REGISTER_READERS,
                (Answer(200, "A page.", EntryPage, _JSON),),
                (Kind.NOT_FOUND,),
                parameters=_FILTERS,
            ),
            Route(
                "POST",
                "/v1/operations/registers/{register}",
                "enterRegisterEntry",
                "Put an entry on record; it holds for messages that come from then on",
                self.enter,
                OPERATORS,
                (Answer(201, "The entry as it stands.", EntryView, _JSON, headers=("Location",)),),
                (Kind.NOT_FOUND, *_BODY_PROBLEMS),
                EntryBody,
            ),
            Route(
                "GET",
                "/v1/operations/registers/{register}/{id}",
                "getRegisterEntry",
                "One entry, withdrawn or not",
                self.entry,
                REGISTER_READERS,
                (Answer(200, "It.", EntryView, _JSON),),
                (Kind.NOT_FOUND,),
            ),
            Route(
                "POST",
                "/v1/operations/registers/{register}/{id}/withdrawal",
                "withdrawRegisterEntry",
                "Withdraw an entry; it stays on record as withdrawn",
                self.withdraw,
                OPERATORS,
                (Answer(200, "The entry as it stands.", EntryView, _JSON),),
                (Kind.NOT_FOUND, Kind.STATE_FORBIDS, *_BODY_PROBLEMS),
                Withdrawal,
            ),
        )
