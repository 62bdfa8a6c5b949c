"""The door to what is on record of a partner: which steps are missing, which holds stand, and from when."""

from datetime import date

from aiohttp import web
from pydantic import Field

from gateway.doors.models import Shape
from gateway.doors.problems import Kind
from gateway.doors.representation import answer_json
from gateway.doors.roles import CLECS, OPERATORS
from gateway.doors.routes import Answer, Principal, Route
from gateway.services.partner_files import Hold, PartnerFile, PartnerFiles
from validators.registers.onboarding import Step


class MissingStep(Shape):
    """A step that is not on record as done."""

    step: str
    name: str
    section: str
    blocks: str = Field(description="`orders`, `products` (only those listed), or `nothing`.")
    products: list[str]

    @classmethod
    def of(cls, step: Step) -> "MissingStep":
        """Show `step`."""
        return cls(
            step=step.id, name=step.name, section=step.section, blocks=step.blocks, products=sorted(step.products)
        )


class HoldView(Shape):
    """A hold, and what the agreement makes of it."""

    entry: str
    ground: str
    due: date = Field(description="Day by which payment was due.")
    stops: date | None = Field(description="First day on which orders are refused; null without a delivered notice.")
    disconnects: date | None = Field(description="First day on which services may be disconnected.")
    doubts: list[str]

    @classmethod
    def of(cls, hold: Hold) -> "HoldView":
        """Show `hold`."""
        dates = hold.dates
        return cls(
            entry=hold.entry,
            ground=hold.ground,
            due=dates.due,
            stops=dates.stops,
            disconnects=dates.disconnects,
            doubts=list(dates.doubts),
        )


class DisputeView(Shape):
    """A disputed invoice, with what a person should look at."""

    invoice: str
    doubts: list[str]


class PartnerFileView(Shape):
    """Where a partner stands on a day."""

    partner: str
    agreement: str
    active: bool
    day: date
    tracked: bool = Field(description="Whether steps that are missing block orders; else they are assumed to be done.")
    missing: list[MissingStep]
    products: list[str] = Field(description="Products that are open to it; `all` for every one.")
    holds: list[HoldView]
    disputes: list[DisputeView]

    @classmethod
    def of(cls, file: PartnerFile) -> "PartnerFileView":
        """Show `file`."""
        return cls(
            partner=file.partner.id,
            agreement=file.agreement.id,
            active=file.partner.active,
            day=file.day,
            tracked=file.tracked,
            missing=[MissingStep.of(step) for step in file.missing],
            products=list(file.products),
            holds=[HoldView.of(hold) for hold in file.holds],
            disputes=[DisputeView(invoice=number, doubts=list(doubts)) for number, doubts in file.disputes],
        )


class PartnerFilesDoor:
    """Handlers and routes."""

    def __init__(self, files: PartnerFiles) -> None:
        self._files = files

    async def file(self, request: web.Request, principal: Principal) -> web.Response:
        """Give where a partner stands today."""
        del principal
        return answer_json(PartnerFileView.of(await self._files.of(request.match_info["id"])))

    async def own(self, request: web.Request, principal: Principal) -> web.Response:
        """Give where the caller's own partner stands today."""
        del request
        return answer_json(PartnerFileView.of(await self._files.of(principal.partner)))

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (
            Route(
                "GET",
                "/v1/operations/partners/{id}/file",
                "getPartnerFile",
                "What a partner has still to do before it orders, its products, its holds and their dates",
                self.file,
                OPERATORS,
                (Answer(200, "It.", PartnerFileView, ("application/json",)),),
                (Kind.NOT_FOUND,),
            ),
            Route(
                "GET",
                "/v1/onboarding",
                "readOnboarding",
                "What you have still to do before you order, your products, your holds and their dates",
                self.own,
                CLECS,
                (Answer(200, "It.", PartnerFileView, ("application/json",)),),
            ),
        )
