"""The public list of full Premises: anybody may read it, no key is needed (8.2.1.13)."""

from datetime import date
from typing import Literal

from aiohttp import web
from pydantic import Field

from gateway.doors.models import Shape
from gateway.doors.problems import Kind
from gateway.doors.representation import answer_json
from gateway.doors.routes import Answer, OpenRoute
from gateway.services.premises_list import ListedPremises, PremisesList


class PremisesView(Shape):
    """One Premises that is full or restricted."""

    premises: str = Field(description="Its CLLI code.")
    full: bool = Field(description="Whether its physical space has run out.")
    full_since: date | None
    in_queue: int = Field(description="Requests in its Space Denial Queue.")
    ds3: bool = Field(description="Whether it is equipped for DS3.")
    power_expected_on: date | None = Field(
        description="When an addition of power equipment is expected to lift the restriction."
    )
    remote: bool = Field(description="Whether it is a remote Premises that was inventoried.")
    address: str = Field(description="Of a remote Premises: its address.")

    @classmethod
    def of(cls, listed: ListedPremises) -> "PremisesView":
        """Show what is listed; nothing of it says who waits."""
        standing = listed.standing
        return cls(
            premises=listed.premises,
            full=listed.full,
            full_since=listed.full_since,
            in_queue=listed.in_queue,
            ds3=standing.ds3,
            power_expected_on=standing.power_expected_on,
            remote=standing.remote,
            address=standing.address,
        )


class FullPremises(Shape):
    """The Premises that are full or restricted, as they stand at this moment."""

    section: Literal["8.2.1.13"] = "8.2.1.13"
    premises: list[PremisesView]


class PremisesDoor:
    """Handler and route of the list."""

    def __init__(self, listing: PremisesList) -> None:
        self._listing = listing

    async def full(self, request: web.Request) -> web.Response:
        """Give the list."""
        del request
        return answer_json(FullPremises(premises=[PremisesView.of(one) for one in await self._listing.now()]))

    def routes(self) -> tuple[OpenRoute, ...]:
        """Give what this door offers."""
        return (
            OpenRoute(
                "/v1/premises/full",
                "listFullPremises",
                "The public list of Premises that are full or restricted (8.2.1.13)",
                self.full,
                (Answer(200, "Ordered by code.", FullPremises, ("application/json",)),),
                (Kind.UNAVAILABLE,),
            ),
        )
