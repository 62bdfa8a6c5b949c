"""The CLECs' list of the rules by which their messages are judged, with version, effective date, section (12.2.6)."""

from dataclasses import asdict
from datetime import date

from aiohttp import web
from pydantic import Field

from gateway.doors.models import Shape
from gateway.doors.representation import answer
from gateway.doors.roles import CLECS
from gateway.doors.routes import Answer, Principal, Route
from gateway.services.partner_files import PartnerFiles
from validators.rules.listing import listed_rules
from validators.rules.registry import RuleBook


class RuleView(Shape):
    """One rule as it holds today."""

    id: str
    section: str
    code: str = Field(description="Error code of its findings.")
    severity: str = Field(description="`reject`, `warn`, `defer` (a person decides), or `off`.")
    family: str | None = Field(description="Kind of message that it is about; null for every kind.")
    version: str
    effective: date | None = Field(description="Day since which this version holds; null: as long as the agreement.")
    change_request: str | None = Field(description="Change request that brought the version; null for the first.")


class RuleList(Shape):
    """All rules, by id."""

    rules: list[RuleView]


class RulesDoor:
    """Handlers and routes."""

    def __init__(self, files: PartnerFiles, book: RuleBook) -> None:
        self._files = files
        self._book = book

    async def list_rules(self, request: web.Request, principal: Principal) -> web.Response:
        """Give the rules under the caller's agreement."""
        file = await self._files.of(principal.partner)
        found = listed_rules(self._book.rules, file.agreement, file.dossier, file.day)
        return answer(request, RuleList(rules=[RuleView(**asdict(rule)) for rule in found]))

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (
            Route(
                "GET",
                "/v1/rules",
                "listRules",
                "The rules that your messages are judged by, each with version, effective date and section",
                self.list_rules,
                CLECS,
                (Answer(200, "Them.", RuleList),),
            ),
        )
