"""The queues of a Premises, its Space Denial Queue above all: who stands where, and until when an answer is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gateway.doors.problems import Kind, Problem
from gateway.portal.pages import Asked, Listing, Page, Shown
from gateway.portal.services import Services
from gateway.portal.workbench.clock_names import clock_name
from gateway.portal.workbench.roles import ILEC
from gateway.record.places import LEFT, OFFERED, Place
from gateway.record.rows import OpenClock, Order

_QUEUES: Final = {
    "denied": "Space Denial Queue",
    "application": "Applications",
    "option": "Options on space",
    "reservation": "Reservations",
    "forecast": "Forecasts",
}
_LIKE: Final = ("listOrders", "readOrder", "readClocks")
_LONGEST_CODE: Final = 20
_CLEC: Final = "CLEC"
_ILEC: Final = "ILEC"


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """One place in a queue.

    Attributes:
        rank: from 1 on.
        told_of: the space of which it was told, and that nobody has answered yet; empty where there is none.
        clocks: what runs on the request, with its name: first, of one that was told of space, the time for its answer.
    """

    rank: int
    place: Place
    order: Order
    who: str
    told_of: str
    clocks: Sequence[tuple[OpenClock, str]]


class PremisesPages:
    """Shows the Premises at which requests were denied, and the queues of each."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def overview(self, asked: Asked) -> Shown:
        """Show every Premises at which denied requests wait, or go to the one that is asked for."""
        if code := asked.query("premises").upper()[:_LONGEST_CODE]:
            return await self._premises(code)
        full = await self._services.record.places.full()
        rows = [(one.premises, one.state, one.waiting, one.since) for one in full]
        listing = Listing("denial-queues", ("Premises", "State", "Waiting", "Since"), rows)
        return Shown("workbench/premises.html", {"full": full}, listing=listing)

    async def show(self, asked: Asked) -> Shown:
        """Show the queues of one Premises."""
        return await self._premises(asked.part("premises").upper())

    async def _premises(self, code: str) -> Shown:
        places = [place for place in await self._services.record.places.at(code) if place.status != LEFT]
        if not places:
            raise Problem(Kind.NOT_FOUND, f"no request stands in a queue of Premises {code[:_LONGEST_CODE]!r}")
        queues = [(queue, title, await self._queue(places, queue)) for queue, title in _QUEUES.items()]
        rows = [
            (
                *(title, one.rank, one.order.pon, one.place.partner_id, one.place.kind, one.place.status, one.told_of),
                *(one.place.rank_at, one.place.until, one.clocks[0][0].clock if one.clocks else None),
                one.clocks[0][0].due_at if one.clocks else None,
            )
            for _, title, seen in queues
            for one in seen
        ]
        columns = ("Queue", "Rank", "PON", "CLEC", "Kind", "Status", "Told of", "Ranked by", "Until", "Clock", "Due")
        context = {"premises": code, "queues": [(queue, title, seen) for queue, title, seen in queues if seen]}
        return Shown("workbench/queues_of_premises.html", context, listing=Listing(f"queues-{code}", columns, rows))

    async def _queue(self, places: Sequence[Place], queue: str) -> list[PlaceSeen]:
        services = self._services
        there = sorted((place for place in places if place.queue == queue), key=lambda one: (one.rank_at, one.id))
        ids = [place.id for place in there]
        orders = {order.id: order for order in await services.waiting.orders(ids)}
        clocks: dict[str, list[tuple[OpenClock, str]]] = {}
        for clock in await services.waiting.open_clocks(ids):
            named = clock, clock_name(services.desk, clock, orders[clock.order_id])
            clocks.setdefault(clock.order_id, []).append(named)
        names = {partner.id: partner.name for partner in await services.record.partners()}
        return [
            PlaceSeen(
                rank,
                place,
                orders[place.id],
                names.get(place.partner_id, place.partner_id),
                str(place.facts.get("told_of") or "") if place.status == OFFERED else "",
                _answer_first(place, clocks.get(place.id, [])),
            )
            for rank, place in enumerate(there, 1)
        ]

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        here = "/portal/workbench/premises"
        return (
            Page("GET", here, "workPremises", self.overview, _LIKE, "Denial queues", "Workbench", ILEC),
            Page("GET", f"{here}/{{premises}}", "workPremisesQueues", self.show, _LIKE, roles=ILEC),
        )


def _answer_first(place: Place, clocks: list[tuple[OpenClock, str]]) -> list[tuple[OpenClock, str]]:
    """Sort clocks by their end, those first that whoever must act now owes."""
    owing = _CLEC if place.status == OFFERED else _ILEC
    return sorted(clocks, key=lambda one: (one[0].owed_by != owing, one[0].due_at))
